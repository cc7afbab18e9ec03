using Breakwater.App.Gaps;
using Breakwater.Feeds.Law;
using Breakwater.Norms.Packs;
using Breakwater.Publications;
using Breakwater.Publications.Gaps;

namespace Breakwater.App.Pages;

/// <summary><c>/gaps</c>: where law is silent or disagrees, and in how many disruptions that was met.</summary>
internal static class GapsPage
{
    public const string Path = "/gaps";

    /// <summary>Disruptions that a row names; the rest is counted, and the API lists them.</summary>
    private const int IncidentsShown = 6;

    public static async Task<string> Write(PublicView view, PageTexts texts)
    {
        LawPackRead law = LawAtHand.Read;
        GapLedger ledger = await GapsOnRecord.Of(view, law.Pack).ConfigureAwait(false);
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("nav.gaps")}</h1>\n")
            .Say(texts.Html("gaps.intro"), "quiet")
            .Say(texts.Words.Html("norms.standard"), "caution");
        if (law.Pack is not { } pack)
        {
            page.Say(texts.Html("gaps.no-pack"), "caution");
            return Layout.Page(texts, Path, texts.Plain("nav.gaps"), page.ToString());
        }

        var names = new WordsOfPack(pack, law.Texts);
        page.Say(
                texts.Html(
                    "gaps.pack",
                    ("pack", new Code($"{pack.Id} {pack.Version}")),
                    ("hash", new Code(pack.Hash))
                )
            )
            .Say(texts.Html("gaps.counted", ("n", new Count(ledger.Disruptions))));
        if (pack.Status == PackStatus.Draft)
        {
            page.Say(texts.Words.Html("norms.draft"), "caution");
        }

        GapCount[] met = [.. ledger.Gaps.Where(gap => gap.Disruptions > 0)];
        if (met.Length > 0)
        {
            page.Grid(
                texts.Html("gaps.met"),
                ["law-gap", "disruptions#", "how-met", "rules", "bodies", "harm", "where"],
                [
                    .. met.OrderByDescending(gap => gap.Disruptions)
                        .Select(gap => Row(page, gap, names)),
                ]
            );
        }

        GapCount[] others = [.. ledger.Gaps.Where(gap => gap.Disruptions == 0)];
        if (others.Length > 0)
        {
            page.Head("others", texts.Html("gaps.others"))
                .Say(texts.Html("gaps.others-intro"), "quiet")
                .Items([.. others.Select(gap => texts.Html(Named(gap, names)))]);
        }

        return Layout.Page(texts, Path, texts.Plain("nav.gaps"), page.ToString());
    }

    private static GridRow Row(Markup page, GapCount gap, WordsOfPack names)
    {
        PageTexts texts = page.Texts;
        return new GridRow([
            texts.Html(Named(gap, names)),
            texts.Html(new Count(gap.Disruptions)),
            texts.Html(
                new Lines([
                    .. gap.Kinds.Select(kind => new Said(
                        "norms.met-as",
                        ("how", Word.Of("gap-met", kind.Kind)),
                        ("n", new Count(kind.Disruptions))
                    )),
                ])
            ),
            texts.Html(
                new Lines([
                    .. gap.Rules.Select(rule => new Said(
                        "norms.gap",
                        ("id", new Code(rule)),
                        ("text", names.Rule(rule))
                    )),
                    new Listed([.. gap.Regimes.Select(names.Regime)]),
                ])
            ),
            texts.Html(
                new Lines([
                    .. gap.Spread.Select(said => new Said(
                        "norms.bodies-say",
                        ("outcome", new Term("prima-facie", said.Outcome)),
                        ("bodies", new Listed([.. said.Profiles.Select(names.Body)]))
                    )),
                ])
            ),
            texts.Html(
                "gaps.harm",
                ("people", Word.Of(gap.Harm.Residents)),
                ("n", new Count(gap.Harm.Unknown))
            ),
            string.Join(
                "<br>",
                gap.Incidents.Take(IncidentsShown)
                    .Select(one =>
                        $"{page.LinkTo("disruptions", one.Disruption, texts.Html(Word.Of(one.Place)))} {page.Chain(one.Finding)}"
                    )
                    .Concat(
                        gap.Disruptions > IncidentsShown
                            ?
                            [
                                texts.Html(
                                    "gaps.more",
                                    ("n", new Count(gap.Disruptions - IncidentsShown))
                                ),
                            ]
                            : []
                    )
            ),
        ]);
    }

    private static Said Named(GapCount gap, WordsOfPack names) =>
        new("norms.gap", ("id", new Code(gap.Gap)), ("text", names.Gap(gap.Gap)));
}
