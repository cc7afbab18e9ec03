using Breakwater.Decisions;
using Breakwater.Decisions.Continuity;
using Breakwater.Decisions.Opening;
using Breakwater.Disruptions;
using Breakwater.Feeds;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App;

/// <summary>Plays the continuity cases of a scenario, and puts the questions of principle about them.</summary>
internal static class ScriptedCases
{
    private static readonly Duration _answerTime = Duration.FromHours(48);

    private const string Prefix = "continuity-case/";

    public static string SubjectOf(string id) => $"{Prefix}{id}";

    /// <summary>The id of the case that a decision is about; every other subject as it is.</summary>
    public static string IdOf(string subject) =>
        subject.StartsWith(Prefix, StringComparison.Ordinal) ? subject[Prefix.Length..] : subject;

    /// <summary>What is asked about cases, at <see cref="Scenario.PlanAt"/>.</summary>
    public static IEnumerable<OpenDecision> Questions(Scenario scenario) =>
        scenario.Questions.Select(asked => new OpenDecision
        {
            Id = ContentId.Of(
                "decision",
                new
                {
                    scenario = scenario.Id,
                    asked.Id,
                    asked.Question,
                }
            ),
            Kind = Script.Parse<DecisionKind>(asked.Kind),
            Question = asked.Question,
            Subject = SubjectOf(asked.Case),
            QuorumClasses = scenario.QuorumClasses,
            Deadline = scenario.PlanAt + _answerTime,
            Origin = scenario.Origin,
            Marking = Marking.Public,
        });

    public static IReadOnlyList<Lived<ContinuityCase, ContinuityEvent>> Play(
        Scenario scenario,
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<Lived<Decision, DecisionEvent>> decisions,
        List<string> refusals
    ) =>
        [
            .. scenario
                .Cases.Select(one => Played(scenario, one, disruptions, decisions, refusals))
                .Where(lived => lived.State is not null),
        ];

    private static Lived<ContinuityCase, ContinuityEvent> Played(
        Scenario scenario,
        ScenarioCase one,
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<Lived<Decision, DecisionEvent>> decisions,
        List<string> refusals
    )
    {
        Participant by = Script.Speaker(scenario, one.By);
        Lived<ContinuityCase, ContinuityEvent> lived = Script.Done(
            Lived<ContinuityCase, ContinuityEvent>.Unborn,
            OpenCase.Decide(
                null,
                new OpenCase(
                    one.Id,
                    Script.Parse<ContinuityType>(one.Type),
                    one.Name,
                    one.Place,
                    one.Institution,
                    one.Forum,
                    one.Users,
                    one.UsersSource,
                    one.Functions,
                    [
                        .. disruptions
                            .Where(disruption => IsAbout(one, disruption))
                            .Select(disruption => disruption.Id)
                            .Take(ContinuityCase.ListMax),
                    ],
                    one.Origin,
                    Marking.Public
                ),
                by,
                scenario.PlanAt
            ),
            refusals,
            $"case {one.Id}"
        );
        foreach (
            Func<ContinuityCase, Decided<ContinuityEvent>> said in Said(one, by, scenario.PlanAt)
        )
        {
            lived = lived.State is { } state
                ? Script.Done(lived, said(state), refusals, $"case {one.Id}")
                : lived;
        }

        foreach (
            (Instant at, Func<ContinuityCase, Decided<ContinuityEvent>> act) in Acts(
                    scenario,
                    one,
                    decisions
                )
                .OrderBy(act => act.At)
        )
        {
            lived = lived.Until(at - Duration.Epsilon, ContinuityCase.Elapse);
            lived = lived.State is { } state
                ? Script.Done(lived, act(state), refusals, $"case {one.Id}")
                : lived;
        }

        return lived.Until(scenario.AsOf, ContinuityCase.Elapse);
    }

    /// <summary>A case is about what befalls its own resource, and what befalls the networks that it names for calling.</summary>
    private static bool IsAbout(ScenarioCase one, Disruption disruption) =>
        disruption.Place.IsWithin(one.Place)
        || one.Place.Equals(disruption.Place)
        || (one.Place.Asn is { } asn && disruption.Asns.Contains(asn));

    private static IEnumerable<Func<ContinuityCase, Decided<ContinuityEvent>>> Said(
        ScenarioCase one,
        Participant by,
        Instant at
    ) =>
        [
            .. one.Parties.Select<CasePartyLine, Func<ContinuityCase, Decided<ContinuityEvent>>>(
                line =>
                    state => NameParty.Decide(state, new(line.Name, line.Class, line.Part), by, at)
            ),
            .. one.Contacts.Select<CaseContactLine, Func<ContinuityCase, Decided<ContinuityEvent>>>(
                line => state => NameContact.Decide(state, new(line.Resource, line.Why), by, at)
            ),
            .. one.Deadlines.Select<
                CaseDeadlineLine,
                Func<ContinuityCase, Decided<ContinuityEvent>>
            >(line =>
                state =>
                    SetDeadline.Decide(
                        state,
                        new(line.Id, line.What, line.Due, line.Source),
                        by,
                        at
                    )
            ),
            .. one.Measures.Select<CaseMeasureLine, Func<ContinuityCase, Decided<ContinuityEvent>>>(
                line =>
                    state => ProposeMeasure.Decide(state, new(line.Id, line.What, line.By), by, at)
            ),
        ];

    private static IEnumerable<(
        Instant At,
        Func<ContinuityCase, Decided<ContinuityEvent>> Act
    )> Acts(
        Scenario scenario,
        ScenarioCase one,
        IReadOnlyList<Lived<Decision, DecisionEvent>> decisions
    )
    {
        foreach (
            ScriptedCaseAct act in (scenario.Script ?? [])
                .OfType<ScriptedCaseAct>()
                .Where(act => act.Case == one.Id && act.At < scenario.AsOf)
        )
        {
            Participant by = Script.Speaker(scenario, act.By);
            yield return (act.At, state => Of(state, act, by));
        }

        foreach (
            Decision decision in decisions
                .Select(lived => lived.State!)
                .Where(decision => decision.Subject == SubjectOf(one.Id))
        )
        {
            if (decision.DecidedAt is { } at && at < scenario.AsOf)
            {
                yield return (
                    decision.ChangedAt,
                    state =>
                        FollowCaseDecision.Decide(
                            state,
                            new FollowCaseDecision { Decision = decision },
                            Script.Walk,
                            decision.ChangedAt
                        )
                );
            }
        }
    }

    private static Decided<ContinuityEvent> Of(
        ContinuityCase state,
        ScriptedCaseAct act,
        Participant by
    ) =>
        act switch
        {
            ScriptedDeadlineMet met => MeetDeadline.Decide(
                state,
                new(met.Deadline, met.Proof),
                by,
                met.At
            ),
            ScriptedMeasure measure => MoveMeasure.Decide(
                state,
                new(measure.Measure, Script.Parse<MeasureState>(measure.State), measure.Proof),
                by,
                measure.At
            ),
            ScriptedItem item => CheckItem.Decide(
                state,
                new(item.Item, Script.Parse<ItemAnswered>(item.Answer), item.Proof),
                by,
                item.At
            ),
            ScriptedFunction function => ObserveFunction.Decide(
                state,
                new(
                    function.Function,
                    Script.Parse<FunctionState>(function.State),
                    function.Proof,
                    function.Source,
                    function.At
                ),
                by,
                function.At
            ),
            _ => throw new InvalidOperationException(act.GetType().Name),
        };
}
