using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.DisruptionsFixture;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Following samples one by one ends where reading them all at once ends, in whatever order they come.</summary>
public sealed class LiveDetectionTests
{
    private const int Day = StepsPerDay;
    private static readonly Duration Lateness = Duration.FromDays(2);

    private static readonly SeriesSignal[] Feeds =
    [
        Series(
            SignalFamily.Probing,
            12 * Day,
            i => i is >= 300 and < 305 ? null : Rhythm(i) * (i is >= 400 and < 470 ? 0.05 : 1)
        ),
        Cut(SignalFamily.Application, 12 * Day, 401, 480, 0.02),
        Series(SignalFamily.Routing, 12 * Day, i => 100 - (0.1 * Noise(3, i))),
    ];

    [Fact]
    public void Samples_in_any_order_within_the_lateness_give_the_bytes_of_all_at_once()
    {
        string expected = Bytes(Detect(Feeds));
        Gen.Int[1, 1_000_000]
            .Sample(seed => Bytes(Followed(seed, Feeds, judgedEach: 97)) == expected, iter: 12);
    }

    [Fact]
    public void What_was_let_go_of_long_ago_changes_nothing()
    {
        SeriesSignal[] feeds =
        [
            Series(
                SignalFamily.Probing,
                120 * Day,
                i =>
                    Rhythm(i)
                    * (
                        i is (>= 1000 and < 1060) or (>= 4000 and < 4100) or (>= 5500 and < 5600)
                            ? 0.1
                            : 1
                    )
            ),
            Cut(SignalFamily.Application, 120 * Day, 4000, 4110, 0.05),
            Series(SignalFamily.Routing, 120 * Day, _ => 100),
        ];
        Detection atOnce = Detect(feeds);
        Assert.Contains(
            atOnce.Blind,
            blind => blind.Reason.StartsWith("never changes", StringComparison.Ordinal)
        );
        Assert.Equal(Bytes(atOnce), Bytes(Followed(7, feeds, judgedEach: 200)));
    }

    [Fact]
    public void A_sample_later_than_the_lateness_is_refused_and_counted()
    {
        var live = new LiveDetection(DetectorProfile.Default, Lateness);
        Instant tooLate = At(1000) - Lateness - Duration.FromSeconds(1);
        Assert.Equal(
            (SampleOutcome[])[SampleOutcome.Taken, SampleOutcome.Taken, SampleOutcome.Late],
            [
                live.Take(Feeds[0], new Sample(At(1000), 100, 1)).Outcome,
                live.Take(Feeds[0], new Sample(At(1000) - Lateness, 100, 2)).Outcome,
                live.Take(Feeds[0], new Sample(tooLate, 1, 3)).Outcome,
            ]
        );
        Assert.Equal(1, live.Refused);
    }

    [Fact]
    public void A_sample_that_comes_late_and_moves_the_onset_is_told_as_a_revision()
    {
        var live = new LiveDetection(DetectorProfile.Default, Lateness);
        SeriesSignal feed = Cut(SignalFamily.Probing, 12 * Day, 400, int.MaxValue, 0.02);
        live.TakeAll(
            feed.Samples.Take(410).Where((_, i) => i is not (400 or 401)).Select(s => (feed, s))
        );
        Assert.Equal(At(402), Assert.Single(live.Detect().Disruptions).Start);
        Revision revision = Assert.Single(live.Take(feed, feed.Samples[401]).Revisions);
        Assert.Equal(RevisionKind.Revised, revision.Kind);
        Assert.Contains($"start {At(401)}, was {At(402)}", revision.Changes);
    }

    [Fact]
    public void A_suspicion_that_late_samples_leave_nothing_of_is_withdrawn_aloud()
    {
        var live = new LiveDetection(DetectorProfile.Default, Lateness);
        SeriesSignal feed = Series(SignalFamily.Probing, 12 * Day, i => Rhythm(i));
        Sample Dark(int i) => feed.Samples[i] with { Value = 1, Row = int.MaxValue };
        live.TakeAll(
            feed.Samples.Take(400).Append(Dark(400)).Append(Dark(401)).Select(s => (feed, s))
        );
        Assert.Single(live.Detect().Disruptions);
        // The first word on a moment does not stand when a better row of the same feed comes.
        Assert.Equal(SampleOutcome.Taken, live.Take(feed, feed.Samples[400]).Outcome);
        Taking taking = live.Take(feed, feed.Samples[401]);
        Assert.Empty(live.Detect().Disruptions);
        Assert.True(taking.Revisions.Count <= 1);
    }

    [Fact]
    public void A_sample_ahead_of_the_clock_is_refused_and_makes_no_true_one_late()
    {
        var live = new LiveDetection(DetectorProfile.Default, Lateness);
        SeriesSignal feed = Feeds[0];
        Taking Take(Instant at, Instant now) => live.Take(feed, new Sample(at, 100, 1), now);
        Assert.Equal(SampleOutcome.Taken, Take(At(1000), At(1000)).Outcome);
        Taking ahead = Take(At(1100), At(1001));
        Assert.Equal(SampleOutcome.AheadOfClock, ahead.Outcome);
        Assert.Contains("the clock here shows", ahead.Reason!, StringComparison.Ordinal);
        // A step may be stamped with its end.
        Assert.Equal(SampleOutcome.Taken, Take(At(1002), At(1001)).Outcome);
        Assert.Equal((1, 0), (live.Refused, live.Held));
    }

    [Fact]
    public void A_leap_of_one_feed_waits_and_true_samples_are_still_taken()
    {
        var live = new LiveDetection(DetectorProfile.Default, Lateness);
        live.TakeAll(
            Enumerable.Range(0, 300).SelectMany(i => Feeds.Select(feed => (feed, feed.Samples[i])))
        );
        SampleOutcome Leap(int i) =>
            live.Take(Feeds[1], Feeds[1].Samples[i % 300] with { At = At(90_000 + i) }).Outcome;
        Assert.Equal(SampleOutcome.Held, Leap(0));
        for (int i = 300; i < 400; i++)
        {
            // Its clock runs on wrong while the others go on: a second one of its own confirms nothing.
            Assert.Equal(SampleOutcome.Taken, live.Take(Feeds[0], Feeds[0].Samples[i]).Outcome);
            Assert.Equal(SampleOutcome.Held, Leap(i));
        }

        // Its clock is put right: what it said ahead of time is let go of.
        Assert.Equal(SampleOutcome.Taken, live.Take(Feeds[1], Feeds[1].Samples[400]).Outcome);
        Assert.Equal((101, 0), (live.Refused, live.Held));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 0)]
    public void Feeds_that_resume_after_a_pause_are_taken_once_a_second_sample_stands_by_the_first(
        int first,
        int second
    )
    {
        var live = new LiveDetection(DetectorProfile.Default, Lateness);
        live.TakeAll(
            Enumerable.Range(0, 300).SelectMany(i => Feeds.Select(feed => (feed, feed.Samples[i])))
        );
        Assert.Equal(
            SampleOutcome.Held,
            live.Take(Feeds[first], new Sample(At(560), Rhythm(560), 562)).Outcome
        );
        Assert.Equal(
            SampleOutcome.Taken,
            live.Take(Feeds[second], new Sample(At(561), Rhythm(561), 563)).Outcome
        );
        Assert.Equal((0, 0), (live.Refused, live.Held));
        SeriesSignal[] same =
        [
            .. Feeds.Select(
                (feed, f) =>
                    feed with
                    {
                        Samples = SampleGrid.Lay(
                            [
                                .. feed.Samples.Take(300),
                                .. f == first
                                    ? [new Sample(At(560), Rhythm(560), 562)]
                                    : (Sample[])[],
                                .. f == second
                                    ? [new Sample(At(561), Rhythm(561), 563)]
                                    : (Sample[])[],
                            ],
                            feed.Step
                        ),
                    }
            ),
        ];
        Assert.Equal(Bytes(Detect(same)), Bytes(live.Detect()));
    }

    [Fact]
    public void A_change_of_scale_is_doubted_alike_after_its_history_is_let_go_of()
    {
        SeriesSignal feed = Series(
            SignalFamily.Probing,
            120 * Day,
            i => Rhythm(i) * (i >= 2000 && i < 2400 ? 0.6 : 1)
        );
        Disruption expected = Assert.Single(Detect(feed).Disruptions);
        Assert.Contains(
            expected.SubjectTo,
            caveat => caveat.Contains("change of scale", StringComparison.Ordinal)
        );
        Assert.Equal(Bytes(Detect(feed)), Bytes(Followed(3, [feed], judgedEach: 48)));
    }

    [Theory]
    [InlineData("died")]
    [InlineData("repeats one value")]
    [InlineData("never saw anything")]
    [InlineData("paused for a month and died")]
    public void A_feed_that_cannot_see_does_not_keep_the_samples_of_others(string fate)
    {
        SeriesSignal[] feeds =
        [
            Series(
                SignalFamily.Probing,
                200 * Day,
                i => Rhythm(i) * (i is >= 8000 and < 8060 ? 0.05 : 1)
            ),
            Series(
                SignalFamily.Application,
                200 * Day,
                i =>
                    fate switch
                    {
                        "never saw anything" => 0,
                        "repeats one value" => i < 1000
                            ? Rhythm(i, seed: 2)
                            : Rhythm(1000, seed: 2),
                        "died" => i < 1000 ? Rhythm(i, seed: 2) : null,
                        _ => i is < 1000 or (>= 2500 and < 5000) ? Rhythm(i, seed: 2) : null,
                    }
            ),
        ];
        feeds[1] = feeds[1] with
        {
            Samples = [.. feeds[1].Samples.Where(sample => sample.Value is not null)],
        };
        (Detection followed, int kept) = FollowedAndKept(5, feeds, judgedEach: 96);
        SeriesSignal laid = feeds[1] with { Samples = SampleGrid.Lay(feeds[1].Samples, HalfHour) };
        Assert.Equal(Bytes(Detect(feeds[0], laid)), Bytes(followed));
        Assert.InRange(kept, 1, 2 * 50 * Day);
    }

    [Fact]
    public void A_feed_that_goes_dark_in_ten_countries_at_once_failed_live_as_well()
    {
        string[] countries = ["IR", "SD", "SY", "IQ", "ET", "UA", "MM", "YE", "ML", "NE"];
        SeriesSignal[] feeds =
        [
            .. countries.SelectMany(
                (country, c) =>
                    (SeriesSignal[])
                        [
                            Series(
                                SignalFamily.Probing,
                                20 * Day,
                                i =>
                                    Rhythm(i, seed: c)
                                    * (i is >= 600 and < 640 || (c == 0 && i >= 800) ? 0.02 : 1),
                                Place.OfCountry(country),
                                source: "one feed"
                            ),
                            // One country is dark later, by all that is known.
                            Series(
                                SignalFamily.Application,
                                20 * Day,
                                i => Rhythm(i, seed: 50 + c) * (c == 0 && i >= 800 ? 0.02 : 1),
                                Place.OfCountry(country),
                                source: $"app of {country}"
                            ),
                        ]
            ),
        ];
        Detection batch = Detect(feeds);
        Assert.Contains(
            batch.Blind,
            blind => blind.Reason.Contains("10 of 10 countries", StringComparison.Ordinal)
        );
        Assert.Equal("IR", Assert.Single(batch.Disruptions).Place.Key);
        Assert.Equal(Bytes(batch), Bytes(Followed(11, feeds, judgedEach: 400)));
    }

    [Fact]
    public void What_one_feed_claimed_is_withdrawn_aloud_once_it_is_seen_to_have_failed()
    {
        var live = new LiveDetection(DetectorProfile.Default, Lateness);
        SeriesSignal[] feeds =
        [
            .. Enumerable
                .Range(0, 10)
                .Select(c =>
                    Series(
                        SignalFamily.Probing,
                        10 * Day,
                        i => Rhythm(i, seed: c) * (i >= 470 ? 0.02 : 1),
                        Place.OfCountry($"{(char)('A' + c)}Z"),
                        source: "one feed"
                    )
                ),
        ];
        var revisions = new List<Revision>();
        for (int i = 0; i < feeds[0].Samples.Count; i++)
        {
            if (i < 460)
            {
                live.TakeAll(feeds.Select(feed => (feed, feed.Samples[i])));
                continue;
            }

            revisions.AddRange(
                feeds.SelectMany(feed => live.Take(feed, feed.Samples[i]).Revisions)
            );
        }

        Assert.Contains(revisions, revision => revision.Kind == RevisionKind.Opened);
        Assert.Equal(
            revisions.Count(revision => revision.Kind == RevisionKind.Opened),
            revisions.Count(revision => revision.Kind == RevisionKind.Withdrawn)
        );
        Assert.Empty(live.Detect().Disruptions);
    }

    private static Detection Followed(int seed, SeriesSignal[] feeds, int judgedEach) =>
        FollowedAndKept(seed, feeds, judgedEach).Found;

    private static (Detection Found, int Kept) FollowedAndKept(
        int seed,
        SeriesSignal[] feeds,
        int judgedEach
    )
    {
        // Each sample arrives up to the lateness after its time.
        List<(SeriesSignal Feed, Sample Sample)> arrivals =
        [
            .. feeds
                .SelectMany(
                    (feed, f) =>
                        feed.Samples.Select(
                            (sample, i) =>
                                (
                                    Feed: feed,
                                    Sample: sample,
                                    Arrives: sample.At + (Lateness * (0.99 * Noise(seed + f, i)))
                                )
                        )
                )
                .OrderBy(one => one.Arrives)
                .Select(one => (one.Feed, one.Sample)),
        ];
        var live = new LiveDetection(DetectorProfile.Default, Lateness);
        foreach ((SeriesSignal, Sample)[] some in arrivals.Chunk(judgedEach))
        {
            live.TakeAll(some);
        }

        Assert.Equal(0, live.Refused);
        return (live.Detect(), live.Kept);
    }
}
