using Breakwater.Plans;
using Breakwater.Preparedness.Agreements;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages;

/// <summary>What goes where in a plan, and what it leaves open.</summary>
internal static class PlanTables
{
    /// <param name="agreements">Those that the reader may see, by id.</param>
    public static void Lines(
        Markup page,
        Plan plan,
        IReadOnlyDictionary<string, Agreement> agreements
    )
    {
        PageTexts texts = page.Texts;
        page.Head("lines", texts.Words.Html("table.plan-lines"))
            .Grid(
                texts.Words.Html("table.plan-lines"),
                [
                    "asset",
                    "from-whom",
                    "where",
                    "service",
                    "plan-civilians#",
                    "plan-responders#",
                    "service-at",
                    "cost#",
                    "why",
                ],
                [
                    .. plan.Lines.Select(line => new GridRow([
                        texts.Html(
                            new Said(
                                "plans.units",
                                ("n", new Count(line.Units)),
                                ("asset", new Free(line.Asset))
                            )
                        ),
                        texts.Html(new Free(line.Stakeholder)),
                        texts.Html(Word.Of(line.Place, line.PlaceName)),
                        texts.Html(Word.Of("service", line.Service)),
                        texts.Html(new Count(line.Civilians)),
                        texts.Html(new Count(line.Responders)),
                        texts.Html(
                            new Said(
                                "span",
                                ("from", new Moment(line.ServiceAt)),
                                ("to", new Moment(line.Until))
                            )
                        ),
                        texts.Html(new Money(line.CostUsd)),
                        texts.Html(
                            line.LostWithout is { } lost
                                ? new Lines([
                                    new Free(line.Why),
                                    new Said("plans.lost", ("n", new Count(lost))),
                                ])
                                : new Free(line.Why)
                        ) + Under(page, line, agreements),
                    ])),
                ]
            );
    }

    private static string Under(
        Markup page,
        PlanLine line,
        IReadOnlyDictionary<string, Agreement> agreements
    ) =>
        string.Concat(
            (line.Agreements ?? [])
                .Where(agreements.ContainsKey)
                .Select(id =>
                    $"<br>{page.Texts.Html("agreement.under")} {page.LinkTo("agreements", id, page.Texts.Html(new Free(agreements[id].Name)))}"
                )
        );

    /// <summary>What norms that may apply ask of the lines; nothing where nobody worked it out.</summary>
    public static void Conditions(Markup page, Plan plan)
    {
        PageTexts texts = page.Texts;
        if (PlanConditions.Ready(plan) is not { } ready)
        {
            return;
        }

        page.Head("conditions", texts.Words.Html("table.plan-conditions"))
            .Say(texts.Words.Html("norms.standard"), "caution")
            .Say(texts.Html(ready));
        if (plan.Findings.Count > 0)
        {
            page.Grid(
                texts.Words.Html("table.plan-conditions"),
                PlanConditions.Columns,
                [
                    .. PlanConditions
                        .Rows(plan)
                        .Select(row => new GridRow(
                            [.. row.Cells.Select(texts.Html)],
                            row.Condition.Findings[0]
                        )),
                ]
            );
        }
    }

    public static void Unserved(Markup page, Plan plan)
    {
        PageTexts texts = page.Texts;
        page.Head("unserved", texts.Words.Html("table.unserved"));
        if (plan.Unserved.Count == 0)
        {
            page.Say(texts.Words.Html("plans.all-served"));
            return;
        }

        page.Say(
                texts.Words.Html(
                    new Said(
                        "plans.unserved",
                        (
                            "n",
                            new Count(plan.Unserved.Select(need => need.Place).Distinct().Count())
                        )
                    )
                )
            )
            .Grid(
                texts.Words.Html("table.unserved"),
                ["where", "group", "service", "left#", "why-not"],
                [
                    .. plan
                        .Unserved.OrderByDescending(need => need.People)
                        .ThenBy(need => need.Place.Key, StringComparer.Ordinal)
                        .Select(need => new GridRow(
                            [
                                texts.Html(Word.Of(need.Place, need.PlaceName)),
                                texts.Html(Word.Of("group", need.Group)),
                                texts.Html(Word.Of("service", need.Service)),
                                texts.Html(People.Printed(CountRange.Exactly(need.People))),
                                texts.Html(new Free(need.Why)),
                            ],
                            need.NeedId
                        )),
                ]
            );
    }
}
