using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Committing;
using Breakwater.Decisions.Fuel;
using Breakwater.Decisions.Missions;
using Breakwater.Decisions.Responding;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Responding;

/// <summary>What an event of one subject means for others. Written in the same transaction, so that no half of it can be seen.</summary>
internal static class Consequences
{
    private const string ResponsePrefix = "response/";

    /// <summary>What follows by itself acts for nobody.</summary>
    public static Participant Clock { get; } =
        new(Workspace.Clock, null, StakeholderClass.TechnicalCommunity, new HashSet<Role>());

    public static async Task OfDecision(
        Workspace work,
        Decision decision,
        DecisionEvent happened,
        Instant now
    )
    {
        if (happened is DecisionClosed)
        {
            await Keep(work, decision).ConfigureAwait(false);
        }

        await (
            (decision.Kind, happened) switch
            {
                (DecisionKind.PlanAdoption, DecisionClosed or AppealHeard) => OfAdoption(
                    work,
                    decision,
                    now
                ),
                (
                    DecisionKind.Activation
                        or DecisionKind.StandDown,
                    DecisionClosed
                        or AppealHeard
                ) => OfResponse(work, decision, now),
                _ => Task.CompletedTask,
            }
        ).ConfigureAwait(false);
    }

    /// <summary>What was decided, as the document that a proof goes with.</summary>
    private static async Task Keep(Workspace work, Decision decision)
    {
        string subject = ProofRoutes.Subject(decision.Id);
        work.Record(
            subject,
            await work.Records.Version(subject).ConfigureAwait(false),
            [ProofRoutes.Draft(decision)]
        );
    }

    /// <summary>The outcome of an activation or a stand-down, and an appeal against it, reach the responses that rest on it.</summary>
    private static async Task OfResponse(Workspace work, Decision decision, Instant now)
    {
        IReadOnlyList<Loaded<Response>> responses = await work.All<Response, ResponseEvent>()
            .ConfigureAwait(false);
        foreach (Loaded<Response> at in responses.Where(one => RestsOn(one.State!, decision.Id)))
        {
            Response[] others = [.. responses.Select(one => one.State!)];
            Decision? activation = await Activation(work, at.State!, decision)
                .ConfigureAwait(false);
            Decided<ResponseEvent> follows = FollowStandDown.Decide(
                at.State,
                new FollowStandDown
                {
                    Decision = decision,
                    Activation = activation,
                    OnTheSame = others,
                },
                Clock,
                now
            );
            Loaded<Response> after = work.Stage(at, follows.Events, Workspace.Clock);
            // A response that is open again may have an activation that was put again meanwhile.
            if (activation is not null)
            {
                await OfActivation(work, after, activation, others, now).ConfigureAwait(false);
            }
        }
    }

    private static bool RestsOn(Response response, string decision) =>
        response.ActivationDecision == decision
        || response.StandDownDecision == decision
        || response.StandDown?.DecisionId == decision;

    /// <summary>The decision on the activation of a response; the one at hand is newer than the store.</summary>
    private static async Task<Decision?> Activation(
        Workspace work,
        Response response,
        Decision atHand
    ) =>
        response.ActivationDecision is not { } id ? null
        : id == atHand.Id ? atHand
        : (await work.Load<Decision, DecisionEvent>(id).ConfigureAwait(false)).State;

    private static async Task OfActivation(
        Workspace work,
        Loaded<Response> at,
        Decision activation,
        IReadOnlyList<Response> onTheSame,
        Instant now
    ) =>
        work.Stage(
            at,
            FollowActivation
                .Decide(
                    at.State,
                    new FollowActivation
                    {
                        Decision = activation,
                        OnTheSame = onTheSame,
                        Unfinished = await ResponseFacts
                            .Unfinished(work.Records, at.State!)
                            .ConfigureAwait(false),
                    },
                    Clock,
                    now
                )
                .Events,
            Workspace.Clock
        );

    /// <summary>
    /// An adopted plan makes a commitment of each of its lines: pledged, and nothing more than that. When an offer that it rests
    /// on is over, it is not the plan that people could say yes to, and nobody is bound.
    /// </summary>
    private static async Task OfAdoption(Workspace work, Decision decision, Instant now)
    {
        await OfAdoptionAppeal(work, decision, now).ConfigureAwait(false);
        if (
            decision.Outcome != DecisionOutcome.Adopted
            || decision.Parent?.StartsWith(ResponsePrefix, StringComparison.Ordinal) != true
            || await work.Records.Product(decision.Subject).ConfigureAwait(false)
                is not { Kind: "plan" } product
            || product.Body.Deserialize<Plan>(Json.Compact) is not { } plan
        )
        {
            return;
        }

        List<StandingOffer> offers = await Offers(work, plan, now).ConfigureAwait(false);
        (IReadOnlyList<Pledge> pledges, _) = PledgesFromPlan.Of(
            decision,
            plan,
            [.. offers.Select(offer => offer.Terms)],
            PledgesFromPlan.UsualConfirmation,
            decision.Parent,
            offers.ToDictionary(offer => offer.Terms.Id, offer => offer.Earmarks)
        );
        foreach (Pledge pledge in pledges)
        {
            Loaded<Commitment> at = await work.Load<Commitment, CommitmentEvent>(pledge.Id)
                .ConfigureAwait(false);
            work.Stage(at, Pledge.Decide(at.State, pledge, Clock, now).Events, Workspace.Clock);
        }
    }

    /// <summary>An appeal against the adoption of a plan reaches the response that adopted it.</summary>
    private static async Task OfAdoptionAppeal(Workspace work, Decision decision, Instant now)
    {
        if (
            decision.Appeals.Count == 0
            || decision.Parent?.StartsWith(ResponsePrefix, StringComparison.Ordinal) != true
        )
        {
            return;
        }

        Loaded<Response> at = await work.Load<Response, ResponseEvent>(
                decision.Parent[ResponsePrefix.Length..]
            )
            .ConfigureAwait(false);
        work.Stage(
            at,
            FollowAdoption
                .Decide(at.State, new FollowAdoption { Decision = decision }, Clock, now)
                .Events,
            Workspace.Clock
        );
    }

    /// <summary>
    /// Every mission whose terms name the clearance learns how it stands, whether or not anybody wrote down that it waits; a permit
    /// that is lost raises the alarm. Asking again is among it: what was not required may be from then on.
    /// </summary>
    public static async Task OfClearance(
        Workspace work,
        ClearanceFile clearance,
        ClearanceEvent happened,
        Instant now
    )
    {
        if (
            happened
            is not (ClearanceAsked or ClearanceAnswered or ClearanceExpired or ClearanceWithdrawn)
        )
        {
            return;
        }

        IReadOnlyList<Loaded<Mission>> missions = await work.All<Mission, MissionEvent>()
            .ConfigureAwait(false);
        foreach (
            Loaded<Mission> at in missions.Where(one =>
                one.State!.Terms.Clearances.Contains(clearance.Id)
            )
        )
        {
            work.Stage(
                at,
                NotePermit.Decide(at.State, new NotePermit(), clearance, Clock, now).Events,
                Workspace.Clock
            );
        }
    }

    /// <summary>A request for fuel follows what happens to its allocations at the depot.</summary>
    public static async Task OfDepot(
        Workspace work,
        FuelDepot depot,
        FuelDepotEvent happened,
        Instant now
    )
    {
        string? allocation = happened switch
        {
            FuelAllocated allocated => allocated.Allocation,
            FuelDispatched dispatched => dispatched.Allocation,
            FuelReturned returned => returned.Allocation,
            FuelDelivered delivered => delivered.Allocation,
            AllocationCancelled cancelled => cancelled.Allocation,
            AllocationExpired expired => expired.Allocation,
            _ => null,
        };
        if (allocation is null || depot.Allocation(allocation) is not { } known)
        {
            return;
        }

        Loaded<FuelRequest> at = await work.Load<FuelRequest, FuelRequestEvent>(known.Request)
            .ConfigureAwait(false);
        work.Stage(
            at,
            FollowAllocation.Decide(at.State, new FollowAllocation(allocation), depot, now).Events,
            Workspace.Clock
        );
    }

    private static async Task<List<StandingOffer>> Offers(Workspace work, Plan plan, Instant now)
    {
        var offers = new List<StandingOffer>();
        foreach (string id in plan.Lines.Select(line => line.OfferId).Distinct())
        {
            Loaded<StandingOffer> offer = await work.Load<StandingOffer, OfferEvent>(id)
                .ConfigureAwait(false);
            offers.AddRange(
                offer.State is { State: OfferState.Open } state
                && !(state.EndsAt is { } end && end <= now)
                    ? [state]
                    : []
            );
        }

        return offers;
    }
}
