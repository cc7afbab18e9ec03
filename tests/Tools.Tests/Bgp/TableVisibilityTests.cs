using Breakwater.Bgp;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Tests.Bgp;

public class TableVisibilityTests
{
    [Fact]
    public void Kept_counts_are_those_of_a_recount_from_scratch() =>
        Gen.Select(
                TableOperation.Sequences(peers: 6),
                Gen.Int[1, 20],
                Gen.Int[0, 4].Select(at => VisibilityRules.Cuts[at])
            )
            .Sample(
                (operations, every, cut) =>
                {
                    var table = new RouteTable();
                    var visibility = new Visibility(table, new VisibilityRules { Cut = cut });
                    VisibleSpace origins = visibility.Space(VisibleSpace.ByOrigin);
                    var recount = new Recount(cut);
                    var decoder = new MrtDecoder(new MrtFaults());
                    var reader = new MrtReader(
                        operations.Select((operation, index) => operation.Record((uint)index)),
                        new MrtFaults()
                    );
                    for (int at = 0; at < operations.Length; at++)
                    {
                        for (int rest = operations[at].Act is 2 or 3 ? 2 : 1; rest > 0; rest--)
                        {
                            Assert.True(reader.Read(out MrtRecord record));
                            var visitor = new Told(
                                table,
                                visibility,
                                table.Peers.Feed(operations[at].FeedName)
                            );
                            decoder.Decode(record, ref visitor);
                        }

                        if (at % every == 0)
                        {
                            visibility.Settle();
                            recount.Compare(table, visibility, origins);
                        }
                    }
                },
                iter: 400
            );

    [Fact]
    public void A_peer_that_gives_part_of_the_table_does_not_enter_the_quorum()
    {
        var table = new RouteTable();
        MrtBytes octets = new();
        for (int index = 0; index < 8; index++)
        {
            _ = octets
                .Announce(1, 64500, $"198.51.{index}.0/24", 64500, 64510)
                .Announce(1, 64501, $"198.51.{index}.0/24", 64501, 64510);
        }

        Load(table, octets.Announce(1, 64502, "198.51.0.0/24", 64502, 64510), isBaseline: true);
        var visibility = new Visibility(table);
        visibility.MarkAll();
        visibility.Settle();
        Assert.Equal(2, visibility.FullFeedPeerAses(isV6: false));
        Assert.Equal(2, visibility.PeerAses(0));
        Assert.Equal(8, visibility.VisiblePrefixes(isV6: false, cut: 1));
    }

    [Fact]
    public void Constants_for_full_feeds_fit_no_small_table()
    {
        var table = new RouteTable();
        Load(table, new MrtBytes().Announce(1, 64500, "192.0.2.0/24", 64510), isBaseline: true);
        var visibility = new Visibility(
            table,
            new VisibilityRules { FullFeed = FullFeedRule.Ioda }
        );
        visibility.MarkAll();
        visibility.Settle();
        Assert.Empty(visibility.FullFeedPeers(isV6: false));
        Assert.Equal(0, visibility.VisiblePrefixes(isV6: false, cut: 0));
    }

    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(0.25, 10, 3)]
    [InlineData(0.5, 10, 6)]
    [InlineData(0.5, 11, 6)]
    [InlineData(1, 10, 10)]
    [InlineData(0.5, 0, 1)]
    [InlineData(0.5, 1, 1)]
    public void More_than_the_cut_of_the_peer_ASes_are_needed(double cut, int ases, int needed) =>
        Assert.Equal(needed, VisibilityRules.Needed(cut, ases));

    [Fact]
    public void Space_of_a_country_is_the_union_over_its_ASes()
    {
        var table = new RouteTable();
        Load(
            table,
            new MrtBytes()
                .Announce(1, 64500, "198.51.100.0/22", 64500, 64510)
                .Announce(1, 64500, "198.51.101.0/24", 64500, 64511)
                .Announce(1, 64500, "203.0.113.0/25", 64500, 64512),
            isBaseline: true
        );
        var visibility = new Visibility(table);
        var countries = new OriginCountries(
            new Dictionary<Asn, string>
            {
                [new Asn(64510)] = "AA",
                [new Asn(64511)] = "AA",
                [new Asn(64512)] = "BB",
            }
        );
        VisibleSpace space = visibility.Space(countries.Of);
        visibility.Settle();
        Assert.Equal(["AA", "BB"], countries.Names);
        Assert.Equal(4, space.Blocks(0, isV6: false));
        Assert.Equal(2, space.Prefixes(0, isV6: false));
        Assert.Equal(1, space.Blocks(1, isV6: false));
    }

    /// <summary>Reads messages; as a baseline when asked, by an entry of a table dump for a default route that is not counted.</summary>
    private static void Load(RouteTable table, MrtBytes octets, bool isBaseline)
    {
        if (isBaseline)
        {
            byte[] path = MrtBytes.Attributes(MrtBytes.Path(4, 64999));
            octets
                .Record(
                    1,
                    13,
                    1,
                    [0, 0, 0, 1, 0, 0, 0, 1, 2, 0, 0, 0, 9, 10, 9, 9, 9, 0, 0, 253, 231]
                )
                .Record(
                    1,
                    13,
                    2,
                    [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1],
                    MrtBytes.U16(path.Length),
                    path
                );
        }

        var visitor = new TableVisitor(table, table.Peers.Feed("rrc00"));
        var faults = new MrtFaults();
        MrtDecoder.ReadAll(new MrtReader(octets.ToArray(), faults), ref visitor);
        Assert.Equal(0, faults.Count);
    }

    private readonly struct Told(RouteTable table, Visibility visibility, int feed) : IRouteVisitor
    {
        public void Announced(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes
        ) => visibility.Changed(table.Announce(feed, peer, nlri, attributes));

        public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) =>
            visibility.Changed(table.Withdraw(feed, peer, nlri));

        public void RibEntry(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes,
            uint originatedAt
        ) => visibility.Changed(table.Announce(feed, peer, nlri, attributes, isTable: true));

        public void StateChanged(
            in MrtRecord record,
            in BgpPeer peer,
            SessionState from,
            SessionState to
        )
        {
            if (table.ChangeState(feed, peer, from, to, out int number) == SessionEffect.Reset)
            {
                visibility.WentDown(number);
            }
        }
    }
}
