using System.Text.Json;
using Breakwater.App.Responding;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Clearances;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Needs;
using Breakwater.Needs.Baselines;
using Breakwater.Plans;
using Breakwater.Preparedness.Agreements;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Publishing;

/// <summary>Everything on record about a response, as a walk from which publications are composed.</summary>
internal static class WalkOnRecord
{
    /// <summary>Before the onset, so that a reader sees from what it fell.</summary>
    private static readonly Duration _before = Duration.FromDays(7);

    public static async Task<(Walked? Walked, Refusal? Refusal)> Read(Act act, Response response)
    {
        if (!ReleaseCheck.Allows(response.Marking, Audience.Public))
        {
            return (
                null,
                Refusal.WrongState(
                    "this response is not for the public to know of, so there is nothing to publish"
                )
            );
        }

        IRecords records = act.Work.Records;
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

        IReadOnlyList<Commitment> commitments = await ResponseFacts
            .Parts<Commitment, CommitmentEvent>(records, response.Id)
            .ConfigureAwait(false);
        IReadOnlyList<Disruption> disruptions = await Assessing
            .Around(act, disruption)
            .ConfigureAwait(false);
        SignalsFound found = await SignalsOnRecord
            .Read(records, response.Place)
            .ConfigureAwait(false);
        Baseline? baseline = response.Place.Country is { } country
            ? (await act.Work.Load<Baseline, BaselineEvent>(country).ConfigureAwait(false)).State
            : null;
        (IReadOnlyList<Blind> blind, int blindWithheld) = await Blind(records, disruptions)
            .ConfigureAwait(false);
        return (
            new Walked(
                response.Id,
                Texts
                    .Languages()
                    .ToDictionary(
                        language => language,
                        language => Title(response.Place, Texts.For(language)),
                        StringComparer.Ordinal
                    ),
                disruption.Origin,
                new TimeWindow(disruption.Onset.Earliest - _before, act.Now),
                act.Now,
                DisruptionsFromSignals.KnownBy(found.Signals, act.Now),
                new Detection(disruptions, blind),
                await Assessed(records, response, act.Now).ConfigureAwait(false),
                baseline?.Populations ?? [],
                await Plans(act, response).ConfigureAwait(false),
                await Decided(act, response).ConfigureAwait(false),
                commitments,
                await Measuring.OfResponse(records, response.Id).ConfigureAwait(false),
                [],
                new Outline([], [], ""),
                IsExercise: records.Node.IsExercise,
                Faults:
                [
                    .. found
                        .Faults.Where(each => ReleaseCheck.Allows(each.Marking, Audience.Public))
                        .Select(each => each.Fault),
                ],
                Response: response.Id,
                Clearances: await Permits(records, response, commitments).ConfigureAwait(false),
                BlindWithheld: blindWithheld,
                Norms: await FindingsOnRecord.Told(records, disruptions).ConfigureAwait(false),
                Activations: await Agreed(records, disruptions).ConfigureAwait(false)
            ),
            null
        );
    }

    private static string Title(Place place, Texts texts) =>
        texts.Plain(new Said("title.response", ("where", Word.Of(place))));

    /// <summary>
    /// The stretches in which nobody could see, and how many are closely held; of what two runs said about one stretch, the later
    /// is kept.
    /// </summary>
    private static async Task<(IReadOnlyList<Blind> Shown, int Withheld)> Blind(
        IRecords records,
        IReadOnlyList<Disruption> disruptions
    )
    {
        var all = new List<(Blind Stretch, bool IsPublic)>();
        await foreach (Product product in records.Products("blind").ConfigureAwait(false))
        {
            if (Body<Blind>(product.Body) is { } stretch && disruptions.Any(stretch.Hides))
            {
                all.Add((stretch, ReleaseCheck.Allows(product.Marking, Audience.Public)));
            }
        }

        all.Reverse();
        var kept = new List<Blind>();
        // What is public first: what a closely held telling says of the same stretch is nothing more.
        foreach ((Blind stretch, _) in all.OrderByDescending(each => each.IsPublic))
        {
            if (!kept.Exists(stretch.IsToldAgainBy))
            {
                kept.Add(stretch);
            }
        }

        Blind[] shown = [.. kept.Where(stretch => all.Contains((stretch, true)))];
        return (shown, kept.Count - shown.Length);
    }

    /// <summary>Needs and sites as they were worked out last.</summary>
    private static async Task<Assessment> Assessed(IRecords records, Response response, Instant now)
    {
        var needs = new Dictionary<string, Need>(StringComparer.Ordinal);
        var sites = new Dictionary<string, TimeToDark>(StringComparer.Ordinal);
        Instant asOf = now;
        await foreach (
            Event entry in records.EventsOf(Assessing.Subject(response.Id)).ConfigureAwait(false)
        )
        {
            if (!ProductRecorded.TryRead(entry.Payload, out ProductRecorded? product))
            {
                continue;
            }

            asOf = Instant.FromUnixTimeMilliseconds(entry.Envelope.Clock.Milliseconds);
            if (product.Kind == "need" && Body<Need>(product.Body) is { } need)
            {
                needs[need.Id] = need;
            }
            else if (product.Kind == "time-to-dark" && Body<TimeToDark>(product.Body) is { } site)
            {
                sites[site.SiteId] = site;
            }
        }

        return new Assessment(
            asOf,
            [.. response.Needs.Where(needs.ContainsKey).Select(id => needs[id])],
            [.. sites.Values]
        );
    }

    private static async Task<IReadOnlyList<Plan>> Plans(Act act, Response response)
    {
        var plans = new List<Plan>();
        foreach (PlanProposal proposal in response.Plans.DistinctBy(proposal => proposal.PlanId))
        {
            if (
                await ResponseFacts
                    .Product<Plan>(act, "plan", proposal.PlanId)
                    .ConfigureAwait(false) is
                { } plan
            )
            {
                plans.Add(plan);
            }
        }

        return plans;
    }

    /// <summary>What was asked within the response, and what it rests on; whether to publish it is not news of it.</summary>
    private static async Task<IReadOnlyList<Decision>> Decided(Act act, Response response)
    {
        IEnumerable<Decision> decisions = await ResponseFacts
            .Parts<Decision, DecisionEvent>(act.Work.Records, response.Id)
            .ConfigureAwait(false);
        foreach (
            string id in new[]
            {
                response.ActivationDecision,
                response.StandDownDecision,
            }.OfType<string>()
        )
        {
            decisions = (
                await act.Work.Load<Decision, DecisionEvent>(id).ConfigureAwait(false)
            ).State
                is { } decision
                ? decisions.Append(decision)
                : decisions;
        }

        return
        [
            .. decisions
                .Where(decision => decision.Kind != DecisionKind.PublicationApproval)
                .DistinctBy(decision => decision.Id)
                .OrderBy(decision => decision.OpenedAt)
                .ThenBy(decision => decision.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Permits of the response, those that what was promised in it waits for, and those of its place that are nobody's own.</summary>
    private static async Task<IReadOnlyList<ClearanceFile>> Permits(
        IRecords records,
        Response response,
        IReadOnlyList<Commitment> commitments
    ) =>
        [
            .. (await records.AllOf(ClearanceFile.Kind).ConfigureAwait(false))
                .Select(document => SubjectKind<ClearanceFile, ClearanceEvent>.Read(document.Body))
                .Where(clearance =>
                    clearance.Parent == $"response/{response.Id}"
                    || commitments.Any(commitment =>
                        commitment.Clearances?.Contains(clearance.Id) == true
                    )
                    || (
                        clearance.Parent is null
                        && clearance.Place is { } place
                        && (place.IsWithin(response.Place) || response.Place.IsWithin(place))
                    )
                ),
        ];

    /// <summary>Agreements in these disruptions; null where no trigger was met.</summary>
    private static async Task<IReadOnlyList<ActivationTold>?> Agreed(
        IRecords records,
        IReadOnlyList<Disruption> disruptions
    )
    {
        var told = new List<ActivationTold>();
        await foreach (
            Product product in records.Products(Recording.ActivationKind).ConfigureAwait(false)
        )
        {
            if (
                Body<ActivationTold>(product.Body) is { } one
                && disruptions.Any(disruption => disruption.Id == one.DisruptionId)
            )
            {
                told.Add(one);
            }
        }

        return told.Count == 0 ? null : told;
    }

    private static T? Body<T>(JsonElement body)
        where T : class
    {
        try
        {
            return body.Deserialize<T>(Json.Compact);
        }
        catch (JsonException)
        {
            // Written by another version: it keeps its place in the ledger, and this one cannot tell of it.
            return null;
        }
    }
}
