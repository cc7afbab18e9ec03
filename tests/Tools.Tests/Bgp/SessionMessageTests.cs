using Breakwater.Bgp;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Tests.MrtBytes;

namespace Breakwater.Tests.Bgp;

public class SessionMessageTests
{
    private static readonly byte[] open =
    [
        4,
        .. U16(23456),
        .. U16(180),
        192,
        0,
        2,
        9,
        17,
        2,
        6,
        65,
        4,
        .. U32(4_200_000_000),
        2,
        7,
        9,
        1,
        3,
        2,
        0,
        71,
        0,
    ];

    [Fact]
    public void An_open_gives_the_four_octet_number_the_role_and_every_capability()
    {
        Assert.Null(BgpOpen.Read(open, out BgpOpen read));
        Assert.Equal(new Asn(4_200_000_000), read.Asn);
        Assert.Equal((4, 180, 0xC0000209u), (read.Version, read.HoldTimeSeconds, read.Identifier));
        Assert.Equal(SessionRole.Customer, read.Role);
        List<int> codes = [];
        foreach (Capability capability in read.Capabilities)
        {
            codes.Add((int)capability.Code);
        }

        Assert.Equal([65, 9, 2, 71], codes);
    }

    [Fact]
    public void An_open_cut_anywhere_is_refused_and_never_throws()
    {
        for (int length = 0; length < open.Length; length++)
        {
            Assert.NotNull(BgpOpen.Read(open.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void Extended_optional_parameters_are_read()
    {
        byte[] extended =
        [
            4,
            .. U16(64500),
            .. U16(90),
            192,
            0,
            2,
            9,
            255,
            255,
            .. U16(9),
            2,
            .. U16(6),
            65,
            4,
            .. U32(70_000),
        ];
        Assert.Null(BgpOpen.Read(extended, out BgpOpen read));
        Assert.Equal(new Asn(70_000), read.Asn);
    }

    [Fact]
    public void Session_messages_are_shown_by_name_and_carry_no_elements()
    {
        byte[] octets = new MrtBytes()
            .Record(1, 16, 4, Peer(64500), Message(open, type: 1))
            .Record(2, 16, 4, Peer(64500), Message([], type: 4))
            .Record(3, 16, 4, Peer(64500), Message([0, 1, 0, 1], type: 5))
            .Record(4, 16, 4, Peer(64500), Message([6, 2, 5, .. "a\u001bb!c"u8], type: 3))
            .Record(5, 16, 4, Peer(64500), Message([1], type: 3))
            .ToArray();
        string text = Dumped.Blocks(octets);
        Assert.Contains("role customer", text, StringComparison.Ordinal);
        Assert.Contains("keepalive", text, StringComparison.Ordinal);
        Assert.Contains("1/1, request", text, StringComparison.Ordinal);
        Assert.Contains("administrative shutdown", text, StringComparison.Ordinal);
        Assert.Contains("a?b!c", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.Equal("", Dumped.Lines(octets));
        Assert.Equal("open", Dumped.Json(octets)[0].GetProperty("kind").GetString());
        MrtCount count = MrtCount.Of(octets);
        Assert.Equal((5, 0), (count.Records, count.Elements));
        Assert.Equal("NOTIFICATION cut short", Assert.Single(count.Errors.Kept).Reason);
    }

    [Fact]
    public void A_geographic_peer_table_places_its_peers()
    {
        byte[] place = [0x42, 0x48, 0, 0, 0x40, 0x80, 0, 0];
        byte[] octets = new MrtBytes()
            .Record(
                1,
                13,
                7,
                [192, 0, 2, 254, 0, 1, (byte)'v', .. place, .. U16(2)],
                [2, 192, 0, 2, 1, 192, 0, 2, 1, .. U32(64500), .. place],
                [
                    1,
                    192,
                    0,
                    2,
                    2,
                    .. new byte[16],
                    .. U16(64501),
                    0x7F,
                    0xC0,
                    0,
                    0,
                    0x7F,
                    0xC0,
                    0,
                    0,
                ]
            )
            .ToArray();
        var faults = new MrtFaults();
        var reader = new MrtReader(octets, faults);
        var decoder = new MrtDecoder(faults);
        Assert.True(reader.Read(out MrtRecord record));
        var heard = new Heard();
        decoder.Decode(record, ref heard);
        Assert.Equal(0, faults.Count);
        Assert.NotNull(decoder.GeoPeers);
        Assert.Equal(50f, decoder.GeoPeers.Latitude);
        Assert.Equal(new Asn(64500), decoder.GeoPeers.Peers[0].Peer.Asn);
        Assert.Equal(4f, decoder.GeoPeers.Peers[0].Longitude);
        Assert.False(decoder.GeoPeers.Peers[1].IsPlaced);
    }
}
