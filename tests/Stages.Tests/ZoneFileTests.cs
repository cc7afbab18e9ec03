using System.Text;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Zones in master-file form: everything that RFC 1035 allows is read, everything else is a fault with its line.</summary>
public sealed class ZoneFileTests
{
    private static (List<ZoneRecord> Records, IReadOnlyList<InputFault> Faults) Read(
        string text,
        int pieces = 1
    )
    {
        byte[] octets = Encoding.Latin1.GetBytes(text);
        int size = Math.Max(1, octets.Length / pieces);
        using var reader = new ZoneFileReader(
            "zone",
            octets.Chunk(size).Select(piece => new ReadOnlyMemory<byte>(piece))
        );
        var records = new List<ZoneRecord>();
        while (reader.Read(out ZoneRecord record))
        {
            records.Add(record);
        }

        return (records, reader.Faults);
    }

    private static string Shown(IEnumerable<ZoneRecord> records) =>
        string.Join(
            '\n',
            records.Select(record =>
                $"{record.Owner} {record.Ttl} {record.Class} {ZoneType.Name(record.Type)} {Convert.ToHexString(record.Rdata.Span)}"
            )
        );

    private static string Only(string text)
    {
        (List<ZoneRecord> records, IReadOnlyList<InputFault> faults) = Read(text);
        Assert.Empty(faults);
        return Shown(records);
    }

    [Fact]
    public void Class_and_time_to_live_may_be_absent_or_stand_in_either_order() =>
        Assert.Equal(
            """
            a 3600 1 A C0000201
            a 60 1 A C0000202
            a 60 1 A C0000203
            b 60 1 A C0000204
            c 90061 1 A C0000205
            """.ReplaceLineEndings("\n"),
            Only(
                """
                $TTL 1h
                a A 192.0.2.1
                a 60 IN A 192.0.2.2
                  IN 60 A 192.0.2.3
                b in 60 a 192.0.2.4
                c 1D1h1m1s A 192.0.2.5
                """
            )
        );

    [Fact]
    public void An_entry_may_run_over_lines_in_parentheses_with_comments_between() =>
        Assert.Equal(
            Only("x. 1 IN SOA a. b. 7 1 2 3 4"),
            Only("x. 1 IN SOA a. b. ( 7 ; serial ) not the end\n  1\t2 ; refresh\n\n 3 4 )\n")
        );

    [Fact]
    public void Names_are_relative_to_the_origin_in_force() =>
        Assert.Equal(
            """
            example 1 1 NS 036E7331076578616D706C6500
            www.sub.example 1 1 CNAME 03737562076578616D706C6500
            other.test 1 1 NS 00
            """.ReplaceLineEndings("\n"),
            Only(
                "$ORIGIN example.\n@ 1 NS ns1\n$ORIGIN sub\nwww 1 CNAME @\nother.test. 1 NS .\n"
            )
        );

    [Fact]
    public void Escapes_and_quotes_keep_what_they_protect()
    {
        Assert.Equal(
            "t 1 1 TXT 03613B62056328642900" + "022265",
            Only("t. 1 TXT \"a;b\" \"c(d)\\000\" \\\"\\101")
        );
        (List<ZoneRecord> records, _) = Read("a\\.b\\032c.example. 1 A 192.0.2.1");
        Assert.Equal("a\\.b\\032c.example", records[0].Owner.ToString());
        Assert.Equal(2, records[0].Owner.LabelCount);
    }

    [Fact]
    public void A_type_without_a_name_is_read_as_octets() =>
        Assert.Equal(
            "a 1 1 TYPE65400 C0FFEE\na 1 1 A C0000201\na 1 1 TYPE65401 ",
            Only("a. 1 TYPE65400 \\# 3 c0 ffee\na. 1 A \\# 4 ( c000 0201 )\na. 1 type65401 \\# 0")
        );

    [Theory]
    [InlineData("a. 1 A 192.0.2", "no IPv4 address")]
    [InlineData("a. 1 A 192.0.2.010", "no IPv4 address")]
    [InlineData("a. 1 AAAA fe80::1%eth0", "no IPv6 address")]
    [InlineData("a. 1 NS", "too few fields")]
    [InlineData("a. 1 NS b. c.", "too many fields")]
    [InlineData("a. 1 BOGUS b.", "is no type that is read here")]
    [InlineData("a. 1 A \\# 3 c00002", "are no A")]
    [InlineData("a. 1 A \\# 4 c00002", "as many octets")]
    [InlineData("a..b. 1 A 192.0.2.1", "empty label")]
    [InlineData("a. A 192.0.2.1", "no TTL")]
    [InlineData(" 1 A 192.0.2.1", "no owner")]
    [InlineData("a. 1 TXT \"open", "a quote is not closed")]
    [InlineData("a. 1 A ) 192.0.2.1", "closed that was not opened")]
    [InlineData("a. 1 A ( 192.0.2.1", "not closed at the end")]
    [InlineData("$INCLUDE other.zone", "is not followed")]
    [InlineData("$GENERATE 1-9 a$ A 192.0.2.$", "is no directive")]
    [InlineData("a. 1 RRSIG NS 8 1 1 20260230000000 20260101000000 1 . AAAA", "no time")]
    [InlineData("a. 1 DNSKEY 256 3 8 A", "not base 64")]
    public void What_cannot_be_read_is_a_fault_with_its_line_and_the_rest_is_read(
        string entry,
        string reason
    )
    {
        bool isLast = reason == "not closed at the end";
        (List<ZoneRecord> records, IReadOnlyList<InputFault> faults) = Read(
            $"; a zone\n{entry}\n{(isLast ? "" : "good. 9 A 192.0.2.99\n")}"
        );
        InputFault fault = Assert.Single(faults);
        Assert.StartsWith(isLast ? "lines 2 to" : "line 2", fault.At, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.Equal(isLast ? "" : "good 9 1 A C0000263", Shown(records));
    }

    [Fact]
    public void Records_after_an_owner_that_cannot_be_read_are_given_to_nobody()
    {
        (List<ZoneRecord> records, IReadOnlyList<InputFault> faults) = Read(
            "good. 1 A 192.0.2.1\nbad..name. 1 A 192.0.2.2\n 1 A 192.0.2.3\nnext. 1 A 192.0.2.4\n"
        );
        Assert.Equal("good 1 1 A C0000201\nnext 1 1 A C0000204", Shown(records));
        Assert.Equal(["line 2", "line 3"], faults.Select(fault => fault.At));
    }

    [Fact]
    public void A_parenthesis_left_open_does_not_take_the_whole_file()
    {
        string rows = string.Concat(
            Enumerable.Range(0, 5_000).Select(i => $"n{i}. 1 A 192.0.2.1\n")
        );
        (List<ZoneRecord> records, IReadOnlyList<InputFault> faults) = Read(
            $"a. 1 TXT ( \"never closed\"\n{rows}"
        );
        Assert.Contains("stays open", Assert.Single(faults).Reason, StringComparison.Ordinal);
        Assert.InRange(records.Count, 2_900, 4_999);
    }

    [Fact]
    public void Pieces_give_what_the_whole_gives()
    {
        string whole = Shown(Read(CoreFixture.Text).Records);
        Gen.Int[1, 400]
            .Sample(pieces => whole == Shown(Read(CoreFixture.Text, pieces).Records), iter: 50);
    }

    [Fact]
    public void No_octets_make_the_reader_throw()
    {
        Gen<string> odd = Gen.OneOf(
            Gen.Char['\0', '\xFF'].Array[0, 60].Select(letters => new string(letters)),
            Gen.OneOfConst(
                    "$ORIGIN",
                    "$TTL",
                    "\n",
                    " ",
                    "(",
                    ")",
                    "\"",
                    "\\",
                    "\\#",
                    "\\999",
                    ";",
                    "IN",
                    "A",
                    "NS",
                    "RRSIG",
                    "NSEC3",
                    "ZONEMD",
                    "DS",
                    "TXT",
                    "SOA",
                    ".",
                    "a.",
                    "1",
                    "4294967296",
                    "00",
                    "AAAA"
                )
                .Array[0, 40]
                .Select(words => string.Join(' ', words))
        );
        odd.Sample(
            text =>
            {
                var file = SourceFile.Of("zone", Encoding.Latin1.GetBytes(text));
                ZoneRead read = SignalsFromZone.ReadZone(file);
                return read.Zone.Records.Count + read.Zone.Unreadable <= text.Length + 1;
            },
            iter: 3_000
        );
    }

    [Fact]
    public void Names_are_ordered_as_DNSSEC_orders_them()
    {
        // RFC 4034 section 6.1.
        string[] ordered =
        [
            "example.",
            "a.example.",
            "yljkjljk.a.example.",
            "Z.a.example.",
            "zABC.a.EXAMPLE.",
            "z.example.",
            "\\001.z.example.",
            "*.z.example.",
            "\\200.z.example.",
        ];
        DnsName[] names =
        [
            .. ordered.Select(text =>
            {
                Assert.Null(DnsName.Read(Encoding.Latin1.GetBytes(text), null, out DnsName name));
                return name;
            }),
        ];
        Gen.Shuffle(names).Sample(shuffled => shuffled.Order().SequenceEqual(names), iter: 200);
    }
}
