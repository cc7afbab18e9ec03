using Breakwater.Decisions;
using Breakwater.Plans;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>Plan options beside each other, what each leaves open and whom it could endanger.</summary>
internal static class PlansCompared
{
    public static Section Section(Released released)
    {
        Walked walk = released.Walk;
        var draft = new Draft("plans");
        if (walk.Plans.Count == 0)
        {
            draft.Say(released.None("plans.none", "plan"), [Ids.OfScenario(walk)]);
            return draft.Section;
        }

        draft.Say(
            new Said("plans.intro", ("n", new Count(walk.Plans.Count))),
            walk.Plans.Select(plan => plan.Id),
            walk.Plans.Select(plan => plan.Origin),
            Tone.Quiet
        );
        draft.Tabulate(
            "plans",
            [
                new("option"),
                new("plan-civilians", IsNumber: true),
                new("plan-responders", IsNumber: true),
                new("plan-informed", IsNumber: true),
                new("cost", IsNumber: true),
                new("gap"),
                new("worst-served"),
                new("exposure", IsNumber: true),
                new("verified"),
            ],
            walk.Plans.Select(plan =>
                (
                    new Word[]
                    {
                        new Term("option", plan.Option),
                        new Count(plan.Civilians),
                        new Count(plan.Responders),
                        new Count(plan.Informed),
                        new Said(
                            "plans.cost",
                            ("cost", new Money(plan.CostUsd)),
                            ("budget", new Money(plan.BudgetUsd))
                        ),
                        Gap(plan),
                        new Said(
                            "plans.worst",
                            ("area", new Free(plan.WorstServed)),
                            ("share", new Share(plan.WorstServedShare))
                        ),
                        new Number(plan.Exposure, 2),
                        new Said(plan.IsVerified ? "yes" : "plans.not-verified"),
                    },
                    (IEnumerable<string>)[plan.Id],
                    (IEnumerable<Origin>)[plan.Origin]
                )
            )
        );

        var adopted = walk
            .Decisions.Where(decision =>
                decision is { Kind: DecisionKind.PlanAdoption, Outcome: DecisionOutcome.Adopted }
            )
            .Select(decision => decision.Subject)
            .ToHashSet(StringComparer.Ordinal);
        foreach (Plan plan in walk.Plans)
        {
            Passage(draft, plan, adopted.Contains(plan.Id));
        }

        return draft.Section;
    }

    /// <summary>Rounded up, and never to nothing: the solver proves a gap of a ten-thousandth at best.</summary>
    internal static Said Gap(Plan plan) =>
        new(
            "plans.gap",
            ("gap", new Share(Math.Max(0.0001, Math.Ceiling(plan.Gap * 10_000) / 10_000), 2))
        );

    private static void Passage(Draft draft, Plan plan, bool isAdopted)
    {
        string[] id = [plan.Id];
        Origin[] origin = [plan.Origin];
        draft.Head(
            new Said(
                isAdopted ? "plans.title-adopted" : "plans.title",
                ("option", new Term("option", plan.Option))
            )
        );
        draft.Say(
            new Said("plans.harm", ("harm", new Free(plan.HarmNote))),
            id,
            origin,
            Tone.Caution
        );
        foreach (string reason in plan.Reasons)
        {
            draft.Say(new Free(reason), id, origin);
        }

        draft.Tabulate(
            "plan-lines",
            [
                new("asset"),
                new("from-whom"),
                new("where"),
                new("service"),
                new("plan-civilians", IsNumber: true),
                new("plan-responders", IsNumber: true),
                new("service-at"),
                new("cost", IsNumber: true),
                new("why"),
            ],
            plan.Lines.Select(line =>
                (
                    new Word[]
                    {
                        new Said(
                            "plans.units",
                            ("n", new Count(line.Units)),
                            ("asset", new Free(line.Asset))
                        ),
                        new Free(line.Stakeholder),
                        Word.Of(line.Place, line.PlaceName),
                        Word.Of("service", line.Service),
                        new Count(line.Civilians),
                        new Count(line.Responders),
                        new Said(
                            "span",
                            ("from", new Moment(line.ServiceAt)),
                            ("to", new Moment(line.Until))
                        ),
                        new Money(line.CostUsd),
                        line.LostWithout is { } lost
                            ? new Lines([
                                new Free(line.Why),
                                new Said("plans.lost", ("n", new Count(lost))),
                            ])
                            : new Free(line.Why),
                    },
                    (IEnumerable<string>)[plan.Id, line.OfferId, .. line.Clearances],
                    (IEnumerable<Origin>)origin
                )
            )
        );
        if (PlanConditions.Ready(plan) is { } ready)
        {
            draft.Say(ready, id.Concat(plan.Findings), origin, Tone.Caution);
        }

        draft.Tabulate(
            "plan-conditions",
            [.. PlanConditions.Columns.Select(column => new Column(column))],
            PlanConditions
                .Rows(plan)
                .Select(row =>
                    (
                        row.Cells.ToArray(),
                        row.Condition.Findings.Append(plan.Id),
                        (IEnumerable<Origin>)origin
                    )
                )
        );
        Unserved(draft, plan);
    }

    private static void Unserved(Draft draft, Plan plan)
    {
        if (plan.Unserved.Count == 0)
        {
            draft.Say(new Said("plans.all-served"), [plan.Id], [plan.Origin]);
            return;
        }

        draft.Say(
            new Said(
                "plans.unserved",
                ("n", new Count(plan.Unserved.Select(need => need.Place).Distinct().Count()))
            ),
            plan.Unserved.Select(need => need.NeedId).Append(plan.Id),
            [plan.Origin]
        );
        draft.Tabulate(
            "unserved",
            [
                new("where"),
                new("service"),
                new("unserved-civilians", IsNumber: true),
                new("unserved-responders", IsNumber: true),
                new("why-not"),
            ],
            plan.Unserved.OrderByDescending(need => need.People)
                .ThenBy(need => need.Place.Key, StringComparer.Ordinal)
                .ThenBy(need => need.Group)
                .ThenBy(need => need.Service)
                .Select(need =>
                    (
                        new Word[]
                        {
                            Word.Of(need.Place, need.PlaceName),
                            Word.Of("service", need.Service),
                            People.IsCivilian(need.Group)
                                ? need.Group == PopulationGroup.Residents
                                    ? Left(need)
                                    : new Said(
                                        "needs.group",
                                        ("group", Word.Of("group", need.Group)),
                                        ("people", Left(need))
                                    )
                                : new Said("not-of-this-row"),
                            need.Group == PopulationGroup.Responders
                                ? Left(need)
                                : new Said("not-of-this-row"),
                            new Free(need.Why),
                        },
                        (IEnumerable<string>)[need.NeedId, plan.Id],
                        (IEnumerable<Origin>)[plan.Origin]
                    )
                )
        );
    }

    private static Word Left(UnservedNeed need) => People.Printed(CountRange.Exactly(need.People));
}
