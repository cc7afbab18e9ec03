using Breakwater.Vocabulary;

namespace Breakwater.Signals.Initiatives;

/// <summary>What a list of another initiative says: signals that can stand beside measurements, and statements that are no signals.</summary>
public sealed record ListRead(IReadOnlyList<InputFault> Faults)
{
    private const string KeepItOnEvents = "keepiton-events";
    private const string PulseEvents = "pulse-events";

    /// <summary>Claims, and reports of how services are.</summary>
    public IReadOnlyList<Signal> Signals { get; init; } = [];

    public IReadOnlyList<StatedCoverage> Coverage { get; init; } = [];

    public IReadOnlyList<StatedCommitment> Commitments { get; init; } = [];

    public IReadOnlyList<StatedAnswer> Answers { get; init; } = [];

    /// <summary>What the list says and lacks as a whole.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public int Rows => Signals.Count + Coverage.Count + Commitments.Count + Answers.Count;

    /// <summary>The lists that are taken.</summary>
    public static IReadOnlyList<string> Lists { get; } =
    [.. InitiativeMapping.Documents.Where(one => one.Direction == "in").Select(one => one.Id)];

    /// <returns>Null when there is no such list.</returns>
    public static ListRead? Of(string list, SourceFile file) =>
        list switch
        {
            KeepItOnEvents or PulseEvents => Events(file),
            "etc-status" or "itu-outages" => Statuses(TakenFromInitiatives.Services(file, list)),
            "itu-coverage" => TakenFromInitiatives.Coverage(file) is var taken
                ? new ListRead(taken.Faults) { Coverage = taken.Read }
                : null,
            "foc-statements" => TakenFromInitiatives.Statements(file) is var taken
                ? new ListRead(taken.Faults) { Signals = taken.Read }
                : null,
            "foc-commitments" => TakenFromInitiatives.Commitments(file) is var taken
                ? new ListRead(taken.Faults) { Commitments = taken.Read }
                : null,
            "ocha-answers" => TakenFromInitiatives.Answers(file) is var taken
                ? new ListRead(taken.Faults) { Answers = taken.Read }
                : null,
            _ => null,
        };

    private static ListRead Events(SourceFile file)
    {
        SignalsRead read = SignalsFromEvents.Read(file);
        return new ListRead(read.Faults) { Signals = read.Signals, Notes = read.Notes ?? [] };
    }

    private static ListRead Statuses(Taken<ReportSignal> taken) =>
        new(taken.Faults) { Signals = taken.Read };
}
