using System.IO.Compression;
using System.Text;
using Xunit;
using static Breakwater.Tests.MrtBytes;

namespace Breakwater.Tests.Bgp;

/// <summary>
/// The lines of bgpdump -m: on octets of ours always, and wherever the program is installed against it; on its samples
/// against the texts that come with them.
/// </summary>
public class BgpdumpLinesTests
{
    private const string Texts = "data/routing/bgpdump_expected_text";

    // Listed with their reasons in docs/bgpdump-differences.md.
    private static readonly string[] different =
    [
        "updates.nlri_mask_trailing_bits.gz",
        "updates.19990903.1041.gz",
        "updates.19991214.1621.gz",
        "bview.20000111.0032.gz",
        "updates.20000102.2014.gz",
        "updates.20000325.0345.gz",
        "bird_bgp",
        "bird6_bgp",
        "openbgpd_rib_table",
        "openbgpd_rib_table-mp",
    ];

    public static TheoryData<string> Samples => [.. SharedData.FilesIn("data/routing/bgpdump")];

    public static TheoryData<string> AllFiles =>
        [
            .. SharedData
                .FilesIn("data/routing/bgpdump")
                .Select(file => file)
                .Concat(BgpdumpTests.OtherFiles.Select(row => row.Data)),
        ];

    [Fact]
    public void Lines_have_the_fields_of_bgpdump_in_their_order()
    {
        byte[] octets = Everything();
        Dumped.AreEqual(
            """
            BGP4MP|1|A|192.0.2.244|64500|192.0.2.0/24|64500 {1,2} (3 4) [5,6]|IGP|192.0.2.1|200|7|no-export 64500:5 65535:666|AG|4200000000 203.0.113.1|
            BGP4MP|2|W|192.0.2.244|64500|10.1.0.0/16
            BGP4MP|2|W|192.0.2.244|64500|2001:db8:2::/48
            BGP4MP|2|A|192.0.2.244|64500|10.0.0.0/8|64500|IGP|192.0.2.1|0|0||NAG||
            BGP4MP|2|A|192.0.2.244|64500|2001:db8::1:1:1:1:0/112|64500|IGP|::ffff:192.0.2.9|0|0||NAG||
            BGP4MP_ET|3.000042|STATE|192.0.2.244|64500|6|99
            BGP4MP_AP|4|A|192.0.2.244|64500|10.0.0.0/8|4294967295|64500|IGP|192.0.2.1|0|0||NAG||
            BGP4MP_AP|5|W|192.0.2.244|64500|10.0.0.0/8|7
            BGP4MP_LOCAL|6|A|192.0.2.244|64500|10.0.0.0/8|64500|IGP|192.0.2.1|0|0||NAG||
            TABLE_DUMP|7|B|192.0.2.1|64500|192.0.2.0/24|1 70000|EGP|192.0.2.1|0|0||NAG||
            TABLE_DUMP2|9|B|2001:db8::9|4200000000|192.0.2.0/24||INCOMPLETE|255.255.255.255|0|0||NAG||
            BGP|10|A|192.0.2.1|64500|192.0.2.0/24|64500|IGP|192.0.2.1|0|01:1|NAG||

            """.ReplaceLineEndings("\n"),
            Dumped.Lines(octets)
        );
    }

    [Fact]
    public void The_installed_bgpdump_prints_the_same() =>
        Dumped.AreEqual(Dumped.Bgpdump(Everything()), Dumped.Lines(Everything()));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Text_is_that_which_comes_with_the_samples(string file)
    {
        string ours = Dumped.File(SharedData.PathOf(file));
        string text = SharedData.PathOf($"{Texts}/{System.IO.Path.GetFileName(file)}.bgp.gz");
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(text), CompressionMode.Decompress),
            Encoding.ASCII
        );
        Dumped.AreEqual(reader.ReadToEnd(), ours);
    }

    [Theory]
    [MemberData(nameof(AllFiles))]
    public void Text_is_that_of_the_installed_bgpdump_or_the_difference_is_listed(string file)
    {
        string path = SharedData.PathOf(file);
        string ours = Dumped.File(path);
        string theirs = Dumped.Bgpdump(path);
        if (different.Contains(System.IO.Path.GetFileName(file)))
        {
            Assert.False(theirs == ours, "no longer different: take it off the list");
            return;
        }

        Dumped.AreEqual(theirs, ours);
    }

    [Fact]
    public void Lengths_that_leave_out_four_octets_lose_no_entry()
    {
        byte[] entry = [192, 0, 2, 0, 24, 1, .. U32(9), 192, 0, 2, 1, .. U16(64500), .. U16(0)];
        byte[] record =
        [
            .. U32(1_000_000_000),
            .. U16(12),
            .. U16(1),
            .. U32((uint)(2 * entry.Length)),
            0,
            0,
            0,
            0,
            .. entry,
            .. entry,
        ];
        string lines = Dumped.Lines([.. record, .. record, .. record], recovers: true);
        Assert.Equal(6, lines.Split('\n').Length - 1);
    }

    [Fact]
    public void Path_identifiers_in_a_record_type_without_them_are_read()
    {
        byte[] prefixes =
        [
            .. U32(2),
            .. Nlri("172.17.0.0/24"),
            .. U32(2),
            .. Nlri("172.17.1.0/24"),
        ];
        (List<string> lines, Breakwater.Bgp.MrtFaults faults) = Heard.In(
            new MrtBytes()
                .Update(1, 64500, UpdateOf([], Attributes(Path(4, 64500)), prefixes))
                .ToArray()
        );
        Assert.Equal(
            ["1 AS64500 A 172.17.0.0/24 path 2 64500", "1 AS64500 A 172.17.1.0/24 path 2 64500"],
            lines
        );
        Assert.Single(faults.Kept);
    }

    /// <summary>Every form that both print alike.</summary>
    private static byte[] Everything()
    {
        byte[] rich =
        [
            .. Attribute(1, 0),
            .. Attribute(
                2,
                [
                    .. Path(4, 64500),
                    1,
                    2,
                    .. U32(1),
                    .. U32(2),
                    3,
                    2,
                    .. U32(3),
                    .. U32(4),
                    4,
                    2,
                    .. U32(5),
                    .. U32(6),
                ]
            ),
            .. Attribute(3, 192, 0, 2, 1),
            .. Attribute(4, U32(7)),
            .. Attribute(5, U32(200)),
            .. Attribute(6),
            .. Attribute(7, [.. U32(4_200_000_000), 203, 0, 113, 1]),
            .. Attribute(8, [.. U32(0xFFFFFF01), .. U32((64500u << 16) | 5), .. U32(0xFFFF029A)]),
            .. Attribute(32, [.. U32(1), .. U32(2), .. U32(3)]),
        ];
        byte[] plain = Attributes(Path(4, 64500));
        byte[] reach =
        [
            0,
            2,
            1,
            16,
            .. new byte[10],
            0xFF,
            0xFF,
            192,
            0,
            2,
            9,
            0,
            .. Nlri("2001:db8:0:1:1:1:1:0/112"),
        ];
        byte[] both =
        [
            .. plain,
            .. Attribute(14, reach),
            .. Attribute(15, [0, 2, 1, .. Nlri("2001:db8:2::/48")]),
        ];
        byte[] table =
        [
            .. Attribute(1, 1),
            .. Attribute(2, Path(2, 1, 23456)),
            .. Attribute(3, 192, 0, 2, 1),
            .. Attribute(17, Path(4, 70_000)),
        ];
        byte[] old = [.. Attributes(Path(2, 64500)), .. Attribute(8, U32(0x00010001))];
        byte[] prefix = Nlri("192.0.2.0/24");
        byte[] ten = Nlri("10.0.0.0/8");
        return new MrtBytes()
            .Update(1, 64500, UpdateOf([], rich, prefix))
            .Update(2, 64500, UpdateOf(Nlri("10.1.0.0/16"), both, ten))
            .Record(3, 17, 5, U32(42), Peer(64500), U16(6), U16(99))
            .Record(
                4,
                16,
                9,
                Peer(64500),
                Message(UpdateOf([], plain, [.. U32(uint.MaxValue), .. ten]))
            )
            .Record(5, 16, 9, Peer(64500), Message(UpdateOf([.. U32(7), .. ten], [], [])))
            .Record(6, 16, 7, Peer(64500), Message(UpdateOf([], plain, ten)))
            .Record(
                7,
                12,
                1,
                [0, 0, 0, 1, 192, 0, 2, 0, 24, 1, .. U32(9), 192, 0, 2, 1, .. U16(64500)],
                [.. U16(table.Length), .. table]
            )
            .Record(
                8,
                13,
                1,
                [9, 9, 9, 9, 0, 0, 0, 1, 3, 8, 8, 8, 8],
                [0x20, 1, 0x0D, 0xB8, .. new byte[11], 9, .. U32(4_200_000_000)]
            )
            .Record(9, 13, 2, [0, 0, 0, 0, .. prefix, 0, 1, 0, 0, .. U32(5), 0, 0])
            .Record(
                10,
                5,
                1,
                [.. U16(64500), 192, 0, 2, 1, .. U16(3), 192, 0, 2, 2],
                UpdateOf([], old, prefix)
            )
            .ToArray();
    }
}
