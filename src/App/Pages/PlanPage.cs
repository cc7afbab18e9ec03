using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Plans;
using Breakwater.Preparedness.Agreements;
using Breakwater.Publications;

namespace Breakwater.App.Pages;

/// <summary><c>/plans/ID</c>: one option, what it leaves open, the others beside it, and what people decided.</summary>
internal static class PlanPage
{
    /// <returns>Null when the public may not see it, or it is not there.</returns>
    public static async Task<string?> Write(PublicView view, PageTexts texts, string id)
    {
        IReadOnlyList<Plan> all =
        [
            .. (await view.All<Plan>("plan").ConfigureAwait(false)).Select(plan => plan.Body),
        ];
        if (all.FirstOrDefault(plan => plan.Id == id) is not { } plan)
        {
            return null;
        }

        IReadOnlyList<Decision> decisions =
        [
            .. (await view.All<Decision>("decision").ConfigureAwait(false)).Select(decision =>
                decision.Body
            ),
        ];
        IReadOnlyList<Commitment> commitments =
        [
            .. (await view.All<Commitment>("commitment").ConfigureAwait(false))
                .Select(commitment => commitment.Body)
                .Where(commitment => commitment.PlanId == id),
        ];
        // Options of one walk answer the same needs.
        IReadOnlyList<Plan> options =
        [
            .. all.Where(other => other.Needs.SequenceEqual(plan.Needs)),
        ];

        Said title = Title(plan);
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html(title)}</h1>\n");
        SituationLine.Write(page, await Situation.Of(view, id).ConfigureAwait(false), plan.Origin);
        page.Say(texts.Html("plan.proposal"), "quiet");
        Facts(page, plan);
        page.Say(
            texts.Words.Html(new Said("plans.harm", ("harm", new Free(plan.HarmNote)))),
            "caution"
        );
        Options(page, plan, options, decisions);
        PlanTables.Lines(page, plan, await Agreements(view, plan).ConfigureAwait(false));
        PlanTables.Conditions(page, plan);
        PlanTables.Unserved(page, plan);
        Reasons(page, plan);
        DecisionPart.Write(page, plan, options, decisions);
        CommitmentPart.Write(page, plan, commitments);
        return Layout.Page(
            texts,
            $"/plans/{Uri.EscapeDataString(id)}",
            texts.Words.Plain(title),
            page.ToString()
        );
    }

    /// <summary>By id, those of its lines' agreements that this reader may see.</summary>
    private static async Task<IReadOnlyDictionary<string, Agreement>> Agreements(
        PublicView view,
        Plan plan
    )
    {
        var seen = new Dictionary<string, Agreement>(StringComparer.Ordinal);
        foreach (string id in plan.Lines.SelectMany(line => line.Agreements ?? []).Distinct())
        {
            if (await view.Subject($"agreement/{id}").ConfigureAwait(false) is { } document)
            {
                seen[id] = SubjectKind<Agreement, AgreementEvent>.Read(document.Body);
            }
        }

        return seen;
    }

    public static Said Title(Plan plan) =>
        new("plans.title", ("option", new Term("option", plan.Option)));

    private static void Facts(Markup page, Plan plan)
    {
        PageTexts texts = page.Texts;
        page.Facts([
            (texts.Html("plan.civilians"), texts.Html(new Count(plan.Civilians))),
            (texts.Html("plan.responders"), texts.Html(new Count(plan.Responders))),
            (texts.Words.Html("column.plan-informed"), texts.Html(new Count(plan.Informed))),
            (texts.Words.Html("column.cost"), texts.Html(Cost(plan))),
            (texts.Words.Html("column.gap"), texts.Html(PlansCompared.Gap(plan))),
            (texts.Words.Html("column.worst-served"), texts.Html(Worst(plan))),
            (texts.Words.Html("column.exposure"), texts.Html(new Number(plan.Exposure, 2))),
            (texts.Words.Html("column.verified"), texts.Html(Verified(plan))),
            (texts.Html("fact.origin"), texts.Html(Word.Of("origin", plan.Origin))),
            (texts.Html("fact.chain"), page.Chain(plan.Id)),
        ]);
    }

    private static void Options(
        Markup page,
        Plan plan,
        IReadOnlyList<Plan> options,
        IReadOnlyList<Decision> decisions
    )
    {
        PageTexts texts = page.Texts;
        page.Head("options", texts.Words.Html("table.plans"))
            .Grid(
                texts.Words.Html("table.plans"),
                [
                    "option",
                    "plan-civilians#",
                    "plan-responders#",
                    "plan-informed#",
                    "cost#",
                    "gap",
                    "worst-served",
                    "exposure#",
                    "verified",
                    "decided",
                ],
                [
                    .. options.Select(option => new GridRow(
                        [
                            option.Id == plan.Id
                                ? $"<strong aria-current=\"page\">{texts.Html(new Term("option", option.Option))}</strong><br><span class=\"quiet\">{texts.Html("plan.this")}</span>"
                                : page.LinkTo(
                                    "plans",
                                    option.Id,
                                    texts.Html(new Term("option", option.Option))
                                ),
                            texts.Html(new Count(option.Civilians)),
                            texts.Html(new Count(option.Responders)),
                            texts.Html(new Count(option.Informed)),
                            texts.Html(Cost(option)),
                            texts.Html(PlansCompared.Gap(option)),
                            texts.Html(Worst(option)),
                            texts.Html(new Number(option.Exposure, 2)),
                            texts.Html(Verified(option)),
                            decisions.LastOrDefault(decision => decision.Subject == option.Id)
                                is { } decision
                                ? texts.Html(Word.Of("outcome", decision.Outcome))
                                : texts.Html("plan.not-put"),
                        ],
                        Look: option.Id == plan.Id ? "this" : null
                    )),
                ]
            );
    }

    private static void Reasons(Markup page, Plan plan)
    {
        page.Head("reasons", page.Texts.Html("plan.reasons"))
            .Say(page.Texts.Html("plan.reasons-intro"), "quiet");
        if (plan.Reasons.Count == 0)
        {
            page.Say(page.Texts.Words.Html("nothing"));
            return;
        }

        page.Items(plan.Reasons.Select(reason => page.Texts.Html(new Free(reason))));
    }

    private static Said Cost(Plan plan) =>
        new("plans.cost", ("cost", new Money(plan.CostUsd)), ("budget", new Money(plan.BudgetUsd)));

    private static Said Worst(Plan plan) =>
        new(
            "plans.worst",
            ("area", new Free(plan.WorstServed)),
            ("share", new Share(plan.WorstServedShare, 1))
        );

    private static Said Verified(Plan plan) => new(plan.IsVerified ? "yes" : "plans.not-verified");
}
