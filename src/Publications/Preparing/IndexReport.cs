using Breakwater.Preparedness.Resilience;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;
using static Breakwater.Publications.Preparing.IndexWords;

namespace Breakwater.Publications.Preparing;

/// <summary>
/// The resilience index as a document: of one country with what would raise it most and what nobody knows, or of all of them in the
/// order of their codes, which is no ranking.
/// </summary>
public static class IndexReport
{
    public static Report OfAll(Front front, IndicatorSet set, ResilienceIndex index)
    {
        ArgumentNullException.ThrowIfNull(front);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(index);
        Draft draft = Begun(index);
        draft.Tabulate(
            "index",
            [
                new("country"),
                new("index-score", IsNumber: true),
                new("index-range"),
                new("index-known", IsNumber: true),
            ],
            index.Countries.Select(country =>
                (
                    new Word[]
                    {
                        Word.Of(Place.OfCountry(country.Country)),
                        Score(country.Score),
                        Range(country.Range),
                        new Share(country.Completeness),
                    },
                    Values(country),
                    Origins(country)
                )
            )
        );
        draft.Say(new Said("index.places"), [Of(index)], tone: Tone.Quiet);
        return Made(front, [draft.Section, Method(set, index)]);
    }

    public static Report OfOne(
        Front front,
        IndicatorSet set,
        ResilienceIndex index,
        CountryResilience country
    )
    {
        ArgumentNullException.ThrowIfNull(front);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(country);
        Improvements improvements = Improvements.Of(set, country, index.AsOf);
        return Made(
            front,
            [
                Headline(index, country),
                .. country.IsWithheld
                    ? (Section[])[Needed(set, index, improvements)]
                    : [First(set, improvements, country), FindOut(set, improvements)],
                Pillars(set, country),
                Indicators(set, country),
                Method(set, index),
            ]
        );
    }

    private static Report Made(Front front, IReadOnlyList<Section> sections) =>
        new(front, [.. Correction.Sections(front.Corrects), .. sections], []) { Form = "index" };

    private static Draft Begun(ResilienceIndex index)
    {
        var draft = new Draft("index");
        draft.Say(new Said("index.intro"), [Of(index)], tone: Tone.Quiet);
        draft.Say(
            new Said(
                "index.computed",
                ("set", new Code($"{index.Set} {index.Version}")),
                ("day", new Day(index.AsOf)),
                ("min", new Share(index.CompletenessMin))
            ),
            [Of(index)],
            tone: Tone.Quiet
        );
        return draft;
    }

    private static Section Headline(ResilienceIndex index, CountryResilience country)
    {
        Draft draft = Begun(index);
        draft.Say(
            country is { Score: { } score, Range: { } range }
                ? new Said(
                    "index.is",
                    ("score", Score(score)),
                    ("range", Range(range)),
                    ("known", new Share(country.Completeness))
                )
                : new Said(
                    "index.withheld.why",
                    ("known", new Share(country.Completeness)),
                    ("min", new Share(index.CompletenessMin))
                ),
            Values(country),
            Origins(country),
            country.IsWithheld ? Tone.Caution : Tone.Plain
        );
        if (!country.IsWithheld)
        {
            draft.Say(
                new Said(
                    "index.width.of",
                    ("missing", Score(country.FromMissing)),
                    ("ranges", Score(country.FromRanges)),
                    ("n", new Count(country.WithoutRange))
                ),
                Values(country),
                tone: Tone.Quiet
            );
        }

        return draft.Section;
    }

    private static Section First(IndicatorSet set, Improvements found, CountryResilience country)
    {
        var draft = new Draft("index-first");
        draft.Say(
            new Said(found.First.Count == 0 ? "index.first.none" : "index.first.how"),
            [Of(country)],
            tone: Tone.Quiet
        );
        draft.Tabulate(
            "index-first",
            [
                new("indicator"),
                new("index-from-to"),
                new("index-gain", IsNumber: true),
                new("index-then", IsNumber: true),
            ],
            found.First.Select(one =>
                (
                    new Word[]
                    {
                        Name(set, one.Indicator),
                        new Said(
                            "index.from-to.of",
                            ("from", Figure(one.From)),
                            ("to", Figure(one.To)),
                            ("unit", Unit(set, one.Indicator))
                        ),
                        Score(one.Gain),
                        Score(one.Then),
                    },
                    (IEnumerable<string>)[At(country, one.Indicator)],
                    (IEnumerable<Origin>)[Origin.Modelled]
                )
            )
        );
        return draft.Section;
    }

    /// <summary>Of a score that is withheld no points are told, so what is told is how it comes to be stated.</summary>
    private static Section Needed(IndicatorSet set, ResilienceIndex index, Improvements found)
    {
        var draft = new Draft("index-needed");
        string[] whole = [$"index/{found.Country}"];
        draft.Say(
            new Said(
                "index.needed.how",
                ("n", new Count(found.Needed)),
                ("min", new Share(index.CompletenessMin))
            ),
            whole,
            tone: Tone.Quiet
        );
        draft.Tabulate(
            "index-needed",
            [new("indicator"), new("index-weight"), new("index-where")],
            found.FindOut.Select(one =>
                (
                    new Word[]
                    {
                        Name(set, one.Indicator),
                        one.IsContradicted ? new Said("index.settle") : new Share(one.Share, 1),
                        new Free(set.Of(one.Indicator)!.Source),
                    },
                    (IEnumerable<string>)whole,
                    (IEnumerable<Origin>)[]
                )
            )
        );
        return draft.Section;
    }

    /// <summary>What nobody knows is a result, and is named.</summary>
    private static Section FindOut(IndicatorSet set, Improvements found)
    {
        var draft = new Draft("index-find-out");
        string[] whole = [$"index/{found.Country}"];
        draft.Say(
            new Said(found.FindOut.Count == 0 ? "index.find-out.none" : "index.find-out.how"),
            whole,
            tone: Tone.Quiet
        );
        draft.Tabulate(
            "index-find-out",
            [new("indicator"), new("index-narrows"), new("index-where")],
            found.FindOut.Select(one =>
                (
                    new Word[]
                    {
                        Name(set, one.Indicator),
                        new Said(
                            one.IsContradicted ? "index.narrows.settle" : "index.narrows",
                            ("points", Score(one.Narrows!.Value))
                        ),
                        new Free(set.Of(one.Indicator)!.Source),
                    },
                    (IEnumerable<string>)whole,
                    (IEnumerable<Origin>)[]
                )
            )
        );
        return draft.Section;
    }

    private static Section Pillars(IndicatorSet set, CountryResilience country)
    {
        var draft = new Draft("index-pillars");
        draft.Tabulate(
            "index-pillars",
            [
                new("pillar"),
                new("index-score", IsNumber: true),
                new("index-range"),
                new("index-known", IsNumber: true),
                new("index-share", IsNumber: true),
            ],
            set.Pillars.Zip(country.Pillars)
                .Select(pair =>
                    (
                        new Word[]
                        {
                            Named(pair.First.Names),
                            Score(pair.Second.Score),
                            Range(pair.Second.Score is null ? null : pair.Second.Range),
                            new Share(pair.Second.Completeness),
                            new Share(pair.Second.Share, 1),
                        },
                        Values(country, pair.First.Id),
                        (IEnumerable<Origin>)[]
                    )
                )
        );
        return draft.Section;
    }

    private static Section Indicators(IndicatorSet set, CountryResilience country)
    {
        var draft = new Draft("index-indicators");
        draft.Say(new Said("index.indicators.how"), [Of(country)], tone: Tone.Quiet);
        draft.Tabulate(
            "index-indicators",
            [
                new("indicator"),
                new("index-value"),
                new("index-score", IsNumber: true),
                new("index-counts", IsNumber: true),
                new("source"),
            ],
            country.Indicators.Select(one =>
                (
                    new Word[]
                    {
                        Name(set, one.Indicator),
                        Value(set, one),
                        Score(one.Score),
                        one.Counts == 0 ? new Said("nothing") : new Share(one.Counts, 1),
                        Source(one),
                    },
                    (IEnumerable<string>)[At(country, one.Indicator)],
                    one.Value is { } value ? (IEnumerable<Origin>)[value.Origin] : []
                )
            )
        );
        return draft.Section;
    }

    private static Section Method(IndicatorSet set, ResilienceIndex index)
    {
        var draft = new Draft("index-method");
        draft.Say(new Said("index.method.is"), [Of(index)]);
        foreach (string note in index.Notes)
        {
            draft.Say(new Free(note), [Of(index)], tone: Tone.Quiet);
        }

        draft.Tabulate(
            "index-set",
            [new("indicator"), new("index-thresholds"), new("index-share", IsNumber: true)],
            set.Pillars.SelectMany(pillar =>
                pillar
                    .Indicators.Zip(IndicatorSet.SharesIn(pillar))
                    .Select(pair =>
                        (
                            new Word[]
                            {
                                Named(pair.First.Names),
                                new Said(
                                    $"index.better.{Checks.Word(pair.First.Better)}",
                                    ("low", Figure(pair.First.Floor)),
                                    ("high", Figure(pair.First.Ceiling)),
                                    ("unit", Word.Of("index.unit", pair.First.Unit))
                                ),
                                new Share(set.ShareOf(pillar) * pair.Second, 1),
                            },
                            (IEnumerable<string>)[Of(index)],
                            (IEnumerable<Origin>)[]
                        )
                    )
            )
        );
        return draft.Section;
    }

    /// <summary>Where a value stands: the file and line, or the records that it was counted from.</summary>
    private static string At(CountryResilience country, string indicator) =>
        country.Indicators.FirstOrDefault(one => one.Indicator == indicator)?.Value?.At
        ?? Of(country);

    private static IEnumerable<string> Values(CountryResilience country, string? pillar = null) =>
        country
            .Indicators.Where(one => pillar is null || one.Pillar == pillar)
            .Select(one => one.Value?.At)
            .OfType<string>()
            .Append(Of(country));

    private static IEnumerable<Origin> Origins(CountryResilience country) =>
        country
            .Indicators.Where(one => one.State == IndicatorState.Used)
            .Select(one => one.Value!.Origin);

    private static string Of(CountryResilience country) => $"index/{country.Country}";

    private static string Of(ResilienceIndex index) => $"index/{index.Set}-{index.Version}";
}
