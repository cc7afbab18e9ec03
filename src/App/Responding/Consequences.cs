using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Continuity;
using Breakwater.Decisions.Fuel;
using Breakwater.Decisions.Missions;
using Breakwater.Decisions.Responding;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Responding;

/// <summary>What an event of one subject means for others. Written in the same transaction, so that no half of it can be seen.</summary>
internal static class Consequences
{
    public const string ResponsePrefix = "response/";

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
                (DecisionKind.Registry or DecisionKind.Neutrality, DecisionClosed or AppealHeard) =>
                    OfCase(work, decision, now),
                (DecisionKind.ScaleUp, DecisionClosed or AppealHeard) => OfScaleUp(
                    work,
                    decision,
                    now
                ),
                _ => Task.CompletedTask,
            }
        ).ConfigureAwait(false);
    }

    /// <summary>What was decided, as the document that a proof goes with.</summary>
    public static async Task Keep(Workspace work, Decision decision)
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
                            .Unfinished(work.Records, at.State!, activation.Id)
                            .ConfigureAwait(false),
                    },
                    Clock,
                    now
                )
                .Events,
            Workspace.Clock
        );

    /// <summary>What was decided about a core-resource case, and an appeal against it, reach the case.</summary>
    private static async Task OfCase(Workspace work, Decision decision, Instant now)
    {
        string id = ScriptedCases.IdOf(decision.Subject);
        if (id == decision.Subject)
        {
            return;
        }

        Loaded<ContinuityCase> at = await work.Load<ContinuityCase, ContinuityEvent>(id)
            .ConfigureAwait(false);
        work.Stage(
            at,
            FollowCaseDecision
                .Decide(at.State, new FollowCaseDecision { Decision = decision }, Clock, now)
                .Events,
            Workspace.Clock
        );
    }

    /// <summary>A decision to do more, and an appeal against it, reach the response that it is about.</summary>
    private static async Task OfScaleUp(Workspace work, Decision decision, Instant now)
    {
        if (!decision.Subject.StartsWith(ResponsePrefix, StringComparison.Ordinal))
        {
            return;
        }

        Loaded<Response> at = await work.Load<Response, ResponseEvent>(
                decision.Subject[ResponsePrefix.Length..]
            )
            .ConfigureAwait(false);
        work.Stage(
            at,
            FollowScaleUp
                .Decide(at.State, new FollowScaleUp { Decision = decision }, Clock, now)
                .Events,
            Workspace.Clock
        );
    }

    /// <summary>The adoption of a plan, and an appeal against it, reach the response that the question is part of.</summary>
    private static async Task OfAdoption(Workspace work, Decision decision, Instant now)
    {
        if (decision.Parent?.StartsWith(ResponsePrefix, StringComparison.Ordinal) != true)
        {
            return;
        }

        Loaded<Response> at = await work.Load<Response, ResponseEvent>(
                decision.Parent[ResponsePrefix.Length..]
            )
            .ConfigureAwait(false);
        if (decision.Appeals.Count > 0)
        {
            at = work.Stage(
                at,
                FollowAdoption
                    .Decide(at.State, new FollowAdoption { Decision = decision }, Clock, now)
                    .Events,
                Workspace.Clock
            );
        }

        await Promises.OfAdoption(work, at, decision, now).ConfigureAwait(false);
    }

    /// <summary>
    /// Commitments that were cleared by it, and every mission whose terms name it, learn how a clearance stands, whether or not
    /// anybody wrote down that they wait; a permit that is lost raises the alarm. Asking again is among it: what was not required
    /// may be from then on.
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

        await Promises.OfClearance(work, clearance, now).ConfigureAwait(false);
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
}
