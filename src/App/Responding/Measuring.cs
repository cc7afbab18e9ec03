using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Responding;
using Breakwater.Disruptions;
using Breakwater.Records;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using Draft = Breakwater.Ledger.Draft;
using Relapse = Breakwater.Restorations.Relapse;

namespace Breakwater.App.Responding;

/// <summary>Asks what came back, as somebody other than the supplier saw it.</summary>
internal sealed record MeasureRestorations;

/// <summary>From commitments and later signals to what is measured to be back.</summary>
internal static class Measuring
{
    public static CommandKind Command { get; } =
        new(
            KindOf<Response, ResponseEvent>.NameOf<MeasureRestorations>(),
            typeof(MeasureRestorations),
            IsStart: false,
            Admission.Roles,
            [Role.Analyst],
            Do
        );

    /// <summary>The restorations of a response as they were measured last.</summary>
    public static async Task<IReadOnlyList<Restoration>> OfResponse(
        IRecords records,
        string response
    )
    {
        var all = new List<Restoration>();
        await foreach (
            Ledger.Event entry in records.EventsOf(Subject(response)).ConfigureAwait(false)
        )
        {
            if (
                Ledger.ProductRecorded.TryRead(entry.Payload, out Ledger.ProductRecorded? product)
                && product.Body.Deserialize<Restoration>(Json.Compact) is { } restoration
            )
            {
                all.Add(restoration);
            }
        }

        return Restoration.Latest(all);
    }

    /// <summary>What of a response nobody independent has measured.</summary>
    public static async Task<IReadOnlyList<string>> Unmeasured(
        IRecords records,
        Response response,
        IReadOnlyList<Commitment> commitments
    )
    {
        IReadOnlyList<Restoration> restorations = await OfResponse(records, response.Id)
            .ConfigureAwait(false);
        // Nothing measured at all is the whole of it unmeasured, and not nothing.
        return restorations.Count == 0
            ? [$"every service in {response.Place.Key}"]
            : MeasuredFromRestoration.Unmeasured(restorations, commitments);
    }

    private static string Subject(string response) => $"restorations/{response}";

    private static async Task<Refusal?> Do(Act act)
    {
        if (await act.Subject<Response, ResponseEvent>().ConfigureAwait(false) is not { } at)
        {
            return null;
        }

        if (
            await ResponseFacts
                .Product<Disruption>(act, "disruption", at.State!.DisruptionId)
                .ConfigureAwait(false)
            is not { } disruption
        )
        {
            return Refusal.Invalid("the disruption that this response names is not on record");
        }

        IReadOnlyList<Commitment> commitments = await ResponseFacts
            .Parts<Commitment, CommitmentEvent>(act)
            .ConfigureAwait(false);
        SignalsFound read = await SignalsOnRecord
            .Read(act.Work.Records, at.State.Place)
            .ConfigureAwait(false);
        IReadOnlyList<Restoration> measured = RestorationsFromDecisions.Confirm(
            [disruption],
            commitments,
            DisruptionsFromSignals.KnownBy(read.Signals, act.Now),
            act.Now
        );
        if (measured.Count == 0)
        {
            return Refusal.WrongState(
                "nothing can be measured: no series of this place was handed in, and nothing was delivered"
            );
        }

        await Record(act, Subject(act.Id), [.. measured.Select(Recording.Of)])
            .ConfigureAwait(false);
        RevisionsOnRecord told = await RevisionsOnRecord
            .Read(act.Work.Records)
            .ConfigureAwait(false);
        return await Relapsed(
                act,
                at,
                RelapsesFromRestorations.Of(
                    disruption,
                    measured,
                    told.Standing(),
                    read.Signals,
                    act.Now
                )
            )
            .ConfigureAwait(false);
    }

    /// <summary>What was lost again is a disruption on record, and the response says so, in the same transaction.</summary>
    private static async Task<Refusal?> Relapsed(
        Act act,
        Loaded<Response> at,
        IReadOnlyList<Relapse> relapses
    )
    {
        var drafts = new List<Draft>();
        foreach (Relapse relapse in relapses)
        {
            Decided<ResponseEvent> decided = NoteRelapse.Decide(
                at.State,
                await Noting(act, at.State!, relapse).ConfigureAwait(false),
                act.By,
                act.Now
            );
            if (decided.Refusal is { } refusal)
            {
                return refusal;
            }

            at = act.Work.Stage(at, decided.Events, act.By.Person);
            drafts.AddRange(Recording.Of(relapse, act.Now));
        }

        if (drafts.Count > 0)
        {
            await Record(act, $"relapses/{act.Id}", drafts).ConfigureAwait(false);
        }

        return null;
    }

    private static async Task<NoteRelapse> Noting(Act act, Response response, Relapse relapse)
    {
        var clocks = new List<ServiceClock>();
        foreach (Clock clock in response.Clocks)
        {
            if (
                await ResponseFacts
                    .Product<Restoration>(act, "restoration", clock.Restoration)
                    .ConfigureAwait(false)
                    is { } met
                && relapse.Lost.Any(met.IsSameSightAs)
            )
            {
                clocks.Add(clock.Which);
            }
        }

        bool isTold =
            Marking.Strictest([.. relapse.Lost.Select(one => one.Marking), response.Marking])
            == response.Marking;
        return new NoteRelapse(
            relapse.Disruption.Id,
            relapse.IsOpened,
            relapse.InsteadOf?.Id,
            [.. relapse.Lost.Select(one => one.Id)],
            isTold ? [.. relapse.Lost.Select(one => one.ServiceSeen).Distinct()] : null,
            isTold
                ? new InstantRange(
                    relapse.Lost.Min(one => one.End!.Earliest),
                    relapse.Lost.Min(one => one.End!.Latest)
                )
                : null,
            clocks
        );
    }

    private static async Task Record(Act act, string subject, IReadOnlyList<Draft> drafts) =>
        act.Work.Record(
            subject,
            await act.Work.Records.Version(subject).ConfigureAwait(false),
            drafts
        );
}
