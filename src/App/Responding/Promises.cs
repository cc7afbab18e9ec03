using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Committing;
using Breakwater.Decisions.Responding;
using Breakwater.Plans;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Responding;

/// <summary>What is promised on this node, and how an adopted plan adds to it: no unit of an offer twice.</summary>
internal static class Promises
{
    /// <summary>Commitments of all responses that have not ended: what they hold is free for nobody else.</summary>
    public static async Task<IReadOnlyList<Commitment>> Kept(IRecords records) =>
        [
            .. (await records.AllOf("commitment").ConfigureAwait(false))
                .Select(document => SubjectKind<Commitment, CommitmentEvent>.Read(document.Body))
                .Where(commitment => !commitment.IsEnded),
        ];

    /// <summary>Each line of an adopted plan becomes a commitment: pledged, and nothing more than that.</summary>
    /// <param name="at">The response as it stands in this work.</param>
    public static async Task OfAdoption(
        Workspace work,
        Loaded<Response> at,
        Decision decision,
        Instant now
    )
    {
        if (
            decision.Outcome != DecisionOutcome.Adopted
            || at.State is null
            || await work.Records.Product(decision.Subject).ConfigureAwait(false)
                is not { Kind: "plan" } product
            || product.Body.Deserialize<Plan>(Json.Compact) is not { } plan
            || await IsPledged(work, at.Subject, plan.Id).ConfigureAwait(false)
        )
        {
            return;
        }

        List<Loaded<StandingOffer>> offers = await Offers(work, plan, now).ConfigureAwait(false);
        (Decided<ResponseEvent> decided, IReadOnlyList<Pledge> pledges) = BindPlan.Decide(
            at.State,
            new BindPlan
            {
                Decision = decision,
                Plan = plan,
                Offers = [.. offers.Select(offer => offer.State!)],
                Promised = await Kept(work.Records).ConfigureAwait(false),
            },
            Consequences.Clock,
            now
        );
        work.Stage(at, decided.Events, Workspace.Clock);
        foreach (Pledge pledge in pledges)
        {
            Loaded<Commitment> fresh = await work.Load<Commitment, CommitmentEvent>(pledge.Id)
                .ConfigureAwait(false);
            work.Stage(
                fresh,
                Pledge.Decide(fresh.State, pledge, Consequences.Clock, now).Events,
                Workspace.Clock
            );
        }

        foreach (Loaded<StandingOffer> offer in pledges.Count > 0 ? offers : [])
        {
            int units = plan
                .Lines.Where(line => line.OfferId == offer.State!.Id)
                .Sum(line => line.Units);
            Decided<OfferEvent> promised = new OfferPromised(now, Workspace.Clock, plan.Id, units);
            work.Stage(offer, promised.Events, Workspace.Clock);
        }
    }

    /// <summary>What was cleared says which of its permits it lost, and when it has one back.</summary>
    public static async Task OfClearance(Workspace work, ClearanceFile clearance, Instant now)
    {
        foreach (Document document in await work.Records.AllOf("commitment").ConfigureAwait(false))
        {
            Commitment commitment = SubjectKind<Commitment, CommitmentEvent>.Read(document.Body);
            work.Stage(
                new Loaded<Commitment>(document.Subject, document.Version, commitment),
                FollowPermit
                    .Decide(
                        commitment,
                        new FollowPermit
                        {
                            Clearance = clearance.ToClearance(),
                            Standing = clearance.Standing,
                        },
                        Consequences.Clock,
                        now
                    )
                    .Events,
                Workspace.Clock
            );
        }
    }

    /// <summary>An appeal that leaves a plan standing binds nobody a second time.</summary>
    private static async Task<bool> IsPledged(Workspace work, string response, string plan) =>
        (await work.Records.AllOf("commitment", response).ConfigureAwait(false)).Any(document =>
            SubjectKind<Commitment, CommitmentEvent>.Read(document.Body).PlanId == plan
        );

    private static async Task<List<Loaded<StandingOffer>>> Offers(
        Workspace work,
        Plan plan,
        Instant now
    )
    {
        var offers = new List<Loaded<StandingOffer>>();
        foreach (string id in plan.Lines.Select(line => line.OfferId).Distinct())
        {
            Loaded<StandingOffer> offer = await work.Load<StandingOffer, OfferEvent>(id)
                .ConfigureAwait(false);
            offers.AddRange(
                offer.State is { State: OfferState.Open } state
                && !(state.EndsAt is { } end && end <= now)
                    ? [offer]
                    : []
            );
        }

        return offers;
    }
}
