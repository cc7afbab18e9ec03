using Breakwater.Bgp;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Tests;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>A collector that stops is blind: what its peers held is neither up nor down.</summary>
public sealed class SignalsGapsTests
{
    private const uint Start = 1_700_000_000;
    private const uint Minute = 60;

    [Fact]
    public void A_collector_that_stops_while_another_goes_on_is_blind_and_makes_no_outage()
    {
        RoutingRead read = Read(("rrc00", Busy(0, 30)), ("rrc01", Busy(0, 90)));
        FeedGap gap = Assert.Single(read.Gaps);
        Assert.Equal(("rrc00", FeedState.Blind), (gap.Feed, gap.State));
        Assert.Equal(At(30 * Minute - 1), gap.From);
        Assert.Equal(At(90 * Minute - 1), gap.To);

        Detection detection = DisruptionsFromSignals.Detect(
            read.Signals,
            DetectorProfile.Default,
            gaps: read.Gaps
        );
        Assert.Empty(detection.Disruptions);
        Blind blind = Assert.Single(detection.Blind);
        Assert.Equal(("rrc00", gap.From, gap.To), (blind.Feed, blind.From, blind.To));
    }

    [Fact]
    public void A_collector_that_is_silent_in_between_is_blind_until_it_speaks()
    {
        RoutingRead read = Read(("rrc00", [.. Busy(0, 30), .. Busy(50, 80)]));
        FeedGap gap = Assert.Single(read.Gaps);
        Assert.Equal((At(30 * Minute - 1), At(50 * Minute)), (gap.From, gap.To));
    }

    [Fact]
    public void A_quiet_collector_is_not_blind_by_being_quiet() =>
        Assert.Empty(
            Read(
                (
                    "rrc00",
                    new MrtBytes()
                        .Announce(Start, 64500, "192.0.2.0/24", 64500, 64510)
                        .Announce(Start + 3000, 64500, "192.0.2.0/24", 64500, 64510)
                        .ToArray()
                )
            ).Gaps
        );

    [Fact]
    public void A_gap_is_cut_at_the_knowledge_date()
    {
        var gap = new FeedGap("rrc00", At(0), At(600), FeedState.Degraded, "2 dropped");
        Detection detection = DisruptionsFromSignals.Detect(
            [],
            DetectorProfile.Default,
            asOf: At(60),
            gaps: [gap, gap with { From = At(60) }]
        );
        Blind blind = Assert.Single(detection.Blind);
        Assert.Equal((At(0), At(60), "Degraded: 2 dropped"), (blind.From, blind.To, blind.Reason));
    }

    private static Instant At(long seconds) => Instant.FromUnixTimeSeconds(Start + seconds);

    private static RoutingRead Read(params (string Feed, byte[] Octets)[] feeds) =>
        SignalsFromRoutes.Read(
            [],
            [.. feeds.Select(feed => new MrtRouteInput(feed.Feed, feed.Feed, "", [feed.Octets]))],
            DepartureContext.Nothing
        );

    /// <summary>A message every second.</summary>
    private static byte[] Busy(uint fromMinute, uint toMinute)
    {
        var octets = new MrtBytes();
        for (uint at = fromMinute * Minute; at < toMinute * Minute; at++)
        {
            octets.Announce(Start + at, 64500, "192.0.2.0/24", 64500, 64510);
        }

        return octets.ToArray();
    }
}
