using Breakwater.App.Accounts.Pages;
using Breakwater.App.Pages.Response;
using Breakwater.Norms.Packs;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Law;

/// <summary>The law pack of this node: its state, its rules by regime, the bodies whose readings it has, and the gaps it knows.</summary>
internal static class NormsPage
{
    public const string Path = "/norms";

    private const int FaultsShown = 10;

    public static string Write(PageTexts texts)
    {
        if (LawWords.For(texts) is not { } words)
        {
            return Damaged(texts, Path);
        }

        LawPack pack = words.Pack;
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("norms.title")}</h1>\n");
        FindingParts.Banner(page, words);
        page.Say(texts.Html("norms.is"));
        page.Facts([
            (texts.Html("norms.pack"), FindingParts.Pack(texts, pack)),
            (texts.Html("norms.rules"), texts.Html(new Count(pack.Rules.Count))),
            (texts.Html("norms.bodies"), texts.Html(new Count(pack.Profiles.Count))),
            (texts.Html("norms.facts"), texts.Html(new Count(pack.Facts.Count))),
            (texts.Html("norms.gaps"), texts.Html(new Count(pack.Gaps.Count))),
            (texts.Html("norms.licence"), texts.Html(new Code(pack.Licence))),
        ]);
        page.Head("rules", texts.Html("norms.rules"));
        foreach (IGrouping<string, Rule> regime in pack.Rules.GroupBy(rule => rule.Regime))
        {
            page.Raw($"<h3>{words.Regime(regime.Key)}</h3>\n")
                .Items(
                    regime.Select(rule =>
                        $"{page.Link(RulePage.Of(rule.Id), words.Rule(rule))} {texts.Html(new Code(rule.Id))}"
                    )
                );
        }

        page.Head("bodies", texts.Html("norms.bodies"))
            .Say(texts.Html("norms.no-votes"), "quiet")
            .Rows(
                texts.Html("norms.bodies"),
                [texts.Html("norms.body"), texts.Html("field.id"), texts.Html("norms.since")],
                [
                    .. pack.Profiles.Select(one => new GridRow([
                        words.Body(one.Id),
                        texts.Html(new Code(one.Id)),
                        one.Valid.From is { } from ? texts.Html(new Code(from.Text)) : "—",
                    ])),
                ]
            );
        page.Head("gaps", texts.Html("norms.gaps"))
            .Say(page.Link(GapsPage.Path, texts.Html("gaps.met")))
            .Rows(
                texts.Html("norms.gaps"),
                [
                    texts.Html("field.id"),
                    texts.Html("norms.gap"),
                    texts.Html("norms.kind"),
                    texts.Html("norms.rules"),
                ],
                [
                    .. pack.Gaps.Select(gap => new GridRow([
                        texts.Html(new Code(gap.Id)),
                        words.Gap(gap),
                        texts.Html($"norms.gap.{Members.Kebab(gap.Kind.ToString())}"),
                        gap.Rules.Count == 0
                            ? "—"
                            : string.Join(
                                "<br>",
                                gap.Rules.Select(rule =>
                                    page.Link(RulePage.Of(rule), texts.Html(new Code(rule)))
                                )
                            ),
                    ])),
                ]
            );
        return Layout.Page(texts, Path, texts.Plain("norms.title"), page.ToString());
    }

    /// <summary>No findings are better than findings of half a pack: whoever runs the node is told what is wrong with it.</summary>
    public static string Damaged(PageTexts texts, string path)
    {
        var page = new Markup(texts);
        page.Raw(
            $"<h1>{texts.Html("norms.title")}</h1>\n<p role=\"alert\">{texts.Html("norms.damaged")}</p>\n"
        );
        page.Items(
            LawAtHand
                .Read.Faults.Take(FaultsShown)
                .Select(fault => texts.Html(new Free(fault.ToString())))
        );
        return Layout.Page(texts, path, texts.Plain("norms.title"), page.ToString());
    }

    public static Task ShowDamaged(Visit visit, string path) =>
        visit.Show(Damaged(visit.Texts, path), StatusCodes.Status503ServiceUnavailable);
}
