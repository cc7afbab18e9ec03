using Breakwater.Bgp;
using CsCheck;
using Xunit;

namespace Breakwater.Tests.Bgp;

public class TableTests
{
    [Fact]
    public void The_table_agrees_with_a_dictionary_after_every_record() =>
        TableOperation
            .Sequences(peers: 5)
            .Sample(operations => Replay(operations, compareEach: true), iter: 300);

    [Fact]
    public void The_table_agrees_with_a_dictionary_for_more_peers_than_a_word_has_bits() =>
        TableOperation
            .Sequences(peers: 150, longest: 1500)
            .Sample(operations => Replay(operations, compareEach: false), iter: 60);

    [Fact]
    public void A_withdrawal_of_an_unknown_prefix_changes_nothing()
    {
        RouteTable table = Read(new MrtBytes().Withdraw(1, 64500, "192.0.2.0/24"));
        Assert.Equal(0, table.Routes);
        Assert.False(table.IsHeld(0));
    }

    [Fact]
    public void Chunks_of_any_size_make_the_same_table() =>
        Gen.Select(TableOperation.Sequences(peers: 5), Gen.Int[1, 50])
            .Sample(
                (operations, chunk) =>
                {
                    byte[] octets =
                    [
                        .. operations.SelectMany(
                            (operation, index) => operation.Record((uint)index).ToArray()
                        ),
                    ];
                    Assert.Equal(
                        TableModel.Lines(Read([octets])),
                        TableModel.Lines(
                            Read(octets.Chunk(chunk).Select(piece => (ReadOnlyMemory<byte>)piece))
                        )
                    );
                },
                iter: 100
            );

    [Fact]
    public void Several_inputs_are_merged_by_time()
    {
        byte[] early = new MrtBytes()
            .Announce(1, 64500, "192.0.2.0/24", 64500, 64510)
            .Announce(5, 64500, "192.0.2.0/24", 64500, 64511)
            .ToArray();
        byte[] late = new MrtBytes()
            .Announce(3, 64500, "192.0.2.0/24", 64500, 64512)
            .Announce(9, 64500, "198.51.100.0/24", 64500)
            .Raw(1, 2, 3)
            .ToArray();
        var faults = new MrtFaults();
        var merge = new MrtMerge([
            new MrtReader(late, faults),
            new MrtReader(early, new MrtFaults()),
        ]);
        List<(int, uint)> order = [];
        while (merge.Read(out int input, out MrtRecord record))
        {
            order.Add((input, record.Seconds));
        }

        Assert.Equal([(1, 1), (0, 3), (1, 5), (0, 9)], order);
        Assert.Equal(1, faults.Count);
    }

    [Fact]
    public void Past_its_limits_a_table_counts_what_it_leaves_out()
    {
        MrtBytes octets = new();
        for (uint index = 0; index < 10; index++)
        {
            _ = octets.Announce(1, 64500 + index, $"192.0.{index}.0/24", 64500 + index);
        }

        var prefixes = Read(octets, new RouteTableLimits { Prefixes = 4 });
        Assert.Equal((4, 6L), (prefixes.RoutedPrefixes, prefixes.Refused));
        var peers = Read(octets, new RouteTableLimits { Peers = 3 });
        Assert.Equal((3, 7L), (peers.Peers.Count, peers.Refused));
        var paths = Read(octets, new RouteTableLimits { Paths = 2 });
        Assert.Equal((2L, 8L), (paths.Routes, paths.Refused));
        var origins = Read(octets, new RouteTableLimits { Origins = 5 });
        Assert.Equal((5L, 5L), (origins.Routes, origins.Refused));
    }

    [Fact]
    public void More_peers_than_fit_beside_the_prefixes_are_left_out()
    {
        MrtBytes octets = new();
        for (uint peer = 0; peer < 100; peer++)
        {
            _ = octets.Announce(1, 70_000 + peer, "192.0.2.0/24", 70_000 + peer);
        }

        Assert.Equal(100, Read(octets).Peers.Count);
        var table = Read(octets, new RouteTableLimits { PrefixesTimesPeers = 64 });
        Assert.Equal((64, 64L, 36L), (table.Peers.Count, table.Routes, table.Refused));
    }

    [Fact]
    public void A_peer_that_gives_path_after_path_is_stopped_at_a_limit()
    {
        MrtBytes octets = new();
        byte[] attributes = MrtBytes.Attributes(MrtBytes.Path(4, 64500));
        for (uint id = 0; id < 50; id++)
        {
            byte[] nlri = [.. MrtBytes.U32(id), .. MrtBytes.Nlri("192.0.2.0/24")];
            byte[] update = MrtBytes.UpdateOf([], attributes, nlri);
            _ = octets.Record(1, 16, 9, MrtBytes.Peer(64500), MrtBytes.Message(update));
        }

        var table = Read(octets, new RouteTableLimits { PathsOfOnePeer = 20 });
        Assert.Equal((20L, 30L), (table.Routes, table.Refused));
        Assert.Equal(1, table.PeerAses(0));
    }

    [Fact]
    public void Routes_that_come_and_go_allocate_nothing_and_take_no_more_room()
    {
        MrtBytes octets = new();
        for (uint round = 0; round < 3; round++)
        {
            for (uint prefix = 0; prefix < 200; prefix++)
            {
                uint peer = 64500 + ((prefix + round) % 7);
                string text = $"10.{prefix}.0.0/16";
                _ =
                    (prefix + round) % 3 == 0
                        ? octets.Withdraw(round, peer, text)
                        : octets.Announce(
                            round,
                            peer,
                            text,
                            peer,
                            64600 + round,
                            65000 + prefix % 50
                        );
            }
        }

        byte[] content = octets.ToArray();
        var table = new RouteTable();
        var visibility = new Visibility(table);
        VisibleSpace space = visibility.Space(VisibleSpace.ByOrigin);
        for (int warm = 0; warm < 3; warm++)
        {
            Replay(content, table, visibility);
        }

        long room = table.Octets;
        const int rounds = 50;
        long elements = rounds * 600L;
        long allocated = long.MaxValue;
        // A collection that other tests bring about throws away what is left of this thread's room, and it counts as used.
        for (int attempt = 0; attempt < 4; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int round = 0; round < rounds; round++)
            {
                Replay(content, table, visibility);
            }

            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(allocated < elements, $"{allocated} octets for {elements} elements");
        Assert.Equal(room, table.Octets);
        Assert.True(space.Blocks(0, isV6: false) > 0);
    }

    private static void Replay(byte[] content, RouteTable table, Visibility visibility)
    {
        var reader = new MrtReader(content, new MrtFaults());
        var decoder = new MrtDecoder(reader.Faults);
        var told = new Told(table, visibility);
        while (reader.Read(out MrtRecord record))
        {
            decoder.Decode(record, ref told);
        }

        visibility.Settle();
    }

    private static RouteTable Read(MrtBytes octets, RouteTableLimits? limits = null) =>
        Read([octets.ToArray()], limits);

    private static RouteTable Read(
        IEnumerable<ReadOnlyMemory<byte>> chunks,
        RouteTableLimits? limits = null
    )
    {
        var table = new RouteTable(limits);
        var visitor = new TableVisitor(table, table.Peers.Feed("rrc00"));
        MrtDecoder.ReadAll(new MrtReader(chunks, new MrtFaults()), ref visitor);
        return table;
    }

    private static void Replay(TableOperation[] operations, bool compareEach)
    {
        var table = new RouteTable();
        var model = new TableModel("rrc00");
        var decoder = new MrtDecoder(new MrtFaults());
        var reader = new MrtReader(
            operations.Select((operation, index) => operation.Record((uint)index)),
            new MrtFaults()
        );
        foreach (TableOperation operation in operations)
        {
            // A table entry takes two records: the peer index table and the row.
            for (int records = operation.Act is 2 or 3 ? 2 : 1; records > 0; records--)
            {
                Assert.True(reader.Read(out MrtRecord record));
                var visitor = new TableVisitor(table, table.Peers.Feed(operation.FeedName));
                TableModel expected = model.Of(operation.FeedName);
                decoder.Decode(record, ref visitor);
                decoder.Decode(record, ref expected);
            }

            if (compareEach)
            {
                Compare(model, table);
            }
        }

        Compare(model, table);
    }

    private static void Compare(TableModel model, RouteTable table)
    {
        Assert.Equal(model.Lines(), TableModel.Lines(table));
        Assert.Equal(model.Routes.Count, table.Routes);
        for (int peer = 0; peer < table.Peers.Count; peer++)
        {
            string feed = table.Peers.FeedName(table.Peers.FeedOf(peer));
            var own = model.Routes.Where(route =>
                route.Key.Feed == feed && route.Key.Peer == table.Peers[peer]
            );
            foreach (bool isV6 in (bool[])[false, true])
            {
                int held = own.Where(route => !route.Value.IsStale)
                    .Select(route => route.Key.Prefix)
                    .Distinct()
                    .Count(prefix => prefix.IsV6 == isV6);
                Assert.Equal(held, table.TableSize(peer, isV6));
            }

            int stale = own.Where(route => route.Value.IsStale)
                .Select(route => route.Key.Prefix)
                .Distinct()
                .Count();
            Assert.Equal(stale, table.StaleSize(peer));
        }

        var ases = model
            .Routes.Where(route => !route.Value.IsStale)
            .GroupBy(route => route.Key.Prefix, route => route.Key.Peer.Asn)
            .ToDictionary(group => group.Key, group => group.Distinct().Count());
        for (int prefix = 0; prefix < table.Prefixes.Count; prefix++)
        {
            int expected = ases.GetValueOrDefault(table.Prefixes[prefix]);
            Assert.Equal(expected, table.PeerAses(prefix));
            Assert.Equal(expected > 0, table.IsHeld(prefix));
        }

        int paths = model.Routes.Select(route => route.Value.Path).Distinct().Count();
        // The path that the last change replaced is kept until the next change, and the last one of each peer.
        Assert.InRange(table.Paths.Count, paths, paths + 1 + table.Peers.Count);
    }

    private readonly struct Told(RouteTable table, Visibility visibility) : IRouteVisitor
    {
        public void Announced(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes
        ) => visibility.Changed(table.Announce(0, peer, nlri, attributes));

        public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) =>
            visibility.Changed(table.Withdraw(0, peer, nlri));

        public void RibEntry(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes,
            uint originatedAt
        ) => Announced(record, peer, nlri, attributes);

        public void StateChanged(
            in MrtRecord record,
            in BgpPeer peer,
            SessionState from,
            SessionState to
        ) { }
    }
}
