using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>A wider place judged by its areas: which went dark when, which stayed up, which nobody could see.</summary>
public sealed class DisruptionsAreasTests
{
    private const int Day = StepsPerDay;

    private static SeriesSignal Area(int number, int from, int to, double keeps = 0.03) =>
        Cut(
            SignalFamily.Probing,
            20 * Day,
            from,
            to,
            keeps,
            Place.OfArea("IR", $"Area {number:00}"),
            source: "connectivity"
        );

    [Fact]
    public void Areas_that_fall_together_make_a_disruption_of_the_country_with_the_fate_of_each()
    {
        Detection detection = Detect([
            .. Enumerable
                .Range(0, 8)
                .Select(i => Area(i, 700 + (i % 3), i < 2 ? 760 : int.MaxValue)),
            Area(8, int.MaxValue, int.MaxValue),
            Series(
                SignalFamily.Probing,
                20 * Day,
                i => i >= 650 ? null : Rhythm(i),
                Place.OfArea("IR", "Area 09"),
                source: "connectivity"
            ),
        ]);
        Disruption country = Assert.Single(detection.Disruptions, one => one.Place.Equals(Iran));
        Assert.InRange(country.Start, At(700), At(702));
        Assert.True(country.Confidence.Probability is > 0.5 and <= 0.8);
        Assert.Equal(
            [(AreaState.Returned, 2), (AreaState.Dark, 6), (AreaState.Up, 1), (AreaState.Blind, 1)],
            country
                .Areas!.GroupBy(area => area.State)
                .Select(group => (group.Key, group.Count()))
                .OrderBy(pair =>
                    pair.Key switch
                    {
                        AreaState.Returned => 0,
                        AreaState.Dark => 1,
                        AreaState.Up => 2,
                        _ => 3,
                    }
                )
        );
        Assert.Null(country.Areas!.Single(area => area.State == AreaState.Blind).DropShare);
        Assert.Equal(8, detection.Disruptions.Count(one => one.IsPartOf(country)));
        Assert.False(country.IsPartOf(country));
        Assert.All(
            detection.Disruptions.Where(one =>
                !one.Place.Equals(Iran) && one.Start >= country.Start
            ),
            area => Assert.True(area.Links.Count > 0 || area.Start == country.Start)
        );
    }

    [Fact]
    public void One_area_that_falls_is_no_disruption_of_the_country()
    {
        Detection detection = Detect([
            .. Enumerable
                .Range(0, 10)
                .Select(i => Area(i, i == 0 ? 700 : int.MaxValue, int.MaxValue)),
        ]);
        Assert.Equal("IR/Area 00", Assert.Single(detection.Disruptions).Place.Key);
    }

    [Fact]
    public void An_area_that_is_given_five_times_counts_once_in_the_sum()
    {
        SeriesSignal dark = Area(0, 700, int.MaxValue);
        Detection detection = Detect([
            dark,
            .. Enumerable.Range(1, 4).Select(copy => dark with { Id = $"{dark.Id}-{copy}" }),
            .. Enumerable.Range(1, 9).Select(i => Area(i, int.MaxValue, int.MaxValue)),
        ]);
        Assert.Equal("IR/Area 00", Assert.Single(detection.Disruptions).Place.Key);
    }

    [Fact]
    public void An_area_that_falls_silent_takes_nothing_from_the_sum()
    {
        Detection detection = Detect([
            .. Enumerable
                .Range(0, 10)
                .Select(a =>
                    Series(
                        SignalFamily.Probing,
                        20 * Day,
                        i => a == 0 && i >= 700 ? null : Rhythm(i) * (a == 0 ? 3 : 1),
                        Place.OfArea("IR", $"Area {a}"),
                        source: "connectivity"
                    )
                ),
        ]);
        Assert.Empty(detection.Disruptions);
    }

    [Fact]
    public void A_country_with_a_series_of_its_own_is_judged_by_that()
    {
        Detection detection = Detect([
            .. Enumerable.Range(0, 8).Select(i => Area(i, 700, int.MaxValue)),
            Series(SignalFamily.Probing, 20 * Day, i => Rhythm(i), source: "connectivity"),
        ]);
        Assert.DoesNotContain(
            detection.Disruptions,
            one =>
                one.Place.Equals(Iran)
                && one.Sources.Any(source =>
                    source.Name.Contains("sum of", StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public void The_ioda_profile_closes_while_the_country_is_dark_and_ours_does_not()
    {
        SeriesSignal routes = Series(
            SignalFamily.Routing,
            20 * Day,
            i => 100 - (0.05 * Noise(1, i)) - (i >= 500 ? 10 : 0)
        );
        Disruption Under(string profile) =>
            DisruptionsFromSignals
                .Detect([routes], DetectorProfile.Bundled(profile)! with { OpenAt = 0.1 })
                .Disruptions[0];
        Assert.Equal(At(500), Under("ioda").Start);
        Assert.NotNull(Under("ioda").End);
        Assert.Null(Under("default").End);
    }

    [Fact]
    public void Threads_change_no_byte()
    {
        Signal[] signals =
        [
            .. Enumerable.Range(0, 12).Select(i => Area(i, 700 + i, 760 + (i * 5))),
        ];
        string one = Bytes(DisruptionsFromSignals.Detect(signals, DetectorProfile.Default));
        foreach (int threads in (int[])[2, 3, 8])
        {
            Assert.Equal(
                one,
                Bytes(
                    DisruptionsFromSignals.Detect(
                        signals,
                        DetectorProfile.Default,
                        threads: threads
                    )
                )
            );
        }
    }
}
