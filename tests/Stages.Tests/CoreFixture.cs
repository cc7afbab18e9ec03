using System.Text;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Stages.Tests;

/// <summary>A root zone of a few domains, tables of routes and probes, all made here.</summary>
internal static class CoreFixture
{
    public static readonly Instant ZoneAt = Instant.FromUtc(2026, 1, 2, 0, 0);

    /// <summary>
    /// .aa has all servers in one /24; .bb in two; .cc in three and IPv6, signed; .example hangs on one server, its key is
    /// vouched for with SHA-1 alone.
    /// </summary>
    public const string Text = """
        $TTL 86400
        . IN SOA a.root-servers.test. hostmaster.root-servers.test. ( 2026010200 1800 900 604800 86400 )
        .   518400 IN NS a.root-servers.test.
            518400 IN NS b.root-servers.test.
        a.root-servers.test. A 192.0.2.1
                             AAAA 2001:db8:1::1
        b.root-servers.test. A 198.51.100.1
        aa.  NS ns1.nic.aa.
             NS ns2.nic.aa.
        ns1.nic.aa. A 192.0.2.11
        ns2.nic.aa. A 192.0.2.12
        bb.  NS ns1.nic.bb.
             NS ns.shared.test.
        ns1.nic.bb. A 203.0.113.21
        ns.shared.test. A 198.51.100.53
        cc.  NS ns1.nic.cc.
             NS ns2.nic.cc.
             NS ns.shared.test.
             DS 12345 13 2 0000000000000000000000000000000000000000000000000000000000000001
        ns1.nic.cc. A 192.0.2.31
                    AAAA 2001:db8:2::31
        ns2.nic.cc. A 203.0.113.32
        example. NS ns.shared.test.
                 DS 999 8 1 0000000000000000000000000000000000000001

        """;

    public static SourceFile Source(string text = Text, string name = "root.zone") =>
        SourceFile.Of(name, Encoding.UTF8.GetBytes(text));

    public static ZoneRead Read(string text = Text) => SignalsFromZone.ReadZone(Source(text));

    public static DelegationSignal[] Delegations(string text = Text)
    {
        ZoneRead read = Read(text);
        Xunit.Assert.Empty(read.Zone.Faults);
        return [read.Root!, .. read.Delegations];
    }

    /// <summary>The same zone a day later, with something replaced.</summary>
    public static string Later(string old, string replacement, int days = 1)
    {
        Xunit.Assert.Contains(old, Text, StringComparison.Ordinal);
        return Text.Replace(old, replacement, StringComparison.Ordinal)
            .Replace("2026010200", $"202601{2 + days:00}00", StringComparison.Ordinal);
    }

    public static CoreJudgement Judge(
        IReadOnlyList<DelegationSignal> signals,
        CoreEvidence? evidence = null,
        CoreEvidence? before = null,
        Instant? asOf = null
    ) =>
        CoreResourcesFromSignals.Judge(
            signals,
            evidence ?? CoreEvidence.None,
            DetectorProfile.Default,
            before,
            asOf
        );

    public static CoreResource Of(CoreJudgement judgement, string tld) =>
        judgement.Resources.Single(resource => resource.Place.Tld == tld);

    public static string[] Tags(CoreJudgement judgement, string tld, WeaknessRank? rank = null) =>
        [
            .. judgement
                .Weaknesses.Where(weakness => weakness.Place.Tld == tld)
                .Where(weakness => rank is null || weakness.Rank == rank)
                .Select(weakness => weakness.Tag)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>A table dump as text: each row a prefix and its path, seen by two peers.</summary>
    public static CoreEvidence Routes(
        Instant at,
        IEnumerable<(string Prefix, string Path)> rows,
        Registrations? registrations = null,
        Bgp.VrpSet? vrps = null
    )
    {
        var text = new StringBuilder();
        foreach ((string prefix, string path) in rows)
        {
            foreach (string peer in (string[])["64501", "64502"])
            {
                text.Append(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"TABLE_DUMP2|{at.ToUnixTimeSeconds()}|B|192.0.2.{peer[^1]}|{peer}|{prefix}|{peer} {path}|IGP|192.0.2.{peer[^1]}|0|0||NAG||\n"
                );
            }
        }

        using var input = new BgpdumpRouteInput(
            "collector",
            SourceFile.Of("table.txt", Encoding.UTF8.GetBytes(text.ToString()))
        );
        return new CoreEvidence(
            RoutingView.Read([input], vrps),
            registrations ?? Registrations.None,
            []
        );
    }

    /// <summary>Enough routes that a missing one says something, and those named.</summary>
    public static IEnumerable<(string Prefix, string Path)> FullTable(
        params (string Prefix, string Path)[] rows
    ) =>
        [
            .. rows,
            .. Enumerable
                .Range(0, RoutingView.AbsenceSaysV4 + 1)
                .Select(i => ($"{11 + (i >> 16)}.{i >> 8 & 255}.{i & 255}.0/24", "64510")),
        ];

    public static CoreEvidence Probes(params string[] lines)
    {
        var probes = ServerProbes.Read(
            SourceFile.Of("probes.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', lines)))
        );
        Xunit.Assert.Empty(probes.Faults);
        return CoreEvidence.None with { Probes = [probes] };
    }

    public static string Probe(
        string address,
        string result,
        string at = "2026-01-02T03:00:00Z",
        string? from = null
    ) =>
        $"{{\"target\":\"dns://{address}/\",\"address\":\"{address}\",\"at\":\"{at}\",\"result\":\"{result}\"{(from is null ? "" : $",\"from\":\"{from}\"")}}}";
}
