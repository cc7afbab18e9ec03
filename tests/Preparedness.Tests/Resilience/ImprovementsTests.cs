using Breakwater.Preparedness.Resilience;
using NodaTime;
using Xunit;
using static Breakwater.Preparedness.Tests.Resilience.MadeIndex;

namespace Breakwater.Preparedness.Tests.Resilience;

public sealed class ImprovementsTests
{
    private static Improvements Found(params IndicatorValue[] values)
    {
        CountryResilience country = Country(values);
        return Improvements.Of(Set, country, Today);
    }

    [Fact]
    public void The_index_is_computed_again_with_each_value_one_step_on()
    {
        Improvements found = Found(
            Value("SD", "battery", 4),
            Value("SD", "generators", 80),
            Value("SD", "hhi", 4_000)
        );
        Assert.Equal(["hhi", "battery", "generators"], found.First.Select(one => one.Indicator));
        // To 2,000 points: market from 75 to 100; to 6 hours: from 40 to 60 at 0.375; to 90 percent: 10 at 0.125.
        Assert.Equal([12.5, 7.5, 1.25], found.First.Select(one => Math.Round(one.Gain, 9)));
        Assert.Equal([75, 70, 63.75], found.First.Select(one => Math.Round(one.Then, 9)));
        Assert.Equal([2_000, 6, 90], found.First.Select(one => one.To));
        Assert.Empty(found.FindOut);
    }

    [Fact]
    public void The_new_score_is_the_one_that_the_country_gets_when_it_does_it()
    {
        Improvement best = Found(
            Value("SD", "battery", 4),
            Value("SD", "generators", 80),
            Value("SD", "hhi", 4_000)
        ).First[1];
        CountryResilience done = Country(
            Value("SD", "battery", best.To),
            Value("SD", "generators", 80),
            Value("SD", "hhi", 4_000)
        );
        Assert.Equal(done.Score!.Value, best.Then, 9);
    }

    [Fact]
    public void What_is_unknown_is_to_be_found_out_and_is_no_improvement()
    {
        Improvements found = Found(Value("SD", "battery", 4), Value("SD", "hhi", 4_000));
        Assert.DoesNotContain(found.First, one => one.Indicator == "generators");
        FindOut unknown = Assert.Single(found.FindOut);
        Assert.Equal("generators", unknown.Indicator);
        Assert.Equal(12.5, unknown.Narrows!.Value, 9);
        Assert.False(unknown.IsContradicted);
    }

    [Fact]
    public void What_sources_disagree_about_is_to_be_settled_first()
    {
        Improvements found = Found(
            Value("SD", "battery", 4),
            Value("SD", "battery", 8),
            Value("SD", "generators", 80),
            Value("SD", "hhi", 4_000)
        );
        Assert.DoesNotContain(found.First, one => one.Indicator == "battery");
        FindOut settled = Assert.Single(found.FindOut);
        Assert.True(settled.IsContradicted);
        Assert.Equal(0, settled.Share);
    }

    [Fact]
    public void What_cannot_be_better_is_not_proposed()
    {
        Improvements found = Found(
            Value("SD", "battery", 10),
            Value("SD", "generators", 100),
            Value("SD", "hhi", 2_500)
        );
        Assert.Equal(["hhi"], found.First.Select(one => one.Indicator));
    }

    [Fact]
    public void A_value_below_the_threshold_is_raised_to_where_it_counts()
    {
        IndicatorSet set = Set with
        {
            Pillars =
            [
                Set.Pillars[1] with
                {
                    Indicators =
                    [
                        Of("cover", "market", IndicatorUnit.Percent, Better.Higher, 40, 90, 20, 1),
                    ],
                },
            ],
        };
        CountryResilience country = ResilienceFromValues
            .Compute(set, [Value("SD", "cover", 5)], Today)
            .Countries.Single();
        Improvement only = Improvements.Of(set, country, Today).First.Single();
        Assert.Equal((5, 60, 40), (only.From, only.To, Math.Round(only.Gain, 9)));
    }

    [Fact]
    public void Those_that_tie_with_the_third_are_all_named()
    {
        Indicator[] alike =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(i =>
                    Of($"one-{i}", "market", IndicatorUnit.Count, Better.Higher, 0, 10, 1, 1)
                ),
        ];
        IndicatorSet set = Set with { Pillars = [Set.Pillars[1] with { Indicators = alike }] };
        CountryResilience country = ResilienceFromValues
            .Compute(set, [.. alike.Select(one => Value("SD", one.Id, 3))], Today)
            .Countries.Single();
        Improvements found = Improvements.Of(set, country, Today);
        Assert.Equal(5, found.First.Count);
        Assert.All(found.First, one => Assert.True(one.IsTied));
    }

    [Fact]
    public void Of_a_withheld_index_no_points_are_told_and_the_shortest_way_to_one_that_is_not()
    {
        Improvements found = Found(Value("SD", "hhi", 4_000));
        Assert.Empty(found.First);
        Assert.Equal(0, found.Others);
        Assert.All(found.FindOut, one => Assert.Null(one.Narrows));
        // Half is known and 0.6 is needed: the battery alone, three eighths of the weight, is enough.
        Assert.Equal(
            [("battery", 0.375), ("generators", 0.125)],
            found.FindOut.Select(one => (one.Indicator, Math.Round(one.Share, 9)))
        );
        Assert.Equal(1, found.Needed);
    }

    [Fact]
    public void What_is_needed_makes_the_index_one_that_is_stated_and_less_does_not()
    {
        IndicatorValue[] all =
        [
            Value("SD", "battery", 4),
            Value("SD", "generators", 80),
            Value("SD", "hhi", 4_000),
        ];
        Improvements found = Found(all[1]);
        Assert.Equal(1, found.Needed);
        Assert.True(Country(all[1]).IsWithheld);
        Assert.False(Country(all[1], all[2]).IsWithheld);
        Assert.Equal(2, Found(Value("SD", "battery", 4, date: Today.PlusDays(-900))).Needed);
    }

    [Fact]
    public void What_sources_disagree_about_makes_no_more_known_and_is_not_needed()
    {
        Improvements found = Found(Value("SD", "hhi", 4_000), Value("SD", "hhi", 5_000));
        Assert.Equal("hhi", found.FindOut[^1].Indicator);
        Assert.Equal(1, found.Needed);
    }

    [Fact]
    public void Two_days_are_compared_by_what_became_better_worse_known_and_unknown()
    {
        LocalDate before = new(2026, 1, 1);
        IndicatorValue[] values =
        [
            Value("SD", "battery", 2, date: before),
            Value("SD", "battery", 6, date: Today),
            Value("SD", "hhi", 4_000, date: before),
            Value("SD", "hhi", 6_000, date: Today),
            Value("SD", "generators", 50, date: Today),
            Value("SS", "hhi", 3_000, date: before.PlusDays(-300)),
        ];
        ResilienceChanges changes = ResilienceChanges.Between(
            ResilienceFromValues.Compute(Set, values, before),
            ResilienceFromValues.Compute(Set, values, Today)
        );
        Assert.Equal(
            [
                ("battery", IndicatorChange.Better),
                ("generators", IndicatorChange.BecameKnown),
                ("hhi", IndicatorChange.Worse),
            ],
            changes.Countries[0].Indicators.Select(one => (one.Indicator, one.Change))
        );
        Assert.False(changes.Countries[0].IsDistinguishable);
        Assert.Equal(
            IndicatorChange.BecameUnknown,
            changes.Countries[1].Indicators.Single().Change
        );
    }
}
