using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Resilience;

/// <summary>
/// The index from values: min-max between fixed thresholds, weighted means of indicators in pillars and of pillars, and the range in
/// which it lies. The method and its sources are in <c>docs/resilience-index.md</c>.
/// </summary>
public static class ResilienceFromValues
{
    /// <param name="asOf">Values of later days are not known yet.</param>
    public static ResilienceIndex Compute(
        IndicatorSet set,
        IReadOnlyList<IndicatorValue> values,
        LocalDate asOf
    )
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(values);
        ILookup<(string, string), IndicatorValue> known = values.ToLookup(value =>
            (value.Country, value.Indicator)
        );
        Indicator[] indicators = [.. set.Indicators];
        int later = values.Count(value => value.Date > asOf);
        return new ResilienceIndex(
            set.Id,
            set.Version,
            set.CompletenessMin,
            asOf,
            [
                .. values
                    .Select(value => value.Country)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(country =>
                        Of(
                            set,
                            country,
                            [
                                .. indicators.Select(indicator =>
                                    Choice.Of(indicator, known[(country, indicator.Id)], asOf)
                                ),
                            ],
                            asOf
                        )
                    ),
            ],
            [
                .. set.Notes(),
                .. later > 0 ? [$"{later} values are of days after {asOf:uuuu-MM-dd} and left out"] : Array.Empty<string>(),
            ]
        );
    }

    /// <param name="choices">In the order of the set's indicators.</param>
    internal static CountryResilience Of(
        IndicatorSet set,
        string country,
        IReadOnlyList<Choice> choices,
        LocalDate asOf
    )
    {
        var pillars = new List<PillarScore>();
        var scores = new List<IndicatorScore>();
        int at = 0;
        foreach (Pillar pillar in set.Pillars)
        {
            IndicatorScore[] own =
            [
                .. pillar.Indicators.Select(indicator =>
                    Scored(
                        choices[at++],
                        set.ShareOf(pillar) * IndicatorSet.ShareIn(pillar, indicator),
                        asOf
                    )
                ),
            ];
            scores.AddRange(own);
            pillars.Add(Scored(pillar, set.ShareOf(pillar), own));
        }

        double completeness = Used(scores).Sum(one => one.Share);
        double knownShare = pillars.Where(IsKnown).Sum(pillar => pillar.Share);
        double? known =
            knownShare > 0
                ? pillars.Where(IsKnown).Sum(pillar => pillar.Share / knownShare * pillar.Score!.Value)
                : null;
        bool isWithheld = known is null || completeness < set.CompletenessMin - Slack;
        return new CountryResilience(
            country,
            isWithheld ? null : known,
            isWithheld ? null : Mean(scores),
            completeness,
            Used(scores).Sum(one => one.Share * (one.Range.High - one.Range.Low)),
            scores.Where(one => one.State != IndicatorState.Used).Sum(one => one.Share * 100),
            scores.Count(one => one is { State: IndicatorState.Used, Value.HasRange: false }),
            pillars,
            [.. scores.Select(one => one with { Counts = Counting(one, pillars, scores, knownShare) })]
        )
        {
            Known = known,
            Choices = choices,
        };
    }

    private const double Slack = 1e-9;
    private const int Decimals = 9;

    private static IndicatorScore Scored(Choice choice, double share, LocalDate asOf)
    {
        Indicator indicator = choice.Indicator;
        IndicatorValue? value = choice.Used;
        bool isUsed = value is not null && !choice.IsTooOld;
        return new IndicatorScore(
            indicator.Id,
            indicator.Pillar,
            isUsed ? IndicatorState.Used
                : value is null ? IndicatorState.Missing
                : IndicatorState.TooOld,
            share,
            0,
            value,
            value is null ? null : Period.DaysBetween(value.Date, asOf),
            isUsed ? indicator.Score(value!.Value) : null,
            isUsed ? RangeOf(indicator, [value!, .. choice.Contradicting]) : new ScoreRange(0, 100),
            isUsed && indicator.IsClipped(value!.Value),
            choice.Contradicting,
            choice.Older
        );
    }

    private static ScoreRange RangeOf(Indicator indicator, IReadOnlyList<IndicatorValue> values)
    {
        double[] scores =
        [
            .. values
                .SelectMany(value =>
                    (double[])[value.Value, value.Low ?? value.Value, value.High ?? value.Value]
                )
                .Select(indicator.Score),
        ];
        return new ScoreRange(scores.Min(), scores.Max());
    }

    private static PillarScore Scored(Pillar pillar, double share, IReadOnlyList<IndicatorScore> own)
    {
        double[] within = [.. pillar.Indicators.Select(one => IndicatorSet.ShareIn(pillar, one))];
        double known = own.Zip(within).Where(pair => IsUsed(pair.First)).Sum(pair => pair.Second);
        return new PillarScore(
            pillar.Id,
            share,
            known,
            known > 0
                ? own.Zip(within)
                    .Where(pair => IsUsed(pair.First))
                    .Sum(pair => pair.Second / known * pair.First.Score!.Value)
                : null,
            Between(
                own.Zip(within).Sum(pair => pair.Second * pair.First.Range.Low),
                own.Zip(within).Sum(pair => pair.Second * pair.First.Range.High)
            )
        );
    }

    private static ScoreRange Mean(IReadOnlyList<IndicatorScore> scores) =>
        Between(
            scores.Sum(one => one.Share * one.Range.Low),
            scores.Sum(one => one.Share * one.Range.High)
        );

    /// <summary>Sums of shares are not exact, and nobody shall read 99.99999 where it is 100.</summary>
    private static ScoreRange Between(double low, double high) =>
        new(Math.Round(low, Decimals), Math.Round(high, Decimals));

    /// <summary>The weight of what is unknown goes to what is known beside it, and that of a wholly unknown pillar to all others.</summary>
    private static double Counting(
        IndicatorScore one,
        IReadOnlyList<PillarScore> pillars,
        IReadOnlyList<IndicatorScore> scores,
        double knownShare
    )
    {
        if (!IsUsed(one) || one.Share == 0)
        {
            return 0;
        }

        PillarScore pillar = pillars.First(each => each.Pillar == one.Pillar);
        double beside = Used(scores).Where(each => each.Pillar == one.Pillar).Sum(each => each.Share);
        return pillar.Share / knownShare * (one.Share / beside);
    }

    private static IEnumerable<IndicatorScore> Used(IEnumerable<IndicatorScore> scores) =>
        scores.Where(IsUsed);

    private static bool IsUsed(IndicatorScore one) => one.State == IndicatorState.Used;

    private static bool IsKnown(PillarScore pillar) => pillar is { Score: not null, Share: > 0 };
}
