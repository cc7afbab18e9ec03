using Breakwater.Signals;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Feeds;

public class FeedGapsOfRecordsTests
{
    private static readonly FeedHealthProfile profile = FeedHealthProfile.Default;

    [Fact]
    public void A_hole_in_a_busy_feed_is_a_gap()
    {
        var gaps = new FeedGapsOfRecords("rrc00", profile);
        Speak(gaps, 0, 1200, everySeconds: 1);
        Speak(gaps, 1500, 3600, everySeconds: 1);
        Assert.Equal(
            [
                new FeedGap(
                    "rrc00",
                    Instant.FromUnixTimeSeconds(1199),
                    Instant.FromUnixTimeSeconds(1500),
                    FeedState.Blind,
                    "no record for more than 120 s"
                ),
            ],
            gaps.Gaps()
        );
    }

    [Fact]
    public void A_long_hole_does_not_make_the_feed_look_quiet()
    {
        var gaps = new FeedGapsOfRecords("rrc00", profile);
        Speak(gaps, 0, 1200, everySeconds: 1);
        Speak(gaps, 100_000, 101_200, everySeconds: 1);
        Assert.Single(gaps.Gaps());
    }

    [Fact]
    public void A_quiet_feed_makes_no_gap_by_being_quiet()
    {
        var gaps = new FeedGapsOfRecords("rrc99", profile);
        Speak(gaps, 0, 7200, everySeconds: 150);
        Assert.Empty(gaps.Gaps());
    }

    [Fact]
    public void A_feed_that_speaks_in_rare_bursts_is_not_busy()
    {
        var gaps = new FeedGapsOfRecords("rrc99", profile);
        for (int burst = 0; burst < 20; burst++)
        {
            Speak(gaps, burst * 600, (burst * 600) + 59, everySeconds: 1);
        }

        Assert.Empty(gaps.Gaps());
    }

    [Fact]
    public void A_file_that_is_missing_is_a_gap()
    {
        Instant start = Instant.FromUtc(2026, 1, 1, 0, 0);
        Instant At(int minutes) => start + Duration.FromMinutes(minutes);
        IReadOnlyList<FeedGap> gaps = FeedGapsOfRecords.MissingFiles(
            "rrc00",
            [At(10), At(5), At(20)],
            Duration.FromMinutes(5),
            new Interval(start, At(40))
        );
        Assert.Equal(
            [(At(0), At(5)), (At(15), At(20)), (At(25), At(40))],
            gaps.Select(gap => (gap.From, gap.To))
        );
    }

    private static void Speak(FeedGapsOfRecords gaps, int from, int until, int everySeconds)
    {
        for (int second = from; second < until; second += everySeconds)
        {
            gaps.Record(second);
        }
    }
}
