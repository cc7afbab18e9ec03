using Breakwater.Preparedness.Resilience;

namespace Breakwater.Publications.Preparing;

/// <summary>Values, scores and names of the index in words. What is unknown or withheld says so, and is no number.</summary>
internal static class IndexWords
{
    public static Word Value(IndicatorSet set, IndicatorScore one) =>
        one.Value is not { } value ? new Said("index.missing")
        : set.Of(one.Indicator)!.Unit == IndicatorUnit.YesNo
            ? new Said(value.Value == 1 ? "index.yes" : "index.no")
        : new Lines([
            new Said(
                value.HasRange ? "index.value.range" : "index.value.alone",
                ("value", Figure(value.Value)),
                ("low", Figure(value.Low ?? value.Value)),
                ("high", Figure(value.High ?? value.Value)),
                ("unit", Unit(set, one.Indicator))
            ),
            .. one.Score is null
                ? (Word[])
                    [new Said("index.too-old", ("n", new Count(set.Of(one.Indicator)!.AgeDaysMax)))]
                : [],
            .. one.IsClipped ? (Word[])[new Said("index.clipped")] : [],
            .. one.Contradicting.Select(other => new Said(
                "index.contradicted",
                ("value", Figure(other.Value)),
                ("source", new Free(other.Source))
            )),
        ]);

    public static Word Source(IndicatorScore one) =>
        one.Value is { } value
            ? new Said(
                "index.source.of",
                ("source", new Free(value.Source)),
                ("day", new Day(value.Date)),
                ("age", new Count(one.AgeDays ?? 0)),
                ("origin", Word.Of("origin", value.Origin)),
                ("licence", new Free(value.Licence))
            )
            : new Said("unknown");

    public static Word Score(double? score) =>
        score is { } known ? new Number(known, 1) : new Said("index.none-known");

    public static Word Range(ScoreRange? range) =>
        range is null
            ? new Said("index.none-known")
            : new Said(
                "range",
                ("low", new Number(range.Low, 1)),
                ("high", new Number(range.High, 1))
            );

    /// <summary>With as many decimals as it needs, three at most.</summary>
    public static Number Figure(double value) =>
        new(value, Enumerable.Range(0, 3).FirstOrDefault(d => Math.Round(value, d) == value, 3));

    public static Word Name(IndicatorSet set, string indicator) => Named(set.Of(indicator)!.Names);

    public static Translated Named(IReadOnlyDictionary<string, string> names) =>
        new(names["en"], names);

    public static Word Unit(IndicatorSet set, string indicator) =>
        Word.Of("index.unit", set.Of(indicator)!.Unit);
}
