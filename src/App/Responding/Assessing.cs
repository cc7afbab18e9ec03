using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Responding;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Needs.Baselines;
using Breakwater.Vocabulary;

namespace Breakwater.App.Responding;

/// <summary>Asks who lacks what now, from the disruption as it is told now and the baseline of its country.</summary>
internal sealed record AssessNeeds;

/// <summary>From a response to its needs. They are products: computed, recorded, and traced like any other.</summary>
internal static class Assessing
{
    public static CommandKind Command { get; } =
        new(
            KindOf<Response, ResponseEvent>.NameOf<AssessNeeds>(),
            typeof(AssessNeeds),
            IsStart: false,
            Admission.Roles,
            [Role.Analyst, Role.Planner],
            Do
        );

    /// <summary>Where the needs of a response stand in the ledger.</summary>
    public static string Subject(string response) => $"assessment/{response}";

    /// <summary>The needs of a response as they stand now; a refusal when they cannot be worked out.</summary>
    public static async Task<(Assessment? Assessment, Refusal? Refusal)> Now(
        Act act,
        Response response
    )
    {
        if (
            await ResponseFacts
                .Product<Disruption>(act, "disruption", response.DisruptionId)
                .ConfigureAwait(false)
            is not { } disruption
        )
        {
            return (
                null,
                Refusal.Invalid("the disruption that this response names is not on record")
            );
        }

        if (response.Place.IsCoreResource)
        {
            return (
                NeedsFromDisruptions.Assess(
                    [.. await Around(act, disruption).ConfigureAwait(false)],
                    [],
                    [],
                    [],
                    act.Now
                ),
                null
            );
        }

        if (response.Place.Country is not { } country)
        {
            return (
                null,
                Refusal.Invalid(
                    "needs are worked out for a country or a core resource; this response is about neither"
                )
            );
        }

        Loaded<Baseline> baseline = await act
            .Work.Load<Baseline, BaselineEvent>(country)
            .ConfigureAwait(false);
        return baseline.State is { } known
            ? (
                NeedsFromDisruptions.Assess(
                    [.. await Around(act, disruption).ConfigureAwait(false)],
                    known.Populations,
                    known.NetworkShares,
                    known.Sites,
                    act.Now
                ),
                null
            )
            : (
                null,
                Refusal.WrongState(
                    $"there is no baseline of {country}; who lives there must be known before it can be said who lacks what"
                )
            );
    }

    private static async Task<Refusal?> Do(Act act)
    {
        if (await act.Subject<Response, ResponseEvent>().ConfigureAwait(false) is not { } at)
        {
            return null;
        }

        (Assessment? assessment, Refusal? refusal) = await Now(act, at.State!)
            .ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        refusal = act.Take(
            at,
            RecordNeeds.Decide(
                at.State,
                new RecordNeeds([.. assessment!.Needs.Select(need => need.Id)]),
                act.By,
                act.Now
            )
        );
        if (refusal is null)
        {
            string subject = Subject(act.Id);
            act.Work.Record(
                subject,
                await act.Work.Records.Version(subject).ConfigureAwait(false),
                [
                    .. assessment.Needs.Select(Recording.Of),
                    .. assessment.TimeToDark.Select(Recording.Of),
                ]
            );
        }

        return refusal;
    }

    /// <summary>The disruption, and what else stands at its place: a country cut in parts lacks the sum of them.</summary>
    public static async Task<IReadOnlyList<Disruption>> Around(Act act, Disruption disruption)
    {
        RevisionsOnRecord told = await RevisionsOnRecord
            .Read(act.Work.Records)
            .ConfigureAwait(false);
        return
        [
            .. told.Standing()
                .Where(other =>
                    other.Id == disruption.Id
                    || other.Place.IsWithin(disruption.Place)
                    || disruption.Place.IsWithin(other.Place)
                ),
        ];
    }
}
