using Breakwater.App.Pages.Response;
using Breakwater.Decisions.Contesting;
using Breakwater.Norms.Packs;
using Breakwater.Publications;
using Breakwater.Publications.Briefs;

namespace Breakwater.App.Pages.Law;

/// <summary>One rule of the law pack: what it asks in the pack's words, where it is written, who reads it otherwise and since when.</summary>
internal static class RulePage
{
    public const string Path = "/norms/rules/{id}";

    public static string Of(string rule) => $"/norms/rules/{Uri.EscapeDataString(rule)}";

    /// <returns>Null when the pack has no such rule.</returns>
    public static string? Write(PageTexts texts, string id)
    {
        if (LawWords.For(texts) is not { } words)
        {
            return NormsPage.Damaged(texts, Of(id));
        }

        if (words.Pack.RuleOf(id) is not { } rule)
        {
            return null;
        }

        var page = new Markup(texts);
        page.Raw(
            $"<p class=\"quiet\">{page.Link(NormsPage.Path, texts.Html("norms.title"))} · {words.Regime(rule.Regime)}</p>\n<h1>{words.Rule(rule)}</h1>\n"
        );
        FindingParts.Banner(page, words);
        Facts(page, words, rule);
        FindingParts.Sources(page, rule);
        Clauses(page, words, rule);
        Stances(page, words, rule);
        Relations(page, words, rule);
        Gaps(page, words, rule);
        page.Head("commentary", texts.Html("norms.commentary"));
        Commentary.Write(page, rule.Commentary);
        page.Items([
            FindingParts.Contest(
                page,
                ContestForm.Of(
                    rule.Id,
                    LawPack.Baseline,
                    $"norms/rules/{rule.Id}",
                    words.Pack.Hash,
                    ContestAspect.Rule
                ),
                texts.Html("norms.contest.rule")
            ),
        ]);
        return Layout.Page(texts, Of(rule.Id), rule.Id, page.ToString());
    }

    private static void Facts(Markup page, LawWords words, Rule rule)
    {
        PageTexts texts = page.Texts;
        page.Facts([
            (texts.Html("field.id"), texts.Html(new Code(rule.Id))),
            (
                texts.Html("norms.kind"),
                texts.Html($"norms.kind.{Members.Kebab(rule.Kind.ToString())}")
            ),
            (texts.Html("norms.force"), texts.Html(new Code(rule.Force))),
            (
                texts.Html("norms.valid"),
                $"{Dates(texts, rule.Valid)} · {texts.Html(new Free(rule.ValidBasis))}"
            ),
            .. rule.ReadingFrom is { } since
                ?
                [
                    (
                        texts.Html("norms.stated"),
                        $"{texts.Html(new Code(since.Text))}{(rule.ReadingBasis is { } basis ? $" · {texts.Html(new Free(basis))}" : "")}"
                    ),
                ]
                : ((string, string)[])[],
            .. rule.Superseded is { } given
                ?
                [
                    (
                        texts.Html("norms.superseded"),
                        $"{FindingParts.Body(words, texts, given.By)} · {texts.Html(new Code(given.From.Text))}"
                    ),
                ]
                : ((string, string)[])[],
            (texts.Html("norms.recorded"), Dates(texts, rule.Recorded)),
            (
                texts.Html("norms.review"),
                texts.Html(rule.Reviewers.Count == 0 ? "norms.review.none" : "norms.pack.reviewed")
            ),
            (texts.Html("norms.twins"), texts.Html(new Count(Twins.Of(rule.Id)))),
        ]);
    }

    private static void Clauses(Markup page, LawWords words, Rule rule)
    {
        PageTexts texts = page.Texts;
        var conditions = new Conditions(page, words);
        Clause(rule.Kind == RuleKind.Duty ? "norms.applies" : "norms.holds", rule.Condition);
        if (rule.Breach is { } breach)
        {
            Clause("norms.breach", breach);
        }

        foreach (Defence defence in rule.Exceptions)
        {
            page.Raw(
                $"<h2>{texts.Html("norms.exception")} {words.Exception(defence.Id)} {texts.Html(new Code(defence.Id))}</h2>\n"
            );
            if (defence.IgnoresUnknown)
            {
                page.Say(texts.Html("norms.exception.pleaded"), "quiet");
            }

            conditions.Write(defence.When.Expression);
        }

        if (rule.Burden.Count > 0)
        {
            page.Raw($"<h2>{texts.Html("norms.burden.of")}</h2>\n");
            page.Items(
                rule.Burden.Select(pair =>
                    $"{words.TermWithId(pair.Key)}: {texts.Html(pair.Value ? "norms.value.yes" : "norms.value.no")}"
                )
            );
        }

        void Clause(string key, Clause clause)
        {
            page.Raw(
                $"<h2>{texts.Html(key)}</h2>\n<p>{texts.Html(new Code(clause.ToString()))}</p>\n"
            );
            conditions.Write(clause.Expression);
        }
    }

    /// <summary>Readings of this rule itself, and of the terms that it rests on.</summary>
    private static void Stances(Markup page, LawWords words, Rule rule)
    {
        PageTexts texts = page.Texts;
        GridRow[] rows =
        [
            .. Readings
                .Of(words.Pack, rule)
                .Select(one => new GridRow([
                    FindingParts.Body(words, texts, one.Stance.Profile),
                    words.TermWithId(one.Term),
                    texts.Html(new Code(one.Stance.Clause.ToString())),
                    texts.Html(new Code(one.Stance.From.Text)),
                ])),
        ];
        page.Head("stances", texts.Html("norms.stances"));
        if (rows.Length == 0)
        {
            page.Say(texts.Html("norms.stances.none"), "quiet");
            return;
        }

        page.Rows(
            texts.Html("norms.stances"),
            [
                texts.Html("norms.body"),
                texts.Html("norms.term"),
                texts.Html("norms.reads"),
                texts.Html("norms.since"),
            ],
            rows
        );
    }

    private static void Relations(Markup page, LawWords words, Rule rule)
    {
        PageTexts texts = page.Texts;
        Relation[] relations =
        [
            .. words.Pack.Relations.Where(one => one.From == rule.Id || one.To == rule.Id),
        ];
        if (relations.Length == 0 && rule.Relation is null)
        {
            return;
        }

        page.Head("relations", texts.Html("norms.relations"));
        if (rule.Relation is { } told)
        {
            page.Say(texts.Html(new Free(told)));
        }

        page.Items(
            relations.Select(one =>
                $"{To(one.From)} {texts.Html($"norms.relation.{Members.Kebab(one.Type.ToString())}")} {To(one.To)} · {texts.Html(new Free(one.Source))}"
            )
        );

        string To(string id) =>
            words.Pack.RuleOf(id) is null
                ? texts.Html(new Code(id))
                : page.Link(Of(id), texts.Html(new Code(id)));
    }

    private static void Gaps(Markup page, LawWords words, Rule rule)
    {
        Gap[] gaps = [.. words.Pack.Gaps.Where(gap => rule.Gaps.Contains(gap.Id))];
        if (gaps.Length > 0)
        {
            page.Head("gaps", page.Texts.Html("norms.gaps"))
                .Items(gaps.Select(gap => $"{page.Texts.Html(new Code(gap.Id))} {words.Gap(gap)}"));
        }
    }

    private static string Dates(PageTexts texts, Norms.Packs.Period period) =>
        texts.Html(new Code($"{period.From?.Text ?? ".."}/{period.To?.Text ?? ".."}"));
}
