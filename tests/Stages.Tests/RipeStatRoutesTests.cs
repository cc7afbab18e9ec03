using System.Text;
using Breakwater.Bgp;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Stages.Tests;

public class RipeStatRoutesTests
{
    private const string First =
        """{"seq": 1, "timestamp": "2026-06-16T07:18:30", "type": "A", "attrs": {"source_id": "19-192.0.2.1", "target_prefix": "198.51.100.0/24", "path": [64500, 64501, 64510], "community": ["64500:7", "1:2:3"]}}""";
    private const string Last =
        """{"seq": 2, "timestamp": "2026-06-16T07:20:00.5Z", "type": "W", "attrs": {"source_id": "19-192.0.2.1", "target_prefix": "198.51.100.0/24"}}""";

    [Fact]
    public void Rows_become_messages_with_peer_path_and_place()
    {
        SourceFile file = FileOf(First, Last);
        List<string> heard = Hear(new RipeStatRoutes(file), out RipeStatRoutes input);
        Assert.Equal(
            [
                "1781594310.0 rrc19 AS64500 192.0.2.1 A 198.51.100.0/24 64500 64501 64510",
                "1781594400.500000 rrc19 AS64500 192.0.2.1 W 198.51.100.0/24",
            ],
            heard
        );
        Assert.Equal(0, input.Faults.Count);
    }

    [Fact]
    public void A_record_stands_where_its_row_stands()
    {
        SourceFile file = FileOf(First, Last);
        var input = new RipeStatRoutes(file);
        Assert.True(input.Read(out MrtRecord record));
        Assert.Equal(0, record.Index);
        Assert.Equal(
            First,
            Encoding.UTF8.GetString(file.Content.Span.Slice((int)record.Offset, record.Length))
        );
        Assert.True(input.Read(out record));
        Assert.Equal(1, record.Index);
        Assert.Equal(
            Last,
            Encoding.UTF8.GetString(file.Content.Span.Slice((int)record.Offset, record.Length))
        );
    }

    [Theory]
    [InlineData("[64500, 64510]", "64500 64510")]
    [InlineData("[64500, \"64510\"]", "64500 64510")]
    [InlineData("\"64500 64510\"", "64500 64510")]
    [InlineData("[64500, [64510, 64511]]", "64500 {64510 64511}")]
    [InlineData("[64500, \"{64510,64511}\"]", "64500 {64510 64511}")]
    public void A_path_is_read_in_each_form(string path, string expected)
    {
        string row = First.Replace("[64500, 64501, 64510]", path, StringComparison.Ordinal);
        Assert.EndsWith(
            expected,
            Assert.Single(Hear(new RipeStatRoutes(FileOf(row)), out _)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("\"2026-06-16T07:18:30\"", "\"yesterday\"")]
    [InlineData("\"type\": \"A\"", "\"type\": \"B\"")]
    [InlineData("19-192.0.2.1", "19-nobody")]
    [InlineData("198.51.100.0/24", "198.51.100.0/240")]
    [InlineData("[64500, 64501, 64510]", "[64500, -1]")]
    [InlineData("[64500, 64501, 64510]", "[]")]
    [InlineData("\"attrs\"", "attrs")]
    [InlineData("\"path\": [64500, 64501, 64510],", "\"path\": [64500, 64501, 64510,")]
    public void A_damaged_row_is_a_fault_and_the_next_one_is_read(string part, string damage)
    {
        SourceFile file = FileOf(
            First.Replace(part, damage, StringComparison.Ordinal),
            First,
            Last
        );
        List<string> heard = Hear(new RipeStatRoutes(file), out RipeStatRoutes input);
        Assert.Equal(2, heard.Count);
        Assert.InRange(input.Faults.Count, 1, 3);
        Assert.Equal(file.Content.Span.IndexOf("{\"seq\""u8), (int)input.Faults.Kept[0].Offset);
    }

    [Fact]
    public void A_state_is_a_table()
    {
        SourceFile file = SourceFile.Of(
            "state.json",
            Encoding.UTF8.GetBytes(
                """{"data": {"timestamp": "2026-06-16T16:30:00", "bgp_state": [{"target_prefix": "2001:db8::/32", "source_id": "00-2001:db8:ffff::1", "path": [64500, 64510], "community": []}]}}"""
            )
        );
        var input = new RipeStatRoutes(file);
        Assert.True(input.IsTable);
        Assert.Equal(
            ["1781627400.0 rrc00 AS64500 2001:db8:ffff::1 B 2001:db8::/32 64500 64510"],
            Hear(input, out _)
        );
    }

    [Fact]
    public void Any_damage_ends_in_faults_and_no_exception()
    {
        byte[] whole = FileOf(First, Last, First).Content.ToArray();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length])
            .Sample(
                (at, octet, length) =>
                {
                    byte[] damaged = [.. whole];
                    damaged[at] = octet;
                    Hear(
                        new RipeStatRoutes(SourceFile.Of("x", damaged.AsMemory(0, length))),
                        out _
                    );
                },
                iter: 3000
            );
    }

    private static SourceFile FileOf(params string[] rows) =>
        SourceFile.Of(
            "updates.json",
            Encoding.UTF8.GetBytes(
                "{\"data\": {\"resource\": \"198.51.100.0/24\", \"updates\": ["
                    + string.Join(",\n", rows)
                    + "]}}"
            )
        );

    private static List<string> Hear(RipeStatRoutes input, out RipeStatRoutes same)
    {
        same = input;
        var heard = new Lines(input);
        var decoder = new MrtDecoder(input.Faults);
        while (input.Read(out MrtRecord record))
        {
            decoder.Decode(record, ref heard);
        }

        return heard.All;
    }

    private sealed class Lines(RouteInput input) : IRouteVisitor
    {
        public List<string> All { get; } = [];

        public void Announced(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes
        ) =>
            All.Add(
                $"{record.Seconds}.{record.Microseconds} {input.Feed} {peer} A {nlri.Prefix} {PathOf(attributes)}"
            );

        public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) =>
            All.Add($"{record.Seconds}.{record.Microseconds} {input.Feed} {peer} W {nlri.Prefix}");

        public void RibEntry(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes,
            uint originatedAt
        ) =>
            All.Add(
                $"{record.Seconds}.{record.Microseconds} {input.Feed} {peer} B {nlri.Prefix} {PathOf(attributes)}"
            );

        public void StateChanged(
            in MrtRecord record,
            in BgpPeer peer,
            SessionState from,
            SessionState to
        ) { }

        private static string PathOf(in PathAttributes attributes)
        {
            List<string> segments = [];
            foreach (AsSegment segment in attributes.AsPath)
            {
                List<string> numbers = [];
                for (int at = 0; at < segment.Count; at++)
                {
                    numbers.Add($"{segment[at].Number}");
                }

                string text = string.Join(' ', numbers);
                segments.Add(segment.Kind == AsSegmentKind.Set ? $"{{{text}}}" : text);
            }

            return string.Join(' ', segments);
        }
    }
}
