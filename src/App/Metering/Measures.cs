using System.Diagnostics.Metrics;
using Breakwater.App.Subjects;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Metering;

/// <summary>
/// What an operator may watch. Numbers, and words of the catalogue beside them: never who asked, for what, or where.
/// </summary>
internal sealed class Measures
{
    public const string MeterName = "Breakwater";

    private readonly Counter<long> _commands;

    /// <summary>How long what is due has waited; 0 when nothing is.</summary>
    private double _behindSeconds;

    public Measures(IMeterFactory meters, IRecords records, Trouble trouble)
    {
        Meter meter = meters.Create(MeterName);
        _commands = meter.CreateCounter<long>(
            "breakwater.commands",
            description: "Commands by kind, name and what became of them"
        );
        meter.CreateObservableGauge(
            "breakwater.time.behind",
            () => Volatile.Read(ref _behindSeconds),
            "s",
            "How long a deadline or reminder has waited for its turn"
        );
        meter.CreateObservableCounter(
            "breakwater.trouble",
            () =>
                trouble.Counts.Select(kind => new Measurement<long>(
                    kind.Value,
                    new KeyValuePair<string, object?>("kind", kind.Key)
                )),
            description: "What only the operator can mend, by kind"
        );
        meter.CreateObservableGauge(
            "breakwater.writer.waiting",
            () => records.Load.Waiting,
            description: "Writes that wait for the one writer"
        );
        meter.CreateObservableGauge(
            "breakwater.writer.waiting.max",
            () => records.Load.WaitingMax,
            description: "How many may wait before callers wait too"
        );
        meter.CreateObservableCounter(
            "breakwater.writer.commits",
            () => records.Load.Commits,
            description: "Commits since the node started"
        );
        meter.CreateObservableCounter(
            "breakwater.writer.events",
            () => records.Load.Events,
            description: "Events that those commits made durable"
        );
    }

    public void Note(SubjectKind kind, CommandKind command, Acted acted) =>
        _commands.Add(
            1,
            new("kind", kind.Kind),
            new("command", command.Name),
            new("outcome", Outcome(acted))
        );

    /// <param name="due">When the longest due of all was due; null when nothing is.</param>
    public void NoteBehind(Instant now, Instant? due) =>
        Volatile.Write(ref _behindSeconds, due is { } at ? (now - at).TotalSeconds : 0);

    private static string Outcome(Acted acted) =>
        acted switch
        {
            Done { IsRepeated: true } => "repeated",
            Done => "done",
            Refused { Refusal.Kind: RefusalKind.Invalid } => "invalid",
            Refused { Refusal.Kind: RefusalKind.NotAllowed } => "not-allowed",
            Refused { Refusal.Kind: RefusalKind.WrongState } => "wrong-state",
            Refused { Refusal.Kind: RefusalKind.TooMuch } => "too-much",
            Stale => "stale",
            KeyUsed => "key-used",
            _ => "missing",
        };
}
