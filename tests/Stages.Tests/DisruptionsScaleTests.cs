using System.Globalization;
using Breakwater.Disruptions;
using Breakwater.Signals;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>A feed that is normalised anew, or switches its unit, is no certain loss; one that another family sees is.</summary>
public sealed class DisruptionsScaleTests
{
    private const int Steps = 28 * StepsPerDay;
    private const int Step = 900;
    private const int Fall = Step + (4 * StepsPerDay);

    [Theory]
    [InlineData(SignalFamily.Probing, 0.5)]
    [InlineData(SignalFamily.Probing, 0.7)]
    [InlineData(SignalFamily.Routing, 0.5)]
    [InlineData(SignalFamily.Routing, 0.7)]
    public void A_clean_step_of_one_feed_alone_is_told_and_doubted(
        SignalFamily family,
        double factor
    )
    {
        SeriesSignal stepped = Stepped(family, factor);
        Disruption doubted = Assert.Single(Detect(stepped).Disruptions);
        Disruption believed = Assert.Single(Detect(Believing, stepped).Disruptions);
        Assert.InRange(doubted.Confidence.Probability, 0, 0.5);
        Assert.True(doubted.Confidence < believed.Confidence);
        Assert.InRange(doubted.Onset.Latest, At(Step), At(Step + 8));
        string caveat = Assert.Single(doubted.SubjectTo, IsAboutScale);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"at {factor * 100:0} % of its level"),
            caveat,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.6)]
    [InlineData(0.7)]
    [InlineData(0.8)]
    [InlineData(0.9)]
    [InlineData(2)]
    public void No_step_of_one_feed_is_above_one_half_beside_healthy_families(double factor)
    {
        foreach (
            SignalFamily family in (SignalFamily[])
                [
                    SignalFamily.Probing,
                    SignalFamily.Application,
                    SignalFamily.Routing,
                    SignalFamily.Telescope,
                ]
        )
        {
            SeriesSignal[] feeds =
            [
                .. Enum.GetValues<SignalFamily>()
                    .Where(one => one <= SignalFamily.Application)
                    .Select(one => one == family ? Stepped(one, factor) : Quiet(one)),
            ];
            Assert.All(
                Detect(feeds).Disruptions,
                disruption => Assert.InRange(disruption.Confidence.Probability, 0, 0.5)
            );
        }
    }

    [Fact]
    public void A_scale_that_doubles_and_falls_back_is_doubted_like_any_other()
    {
        SeriesSignal feed = Series(
            SignalFamily.Probing,
            Steps + (14 * StepsPerDay),
            i => Noisy(i, 1) * (i is >= 500 and < Step + 300 ? 2 : 1)
        );
        Disruption disruption = Assert.Single(Detect(feed).Disruptions);
        Assert.Contains(disruption.SubjectTo, IsAboutScale);
        Assert.InRange(disruption.Confidence.Probability, 0, 0.5);
    }

    [Fact]
    public void A_partial_loss_that_another_family_sees_loses_nothing()
    {
        SeriesSignal[] both = Other([
            Stepped(SignalFamily.Probing, 0.6),
            Stepped(SignalFamily.Application, 0.4, late: 1),
        ]);
        Disruption sure = Assert.Single(Detect(both).Disruptions);
        Assert.Equal(
            Assert.Single(Detect(Believing, both).Disruptions).Confidence,
            sure.Confidence
        );
        Assert.DoesNotContain(sure.SubjectTo, IsAboutScale);
    }

    [Fact]
    public void What_people_report_at_that_time_speaks_for_it()
    {
        SeriesSignal stepped = Stepped(SignalFamily.Probing, 0.6);
        ReportSignal[] reports =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(i => Report(Step + i, ServiceState.Down, $"resident {i}")),
        ];
        Disruption reported = Assert.Single(Detect([stepped, .. reports]).Disruptions);
        Assert.Equal(
            Assert.Single(Detect(Believing, [stepped, .. reports]).Disruptions).Confidence,
            reported.Confidence
        );
    }

    [Fact]
    public void Two_series_of_one_file_that_fall_at_once_to_one_share_say_so()
    {
        SeriesSignal[] both =
        [
            Stepped(SignalFamily.Probing, 0.6),
            Stepped(SignalFamily.Routing, 0.6),
        ];
        Disruption disruption = Assert.Single(Detect(both).Disruptions);
        Assert.InRange(disruption.Confidence.Probability, 0.35, 0.8);
        Assert.Equal(DisruptionState.Suspected, disruption.State);
        Assert.Equal(2, disruption.SubjectTo.Count(caveat => IsAboutScale(caveat)));
        SeriesSignal elsewhere = both[1] with
        {
            Evidence = [both[1].Evidence[0] with { Sha256 = new string('b', 64) }],
        };
        Assert.DoesNotContain(
            Assert.Single(Detect(both[0], elsewhere).Disruptions).SubjectTo,
            IsAboutScale
        );
    }

    [Fact]
    public void Two_sources_of_one_family_and_file_that_fall_to_one_share_are_one_scale()
    {
        SeriesSignal[] both =
        [
            Stepped(SignalFamily.Probing, 0.5, source: "v4"),
            Stepped(SignalFamily.Probing, 0.5, source: "v6"),
        ];
        Assert.InRange(Assert.Single(Detect(both).Disruptions).Confidence.Probability, 0, 0.5);
        Assert.Equal(
            Assert.Single(Detect(Believing, Other(both)).Disruptions).Confidence,
            Assert.Single(Detect(Other(both)).Disruptions).Confidence
        );
    }

    [Theory]
    [InlineData(0.4, 0.55, 0.9, 0.7)]
    [InlineData(0.4, 0.4, 0.4, 0.4)]
    [InlineData(0.01, 0.01, 0.01, 0.01)]
    [InlineData(0.03, 0.5, 0.2, 0.45)]
    public void Columns_of_one_file_that_fall_at_one_moment_are_one_family_whatever_their_factors(
        double probing,
        double application,
        double routing,
        double telescope
    )
    {
        SeriesSignal[] file =
        [
            Stepped(SignalFamily.Probing, probing),
            Stepped(SignalFamily.Application, application),
            Stepped(SignalFamily.Routing, routing),
            Stepped(SignalFamily.Telescope, telescope),
        ];
        ClaimSignal listed = Claim("shutdown", Step, "a list of events");
        foreach (Signal[] given in (Signal[][])[file, [.. file, listed]])
        {
            Disruption disruption = Assert.Single(Detect(given).Disruptions);
            Assert.InRange(disruption.Confidence.Probability, 0, 0.8);
            Assert.Equal(
                (DisruptionState.Suspected, 1),
                (disruption.State, disruption.IndependentFamilies)
            );
            Assert.Contains(disruption.SubjectTo, IsAboutScale);
        }
    }

    [Fact]
    public void A_column_that_strays_too_much_to_be_dated_is_doubted_with_the_others_of_its_file()
    {
        SeriesSignal straying = Series(
            SignalFamily.Application,
            Steps,
            i => Rhythm(i, 5, swing: 0.5, noise: i < Step ? 0.1 : 0.3) * (i < Step ? 1 : 0.4)
        );
        SeriesSignal[] file = [Stepped(SignalFamily.Probing, 0.4), straying];
        Disruption doubted = Assert.Single(Detect(file).Disruptions);
        Assert.Equal((1, DisruptionState.Suspected), (doubted.IndependentFamilies, doubted.State));
        Assert.Equal(2, doubted.SubjectTo.Count(IsAboutScale));
        Disruption believed = Assert.Single(Detect(file[0], OfOtherFile(straying)).Disruptions);
        Assert.True(believed.Confidence > doubted.Confidence);
        Assert.Equal(2, believed.IndependentFamilies);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void One_column_that_switches_its_unit_beside_normal_ones_is_doubted_and_told(
        double factor
    )
    {
        Disruption disruption = Assert.Single(
            Detect(Stepped(SignalFamily.Probing, factor), Quiet(SignalFamily.Routing)).Disruptions
        );
        Assert.InRange(disruption.Confidence.Probability, 0, 0.5);
        Assert.Contains(disruption.SubjectTo, IsAboutScale);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-12)]
    [InlineData(12)]
    [InlineData(100)]
    public void A_column_of_the_same_file_that_falls_alike_hours_away_speaks_for_a_loss_and_makes_nothing_sure(
        int late
    )
    {
        SeriesSignal[] file =
        [
            Stepped(SignalFamily.Probing, 0.4),
            Stepped(SignalFamily.Application, 0.2, late),
        ];
        Disruption likely = Assert.Single(Detect(file).Disruptions);
        Assert.True(
            Assert.Single(Detect(Believing, file).Disruptions).Confidence > likely.Confidence
        );
        Assert.InRange(likely.Confidence.Probability, 0, 0.8);
        Assert.Contains(likely.SubjectTo, IsAboutScale);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.6)]
    public void A_source_of_another_file_makes_columns_that_fall_hours_apart_sure(double keeps)
    {
        SeriesSignal[] file =
        [
            Stepped(SignalFamily.Probing, 0.4),
            Stepped(SignalFamily.Application, 0.2, late: 12),
            OfOtherFile(Stepped(SignalFamily.Routing, keeps, late: 6)),
        ];
        Disruption sure = Assert.Single(Detect(file).Disruptions);
        Assert.InRange(sure.Confidence.Probability, 0.95, 1);
        Assert.DoesNotContain(sure.SubjectTo, IsAboutScale);
    }

    [Fact]
    public void A_true_loss_after_a_change_of_scale_is_told_apart_from_it()
    {
        const int Return = Fall + (2 * StepsPerDay);
        SeriesSignal Both(SignalFamily family, int late) =>
            Series(
                family,
                Steps,
                i =>
                    i >= Fall + late && i < Return
                        ? 2 * Noise(11, i)
                        : Noisy(i, (int)family + 1) * (i < Step ? 1 : 0.6)
            );
        IReadOnlyList<Disruption> told = Detect(
            Both(SignalFamily.Probing, 0),
            Both(SignalFamily.Routing, 6)
        ).Disruptions;
        Assert.Equal(3, told.Count);
        Assert.Equal(
            [At(Step), At(Fall), At(Return)],
            told.Select(disruption => disruption.Onset.Latest)
        );
        Assert.InRange(told[0].End!.Latest, At(Fall), At(Fall + 6));
        Assert.Equal(At(Return), told[1].End!.Latest);
        Assert.Null(told[2].End);
        Assert.True(told[1].Confidence.Probability > 0.9);
        Assert.DoesNotContain(told[1].SubjectTo, IsAboutScale);
        foreach (Disruption doubted in (Disruption[])[told[0], told[2]])
        {
            Assert.InRange(doubted.Confidence.Probability, 0, 0.8);
            Assert.Contains(doubted.SubjectTo, IsAboutScale);
            Assert.All(doubted.Severity, severity => Assert.InRange(severity.DropShare, 0.3, 0.7));
        }
    }

    [Theory]
    [InlineData(0.8)]
    [InlineData(0.7)]
    [InlineData(0.6)]
    public void A_small_loss_of_another_file_days_later_makes_no_change_of_scale_sure(double keeps)
    {
        SeriesSignal late = OfOtherFile(
            Series(
                SignalFamily.Telescope,
                Steps,
                i => Rhythm(i, 7, 0.1, 0.01) * (i < Step + (5 * StepsPerDay) ? 1 : keeps)
            )
        );
        SeriesSignal[] file =
        [
            Stepped(SignalFamily.Probing, 0.4),
            Stepped(SignalFamily.Application, 0.3),
            Stepped(SignalFamily.Routing, 0.5),
            late,
        ];
        Assert.All(
            Detect(file).Disruptions,
            doubted => Assert.InRange(doubted.Confidence.Probability, 0, 0.8)
        );
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void A_sample_that_averages_over_the_change_of_scale_makes_no_sure_loss_of_it(
        double between
    )
    {
        SeriesSignal Column(SignalFamily family, double factor) =>
            Series(
                family,
                Steps,
                i =>
                    Rhythm(i, (int)family + 1, 0.3, 0.02)
                    * (
                        i < Step ? 1
                        : i == Step ? 1 - (between * (1 - factor))
                        : factor
                    )
            );
        Disruption doubted = Assert.Single(
            Detect(
                Column(SignalFamily.Probing, 0.3),
                Column(SignalFamily.Routing, 0.5),
                Column(SignalFamily.Application, 0.4),
                Column(SignalFamily.Telescope, 0.35)
            ).Disruptions
        );
        Assert.InRange(doubted.Confidence.Probability, 0, 0.8);
        Assert.Contains(doubted.SubjectTo, IsAboutScale);
    }

    [Fact]
    public void A_true_cut_to_a_third_that_loses_its_pattern_is_told_from_its_day_on_after_a_change_of_scale()
    {
        IReadOnlyList<Disruption> told = CutAfterChangeOfScale(
            (seed, i) => 0.2 + (0.3 * Noise(seed, i))
        );
        Disruption sure = Assert.Single(told, one => one.Confidence.Probability > 0.8);
        Assert.Equal(At(Fall), sure.Onset.Latest);
        Assert.All(told, one => Assert.True(one == sure || one.Onset.Latest == At(Step)));
    }

    [Fact]
    public void A_true_cut_to_a_third_that_keeps_its_pattern_is_told_and_doubted_after_a_change_of_scale()
    {
        IReadOnlyList<Disruption> told = CutAfterChangeOfScale((_, _) => 0.35);
        Assert.NotEmpty(told);
        Assert.All(told, one => Assert.InRange(one.Confidence.Probability, 0.5, 0.8));
        Assert.All(told, one => Assert.Contains(one.SubjectTo, IsAboutScale));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void A_file_that_changes_its_scale_twice_within_days_is_doubted_both_times(int days)
    {
        SeriesSignal Column(SignalFamily family, double first, double second)
        {
            int again = Step + (days * StepsPerDay);
            return Series(
                family,
                Steps,
                i => Rhythm(i, (int)family + 1) * (i < Step ? 1 : first) * (i < again ? 1 : second)
            );
        }

        Assert.All(
            Detect(
                Column(SignalFamily.Probing, 0.7, 0.4),
                Column(SignalFamily.Application, 0.5, 0.3),
                Column(SignalFamily.Routing, 0.8, 0.4)
            ).Disruptions,
            doubted =>
            {
                Assert.InRange(doubted.Confidence.Probability, 0, 0.8);
                Assert.Contains(doubted.SubjectTo, IsAboutScale);
            }
        );
    }

    [Fact]
    public void Columns_that_are_followed_on_one_stream_are_doubted_as_those_of_one_file()
    {
        SeriesSignal Followed(SignalFamily family, double factor)
        {
            SeriesSignal feed = Stepped(family, factor);
            return feed with { Evidence = [feed.Evidence[0] with { Sha256 = "" }] };
        }

        SeriesSignal[] stream =
        [
            Followed(SignalFamily.Probing, 0.4),
            Followed(SignalFamily.Application, 0.5),
            Followed(SignalFamily.Routing, 0.6),
        ];
        var live = new LiveDetection(DetectorProfile.Default, Duration.FromDays(2));
        live.TakeAll(stream.SelectMany(feed => feed.Samples.Select(sample => (feed, sample))));
        Disruption doubted = Assert.Single(live.Detect().Disruptions);
        Assert.InRange(doubted.Confidence.Probability, 0, 0.8);
        Assert.Contains(doubted.SubjectTo, IsAboutScale);
    }

    [Fact]
    public void However_the_columns_of_a_file_are_scaled_only_a_true_loss_is_sure()
    {
        const int Cut = 20 * StepsPerDay;
        Gen.Select(
                Gen.Double[0.02, 0.97].Array[5],
                Gen.Int[9 * StepsPerDay, 18 * StepsPerDay],
                Gen.Int[1, 1000]
            )
            .Sample(
                (factors, step, seed) =>
                {
                    SeriesSignal Column(SignalFamily family, double swing, double noise) =>
                        Series(
                            family,
                            24 * StepsPerDay,
                            i =>
                                (i < step ? 1 : factors[(int)family])
                                * (
                                    i < Cut
                                        ? Rhythm(i, seed + (int)family, swing, noise)
                                        : 4 * Noise(seed + (int)family, i)
                                )
                        );
                    IReadOnlyList<Disruption> told = Detect(
                        Column(SignalFamily.Probing, 0.1, 0.02),
                        Column(SignalFamily.Routing, 0.01, 0.003),
                        Column(SignalFamily.Telescope, 0.6, 0.4),
                        Column(SignalFamily.Application, 0.5, 0.15)
                    ).Disruptions;
                    Assert.Distinct(told.Select(disruption => disruption.Id));
                    Disruption sure = Assert.Single(
                        told,
                        disruption => disruption.Confidence.Probability > 0.8
                    );
                    Assert.InRange(At(Cut), sure.Onset.Earliest, sure.Onset.Latest);
                },
                iter: 60
            );
    }

    [Fact]
    public void However_many_hours_apart_the_columns_of_a_file_are_scaled_nothing_is_sure()
    {
        // The same files in each run: of some thousands one column stands just at its border for days and is told.
        for (int file = 1; file <= 60; file++)
        {
            var chance = new Random(file);
            int step = chance.Next(10 * StepsPerDay, 18 * StepsPerDay);
            SeriesSignal Column(SignalFamily family, double swing, double noise)
            {
                double factor = 0.2 + (0.7 * chance.NextDouble());
                int scaled = step + chance.Next(StepsPerDay / 2);
                return Series(
                    family,
                    24 * StepsPerDay,
                    i => Rhythm(i, file + (int)family, swing, noise) * (i < scaled ? 1 : factor)
                );
            }

            Assert.All(
                Detect(
                    Column(SignalFamily.Probing, 0.1, 0.02),
                    Column(SignalFamily.Routing, 0.01, 0.003),
                    Column(SignalFamily.Telescope, 0.6, 0.4),
                    Column(SignalFamily.Application, 0.5, 0.15)
                ).Disruptions,
                doubted => Assert.InRange(doubted.Confidence.Probability, 0, 0.8)
            );
        }
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(0)]
    [InlineData(6)]
    public void A_small_step_of_routing_beside_a_true_cut_takes_nothing_from_it(int late)
    {
        Disruption told = Assert.Single(
            Detect(
                Stepped(SignalFamily.Routing, 0.87, late),
                Series(
                    SignalFamily.Probing,
                    Steps,
                    i => i < Step ? Noisy(i, 1) : 4 + (3 * Noise(2, i))
                ),
                Series(
                    SignalFamily.Application,
                    Steps,
                    i => i < Step ? Noisy(i, 3) : 5 * Noise(4, i)
                )
            ).Disruptions
        );
        Assert.InRange(told.Confidence.Probability, 0.95, 1);
        Assert.InRange(At(Step), told.Onset.Earliest, told.Onset.Latest);
        Assert.DoesNotContain(told.SubjectTo, IsAboutScale);
    }

    [Theory]
    [InlineData(0.4, 0.1)]
    [InlineData(0.2, 0.6)]
    public void A_true_cut_that_decays_or_comes_back_in_part_after_a_day_is_no_change_of_scale(
        double keeps,
        double later
    )
    {
        SeriesSignal Column(SignalFamily family, int seed) =>
            Series(
                family,
                Steps,
                i =>
                    Noisy(i, seed)
                    * (
                        i < Step ? 1
                        : i < Step + StepsPerDay ? keeps + (0.1 * (Noise(seed, i) - 0.5))
                        : later + (0.1 * (Noise(seed, i) - 0.5))
                    )
            );
        Disruption told = Assert.Single(
            Detect(
                Column(SignalFamily.Probing, 1),
                Column(SignalFamily.Application, 2),
                Column(SignalFamily.Telescope, 3)
            ).Disruptions
        );
        Assert.InRange(told.Confidence.Probability, 0.95, 1);
        Assert.DoesNotContain(told.SubjectTo, IsAboutScale);
    }

    [Fact]
    public void A_loss_whose_pattern_changes_is_no_change_of_scale()
    {
        // What is left moves by itself: twice the spread, and no daily rhythm.
        SeriesSignal lost = Series(
            SignalFamily.Probing,
            Steps,
            i => i < Step ? Noisy(i, 1) : 35 * (1 + (0.16 * (Noise(9, i) - 0.5)))
        );
        Disruption disruption = Assert.Single(Detect(lost).Disruptions);
        Assert.DoesNotContain(disruption.SubjectTo, IsAboutScale);
        Assert.Equal(
            Assert.Single(Detect(Believing, lost).Disruptions).Confidence,
            disruption.Confidence
        );
    }

    [Fact]
    public void A_fall_in_steps_is_no_change_of_scale()
    {
        SeriesSignal lost = Series(
            SignalFamily.Probing,
            Steps,
            i => Noisy(i, 1) * (i < Step ? 1 : Math.Max(0.5, 1 - (0.02 * (i - Step))))
        );
        Assert.DoesNotContain(Assert.Single(Detect(lost).Disruptions).SubjectTo, IsAboutScale);
    }

    [Fact]
    public void A_loss_of_an_hour_is_too_short_to_be_told_from_one()
    {
        SeriesSignal lost = Series(
            SignalFamily.Probing,
            Steps,
            i => Noisy(i, 1) * (i is >= Step and < Step + 6 ? 0.5 : 1)
        );
        Assert.DoesNotContain(Assert.Single(Detect(lost).Disruptions).SubjectTo, IsAboutScale);
    }

    [Fact]
    public void A_fall_to_nothing_has_no_pattern_and_stays_as_sure_as_one_family_can_be()
    {
        SeriesSignal dark = Stepped(SignalFamily.Probing, 0);
        Assert.Equal(
            Assert.Single(Detect(Believing, dark).Disruptions).Confidence,
            Assert.Single(Detect(dark).Disruptions).Confidence
        );
    }

    /// <summary>The same rules without doubt about scales.</summary>
    private static readonly DetectorProfile Believing = DetectorProfile.Default with
    {
        ScaleWeightShare = 1,
    };

    private static Detection Detect(
        DetectorProfile profile,
        params IReadOnlyList<Signal> signals
    ) => DisruptionsFromSignals.Detect(signals, profile);

    private static Detection Detect(params IReadOnlyList<Signal> signals) =>
        DisruptionsFixture.Detect(signals);

    private static bool IsAboutScale(string caveat) =>
        caveat.Contains("change of scale", StringComparison.Ordinal);

    private static double Noisy(int i, int seed) => Rhythm(i, seed, swing: 0.4, noise: 0.06);

    /// <param name="keeps">What is left of the new level from the fall on.</param>
    private static IReadOnlyList<Disruption> CutAfterChangeOfScale(Func<int, int, double> keeps)
    {
        SeriesSignal Column(SignalFamily family, int late) =>
            Series(
                family,
                Steps,
                i =>
                    Noisy(i, (int)family + 1)
                    * (i < Step ? 1 : 0.5)
                    * (i < Fall + late ? 1 : keeps((int)family + 40, i))
            );
        return Detect(
            Column(SignalFamily.Probing, 0),
            Column(SignalFamily.Application, 1),
            Column(SignalFamily.Telescope, 3)
        ).Disruptions;
    }

    private static SeriesSignal Quiet(SignalFamily family) =>
        Series(family, Steps, i => Noisy(i, (int)family + 1));

    private static SeriesSignal Stepped(
        SignalFamily family,
        double factor,
        int late = 0,
        string? source = null
    ) =>
        Series(
            family,
            Steps,
            i =>
                family == SignalFamily.Routing
                    ? (100 - (0.3 * Noise(3, i))) * (i < Step + late ? 1 : factor)
                    : Noisy(i, (int)family + 1 + (source?[^1] ?? 0))
                        * (i < Step + late ? 1 : factor),
            source: source
        );

    private static SeriesSignal OfOtherFile(SeriesSignal signal) =>
        signal with
        {
            Evidence = [signal.Evidence[0] with { Sha256 = new string('b', 64) }],
        };

    /// <summary>The second one from another file.</summary>
    private static SeriesSignal[] Other(SeriesSignal[] both) => [both[0], OfOtherFile(both[1])];
}
