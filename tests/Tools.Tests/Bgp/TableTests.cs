using System.Buffers;
using Breakwater.Bgp;
using Breakwater.Vocabulary;
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

    private static RouteTable Read(MrtBytes octets)
    {
        var table = new RouteTable();
        var visitor = new TableVisitor(table, table.Peers.Feed("rrc00"));
        MrtDecoder.ReadAll(new MrtReader(octets.ToArray(), new MrtFaults()), ref visitor);
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
        // The path that the last change replaced is kept until the next change.
        Assert.InRange(table.Paths.Count, paths, paths + 1);
    }
}
