using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Fuzz;

/// <summary>What holds routes, fed from damaged MRT.</summary>
internal static class TableTargets
{
    public static IEnumerable<FuzzTarget> All =>
        [
            new FuzzTarget("table", MrtTargets.Seeds, Fill),
            new FuzzTarget("departures", DepartureSeeds, Watch),
        ];

    /// <summary>The counts that the table keeps must be those of the routes in it.</summary>
    private static ulong Fill(byte[] input)
    {
        var table = new RouteTable(
            new RouteTableLimits
            {
                Prefixes = 512,
                Peers = 70,
                Paths = 256,
                PathsOfOnePeer = 8,
            }
        );
        int feed = table.Peers.Feed("feed");
        var visitor = new TableVisitor(table, feed);
        var reader = new MrtReader(input, new MrtFaults(), recovers: true);
        MrtDecoder.ReadAll(reader, ref visitor);
        Recount(table);
        for (int peer = 0; peer < table.Peers.Count; peer++)
        {
            for (int from = 0; table.TryDropStale(peer, ref from, out _); ) { }

            if (table.StaleSize(peer) != 0)
            {
                throw new InvalidOperationException("stale routes left of a peer");
            }
        }

        Recount(table);
        var outcome = new Outcome();
        outcome.AddCount(table.Routes);
        outcome.AddCount(table.RoutedPrefixes);
        outcome.AddCount(table.Refused);
        outcome.AddCount(table.Resets);
        outcome.AddCount(table.Paths.Count);
        outcome.Add(table.HasBaseline(feed));
        return outcome.Value;
    }

    private static void Recount(RouteTable table)
    {
        long routes = 0;
        int routed = 0;
        int[] held = new int[2 * table.Peers.Count];
        for (int prefix = 0; prefix < table.Prefixes.Count; prefix++)
        {
            int last = -1;
            bool isHeld = false;
            bool has = false;
            foreach (HeldRoute route in table.RoutesOf(prefix))
            {
                has = true;
                routes++;
                isHeld |= !route.IsStale;
                _ = table.Paths.Asns(route.Path).Length + table.Paths.Segments(route.Path).Length;
                if (route.Peer != last && !route.IsStale)
                {
                    last = route.Peer;
                    held[2 * route.Peer + (table.Prefixes.IsV6(prefix) ? 1 : 0)]++;
                }
            }

            routed += has ? 1 : 0;
            if (has != table.HasRoutes(prefix) || isHeld != table.IsHeld(prefix))
            {
                throw new InvalidOperationException($"prefix {prefix} is held or not");
            }
        }

        if (routes != table.Routes || routed != table.RoutedPrefixes)
        {
            throw new InvalidOperationException(
                $"{table.Routes} routes of {table.RoutedPrefixes} prefixes, counted {routes} of {routed}"
            );
        }

        for (int peer = 0; peer < table.Peers.Count; peer++)
        {
            if (
                table.TableSize(peer, isV6: false) != held[2 * peer]
                || table.TableSize(peer, isV6: true) != held[2 * peer + 1]
            )
            {
                throw new InvalidOperationException(
                    $"peer {peer} holds another number of prefixes"
                );
            }
        }
    }

    /// <summary>Departures of origins, expectations and leaks, and series of visibility: twice, with one result.</summary>
    private static ulong Watch(byte[] input)
    {
        ulong first = WatchOnce(input);
        return first == WatchOnce(input)
            ? first
            : throw new InvalidOperationException("a second reading differs from the first");
    }

    private static ulong WatchOnce(byte[] input)
    {
        var context = DepartureContext.Nothing with
        {
            Expectations = new Expectations([
                new Expectation { Prefix = MrtTargets.Prefix4, Origins = [new Asn(64500)] },
            ]),
        };
        RoutingRead read = SignalsFromRoutes.Read(
            [],
            [new MrtRouteInput("feed", "input", "", [input])],
            context
        );
        var outcome = new Outcome();
        outcome.AddCount(read.Signals.Count);
        foreach (Signal signal in read.Signals.Take(8))
        {
            outcome.Add(signal.GetType().Name);
        }

        outcome.AddCount(read.Faults.Count);
        foreach (string note in read.Notes)
        {
            outcome.Add(note);
        }

        return outcome.Value;
    }

    private static IReadOnlyList<byte[]> DepartureSeeds()
    {
        IReadOnlyList<byte[]> seeds = MrtTargets.Seeds();
        var octets = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MrtWriter(octets);
        uint seconds = 1_700_000_100;
        foreach (uint origin in (uint[])[64999, 64500, 64998])
        {
            foreach (BgpPeer peer in (BgpPeer[])[MrtTargets.Four, MrtTargets.Six])
            {
                writer.Message(
                    seconds++,
                    0,
                    peer,
                    new BgpMessageWriter()
                        .Origin(RouteOrigin.Igp)
                        .AsPath([peer.Asn.Number, 64501, origin])
                        .NextHop([192, 0, 2, 1])
                        .Update([], [MrtTargets.Prefix4, MrtTargets.Narrow4])
                );
            }
        }

        writer.StateChange(seconds, 0, MrtTargets.Six, SessionState.Established, SessionState.Idle);
        return
        [
            [.. seeds[1], .. octets.WrittenSpan],
            [.. octets.WrittenSpan],
            .. seeds,
        ];
    }
}
