using Breakwater.Decisions;
using Breakwater.Decisions.Answering;
using Breakwater.Decisions.Appealing;
using Breakwater.Decisions.Closing;
using Breakwater.Decisions.Committing;
using Breakwater.Decisions.Consenting;
using Breakwater.Decisions.Continuity;
using Breakwater.Decisions.Missions;
using Breakwater.Decisions.Opening;
using Breakwater.Decisions.Positioning;
using Breakwater.Disruptions;
using Breakwater.Feeds;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App;

/// <param name="Refusals">Acts that the rules refused, with the reason; a script gets no exemption.</param>
internal sealed record ScriptPlayed(
    IReadOnlyList<Lived<Decision, DecisionEvent>> Decisions,
    IReadOnlyList<Lived<Commitment, CommitmentEvent>> Commitments,
    IReadOnlyList<string> Refusals
)
{
    public IReadOnlyList<Lived<ContinuityCase, ContinuityEvent>> Cases { get; init; } = [];

    public IReadOnlyList<Lived<Mission, MissionEvent>> Missions { get; init; } = [];

    public IReadOnlyList<Lived<Notification, NotificationEvent>> Notifications { get; init; } = [];
}

/// <summary>Plays what people said and did in a scenario through the same commands that people use.</summary>
internal static class Script
{
    /// <summary>Who puts the questions of a walk.</summary>
    public static Participant Walk { get; } =
        new("walk", "walk", StakeholderClass.TechnicalCommunity, new HashSet<Role>());

    /// <param name="questions">What to ask, at <see cref="Scenario.PlanAt"/>.</param>
    public static ScriptPlayed Play(
        Scenario scenario,
        IReadOnlyList<OpenDecision> questions,
        IReadOnlyList<Plan> plans,
        IReadOnlyList<Disruption>? disruptions = null
    )
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(questions);
        var refusals = new List<string>();
        var decisions = new List<Lived<Decision, DecisionEvent>>();
        foreach (OpenDecision question in questions.Concat(ScriptedCases.Questions(scenario)))
        {
            Lived<Decision, DecisionEvent> open = Done(
                Lived<Decision, DecisionEvent>.Unborn,
                OpenDecision.Decide(
                    null,
                    question with
                    {
                        Parent = Boards.ResponseOf(scenario),
                    },
                    Walk,
                    scenario.PlanAt
                ),
                refusals,
                question.Question
            );
            if (open.State is not null)
            {
                decisions.Add(open);
            }
        }

        if (scenario.Script is not { } script)
        {
            return new ScriptPlayed(decisions, [], refusals)
            {
                Cases = ScriptedCases.Play(scenario, disruptions ?? [], decisions, refusals),
            };
        }

        List<ScriptEntry> acts =
        [
            .. script.Where(act => act.At < scenario.AsOf).OrderBy(act => act.At),
        ];
        decisions = [.. decisions.Select(open => Decided(open, acts, scenario, refusals))];
        List<Lived<Commitment, CommitmentEvent>> commitments = Commitments(
            decisions,
            plans,
            scenario,
            refusals
        );
        refusals.AddRange(
            acts.OfType<ScriptedStep>()
                .Select(step => step.Offer)
                .Distinct()
                .Where(offer =>
                    commitments.TrueForAll(commitment => commitment.State!.OfferId != offer)
                )
                .Select(offer =>
                    $"steps of {offer}: refused, nobody is committed to it under the adopted plan"
                )
        );
        var cases = ScriptedCases.Play(scenario, disruptions ?? [], decisions, refusals);
        var (missions, notifications) = ScriptedMissions.Play(scenario, refusals);
        return new ScriptPlayed(
            decisions,
            [.. commitments.Select(commitment => Advanced(commitment, acts, scenario, refusals))],
            refusals
        )
        {
            Cases = cases,
            Missions = missions,
            Notifications = notifications,
        };
    }

    private static Lived<Decision, DecisionEvent> Decided(
        Lived<Decision, DecisionEvent> decision,
        List<ScriptEntry> acts,
        Scenario scenario,
        List<string> refusals
    )
    {
        string on = OnOf(decision.State!, scenario);
        // Nobody waits for the deadline once the last expected view is in; without a quorum the deadline closes it.
        ScriptedPosition? last = acts.OfType<ScriptedPosition>().LastOrDefault(act => act.On == on);
        foreach (ScriptEntry act in acts)
        {
            decision = Before(decision, act.At);
            decision = Act(decision, on, act, scenario, refusals);
            if (act == last)
            {
                decision = decision.Then(
                    Close.Decide(decision.State, new Close(), Speaker(scenario, last.By), act.At)
                );
            }
        }

        return Before(decision, scenario.AsOf);
    }

    /// <summary>True for a line of the script that says something on the decision.</summary>
    public static bool IsOn(ScriptEntry act, Decision decision, Scenario scenario) =>
        act switch
        {
            ScriptedPosition position => position.On == OnOf(decision, scenario),
            ScriptedAnswer answer => answer.On == OnOf(decision, scenario),
            ScriptedAppeal appeal => appeal.On == OnOf(decision, scenario),
            ScriptedConsent => decision.Kind == DecisionKind.Activation,
            _ => false,
        };

    /// <summary>What lines of the script call the decision.</summary>
    private static string OnOf(Decision decision, Scenario scenario) =>
        decision.Kind switch
        {
            DecisionKind.Activation => "activation",
            DecisionKind.PlanAdoption => "plan",
            _ => scenario
                .Questions.First(asked =>
                    asked.Question == decision.Question
                    && ScriptedCases.SubjectOf(asked.Case) == decision.Subject
                )
                .Id,
        };

    /// <summary>What is said at the last moment still counts, so the deadline falls after it.</summary>
    private static Lived<Decision, DecisionEvent> Before(
        Lived<Decision, DecisionEvent> decision,
        Instant at
    ) => decision.Until(at - Duration.Epsilon, Decision.Elapse);

    private static Lived<Decision, DecisionEvent> Act(
        Lived<Decision, DecisionEvent> decision,
        string on,
        ScriptEntry entry,
        Scenario scenario,
        List<string> refusals
    )
    {
        (Decided<DecisionEvent>? decided, string what) = entry switch
        {
            ScriptedPosition act when act.On == on => (
                TakePosition.Decide(
                    decision.State,
                    new TakePosition(Parse<Stand>(act.Stand), act.Reason, Origin: scenario.Origin),
                    Speaker(scenario, act.By),
                    act.At
                ),
                $"{act.By} on {on}"
            ),
            ScriptedAnswer act when act.On == on => (
                AnswerObjection.Decide(
                    decision.State,
                    new AnswerObjection(act.Objection, act.Answer),
                    Speaker(scenario, act.By),
                    act.At
                ),
                $"answer of {act.By} to {act.Objection} on {on}"
            ),
            ScriptedAppeal { Heard: null } act when act.On == on => (
                LodgeAppeal.Decide(
                    decision.State,
                    new LodgeAppeal(act.Reason),
                    Speaker(scenario, act.By),
                    act.At
                ),
                $"appeal of {act.By} on {on}"
            ),
            ScriptedAppeal { Heard: { } heard } act when act.On == on => (
                HearAppeal.Decide(
                    decision.State,
                    new HearAppeal(Parse<AppealState>(heard), act.Reason),
                    Speaker(scenario, act.By),
                    act.At
                ),
                $"hearing by {act.By} on {on}"
            ),
            ScriptedConsent act when decision.State!.Kind == DecisionKind.Activation => (
                RecordConsent.Decide(
                    decision.State,
                    new RecordConsent(
                        act.Party,
                        Parse<Consent>(act.Answer),
                        act.AskedAt,
                        act.Reason,
                        scenario.Origin
                    ),
                    Walk,
                    act.At
                ),
                $"consent of {act.Party}"
            ),
            _ => (null, ""),
        };
        return decided is null ? decision : Done(decision, decided, refusals, what);
    }

    private static List<Lived<Commitment, CommitmentEvent>> Commitments(
        List<Lived<Decision, DecisionEvent>> decisions,
        IReadOnlyList<Plan> plans,
        Scenario scenario,
        List<string> refusals
    )
    {
        Decision? activation = Of(DecisionKind.Activation);
        Decision? adoption = Of(DecisionKind.PlanAdoption);
        if (
            adoption is not { DecidedAt: { } decidedAt }
            || activation?.Outcome != DecisionOutcome.Adopted
        )
        {
            return [];
        }

        Plan plan = plans.First(plan => plan.Id == adoption.Subject);
        // A scenario agrees on no confirmations, so none is missed.
        (IReadOnlyList<Pledge> pledges, Refusal? refusal) = PledgesFromPlan.Of(
            adoption,
            plan,
            scenario.Offers,
            confirmEvery: null,
            parent: Boards.ResponseOf(scenario)
        );
        Note(refusals, "commitments", refusal);
        return
        [
            .. pledges
                .Select(pledge =>
                    Done(
                        Lived<Commitment, CommitmentEvent>.Unborn,
                        Pledge.Decide(null, pledge, Walk, decidedAt),
                        refusals,
                        $"pledge of {pledge.OfferId}"
                    )
                )
                .Where(commitment => commitment.State is not null),
        ];

        Decision? Of(DecisionKind kind) =>
            decisions.Find(decision => decision.State!.Kind == kind)?.State;
    }

    private static Lived<Commitment, CommitmentEvent> Advanced(
        Lived<Commitment, CommitmentEvent> commitment,
        List<ScriptEntry> acts,
        Scenario scenario,
        List<string> refusals
    )
    {
        foreach (
            ScriptedStep act in acts.OfType<ScriptedStep>()
                .Where(act => act.Offer == commitment.State!.OfferId)
        )
        {
            CommitmentState to = Parse<CommitmentState>(act.Step);
            if (to == CommitmentState.Pledged)
            {
                continue;
            }

            commitment = commitment.Until(act.At, Commitment.Elapse);
            commitment = Done(
                commitment,
                Advance.Decide(
                    commitment.State,
                    new Advance(
                        to,
                        act.Proof,
                        scenario.Origin,
                        Clearing: Settled(scenario, act.Offer)
                    )
                    {
                        Permits = scenario.Clearances,
                    },
                    Speaker(scenario, act.By),
                    act.At
                ),
                refusals,
                $"{act.Offer} at {commitment.State!.PlaceName} to {act.Step}"
            );
        }

        return commitment.Until(scenario.AsOf, Commitment.Elapse);
    }

    private static Clearing Settled(Scenario scenario, string offer)
    {
        IReadOnlyList<string> waitsFor = scenario.Offers.First(one => one.Id == offer).Clearances;
        return scenario.Clearances.Any(clearance =>
            waitsFor.Contains(clearance.Id) && clearance.Answer != ClearanceAnswer.NotRequired
        )
            ? Clearing.Given
            : Clearing.NoneRequired;
    }

    /// <summary>Somebody who speaks for a stakeholder of the scenario, which names no people.</summary>
    public static Participant Speaker(Scenario scenario, string stakeholder) =>
        new(
            $"{stakeholder}-speaker",
            stakeholder,
            scenario.Stakeholders.First(one => one.Id == stakeholder).Class,
            new HashSet<Role> { Role.Representative }
        );

    public static Lived<TState, TEvent> Done<TState, TEvent>(
        Lived<TState, TEvent> lived,
        Decided<TEvent> decided,
        List<string> refusals,
        string act
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        Note(refusals, act, decided.Refusal);
        return lived.Then(decided);
    }

    public static T Parse<T>(string kebab)
        where T : struct, Enum =>
        Enum.Parse<T>(kebab.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private static void Note(List<string> refusals, string act, Refusal? refusal)
    {
        if (refusal is not null)
        {
            refusals.Add($"{act}: refused, {refusal.Reason}");
        }
    }
}
