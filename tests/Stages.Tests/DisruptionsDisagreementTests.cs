using Breakwater.Disruptions;
using Breakwater.Signals;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Families that contradict each other about a deep loss are a finding, with the low probability that it has.</summary>
public sealed class DisruptionsDisagreementTests
{
    private const int Day = StepsPerDay;

    [Theory]
    [InlineData(SignalFamily.Probing)]
    [InlineData(SignalFamily.Routing)]
    [InlineData(SignalFamily.Application)]
    public void A_deep_loss_that_lasts_and_that_all_others_contradict_is_told_as_a_contradiction(
        SignalFamily family
    )
    {
        SeriesSignal[] Feeds(double keeps, int steps) =>
            [
                .. Enum.GetValues<SignalFamily>()
                    .Where(one => one <= SignalFamily.Application)
                    .Select(one =>
                        Series(
                            one,
                            24 * Day,
                            i =>
                                one == family && i >= 20 * Day && i < (20 * Day) + steps
                                    ? 100 * keeps * Noise(7, i)
                                    : Rhythm(i, (int)one + 1)
                        )
                    ),
            ];
        Disruption told = Assert.Single(Detect(Feeds(0.1, 9 * Day)).Disruptions);
        Assert.Equal(DisruptionState.Contradictory, told.State);
        Assert.InRange(told.Confidence.Probability, 0, 0.49);
        Assert.InRange(told.Onset.Latest, At(20 * Day), At((20 * Day) + 2));
        Assert.Contains(told.Notes, note => note.Contains("contradict", StringComparison.Ordinal));
        Assert.Empty(Detect(Feeds(0.1, Day / 4)).Disruptions);
        Assert.Empty(Detect(Feeds(1, 0)).Disruptions);
    }

    [Theory]
    [InlineData(SignalFamily.Routing, 0.02)]
    [InlineData(SignalFamily.Routing, 0.4)]
    [InlineData(SignalFamily.Probing, 0.05)]
    [InlineData(SignalFamily.Application, 0.35)]
    public void A_deep_fall_that_could_be_a_change_of_scale_is_told_with_that_doubt(
        SignalFamily family,
        double keeps
    )
    {
        Disruption told = Assert.Single(
            Detect([
                .. Enum.GetValues<SignalFamily>()
                    .Where(one => one <= SignalFamily.Application)
                    .Select(one =>
                        Series(
                            one,
                            24 * Day,
                            i =>
                                Rhythm(i, (int)one + 1)
                                * (one == family && i >= 20 * Day ? keeps : 1)
                        )
                    ),
            ]).Disruptions
        );
        Assert.Equal(DisruptionState.Contradictory, told.State);
        Assert.InRange(told.Confidence.Probability, 0, 0.49);
        Assert.Contains(
            told.SubjectTo,
            caveat => caveat.Contains("change of scale", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void Routes_that_are_withdrawn_over_many_days_while_all_else_works_are_told(int days)
    {
        double Kept(int i) => Math.Clamp(1 - (0.9 * ((i / (double)Day) - 20) / days), 0.1, 1);
        Disruption told = Assert.Single(
            Detect(
                Series(SignalFamily.Routing, 40 * Day, i => Rhythm(i, 3, 0.01, 0.002) * Kept(i)),
                Series(SignalFamily.Probing, 40 * Day, i => Rhythm(i, 2)),
                Series(SignalFamily.Application, 40 * Day, i => Rhythm(i, 4, 0.3))
            ).Disruptions
        );
        Assert.Equal(DisruptionState.Contradictory, told.State);
        Assert.InRange(told.Confidence.Probability, 0, 0.49);
    }

    [Fact]
    public void Search_that_falls_within_a_day_and_stays_low_while_the_network_answers_speaks_for_throttling()
    {
        double Kept(int i) => Math.Clamp(1 - (0.75 * ((i / (double)Day) - 40)), 0.25, 1);
        Disruption told = Assert.Single(
            Detect(
                Series(SignalFamily.Application, 70 * Day, i => Rhythm(i, 1, 0.3) * Kept(i)),
                Series(SignalFamily.Probing, 70 * Day, i => Rhythm(i, 2)),
                Series(SignalFamily.Routing, 70 * Day, i => Rhythm(i, 3, 0.01, 0.002))
            ).Disruptions
        );
        Assert.Equal(DisruptionState.Contradictory, told.State);
        Assert.InRange(told.Confidence.Probability, 0, 0.49);
        Assert.Contains(
            told.Kinds!.Kinds.Single(kind => kind.Kind == DisruptionKind.Throttling).Reasons,
            reason => reason is { Tag: "applications_only", Weight: > 0 }
        );
    }

    [Theory]
    [InlineData(0, Verdict.Agrees, "level_shift")]
    [InlineData(9, Verdict.Disagrees, "shifted_days_apart")]
    [InlineData(-9, Verdict.Disagrees, "shifted_days_apart")]
    public void A_shift_of_level_speaks_for_a_feed_that_goes_dark_only_where_it_began_near_it(
        int daysLater,
        Verdict verdict,
        string tag
    )
    {
        const int Dark = 40 * Day;
        int shift = Dark + (daysLater * Day);
        // The telescope sinks by a fifth, which opens no loss of its own.
        SeriesSignal[] feeds =
        [
            Series(SignalFamily.Telescope, 60 * Day, i => Rhythm(i, 5) * (i < shift ? 1 : 0.8)),
            Series(SignalFamily.Probing, 60 * Day, i => i < Dark ? Rhythm(i, 2) : 0),
            Series(SignalFamily.Application, 60 * Day, i => Rhythm(i, 4, 0.3)),
        ];
        Disruption told = Assert.Single(Detect(feeds).Disruptions);
        Assert.Equal(verdict, VerdictOf(told, feeds[0].Source).Verdict);
        Assert.Equal(tag, VerdictOf(told, feeds[0].Source).Tag);
        Assert.InRange(told.Onset.Latest, At(Dark), At(Dark + 2));
        Assert.Equal(verdict == Verdict.Agrees, told.Confidence.Probability > 0.5);
        Assert.Equal(
            verdict == Verdict.Disagrees,
            told.SubjectTo.Any(caveat =>
                caveat.StartsWith("is lower too", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void Throttling_for_days_speaks_for_the_cut_that_ends_it()
    {
        const int Cut = 40 * Day;
        double Throttled(int i) => Math.Clamp(1 - (0.4 * ((i / (double)Day) - 32) / 6), 0.6, 1);
        Disruption sure = Assert.Single(
            Detect(
                Series(SignalFamily.Telescope, 60 * Day, i => Rhythm(i, 5) * Throttled(i)),
                Series(SignalFamily.Application, 60 * Day, i => Rhythm(i, 4, 0.3) * Throttled(i)),
                Series(SignalFamily.Probing, 60 * Day, i => i < Cut ? Rhythm(i, 2) : Noise(7, i)),
                Series(SignalFamily.Routing, 60 * Day, i => Rhythm(i, 3, 0.01, 0.002))
            ).Disruptions,
            told => told.Confidence.Probability > 0.9
        );
        Assert.InRange(sure.Onset.Latest, At(Cut), At(Cut + 2));
        Assert.DoesNotContain(
            sure.Notes,
            note => note.StartsWith("came back", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_service_that_goes_dark_alone_is_told_though_another_service_works()
    {
        Disruption told = Assert.Single(
            Detect(
                Darkened(SignalFamily.Application, "search"),
                Series(SignalFamily.Application, 24 * Day, i => Rhythm(i, 2), source: "browser"),
                Series(SignalFamily.Probing, 24 * Day, i => Rhythm(i, 3)),
                Series(SignalFamily.Routing, 24 * Day, i => Rhythm(i, 4, 0.01, 0.002))
            ).Disruptions
        );
        Assert.Equal(DisruptionState.Contradictory, told.State);
        Assert.InRange(told.Confidence.Probability, 0, 0.49);
        Assert.Equal(Verdict.Disagrees, VerdictOf(told, "browser").Verdict);
    }

    [Fact]
    public void A_dark_service_that_is_back_for_an_hour_while_another_fails_is_told()
    {
        const int Back = 21 * Day;
        bool IsBack(int i) => i is >= Back and < Back + 2;
        Disruption told = Assert.Single(
            Detect(
                Series(
                    SignalFamily.Application,
                    30 * Day,
                    i => i < 20 * Day || IsBack(i) ? Rhythm(i) : 30 + (8 * Noise(7, i)),
                    source: "search"
                ),
                Series(
                    SignalFamily.Application,
                    30 * Day,
                    i => IsBack(i) ? 0 : Rhythm(i, 2),
                    source: "browser"
                ),
                Series(SignalFamily.Probing, 30 * Day, i => Rhythm(i, 3)),
                Series(SignalFamily.Routing, 30 * Day, i => Rhythm(i, 4, 0.01, 0.002))
            ).Disruptions
        );
        Assert.Equal(DisruptionState.Contradictory, told.State);
        Assert.InRange(told.Onset.Latest, At(20 * Day), At((20 * Day) + 2));
    }

    [Fact]
    public void A_source_that_another_of_its_family_denies_is_no_contradiction() =>
        Assert.Empty(
            Detect(
                Darkened(SignalFamily.Probing, "v4"),
                Series(SignalFamily.Probing, 24 * Day, i => Rhythm(i, 2), source: "other probes"),
                Series(SignalFamily.Telescope, 24 * Day, i => Rhythm(i, 3)),
                Series(SignalFamily.Application, 24 * Day, i => Rhythm(i, 4))
            ).Disruptions
        );

    private static SeriesSignal Darkened(SignalFamily family, string source) =>
        Series(family, 24 * Day, i => i < 20 * Day ? Rhythm(i) : 10 * Noise(7, i), source: source);
}
