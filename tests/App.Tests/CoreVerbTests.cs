using System.Text.Json;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary><c>core</c> as a duty officer and as a script use it.</summary>
public sealed class CoreVerbTests : IDisposable
{
    private const string Zone = """
        $TTL 86400
        . IN SOA a.root-servers.test. hostmaster.root-servers.test. 2026010200 1800 900 604800 86400
        . NS a.root-servers.test.
        a.root-servers.test. A 192.0.2.1
        aa. NS ns1.nic.aa.
        aa. NS ns2.nic.aa.
        ns1.nic.aa. A 192.0.2.11
        ns2.nic.aa. A 192.0.2.12
        bb. NS ns1.nic.bb.
        bb. NS ns.shared.test.
        ns1.nic.bb. A 203.0.113.21
        ns.shared.test. A 198.51.100.53

        """;

    private readonly CommandLine line = new();
    private readonly string zone;

    public CoreVerbTests() => zone = line.Write("root.zone", Zone);

    public void Dispose() => line.Dispose();

    [Fact]
    public void What_hangs_on_one_thing_comes_before_the_rest_and_the_unknown_is_said()
    {
        string output = line.Run("core", zone, "--at", "2026-01-02T00:00:00Z").Done().Output;
        Assert.Contains(
            "LOST  unknown: nobody asked the servers",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "  .aa       every address of every server lies in 192.0.2.0/24 (one_block)",
            output,
            StringComparison.Ordinal
        );
        Assert.True(
            output.IndexOf("ONE FAILURE FROM SILENCE  1", StringComparison.Ordinal)
                < output.IndexOf("SERIOUS  2", StringComparison.Ordinal)
        );
        Assert.Contains(
            "origins are unknown: no table of routes was given",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains("anycast: registration is not location", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chain_runs_from_a_domain_to_the_countries_of_its_origins()
    {
        string table = line.Write(
            "table.txt",
            "TABLE_DUMP2|1767312000|B|192.0.2.254|64501|203.0.113.0/24|64501 64700|IGP|192.0.2.254|0|0||NAG||\n"
        );
        string lists = Path.GetDirectoryName(
            line.Write("lists/se/prefixes.txt", "# a list\n203.0.113.0/24\n")
        )!;
        string asns = line.Write("asns.csv", "asn,name,country\n64700,\"A, holder\",KE\n");
        string vrps = line.Write(
            "vrps.json",
            """{"roas":[{"asn":64700,"prefix":"203.0.113.0/24","maxLength":24}]}"""
        );
        JsonElement document = line.Run(
                "core",
                zone,
                "--table",
                table,
                "--vrps",
                vrps,
                "--registrations",
                Path.GetDirectoryName(lists)!,
                "--registrations",
                asns,
                "--tld",
                "BB",
                "--json"
            )
            .Done()
            .Json;
        JsonElement resource = Assert.Single(document.GetProperty("resources").EnumerateArray());
        JsonElement address = resource
            .GetProperty("servers")
            .EnumerateArray()
            .Single(server => server.GetProperty("host").GetString() == "ns1.nic.bb")
            .GetProperty("addresses")[0];
        JsonElement origin = address.GetProperty("origins")[0];
        Assert.Equal(
            ("203.0.113.21", "routed", "203.0.113.0/24", "SE", "unknown"),
            (
                address.GetProperty("address").GetString(),
                address.GetProperty("routeState").GetString(),
                address.GetProperty("route").GetString(),
                address.GetProperty("country").GetString(),
                address.GetProperty("reach").GetString()
            )
        );
        Assert.Equal(
            (64700, "valid", "KE"),
            (
                origin.GetProperty("asn").GetInt32(),
                origin.GetProperty("rpki").GetString(),
                origin.GetProperty("country").GetString()
            )
        );
        Assert.Equal(
            [
                "zone",
                "counts",
                "root",
                "hints",
                "disruptions",
                "weaknesses",
                "fallsTogether",
                "resources",
                "blind",
                "notes",
                "errors",
                "seconds",
            ],
            CommandLine.Members(document)
        );
        Assert.Equal(JsonValueKind.Null, document.GetProperty("hints").ValueKind);
    }

    [Fact]
    public void A_domain_that_no_longer_answers_or_is_no_longer_named_is_lost()
    {
        string later = line.Write(
            "later.zone",
            string.Join(
                    '\n',
                    Zone.Split('\n').Where(row => !row.StartsWith("bb.", StringComparison.Ordinal))
                )
                .Replace("2026010200", "2026010300", StringComparison.Ordinal)
        );
        string probes = line.Write(
            "probes.jsonl",
            """
            {"target":"dns://192.0.2.11/aa","address":"192.0.2.11","at":"2026-01-03T01:00:00Z","result":"timed-out"}
            {"target":"dns://192.0.2.12/aa","address":"192.0.2.12","at":"2026-01-03T01:00:00Z","result":"timed-out"}
            {"target":"dns://192.0.2.1/","address":"192.0.2.1","at":"2026-01-03T01:00:00Z","result":"reached"}
            what
            """
        );
        CommandLineRun run = line.Run(
            "core",
            later,
            "--before",
            zone,
            "--reachable",
            probes,
            "--json"
        );
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [".bb", ".aa"],
            run.Json.GetProperty("disruptions")
                .EnumerateArray()
                .Select(one => "." + one.GetProperty("place").GetProperty("tld").GetString())
        );
        Assert.Equal(
            "line 4",
            Assert
                .Single(run.Json.GetProperty("errors").EnumerateArray())
                .GetProperty("at")
                .GetString()
        );
    }

    [Theory]
    [InlineData("core", "missing.zone")]
    [InlineData("core", "empty.zone")]
    [InlineData("core", "root.zone", "--table", "root.zone")]
    [InlineData("core", "root.zone", "--at", "yesterday")]
    [InlineData("core", "root.zone", "--registrations", "nothing")]
    public void What_cannot_be_used_is_refused_with_one_line(params string[] arguments)
    {
        line.Write("empty.zone", "; nothing here\n");
        Directory.CreateDirectory(Path.Combine(line.Folder, "nothing"));
        line.Run(arguments).Refusal(2);
    }

    [Fact]
    public void Detect_tells_a_zone_by_its_content_and_finds_what_a_later_one_lacks()
    {
        string later = line.Write(
            "later.zone",
            Zone.Replace("2026010200", "2026010300", StringComparison.Ordinal)
                .Replace(
                    "bb. NS ns1.nic.bb.\nbb. NS ns.shared.test.\n",
                    "",
                    StringComparison.Ordinal
                )
        );
        JsonElement found = line.Run("detect", zone, later, "--json").Done().Json;
        JsonElement disruption = Assert.Single(found.GetProperty("disruptions").EnumerateArray());
        Assert.Equal("bb", disruption.GetProperty("place").GetProperty("tld").GetString());
        Assert.Equal("registry-failure", disruption.GetProperty("kind").GetString());
        foreach (
            string[] more in (string[][])
                [
                    [zone],
                    [zone, later, "--to", "2026-01-03T00:00:00Z"],
                ]
        )
        {
            Assert.Empty(
                line.Run(["detect", .. more, "--json"])
                    .Done()
                    .Json.GetProperty("disruptions")
                    .EnumerateArray()
            );
        }
    }
}
