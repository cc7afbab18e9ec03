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
                .. later > 0
                    ? [$"{later} values are of days after {asOf:uuuu-MM-dd} and left out"]
                    : Array.Empty<string>(),
            ]
        );
    }

    /// <summary>A country of which nothing is known: withheld, with all that there is to find out.</summary>
    public static CountryResilience Unknown(IndicatorSet set, string country, LocalDate asOf)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Of(
            set,
            country,
            [.. set.Indicators.Select(indicator => Choice.Of(indicator, [], asOf))],
            asOf
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
        foreach (Pillar pillar in set.Pillars)
        {
            double share = set.ShareOf(pillar);
            double[] within = IndicatorSet.SharesIn(pillar);
            int at = scores.Count;
            IndicatorScore[] own =
            [
                .. within.Select((part, i) => Scored(choices[at + i], share * part, asOf)),
            ];
            scores.AddRange(own);
            pillars.Add(Scored(pillar.Id, share, own, within));
        }

        var byId = pillars.ToDictionary(pillar => pillar.Pillar, StringComparer.Ordinal);

        double completeness = Used(scores).Sum(one => one.Share);
        double knownShare = pillars.Where(IsKnown).Sum(pillar => pillar.Share);
        double? known =
            knownShare > 0
                ? pillars
                    .Where(IsKnown)
                    .Sum(pillar => pillar.Share / knownShare * pillar.Score!.Value)
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
            [
                .. scores.Select(one =>
                    one with
                    {
                        Counts = Counting(one, byId[one.Pillar], knownShare),
                    }
                ),
            ]
        )
        {
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
        (double low, double high) = (100, 0);
        foreach (IndicatorValue value in values)
        {
            double one = indicator.Score(value.Low ?? value.Value);
            double other = indicator.Score(value.High ?? value.Value);
            low = Math.Min(low, Math.Min(one, other));
            high = Math.Max(high, Math.Max(one, other));
        }

        return new ScoreRange(low, high);
    }

    private static PillarScore Scored(
        string pillar,
        double share,
        IReadOnlyList<IndicatorScore> own,
        double[] within
    )
    {
        double known = own.Zip(within).Where(pair => IsUsed(pair.First)).Sum(pair => pair.Second);
        return new PillarScore(
            pillar,
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
    private static double Counting(IndicatorScore one, PillarScore pillar, double knownShare) =>
        IsUsed(one) && one.Share > 0
            ? pillar.Share / knownShare * (one.Share / (pillar.Share * pillar.Completeness))
            : 0;

    private static IEnumerable<IndicatorScore> Used(IEnumerable<IndicatorScore> scores) =>
        scores.Where(IsUsed);

    private static bool IsUsed(IndicatorScore one) => one.State == IndicatorState.Used;

    private static bool IsKnown(PillarScore pillar) => pillar is { Score: not null, Share: > 0 };
}
