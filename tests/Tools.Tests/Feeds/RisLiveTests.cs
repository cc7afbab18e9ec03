using System.Text;
using Breakwater.Bgp;
using Breakwater.Tests.Bgp;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;
using static Breakwater.Tests.Feeds.RisLiveJson;

namespace Breakwater.Tests.Feeds;

public class RisLiveTests
{
    [Fact]
    public void An_update_with_its_octets_is_read_from_them()
    {
        string update = Update(
            raw: RawOf("192.0.2.0/24", 64500, 64501),
            path: "[1,2]",
            prefix: "203.0.113.0/24"
        );
        (List<string> lines, RisLiveRead read) = In(sampleEvery: 0, [update]);
        Assert.Equal(["1553627987 AS64500 A 192.0.2.0/24 64500 64501"], lines);
        Assert.Equal((1, 1), (read.Messages, read.Updates));
        Assert.Empty(read.Faults);
    }

    [Fact]
    public void An_update_without_octets_is_read_from_its_JSON()
    {
        (List<string> lines, RisLiveRead read) = In(
            """
            {"type":"ris_message","data":{"timestamp":1553627987.89,"peer":"192.0.2.9","peer_asn":"64500","host":"rrc00",
            "type":"UPDATE","path":[64500,64501,[64510,64511]],"community":[[64500,7]],"origin":"IGP","med":5,"aggregator":"64501:192.0.2.77",
            "announcements":[{"next_hop":"192.0.2.9","prefixes":["198.51.100.0/24","198.51.100.128\/25"]},
            {"next_hop":"2001:db8::9,fe80::9","prefixes":["2001:db8:1::/48"]}],"withdrawals":["203.0.113.0/24","2001:db8:2::/48"]}}
            """.ReplaceLineEndings(" ")
        );
        Assert.Equal(
            [
                "1553627987 AS64500 W 203.0.113.0/24",
                "1553627987 AS64500 W 2001:db8:2::/48",
                "1553627987 AS64500 A 198.51.100.0/24 64500 64501 Set(64510 64511)",
                "1553627987 AS64500 A 198.51.100.128/25 64500 64501 Set(64510 64511)",
                "1553627987 AS64500 A 2001:db8:1::/48 64500 64501 Set(64510 64511)",
            ],
            lines
        );
        Assert.Empty(read.Faults);
    }

    [Fact]
    public void The_attributes_of_the_JSON_reach_the_visitor()
    {
        var decoder = new RisLiveDecoder(new MrtFaults());
        RisLiveMessage message = decoder.Read(
            Encoding.UTF8.GetBytes(
                """{"type":"ris_message","data":{"timestamp":1.5,"peer":"2001:db8::1","peer_asn":"4200000000","type":"UPDATE","path":[4200000000],"community":[[64500,7],[65535,65281]],"origin":"incomplete","med":4294967295,"aggregator":"70000:192.0.2.77","announcements":[{"next_hop":"192.0.2.9","prefixes":["198.51.100.0/24"]}]}}"""
            )
        );
        var seen = new Attributes();
        decoder.Decode(message, 7, 100, 20, ref seen);
        Assert.Equal("2 4294967295 FBF40007FFFFFF01 00011170C000024D C0000209", seen.Text);
        Assert.Equal(
            (7, 100, 20, 1u, 500_000u),
            (seen.Index, seen.Offset, seen.Length, seen.Seconds, seen.Microseconds)
        );
        Assert.Equal("AS4200000000 2001:db8::1", message.Peer.ToString());
    }

    [Theory]
    [InlineData("1553627987.89", 1553627987u, 890_000u)]
    [InlineData("1553627987", 1553627987u, 0u)]
    [InlineData("1553627987.000001", 1553627987u, 1u)]
    [InlineData("1553627987.9999999", 1553627987u, 999_999u)]
    [InlineData("1.55362798789e9", 1553627987u, 890_000u)]
    [InlineData("\"1553627987.89\"", 1553627987u, 890_000u)]
    public void Fractions_of_a_second_are_read_without_rounding_error(
        string text,
        uint seconds,
        uint microseconds
    )
    {
        RisLiveMessage message = new RisLiveDecoder(new MrtFaults()).Read(
            Encoding.UTF8.GetBytes(
                PeerState("down").Replace("1553627987.89", text, StringComparison.Ordinal)
            )
        );
        Assert.Null(message.Fault);
        Assert.Equal((seconds, microseconds), (message.Seconds, message.Microseconds));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("4294967296")]
    [InlineData("1e400")]
    [InlineData("null")]
    [InlineData("\"noon\"")]
    public void A_time_that_is_none_is_a_fault(string text) =>
        Assert.Contains(
            "timestamp",
            Assert
                .Single(
                    In(
                        PeerState("down").Replace("1553627987.89", text, StringComparison.Ordinal)
                    ).Read.Faults
                )
                .Reason,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_peer_that_goes_down_ends_its_session()
    {
        (List<string> lines, RisLiveRead read) = In(PeerState("down"), PeerState("connected"));
        Assert.Equal(
            ["1553627987 AS64500 Established Idle", "1553627987 AS64500 OpenConfirm Established"],
            lines
        );
        Assert.Equal(2, read.PeerStates);
    }

    [Fact]
    public void Old_sessions_carry_AS_numbers_of_two_octets()
    {
        byte[] update = MrtBytes.Message(
            MrtBytes.UpdateOf(
                [],
                MrtBytes.Attributes(MrtBytes.Path(2, 64500, 64501)),
                MrtBytes.Nlri("192.0.2.0/24")
            )
        );
        (List<string> lines, RisLiveRead read) = In(
            Update(Convert.ToHexString(update), "[64500,64501]", "192.0.2.0/24")
        );
        Assert.Equal(["1553627987 AS64500 A 192.0.2.0/24 64500 64501"], lines);
        Assert.Empty(read.Faults);
        Assert.Equal(1, read.Compared);
    }

    [Fact]
    public void Octets_and_JSON_that_disagree_are_reported()
    {
        (_, RisLiveRead read) = In(
            Update(RawOf("192.0.2.0/24", 64500, 64501), "[64500,64501]", "192.0.2.0/24"),
            Update(RawOf("192.0.2.0/24", 64500, 64501), "[64500,64502]", "192.0.2.0/24"),
            Update(RawOf("192.0.2.0/24", 64500, 64501), "[64500,64501]", "192.0.3.0/24")
        );
        Assert.Equal((3, 2), (read.Compared, read.Disagreements));
        Assert.Equal(["line 2", "line 3"], read.Faults.Select(fault => fault.At));
        Assert.Contains("paths", read.Faults[0].Reason, StringComparison.Ordinal);
        Assert.Contains("announced prefixes", read.Faults[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_message_in_a_hundred_is_compared_and_always_the_same_ones()
    {
        string[] messages =
        [
            .. Enumerable
                .Range(0, 2000)
                .Select(i =>
                    Update(
                        RawOf($"10.{i / 250}.{i % 250}.0/24", 64500),
                        "[64500]",
                        $"10.{i / 250}.{i % 250}.0/24"
                    )
                ),
        ];
        long compared = In(100, messages).Read.Compared;
        Assert.InRange(compared, 5, 50);
        Array.Reverse(messages);
        Assert.Equal(compared, In(100, messages).Read.Compared);
    }

    [Fact]
    public void Octets_that_are_no_message_leave_the_JSON()
    {
        (List<string> lines, RisLiveRead read) = In(
            Update("FFFF", "[64500]", "192.0.2.0/24"),
            Update("XY", "[64500]", "192.0.2.0/24")
        );
        Assert.Equal(2, lines.Count);
        Assert.Equal(2, read.Faults.Count);
    }

    [Fact]
    public void A_malformed_line_is_a_fault_and_the_rest_goes_on()
    {
        (List<string> lines, RisLiveRead read) = In(
            PeerState("down"),
            PeerState("down")[..^1],
            "not JSON at all",
            """{"type":"pong"}""",
            """{"type":"ris_error","data":{"message":"slow client"}}""",
            """{"type":"ris_something_new","data":{}}""",
            """{"type":"other"}""",
            PeerState("connected")
        );
        Assert.Equal(2, lines.Count);
        Assert.Equal(8, read.Messages);
        Assert.Equal(["line 2", "line 3", "line 5"], read.Faults.Select(fault => fault.At));
        Assert.Contains("slow client", read.Faults[2].Reason, StringComparison.Ordinal);
        Assert.Equal(1, read.Unknown);
    }

    [Fact]
    public void A_list_and_a_stream_of_events_are_read_as_lines_are()
    {
        string[] messages =
        [
            PeerState("down"),
            Update(RawOf("192.0.2.0/24", 64500), "[64500]", "192.0.2.0/24"),
        ];
        List<string> expected = In(messages).Lines;
        Assert.Equal(expected, InText("[" + string.Join(",\n ", messages) + "]\n").Lines);
        Assert.Equal(
            expected,
            InText(
                string.Concat(
                    messages.Select(text => $"event: ris_message\nid: 1\ndata: {text}\n\n")
                )
            ).Lines
        );
        (List<string> lines, RisLiveRead read) = InText(
            "[" + messages[0] + "," + messages[1][..^4]
        );
        Assert.Single(lines);
        Assert.Contains("ends inside", Assert.Single(read.Faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void More_prefixes_than_a_message_holds_become_several()
    {
        string prefixes = string.Join(
            ',',
            Enumerable.Range(0, 5000).Select(i => $"\"10.{i / 250}.{i % 250}.0/24\"")
        );
        (List<string> lines, RisLiveRead read) = In(
            Update(null, "[64500]", "P").Replace("\"P\"", prefixes, StringComparison.Ordinal)
        );
        Assert.Equal(5000, lines.Count);
        Assert.Empty(read.Faults);
        string path = "[" + string.Join(',', Enumerable.Repeat(64500, 9000)) + "]";
        Assert.Contains(
            "path",
            Assert.Single(In(Update(null, path, "192.0.2.0/24")).Read.Faults).Reason,
            StringComparison.Ordinal
        );
        Assert.Single(
            In(
                Update(
                    null,
                    "[" + string.Join(',', Enumerable.Repeat(64500, 600)) + "]",
                    "192.0.2.0/24"
                )
            ).Lines
        );
    }

    [Fact]
    public void Damaged_text_is_a_fault_and_never_an_exception()
    {
        byte[] whole = Encoding.UTF8.GetBytes(
            string.Join(
                '\n',
                Update(RawOf("192.0.2.0/24", 64500, 64501), "[64500,[64501]]", "2001:db8::/32"),
                Update(null, "[64500,[64501]]", "2001:db8::/32"),
                PeerState("down"),
                """{"type":"ris_error","data":{"message":"\ud800 \"x\""}}"""
            )
        );
        for (int length = 0; length < whole.Length; length++)
        {
            Read(whole[..length]);
        }

        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length - 1], Gen.Byte)
            .Sample(
                (at, value, at2, value2) =>
                {
                    byte[] damaged = [.. whole];
                    damaged[at] = value;
                    damaged[at2] = value2;
                    Read(damaged);
                },
                iter: 20_000
            );
    }

    [Fact]
    public void The_stream_kept_by_libbgpstream_is_read_and_its_damaged_line_is_told()
    {
        string path = SharedData.PathOf("data/routing/rislive/ris-live-stream.json");
        var heard = new Heard();
        RisLiveRead read = RisLiveFile.Read(
            SourceFile.Of("ris-live-stream.json", File.ReadAllBytes(path)),
            ref heard,
            sampleEvery: 1
        );
        Assert.True(RisLiveFile.IsRisLive(File.ReadAllBytes(path)));
        Assert.Equal(
            (7, 1, 1, 1, 0),
            (read.Messages, read.Updates, read.PeerStates, read.Compared, read.Disagreements)
        );
        Assert.Equal(
            [
                "1553627987 AS11708 A 45.161.192.0/23 11708 32097 1299 52320 263009 263009 263009 263009 263009 52993 268481 268481",
                "1553625081 AS24931 Established Idle",
            ],
            heard.Lines
        );
        Assert.Equal(["line 3", "line 7"], read.Faults.Select(fault => fault.At));
        Assert.Contains(
            "this is a test error message",
            read.Faults[0].Reason,
            StringComparison.Ordinal
        );
    }

    private static (List<string> Lines, RisLiveRead Read) In(params string[] messages) =>
        In(1, messages);

    private static (List<string> Lines, RisLiveRead Read) In(int sampleEvery, string[] messages) =>
        Read(Encoding.UTF8.GetBytes(string.Join('\n', messages)), sampleEvery);

    private static (List<string> Lines, RisLiveRead Read) InText(string text) =>
        Read(Encoding.UTF8.GetBytes(text));

    private static (List<string> Lines, RisLiveRead Read) Read(byte[] octets, int sampleEvery = 1)
    {
        var heard = new Heard();
        RisLiveRead read = RisLiveFile.Read(
            SourceFile.Of("live.json", octets),
            ref heard,
            sampleEvery
        );
        return (heard.Lines, read);
    }

    private sealed class Attributes : IRouteVisitor
    {
        public string Text { get; private set; } = "";
        public long Index { get; private set; }
        public long Offset { get; private set; }
        public int Length { get; private set; }
        public uint Seconds { get; private set; }
        public uint Microseconds { get; private set; }

        public void Announced(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes
        )
        {
            (Index, Offset, Length, Seconds, Microseconds) = (
                record.Index,
                record.Offset,
                record.Length,
                record.Seconds,
                record.Microseconds
            );
            uint med = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(
                attributes.Value(AttributeType.MultiExitDisc)
            );
            Text =
                $"{(int)attributes.Origin!} {med} {Convert.ToHexString(attributes.Value(AttributeType.Communities))} "
                + $"{Convert.ToHexString(attributes.Value(AttributeType.Aggregator))} {Convert.ToHexString(attributes.Value(AttributeType.NextHop))}";
        }

        public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) { }

        public void RibEntry(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes,
            uint originatedAt
        ) { }

        public void StateChanged(
            in MrtRecord record,
            in BgpPeer peer,
            SessionState from,
            SessionState to
        ) { }
    }
}
