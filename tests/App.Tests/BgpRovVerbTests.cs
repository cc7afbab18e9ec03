using System.Text.Json;
using Xunit;

namespace Breakwater.App.Tests;

public sealed class BgpRovVerbTests : IDisposable
{
    private const string Vrps = """
        {"metadata":{"generatedTime":"2026-01-01T00:00:00Z"},"roas":[
        {"asn":"AS64496","prefix":"192.0.2.0/24","maxLength":25,"ta":"ripe"},
        {"asn":"AS0","prefix":"198.51.100.0/24","maxLength":32,"ta":"ripe"},
        {"asn":"AS64497","prefix":"203.0.113.1/24","ta":"ripe"},
        {"asn":64500,"prefix":"203.0.113.0/24","expires":1800000000}]}
        """;

    private readonly CommandLine line = new();
    private readonly string file;

    public BgpRovVerbTests() => file = line.Write("vrps.json", Vrps);

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("192.0.2.0/24", "64496", "valid", "matched", 1)]
    [InlineData("192.0.2.0/24", "AS64496", "valid", "matched", 1)]
    [InlineData("192.0.2.0/26", "64496", "invalid", "invalid_length", 0)]
    [InlineData("192.0.2.0/24", "64499", "invalid", "invalid_as", 0)]
    [InlineData("198.51.100.0/24", "64499", "invalid", "as0", 0)]
    [InlineData("2001:db8::/32", "64499", "not-found", "not_covered", 0)]
    public void A_route_is_judged(
        string prefix,
        string asn,
        string state,
        string reason,
        int matching
    )
    {
        JsonElement answer = line.Run("bgp", "rov", "--vrps", file, prefix, asn, "--json")
            .Done()
            .Json;
        Assert.Equal(
            (state, reason, matching),
            (
                answer.GetProperty("state").GetString(),
                answer.GetProperty("reason").GetString(),
                answer.GetProperty("matching").GetArrayLength()
            )
        );
        Assert.Equal(
            $"line 4, offset {Vrps.IndexOf("{\"asn\":\"AS64497\"", StringComparison.Ordinal)}",
            Assert
                .Single(answer.GetProperty("errors").EnumerateArray())
                .GetProperty("at")
                .GetString()
        );
        Assert.Contains(
            "stale",
            answer.GetProperty("notes").EnumerateArray().First().GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_members_of_the_answer_stay() =>
        Assert.Equal(
            [
                "prefix",
                "asn",
                "state",
                "reason",
                "matching",
                "covering",
                "sources",
                "notes",
                "errors",
            ],
            CommandLine.Members(
                line.Run("bgp", "rov", "--vrps", file, "192.0.2.0/24", "64496", "--json")
                    .Done()
                    .Json
            )
        );

    [Fact]
    public void Several_files_and_exceptions_count_together()
    {
        string more = line.Write("more.csv", "ASN,IP Prefix,Max Length\nAS64511,192.0.2.0/24,24\n");
        Assert.Contains(
            "valid (matched)",
            line.Run("bgp", "rov", "--vrps", file, "--vrps", more, "192.0.2.0/24", "64511")
                .Done()
                .Output,
            StringComparison.Ordinal
        );
        string slurm = line.Write(
            "slurm.json",
            """{"slurmVersion":1,"validationOutputFilters":{"prefixFilters":[{"asn":64496}],"bgpsecFilters":[]},"locallyAddedAssertions":{"prefixAssertions":[],"bgpsecAssertions":[]}}"""
        );
        Assert.Contains(
            "not-found",
            line.Run("bgp", "rov", "--vrps", file, "--slurm", slurm, "192.0.2.0/24", "64496")
                .Done()
                .Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_moment_and_an_age_are_heeded()
    {
        string route = "203.0.113.0/24";
        Assert.Contains(
            "valid",
            line.Run("bgp", "rov", "--vrps", file, "--at", "2026-06-01T00:00:00Z", route, "64500")
                .Done()
                .Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "not-found",
            line.Run("bgp", "rov", "--vrps", file, "--at", "2028-01-01T00:00:00Z", route, "64500")
                .Done()
                .Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "unknown (stale_vrps)",
            line.Run(
                    "bgp",
                    "rov",
                    "--vrps",
                    file,
                    "--max-age",
                    "120",
                    "--at",
                    "2026-01-01T02:01:00Z",
                    route,
                    "64500"
                )
                .Done()
                .Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_VRPs_the_answer_is_unknown()
    {
        Assert.Contains(
            "unknown (no_vrps)",
            line.Run("bgp", "rov", "192.0.2.0/24", "64496").Done().Output,
            StringComparison.Ordinal
        );
        string empty = line.Write("empty.json", """{"roas":[]}""");
        Assert.Contains(
            "unknown (empty_vrps)",
            line.Run("bgp", "rov", "--vrps", empty, "192.0.2.0/24", "64496").Done().Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("192.0.2.1/24", "64496", "the prefix is 192.0.2.0/24")]
    [InlineData("192.0.2.0", "64496", "is not a prefix")]
    [InlineData("192.0.2.0/24", "ASX", "is not an AS number")]
    [InlineData("192.0.2.0/24", "4294967296", "at most 4294967295")]
    public void A_wrong_prefix_or_AS_number_is_refused(string prefix, string asn, string reason) =>
        Assert.Contains(
            reason,
            line.Run("bgp", "rov", "--vrps", file, prefix, asn).Refusal(2),
            StringComparison.Ordinal
        );

    [Fact]
    public void Files_and_caches_that_cannot_be_used_are_refused()
    {
        string[] route = ["192.0.2.0/24", "64496"];
        string bird = line.Write("vrps.conf", "roa 192.0.2.0/24 max 24 as 64496;\n");
        Assert.Contains(
            "Export the VRPs as json or csv",
            line.Run(["bgp", "rov", "--vrps", bird, .. route]).Refusal(2),
            StringComparison.Ordinal
        );
        line.Run(["bgp", "rov", "--vrps", "absent.json", .. route]).Refusal(2);
        line.Run(["bgp", "rov", "--vrps", file, "--slurm", file, .. route]).Refusal(2);
        line.Run(["bgp", "rov", "--vrps", file, "--at", "yesterday", .. route]).Refusal(2);
        line.Run(["bgp", "rov", "--rtr", "host:99999", .. route]).Refusal(2);
        Assert.Contains(
            "gave no data",
            line.Run(["bgp", "rov", "--rtr", "127.0.0.1:1", .. route]).Refusal(5),
            StringComparison.Ordinal
        );
    }
}
