using Breakwater.Preparedness.Resilience;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Preparedness.Tests.Resilience.MadeIndex;

namespace Breakwater.Preparedness.Tests.Resilience;

public sealed class ResilienceIndexTests
{
    [Fact]
    public void A_score_is_what_one_computes_by_hand()
    {
        CountryResilience country = Country(
            Value("SD", "battery", 4),
            Value("SD", "generators", 80),
            Value("SD", "hhi", 4_000)
        );
        // Power: 3/4 of 40 and 1/4 of 80; market: 75.
        Assert.Equal(50, country.Pillars[0].Score!.Value, 9);
        Assert.Equal(75, country.Pillars[1].Score!.Value, 9);
        Assert.Equal(62.5, country.Score!.Value, 9);
        Assert.Equal(1, country.Completeness, 9);
        Assert.Equal([0.375, 0.125, 0.5], country.Indicators.Select(one => one.Counts));
    }

    [Fact]
    public void Outliers_are_clipped_at_the_thresholds_and_said_to_be()
    {
        CountryResilience country = Country(
            Value("SD", "battery", 300),
            Value("SD", "generators", 80),
            Value("SD", "hhi", 1_000)
        );
        Assert.Equal(100, country.Indicators[0].Score);
        Assert.True(country.Indicators[0].IsClipped);
        Assert.False(country.Indicators[1].IsClipped);
        Assert.Equal(100, country.Indicators[2].Score);
    }

    [Fact]
    public void What_is_missing_is_not_replaced_and_makes_the_range_wide()
    {
        CountryResilience country = Country(Value("SD", "battery", 4), Value("SD", "hhi", 4_000));
        IndicatorScore missing = country.Indicators[1];
        Assert.Equal(IndicatorState.Missing, missing.State);
        Assert.Null(missing.Score);
        Assert.Equal(0, missing.Counts);
        Assert.Equal(new ScoreRange(0, 100), missing.Range);
        Assert.Equal(57.5, country.Score!.Value, 9);
        // 0.375 * 40 + 0.5 * 75, and 0.125 * 100 more.
        Assert.Equal(52.5, country.Range!.Low, 9);
        Assert.Equal(65, country.Range.High, 9);
        Assert.Equal(12.5, country.FromMissing, 9);
        Assert.Equal(0, country.FromRanges, 9);
    }

    [Fact]
    public void Below_the_stated_completeness_it_is_withheld_and_says_what_is_missing()
    {
        CountryResilience country = Country(Value("SD", "hhi", 4_000));
        Assert.True(country.IsWithheld);
        Assert.Null(country.Range);
        Assert.Equal(0.5, country.Completeness, 9);
        Assert.Equal(["battery", "generators"], country.Unknown.Select(one => one.Indicator));
    }

    [Fact]
    public void A_value_that_is_too_old_is_shown_and_counts_as_unknown()
    {
        CountryResilience country = Country(
            Value("SD", "battery", 4),
            Value("SD", "hhi", 4_000),
            Value("SD", "generators", 80, date: new LocalDate(2025, 10, 31))
        );
        IndicatorScore old = country.Indicators[1];
        Assert.Equal(IndicatorState.TooOld, old.State);
        Assert.Equal(80, old.Value!.Value);
        Assert.Equal(366, old.AgeDays);
        Assert.Equal(0, old.Counts);
        Assert.Equal(12.5, country.FromMissing, 9);
    }

    [Fact]
    public void The_newest_value_is_used_and_the_older_ones_are_kept()
    {
        CountryResilience country = Country(
            Value("SD", "battery", 2, date: new LocalDate(2026, 1, 1)),
            Value("SD", "battery", 4, date: new LocalDate(2026, 6, 1)),
            Value("SD", "hhi", 4_000)
        );
        Assert.Equal(4, country.Indicators[0].Value!.Value);
        Assert.Equal(2, country.Indicators[0].Older.Single().Value);
        Assert.Empty(country.Indicators[0].Contradicting);
    }

    [Fact]
    public void Two_values_of_one_day_contradict_each_other_and_never_raise_the_index()
    {
        CountryResilience country = Country(
            Value("SD", "battery", 8),
            Value("SD", "battery", 4),
            Value("SD", "hhi", 4_000)
        );
        Assert.Equal(4, country.Indicators[0].Value!.Value);
        Assert.Equal(8, country.Indicators[0].Contradicting.Single().Value);
        Assert.Equal(new ScoreRange(40, 80), country.Indicators[0].Range);
        Assert.Equal(15, country.FromRanges, 9);
    }

    [Fact]
    public void A_value_of_a_later_day_is_not_known_yet()
    {
        ResilienceIndex index = Index(
            Value("SD", "battery", 8, date: Today.PlusDays(1)),
            Value("SD", "hhi", 4_000)
        );
        Assert.Equal(IndicatorState.Missing, index.Countries[0].Indicators[0].State);
        Assert.Contains("1 values are of days after", index.Notes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_do_not_sum_to_one_are_divided_by_their_sum_and_it_is_said()
    {
        ResilienceIndex index = Index(Value("SD", "hhi", 4_000));
        Assert.Contains(
            "weights are relative, and each is divided by the sum of those beside it: all pillars 2, power 4",
            index.Notes
        );
        Assert.Equal(1, index.Countries[0].Indicators.Sum(one => one.Share), 9);
    }

    [Fact]
    public void An_indicator_of_weight_zero_is_shown_and_counts_nothing()
    {
        IndicatorSet set = Set with
        {
            Pillars =
            [
                Set.Pillars[0] with
                {
                    Indicators =
                    [
                        Set.Pillars[0].Indicators[0] with
                        {
                            Weight = 0,
                        },
                        Set.Pillars[0].Indicators[1],
                    ],
                },
                Set.Pillars[1],
            ],
        };
        ResilienceIndex index = ResilienceFromValues.Compute(
            set,
            [Value("SD", "battery", 10), Value("SD", "generators", 20), Value("SD", "hhi", 4_000)],
            Today
        );
        CountryResilience country = index.Countries.Single();
        Assert.Equal(100, country.Indicators[0].Score);
        Assert.Equal(0, country.Indicators[0].Counts);
        Assert.Equal(47.5, country.Score!.Value, 9);
        Assert.Contains("battery has weight 0: it is shown and counts nothing", index.Notes);
    }

    [Fact]
    public void Countries_whose_ranges_overlap_cannot_be_told_apart()
    {
        ResilienceIndex index = Index(
            Value("SD", "battery", 1),
            Value("SD", "generators", 10),
            Value("SD", "hhi", 9_000),
            Value("SS", "battery", 5),
            Value("SS", "hhi", 5_000),
            Value("ET", "battery", 5),
            Value("ET", "generators", 60),
            Value("ET", "hhi", 5_000),
            Value("ER", "hhi", 2_000)
        );
        Assert.Equal((3, 3, 3), index.PlaceOf(index.Of("SD")!));
        Assert.Equal((1, 2, 3), index.PlaceOf(index.Of("SS")!));
        Assert.Equal((1, 2, 3), index.PlaceOf(index.Of("ET")!));
        Assert.Null(index.PlaceOf(index.Of("ER")!));
    }

    private static readonly Gen<IndicatorValue[]> _values = Gen.Select(
        Gen.OneOf(Gen.Const("battery"), Gen.Const("generators"), Gen.Const("hhi")),
        Gen.Double[0, 100],
        Gen.Double[0, 10],
        Gen.Int[0, 800],
        (indicator, value, width, age) =>
            Value(
                "SD",
                indicator,
                value,
                Math.Max(0, value - width),
                value + width,
                Today.PlusDays(-age)
            )
    ).Array[1, 12];

    [Fact]
    public void A_score_lies_in_its_range_and_the_range_in_the_scale() =>
        _values.Sample(values =>
        {
            CountryResilience country = Country(values);
            if (country is { Score: { } score, Range: { } range })
            {
                Assert.InRange(score, range.Low - 1e-8, range.High + 1e-8);
                Assert.InRange(range.Low, -1e-9, 100);
                Assert.InRange(range.High, 0, 100 + 1e-9);
                Assert.Equal(
                    range.High - range.Low,
                    country.FromRanges + country.FromMissing,
                    tolerance: 1e-6
                );
                Assert.Equal(1, country.Indicators.Sum(one => one.Counts), tolerance: 1e-9);
            }
        });

    [Fact]
    public void The_order_of_values_changes_nothing() =>
        Gen.Select(_values, Gen.Int)
            .Sample(
                (values, seed) =>
                {
                    IndicatorValue[] turned =
                    [
                        .. values
                            .Select((value, i) => (value, key: unchecked((i + 1) * seed)))
                            .OrderBy(pair => pair.key)
                            .Select(pair => pair.value),
                    ];
                    Assert.Equal(Country(values).Score, Country(turned).Score);
                    Assert.Equal(Country(values).Range, Country(turned).Range);
                }
            );

    [Fact]
    public void Knowing_more_never_makes_the_range_wider() =>
        Gen.Double[0, 100]
            .Sample(value =>
            {
                IndicatorValue[] few = [Value("SD", "battery", 4), Value("SD", "hhi", 4_000)];
                CountryResilience before = Country(few);
                CountryResilience after = Country([.. few, Value("SD", "generators", value)]);
                Assert.True(after.Range!.Low >= before.Range!.Low - 1e-8);
                Assert.True(after.Range.High <= before.Range.High + 1e-8);
            });
}
