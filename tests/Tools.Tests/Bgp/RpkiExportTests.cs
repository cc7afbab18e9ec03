using System.Text;
using System.Text.Json;
using Breakwater.Bgp;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Bgp;

public sealed class RpkiExportTests
{
    private const string TwoVrps =
        "192.0.2.0/24 to /24 by AS64496, 2001:db8::/32 to /48 by AS64497";

    /// <summary>The same two VRPs as each validator writes them.</summary>
    public static TheoryData<string, string> Forms { get; } =
        new()
        {
            {
                "routinator json",
                """{"metadata":{"generated":1700000000,"generatedTime":"2023-11-14T22:13:20Z"},"roas":[{"asn":"AS64496","prefix":"192.0.2.0/24","maxLength":24,"ta":"ripe"},{"asn":"AS64497","prefix":"2001:db8::/32","maxLength":48,"ta":"arin"}],"routerKeys":[],"aspas":[]}"""
            },
            {
                "routinator jsonext",
                """{"metadata":{"generated":1700000000},"roas":[{"asn":"AS64496","prefix":"192.0.2.0/24","maxLength":24,"source":[{"type":"roa","uri":"rsync://x/y.roa","tal":"ripe","validity":{"notBefore":"2020-01-01T00:00:00Z","notAfter":"2030-01-01T00:00:00Z"},"chainValidity":{"notBefore":"2022-01-01T00:00:00Z","notAfter":"2024-01-01T00:00:00Z"},"stale":"2024-01-01T00:00:00Z"}]},{"asn":"AS64497","prefix":"2001:db8::/32","maxLength":48,"source":[{"type":"exception","path":null}]}]}"""
            },
            {
                "rpki-client json",
                """{"metadata":{"buildmachine":"x","buildtime":"2023-11-14T22:13:20Z","vrps":2},"roas":[{"asn":64496,"prefix":"192.0.2.0/24","maxLength":24,"ta":"ripe","expires":1704067200},{"asn":64497,"prefix":"2001:db8::/32","maxLength":48,"ta":"arin","expires":1704067200}],"bgpsec_keys":[{"asn":15562,"ski":"5D4250E2D81D4448D8A29EFCE91D29FF075EC9E2","pubkey":"MFkw","ta":"ripe","expires":1}],"aspas":[{"customer_asid":945,"providers":[1299,6939],"expires":1704067200}]}"""
            },
            {
                "octorpki json",
                """{"metadata":{"counts":2,"generated":1700000000,"valid":1700003600},"roas":[{"prefix":"192.0.2.0/24","maxLength":24,"asn":"AS64496","ta":"Cloudflare - RIPE"},{"prefix":"2001:db8::/32","maxLength":48,"asn":"AS64497","ta":"x"}]}"""
            },
            {
                "fort json",
                """{"roas":[{"asn":"AS64496","prefix":"192.0.2.0/24","maxLength":24,"type":"ROA"},{"asn":"AS64497","prefix":"2001:db8::/32","maxLength":48}]}"""
            },
            {
                "slurm as written by routinator",
                """{"slurmVersion":1,"validationOutputFilters":{"prefixFilters":[],"bgpsecFilters":[]},"locallyAddedAssertions":{"prefixAssertions":[{"asn":64496,"prefix":"192.0.2.0/24"},{"asn":64497,"prefix":"2001:db8::/32","maxPrefixLength":48}],"bgpsecAssertions":[]}}"""
            },
            {
                "csv",
                "ASN,IP Prefix,Max Length,Trust Anchor\nAS64496,192.0.2.0/24,24,ripe\nAS64497,2001:db8::/32,48,arin\n"
            },
            {
                "csv, quoted, as Windows ends lines",
                "\uFEFF\"ASN\",\"IP Prefix\",\"Max Length\",\"Trust Anchor\"\r\n\"AS64496\",\"192.0.2.0/24\",\"24\",\"N/A\"\r\n\"AS64497\",\"2001:db8::/32\",\"48\",\"N/A\"\r\n"
            },
            {
                "rpki-client csv",
                "ASN,IP Prefix,Max Length,Trust Anchor,Expires\nAS64496,192.0.2.0/24,24,ripe,1704067200\nAS64497,2001:db8::/32,48,arin,1704067200"
            },
            {
                "fort csv",
                "ASN,Prefix,Max prefix length\nAS64496,192.0.2.0/24,24\nAS64497,2001:db8::/32,48\n"
            },
            {
                "archive csv",
                "URI,ASN,IP Prefix,Max Length,Not Before,Not After\nrsync://x/a.roa,AS64496,192.0.2.0/24,,2022-01-01 00:00:00,2024-01-01 00:00:00\n\"rsync://x/a,b.roa\",AS64497,2001:db8::/32,48,2022-01-01 00:00:00,2024-01-01 00:00:00\n"
            },
            { "csv without heading", "64496,192.0.2.0/24,24\n64497,2001:db8::/32,48" },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_export_of_each_validator_is_read(string form, string text)
    {
        VrpExport export = Read(text, form);
        Assert.Empty(export.Faults);
        Assert.Equal(TwoVrps, string.Join(", ", export.Vrps));
        Assert.Equal(2, export.Source.Count);
    }

    [Fact]
    public void The_time_of_an_export_is_the_one_it_states_else_when_it_was_received()
    {
        Instant received = Instant.FromUtc(2026, 1, 1, 0, 0);
        Assert.Equal(
            Instant.FromUnixTimeSeconds(1700000000),
            VrpExport
                .Read(File("""{"metadata":{"generated":1700000000},"roas":[]}"""), received)
                .Source.At
        );
        Assert.Equal(
            Instant.FromUnixTimeSeconds(1700000000),
            VrpExport
                .Read(
                    File("""{"roas":[],"metadata":{"buildtime":"2023-11-14T22:13:20Z"}}"""),
                    received
                )
                .Source.At
        );
        Assert.Equal(
            received,
            VrpExport.Read(File("ASN,IP Prefix,Max Length\n"), received).Source.At
        );
        Assert.Null(Read("ASN,IP Prefix,Max Length\n").Source.At);
    }

    [Fact]
    public void Anchors_validity_keys_and_ASPAs_are_kept()
    {
        VrpExport export = Read(
            (string)Forms.First(row => row.Data.Item1 == "rpki-client json").Data.Item2
        );
        Assert.Equal("ripe", export.Vrps[0].TrustAnchor);
        Assert.Equal(Instant.FromUtc(2024, 1, 1, 0, 0), export.Vrps[0].NotAfter);
        Assert.Equal(
            "5D4250E2D81D4448D8A29EFCE91D29FF075EC9E2",
            Assert.Single(export.RouterKeys).Ski
        );
        Assert.Equal([new Asn(1299), new Asn(6939)], Assert.Single(export.Aspas).Providers);

        VrpExport extended = Read(
            (string)Forms.First(row => row.Data.Item1 == "routinator jsonext").Data.Item2
        );
        Assert.Equal("ripe", extended.Vrps[0].TrustAnchor);
        Assert.Equal(Instant.FromUtc(2022, 1, 1, 0, 0), extended.Vrps[0].NotBefore);
        Assert.Equal(Instant.FromUtc(2024, 1, 1, 0, 0), extended.Vrps[0].NotAfter);
        Assert.Null(extended.Vrps[1].NotAfter);
    }

    [Theory]
    [InlineData("AS64496,192.0.2.0/24,23", "maximum length 23")]
    [InlineData("AS64496,192.0.2.0/24,33", "maximum length 33")]
    [InlineData("AS64496,2001:db8::/32,129", "maximum length 129")]
    [InlineData("AS64496,192.0.2.1/24,24", "the prefix is 192.0.2.0/24")]
    [InlineData("AS64496,192.0.2.0/33,33", "length from 0 to 32")]
    [InlineData("AS64496,2001:db8::/129,129", "length from 0 to 128")]
    [InlineData("AS64496,192.0.2.0,24", "is not a prefix")]
    [InlineData("AS64496,010.0.0.0/8,8", "no IPv4 or IPv6 address")]
    [InlineData("AS64496,10.0/8,8", "no IPv4 or IPv6 address")]
    [InlineData("AS64496,fe80::%1/64,64", "no IPv4 or IPv6 address")]
    [InlineData("AS4294967296,192.0.2.0/24,24", "not an AS number")]
    [InlineData("ASx,192.0.2.0/24,24", "not an AS number")]
    [InlineData("AS-1,192.0.2.0/24,24", "not an AS number")]
    [InlineData("AS64496,192.0.2.0/24,x", "not a maximum length")]
    [InlineData("AS64496", "is not a prefix")]
    [InlineData(",,,", "neither AS number nor prefix")]
    public void A_bad_row_is_a_fault_with_its_line_and_the_others_are_read(
        string row,
        string reason
    )
    {
        VrpExport csv = Read(
            $"ASN,IP Prefix,Max Length,Trust Anchor\nAS64496,192.0.2.0/24,24,x\n{row}\nAS64497,2001:db8::/32,48,x\n"
        );
        Assert.Equal(TwoVrps, string.Join(", ", csv.Vrps));
        InputFault fault = Assert.Single(csv.Faults);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.StartsWith("line 3, offset ", fault.At, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"asn":"AS1","prefix":"192.0.2.0/24" "maxLength":24}""")]
    [InlineData("""{"asn":"AS1","prefix":"192.0.2.0/24","maxLength":024}""")]
    [InlineData("""{"asn":"AS1","prefix":"192.0.2.0/24","maxLength":}""")]
    [InlineData("""{"asn":AS1,"prefix":"192.0.2.0/24"}""")]
    [InlineData("""{"asn":"AS1","prefix":{"a":[1,2]}}""")]
    [InlineData("""{"asn":["AS1"],"prefix":"192.0.2.0/24"}""")]
    [InlineData("""{"asn":"AS1"}""")]
    [InlineData("""{"prefix":"192.0.2.0/24"}""")]
    [InlineData("""{"asn":1.5,"prefix":"192.0.2.0/24"}""")]
    [InlineData("""{"asn":-1,"prefix":"192.0.2.0/24"}""")]
    [InlineData("""{"asn":1,"prefix":"192.0.2.0/24","maxLength":256}""")]
    [InlineData("""{"customer":"AS1","providers":[]}""")]
    [InlineData("""{"customer":"AS1","providers":["AS1"]}""")]
    [InlineData("""{"customer":"AS0","providers":["AS1"]}""")]
    [InlineData("""{"customer":"AS1","providers":[{"x":1}]}""")]
    [InlineData("""{"asn":"AS1","SKI":"00","routerPublicKey":""}""")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    public void A_bad_object_is_a_fault_with_its_line_and_the_others_are_read(string row)
    {
        VrpExport export = Read(
            "{\n\"roas\": [\n{ \"asn\": 64496, \"prefix\": \"192.0.2.0/24\" },\n"
                + row
                + ",\n{ \"asn\": \"64497\", \"prefix\": \"2001:db8::/32\", \"maxLength\": \"48\" }\n],\n"
                + "\"aspas\": [{\"customer\": 1, \"providers\": [2]}] }"
        );
        Assert.Equal(TwoVrps, string.Join(", ", export.Vrps));
        Assert.Single(export.Aspas);
        Assert.StartsWith(
            "line 4, offset ",
            Assert.Single(export.Faults).At,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_truncation_keeps_the_rows_before_it_and_never_throws()
    {
        foreach (var form in Forms)
        {
            byte[] octets = Encoding.UTF8.GetBytes(form.Data.Item2);
            for (int length = 0; length <= octets.Length; length++)
            {
                VrpExport export = VrpExport.Read(SourceFile.Of("cut", octets.AsMemory(0, length)));
                Assert.InRange(export.Vrps.Count, 0, 2);
            }
        }
    }

    [Fact]
    public void Flipped_octets_never_throw()
    {
        foreach (var form in Forms)
        {
            byte[] octets = Encoding.UTF8.GetBytes(form.Data.Item2);
            for (int at = 0; at < octets.Length; at++)
            {
                foreach (byte flip in (byte[])[1, 2, 16, 32, 64, 128, 255])
                {
                    octets[at] ^= flip;
                    Assert.NotNull(VrpExport.Read(SourceFile.Of("flipped", octets)));
                    octets[at] ^= flip;
                }
            }
        }
    }

    [Fact]
    public void A_file_of_nothing_but_faults_is_told_in_a_bounded_list()
    {
        VrpExport csv = Read(
            "ASN,IP Prefix\n" + string.Concat(Enumerable.Repeat("AS1,10.0.0.1/8\n", 5000))
        );
        Assert.Equal(1001, csv.Faults.Count);
        Assert.Contains("4000 more", csv.Faults[^1].Reason, StringComparison.Ordinal);

        VrpExport json = Read(
            "{\"roas\":[" + string.Concat(Enumerable.Repeat("{x},", 5000)) + "{}]}"
        );
        Assert.InRange(json.Faults.Count, 1000, 1001);
    }

    [Theory]
    [InlineData("route 12.34.56.0/24 max 24 as 1234;")]
    [InlineData("roa-set {\n}\n")]
    [InlineData("{\"data\":{}}")]
    [InlineData("Summary at 1970-01-01 00:00:00 UTC")]
    [InlineData("\0\0\0\0")]
    public void A_file_of_another_kind_is_one_clear_fault(string text)
    {
        VrpExport export = Read(text);
        Assert.Empty(export.Vrps);
        Assert.Contains(
            "json or csv",
            Assert.Single(export.Faults).Remedy,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("csvcompat")]
    [InlineData("csvext")]
    [InlineData("json")]
    [InlineData("jsonext")]
    [InlineData("slurm")]
    public void Every_form_of_Routinator_is_read_with_its_duplicates_and_empty_files(string form)
    {
        foreach (
            string digits in (string[])["000", "001", "010", "011", "100", "101", "110", "111"]
        )
        {
            string path = SharedData.PathOf($"data/rpki/routinator/test/output/{digits}.{form}");
            VrpExport export = VrpExport.Read(
                SourceFile.Of(Path.GetFileName(path), System.IO.File.ReadAllBytes(path))
            );
            Assert.Empty(export.Faults);
            // The digits say whether VRPs, router keys and ASPAs are there; each is there twice.
            Assert.Equal(digits[0] == '1' ? 2 : 0, export.Vrps.Count);
            Assert.All(
                export.Vrps,
                vrp => Assert.Equal("12.34.56.0/24 to /24 by AS1234", vrp.ToString())
            );
            Assert.Equal(digits[0] == '1' ? 1 : 0, VrpSet.Of([export]).Count);
            if (form is "json" or "jsonext")
            {
                Assert.Equal(digits[1] == '1' ? 2 : 0, export.RouterKeys.Count);
                Assert.Equal(digits[2] == '1' ? 2 : 0, export.Aspas.Count);
            }
        }
    }

    [Fact]
    public void The_AFRINIC_archive_is_read_with_its_validity()
    {
        string path = SharedData.PathOf("data/rpki/afrinic_2021/roas.csv");
        VrpExport export = VrpExport.Read(
            SourceFile.Of("roas.csv", System.IO.File.ReadAllBytes(path))
        );
        Assert.Empty(export.Faults);
        Assert.Equal(4372, export.Vrps.Count);
        var set = VrpSet.Of([export]);
        Assert.InRange(set.Count, 4000, 4372);
        Assert.Equal(
            "invalid: as0",
            set.Validate(IpPrefixes.Of("2001:43f8::/48"), new Asn(64500)).ToString()
        );
        Assert.Equal(
            "valid: matched",
            set.Validate(IpPrefixes.Of("2001:43f8:400::/40"), new Asn(37062)).ToString()
        );
        VrpSet later = set.InForce(Instant.FromUtc(2024, 1, 1, 0, 0));
        Assert.Equal(
            "not-found: not_covered",
            later.Validate(IpPrefixes.Of("2001:43f8:400::/40"), new Asn(37062)).ToString()
        );
    }

    [Fact]
    public void The_files_of_StayRTR_are_read()
    {
        foreach (string name in (string[])["smalltest.rpki.json", "test.rpki.json"])
        {
            string path = SharedData.PathOf($"data/rpki/stayrtr/{name}");
            VrpExport export = VrpExport.Read(
                SourceFile.Of(name, System.IO.File.ReadAllBytes(path))
            );
            Assert.Empty(export.Faults);
            Assert.Equal(
                JsonDocument
                    .Parse(System.IO.File.ReadAllBytes(path))
                    .RootElement.GetProperty("roas")
                    .GetArrayLength(),
                export.Vrps.Count
            );
        }
    }

    private static VrpExport Read(string text, string name = "vrps") =>
        VrpExport.Read(SourceFile.Of(name, Encoding.UTF8.GetBytes(text)));

    private static SourceFile File(string text) =>
        SourceFile.Of("vrps", Encoding.UTF8.GetBytes(text));
}
