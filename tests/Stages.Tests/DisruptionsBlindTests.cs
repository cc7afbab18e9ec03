using Breakwater.Disruptions;
using Breakwater.Signals;
using CsCheck;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>INV-15: blindness is stated, and yields neither normal nor down.</summary>
public sealed class DisruptionsBlindTests
{
    private const int Day = StepsPerDay;

    [Fact]
    public void INV_15_A_feed_without_samples_is_blind_and_nothing_is_said_to_be_lost()
    {
        Detection detection = Detect(
            Series(SignalFamily.Probing, 15 * Day, i => i is >= 400 and < 450 ? null : Rhythm(i))
        );
        Assert.Empty(detection.Disruptions);
        Assert.Contains(
            new Blind("Probing", At(400), At(450), "no samples") { Place = Iran },
            detection.Blind
        );
    }

    [Fact]
    public void INV_15_A_feed_that_stops_before_the_others_is_blind_from_then_on()
    {
        Detection detection = Detect(
            Series(SignalFamily.Probing, 10 * Day, i => Rhythm(i)),
            Series(SignalFamily.Application, 9 * Day, i => Rhythm(i))
        );
        Assert.Contains(
            new Blind("Application", At(9 * Day), At(10 * Day), "no samples after this time")
            {
                Place = Iran,
            },
            detection.Blind
        );
    }

    [Fact]
    public void Series_of_one_feed_that_cannot_see_over_the_same_stretch_are_one_entry()
    {
        SeriesSignal first = Series(SignalFamily.Probing, 3, i => Rhythm(i));
        Blind blind = Assert.Single(
            Detect(first, first with { Id = "other", Metric = "another" }).Blind
        );
        Assert.StartsWith("2 series: ", blind.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void INV_15_A_source_that_cannot_see_a_disruption_is_absent_from_it_and_weighs_nothing()
    {
        SeriesSignal probing = Cut(SignalFamily.Probing, 15 * Day, 500, int.MaxValue, 0.04);
        SeriesSignal blind = Series(
            SignalFamily.Application,
            15 * Day,
            i => i >= 490 ? null : Rhythm(i)
        );
        Disruption disruption = Assert.Single(Detect(probing, blind).Disruptions);
        SourceVerdict verdict = VerdictOf(disruption, "Application");
        Assert.Equal(
            (Verdict.Absent, "no_samples", 0d),
            (verdict.Verdict, verdict.Tag, verdict.Weight)
        );
        Assert.Equal(Assert.Single(Detect(probing).Disruptions).Confidence, disruption.Confidence);
    }

    [Fact]
    public void INV_15_Gaps_anywhere_in_a_healthy_series_never_make_a_loss() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Double[0.0, 0.9])
            .Sample(
                (seed, share) =>
                {
                    SeriesSignal probing = Series(
                        SignalFamily.Probing,
                        12 * Day,
                        i => Noise(seed, i / 7) < share ? null : Rhythm(i, seed)
                    );
                    return Detect(probing).Disruptions.Count == 0;
                },
                iter: 100
            );

    [Fact]
    public void INV_15_A_disruption_that_nobody_can_see_any_more_is_not_over()
    {
        SeriesSignal probing = Series(
            SignalFamily.Probing,
            15 * Day,
            i => i >= 560 ? null : Rhythm(i) * (i >= 500 ? 0.04 : 1)
        );
        Detection detection = Detect(probing);
        Assert.Null(Assert.Single(detection.Disruptions).End);
        Assert.Contains(detection.Blind, blind => blind.From == At(560));
    }

    [Fact]
    public void INV_15_Too_little_history_is_blindness_and_no_statement()
    {
        Detection detection = Detect(Cut(SignalFamily.Probing, 40, 30, int.MaxValue, 0));
        Assert.Empty(detection.Disruptions);
        Assert.Contains(
            detection.Blind,
            blind => blind.Reason.Contains("too little history", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void INV_15_A_series_of_nothing_but_gaps_is_blind_from_end_to_end()
    {
        Detection detection = Detect(Series(SignalFamily.Telescope, 10 * Day, _ => null));
        Assert.Empty(detection.Disruptions);
        Assert.Equal(
            new Blind("Telescope", At(0), At(10 * Day), "no samples") { Place = Iran },
            Assert.Single(detection.Blind)
        );
    }

    [Fact]
    public void Losing_any_feed_during_a_disruption_never_makes_the_rest_look_normal() =>
        Gen.Int[0, 2]
            .Sample(
                lost =>
                {
                    SignalFamily[] families =
                    [
                        SignalFamily.Probing,
                        SignalFamily.Application,
                        SignalFamily.Telescope,
                    ];
                    Detection detection = Detect([
                        .. families.Select(
                            (family, k) =>
                                Series(
                                    family,
                                    15 * Day,
                                    i =>
                                        k == lost && i >= 450
                                            ? null
                                            : Rhythm(i) * (i >= 500 ? 0.03 : 1)
                                )
                        ),
                    ]);
                    return detection.Disruptions is [{ End: null } only] && only.Start == At(500);
                },
                iter: 9
            );
}
