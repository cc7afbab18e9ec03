using Breakwater.Decisions;
using Breakwater.Decisions.Answering;
using Breakwater.Decisions.Closing;
using Breakwater.Decisions.Committing;
using Breakwater.Decisions.Consenting;
using Breakwater.Decisions.Opening;
using Breakwater.Decisions.Positioning;
using Breakwater.Feeds;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App;

/// <param name="Refusals">Acts that the rules refused, with the reason; a script gets no exemption.</param>
public sealed record ScriptPlayed(
    IReadOnlyList<Decision> Decisions,
    IReadOnlyList<Commitment> Commitments,
    IReadOnlyList<string> Refusals
);

/// <summary>Plays what people said and did in a scenario through the same commands that people use.</summary>
public static class Script
{
    /// <summary>Who puts the questions of a walk.</summary>
    private static readonly Participant _walk = new(
        "walk",
        "walk",
        StakeholderClass.TechnicalCommunity,
        new HashSet<Role>()
    );

    /// <param name="questions">What to ask, at <see cref="Scenario.PlanAt"/>.</param>
    public static ScriptPlayed Play(
        Scenario scenario,
        IReadOnlyList<OpenDecision> questions,
        IReadOnlyList<Plan> plans
    )
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(questions);
        var refusals = new List<string>();
        var decisions = new List<Decision>();
        foreach (OpenDecision question in questions)
        {
            if (
                Done<Decision, DecisionEvent>(
                    null,
                    OpenDecision.Decide(null, question, _walk, scenario.PlanAt),
                    refusals,
                    question.Question
                ) is
                { } open
            )
            {
                decisions.Add(open);
            }
        }

        if (scenario.Script is not { } script)
        {
            return new ScriptPlayed(decisions, [], refusals);
        }

        List<ScriptEntry> acts =
        [
            .. script.Where(act => act.At < scenario.AsOf).OrderBy(act => act.At),
        ];
        decisions = [.. decisions.Select(open => Decided(open, acts, scenario, refusals))];
        List<Commitment> commitments = Commitments(decisions, plans, scenario, refusals);
        refusals.AddRange(
            acts.OfType<ScriptedStep>()
                .Select(step => step.Offer)
                .Distinct()
                .Where(offer => commitments.TrueForAll(commitment => commitment.OfferId != offer))
                .Select(offer =>
                    $"steps of {offer}: refused, nobody is committed to it under the adopted plan"
                )
        );
        return new ScriptPlayed(
            decisions,
            [.. commitments.Select(commitment => Advanced(commitment, acts, scenario, refusals))],
            refusals
        );
    }

    private static Decision Decided(
        Decision decision,
        List<ScriptEntry> acts,
        Scenario scenario,
        List<string> refusals
    )
    {
        string on = decision.Kind == DecisionKind.Activation ? "activation" : "plan";
        // Nobody waits for the deadline once the last expected view is in; without a quorum the deadline closes it.
        ScriptedPosition? last = acts.OfType<ScriptedPosition>().LastOrDefault(act => act.On == on);
        foreach (ScriptEntry act in acts)
        {
            decision = Before(decision, act.At);
            decision = Act(decision, on, act, scenario, refusals);
            if (act == last)
            {
                Decided<DecisionEvent> closed = Close.Decide(
                    decision,
                    new Close(),
                    Speaker(scenario, last.By),
                    act.At
                );
                decision = After<Decision, DecisionEvent>(decision, closed)!;
            }
        }

        return Before(decision, scenario.AsOf);
    }

    /// <summary>What is said at the last moment still counts, so the deadline falls after it.</summary>
    private static Decision Before(Decision decision, Instant at) =>
        Elapsed<Decision, DecisionEvent>(decision, at - Duration.Epsilon, Decision.Elapse);

    private static Decision Act(
        Decision decision,
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
                    decision,
                    new TakePosition(Parse<Stand>(act.Stand), act.Reason, Origin: scenario.Origin),
                    Speaker(scenario, act.By),
                    act.At
                ),
                $"{act.By} on {on}"
            ),
            ScriptedAnswer act when act.On == on => (
                AnswerObjection.Decide(
                    decision,
                    new AnswerObjection(act.Objection, act.Answer),
                    Speaker(scenario, act.By),
                    act.At
                ),
                $"answer of {act.By} to {act.Objection} on {on}"
            ),
            ScriptedConsent act when decision.Kind == DecisionKind.Activation => (
                RecordConsent.Decide(
                    decision,
                    new RecordConsent(
                        act.Party,
                        Parse<Consent>(act.Answer),
                        act.AskedAt,
                        act.Reason,
                        scenario.Origin
                    ),
                    _walk,
                    act.At
                ),
                $"consent of {act.Party}"
            ),
            _ => (null, ""),
        };
        return decided is null
            ? decision
            : Done<Decision, DecisionEvent>(decision, decided, refusals, what)!;
    }

    private static List<Commitment> Commitments(
        List<Decision> decisions,
        IReadOnlyList<Plan> plans,
        Scenario scenario,
        List<string> refusals
    )
    {
        Decision? activation = decisions.Find(decision => decision.Kind == DecisionKind.Activation);
        Decision? adoption = decisions.Find(decision => decision.Kind == DecisionKind.PlanAdoption);
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
            confirmEvery: null
        );
        Note(refusals, "commitments", refusal);
        return
        [
            .. pledges
                .Select(pledge =>
                    Done<Commitment, CommitmentEvent>(
                        null,
                        Pledge.Decide(null, pledge, _walk, decidedAt),
                        refusals,
                        $"pledge of {pledge.OfferId}"
                    )
                )
                .OfType<Commitment>(),
        ];
    }

    private static Commitment Advanced(
        Commitment commitment,
        List<ScriptEntry> acts,
        Scenario scenario,
        List<string> refusals
    )
    {
        foreach (
            ScriptedStep act in acts.OfType<ScriptedStep>()
                .Where(act => act.Offer == commitment.OfferId)
        )
        {
            CommitmentState to = Parse<CommitmentState>(act.Step);
            if (to == CommitmentState.Pledged)
            {
                continue;
            }

            commitment = Elapsed<Commitment, CommitmentEvent>(
                commitment,
                act.At,
                Commitment.Elapse
            );
            commitment = Done<Commitment, CommitmentEvent>(
                commitment,
                Advance.Decide(
                    commitment,
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
                $"{act.Offer} at {commitment.PlaceName} to {act.Step}"
            )!;
        }

        return Elapsed<Commitment, CommitmentEvent>(commitment, scenario.AsOf, Commitment.Elapse);
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
    private static Participant Speaker(Scenario scenario, string stakeholder) =>
        new(
            $"{stakeholder}-speaker",
            stakeholder,
            scenario.Stakeholders.First(one => one.Id == stakeholder).Class,
            new HashSet<Role> { Role.Representative }
        );

    /// <summary>What time alone does, each at its moment.</summary>
    private static TState Elapsed<TState, TEvent>(
        TState state,
        Instant until,
        Func<TState, Instant, Decided<TEvent>> elapse
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        while (state.DueAt is { } due && due <= until)
        {
            state = After(state, elapse(state, due))!;
        }

        return state;
    }

    private static TState? Done<TState, TEvent>(
        TState? state,
        Decided<TEvent> decided,
        List<string> refusals,
        string act
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        Note(refusals, act, decided.Refusal);
        return After(state, decided);
    }

    private static TState? After<TState, TEvent>(TState? state, Decided<TEvent> decided)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        foreach (TEvent happened in decided.Events)
        {
            state = TState.Apply(state, happened);
        }

        return state;
    }

    private static T Parse<T>(string kebab)
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
