using Breakwater.Decisions;
using Breakwater.Plans;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages;

/// <summary>What was asked about a plan, who said what, who did not answer.</summary>
internal static class DecisionPart
{
    public static void Write(
        Markup page,
        Plan plan,
        IReadOnlyList<Plan> options,
        IReadOnlyList<Decision> decisions
    )
    {
        PageTexts texts = page.Texts;
        page.Head("decision", texts.Words.Html("section.decisions"));
        List<Decision> onIt = [.. decisions.Where(decision => decision.Subject == plan.Id)];
        if (onIt.Count == 0)
        {
            page.Say(texts.Html("decision.none"));
            Plan? decided = options.FirstOrDefault(option =>
                decisions.Any(decision => decision.Subject == option.Id)
            );
            if (decided is not null)
            {
                page.Say(
                    $"{texts.Html("decision.other")} {page.LinkTo("plans", decided.Id, texts.Html(new Term("option", decided.Option)))}"
                );
            }
        }

        // Consent is asked for at activation; whoever judges the plan must see who has not answered.
        IReadOnlyList<Decision> activations = Activations(plan, decisions);
        foreach (Decision decision in onIt.Concat(activations))
        {
            Write(page, decision);
        }
    }

    private static List<Decision> Activations(Plan plan, IReadOnlyList<Decision> decisions)
    {
        // Both questions of one walk are opened at the same moment.
        var openedAt = decisions
            .Where(decision => decision.Subject == plan.Id)
            .Select(decision => decision.OpenedAt)
            .ToHashSet();
        return
        [
            .. decisions.Where(decision =>
                decision.Kind == DecisionKind.Activation && openedAt.Contains(decision.OpenedAt)
            ),
        ];
    }

    private static void Write(Markup page, Decision decision)
    {
        PageTexts texts = page.Texts;
        page.Raw($"<h3>{texts.Html(Word.Of("decision", decision.Kind))}</h3>\n")
            .Say(
                texts.Words.Html(
                    new Said(
                        "decisions.question",
                        ("question", new Free(decision.Question)),
                        ("opened", new Moment(decision.OpenedAt)),
                        ("deadline", new Moment(decision.Deadline))
                    )
                )
            )
            .Say(
                $"<strong>{texts.Words.Html(Outcome(decision))}</strong> {page.Chain(decision.Id)}"
            );
        if (decision is { FirstServiceDue: { } first, ExtendedServiceDue: { } extended })
        {
            page.Say(
                texts.Words.Html(
                    new Said(
                        "decisions.clock",
                        ("first", new Moment(first)),
                        ("extended", new Moment(extended))
                    )
                )
            );
        }

        Positions(page, decision);
        Consents(page, decision);
    }

    private static Said Outcome(Decision decision) =>
        decision.Outcome == DecisionOutcome.Open
            ? new Said(
                "decisions.outcome-open",
                ("outcome", Word.Of("outcome", decision.Outcome)),
                ("reason", new Free(decision.OutcomeReason))
            )
            : new Said(
                "decisions.outcome",
                ("outcome", Word.Of("outcome", decision.Outcome)),
                ("at", Word.Of(decision.DecidedAt)),
                ("reason", new Free(decision.OutcomeReason)),
                ("appeal", new Moment(decision.AppealUntil))
            );

    private static void Positions(Markup page, Decision decision)
    {
        PageTexts texts = page.Texts;
        if (decision.Positions.Count > 0)
        {
            page.Grid(
                texts.Words.Html("table.positions"),
                ["class", "role", "stand", "reason", "at"],
                [
                    .. decision
                        .Positions.OrderBy(position => position.Class)
                        .ThenBy(position => position.Stakeholder, StringComparer.Ordinal)
                        .Select(position => new GridRow([
                            texts.Html(Word.Of("class", position.Class)),
                            texts.Html(new Free(position.Stakeholder)),
                            $"<span class=\"stand {(position.Stand == Stand.Object ? "object" : "other")}\">{texts.Html(Word.Of("stand", position.Stand))}</span>",
                            texts.Html(new Free(position.Reason)),
                            texts.Html(new Moment(position.At)),
                        ])),
                ]
            );
        }

        List<StakeholderClass> silent =
        [
            .. Enum.GetValues<StakeholderClass>()
                .Except(decision.Positions.Select(position => position.Class)),
        ];
        page.Say(
            texts.Words.Html(
                new Said(
                    "decisions.quorum",
                    ("n", new Count(decision.ClassesCounted.Count)),
                    ("wanted", new Count(decision.QuorumClasses))
                )
            )
        );
        if (silent.Count > 0)
        {
            page.Say(
                texts.Words.Html(
                    new Said(
                        "decisions.silent",
                        ("classes", new Listed([.. silent.Select(each => Word.Of("class", each))]))
                    )
                )
            );
        }
    }

    private static void Consents(Markup page, Decision decision)
    {
        if (decision.Consents.Count == 0)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Grid(
            texts.Words.Html("table.consents"),
            ["party", "consent", "asked-at", "reason"],
            [
                .. decision.Consents.Select(record => new GridRow([
                    texts.Html(new Free(record.Party)),
                    $"<span class=\"consent\">{texts.Html(Word.Of("consent", record.Consent))}</span>",
                    texts.Html(record.AskedAt is { } at ? new Moment(at) : new Said("not-asked")),
                    texts.Html(
                        record.Reason.Length == 0 ? new Said("not-stated") : new Free(record.Reason)
                    ),
                ])),
            ]
        );
        int unanswered = decision.Consents.Count(record => record.Consent == Consent.NoAnswer);
        if (unanswered > 0)
        {
            page.Say(
                texts.Words.Html(new Said("decisions.no-answer", ("n", new Count(unanswered)))),
                "caution"
            );
        }
    }
}
