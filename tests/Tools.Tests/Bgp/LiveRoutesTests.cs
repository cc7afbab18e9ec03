using Breakwater.Bgp;
using CsCheck;
using Xunit;

namespace Breakwater.Tests.Bgp;

public sealed class LiveRoutesTests
{
    private const uint Start = 1_700_000_000;

    [Fact]
    public void The_watch_behind_a_table_finds_what_it_finds_alone() =>
        TableOperation
            .Sequences(peers: 6)
            .Sample(operations =>
            {
                var alone = new OriginWatch();
                var live = new LiveRoutes();
                for (int at = 0; at < operations.Length; at++)
                {
                    ReadOnlyMemory<byte> record = operations[at].Record(Start + (uint)at);
                    alone.From(at, operations[at].FeedName);
                    live.From(at, operations[at].FeedName);
                    MrtDecoder.ReadAll(new MrtReader(record, new MrtFaults()), ref alone);
                    MrtDecoder.ReadAll(new MrtReader(record, new MrtFaults()), ref live);
                }

                Compare(alone, live.Origins);
            });

    [Fact]
    public void One_address_with_two_AS_numbers_is_one_session_to_the_watch_behind_a_table()
    {
        var octets = new MrtBytes()
            .Announce(1, 64500, "198.51.100.0/24", 64500, 64510)
            .Announce(1, 64500 + 256, "198.51.100.0/24", 64501, 64511)
            .Announce(1, 64500, "198.51.100.0/24", 64500, 64510)
            .ToArray();
        var alone = new OriginWatch();
        var live = new LiveRoutes();
        alone.From(0, "rrc00");
        live.From(0, "rrc00");
        MrtDecoder.ReadAll(new MrtReader(octets, new MrtFaults()), ref alone);
        MrtDecoder.ReadAll(new MrtReader(octets, new MrtFaults()), ref live);
        Compare(alone, live.Origins);
    }

    private static void Compare(OriginWatch alone, OriginWatch live)
    {
        Assert.Equal(alone.FirstMicroseconds, live.FirstMicroseconds);
        Assert.Equal(alone.LastMicroseconds, live.LastMicroseconds);
        Assert.Equal(alone.Resets, live.Resets);
        Assert.Equal(alone.HasBaseline, live.HasBaseline);
        Assert.Equivalent(
            alone.Departures(DepartureContext.Nothing),
            live.Departures(DepartureContext.Nothing),
            strict: true
        );
    }
}
