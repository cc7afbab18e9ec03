using System.Net;
using static Breakwater.Tests.MrtBytes;

namespace Breakwater.Tests.Feeds;

/// <summary>Writes BMP messages as a router does (RFC 7854, 8671, 9069).</summary>
internal static class BmpBytes
{
    public static byte[] Bmp(int type, params byte[][] parts) =>
        [
            3,
            .. U32((uint)(6 + parts.Sum(part => part.Length))),
            (byte)type,
            .. parts.SelectMany(part => part),
        ];

    public static byte[] Peer(
        uint asn = 64500,
        string address = "192.0.2.9",
        int type = 0,
        int flags = 0,
        ulong distinguisher = 0,
        uint seconds = 1_700_000_000,
        uint microseconds = 250_000
    )
    {
        byte[] octets = IPAddress.Parse(address).GetAddressBytes();
        return
        [
            (byte)type,
            (byte)(flags | (octets.Length == 16 ? 0x80 : 0)),
            .. U32((uint)(distinguisher >> 32)),
            .. U32((uint)(distinguisher & uint.MaxValue)),
            .. new byte[16 - octets.Length],
            .. octets,
            .. U32(asn),
            .. U32(0x0A000001),
            .. U32(seconds),
            .. U32(microseconds),
        ];
    }

    /// <param name="capabilities">Code and value of each.</param>
    public static byte[] Open(params (int Code, byte[] Value)[] capabilities)
    {
        byte[] all =
        [
            .. capabilities.SelectMany(one =>
                (byte[])[(byte)one.Code, (byte)one.Value.Length, .. one.Value]
            ),
        ];
        byte[] parameters = all.Length == 0 ? [] : [2, (byte)all.Length, .. all];
        return Message(
            [4, .. U16(23456), .. U16(180), 10, 0, 0, 1, (byte)parameters.Length, .. parameters],
            type: 1
        );
    }

    public static byte[] PeerUp(
        byte[] peer,
        byte[] sent,
        byte[] received,
        params byte[] information
    ) => Bmp(3, peer, new byte[16], U16(179), U16(33333), sent, received, information);

    public static byte[] PeerDown(byte[] peer, int reason, params byte[] data) =>
        Bmp(2, peer, [(byte)reason], data);

    public static byte[] Monitor(byte[] peer, byte[] update) => Bmp(0, peer, Message(update));

    public static byte[] Announcement(string prefix, params uint[] path) =>
        UpdateOf([], Attributes(Path(4, path)), Nlri(prefix));

    public static byte[] Text(int type, string text) =>
        [.. U16(type), .. U16(text.Length), .. System.Text.Encoding.UTF8.GetBytes(text)];

    public static (int, byte[]) As4(uint asn) => (65, U32(asn));

    /// <summary>IPv4 unicast with path identifiers (RFC 7911 section 4).</summary>
    /// <param name="mode">1 receives, 2 sends, 3 both.</param>
    public static (int, byte[]) AddPath(int mode) => (69, [0, 1, 1, (byte)mode]);
}
