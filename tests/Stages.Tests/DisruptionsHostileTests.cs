using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Feeds that fail, lie or flood: no crash, no false certainty, and it is told.</summary>
public sealed class DisruptionsHostileTests
{
    private const int Day = StepsPerDay;

    [Fact]
    public void A_feed_that_is_zero_from_end_to_end_is_blind_and_nothing_is_down()
    {
        Detection detection = Detect(Series(SignalFamily.Probing, 20 * Day, _ => 0));
        Assert.Empty(detection.Disruptions);
        Assert.Contains(
            detection.Blind,
            blind => blind.Reason.Contains("too low a level", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_feed_that_never_changes_does_not_speak_against_a_loss()
    {
        SeriesSignal dark = Cut(SignalFamily.Probing, 20 * Day, 700, int.MaxValue, 0.05);
        SeriesSignal constant = Series(SignalFamily.Application, 20 * Day, _ => 50);
        SeriesSignal calm = Series(SignalFamily.Application, 20 * Day, i => Rhythm(i));
        Disruption beside = Assert.Single(Detect(dark, constant).Disruptions);
        Assert.Equal(
            ("never_changes", 0d),
            (VerdictOf(beside, "Application").Tag, VerdictOf(beside, "Application").Weight)
        );
        Assert.True(beside.Confidence > Assert.Single(Detect(dark, calm).Disruptions).Confidence);
    }

    [Fact]
    public void A_lively_feed_that_freezes_is_blind_from_then_on()
    {
        double frozen = Rhythm(600);
        Detection detection = Detect(
            Series(SignalFamily.Probing, 20 * Day, i => i < 600 ? Rhythm(i) : frozen)
        );
        Assert.Empty(detection.Disruptions);
        Blind blind = Assert.Single(
            detection.Blind,
            one => one.Reason == "the feed repeats one value"
        );
        Assert.InRange(blind.From, At(600), At(620));
    }

    [Fact]
    public void One_source_that_claims_darkness_against_two_families_that_see_is_no_certainty() =>
        Assert.DoesNotContain(
            Detect(
                Cut(SignalFamily.Probing, 20 * Day, 700, int.MaxValue, 0),
                Series(SignalFamily.Application, 20 * Day, i => Rhythm(i)),
                Series(SignalFamily.Telescope, 20 * Day, i => Rhythm(i, 2))
            ).Disruptions,
            disruption => disruption.Confidence.Probability > 0.5
        );

    [Fact]
    public void One_source_that_claims_normality_does_not_hide_what_two_families_see()
    {
        Disruption disruption = Assert.Single(
            Detect(
                Cut(SignalFamily.Probing, 20 * Day, 700, int.MaxValue, 0.02),
                Cut(SignalFamily.Telescope, 20 * Day, 700, int.MaxValue, 0.02),
                Series(SignalFamily.Application, 20 * Day, i => Rhythm(i))
            ).Disruptions
        );
        Assert.True(disruption.Confidence.Probability > 0.5);
        Assert.Contains(
            disruption.SubjectTo,
            caveat => caveat.Contains("Application", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Two_sources_of_one_family_count_less_than_two_families()
    {
        SeriesSignal One(SignalFamily family, string name) =>
            Cut(family, 20 * Day, 700, int.MaxValue, 0.6, source: name);
        double Confidence(params SeriesSignal[] signals) =>
            Detect(signals).Disruptions.Single().Confidence.Probability;
        Assert.True(
            Confidence(One(SignalFamily.Probing, "a"), One(SignalFamily.Probing, "b"))
                < Confidence(
                    One(SignalFamily.Probing, "a"),
                    Cut(SignalFamily.Application, 20 * Day, 700, int.MaxValue, 0.3)
                )
        );
    }

    [Fact]
    public void A_feed_that_loses_most_of_many_countries_at_once_has_failed_itself()
    {
        SeriesSignal Of(int country, string source) =>
            Cut(
                source == "probes" ? SignalFamily.Probing : SignalFamily.Application,
                20 * Day,
                source == "probes" && country < 10 ? 700 : int.MaxValue,
                730,
                0.05,
                Place.OfCountry($"X{(char)('A' + country)}"),
                source: source
            );
        Detection detection = Detect([
            .. Enumerable.Range(0, 12).Select(country => Of(country, "probes")),
        ]);
        Assert.Empty(detection.Disruptions);
        Assert.Contains(
            detection.Blind,
            blind =>
                blind.Feed == "probes"
                && blind.Reason.Contains("10 of 12 countries", StringComparison.Ordinal)
        );
        // The same loss in one country is a loss.
        Assert.Single(Detect(Of(0, "probes")).Disruptions);
    }

    [Fact]
    public void What_the_reader_knows_of_a_gap_makes_the_series_blind_there()
    {
        Detection detection = DisruptionsFromSignals.Detect(
            [Cut(SignalFamily.Routing, 20 * Day, 700, 720, 0.2, source: "rrc00")],
            DetectorProfile.Default,
            gaps:
            [
                new FeedGap(
                    "rrc00",
                    At(690),
                    At(730),
                    FeedState.Degraded,
                    "half of its peers are gone"
                ),
            ]
        );
        Assert.Empty(detection.Disruptions);
    }

    [Fact]
    public void What_nobody_could_see_any_more_does_not_change_what_was_seen()
    {
        const int From = 20 * Day;
        SeriesSignal[] Feeds(int silentDays) =>
            [
                Silent(
                    Cut(
                        SignalFamily.Probing,
                        From + Day + (silentDays * Day),
                        From,
                        int.MaxValue,
                        0.01
                    ),
                    From + Day
                ),
                Silent(
                    Cut(SignalFamily.Routing, From + Day + (silentDays * Day), 0, 0, 1),
                    From + Day
                ),
                Silent(
                    Cut(SignalFamily.Telescope, From + Day + (silentDays * Day), 0, 0, 1),
                    From + Day
                ),
            ];
        Disruption before = Assert.Single(Detect(Feeds(0)).Disruptions);
        Disruption after = Assert.Single(Detect(Feeds(9)).Disruptions);
        Assert.Contains("routing stays up, access is dark", after.Notes);
        Assert.DoesNotContain("baseline is stale", after.Notes);
        Assert.Equal(before.Notes, after.Notes);
        Assert.Equal(
            before.Sources.Select(source => (source.Name, source.Verdict, source.Tag)),
            after.Sources.Select(source => (source.Name, source.Verdict, source.Tag))
        );
    }

    [Fact]
    public void A_series_given_twice_counts_once_and_it_is_told()
    {
        SeriesSignal dark = Cut(SignalFamily.Probing, 20 * Day, 700, int.MaxValue, 0);
        SeriesSignal again = dark with
        {
            Id = $"{dark.Id}-again",
            Evidence = [dark.Evidence[0] with { File = "copy.csv" }],
        };
        Disruption once = Assert.Single(Detect(dark).Disruptions);
        Disruption twice = Assert.Single(Detect(dark, again).Disruptions);
        Assert.Equal(once.Confidence, twice.Confidence);
        Assert.Equal(once.Sources, twice.Sources);
        Assert.Contains("1 series that is given twice counts once", twice.Notes);
        Assert.DoesNotContain(once.Notes, note => note.Contains("twice", StringComparison.Ordinal));
    }

    [Fact]
    public void A_feed_that_never_changes_is_told_as_one_that_cannot_see()
    {
        Detection detection = Detect(Series(SignalFamily.Probing, 20 * Day, _ => 50));
        Assert.Empty(detection.Disruptions);
        Blind told = Assert.Single(
            detection.Blind,
            blind => blind.Reason.StartsWith("never changes", StringComparison.Ordinal)
        );
        Assert.Equal((At(0), At(20 * Day)), (told.From, told.To));
        Assert.DoesNotContain(
            Detect(Series(SignalFamily.Probing, 20 * Day, i => Rhythm(i))).Blind,
            blind => blind.Reason.StartsWith("never changes", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_place_about_which_only_people_speak_is_watched_by_no_feed()
    {
        ReportSignal said = Report(700, ServiceState.Working, "resident");
        Blind blind = Assert.Single(Detect(said).Blind);
        Assert.Equal(("every feed", Iran), (blind.Feed, blind.Place));
        Assert.Equal("no feed watches this place: only people speak of it", blind.Reason);
        Assert.DoesNotContain(
            Detect(said, Series(SignalFamily.Probing, 20 * Day, i => Rhythm(i))).Blind,
            one => one.Reason == blind.Reason
        );
    }

    private static SeriesSignal Silent(SeriesSignal series, int from) =>
        series with
        {
            Samples =
            [
                .. series.Samples.Select(
                    (sample, i) => i < from ? sample : sample with { Value = null }
                ),
            ],
        };

    [Fact]
    public void Whatever_the_values_are_detection_ends_and_confidence_stays_within_its_caps() =>
        Gen.Double[-1e300, 1e300]
            .Array[400]
            .Select(Gen.Int[0, 5], (values, kind) => (values, kind))
            .Sample(
                (values, kind) =>
                {
                    double? Value(int i) =>
                        kind switch
                        {
                            0 => values[i % 400],
                            1 => i % 3 == 0 ? null : Math.Abs(values[i % 400]),
                            2 => double.NaN,
                            3 => double.PositiveInfinity,
                            4 => -1,
                            _ => i % 50 == 0 ? 0 : 1e-300,
                        };
                    return Detect(Series(SignalFamily.Probing, 400, Value))
                        .Disruptions.All(disruption => disruption.Confidence.Probability <= 0.8);
                },
                iter: 60
            );

    [Fact]
    public void A_gradual_fall_that_no_sample_shows_is_found_as_a_shift_of_level()
    {
        // A twentieth a day, down to three fifths, in a service whose own day swings by half.
        double Kept(int i) => Math.Clamp(1 - (0.05 * ((i / (double)Day) - 40)), 0.6, 1);
        SeriesSignal Gradual(SignalFamily family, int seed) =>
            Series(family, 70 * Day, i => Rhythm(i, seed, swing: 0.5) * Kept(i));
        Disruption disruption = Assert.Single(
            Detect(Gradual(SignalFamily.Application, 1)).Disruptions
        );
        Assert.Contains("level fell gradually and stays low", disruption.Notes);
        Assert.InRange(disruption.Start, At(40 * Day), At(45 * Day));
        Assert.Null(disruption.End);
        Assert.True(disruption.Confidence.Probability <= 0.5);
        Assert.Equal("level_shift", VerdictOf(disruption, "Application").Tag);
        Assert.Empty(
            Detect(
                Series(SignalFamily.Application, 70 * Day, i => Rhythm(i, swing: 0.5))
            ).Disruptions
        );
    }

    [Fact]
    public void A_quiet_weekend_of_a_service_is_no_loss()
    {
        SeriesSignal weekly = Series(
            SignalFamily.Application,
            60 * Day,
            i => Rhythm(i) * (i / Day % 7 >= 5 ? 0.35 : 1)
        );
        Assert.DoesNotContain(
            Detect(weekly).Disruptions,
            disruption => disruption.Start >= At(28 * Day)
        );
    }

    [Fact]
    public void A_cut_that_comes_back_to_a_lower_level_is_over_and_the_lower_level_is_told()
    {
        SeriesSignal traffic = Series(
            SignalFamily.Application,
            60 * Day,
            i =>
                Rhythm(i)
                * (
                    i < 20 * Day ? 1
                    : i < 25 * Day ? 0.02
                    : 0.68
                )
        );
        Disruption disruption = Assert.Single(Detect(traffic).Disruptions);
        Assert.Equal(At(25 * Day), disruption.End!.Latest);
        Assert.Contains("came back, and the level stays lower than before", disruption.Notes);
    }

    [Fact]
    public void A_weekly_rhythm_makes_no_shift_of_level()
    {
        SeriesSignal weekly = Series(
            SignalFamily.Application,
            60 * Day,
            i => Rhythm(i, swing: 0.5) * (i / Day % 7 >= 5 ? 0.8 : 1)
        );
        Assert.Empty(LossesFromSeries.Judge(weekly, DetectorProfile.Default, []).Shifts);
    }
}
