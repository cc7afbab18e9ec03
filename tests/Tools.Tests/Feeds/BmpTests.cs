using System.Text;
using Breakwater.Bgp;
using Breakwater.Tests.Bgp;
using CsCheck;
using Xunit;
using static Breakwater.Tests.Feeds.BmpBytes;
using static Breakwater.Tests.MrtBytes;

namespace Breakwater.Tests.Feeds;

public class BmpTests
{
    private static readonly byte[] session =
    [
        .. Bmp(4, Text(2, "router"), Text(1, "a test"), Text(0, "hello")),
        .. PeerUp(BmpBytes.Peer(), Open(As4(64496)), Open(As4(64500)), Text(0, "up")),
        .. Monitor(BmpBytes.Peer(), Announcement("192.0.2.0/24", 64500, 64501)),
        .. Monitor(BmpBytes.Peer(seconds: 1_700_000_001), UpdateOf(Nlri("192.0.2.0/24"), [], [])),
        .. Bmp(
            1,
            BmpBytes.Peer(),
            U32(2),
            U16(0),
            U16(4),
            U32(7),
            U16(7),
            U16(8),
            [0, 0, 0, 1, 0, 0, 0, 2]
        ),
        .. PeerDown(BmpBytes.Peer(), 3, Message([6, 2], type: 3)),
        .. Bmp(5, U16(1), U16(2), U16(0)),
    ];

    [Fact]
    public void A_session_gives_its_routes_and_states_in_order()
    {
        (List<string> lines, List<string> kinds, MrtFaults faults) = In(session);
        Assert.Equal(
            [
                "1700000000 AS64500 OpenConfirm Established",
                "1700000000 AS64500 A 192.0.2.0/24 64500 64501",
                "1700000001 AS64500 W 192.0.2.0/24",
                "1700000000 AS64500 Established Idle",
            ],
            lines
        );
        Assert.Equal(
            [
                "Initiation: 2=router 1=a test 0=hello",
                "PeerUp 0=up",
                "RouteMonitoring",
                "RouteMonitoring",
                "StatisticsReport 0=7 7=4294967298",
                "PeerDown RemoteNotification",
                "Termination: 1=\0\0",
            ],
            kinds
        );
        Assert.Equal(0, faults.Count);
    }

    [Theory]
    [InlineData(0, 0x00, BmpView.AdjRibInPrePolicy)]
    [InlineData(0, 0x40, BmpView.AdjRibInPostPolicy)]
    [InlineData(0, 0x10, BmpView.AdjRibOutPrePolicy)]
    [InlineData(1, 0x50, BmpView.AdjRibOutPostPolicy)]
    [InlineData(3, 0x80, BmpView.LocRib)]
    public void Flags_say_which_table_a_route_is_in(int type, int flags, BmpView view)
    {
        byte[] message = Monitor(
            BmpBytes.Peer(type: type, flags: flags),
            Announcement("192.0.2.0/24", 64500)
        );
        BmpMessage read = new BmpDecoder(new MrtFaults()).Read(message, 0);
        Assert.Equal(view, read.Peer!.Value.View);
        Assert.Equal(flags == 0x80, read.Peer.Value.IsFiltered);
        Assert.Null(read.Fault);
    }

    [Fact]
    public void AS_numbers_of_two_octets_are_read_as_the_flag_says()
    {
        byte[] update = UpdateOf([], Attributes(Path(2, 64500, 64501)), Nlri("192.0.2.0/24"));
        (List<string> lines, _, MrtFaults faults) = In(Monitor(BmpBytes.Peer(flags: 0x20), update));
        Assert.Equal(["1700000000 AS64500 A 192.0.2.0/24 64500 64501"], lines);
        // A router that forgets the flag is understood too.
        Assert.Equal(lines, In(Monitor(BmpBytes.Peer(), update)).Lines);
        Assert.Equal(0, faults.Count);
    }

    [Theory]
    [InlineData(1, 2, 0x00, true)]
    [InlineData(3, 3, 0x40, true)]
    [InlineData(2, 1, 0x00, false)]
    [InlineData(2, 1, 0x10, true)]
    [InlineData(1, 2, 0x10, false)]
    public void Path_identifiers_are_read_when_both_sides_agreed_in_that_direction(
        int sent,
        int received,
        int flags,
        bool has
    )
    {
        byte[] nlri = has ? [.. U32(7), .. Nlri("192.0.2.0/24")] : Nlri("192.0.2.0/24");
        (List<string> lines, _, MrtFaults faults) = In([
            .. PeerUp(
                BmpBytes.Peer(),
                Open(As4(64496), AddPath(sent)),
                Open(As4(64500), AddPath(received))
            ),
            .. Monitor(BmpBytes.Peer(flags: flags), UpdateOf([], Attributes(Path(4, 64500)), nlri)),
        ]);
        Assert.Equal($"1700000000 AS64500 A 192.0.2.0/24{(has ? " path 7" : "")} 64500", lines[1]);
        Assert.Equal(0, faults.Count);
    }

    [Fact]
    public void Families_with_and_without_path_identifiers_in_one_message_are_a_fault()
    {
        byte[] update = UpdateOf(
            [],
            [.. Attributes(Path(4, 64500)), .. Attribute(14, MpReach("2001:db8::/32"))],
            [.. U32(7), .. Nlri("192.0.2.0/24")]
        );
        (List<string> lines, _, MrtFaults faults) = In([
            .. PeerUp(BmpBytes.Peer(), Open(As4(64496), AddPath(1)), Open(As4(64500), AddPath(2))),
            .. Monitor(BmpBytes.Peer(), update),
        ]);
        Assert.Single(lines);
        Assert.Contains(
            "path identifiers",
            Assert.Single(faults.Kept).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Sessions_of_two_routing_instances_are_told_apart()
    {
        byte[] one = BmpBytes.Peer(type: 1, distinguisher: 1);
        byte[] two = BmpBytes.Peer(type: 1, distinguisher: 2);
        var decoder = new BmpDecoder(new MrtFaults());
        decoder.Read(PeerUp(one, Open(As4(1), AddPath(1)), Open(As4(2), AddPath(2))), 0);
        decoder.Read(PeerUp(two, Open(As4(1)), Open(As4(2))), 0);
        Assert.Equal(2, decoder.Sessions);
        decoder.Read(PeerDown(one, 4), 0);
        Assert.Equal(1, decoder.Sessions);
    }

    [Fact]
    public void Losing_the_router_ends_every_session_that_was_up()
    {
        var decoder = new BmpDecoder(new MrtFaults());
        decoder.Read(PeerUp(BmpBytes.Peer(64502, "192.0.2.10"), Open(), Open()), 0);
        decoder.Read(PeerUp(BmpBytes.Peer(), Open(), Open()), 0);
        var lost = decoder.Lose(1_700_000_009, 0);
        Assert.Equal(
            ["1700000009 AS64500 Established Idle", "1700000009 AS64502 Established Idle"],
            lost.SelectMany(one => Heard.In(one.Record.ToArray()).Lines)
        );
        Assert.Equal(0, decoder.Sessions);
        Assert.Empty(decoder.Lose(1_700_000_010, 0));
    }

    [Fact]
    public void A_mirrored_message_is_read_as_it_was_on_the_wire()
    {
        byte[] update = Message(UpdateOf([], Attributes(Path(2, 64500)), Nlri("192.0.2.0/24")));
        (List<string> lines, _, MrtFaults faults) = In([
            .. PeerUp(BmpBytes.Peer(), Open(), Open()),
            .. Bmp(6, BmpBytes.Peer(), U16(1), U16(2), U16(1), U16(0), U16(update.Length), update),
        ]);
        Assert.Equal("1700000000 AS64500 A 192.0.2.0/24 64500", lines[1]);
        Assert.Equal(0, faults.Count);
    }

    [Fact]
    public void A_message_without_time_has_the_time_of_its_arrival()
    {
        byte[] message = Monitor(BmpBytes.Peer(seconds: 0), Announcement("192.0.2.0/24", 64500));
        BmpMessage read = new BmpDecoder(new MrtFaults()).Read(message, 1_800_000_000, 5);
        Assert.Equal((1_800_000_000u, 5u), (read.Seconds, read.Microseconds));
    }

    [Theory]
    [InlineData(0, "whole BGP message")]
    [InlineData(1, "statistics cut short")]
    [InlineData(2, "without a reason")]
    [InlineData(3, "Peer Up cut short")]
    public void A_message_that_ends_after_its_header_is_a_fault(int type, string reason) =>
        Assert.Contains(
            reason,
            new BmpDecoder(new MrtFaults()).Read(Bmp(type, BmpBytes.Peer()), 0).Fault,
            StringComparison.Ordinal
        );

    [Fact]
    public void Unknown_types_and_peers_are_counted_and_passed_over()
    {
        var decoder = new BmpDecoder(new MrtFaults());
        Assert.Null(decoder.Read(Bmp(9, [1, 2, 3]), 0).Fault);
        Assert.Null(
            decoder
                .Read(Monitor(BmpBytes.Peer(type: 250), Announcement("192.0.2.0/24", 1)), 0)
                .Fault
        );
        Assert.Equal(2, decoder.Skipped);
    }

    [Fact]
    public void Lying_lengths_end_the_session_with_a_fault()
    {
        Assert.NotNull(BmpFraming.Measure([3, 0, 0, 0, 5, 0], out _));
        Assert.NotNull(BmpFraming.Measure([3, 0xFF, 0, 0, 0, 0], out _));
        Assert.NotNull(BmpFraming.Measure([1], out _));
        Assert.Null(BmpFraming.Measure([3, 0, 0], out int unknown));
        Assert.Equal(0, unknown);
        Assert.Null(BmpFraming.Measure([3, 0, 0, 1, 0, 0], out int length));
        Assert.Equal(256, length);
    }

    [Fact]
    public void Damage_anywhere_is_a_fault_and_never_an_exception()
    {
        for (int length = 0; length <= session.Length; length++)
        {
            In(session[..length]);
        }

        Gen.Select(
                Gen.Int[0, session.Length - 1],
                Gen.Byte,
                Gen.Int[0, session.Length - 1],
                Gen.Byte
            )
            .Sample(
                (at, value, at2, value2) =>
                {
                    byte[] damaged = [.. session];
                    (damaged[at], damaged[at2]) = (value, value2);
                    In(damaged);
                },
                iter: 20_000
            );
        Gen.Byte.Array[0, 300]
            .Sample(
                octets => In([.. Bmp(0, octets), .. Bmp(3, octets), .. Bmp(6, octets), .. octets]),
                iter: 5_000
            );
    }

    /// <summary>Cuts and reads the octets of one session as a listener does.</summary>
    internal static (List<string> Lines, List<string> Kinds, MrtFaults Faults) In(byte[] octets)
    {
        var faults = new MrtFaults();
        var decoder = new BmpDecoder(faults);
        var heard = new Heard();
        List<string> kinds = [];
        int at = 0;
        while (at < octets.Length)
        {
            string? cut = BmpFraming.Measure(octets.AsSpan(at), out int length);
            if (cut is not null || length == 0 || length > octets.Length - at)
            {
                faults.Add(at, octets.Length - at, cut ?? "cut short");
                break;
            }

            BmpMessage message = decoder.Read(octets.AsSpan(at, length), 0);
            if (message.Fault is { } fault)
            {
                faults.Add(at, length, fault);
            }

            decoder.Decode(message, decoder.Messages - 1, at, length, ref heard);
            kinds.Add(Describe(message));
            at += length;
        }

        return (heard.Lines, kinds, faults);
    }

    private static string Describe(in BmpMessage message)
    {
        var text = new StringBuilder().Append(message.Type);
        if (message.Peer is null)
        {
            text.Append(':');
        }

        if (message.Type == BmpType.PeerDown)
        {
            text.Append(' ').Append(message.PeerDownReason);
        }

        BmpValues values = message.Values;
        while (values.MoveNext())
        {
            text.Append($" {values.Type}=");
            text.Append(
                message.Type == BmpType.StatisticsReport
                    ? $"{values.Number}"
                    : Encoding.UTF8.GetString(values.Value)
            );
        }

        return text.ToString();
    }
}
