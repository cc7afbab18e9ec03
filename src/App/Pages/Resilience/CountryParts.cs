using Breakwater.App.Pages.Response;
using Breakwater.App.Resilience;
using Breakwater.Preparedness.Resilience;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Resilience;

/// <summary>The parts of a country's page.</summary>
internal sealed class CountryParts(Markup page, IndexSeen seen, CountryResilience country)
{
    private PageTexts Texts => page.Texts;

    public void Headline()
    {
        if (country.IsWithheld)
        {
            page.Raw(
                $"<p role=\"alert\">{Texts.Html("index.withheld.why", ("known", new Share(country.Completeness)), ("min", new Share(seen.Index.CompletenessMin)))}</p>\n"
            );
        }

        page.Facts([
            (Texts.Html("index.index"), IndexParts.Score(Texts, country.Score, country.Range)),
            (Texts.Html("index.known"), Texts.Html(new Share(country.Completeness))),
            .. country.IsWithheld ? ((string, string)[])[] : [Place(), Width()],
        ]);
    }

    private (string, string) Place() =>
        (Texts.Html("index.place"), IndexPage.PlaceOf(Texts, seen.Index, country));

    private (string, string) Width() =>
        (
            Texts.Html("index.width"),
            Texts.Html(
                "index.width.of",
                ("missing", IndexParts.Score(country.FromMissing)),
                ("ranges", IndexParts.Score(country.FromRanges)),
                ("n", new Count(country.WithoutRange))
            )
        );

    public void First()
    {
        Improvements found = Improvements.Of(seen.Set, country, seen.Index.AsOf);
        if (country.IsWithheld)
        {
            Needed(found);
            return;
        }

        page.Head("first", Texts.Html("index.first"));
        if (found.First.Count == 0)
        {
            page.Say(Texts.Html("index.first.none"));
        }
        else
        {
            page.Say(Texts.Html("index.first.how"), "quiet")
                .Rows(
                    Texts.Html("index.first"),
                    [
                        Texts.Html("index.indicator"),
                        Texts.Html("index.from-to"),
                        Texts.Html("index.then"),
                        Texts.Html("index.at-best"),
                    ],
                    [.. found.First.Select(Row)]
                )
                .Say(Texts.Html("index.first.others", ("n", new Count(found.Others))), "quiet");
        }

        page.Head("find-out", Texts.Html("index.find-out"));
        page.Say(
            Texts.Html(found.FindOut.Count == 0 ? "index.find-out.none" : "index.find-out.how"),
            "quiet"
        );
        FindOut(found, 8, Narrows);
    }

    /// <summary>Of a score that is withheld no points are told, so what is told is how it comes to be stated.</summary>
    private void Needed(Improvements found)
    {
        page.Head("needed", Texts.Html("index.needed"))
            .Say(
                Texts.Html("index.needed.how", ("min", new Share(seen.Index.CompletenessMin))),
                "quiet"
            );
        FindOut(found, found.Needed, Weighs);
    }

    /// <param name="shown">The rest is a click away.</param>
    private void FindOut(Improvements found, int shown, Func<FindOut, string> said)
    {
        page.Items(found.FindOut.Take(shown).Select(said));
        if (found.FindOut.Count > shown)
        {
            page.Raw(
                    $"<details>\n<summary>{Texts.Html("index.find-out.more", ("n", new Count(found.FindOut.Count - shown)))}</summary>\n"
                )
                .Items(found.FindOut.Skip(shown).Select(said))
                .Raw("</details>\n");
        }
    }

    private string Narrows(FindOut one) =>
        Texts.Html(
            one.IsContradicted ? "index.narrows.settle" : "index.narrows",
            ("indicator", Named(one.Indicator)),
            ("points", IndexParts.Score(one.Narrows!.Value))
        );

    private string Weighs(FindOut one) =>
        Texts.Html(
            one.IsContradicted ? "index.settle" : "index.weighs",
            ("indicator", Named(one.Indicator)),
            ("share", new Share(one.Share, 1)),
            ("where", new Free(seen.Set.Of(one.Indicator)!.Source))
        );

    private GridRow Row(Improvement one) =>
        new([
            Name(one.Indicator),
            Texts.Html(
                "index.from-to.of",
                ("from", IndexParts.Value(one.From)),
                ("to", IndexParts.Value(one.To)),
                ("unit", Unit(one.Indicator))
            ),
            Texts.Html(
                "index.then.score",
                ("score", IndexParts.Score(one.Then)),
                ("gain", IndexParts.Score(one.Gain))
            ) + (one.IsTied ? $" {Texts.Html("index.tied")}" : ""),
            Texts.Html(
                "index.best",
                ("best", IndexParts.Value(one.Best)),
                ("gain", IndexParts.Score(one.GainAtBest))
            ),
        ]);

    public void Pillars() =>
        page.Head("pillars", Texts.Html("index.pillars"))
            .Rows(
                Texts.Html("index.pillars"),
                [
                    Texts.Html("index.pillar"),
                    Texts.Html("index.score-column"),
                    Texts.Html("index.known"),
                    Texts.Html("index.part"),
                ],
                [
                    .. seen
                        .Set.Pillars.Zip(country.Pillars)
                        .Select(pair => new GridRow([
                            Texts.Html(IndexParts.Named(pair.First.Names)),
                            pair.Second.Score is { } score
                                ? IndexParts.Score(Texts, score, pair.Second.Range)
                                : Texts.Html(new Said("unknown")),
                            Texts.Html(new Share(pair.Second.Completeness)),
                            Texts.Html(new Share(pair.Second.Share, 1)),
                        ])),
                ]
            );

    public void Indicators()
    {
        page.Head("indicators", Texts.Html("index.indicators"))
            .Say(Texts.Html("index.indicators.how"), "quiet");
        foreach (Pillar pillar in seen.Set.Pillars)
        {
            string name = Texts.Html(IndexParts.Named(pillar.Names));
            page.Raw($"<h3>{name}</h3>\n")
                .Rows(
                    name,
                    [
                        Texts.Html("index.indicator"),
                        Texts.Html("index.value"),
                        Texts.Html("index.score-column"),
                        Texts.Html("index.counts"),
                        Texts.Html("index.source"),
                    ],
                    [
                        .. country
                            .Indicators.Where(one => one.Pillar == pillar.Id)
                            .Select(one => Row(seen.Set.Of(one.Indicator)!, one)),
                    ]
                );
        }
    }

    private GridRow Row(Indicator indicator, IndicatorScore one)
    {
        if (one.Value is not { } value)
        {
            return new GridRow([
                Name(indicator.Id),
                $"<span class=\"verdict absent\">{Texts.Html("index.missing")}</span>",
                "—",
                "—",
                Texts.Html("index.missing.where", ("where", new Free(indicator.Source))),
            ]);
        }

        string others = string.Concat(
            one.Contradicting.Select(other =>
                $"<br>{Texts.Html("index.contradicted", ("value", IndexParts.Value(other.Value)), ("source", new Free(other.Source)))}"
            )
        );
        return new GridRow([
            Name(indicator.Id),
            Said(indicator, value)
                + (one.IsClipped ? $"<br>{Texts.Html("index.clipped")}" : "")
                + others,
            one.Score is { } score
                ? IndexParts.Score(Texts, score, one.Range)
                : $"<span class=\"verdict absent\">{Texts.Html("index.too-old", ("n", new Count(indicator.AgeDaysMax)))}</span>",
            one.Counts == 0 ? "—" : Texts.Html(new Share(one.Counts, 1)),
            Texts.Html(
                "index.source.of",
                ("source", new Free(value.Source)),
                ("day", new Day(value.Date)),
                ("age", new Count(one.AgeDays!.Value)),
                ("origin", Word.Of("origin", value.Origin)),
                ("licence", new Free(value.Licence))
            ),
        ]);
    }

    private string Said(Indicator indicator, IndicatorValue value) =>
        indicator.Unit == IndicatorUnit.YesNo
            ? Texts.Html(value.Value == 1 ? "index.yes" : "index.no")
            : Texts.Html(
                value.HasRange ? "index.value.range" : "index.value.alone",
                ("value", IndexParts.Value(value.Value)),
                ("low", IndexParts.Value(value.Low ?? value.Value)),
                ("high", IndexParts.Value(value.High ?? value.Value)),
                ("unit", Unit(indicator.Id))
            );

    /// <summary>How much the score hangs on the weights.</summary>
    public void Weights(SensitivityTerms terms)
    {
        if (
            Sensitivity
                .Of(seen.Set, seen.Index, terms)
                .Countries.FirstOrDefault(one => one.Country == country.Country)
            is not { } study
        )
        {
            return;
        }

        page.Head("sensitivity", Texts.Html("index.sensitivity"))
            .Say(
                Texts.Html(
                    "index.sensitivity.how",
                    ("n", new Count(terms.Draws)),
                    ("low", IndexParts.Score(study.Scores.Low)),
                    ("high", IndexParts.Score(study.Scores.High)),
                    ("best", new Count(study.BestPlace)),
                    ("worst", new Count(study.WorstPlace)),
                    ("equal", IndexParts.Score(study.EqualWeights)),
                    ("geometric", IndexParts.Score(study.Geometric))
                )
            );
        const int most = 3;
        page.Items(
            study
                .Pillars.Take(most)
                .Select(one =>
                    Texts.Html(
                        "index.sensitivity.pillar",
                        (
                            "pillar",
                            IndexParts.Named(
                                seen.Set.Pillars.First(each => each.Id == one.Pillar).Names
                            )
                        ),
                        ("without", IndexParts.Score(one.Without)),
                        ("doubled", IndexParts.Score(one.Doubled))
                    )
                )
        );
    }

    private string Name(string indicator) => Texts.Html(Named(indicator));

    private Word Named(string indicator) => IndexParts.Named(seen.Set.Of(indicator)!.Names);

    private Native Unit(string indicator) =>
        new Native(Texts.Plain($"index.unit.{Checks.Word(seen.Set.Of(indicator)!.Unit)}"));
}
