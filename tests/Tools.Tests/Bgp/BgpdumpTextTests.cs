using System.IO.Compression;
using System.Text;
using Breakwater.Bgp;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Tests.Bgp;

public class BgpdumpTextTests
{
    private static readonly Gen<IpPrefix> prefixes = Gen.Select(
            Gen.Byte.Array[16],
            Gen.Bool,
            Gen.Int[0, 128]
        )
        .Select(
            (address, isV6, length) =>
                isV6
                    ? IpPrefix.From(address, length)
                    : IpPrefix.From(address.AsSpan(0, 4), length / 4)
        );

    private static readonly Gen<byte[]> messages = Gen.Select(
            prefixes,
            Gen.UInt.Array[0, 600],
            Gen.UInt.Array[0, 8],
            Gen.UInt[1, uint.MaxValue],
            Gen.Int[0, 31],
            Gen.Byte.Array[16]
        )
        .Select(Written);

    [Fact]
    public void What_was_dumped_is_read_back_as_the_same_elements() =>
        messages.Sample(octets =>
        {
            string text = Dumped.Lines(octets);
            Dumped.AreEqual(text, Again(text, out MrtFaults faults));
            Assert.Equal(0, faults.Count);
        });

    [Fact]
    public void Every_type_of_line_is_read()
    {
        const string lines = """
            TABLE_DUMP|7|B|192.0.2.1|64500|192.0.2.0/24|1 {2,3} (4 5) [6,7] 8|EGP|192.0.2.1|9|8|no-export 1:2 local-AS|AG|70000 203.0.113.1|
            TABLE_DUMP2|7|B|192.0.2.1|64500|2001:db8::/32|1|IGP|2001:db8::9|0|0||NAG||
            TABLE_DUMP2_AP|7|B|2001:db8::1|64500|2001:db8::/32|36||INCOMPLETE|255.255.255.255|0|0||NAG||
            BGP4MP|7|A|192.0.2.1|64500|192.0.2.0/24|1|IGP|192.0.2.1|0|0||NAG||
            BGP4MP_AP|7|W|192.0.2.1|64500|2001:db8::/32|4
            BGP4MP_ET|7.000001|A|2001:db8::1|64500|2001:db8::/32|1|IGP|2001:db8::1|0|0||NAG||
            BGP4MP_LOCAL|7|A|192.0.2.1|64500|192.0.2.0/24|1|IGP|192.0.2.1|0|0||NAG||
            BGP4MP|7|STATE|192.0.2.1|64500|6|1

            """;
        string again = Again(lines.ReplaceLineEndings("\n"), out MrtFaults faults);
        Assert.Equal(0, faults.Count);
        // What the types were is not kept: messages come back with an extended time, tables as version 2.
        Dumped.AreEqual(
            lines
                .ReplaceLineEndings("\n")
                .Replace("TABLE_DUMP|", "TABLE_DUMP2|", StringComparison.Ordinal)
                .Replace("BGP4MP_ET|7.000001", "BGP4MP|7.000001", StringComparison.Ordinal)
                .Replace("BGP4MP|7|", "BGP4MP|7.000000|", StringComparison.Ordinal)
                .Replace("BGP4MP_AP|7|", "BGP4MP_AP|7.000000|", StringComparison.Ordinal)
                .Replace("BGP4MP_LOCAL|7|", "BGP4MP_LOCAL|7.000000|", StringComparison.Ordinal)
                .Replace("BGP4MP", "BGP4MP_ET", StringComparison.Ordinal),
            again
        );
    }

    [Theory]
    [InlineData("junk", "not a line")]
    [InlineData("BGP4MP|x|A|192.0.2.1|1|10.0.0.0/8|1|IGP|192.0.2.1|0|0||NAG||", "time")]
    [InlineData("BGP4MP|1|X|192.0.2.1|1|10.0.0.0/8", "neither")]
    [InlineData("BGP4MP|1|A|192.0.2|1|10.0.0.0/8|1|IGP|192.0.2.1|0|0||NAG||", "peer address")]
    [InlineData("BGP4MP|1|W|192.0.2.1|1|10.0.0.0/33", "prefix")]
    [InlineData("BGP4MP|1|A|192.0.2.1|1|10.0.0.0/8|1 {2|IGP|192.0.2.1|0|0||NAG||", "bracket")]
    [InlineData("BGP4MP|1|A|192.0.2.1|1|10.0.0.0/8|! Error !|IGP|192.0.2.1|0|0||NAG||", "path")]
    [InlineData(
        "BGP4MP|1|A|192.0.2.1|1|10.0.0.0/8|1|IGP|192.0.2.1|0|0|1:99999|NAG||",
        "communities"
    )]
    [InlineData("BGP4MP|1|A|192.0.2.1|1|10.0.0.0/8|1|IGP|192.0.2.1|0|0|", "AG")]
    public void A_line_that_cannot_be_read_is_a_fault_and_the_next_is_read(
        string line,
        string reason
    )
    {
        string text =
            $"BGP4MP|1|W|192.0.2.1|1|10.0.0.0/8\n{line}\nBGP4MP|2|W|192.0.2.1|1|10.0.0.0/8";
        string again = Again(text, out MrtFaults faults);
        Assert.Equal(2, again.Split('\n').Length - 1);
        MrtFault fault = Assert.Single(faults.Kept);
        Assert.StartsWith("line 2: ", fault.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.Equal(34, fault.Offset);
    }

    [Fact]
    public void Any_octets_give_faults_and_no_exception() =>
        Gen.Select(messages, Gen.Int[0, 10_000], Gen.Byte)
            .Sample(
                (octets, at, other) =>
                {
                    byte[] text = Encoding.ASCII.GetBytes(Dumped.Lines(octets));
                    text[at % text.Length] = other;
                    var heard = new Heard();
                    BgpdumpTextReader.ReadAll([text], new MrtFaults(), ref heard);
                }
            );

    [Fact]
    public void The_long_table_of_2010_is_read_whole()
    {
        string path = SharedData.PathOf(
            "data/routing/bgpdump_expected_text/bview.20100701.0759.gz.bgp.gz"
        );
        using var text = new MemoryStream();
        using (var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
        {
            file.CopyTo(text);
        }

        string again = Again(text.ToArray(), out MrtFaults faults);
        Assert.Equal(0, faults.Count);
        Dumped.AreEqual(Encoding.ASCII.GetString(text.ToArray()), again);
        Assert.Equal(641_957, again.Count(letter => letter == '\n'));
    }

    private static string Again(string text, out MrtFaults faults) =>
        Again(Encoding.ASCII.GetBytes(text), out faults);

    private static string Again(byte[] text, out MrtFaults faults)
    {
        faults = new MrtFaults();
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var lines = new BgpdumpLines(output);
        // In pieces of an odd size, so that lines are cut.
        BgpdumpTextReader.ReadAll(
            text.Chunk(65_521).Select(chunk => new ReadOnlyMemory<byte>(chunk)),
            faults,
            ref lines
        );
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }

    /// <summary>A message and a table row of our writers.</summary>
    private static byte[] Written(
        IpPrefix prefix,
        uint[] path,
        uint[] communities,
        uint number,
        int choices,
        byte[] address
    )
    {
        bool isV6 = (choices & 1) != 0;
        uint? pathId = (choices & 2) != 0 ? number : null;
        var peer = new BgpPeer(
            new Asn(number),
            isV6
                ? System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(address)
                : (UInt128)number << 96,
            isV6
        );
        var octets = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new MrtWriter(octets);
        var message = new BgpMessageWriter();
        message
            .Origin((RouteOrigin)(number % 3))
            .AsPath(path)
            .LocalPref(number)
            .Communities(communities);
        if ((choices & 4) != 0)
        {
            message.AtomicAggregate().Aggregator(new Aggregator(new Asn(number), number));
        }

        if (prefix.IsV6)
        {
            message.MpReach(address, [prefix], pathId);
        }
        else
        {
            message.NextHop([192, 0, 2, address[0]]);
        }

        writer.Message(
            number,
            number % 1_000_000,
            peer,
            message.Update([], prefix.IsV6 ? [] : [prefix], pathId),
            pathId is not null
        );
        byte[] attributes = message.Attributes.ToArray();
        writer.PeerIndexTable(number, 0, [peer]);
        writer.RibRow(number, 0, prefix, [new MrtRibEntry(0, number, attributes, pathId)]);
        message.Clear().MpUnreach([prefix], pathId);
        writer.Message(number, 0, peer, message.Update([], [], pathId), pathId is not null);
        writer.StateChange(number, 0, peer, (SessionState)(choices & 7), SessionState.Idle);
        return octets.WrittenSpan.ToArray();
    }
}
