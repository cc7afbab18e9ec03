using Breakwater.Bgp;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

public class HijacksFromSignalsTests
{
    private const uint Start = 1_700_000_100;
    private const string Victim = "198.51.100.0/24";
    private const uint Owner = 64501;
    private const uint Other = 64509;

    [Fact]
    public void A_new_origin_of_a_known_prefix_is_found_from_first_announcement_to_last_withdrawal()
    {
        MrtBytes updates = new();
        for (uint peer = 1; peer <= 3; peer++)
        {
            updates.Announce(Start + peer, peer, Victim, peer, 64700, Other);
        }

        updates
            .Announce(Start + 100, 1, Victim, 1, 64701, Owner)
            .Withdraw(Start + 200, 2, Victim)
            .Announce(Start + 300, 3, Victim, 3, 64701, Owner);
        Disruption hijack = Assert.Single(Detect(Table(10), updates).Disruptions);
        Assert.Equal(DisruptionKind.Hijack, hijack.Kind);
        Assert.Equal(DisruptionState.Closed, hijack.State);
        Assert.Equal(At(Start + 1), hijack.Start);
        Assert.Equal(At(Start + 300), hijack.End!.Latest);
        Assert.Equal([new Asn(Other)], hijack.Asns);
        Assert.Equal([new Asn(Owner)], hijack.Routing!.ExpectedOrigins);
        Assert.Equal(ExpectationBasis.Baseline, hijack.Routing.ExpectedFrom);
        Assert.Equal(3, hijack.Routing.PeersSeen);
        Assert.Equal(10, hijack.Routing.PeersHearing);
        Assert.Equal("E|0|-|-", hijack.Routing.Type.ToString());
        Assert.Contains("rpki: unknown: no VRPs", hijack.Notes);
    }

    [Fact]
    public void A_part_of_a_known_prefix_by_another_origin_is_a_sub_prefix_hijack_and_stays_open()
    {
        MrtBytes updates = new MrtBytes()
            .Announce(Start, 1, "198.51.100.128/25", 1, 64700, Other)
            .Announce(Start + 1, 2, "198.51.100.128/25", 2, 64700, Other)
            .Announce(Start + 2, 3, "198.51.100.128/25", 3, 64700, Other);
        Disruption hijack = Assert.Single(Detect(Table(10), updates).Disruptions);
        Assert.Equal("S|0|-|-", hijack.Routing!.Type.ToString());
        Assert.Equal("198.51.100.0/24", hijack.Routing.KnownPrefix.ToString());
        Assert.Null(hijack.End);
        Assert.Equal(DisruptionState.Suspected, hijack.State);
    }

    [Fact]
    public void What_peers_always_announced_is_no_departure()
    {
        MrtBytes updates = new MrtBytes()
            .Announce(Start, 1, Victim, 1, 64700, Owner)
            .Withdraw(Start + 1, 1, Victim)
            .Announce(Start + 2, 1, Victim, 1, 64701, Owner)
            .Announce(Start + 3, 1, "198.51.100.128/25", 1, 64701, Owner);
        Detection detection = Detect(Table(5), updates);
        Assert.Empty(detection.Disruptions);
        Assert.Empty(detection.SetAside);
    }

    [Fact]
    public void A_valid_origin_in_the_RPKI_speaks_against_a_hijack_and_is_never_dropped_silently()
    {
        Detection detection = Detect(
            Table(10),
            Announcing(Other),
            new Vrp(PrefixOf(Victim), 24, new Asn(Owner)),
            new Vrp(PrefixOf(Victim), 24, new Asn(Other))
        );
        Assert.Empty(detection.Disruptions);
        SetAside one = Assert.Single(detection.SetAside);
        Assert.Contains(new RoutingTag("rpki_valid", -5), one.Tags);
    }

    [Fact]
    public void An_origin_that_the_RPKI_forbids_is_surer_and_names_the_reason_and_the_source()
    {
        Disruption without = Assert.Single(Detect(Table(10), Announcing(Other)).Disruptions);
        Disruption with = Assert.Single(
            Detect(
                Table(10),
                Announcing(Other),
                new Vrp(PrefixOf(Victim), 24, new Asn(Owner))
            ).Disruptions
        );
        Assert.True(with.Confidence > without.Confidence);
        Assert.Equal(DisruptionState.Confirmed, with.State);
        Assert.Equal(RouteValidity.Invalid, with.Routing!.Rpki.State);
        Assert.StartsWith(
            "invalid_as (vrps.json, 1 VRPs",
            with.Routing.Rpki.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_a_table_the_RPKI_says_who_is_expected_whatever_the_majority()
    {
        MrtBytes updates = new MrtBytes().Announce(Start, 9, Victim, 9, 64700, Owner);
        for (uint peer = 1; peer <= 5; peer++)
        {
            updates.Announce(Start + 10 + peer, peer, Victim, peer, 64700, Other);
        }

        Disruption hijack = Assert.Single(
            Detect(null, updates, new Vrp(PrefixOf(Victim), 24, new Asn(Owner))).Disruptions
        );
        Assert.Equal([new Asn(Other)], hijack.Asns);
        Assert.Equal(ExpectationBasis.Rpki, hijack.Routing!.ExpectedFrom);
    }

    [Theory]
    [InlineData(64512u, "reserved_asn")]
    [InlineData(23456u, "reserved_asn")]
    public void Numbers_that_mean_nothing_are_set_aside_with_their_tag(uint origin, string tag)
    {
        Detection detection = Detect(Table(10), Announcing(origin));
        Assert.Empty(detection.Disruptions);
        Assert.Contains(tag, Assert.Single(detection.SetAside).Tags.Select(one => one.Tag));
    }

    [Fact]
    public void Where_the_known_origin_has_a_private_number_another_private_one_departs()
    {
        MrtBytes updates = new();
        for (uint peer = 1; peer <= 8; peer++)
        {
            updates.Announce(Start + peer, peer, Victim, peer, 64701, 65001);
        }

        for (uint peer = 1; peer <= 3; peer++)
        {
            updates.Announce(Start + 900 + peer, peer, Victim, peer, 64700, 65099);
        }

        Disruption hijack = Assert.Single(Detect(null, updates).Disruptions);
        Assert.Equal([new Asn(65099)], hijack.Asns);
        Assert.DoesNotContain("reserved_asn", hijack.Routing!.Tags.Select(tag => tag.Tag));
    }

    [Fact]
    public void A_neighbour_that_is_not_expected_and_an_export_that_was_forbidden_are_found_by_configuration()
    {
        Detection detection = Detect(
            null,
            new MrtBytes()
                .Announce(Start, 1, Victim, 1, 64700, 64505, Owner)
                .Announce(Start + 60, 1, Victim, 1, 64700, 64504, Owner)
                .Withdraw(Start + 90, 1, Victim),
            context =>
                context with
                {
                    Expectations = new Expectations([
                        new Expectation
                        {
                            Prefix = PrefixOf(Victim),
                            Origins = [new Asn(Owner)],
                            Neighbours = [new Asn(64504)],
                            IsNotExported = true,
                        },
                    ]),
                }
        );
        Assert.Equal(
            ["E|1|-|-", "E|-|-|L"],
            detection.Disruptions.Select(one => one.Routing!.Type.ToString())
        );
        Assert.Equal(
            [At(Start + 60), At(Start + 90)],
            detection.Disruptions.Select(one => one.End!.Latest)
        );
        Assert.Equal([new Asn(64505)], detection.Disruptions[0].Asns);
    }

    [Fact]
    public void ASes_of_one_organisation_do_not_hijack_each_other()
    {
        Detection detection = Detect(
            Table(10),
            Announcing(Other),
            context =>
                context with
                {
                    AreSiblings = (one, two) => one.Number + two.Number == Owner + Other,
                }
        );
        Assert.Empty(detection.Disruptions);
        Assert.Contains("sibling", Assert.Single(detection.SetAside).Tags.Select(one => one.Tag));
    }

    [Fact]
    public void One_peer_lowers_the_confidence_and_hides_nothing()
    {
        Disruption many = Assert.Single(Detect(Table(10), Announcing(Other)).Disruptions);
        Disruption one = Assert.Single(
            Detect(
                Table(10),
                new MrtBytes().Announce(Start, 1, Victim, 1, 64700, Other)
            ).Disruptions
        );
        Assert.True(one.Confidence < many.Confidence);
        Assert.Contains("few_peers", one.Routing!.Tags.Select(tag => tag.Tag));
    }

    [Fact]
    public void A_short_pause_is_one_hijack_with_two_episodes_and_a_long_one_is_two_hijacks()
    {
        static MrtBytes Paused(uint seconds)
        {
            MrtBytes updates = new();
            foreach (uint wave in (uint[])[0, 100 + seconds])
            {
                for (uint peer = 1; peer <= 3; peer++)
                {
                    updates.Announce(Start + wave, peer, Victim, peer, 64700, Other);
                }

                for (uint peer = 1; peer <= 3; peer++)
                {
                    updates.Announce(Start + wave + 100, peer, Victim, peer, 64701, Owner);
                }
            }

            return updates;
        }

        Disruption one = Assert.Single(Detect(Table(10), Paused(30)).Disruptions);
        Assert.Equal(
            [
                new Episode(At(Start), At(Start + 100)),
                new Episode(At(Start + 130), At(Start + 230)),
            ],
            one.Routing!.Episodes
        );
        Assert.Equal(2, Detect(Table(10), Paused(7200)).Disruptions.Count);
    }

    [Fact]
    public void A_session_lost_while_it_held_the_route_leaves_the_end_unknown()
    {
        MrtBytes updates = new MrtBytes()
            .Announce(Start, 1, Victim, 1, 64700, Other)
            .Announce(Start, 2, Victim, 2, 64700, Other)
            .Announce(Start + 10, 2, Victim, 2, 64701, Owner)
            .State(Start + 20, 1, 6, 1);
        Disruption hijack = Assert.Single(Detect(Table(10), updates).Disruptions);
        Assert.Null(hijack.End);
        Assert.Contains(
            hijack.Notes,
            note => note.StartsWith("peer_reset: 1 ", StringComparison.Ordinal)
        );
        updates.State(Start + 30, 1, 5, 6).Announce(Start + 40, 1, Victim, 1, 64701, Owner);
        Assert.Equal(
            At(Start + 40),
            Assert.Single(Detect(Table(10), updates).Disruptions).End!.Latest
        );
    }

    [Fact]
    public void Configuration_overrides_what_the_table_holds()
    {
        Detection detection = Detect(
            Table(10),
            Announcing(Other),
            context =>
                context with
                {
                    Expectations = new Expectations([
                        new Expectation
                        {
                            Prefix = PrefixOf(Victim),
                            Origins = [new Asn(Owner), new Asn(Other)],
                        },
                    ]),
                }
        );
        Assert.Empty(detection.Disruptions);
    }

    [Fact]
    public void Equal_input_in_any_order_of_files_gives_equal_ids()
    {
        RouteInput One(string name) =>
            new MrtRouteInput("rrc00", name, name, [Announcing(Other).ToArray()]);
        RouteInput Two(string name) =>
            new MrtRouteInput(
                "rrc00",
                name,
                name,
                [
                    new MrtBytes()
                        .Announce(Start, 8, Victim, 8, 64701, Owner)
                        .Announce(Start, 9, Victim, 9, 64701, Owner)
                        .ToArray(),
                ]
            );
        string[] Ids(params RouteInput[] inputs) =>
            [
                .. DisruptionsFromSignals
                    .Detect(
                        SignalsFromRoutes.Read([], inputs, DepartureContext.Nothing).Signals,
                        DetectorProfile.Default
                    )
                    .Disruptions.Select(one => one.Id),
            ];
        Assert.Equal(Ids(One("a"), Two("b")), Ids(Two("b"), One("a")));
    }

    [Fact]
    public void At_an_earlier_knowledge_date_the_end_is_not_known_yet()
    {
        MrtBytes updates = Announcing(Other);
        for (uint peer = 1; peer <= 3; peer++)
        {
            updates.Announce(Start + 500, peer, Victim, peer, 64701, Owner);
        }

        IReadOnlyList<Signal> signals = SignalsOf(Table(10), updates, DepartureContext.Nothing);
        Assert.NotNull(
            Assert
                .Single(DisruptionsFromSignals.Detect(signals, DetectorProfile.Default).Disruptions)
                .End
        );
        Assert.Null(
            Assert
                .Single(
                    DisruptionsFromSignals
                        .Detect(signals, DetectorProfile.Default, asOf: At(Start + 400))
                        .Disruptions
                )
                .End
        );
        Assert.Empty(
            DisruptionsFromSignals
                .Detect(signals, DetectorProfile.Default, asOf: At(Start))
                .Disruptions
        );
    }

    private static MrtBytes Announcing(uint origin)
    {
        MrtBytes updates = new();
        for (uint peer = 1; peer <= 3; peer++)
        {
            updates.Announce(Start + peer, peer, Victim, peer, 64700, origin);
        }

        return updates;
    }

    /// <summary>A table in which so many peers hold the prefix from its owner.</summary>
    private static byte[] Table(uint peers)
    {
        var octets = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MrtWriter(octets);
        var message = new BgpMessageWriter();
        BgpPeer[] all =
        [
            .. Enumerable
                .Range(1, (int)peers)
                .Select(peer => new BgpPeer(
                    new Asn((uint)peer),
                    (UInt128)(0xC0000200u | (uint)peer) << 96,
                    IsV6: false
                )),
        ];
        writer.PeerIndexTable(Start - 600, 0, all);
        writer.RibRow(
            Start - 600,
            0,
            PrefixOf(Victim),
            [
                .. all.Select(
                    (peer, at) =>
                        new MrtRibEntry(
                            at,
                            Start - 600,
                            message
                                .Clear()
                                .Origin(RouteOrigin.Igp)
                                .AsPath([peer.Asn.Number, 64701, Owner])
                                .Attributes.ToArray()
                        )
                ),
            ]
        );
        return octets.WrittenSpan.ToArray();
    }

    private static Detection Detect(byte[]? table, MrtBytes updates, params Vrp[] vrps) =>
        Detect(
            table,
            updates,
            context =>
                vrps.Length == 0
                    ? context
                    : context with
                    {
                        Vrps = VrpSet.Of(
                            vrps,
                            [new VrpSource("vrps.json", null, At(Start), vrps.Length)]
                        ),
                    }
        );

    private static Detection Detect(
        byte[]? table,
        MrtBytes updates,
        Func<DepartureContext, DepartureContext> with
    ) =>
        DisruptionsFromSignals.Detect(
            SignalsOf(table, updates, with(DepartureContext.Nothing)),
            DetectorProfile.Default
        );

    private static IReadOnlyList<Signal> SignalsOf(
        byte[]? table,
        MrtBytes updates,
        DepartureContext context
    ) =>
        SignalsFromRoutes
            .Read(
                table is null ? [] : [new MrtRouteInput("rrc00", "rib", "r", [table])],
                [new MrtRouteInput("rrc00", "updates", "u", [updates.ToArray()])],
                context
            )
            .Signals;

    private static Instant At(uint seconds) => Instant.FromUnixTimeSeconds(seconds);

    private static IpPrefix PrefixOf(string text) =>
        IpPrefix.TryParse(text, out IpPrefix prefix) ? prefix : throw new ArgumentException(text);
}
