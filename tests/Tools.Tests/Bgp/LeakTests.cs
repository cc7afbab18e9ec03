using System.Buffers.Binary;
using System.Text;
using Breakwater.Bgp;
using Breakwater.Feeds;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Bgp;

public sealed class LeakTests
{
    // 1 and 2 are peers at the top; 10 buys from 1 and 2; 20 buys from 2; 11 buys from 10; 10, 30 and 31 are peers of each other in a row.
    private const string Links = """
        # a comment
        1|2|0
        1|10|-1
        2|10|-1|bgp
        2|20|-1|mlp
        10|11|-1
        10|30|0
        10|31|0
        """;

    private static readonly AsRelationships _links = AsRelationships.Read(
        SourceFile.Of("links", Encoding.UTF8.GetBytes(Links))
    );

    private static readonly BgpPeer _peerA = new(new Asn(100), 1, IsV6: false);
    private static readonly BgpPeer _peerB = new(new Asn(200), 2, IsV6: false);
    private static readonly IpPrefix _prefix = IpPrefixes.Of("192.0.2.0/24");
    private static readonly Instant _start = Instant.FromUtc(2026, 1, 1, 0, 0);

    [Fact]
    public void Relationships_are_read_in_both_directions()
    {
        Assert.Empty(_links.Faults);
        Assert.Equal(7, _links.Count);
        Assert.Equal(AsRelationship.Provider, _links.Of(new Asn(1), new Asn(10)));
        Assert.Equal(AsRelationship.Customer, _links.Of(new Asn(10), new Asn(1)));
        Assert.Equal(AsRelationship.Peer, _links.Of(new Asn(2), new Asn(1)));
        Assert.Equal(AsRelationship.Unknown, _links.Of(new Asn(1), new Asn(20)));
    }

    [Fact]
    public void A_line_that_is_no_link_is_a_fault_and_the_others_are_read()
    {
        AsRelationships read = AsRelationships.Read(
            SourceFile.Of(
                "links",
                Encoding.UTF8.GetBytes("1|2|-1\nx|2|0\n1|2\n3|3|0\n4|5|7\n2|1|-1\r\n6|7|0")
            )
        );
        Assert.Equal(2, read.Count);
        Assert.Equal(
            ["line 2", "line 3", "line 4", "line 5", "line 6"],
            read.Faults.Select(fault => fault.At)
        );
        Assert.Equal(AsRelationship.Provider, read.Of(new Asn(1), new Asn(2)));
    }

    [Theory]
    [InlineData("2 10 1 5", LeakKind.Type1, 10, 1, 2)]
    [InlineData("31 10 30 5", LeakKind.Type2, 10, 30, 31)]
    [InlineData("30 10 1 5", LeakKind.Type3, 10, 1, 30)]
    [InlineData("2 10 30 5", LeakKind.Type4, 10, 30, 2)]
    [InlineData("2 10 10 10 30 30 5", LeakKind.Type4, 10, 30, 2)]
    public void Each_valley_of_RFC_7908_is_named(
        string path,
        LeakKind kind,
        uint leaker,
        uint from,
        uint to
    )
    {
        LeakFinding finding = Assert.Single(Find(path, null, AspaSet.Empty, _links));
        Assert.Equal(
            new LeakFinding(kind, LeakBasis.Inferred, new Asn(leaker), new Asn(from), new Asn(to)),
            finding
        );
        Assert.InRange(finding.Score, 1, 3);
    }

    [Theory]
    [InlineData("20 2 1 10 11")]
    [InlineData("2 10 11")]
    [InlineData("11 10 1 5")]
    [InlineData("11 10 30 5")]
    [InlineData("1 10")]
    [InlineData("2 99 1 5")]
    [InlineData("2 10 99 1")]
    public void Paths_that_follow_the_rules_or_are_not_known_are_no_leaks(string path) =>
        Assert.Empty(Find(path, null, AspaSet.Empty, _links));

    [Fact]
    public void A_route_for_customers_only_that_goes_up_or_across_is_a_leak_by_who_passed_it_on()
    {
        // 1 marked it; 10 had it from 1 and gave it to its provider 2.
        LeakFinding up = Find("2 10 1 5", 1, AspaSet.Empty, _links)[0];
        Assert.Equal(
            new LeakFinding(
                LeakKind.OnlyToCustomer,
                LeakBasis.Inferred,
                new Asn(10),
                new Asn(1),
                new Asn(2)
            ),
            up
        );
        Assert.Equal(LeakKind.OnlyToCustomer, Find("30 10 1 5", 1, AspaSet.Empty, _links)[0].Kind);

        // The same with the word of 10 itself that 2 is its provider, and no inference.
        AspaSet aspas = AspaSet.Of([new Aspa(new Asn(10), [new Asn(2)])]);
        LeakFinding attested = Assert.Single(Find("2 10 1 5", 1, aspas, AsRelationships.None));
        Assert.Equal(
            (LeakKind.OnlyToCustomer, LeakBasis.Attested),
            (attested.Kind, attested.Basis)
        );
        Assert.InRange(attested.Score, 8, 10);
    }

    [Theory]
    // Marked by the last AS before the observer, or by one that gave it to its customer or peer, which is what OTC is for.
    [InlineData("2 1 10", 2u)]
    [InlineData("20 2 1 10", 2u)]
    [InlineData("20 2 1 10", 1u)]
    [InlineData("11 10 1 5", 1u)]
    // Named AS not on the path: a transparent route server perhaps, and nothing to judge by.
    [InlineData("2 99 98 5", 77u)]
    // Relationships unknown.
    [InlineData("97 99 98 5", 98u)]
    public void A_mark_alone_is_no_leak(string path, uint marker) =>
        Assert.Empty(Find(path, marker, AspaSet.Empty, _links));

    [Fact]
    public void Attestations_show_the_leaker_or_the_stretch_that_holds_it()
    {
        AspaSet aspas = AspaSet.Of([
            new Aspa(new Asn(5), [new Asn(1)]),
            new Aspa(new Asn(1), [new Asn(0)]),
            new Aspa(new Asn(2), [new Asn(0)]),
        ]);
        LeakFinding one = Assert.Single(Find("2 10 1 5", null, aspas, AsRelationships.None));
        Assert.Equal(
            new LeakFinding(LeakKind.Aspa, LeakBasis.Attested, new Asn(10), new Asn(1), new Asn(2)),
            one
        );
        LeakFinding stretch = Assert.Single(Find("2 9 10 1 5", null, aspas, AsRelationships.None));
        Assert.False(stretch.IsLeakerCertain);
        Assert.Equal(new Asn(10), stretch.Leaker);
        Assert.Contains("or an AS after it", stretch.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_are_read_from_the_attributes_of_a_message()
    {
        Assert.Contains(
            FindIn(Attributes([2, 10, 1, 5], otc: [0, 0, 0, 1])),
            finding => finding.Kind == LeakKind.OnlyToCustomer
        );
        // RFC 9234 section 5: another length is malformed.
        Assert.DoesNotContain(
            FindIn(Attributes([2, 10, 1, 5], otc: [0, 1])),
            finding => finding.Kind == LeakKind.OnlyToCustomer
        );
    }

    [Fact]
    public void An_episode_lasts_until_every_peer_that_showed_it_has_withdrawn_or_replaced()
    {
        var episodes = new LeakEpisodes();
        List<LeakFinding> leak = Find("2 10 1 5", null, AspaSet.Empty, _links);
        IpPrefix other = IpPrefixes.Of("198.51.100.0/24");
        episodes.Announced(At(0), _peerA, _prefix, new Asn(5), leak);
        episodes.Announced(At(1), _peerB, _prefix, new Asn(5), leak);
        episodes.Announced(At(2), _peerB, other, new Asn(6), leak);
        episodes.Announced(At(3), _peerA, _prefix, new Asn(5), leak);
        episodes.Withdrawn(At(4), _peerA, _prefix);
        episodes.Withdrawn(At(4), _peerA, _prefix);
        episodes.Announced(At(5), _peerB, _prefix, new Asn(5), []);
        LeakEpisode open = Assert.Single(episodes.All());
        Assert.Equal(LeakEnd.Open, open.End);
        Assert.Null(open.Until);

        episodes.Withdrawn(At(6), _peerB, other);
        LeakEpisode over = Assert.Single(episodes.All());
        Assert.Equal((LeakEnd.Ended, At(0), At(6)), (over.End, over.Since, over.Until));
        Assert.Equal([_prefix, other], over.Prefixes);
        Assert.Equal([new Asn(100), new Asn(200)], over.Peers);
        Assert.Equal([new Asn(5), new Asn(6)], over.Origins);
        Assert.Equal(3, over.RoutesMax);
        Assert.Equal("AS1 > AS10 > AS2", over.Segment.ToString());

        episodes.Announced(At(9), _peerA, _prefix, new Asn(5), leak);
        Assert.Equal(2, episodes.All().Count);
    }

    [Fact]
    public void A_lost_session_is_no_end_that_anybody_saw()
    {
        var episodes = new LeakEpisodes();
        List<LeakFinding> leak = Find("2 10 1 5", null, AspaSet.Empty, _links);
        episodes.Announced(At(0), _peerA, _prefix, new Asn(5), leak, isBaseline: true);
        episodes.PeerLost(At(1), _peerB);
        Assert.Equal(LeakEnd.Open, episodes.All()[0].End);
        episodes.PeerLost(At(2), _peerA);
        LeakEpisode episode = Assert.Single(episodes.All());
        Assert.Equal(LeakEnd.OutOfSight, episode.End);
        Assert.True(episode.IsOlder);
    }

    [Fact]
    public void A_route_that_changes_its_leak_moves_from_one_episode_to_the_other()
    {
        var episodes = new LeakEpisodes();
        episodes.Announced(
            At(0),
            _peerA,
            _prefix,
            new Asn(5),
            Find("2 10 1 5", null, AspaSet.Empty, _links)
        );
        episodes.Announced(
            At(1),
            _peerA,
            _prefix,
            new Asn(5),
            Find("2 10 30 5", null, AspaSet.Empty, _links)
        );
        Assert.Equal([LeakEnd.Ended, LeakEnd.Open], episodes.All().Select(episode => episode.End));
    }

    [Fact]
    public void Routes_beyond_the_limit_are_counted()
    {
        var episodes = new LeakEpisodes(routesMax: 1);
        List<LeakFinding> leak = Find("2 10 1 5", null, AspaSet.Empty, _links);
        episodes.Announced(At(0), _peerA, _prefix, new Asn(5), leak);
        episodes.Announced(At(1), _peerB, _prefix, new Asn(5), leak);
        Assert.Equal(1, episodes.LeftOut);
        Assert.Equal([new Asn(100)], episodes.All()[0].Peers);
    }

    [Theory]
    [InlineData("caida_serial1", 105_495, 261_340)]
    [InlineData("caida_serial2", 570_696, 570_696)]
    public void The_relationships_of_CAIDA_are_read(string folder, int least, int most)
    {
        string path = SharedData.PathOf($"data/topology/{folder}");
        foreach (string file in Directory.EnumerateFiles(path).Where(IsTable))
        {
            using Compression input = Compression.Open(
                System.IO.File.OpenRead(file),
                Path.GetFileName(file)
            );
            using var plain = new MemoryStream();
            foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
            {
                plain.Write(chunk.Span);
            }

            AsRelationships links = AsRelationships.Read(
                SourceFile.Of(Path.GetFileName(file), plain.ToArray())
            );
            Assert.Empty(links.Faults);
            Assert.InRange(links.Count, least, most);
        }
    }

    private static bool IsTable(string file) =>
        Path.GetFileName(file).Contains("as-rel", StringComparison.Ordinal);

    private static Instant At(int minutes) => _start + Duration.FromMinutes(minutes);

    private static List<LeakFinding> Find(
        string path,
        uint? marker,
        AspaSet aspas,
        AsRelationships links
    )
    {
        var found = new List<LeakFinding>();
        var hops = new PathHops();
        hops.Read(
            path.Split(' ')
                .Select(text => Asn.TryParse(text, out Asn asn) ? asn : default)
                .ToArray()
        );
        new LeakRules(aspas, links).Find(hops, marker is { } asn ? new Asn(asn) : null, found);
        return found;
    }

    private static List<LeakFinding> FindIn(byte[] raw)
    {
        PathAttributes.Read(raw, 4, out PathAttributes attributes);
        var found = new List<LeakFinding>();
        new LeakRules(AspaSet.Empty, _links).Find(attributes, found);
        return found;
    }

    private static byte[] Attributes(uint[] path, byte[] otc)
    {
        byte[] raw = new byte[3 + 2 + (path.Length * 4)];
        (raw[0], raw[1], raw[2], raw[3], raw[4]) = (
            0x40,
            2,
            (byte)(raw.Length - 3),
            2,
            (byte)path.Length
        );
        for (int at = 0; at < path.Length; at++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(raw.AsSpan(5 + (at * 4)), path[at]);
        }

        return [.. raw, 0xC0, 35, (byte)otc.Length, .. otc];
    }
}
