using System.Text;
using Breakwater.Bgp;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

public class LeaksFromSignalsTests
{
    private const uint Start = 1_700_000_100;
    private const string Prefix = "198.51.100.0/24";

    // AS20 has the route from its provider AS30 and passes it on to its provider AS10.
    private static readonly uint[] leaked = [10, 20, 30, 40];

    [Fact]
    public void A_path_against_attested_providers_is_a_leak_until_the_last_peer_lets_go_of_it()
    {
        AspaSet aspas = AspaSet.Of([
            new Aspa(new Asn(10), [new Asn(0)]),
            new Aspa(new Asn(20), [new Asn(10), new Asn(30)]),
            new Aspa(new Asn(30), [new Asn(0)]),
            new Aspa(new Asn(40), [new Asn(30)]),
        ]);
        Detection detection = Detect(
            DepartureContext.Nothing with
            {
                Vrps = VrpSet.Of([], [new VrpSource("aspas.json", null, null, 0)], aspas),
            }
        );
        Disruption leak = Assert.Single(detection.Disruptions);
        Assert.Equal(DisruptionKind.Leak, leak.Kind);
        Assert.Equal([new Asn(20)], leak.Asns);
        Assert.Equal(Instant.FromUnixTimeSeconds(Start), leak.Start);
        Assert.Equal(Instant.FromUnixTimeSeconds(Start + 90), leak.End!.Latest);
        Assert.Contains("aspa_invalid", leak.Sources.Select(source => source.Tag));
        Assert.Equal("1,2", Assert.Single(leak.Evidence).Rows);
    }

    [Fact]
    public void Inferred_relationships_alone_set_one_prefix_at_two_peers_aside()
    {
        var relationships = AsRelationships.Read(
            SourceFile.Of("rel.txt", Encoding.UTF8.GetBytes("10|20|-1\n30|20|-1\n30|40|-1\n"))
        );
        Detection detection = Detect(
            DepartureContext.Nothing with
            {
                Relationships = relationships,
            }
        );
        Assert.Empty(detection.Disruptions);
        Assert.Contains("valley", Assert.Single(detection.SetAside).Tags.Select(tag => tag.Tag));
    }

    [Fact]
    public void Inferred_relationships_report_a_leak_of_many_prefixes_with_low_confidence()
    {
        Disruption leak = Assert.Single(
            DetectWide("10|20|-1\n30|20|-1\n", peer => [peer, 10, 20, 30]).Disruptions
        );
        Assert.Equal(DisruptionKind.Leak, leak.Kind);
        Assert.Equal([new Asn(20)], leak.Asns);
        Assert.True(leak.Confidence.Probability <= 0.25);
        Assert.NotNull(leak.End);
    }

    [Fact]
    public void A_leak_to_several_neighbours_is_one_and_counts_the_peers_of_all_of_them()
    {
        Disruption leak = Assert.Single(
            DetectWide(
                "30|20|-1\n"
                    + string.Concat(Enumerable.Range(1, 8).Select(peer => $"{peer}|20|-1\n")),
                peer => [peer, 20, 30]
            ).Disruptions
        );
        Assert.Equal([new Asn(20)], leak.Asns);
        Assert.DoesNotContain("few_peers", leak.Sources.Select(source => source.Tag));
        Assert.Contains(
            leak.Notes,
            note => note.StartsWith("passed on to 8 ASes: AS1, AS2", StringComparison.Ordinal)
        );
    }

    /// <summary>Six prefixes that eight peers have by a path of their own for five minutes.</summary>
    private static Detection DetectWide(string links, Func<uint, uint[]> path)
    {
        MrtBytes updates = new();
        foreach (
            (uint at, bool isLeaked) in (IEnumerable<(uint, bool)>)
                [(Start, false), (Start + 600, true), (Start + 900, false)]
        )
        {
            for (uint peer = 1; peer <= 8; peer++)
            {
                for (int of = 0; of < 6; of++)
                {
                    updates.Announce(
                        at + peer,
                        peer,
                        $"198.51.{100 + of}.0/24",
                        isLeaked ? [.. path(peer), 40] : [peer, 30, 40]
                    );
                }
            }
        }

        RoutingRead read = SignalsFromRoutes.Read(
            [],
            [new MrtRouteInput("rrc00", "updates", "u", [updates.ToArray()])],
            DepartureContext.Nothing with
            {
                Relationships = AsRelationships.Read(
                    SourceFile.Of("rel.txt", Encoding.UTF8.GetBytes(links))
                ),
            }
        );
        return DisruptionsFromSignals.Detect(read.Signals, DetectorProfile.Default);
    }

    [Fact]
    public void The_text_of_bgpdump_gives_what_the_messages_give()
    {
        const string text = $"""
            BGP4MP|1700000100|A|192.0.2.1|1|{Prefix}|1 64701 64501|IGP|192.0.2.1|0|0||NAG||
            BGP4MP|1700000101|A|192.0.2.2|2|{Prefix}|2 64701 64501|IGP|192.0.2.1|0|0||NAG||
            BGP4MP|1700000102|A|192.0.2.3|3|{Prefix}|3 64701 64501|IGP|192.0.2.1|0|0||NAG||
            BGP4MP|1700001000|A|192.0.2.3|3|{Prefix}|3 64700 64509|IGP|192.0.2.1|0|0||NAG||
            BGP4MP|1700001100|W|192.0.2.3|3|{Prefix}

            """;
        using var input = new BgpdumpRouteInput(
            "rrc00",
            SourceFile.Of("updates.txt", Encoding.UTF8.GetBytes(text))
        );
        RoutingRead read = SignalsFromRoutes.Read([], [input], DepartureContext.Nothing);
        Assert.Empty(read.Faults);
        Disruption hijack = Assert.Single(
            DisruptionsFromSignals.Detect(read.Signals, DetectorProfile.Default).Disruptions
        );
        Assert.Equal([new Asn(64509)], hijack.Asns);
        Assert.Equal(Instant.FromUnixTimeSeconds(1_700_001_000), hijack.Start);
        Assert.Equal(Instant.FromUnixTimeSeconds(1_700_001_100), hijack.End!.Latest);
        Assert.Equal("4,5", Assert.Single(hijack.Evidence).Rows);
    }

    private static Detection Detect(DepartureContext context)
    {
        MrtBytes updates = new MrtBytes()
            .Announce(Start, 10, Prefix, leaked)
            .Announce(Start + 30, 11, Prefix, [11, .. leaked])
            .Withdraw(Start + 60, 10, Prefix)
            .Announce(Start + 90, 11, Prefix, 11, 30, 40);
        RoutingRead read = SignalsFromRoutes.Read(
            [],
            [new MrtRouteInput("rrc00", "updates", "u", [updates.ToArray()])],
            context
        );
        return DisruptionsFromSignals.Detect(read.Signals, DetectorProfile.Default);
    }
}
