using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Breakwater.App.Limiting;
using Breakwater.App.Sealing;
using Breakwater.App.Subjects;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>A report that was taken in.</summary>
/// <param name="Id">Null for one that was counted among many of the same hand, and not kept.</param>
/// <param name="CodeWord">Shown once: by it the report is followed or taken back, without an account.</param>
internal sealed record ReportTaken(string? Id, string? CodeWord)
{
    /// <summary>True when it was taken by an earlier copy of the same request, and nothing was done now.</summary>
    [JsonIgnore]
    public bool IsRepeated { get; init; }
}

/// <summary>
/// Takes reports from anybody. From where one came is known for an hour as a keyed hash in memory, so that a flood of one hand
/// is counted as one; it is written nowhere.
/// </summary>
internal sealed class ReportIntake(IRecords records, KnownCustody custodies, IClock clock)
{
    private static readonly Participant _reporter = new(
        "reporter",
        null,
        StakeholderClass.AffectedCommunity,
        new HashSet<Role> { Role.Reporter }
    );

    private readonly FloodGate _gate = new(FloodQuota.Default);
    private readonly Lock _gateTurn = new();
    private readonly Floods _origins = new(
        TimeProvider.System,
        int.MaxValue,
        TimeSpan.FromHours(1)
    );

    public async Task<(ReportTaken? Taken, Refusal? Refusal)> Take(
        ReportDraft draft,
        ReportChannel channel,
        string? input,
        IPAddress? origin,
        ReportName name,
        CancellationToken cancel
    )
    {
        if (
            name.CanComeAgain
            && await records.Document(SubjectOf(name)).ConfigureAwait(false) is not null
        )
        {
            return (Again(name), null);
        }

        Instant now = clock.GetCurrentInstant();
        string hand = _origins.Mark(origin);
        var arrival = new ReportArrival(
            hand,
            draft.Place,
            draft.Network,
            draft.State,
            draft.Observer,
            now
        );
        if (IsCounted(arrival))
        {
            return (new ReportTaken(null, null), null);
        }

        bool isKept = false;
        try
        {
            (ReportTaken? taken, Refusal? refusal) = await Keep(
                    draft,
                    channel,
                    input,
                    hand,
                    name,
                    now,
                    cancel
                )
                .ConfigureAwait(false);
            isKept = taken is { IsRepeated: false };
            return (taken, refusal);
        }
        finally
        {
            // What was refused, or failed, or came before, is no report more: it must not make the next one a number.
            if (!isKept)
            {
                lock (_gateTurn)
                {
                    _gate.GiveBack(arrival);
                }
            }
        }
    }

    private async Task<(ReportTaken? Taken, Refusal? Refusal)> Keep(
        ReportDraft draft,
        ReportChannel channel,
        string? input,
        string hand,
        ReportName name,
        Instant now,
        CancellationToken cancel
    )
    {
        string subject = SubjectOf(name);
        using var sealing = new SealingOnEntry(
            Names(draft) ? await custodies.Find(cancel).ConfigureAwait(false) : null,
            subject
        );
        Decided<FieldReportEvent> decided = ReceiveReport.Decide(
            null,
            new ReceiveReport(
                name.Id,
                channel,
                draft.Place,
                draft.Cell,
                draft.Network,
                draft.Service,
                draft.State,
                draft.ObservedAt,
                draft.Observer,
                sealing.TrySeal(draft.Words) is { } words
                    ? new SealedWords(words, draft.Language, ReceiveReport.UsualForWords)
                    : null,
                sealing.TrySeal(draft.Contact),
                CodeWord: CodeWord.Hash(
                    name.CodeWord,
                    RandomNumberGenerator.GetBytes(CodeWord.SaltOctets)
                ),
                Hand: hand,
                Input: input,
                Marking: draft.Marking
            ),
            _reporter,
            now
        );
        if (decided.Refusal is { } refusal)
        {
            return (null, refusal);
        }

        var work = new Workspace(records) { Keys = sealing.Keys };
        work.Stage(new Loaded<FieldReport>(subject, 0, null), decided.Events, _reporter.Person);
        return await work.Commit(null, cancel).ConfigureAwait(false) is Conflict
            // Two copies of one request came at the same moment, and the other was first.
            ? (Again(name), null)
            : (new ReportTaken(name.Id, name.CodeWord), null);
    }

    private static string SubjectOf(ReportName name) => $"{FieldReport.Kind}/{name.Id}";

    private static ReportTaken Again(ReportName name) =>
        new(name.Id, name.CodeWord) { IsRepeated = true };

    /// <summary>Whether it says what can name people: free words, or how to reach somebody.</summary>
    public static bool Names(ReportDraft draft) =>
        draft is { Words.Length: > 0 } or { Contact.Length: > 0 };

    /// <summary>Whether this node keeps what can name people: only sealed, so only where there are custodians to open it.</summary>
    public async Task<bool> KeepsNames(CancellationToken cancel) =>
        await custodies.Find(cancel).ConfigureAwait(false) is not null;

    /// <summary>What whoever reported may see of the report: where it stands. Null for a wrong code word and for no report alike.</summary>
    public async Task<string?> Follow(string id, string codeWord)
    {
        Loaded<FieldReport> at = await new Workspace(records)
            .Load<FieldReport, FieldReportEvent>(id)
            .ConfigureAwait(false);
        return CodeWord.Is(codeWord, at.State?.CodeWord) ? at.State!.Standing : null;
    }

    /// <summary>Takes a report back for whoever has its code word, and with it destroys what of it was sealed.</summary>
    public async Task<Refusal?> Retract(string id, string codeWord, CancellationToken cancel)
    {
        var work = new Workspace(records);
        Loaded<FieldReport> at = await work.Load<FieldReport, FieldReportEvent>(id)
            .ConfigureAwait(false);
        Decided<FieldReportEvent> decided = RetractReport.Decide(
            at.State,
            new RetractReport(codeWord),
            _reporter,
            clock.GetCurrentInstant()
        );
        if (decided.Refusal is null && decided.Events.Count > 0)
        {
            work.Stage(at, decided.Events, _reporter.Person);
            foreach (WrappedKey key in await records.KeysOf(at.Subject).ConfigureAwait(false))
            {
                var destroyed = new KeyDestroyed(
                    key.Id,
                    key.Subject,
                    "taken back by whoever reported it",
                    _reporter.Person,
                    null,
                    clock.GetCurrentInstant()
                );
                work.Record(destroyed.RecordedUnder, 0, [destroyed.ToDraft(at.State!.Marking)]);
            }

            return await work.Commit(null, cancel).ConfigureAwait(false) is Conflict
                ? Refusal.WrongState("it changed at this moment; try again")
                : null;
        }

        return decided.Refusal;
    }

    /// <summary>Writes down what was counted since the last time; what cannot be written is counted on.</summary>
    /// <returns>How many lots.</returns>
    public async Task<int> Drain(Instant now, CancellationToken cancel)
    {
        Queue<FloodCount> counted;
        lock (_gateTurn)
        {
            counted = new(_gate.Take());
        }

        int written = 0;
        try
        {
            while (
                counted.TryPeek(out FloodCount? count)
                && await Write(count, now, cancel).ConfigureAwait(false)
            )
            {
                counted.Dequeue();
                written++;
            }
        }
        finally
        {
            // One whose fate is not known may be told twice: of one hand, a number too high weighs no more, and none is lost.
            lock (_gateTurn)
            {
                foreach (FloodCount count in counted)
                {
                    _gate.PutBack(count);
                }
            }
        }

        return written;
    }

    /// <summary>False when somebody else wrote the lot at this moment.</summary>
    private async Task<bool> Write(FloodCount count, Instant now, CancellationToken cancel)
    {
        string id = ContentId.Of(
            "lot",
            new
            {
                count.Hand,
                count.Place,
                count.Network,
                count.State,
            }
        );
        var work = new Workspace(records);
        Loaded<FloodLot> at = await work.Load<FloodLot, FloodLotEvent>(id).ConfigureAwait(false);
        work.Stage(
            at,
            CountLot.Decide(at.State, new CountLot(id, count), _reporter, now).Events,
            Workspace.Clock
        );
        return work.IsEmpty
            || await work.Commit(null, cancel).ConfigureAwait(false) is not Conflict;
    }

    private bool IsCounted(ReportArrival arrival)
    {
        lock (_gateTurn)
        {
            return _gate.Admit(arrival) == Signals.Reporting.Admission.Counted;
        }
    }
}
