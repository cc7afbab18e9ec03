using System.Text.Json;
using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Feeds;

public class FeedHealthTests
{
    private static readonly Instant start = Instant.FromUtc(2026, 1, 1, 0, 0);
    private static readonly FeedHealthProfile profile = FeedHealthProfile.Default;

    [Fact]
    public void A_feed_that_never_spoke_is_blind_from_its_start()
    {
        var health = new FeedHealth("ris", start, profile);
        Assert.Equal(FeedState.Blind, health.State);
        FeedGap gap = Assert.Single(health.Gaps(At(300)));
        Assert.Equal((start, At(300), FeedState.Blind), (gap.From, gap.To, gap.State));
        Assert.Equal("nothing heard yet", gap.Reason);
    }

    [Fact]
    public void A_short_wait_for_the_first_message_is_no_gap()
    {
        var health = new FeedHealth("ris", start, profile);
        health.Heard(At(3), At(3), Peer(1));
        Assert.Equal(FeedState.Healthy, health.State);
        Assert.Empty(health.Gaps(At(60)));
    }

    [Fact]
    public void Silence_of_two_minutes_is_blindness_since_the_last_message()
    {
        var health = new FeedHealth("ris", start, profile);
        health.Heard(At(1), At(1), Peer(1));
        health.Heard(At(10), At(10), Peer(1));
        Assert.Equal(FeedState.Healthy, health.Status(At(129)).State);
        Assert.Equal(FeedState.Blind, health.Status(At(130)).State);
        health.Heard(At(1000), At(1000), Peer(1));
        Assert.Equal(FeedState.Healthy, health.State);
        Assert.Equal(
            [new FeedGap("ris", At(10), At(1000), FeedState.Blind, "no message for 120 s")],
            health.Gaps(At(1001))
        );
    }

    [Fact]
    public void Silence_is_noticed_even_when_nobody_looked_in_between()
    {
        var health = new FeedHealth("ris", start, profile);
        health.Heard(At(1), At(1), Peer(1));
        health.Heard(At(400_000), At(400_000), Peer(1));
        Assert.Equal(At(1), Assert.Single(health.Gaps(At(400_001))).From);
    }

    [Fact]
    public void A_drop_degrades_until_the_next_update_file_can_repair_it()
    {
        var health = new FeedHealth("ris", start, profile);
        Speak(health, 0, 600, peers: 3, everySeconds: 5, droppedAt: 100);
        FeedGap gap = Assert.Single(health.Gaps(At(600)));
        Assert.Equal((FeedState.Degraded, At(100)), (gap.State, gap.From));
        Assert.InRange(gap.To, At(400), At(410));
        Assert.Equal("messages were dropped", gap.Reason);
        Assert.Equal(7, health.Dropped);
    }

    [Fact]
    public void A_feed_whose_messages_come_late_lags_and_a_single_late_one_is_not_enough()
    {
        var health = new FeedHealth("ris", start, profile);
        for (int second = 0; second < 60; second++)
        {
            health.Heard(At(second), At(second == 30 ? second - 500 : second), Peer(1));
        }

        Assert.Empty(health.Gaps(At(60)));
        for (int second = 60; second < 120; second++)
        {
            health.Heard(At(second), At(second - 61), Peer(1));
        }

        Assert.Equal(FeedState.Lagging, health.Status(At(120)).State);
    }

    [Fact]
    public void A_lost_connection_degrades_at_once_and_blinds_after_two_minutes()
    {
        var health = new FeedHealth("ris", start, profile);
        health.Heard(At(10), At(10), Peer(1));
        health.Disconnect(At(20), "the server closed");
        Assert.Equal(FeedState.Degraded, health.State);
        Assert.Equal(FeedState.Blind, health.Status(At(140)).State);
        health.Connect(At(200));
        health.Heard(At(201), At(201), Peer(1));
        IReadOnlyList<FeedGap> gaps = health.Gaps(At(202));
        Assert.Equal(At(20), gaps[0].From);
        Assert.Equal(At(201), gaps[^1].To);
        Assert.Equal(FeedState.Blind, gaps[^1].State);
        Assert.Contains(
            gaps,
            gap => gap.Reason.Contains("the server closed", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_collapsed_rate_degrades_though_the_connection_lives()
    {
        var health = new FeedHealth("ris", start, profile);
        Speak(health, 0, 7200, peers: 5, everySeconds: 1);
        Assert.Empty(health.Gaps(At(7200)));
        // One message a minute instead of sixty.
        Speak(health, 7200, 9000, peers: 5, everySeconds: 60);
        FeedStatus status = health.Status(At(9000));
        Assert.Equal(FeedState.Degraded, status.State);
        Assert.Contains("message rate far below its median", status.Reasons);
        Assert.Equal(60, status.MedianPerMinute);
        FeedGap gap = health.Gaps(At(9000))[0];
        Assert.InRange(gap.From, At(7200), At(7320));
        Speak(health, 9000, 9300, peers: 5, everySeconds: 1);
        Assert.Equal(FeedState.Healthy, health.State);
    }

    [Fact]
    public void Keepalives_alone_do_not_hide_that_the_routes_stopped()
    {
        var health = new FeedHealth("ris", start, profile);
        Speak(health, 0, 7200, peers: 5, everySeconds: 1);
        for (int second = 7200; second < 8000; second++)
        {
            health.Heard(At(second), At(second), Peer(1), carriesRoutes: false);
        }

        Assert.Equal(FeedState.Degraded, health.State);
    }

    [Fact]
    public void A_lower_rate_that_lasts_is_accepted_and_told()
    {
        var health = new FeedHealth("ris", start, profile);
        Speak(health, 0, 7200, peers: 5, everySeconds: 1);
        Speak(health, 7200, 7200 + (7 * 3600), peers: 5, everySeconds: 30);
        Assert.Equal(FeedState.Healthy, health.State);
        Assert.Contains("message rate", Assert.Single(health.Notes), StringComparison.Ordinal);
        FeedGap gap = Assert.Single(health.Gaps(At(7200 + (7 * 3600))));
        Assert.InRange(gap.To - gap.From, Duration.FromMinutes(355), Duration.FromMinutes(365));
    }

    [Fact]
    public void A_silent_peer_grows_stale_and_leaves_the_quorum()
    {
        var health = new FeedHealth("ris", start, profile);
        Speak(health, 0, 600, peers: 10, everySeconds: 1);
        Speak(health, 600, 600 + 1900, peers: 9, everySeconds: 1);
        Assert.False(health.IsLive(Peer(9)));
        Assert.True(health.IsLive(Peer(8)));
        FeedStatus status = health.Status(At(2500));
        Assert.Equal((9, 1), (status.LivePeers, status.StalePeers));
        Assert.Equal(FeedState.Healthy, status.State);
        health.Heard(At(2500), At(2500), Peer(9));
        Assert.True(health.IsLive(Peer(9)));
    }

    [Fact]
    public void A_peer_that_speaks_rarely_is_given_ten_times_its_usual_wait()
    {
        var health = new FeedHealth("ris", start, profile);
        for (int second = 0; second <= 6000; second += 600)
        {
            health.Heard(At(second), At(second), Peer(1));
        }

        for (int second = 6001; second <= 11_900; second++)
        {
            health.Heard(At(second), At(second), Peer(2));
        }

        Assert.True(health.IsLive(Peer(1)));
        for (int second = 11_901; second <= 12_100; second++)
        {
            health.Heard(At(second), At(second), Peer(2));
        }

        Assert.False(health.IsLive(Peer(1)));
    }

    [Fact]
    public void A_feed_that_lost_a_quarter_of_its_peers_is_degraded()
    {
        var health = new FeedHealth("ris", start, profile);
        Speak(health, 0, 7200, peers: 20, everySeconds: 1);
        for (uint peer = 0; peer < 5; peer++)
        {
            health.PeerDown(At(7200), Peer(19 - peer));
        }

        Speak(health, 7201, 7400, peers: 15, everySeconds: 1);
        FeedStatus status = health.Status(At(7400));
        Assert.Equal(
            (FeedState.Degraded, 15, 0, 20),
            (status.State, status.LivePeers, status.StalePeers, status.MedianLivePeers)
        );
    }

    [Fact]
    public void A_peer_that_said_goodbye_is_not_stale()
    {
        var health = new FeedHealth("ris", start, profile);
        health.Heard(At(1), At(1), Peer(1));
        health.PeerDown(At(2), Peer(1));
        FeedStatus status = health.Status(At(10_000));
        Assert.Equal((0, 0), (status.LivePeers, status.StalePeers));
    }

    [Fact]
    public void A_clock_that_steps_back_undoes_nothing()
    {
        var health = new FeedHealth("ris", start, profile);
        health.Heard(At(100), At(100), Peer(1));
        health.Heard(At(50), At(50), Peer(1));
        Assert.Equal(2, health.Messages);
        Assert.Equal(At(100), health.Status(At(60)).LastHeard);
    }

    [Fact]
    public void Gaps_are_ordered_and_do_not_overlap()
    {
        var health = new FeedHealth("ris", start, profile);
        Speak(health, 0, 7200, peers: 5, everySeconds: 1, droppedAt: 500);
        Speak(health, 7200, 9000, peers: 5, everySeconds: 40);
        health.Disconnect(At(9000), "gone");
        health.Advance(At(9900));
        health.Connect(At(9900));
        Speak(health, 9901, 11_000, peers: 2, everySeconds: 1);
        IReadOnlyList<FeedGap> gaps = health.Gaps(At(11_000));
        Assert.True(gaps.Count >= 3);
        Assert.All(gaps, gap => Assert.True(gap.From < gap.To));
        Assert.All(gaps.Zip(gaps.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From));
    }

    [Fact]
    public void A_profile_that_makes_no_sense_is_refused()
    {
        JsonException fault = Assert.Throws<JsonException>(() =>
            FeedHealthProfile.Read("""{"name": "x", "version": 1}"""u8)
        );
        Assert.Contains("laggingAfterSeconds", fault.Message, StringComparison.Ordinal);
        string wrong = JsonSerializer.Serialize(
            profile with
            {
                LivePeerShareMinimum = 80,
            },
            Json.Compact
        );
        Assert.Throws<JsonException>(() =>
            FeedHealthProfile.Read(System.Text.Encoding.UTF8.GetBytes(wrong))
        );
    }

    private static Instant At(long seconds) => start + Duration.FromSeconds(seconds);

    private static BgpPeer Peer(uint number) =>
        new(new Asn(64500 + number), (UInt128)(0xC0000201 + number) << 96, IsV6: false);

    private static void Speak(
        FeedHealth health,
        int from,
        int until,
        uint peers,
        int everySeconds,
        int droppedAt = -1
    )
    {
        for (int second = from; second < until; second += everySeconds)
        {
            if (second == droppedAt)
            {
                health.Drop(At(second), 7);
            }

            health.Heard(At(second), At(second), Peer((uint)(second / everySeconds) % peers));
        }

        health.Advance(At(until));
    }
}
