using System.Globalization;
using Breakwater.App.Law;
using Breakwater.App.Resilience;
using Breakwater.Preparedness.Resilience;
using Breakwater.Publications;
using NodaTime;

namespace Breakwater.App.Pages.Resilience;

/// <summary>Parts that the pages of the index share.</summary>
internal static class IndexParts
{
    public static Word Named(IReadOnlyDictionary<string, string> names) =>
        new Translated(names["en"], names);

    public static Word Score(double score) => new Number(score, 1);

    public static Word Range(ScoreRange range) =>
        new Said("range", ("low", Score(range.Low)), ("high", Score(range.High)));

    /// <summary>A figure with as many decimals as it needs, three at most.</summary>
    public static Word Value(double value) =>
        new Number(
            value,
            Enumerable.Range(0, 3).FirstOrDefault(d => Math.Round(value, d) == value, 3)
        );

    public static string Score(PageTexts texts, double? score, ScoreRange? range) =>
        score is { } known && range is not null
            ? $"{texts.Html("index.score", ("score", Score(known)), ("range", Range(range)))} {Bar(known, range)}"
            : texts.Html("index.withheld");

    /// <summary>Where between 0 and 100 it lies; the words beside it say the same.</summary>
    public static string Bar(double score, ScoreRange range) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"range\" viewBox=\"0 0 100 10\" aria-hidden=\"true\"><path class=\"axis\" d=\"M0 5H100\"/><rect x=\"{range.Low:0.#}\" y=\"2\" width=\"{Math.Max(0.5, range.High - range.Low):0.#}\" height=\"6\"/><path class=\"at\" d=\"M{score:0.#} 0V10\"/></svg>"
        );

    /// <summary>Says by what it was computed, and what a reader must know of it.</summary>
    public static void Heading(Markup page, IndexSeen seen)
    {
        PageTexts texts = page.Texts;
        page.Say(
            texts.Html(
                "index.computed",
                ("set", new Code($"{seen.Index.Set} {seen.Index.Version}")),
                ("day", new Day(seen.Index.AsOf)),
                ("min", new Share(seen.Index.CompletenessMin))
            ),
            "quiet"
        );
        if (seen.Faults.Count > 0)
        {
            page.Say(texts.Html("index.faults", ("n", new Count(seen.Faults.Count))), "caution");
        }
    }

    /// <summary>The two days that a page of the index is asked for; a day that is none, or has not come, is said to be wrong.</summary>
    public static (LocalDate? AsOf, LocalDate? Since, bool IsWrong) Days(
        HttpRequest request,
        Instant now
    )
    {
        string asOf = request.Query["as-of"].ToString();
        string since = request.Query["since"].ToString();
        (LocalDate? at, LocalDate? from) = (
            SheetAssessed.Day(asOf, now),
            SheetAssessed.Day(since, now)
        );
        bool isWrong =
            (asOf.Length > 0 && at is null)
            || (since.Length > 0 && from is null)
            || from >= (at ?? now.InUtc().Date);
        return isWrong ? (null, null, true) : (at, from, false);
    }

    public static void DaysForm(Markup page, string path, HttpRequest request, bool isWrong)
    {
        PageTexts texts = page.Texts;
        if (isWrong)
        {
            page.Raw($"<p role=\"alert\">{texts.Html("index.days.wrong")}</p>\n");
        }

        page.Raw(
            $"<form method=\"get\" action=\"{path}\">\n<input type=\"hidden\" name=\"lang\" value=\"{texts.Language}\">\n{Day("as-of", "index.as-of")}{Day("since", "index.since")}<button type=\"submit\" class=\"plainly\">{texts.Html("index.days.go")}</button>\n</form>\n"
        );

        string Day(string name, string label) =>
            $"<label for=\"{name}\">{texts.Html(label)}</label>\n<input id=\"{name}\" name=\"{name}\" type=\"date\" value=\"{Spoken.Html(request.Query[name].ToString())}\">\n";
    }

    public static void Changed(
        Markup page,
        IndicatorSet set,
        ResilienceChanges changes,
        bool isOfOne
    )
    {
        PageTexts texts = page.Texts;
        page.Head(
            "changed",
            texts.Html(
                "index.changed",
                ("from", new Day(changes.From)),
                ("to", new Day(changes.To))
            )
        );
        if (changes.Countries.Count == 0)
        {
            page.Say(texts.Html("index.changed.none"));
        }

        foreach (CountryChanged country in changes.Countries)
        {
            if (!isOfOne)
            {
                page.Raw(
                    $"<h3>{page.Link(CountryPage.Of(country.Country), texts.Html(Word.Of(Vocabulary.Place.OfCountry(country.Country))))}</h3>\n"
                );
            }

            page.Say(
                texts.Html(
                    country.IsDistinguishable ? "index.changed.told" : "index.changed.not-told",
                    ("before", Whole(country.Before)),
                    ("after", Whole(country.After))
                )
            );
            page.Items(
                country.Indicators.Select(one =>
                    $"{texts.Html(Named(set.Of(one.Indicator)!.Names))}: {texts.Html($"index.change.{Vocabulary.Checks.Word(one.Change)}", ("before", Known(one.Before)), ("after", Known(one.After)))}"
                )
            );
        }

        Word Whole(double? score) =>
            score is { } known ? Score(known) : new Native(texts.Plain("index.withheld.word"));
    }

    private static Word Known(double? value) =>
        value is { } known ? Value(known) : new Said("unknown");
}
