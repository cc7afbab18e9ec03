using System.Text;
using Breakwater.Bgp;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.CoreFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What top-level domains hang on: told from a weakness to a loss, and from known to unknown.</summary>
public sealed class CoreResourcesTests
{
    private static readonly (string Prefix, string Path)[] SmallTable =
    [
        ("192.0.2.0/24", "64600 64700"),
        ("198.51.100.0/24", "64600 64701"),
        ("203.0.113.0/24", "64600 64700"),
    ];

    [Fact]
    public void A_domain_in_one_block_is_one_failure_from_silence_and_not_lost()
    {
        CoreJudgement judgement = Judge(Delegations());
        Assert.Equal(["one_block"], Tags(judgement, "aa", WeaknessRank.OneFailure));
        Assert.Equal(
            ["one_block", "one_server"],
            Tags(judgement, "example", WeaknessRank.OneFailure)
        );
        Assert.Equal(["two_blocks_v4", "two_servers"], Tags(judgement, "bb", WeaknessRank.Serious));
        Assert.Empty(Tags(judgement, "cc"));
        Assert.Empty(judgement.Disruptions);
    }

    [Fact]
    public void Without_a_table_an_origin_is_unknown_and_not_one()
    {
        CoreResource resource = Of(Judge(Delegations()), "aa");
        Assert.Null(resource.Origins);
        Assert.Null(resource.Routes);
        Assert.Null(resource.Countries);
        Assert.Equal(2, resource.AddressesOfUnknownRoute);
        Assert.All(
            resource.Servers.SelectMany(server => server.Addresses),
            address => Assert.Equal(RouteState.Unknown, address.RouteState)
        );
        Assert.Contains(
            Judge(Delegations()).Notes,
            note => note.StartsWith("origins are unknown", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void An_address_leads_to_its_prefix_its_origin_and_the_countries_of_both()
    {
        var registrations = Registrations.Of([
            RegistrationFile.Read(
                Source(
                    "2|testrir|20260101|4|19840101|20260101|+0000\ntestrir|*|ipv4|*|2|summary\ntestrir|SE|ipv4|192.0.2.0|256|20200101|allocated|x\ntestrir|KE|ipv4|198.51.100.0|256|20200101|assigned|x\ntestrir|ZA|asn|64700|2|20200101|allocated|x\ntestrir||ipv4|203.0.113.0|256||available|\n",
                    "delegated"
                )
            ),
        ]);
        CoreJudgement judgement = Judge(Delegations(), Routes(ZoneAt, SmallTable, registrations));
        CoreResource bb = Of(judgement, "bb");
        Assert.Equal([new Asn(64700), new Asn(64701)], bb.Origins!);
        Assert.Equal(["KE"], bb.Countries!);
        Assert.Equal(["ZA"], bb.OriginCountries!);
        CoreAddress unregistered = bb
            .Servers.Single(server => server.Host == "ns1.nic.bb")
            .Addresses[0];
        Assert.Null(unregistered.Country);
        Assert.Equal("203.0.113.0/24", unregistered.Route!.Value.ToString());
        // .cc has an address without a known route, so one origin is never said of it.
        Assert.Equal(1, Of(judgement, "cc").AddressesOfUnknownRoute);
        Assert.Contains(
            judgement.Notes,
            note => note.Contains("anycast", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void One_origin_behind_two_blocks_is_one_failure_when_the_table_is_of_that_time()
    {
        (string, string)[] one =
        [
            ("198.51.100.0/24", "64600 64700"),
            ("203.0.113.0/24", "64600 64700"),
        ];
        Assert.Equal(
            ["one_origin"],
            Tags(Judge(Delegations(), Routes(ZoneAt, one)), "bb", WeaknessRank.OneFailure)
        );
        Assert.DoesNotContain(
            "one_origin",
            Tags(
                Judge(Delegations(), Routes(ZoneAt - Duration.FromDays(900), one)),
                "bb",
                WeaknessRank.OneFailure
            )
        );
    }

    [Fact]
    public void An_address_without_a_route_is_unrouted_only_in_a_full_table_of_that_time()
    {
        Assert.Equal(
            2,
            Of(Judge(Delegations(), Routes(ZoneAt, SmallTable[1..])), "aa").AddressesOfUnknownRoute
        );
        Assert.Equal(
            2,
            Of(
                Judge(
                    Delegations(),
                    Routes(ZoneAt - Duration.FromDays(30), FullTable(SmallTable[1..]))
                ),
                "aa"
            ).AddressesOfUnknownRoute
        );
        CoreJudgement judgement = Judge(Delegations(), Routes(ZoneAt, FullTable(SmallTable[1..])));
        Assert.Equal(0, Of(judgement, "aa").AddressesOfUnknownRoute);
        Assert.Contains("address_not_routed", Tags(judgement, "aa"));
        // No route to any server is a loss, told from the loss of one of several.
        Disruption lost = Assert.Single(judgement.Disruptions);
        Assert.Equal((".aa", DisruptionKind.RegistryFailure), (lost.Place.Key, lost.Kind));
        Assert.Contains("servers_not_routed", lost.Sources.Select(source => source.Tag));
    }

    [Fact]
    public void A_domain_is_lost_when_no_server_answers_and_only_then()
    {
        CoreJudgement all = Judge(
            Delegations(),
            Probes(
                Probe("192.0.2.11", "reached", "2026-01-02T01:00:00Z"),
                Probe("192.0.2.12", "reached", "2026-01-02T01:00:00Z"),
                Probe("192.0.2.11", "timed-out"),
                Probe("192.0.2.12", "refused"),
                Probe("198.51.100.53", "reached")
            )
        );
        Disruption lost = Assert.Single(all.Disruptions);
        Assert.Equal(Place.OfTld("aa"), lost.Place);
        Assert.Equal(
            (Instant.FromUtc(2026, 1, 2, 1, 0), Instant.FromUtc(2026, 1, 2, 3, 0)),
            (lost.Onset.Earliest, lost.Onset.Latest)
        );
        // One family alone: the contract caps it.
        Assert.InRange(lost.Confidence.Probability, 0.5, 0.8);
        Assert.Equal(DisruptionState.Suspected, lost.State);
        Assert.Contains("probes.jsonl", lost.Evidence.Select(evidence => evidence.File));

        CoreJudgement half = Judge(
            Delegations(),
            Probes(
                Probe("192.0.2.31", "timed-out"),
                Probe("2001:db8:2::31", "unreachable"),
                Probe("203.0.113.32", "timed-out"),
                Probe("198.51.100.53", "reached")
            )
        );
        Assert.Empty(half.Disruptions);
        Assert.Equal(["one_server_left"], Tags(half, "cc", WeaknessRank.OneFailure));
    }

    [Fact]
    public void A_server_that_nobody_asked_is_unknown_and_never_reached()
    {
        CoreJudgement judgement = Judge(
            Delegations(),
            Probes(Probe("192.0.2.11", "timed-out"), Probe("198.51.100.53", "reached"))
        );
        CoreResource aa = Of(judgement, "aa");
        Assert.Equal((0, 1, 1), (aa.Reached, aa.NotReached, aa.UnknownReach));
        Assert.Empty(judgement.Disruptions);
        Assert.Equal(
            ServerReach.Unknown,
            Of(Judge(Delegations(), Probes(Probe("192.0.2.11", "broken-prober"))), "aa")
                .Servers[0]
                .Reach
        );
    }

    [Fact]
    public void A_vantage_point_that_sees_nothing_is_blind_and_proves_nothing()
    {
        CoreJudgement judgement = Judge(
            Delegations(),
            Probes(
                Probe("192.0.2.11", "timed-out"),
                Probe("192.0.2.12", "timed-out"),
                Probe("198.51.100.53", "timed-out"),
                Probe("203.0.113.21", "timed-out")
            )
        );
        Assert.Empty(judgement.Disruptions);
        Assert.Equal(2, Of(judgement, "aa").UnknownReach);
        Assert.Contains(
            "itself may be cut off",
            Assert.Single(judgement.Blind).Reason,
            StringComparison.Ordinal
        );
        // Another vantage point that sees is believed.
        judgement = Judge(
            Delegations(),
            Probes(
                Probe("192.0.2.11", "timed-out", from: "here"),
                Probe("192.0.2.12", "timed-out", from: "here"),
                Probe("198.51.100.53", "timed-out", from: "here"),
                Probe("192.0.2.11", "reached", from: "there"),
                Probe("192.0.2.12", "timed-out", from: "there")
            )
        );
        Assert.Equal((1, 1), (Of(judgement, "aa").Reached, Of(judgement, "aa").NotReached));
    }

    [Fact]
    public void What_falls_together_is_counted()
    {
        CoreJudgement judgement = Judge(Delegations(), Routes(ZoneAt, SmallTable));
        SharedFate server = judgement.Fates.Single(fate =>
            fate is { Kind: FateKind.Server, What: "ns.shared.test" }
        );
        Assert.Equal((3, 2), (server.Touched, server.CountryCodes));
        Assert.Equal(["example"], server.Silent);
        SharedFate origin = judgement.Fates.Single(fate =>
            fate is { Kind: FateKind.Origin, What: "AS64700" }
        );
        // .cc has an address whose origin is unknown, so it is not said to fall silent.
        Assert.Equal(["aa"], origin.Silent);
        Assert.Equal(3, origin.Touched);
    }

    [Fact]
    public void A_removed_delegation_is_a_loss_and_an_added_one_is_not()
    {
        string later = Later(
            "example. NS ns.shared.test.\n         DS",
            "novel. NS ns.shared.test.\n         DS"
        );
        CoreJudgement judgement = Judge([.. Delegations(), .. Delegations(later)]);
        Disruption lost = Assert.Single(judgement.Disruptions);
        Assert.Equal(Place.OfTld("example"), lost.Place);
        Assert.Equal(
            (ZoneAt, ZoneAt + Duration.FromDays(1), null),
            (lost.Onset.Earliest, lost.Onset.Latest, (InstantRange?)lost.End)
        );
        Assert.Contains(lost.Notes, note => note.Contains("retirement", StringComparison.Ordinal));
        Assert.Contains("delegation_added", Tags(judgement, "novel"));

        // Back in a third version: it ended.
        string third = Later("ns1.nic.aa. A 192.0.2.11", "ns1.nic.aa. A 192.0.2.11", days: 2);
        Assert.Equal(
            ZoneAt + Duration.FromDays(2),
            Assert
                .Single(
                    Judge([
                        .. Delegations(),
                        .. Delegations(later),
                        .. Delegations(third),
                    ]).Disruptions,
                    one => one.Place.Tld == "example"
                )
                .End!.Latest
        );
    }

    [Fact]
    public void What_is_missing_from_a_damaged_zone_is_not_known_to_be_removed()
    {
        ZoneRead damaged = Read(Later("example. NS", "exa..mple. NS"));
        Assert.NotEmpty(damaged.Zone.Faults);
        Assert.Empty(Judge([.. Delegations(), .. damaged.Delegations]).Disruptions);
    }

    [Theory]
    [InlineData(
        "     DS 12345 13 2 0000000000000000000000000000000000000000000000000000000000000001\n",
        "",
        "cc",
        "ds_removed"
    )]
    [InlineData("12345 13 2", "54321 13 2", "cc", "ds_replaced")]
    [InlineData(
        "NS ns1.nic.aa.\n     NS ns2.nic.aa.",
        "NS ns.shared.test.",
        "aa",
        "servers_replaced"
    )]
    [InlineData("     NS ns2.nic.aa.\n", "", "aa", "servers_changed")]
    [InlineData(
        "ns1.nic.bb. A 203.0.113.21",
        "ns1.nic.bb. A 203.0.113.99",
        "bb",
        "addresses_changed"
    )]
    [InlineData("ns1.nic.bb. A 203.0.113.21\n", "", "bb", "address_lost")]
    public void A_changed_delegation_is_told_and_is_no_loss(
        string old,
        string replacement,
        string tld,
        string tag
    )
    {
        CoreJudgement judgement = Judge([
            .. Delegations(),
            .. Delegations(Later(old, replacement)),
        ]);
        Assert.Contains(tag, Tags(judgement, tld, WeaknessRank.Serious));
        Assert.Empty(judgement.Disruptions);
    }

    [Fact]
    public void A_new_origin_without_a_valid_ROA_is_serious_and_with_one_it_is_not()
    {
        (string, string)[] after = [("192.0.2.0/24", "64600 64666"), .. SmallTable[1..]];
        Assert.Contains(
            "origin_changed_without_roa",
            Tags(
                Judge(Delegations(), Routes(ZoneAt, after), Routes(ZoneAt, SmallTable)),
                "aa",
                WeaknessRank.Serious
            )
        );
        var vrps = VrpSet.Of([
            VrpExport.Read(
                Source(
                    """{"roas":[{"asn":64666,"prefix":"192.0.2.0/24","maxLength":24}]}""",
                    "vrps.json"
                )
            ),
        ]);
        Assert.Contains(
            "origin_changed",
            Tags(
                Judge(
                    Delegations(),
                    Routes(ZoneAt, after, vrps: vrps),
                    Routes(ZoneAt, SmallTable, vrps: vrps)
                ),
                "aa",
                WeaknessRank.Minor
            )
        );
    }

    [Fact]
    public void Signing_that_no_longer_protects_is_told()
    {
        CoreJudgement judgement = Judge(Delegations());
        Assert.Contains("sha1_only", Tags(judgement, "example", WeaknessRank.Serious));
        Assert.Contains("no_ds", Tags(judgement, "aa", WeaknessRank.Minor));
    }

    [Fact]
    public void Hints_are_held_against_the_zone()
    {
        DelegationSignal zone = Read().Root!;
        Assert.Empty(RootHints.Differences(zone, zone));
        DelegationSignal hints = Read(
            ". 3600000 NS A.ROOT-SERVERS.TEST.\nA.ROOT-SERVERS.TEST. 3600000 A 192.0.2.1\n"
        ).Root!;
        Assert.Equal(
            [
                "a.root-servers.test has 192.0.2.1 and 2001:db8:1::1 in the zone and 192.0.2.1 in the hints",
                "b.root-servers.test is not in the hints",
            ],
            RootHints.Differences(zone, hints).Select(difference => difference.Text)
        );
    }

    [Fact]
    public void The_order_of_signals_and_probes_changes_nothing()
    {
        DelegationSignal[] signals =
        [
            .. Delegations(),
            .. Delegations(Later("     NS ns2.nic.aa.\n", "")),
        ];
        string[] probes =
        [
            Probe("192.0.2.11", "timed-out", from: "x"),
            Probe("192.0.2.11", "timed-out", from: "y"),
            Probe("203.0.113.21", "timed-out", "2026-01-02T02:00:00Z", "x"),
            Probe("198.51.100.53", "timed-out", from: "x"),
            Probe("192.0.2.31", "reached", from: "x"),
            Probe("198.51.100.1", "reached", from: "y"),
        ];
        string expected = Bytes(signals, probes);
        Assert.Contains("registry-failure", expected, StringComparison.Ordinal);
        Gen.Select(Gen.Shuffle(signals), Gen.Shuffle(probes[..3]))
            .Sample((shuffled, _) => Bytes(shuffled, probes) == expected, iter: 30);
    }

    private static string Bytes(DelegationSignal[] signals, string[] probes) =>
        Encoding.UTF8.GetString(CanonicalJson.Of(Judge(signals, Probes(probes))));

    [Fact]
    public void The_real_root_zone_gives_the_figures_that_were_counted_by_hand()
    {
        ZoneRead read = SignalsFromZone.ReadZone(
            SourceFile.Of(
                "root.zone",
                File.ReadAllBytes(SharedData.PathOf(Path.Combine("data", "dns", "root.zone")))
            )
        );
        CoreJudgement judgement = Judge([.. read.Delegations, read.Root!]);
        CoreResource[] domains =
        [
            .. judgement.Resources.Where(resource => resource.Place.Tld is not null),
        ];
        CoreResource[] countries = [.. domains.Where(domain => domain.IsCountryCode)];
        Assert.Equal((1_438, 248), (domains.Length, countries.Length));
        Assert.Equal(1_245, countries.Sum(domain => domain.Servers.Count));
        Assert.Equal(
            1_054,
            countries
                .SelectMany(domain => domain.Servers)
                .Select(server => server.Host)
                .Distinct()
                .Count()
        );
        Assert.All(
            domains.SelectMany(domain => domain.Servers),
            server => Assert.NotEmpty(server.Addresses)
        );
        Assert.Equal(1, countries.Count(domain => domain.Blocks24.Count == 1));
        Assert.Equal(15, countries.Count(domain => domain.Blocks24.Count == 2));
        Assert.Equal(14, countries.Count(domain => domain.AddressesV6 == 0));
        Assert.Equal(
            (13, 26),
            (
                read.Root!.NameServers.Count,
                read.Root.NameServers.Sum(server => server.Addresses.Count)
            )
        );
        ZoneRead hints = SignalsFromZone.ReadZone(
            SourceFile.Of(
                "root.hints",
                File.ReadAllBytes(SharedData.PathOf(Path.Combine("data", "dns", "root.hints")))
            )
        );
        Assert.Empty(RootHints.Differences(read.Root, hints.Root!));
        Assert.Empty(judgement.Disruptions);
    }

    [Fact]
    public void A_version_of_the_zone_from_after_the_knowledge_date_is_not_looked_at()
    {
        DelegationSignal[] signals =
        [
            .. Delegations(),
            .. Delegations(Later("bb.  NS ns1.nic.bb.\n     NS ns.shared.test.\n", "")),
        ];
        Detection Known(Instant? asOf) =>
            DisruptionsFromSignals.Detect(signals, DetectorProfile.Default, asOf: asOf);
        Assert.Equal("bb", Assert.Single(Known(null).Disruptions).Place.Tld);
        Assert.Empty(Known(ZoneAt + NodaTime.Duration.FromDays(1)).Disruptions);
        Assert.Single(Known(ZoneAt + NodaTime.Duration.FromDays(1.5)).Disruptions);
    }
}
