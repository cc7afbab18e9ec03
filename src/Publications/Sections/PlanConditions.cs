using Breakwater.Plans;

namespace Breakwater.Publications;

/// <summary>What norms that may apply ask of the lines of a plan, and which lines wait for it.</summary>
public static class PlanConditions
{
    public static IReadOnlyList<string> Columns { get; } =
    ["asset", "plan-asks", "rule", "condition-state", "law-gap", "readings", "where"];

    /// <summary>Rows of a table with <see cref="Columns"/>; what several lines are asked alike is one.</summary>
    public static IReadOnlyList<(IReadOnlyList<Word> Cells, PlanCondition Condition)> Rows(
        Plan plan
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        return
        [
            .. plan
                .Lines.SelectMany(line =>
                    line.Conditions.Select(condition => (Line: line, Condition: condition))
                )
                .GroupBy(one => (one.Line.OfferId, one.Condition.Rule, one.Condition.State))
                .Select(same => (Row([.. same]), same.First().Condition)),
        ];
    }

    /// <summary>How many of those whom the plan would connect wait for what norms may ask; null where nobody worked it out.</summary>
    public static Word? Ready(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan is { ReadyCivilians: { } civilians, ReadyResponders: { } responders }
            ? new Said(
                "plans.ready",
                ("civilians", new Count(civilians)),
                ("all-civilians", new Count(plan.Civilians)),
                ("responders", new Count(responders)),
                ("all-responders", new Count(plan.Responders))
            )
            : null;
    }

    private static IReadOnlyList<Word> Row((PlanLine Line, PlanCondition Condition)[] same)
    {
        (PlanLine line, PlanCondition condition) = same[0];
        return
        [
            new Free(line.Asset),
            new Free(condition.Asks),
            new Code(condition.Rule),
            new Said(
                "plans.condition",
                ("state", Word.Of("condition", condition.State)),
                ("why", new Free(condition.Because))
            ),
            condition.Gap is { } gap ? new Code(gap) : new Said("nothing"),
            Readings(condition),
            new Listed([
                .. same.Select(one => Word.Of(one.Line.Place, one.Line.PlaceName)).Distinct(),
            ]),
        ];
    }

    private static Lines Readings(PlanCondition condition)
    {
        Word standing = Word.Of("standing", condition.Standing);
        Word[] said =
        [
            standing,
            .. condition.Readings.Select(one => new Said(
                "norms.bodies-say",
                ("outcome", new Term("prima-facie", one.Outcome)),
                ("bodies", new Listed([.. one.Profiles.Select(body => new Code(body))]))
            )),
            .. condition.OpenQuestions.Count == 0
                ? Array.Empty<Word>()
                :
                [
                    new Said(
                        "plans.open-question",
                        (
                            "facts",
                            new Listed([.. condition.OpenQuestions.Select(fact => new Code(fact))])
                        )
                    ),
                ],
        ];
        return new Lines(said);
    }
}
