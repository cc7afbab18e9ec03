using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Records;
using Breakwater.Restorations;
using Breakwater.Vocabulary;

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

        act.Work.Record(
            Subject(act.Id),
            await act.Work.Records.Version(Subject(act.Id)).ConfigureAwait(false),
            [.. measured.Select(Recording.Of)]
        );
        return null;
    }
}
