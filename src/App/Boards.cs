using Breakwater.App.Responding;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Continuity;
using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Decisions.Missions;
using Breakwater.Decisions.Offering;
using Breakwater.Decisions.Responding;
using Breakwater.Feeds;
using Breakwater.Records;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App;

/// <summary>
/// What people did in a walk, as subjects with all their events: the boards of a demonstration show a response as those of a node
/// that ran it. Who acts is a role of the scenario; the same rules as for people refuse what does not hold.
/// </summary>
internal static class Boards
{
    private const string Author = "walk";
    private const string Mandate = "A role of the scenario. No organisation said any of it";

    public static string ResponseOf(Scenario scenario) =>
        $"{Consequences.ResponsePrefix}{scenario.Id}";

    public static async Task Keep(IRecords records, WalkResult walk, CancellationToken cancel)
    {
        Scenario scenario = walk.Scenario;
        var work = new Workspace(records);
        foreach (OrganisationFounded founded in Founded(scenario))
        {
            await Stage(
                    work,
                    founded.Id,
                    Lived<Organisation, OrganisationEvent>.Unborn.Then(founded)
                )
                .ConfigureAwait(false);
        }

        foreach (Offer offer in scenario.Offers)
        {
            await Stage(work, offer.Id, Offered(scenario, offer)).ConfigureAwait(false);
        }

        foreach (Clearance clearance in scenario.Clearances)
        {
            await Stage(work, clearance.Id, Asked(scenario, clearance)).ConfigureAwait(false);
        }

        foreach (Lived<Decision, DecisionEvent> decision in walk.Played.Decisions)
        {
            if (
                await Stage(work, decision.State!.Id, decision).ConfigureAwait(false)
                && decision.State.Outcome != DecisionOutcome.Open
            )
            {
                await Consequences.Keep(work, decision.State).ConfigureAwait(false);
            }
        }

        foreach (Lived<Commitment, CommitmentEvent> commitment in walk.Played.Commitments)
        {
            await Stage(work, commitment.State!.Id, commitment).ConfigureAwait(false);
        }

        foreach (Lived<ContinuityCase, ContinuityEvent> one in walk.Played.Cases)
        {
            await Stage(work, one.State!.Id, one).ConfigureAwait(false);
        }

        foreach (Lived<Mission, MissionEvent> mission in walk.Played.Missions)
        {
            await Stage(work, mission.State!.Id, mission).ConfigureAwait(false);
        }

        foreach (Lived<Notification, NotificationEvent> told in walk.Played.Notifications)
        {
            await Stage(work, told.State!.Id, told).ConfigureAwait(false);
        }

        await Stage(work, scenario.Id, Responded(walk)).ConfigureAwait(false);
        if (!work.IsEmpty && await work.Commit(null, cancel).ConfigureAwait(false) is not Appended)
        {
            throw new Fault(
                ExitCode.Conflict,
                "somebody else writes to this store. Give a fresh folder with --data"
            );
        }
    }

    /// <summary>What never came to be leaves nothing, and what is on a board already stays as it is: a walk can be repeated.</summary>
    /// <returns>False when nothing was staged.</returns>
    private static async Task<bool> Stage<TState, TEvent>(
        Workspace work,
        string id,
        Lived<TState, TEvent> lived
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        Loaded<TState> at = await work.Load<TState, TEvent>(id).ConfigureAwait(false);
        return at.State is null && work.Stage(at, lived.Events, Author).State is not null;
    }

    /// <summary>Shown to everybody, since they are nobody: organisations of people are shown to the community.</summary>
    private static IEnumerable<OrganisationFounded> Founded(Scenario scenario) =>
        Found
            .Decide(
                new Found([
                    Founding(
                        Script.Walk.Organisation!,
                        "the walk",
                        Script.Walk.Class,
                        Script.Walk.Person
                    ),
                    .. scenario.Stakeholders.Select(one =>
                        Founding(
                            one.Id,
                            one.Name,
                            one.Class,
                            Script.Speaker(scenario, one.Id).Person
                        )
                    ),
                ]),
                scenario.PlanAt
            )
            .Events.Select(founded => founded with { Marking = Marking.Public });

    private static FoundingOrganisation Founding(
        string id,
        string name,
        StakeholderClass stakeholderClass,
        string speaker
    ) =>
        new(
            id,
            name,
            stakeholderClass,
            Mandate,
            [],
            [
                new FoundingMember(speaker, [Role.Representative]),
                new FoundingMember($"{id}-registrar", [Role.Registrar]),
            ]
        );

    private static Lived<StandingOffer, OfferEvent> Offered(Scenario scenario, Offer offer) =>
        Lived<StandingOffer, OfferEvent>
            .Unborn.Then(
                MakeOffer.Decide(
                    null,
                    new MakeOffer(offer.Id, offer, [], null, Marking.Public),
                    Script.Speaker(scenario, offer.Stakeholder),
                    scenario.PlanAt
                )
            )
            .Until(scenario.AsOf, StandingOffer.Elapse);

    internal static Lived<ClearanceFile, ClearanceEvent> Asked(
        Scenario scenario,
        Clearance clearance
    )
    {
        Offer[] waiting =
        [
            .. scenario.Offers.Where(offer => offer.Clearances.Contains(clearance.Id)),
        ];
        Participant by =
            waiting.Length > 0 ? Script.Speaker(scenario, waiting[0].Stakeholder) : Script.Walk;
        Lived<ClearanceFile, ClearanceEvent> file = Lived<
            ClearanceFile,
            ClearanceEvent
        >.Unborn.Then(
            OpenClearance.Decide(
                null,
                new OpenClearance(
                    clearance.Id,
                    ResponseOf(scenario),
                    clearance.Kind,
                    clearance.Authority,
                    null,
                    waiting.Length > 0 ? waiting[0].Asset : clearance.Id,
                    scenario.Place,
                    [.. waiting.Select(offer => $"offer/{offer.Id}")],
                    RemindAfterDays: 3,
                    EscalateAfterDays: 7,
                    EscalateTo: "whoever is above that authority",
                    clearance.Origin,
                    Marking.Public
                ),
                by,
                scenario.PlanAt
            )
        );
        if (clearance.AskedAt is { } asked)
        {
            file = file.Then(
                AskAuthority.Decide(
                    file.State,
                    new AskAuthority(asked, clearance.Source),
                    by,
                    Instant.Max(asked, scenario.PlanAt)
                )
            );
        }

        Instant answered = clearance.EffectiveAt ?? clearance.AskedAt ?? scenario.PlanAt;
        if (
            clearance.Answer
                is ClearanceAnswer.Given
                    or ClearanceAnswer.Denied
                    or ClearanceAnswer.NotRequired
            && answered <= scenario.AsOf
        )
        {
            file = file.Until(answered, ClearanceFile.Elapse);
            file = file.Then(
                AnswerClearance.Decide(
                    file.State,
                    new AnswerClearance(
                        clearance.Answer,
                        answered,
                        clearance.Answer == ClearanceAnswer.Given ? answered : null,
                        clearance.Until,
                        [],
                        clearance.Source,
                        clearance.Source,
                        clearance.Origin
                    ),
                    by,
                    Instant.Max(answered, scenario.PlanAt)
                )
            );
        }

        return file.Until(scenario.AsOf, ClearanceFile.Elapse);
    }

    private static Lived<Response, ResponseEvent> Responded(WalkResult walk)
    {
        Scenario scenario = walk.Scenario;
        Lived<Response, ResponseEvent> response = Lived<Response, ResponseEvent>.Unborn;
        if (Of(walk, DecisionKind.Activation) is not { State: { } activation } asked)
        {
            return response;
        }

        response = response.Then(
            ProposeResponse.Decide(
                null,
                new ProposeResponse(
                    scenario.Id,
                    activation.Subject,
                    walk.Known.Disruptions.First(one => one.Id == activation.Subject).Place,
                    $"{scenario.Title["en"]}. {scenario.Summary["en"]}",
                    Marking.Public
                ),
                Script.Walk,
                scenario.PlanAt
            )
        );
        response = response.Then(
            AskActivation.Decide(
                response.State,
                new AskActivation(activation.Id)
                {
                    Decision = Decision.Apply(null, asked.Events[0]),
                },
                Script.Walk,
                scenario.PlanAt
            )
        );
        if (activation.DecidedAt is { } activated)
        {
            response = response.Until(activated, Response.Elapse);
            response = response.Then(
                FollowActivation.Decide(
                    response.State,
                    new FollowActivation { Decision = activation },
                    Consequences.Clock,
                    activated
                )
            );
            response = Planned(walk, response, activated);
        }

        return Measured(walk, response.Until(scenario.AsOf, Response.Elapse));
    }

    private static Lived<Response, ResponseEvent> Planned(
        WalkResult walk,
        Lived<Response, ResponseEvent> response,
        Instant activated
    )
    {
        response = response.Then(
            RecordNeeds.Decide(
                response.State,
                new RecordNeeds([.. walk.Walked.Assessment.Needs.Select(need => need.Id)]),
                Script.Walk,
                activated
            )
        );
        foreach (Plans.Plan plan in walk.Walked.Plans)
        {
            response = response.Then(
                ProposePlan.Decide(
                    response.State,
                    new ProposePlan(plan.Id, plan.Option),
                    Script.Walk,
                    activated
                )
            );
        }

        if (Of(walk, DecisionKind.PlanAdoption)?.State is not { DecidedAt: { } decided } adoption)
        {
            return response;
        }

        response = response.Until(decided, Response.Elapse);
        return response.Then(
            AdoptPlan.Decide(
                response.State,
                new AdoptPlan(adoption.Subject) { Decision = adoption },
                Script.Walk,
                decided
            )
        );
    }

    /// <summary>A clock that nobody independent saw met stays as time left it.</summary>
    private static Lived<Response, ResponseEvent> Measured(
        WalkResult walk,
        Lived<Response, ResponseEvent> response
    )
    {
        foreach (Restoration restoration in walk.Walked.Restorations)
        {
            foreach (ServiceClock which in Enum.GetValues<ServiceClock>())
            {
                response = response.Then(
                    MeetClock.Decide(
                        response.State,
                        new MeetClock(which, restoration.Id)
                        {
                            Return = MeasuredFromRestoration.Of(restoration),
                        },
                        Script.Walk,
                        walk.Scenario.AsOf
                    )
                );
            }
        }

        return response;
    }

    private static Lived<Decision, DecisionEvent>? Of(WalkResult walk, DecisionKind kind) =>
        walk.Played.Decisions.FirstOrDefault(decision => decision.State!.Kind == kind);
}
