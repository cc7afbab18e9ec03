using Breakwater.Bgp;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Hijacks that updates alone show, without a table of what was before.</summary>
public class HijackSpreadTests
{
    private const uint Start = 1_700_000_100;
    private const string Victim = "198.51.100.0/24";
    private const string Wider = "198.51.0.0/16";
    private const uint Owner = 64501;
    private const uint Other = 64510;
    private const uint Peers = 8;

    public static TheoryData<uint, uint> Spreads
    {
        get
        {
            var spreads = new TheoryData<uint, uint>();
            for (uint peers = 1; peers <= Peers; peers++)
            {
                spreads.Add(peers, 300);
                spreads.Add(peers, 3600);
            }

            // Sooner than a bin, the return of several peers tells.
            for (uint peers = 3; peers <= Peers; peers++)
            {
                spreads.Add(peers, 120);
            }

            return spreads;
        }
    }

    [Theory]
    [MemberData(nameof(Spreads))]
    public void The_spread_of_a_hijack_never_hides_it(uint peers, uint after)
    {
        MrtBytes updates = Hold(new MrtBytes(), Victim, Owner, Start, Peers);
        Hold(updates, Victim, Other, Start + after, peers);
        Hold(updates, Victim, Owner, Start + after + 600, peers);
        Disruption hijack = Assert.Single(Detect(updates).Disruptions);
        Assert.Equal([new Asn(Other)], hijack.Routing!.SuspectOrigins);
        Assert.Equal([new Asn(Owner)], hijack.Routing.ExpectedOrigins);
        Assert.True(hijack.Confidence.Probability <= HijackProfile.Default.WindowCap);
    }

    [Theory]
    [InlineData(3u)]
    [InlineData(7u)]
    public void A_hijack_that_some_peers_still_hold_is_open(uint peers)
    {
        MrtBytes updates = Hold(new MrtBytes(), Victim, Owner, Start, Peers);
        Hold(updates, Victim, Other, Start + 600, peers);
        Disruption hijack = Assert.Single(Detect(updates).Disruptions);
        Assert.Equal([new Asn(Other)], hijack.Routing!.SuspectOrigins);
        Assert.Null(hijack.End);
    }

    [Fact]
    public void Of_two_origins_that_followed_each_other_everywhere_neither_is_called_the_expected_one()
    {
        MrtBytes updates = Hold(new MrtBytes(), Victim, Other, Start, Peers);
        Hold(updates, Victim, Owner, Start + 900, Peers);
        Disruption both = Assert.Single(Detect(updates).Disruptions);
        Assert.Equal([new Asn(Owner), new Asn(Other)], both.Asns);
        Assert.Empty(both.Routing!.ExpectedOrigins);
        Assert.Contains(
            both.Notes,
            note => note.StartsWith("two origins, none known", StringComparison.Ordinal)
        );
        Assert.True(both.Confidence.Probability <= 0.25);
    }

    [Fact]
    public void A_part_of_a_prefix_that_came_and_went_from_another_origin_is_a_sub_prefix_hijack()
    {
        MrtBytes updates = Hold(new MrtBytes(), Wider, Owner, Start, Peers);
        Hold(updates, Victim, Other, Start + 600, 6);
        Disruption hijack = Assert.Single(Detect(Withdraw(updates, Start + 900, 6)).Disruptions);
        Assert.Equal("S|0|-|-", hijack.Routing!.Type.ToString());
        Assert.Equal(Wider, hijack.Routing.KnownPrefix.ToString());
        Assert.Equal(ExpectationBasis.Window, hijack.Routing.ExpectedFrom);
    }

    [Fact]
    public void A_part_that_is_reached_through_the_holder_of_the_whole_is_its_customer()
    {
        MrtBytes updates = Hold(new MrtBytes(), Wider, Owner, Start, Peers);
        for (uint peer = 1; peer <= Peers; peer++)
        {
            updates.Announce(Start + 600 + peer, peer, Victim, peer, 64700, Owner, Other);
        }

        Detection detection = Detect(Withdraw(updates, Start + 900, Peers));
        Assert.Empty(detection.Disruptions);
        Assert.Empty(detection.SetAside);
    }

    [Fact]
    public void A_part_that_stays_is_set_aside_with_its_tags()
    {
        MrtBytes updates = Hold(new MrtBytes(), Wider, Owner, Start, Peers);
        Detection detection = Detect(Hold(updates, Victim, Other, Start + 600, Peers));
        Assert.Empty(detection.Disruptions);
        Assert.Contains(
            "sub_prefix_in_window",
            Assert.Single(detection.SetAside).Tags.Select(tag => tag.Tag)
        );
    }

    [Fact]
    public void A_part_that_the_RPKI_forbids_is_measured_by_the_prefix_that_its_holder_announces()
    {
        MrtBytes updates = Hold(new MrtBytes(), Wider, Owner, Start, Peers);
        Hold(updates, Victim, Other, Start + 600, 6);
        Disruption hijack = Assert.Single(Detect(updates, Wider, Owner).Disruptions);
        Assert.Equal("S|0|-|-", hijack.Routing!.Type.ToString());
        Assert.Equal(Wider, hijack.Routing.KnownPrefix.ToString());
        Assert.Contains("sub_prefix_new_origin", hijack.Routing.Tags.Select(tag => tag.Tag));
    }

    [Theory]
    [InlineData(Victim, "E|0|-|-")]
    [InlineData(Wider, "S|0|-|-")]
    public void An_announcement_that_only_the_RPKI_speaks_against_opens_with_low_confidence_once_it_went(
        string authorised,
        string type
    )
    {
        MrtBytes updates = Hold(new MrtBytes(), Victim, Other, Start, 6);
        Detection open = Detect(updates, authorised, Owner);
        Assert.Empty(open.Disruptions);
        Assert.Single(open.SetAside);
        Disruption hijack = Assert.Single(
            Detect(Withdraw(updates, Start + 900, 6), authorised, Owner).Disruptions
        );
        Assert.Equal(type, hijack.Routing!.Type.ToString());
        Assert.Equal(authorised, hijack.Routing.KnownPrefix.ToString());
        Assert.True(hijack.Confidence.Probability <= 0.25);
    }

    [Fact]
    public void A_hijack_that_ran_when_the_table_was_taken_is_not_what_is_expected()
    {
        MrtBytes updates = Hold(new MrtBytes(), Victim, Owner, Start, Peers);
        Disruption hijack = Assert.Single(
            DisruptionsFromSignals
                .Detect(
                    SignalsFromRoutes
                        .Read(
                            [new MrtRouteInput("rrc00", "rib", "r", [TableOf(Other)])],
                            [new MrtRouteInput("rrc00", "updates", "u", [updates.ToArray()])],
                            Authorising(Victim, Owner)
                        )
                        .Signals,
                    DetectorProfile.Default
                )
                .Disruptions
        );
        Assert.Equal([new Asn(Other)], hijack.Asns);
        Assert.Equal([new Asn(Owner)], hijack.Routing!.ExpectedOrigins);
        Assert.Equal(Peers, (uint)hijack.Routing.PeersSeen);
        Assert.Equal(NodaTime.Instant.FromUnixTimeSeconds(Start + Peers), hijack.End!.Latest);
    }

    [Fact]
    public void A_part_longer_than_its_own_holder_authorised_is_set_aside_with_both_tags()
    {
        MrtBytes updates = Hold(new MrtBytes(), Wider, Owner, Start, Peers);
        Detection detection = Detect(
            Withdraw(Hold(updates, Victim, Owner, Start + 600, 6), Start + 900, 6),
            Wider,
            Owner
        );
        Assert.Empty(detection.Disruptions);
        string[] tags = [.. Assert.Single(detection.SetAside).Tags.Select(tag => tag.Tag)];
        Assert.Contains("sub_prefix_by_known_origin", tags);
        Assert.Contains("rpki_invalid_length", tags);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_path_that_ends_in_a_set_departs_and_opens_where_the_RPKI_covers_the_prefix(
        bool isCovered
    )
    {
        var written = new System.Text.StringBuilder();
        for (uint peer = 1; peer <= Peers; peer++)
        {
            Line(peer, Start + peer, $"{peer} 64700 {Owner}");
        }

        for (uint peer = 1; peer <= 6; peer++)
        {
            Line(peer, Start + 600 + peer, $"{peer} 64700 {{{Owner},{Other}}}");
        }

        Detection detection = DetectText(written.ToString(), isCovered);
        if (isCovered)
        {
            Disruption hijack = Assert.Single(detection.Disruptions);
            Assert.Empty(hijack.Asns);
            Assert.Equal([new Asn(Owner)], hijack.Routing!.ExpectedOrigins);
            Assert.Equal(RouteValidity.Invalid, hijack.Routing.Rpki.State);
        }
        else
        {
            Assert.Empty(detection.Disruptions);
            Assert.Contains(
                "origin_is_a_set",
                Assert.Single(detection.SetAside).Tags.Select(tag => tag.Tag)
            );
        }

        void Line(uint peer, uint at, string path) =>
            written.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"BGP4MP|{at}|A|192.0.2.{peer}|{peer}|{Victim}|{path}|IGP|192.0.2.1|0|0||NAG||\n"
            );
    }

    private static Detection DetectText(string text, bool isCovered)
    {
        using var input = new BgpdumpRouteInput(
            "rrc00",
            SourceFile.Of("updates.txt", System.Text.Encoding.UTF8.GetBytes(text))
        );
        return DisruptionsFromSignals.Detect(
            SignalsFromRoutes
                .Read(
                    [],
                    [input],
                    isCovered ? Authorising(Victim, Owner) : DepartureContext.Nothing
                )
                .Signals,
            DetectorProfile.Default
        );
    }

    private static MrtBytes Hold(
        MrtBytes updates,
        string prefix,
        uint origin,
        uint from,
        uint peers
    )
    {
        for (uint peer = 1; peer <= peers; peer++)
        {
            updates.Announce(from + peer, peer, prefix, peer, 64700, origin);
        }

        return updates;
    }

    private static MrtBytes Withdraw(MrtBytes updates, uint from, uint peers)
    {
        for (uint peer = 1; peer <= peers; peer++)
        {
            updates.Withdraw(from + peer, peer, Victim);
        }

        return updates;
    }

    /// <summary>A table in which every peer holds the prefix from one origin.</summary>
    private static byte[] TableOf(uint origin)
    {
        var octets = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MrtWriter(octets);
        var message = new BgpMessageWriter();
        BgpPeer[] all =
        [
            .. Enumerable
                .Range(1, (int)Peers)
                .Select(peer => new BgpPeer(
                    new Asn((uint)peer),
                    (UInt128)(0xC0000200u | (uint)peer) << 96,
                    IsV6: false
                )),
        ];
        writer.PeerIndexTable(Start - 3600, 0, all);
        writer.RibRow(
            Start - 3600,
            0,
            PrefixOf(Victim),
            [
                .. all.Select(
                    (peer, at) =>
                        new MrtRibEntry(
                            at,
                            Start - 9000,
                            message
                                .Clear()
                                .Origin(RouteOrigin.Igp)
                                .AsPath([peer.Asn.Number, 64701, origin])
                                .Attributes.ToArray()
                        )
                ),
            ]
        );
        return octets.WrittenSpan.ToArray();
    }

    private static DepartureContext Authorising(string prefix, uint origin) =>
        DepartureContext.Nothing with
        {
            Vrps = VrpSet.Of(
                [new Vrp(PrefixOf(prefix), (byte)PrefixOf(prefix).Length, new Asn(origin))],
                [new VrpSource("vrps.json", null, null, 1)]
            ),
        };

    private static Detection Detect(MrtBytes updates, string? authorised = null, uint origin = 0) =>
        DisruptionsFromSignals.Detect(
            SignalsFromRoutes
                .Read(
                    [],
                    [new MrtRouteInput("rrc00", "updates", "u", [updates.ToArray()])],
                    authorised is null ? DepartureContext.Nothing : Authorising(authorised, origin)
                )
                .Signals,
            DetectorProfile.Default
        );

    private static IpPrefix PrefixOf(string text) =>
        IpPrefix.TryParse(text, out IpPrefix prefix) ? prefix : throw new ArgumentException(text);
}
