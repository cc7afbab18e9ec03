using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What is called a loss, when it begins, and what does not end it.</summary>
public sealed class DisruptionsFromSignalsTests
{
    private const int Day = StepsPerDay;

    [Fact]
    public void A_deep_drop_that_two_families_see_is_one_confirmed_disruption_dated_between_two_samples()
    {
        Disruption disruption = Assert.Single(
            Detect(
                Cut(SignalFamily.Probing, 15 * Day, 500, int.MaxValue, 0.05),
                Cut(SignalFamily.Application, 15 * Day, 500, int.MaxValue, 0.02)
            ).Disruptions
        );
        Assert.Equal(DisruptionState.Confirmed, disruption.State);
        Assert.Equal(DisruptionKind.Outage, disruption.Kind);
        Assert.Equal(At(500), disruption.Start);
        Assert.Equal(new InstantRange(At(499), At(500)), disruption.Onset);
        Assert.Null(disruption.End);
        Assert.True(disruption.Confidence.Probability > 0.95);
        Assert.All(disruption.Sources, source => Assert.Equal(Verdict.Agrees, source.Verdict));
        Assert.Equal(
            [SignalFamily.Probing, SignalFamily.Application],
            disruption.Severity.Select(severity => severity.Family)
        );
    }

    [Fact]
    public void The_end_lies_between_the_last_sample_lost_and_the_first_returned()
    {
        Disruption disruption = Assert.Single(
            Detect(
                Cut(SignalFamily.Probing, 15 * Day, 500, 560, 0.05),
                Cut(SignalFamily.Application, 15 * Day, 500, 560, 0.02)
            ).Disruptions
        );
        Assert.Equal(DisruptionState.Closed, disruption.State);
        Assert.Equal(new InstantRange(At(559), At(560)), disruption.End);
    }

    [Fact]
    public void A_source_is_back_only_when_its_last_loss_of_the_disruption_has_ended()
    {
        Disruption disruption = Assert.Single(
            Detect(
                Cut(SignalFamily.Probing, 15 * Day, 500, 620, 0.05),
                Series(
                    SignalFamily.Application,
                    15 * Day,
                    i => Rhythm(i) * (i is (>= 500 and < 540) or (>= 560 and < 600) ? 0.02 : 1)
                )
            ).Disruptions
        );
        SourceVerdict twice = VerdictOf(disruption, "Application");
        Assert.Equal(At(500), twice.Onset!.Latest);
        Assert.Equal(new InstantRange(At(599), At(600)), twice.End);
    }

    [Fact]
    public void While_no_end_is_seen_it_is_said_until_when_anybody_saw()
    {
        Detection detection = Detect(
            Series(
                SignalFamily.Probing,
                15 * Day,
                i => i >= 550 ? null : Rhythm(i) * (i >= 500 ? 0.05 : 1)
            ),
            Series(
                SignalFamily.Application,
                15 * Day,
                i => i >= 560 ? null : Rhythm(i) * (i >= 500 ? 0.05 : 1)
            )
        );
        Disruption disruption = Assert.Single(detection.Disruptions);
        Assert.Null(disruption.End);
        Assert.Equal(At(559), disruption.SeenUntil);
        // What hides the rest of it is told with it, and what lies before it is not.
        Assert.Contains(
            detection.Blind,
            blind => blind.Hides(disruption) && blind.From == At(550) && blind.Feed == "Probing"
        );
        Assert.DoesNotContain(
            detection.Blind,
            blind => blind.Hides(disruption) && blind.To <= disruption.Onset.Earliest
        );
    }

    [Fact]
    public void With_two_days_of_history_a_dip_is_a_weak_sign_and_darkness_is_not()
    {
        double Confidence(double keeps) =>
            Detect(Cut(SignalFamily.Probing, 4 * Day, 2 * Day, (2 * Day) + 12, keeps))
                .Disruptions.Select(disruption => disruption.Confidence.Probability)
                .DefaultIfEmpty()
                .Max();
        Assert.InRange(Confidence(0.35), 0.3, 0.49);
        Assert.InRange(Confidence(0.05), 0.6, 0.8);
    }

    [Fact]
    public void A_country_dark_for_a_month_is_still_dark_because_the_baseline_does_not_learn_from_a_loss()
    {
        Disruption disruption = Assert.Single(
            Detect(
                Cut(SignalFamily.Probing, 45 * Day, 500, int.MaxValue, 0.04),
                Cut(SignalFamily.Application, 45 * Day, 500, int.MaxValue, 0.02)
            ).Disruptions
        );
        Assert.Null(disruption.End);
        Assert.Equal(At(500), disruption.Start);
        Assert.Contains("baseline is stale", disruption.Notes);
        // Half an hour for each of the steps since, none of them forgotten.
        Assert.Equal(
            30 * ((45 * Day) - 500),
            disruption.Severity.Single(s => s.Family == SignalFamily.Probing).Minutes
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_spike_of_one_or_two_samples_closes_nothing(int length)
    {
        SeriesSignal probing = Series(
            SignalFamily.Probing,
            30 * Day,
            i => Rhythm(i) * (i >= 500 && (i < 900 || i >= 900 + length) ? 0.04 : 1)
        );
        Disruption disruption = Assert.Single(Detect(probing).Disruptions);
        Assert.Null(disruption.End);
        Assert.Equal(At(500), disruption.Start);
    }

    [Fact]
    public void One_low_sample_opens_nothing() =>
        Assert.Empty(Detect(Cut(SignalFamily.Probing, 15 * Day, 500, 501, 0.04)).Disruptions);

    [Fact]
    public void A_return_halfway_closes_nothing_because_closing_takes_a_clear_return()
    {
        // Opens at a drop of a fifth; a drop of 17 in a hundred opens nothing, and closes nothing either.
        SeriesSignal probing = Series(
            SignalFamily.Probing,
            20 * Day,
            i =>
                Rhythm(i, swing: 0)
                * (
                    i < 500 ? 1
                    : i < 600 ? 0.5
                    : 0.83
                )
        );
        Assert.Null(Assert.Single(Detect(probing).Disruptions).End);
        SeriesSignal shallow = Series(
            SignalFamily.Probing,
            20 * Day,
            i => Rhythm(i, swing: 0) * (i < 600 ? 1 : 0.83)
        );
        Assert.Empty(Detect(shallow).Disruptions);
    }

    [Fact]
    public void With_one_family_alone_confidence_is_capped_at_four_fifths_and_the_record_says_so()
    {
        Disruption disruption = Assert.Single(
            Detect(
                Cut(SignalFamily.Application, 15 * Day, 500, int.MaxValue, 0, source: "one"),
                Cut(SignalFamily.Application, 15 * Day, 500, int.MaxValue, 0, source: "two")
            ).Disruptions
        );
        Assert.True(disruption.Confidence.Probability <= 0.8);
        Assert.Contains("one healthy family of signals only", disruption.Notes);
        Assert.NotEqual(DisruptionState.Confirmed, disruption.State);
    }

    [Fact]
    public void A_claim_does_not_lift_one_family_above_its_cap()
    {
        Disruption disruption = Assert.Single(
            Detect(
                Cut(SignalFamily.Probing, 15 * Day, 500, int.MaxValue, 0),
                Claim("shutdown", 500, "a coalition")
            ).Disruptions
        );
        Assert.Equal(DisruptionKind.Shutdown, disruption.Kind);
        Assert.True(disruption.Confidence.Probability <= 0.8);
    }

    [Fact]
    public void Routing_up_and_access_dark_is_told_from_routes_withdrawn()
    {
        Disruption dark = Assert.Single(
            Detect(
                Cut(SignalFamily.Probing, 15 * Day, 500, int.MaxValue, 0.04),
                Series(SignalFamily.Routing, 15 * Day, i => 100 - Noise(1, i) * 0.1)
            ).Disruptions
        );
        Assert.Contains("routing stays up, access is dark", dark.Notes);
        Assert.Equal("announced_but_dark", VerdictOf(dark, "Routing").Tag);
        Assert.Equal(Verdict.Disagrees, VerdictOf(dark, "Routing").Verdict);
        Disruption withdrawn = Assert.Single(
            Detect(
                Cut(SignalFamily.Probing, 15 * Day, 500, int.MaxValue, 0.04),
                Cut(SignalFamily.Routing, 15 * Day, 500, int.MaxValue, 0.1)
            ).Disruptions
        );
        Assert.Contains("routes withdrawn", withdrawn.Notes);
        Assert.Equal(Verdict.Agrees, VerdictOf(withdrawn, "Routing").Verdict);
        Assert.True(withdrawn.Confidence >= dark.Confidence);
    }

    [Fact]
    public void Routing_that_recovers_does_not_end_a_cut_of_access()
    {
        Disruption disruption = Assert.Single(
            Detect(
                Cut(SignalFamily.Probing, 20 * Day, 500, int.MaxValue, 0.04),
                Cut(SignalFamily.Routing, 20 * Day, 503, 530, 0.86)
            ).Disruptions
        );
        Assert.Null(disruption.End);
    }

    [Fact]
    public void Healthy_families_that_see_nothing_weigh_against_one_that_sees_a_loss()
    {
        double Confidence(params SeriesSignal[] signals) =>
            Detect(signals)
                .Disruptions.Select(disruption => disruption.Confidence.Probability)
                .DefaultIfEmpty(0)
                .Max();
        SeriesSignal dip = Cut(SignalFamily.Probing, 15 * Day, 500, 600, 0.7);
        SeriesSignal calm = Series(SignalFamily.Application, 15 * Day, i => Rhythm(i));
        Assert.True(Confidence(dip, calm) < Confidence(dip));
    }

    [Fact]
    public void A_daily_rhythm_with_noise_raises_no_alarm() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Double[0.05, 0.6], Gen.Double[0.005, 0.05])
            .Sample(
                (seed, swing, noise) =>
                    Detect(
                        Series(
                            SignalFamily.Probing,
                            15 * Day,
                            i => Rhythm(i, seed, swing * 0.2, noise)
                        ),
                        Series(
                            SignalFamily.Application,
                            15 * Day,
                            i => Rhythm(i, seed + 1, swing, noise * 2)
                        ),
                        Series(
                            SignalFamily.Telescope,
                            15 * Day,
                            i => Rhythm(i, seed + 2, swing, noise * 4)
                        )
                    )
                        .Disruptions.All(disruption => disruption.Confidence.Probability <= 0.5),
                iter: 60
            );

    [Fact]
    public void Reports_alone_open_a_suspicion_only_when_observers_of_two_kinds_agree()
    {
        Assert.Empty(
            Detect(
                Report(10, ServiceState.Down, "resident"),
                Report(11, ServiceState.Down, "resident")
            ).Disruptions
        );
        Disruption said = Assert.Single(
            Detect(
                Report(10, ServiceState.Down, "resident"),
                Report(11, ServiceState.Down, "operator")
            ).Disruptions
        );
        Assert.Equal(DisruptionState.Suspected, said.State);
        Assert.Null(said.End);
        Assert.DoesNotContain(
            Detect(
                Report(10, ServiceState.Down, "resident"),
                Report(11, ServiceState.Down, "operator"),
                Report(11, ServiceState.Working, "measurer"),
                Report(11, ServiceState.Working, "volunteer")
            ).Disruptions,
            disruption => disruption.Confidence.Probability > 0.5
        );
    }

    [Fact]
    public void A_disruption_that_ended_before_the_window_is_left_out_and_its_samples_still_make_the_baseline()
    {
        SeriesSignal probing = Series(
            SignalFamily.Probing,
            25 * Day,
            i => Rhythm(i) * (i is (>= 500 and < 560) or >= 1100 ? 0.04 : 1)
        );
        Assert.Equal(2, Detect(probing).Disruptions.Count);
        Disruption later = Assert.Single(
            DisruptionsFromSignals
                .Detect([probing], DetectorProfile.Default, since: At(700))
                .Disruptions
        );
        Assert.Equal(At(1100), later.Start);
    }
}
