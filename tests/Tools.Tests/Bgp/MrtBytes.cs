using System.Buffers.Binary;
using Breakwater.Vocabulary;

namespace Breakwater.Tests;

/// <summary>Writes MRT files for tests: the inverse of what is tested, from the same documents.</summary>
internal sealed class MrtBytes
{
    private readonly List<byte> octets = [];

    public int Count => octets.Count;

    public byte[] ToArray() => [.. octets];

    public static byte[] U16(int value) => [(byte)(value >> 8 & 0xFF), (byte)(value & 0xFF)];

    public static byte[] U32(uint value)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return octets;
    }

    public MrtBytes Raw(params byte[] raw)
    {
        octets.AddRange(raw);
        return this;
    }

    public MrtBytes Record(uint seconds, int type, int subtype, params byte[][] body) =>
        Raw([
                .. U32(seconds),
                .. U16(type),
                .. U16(subtype),
                .. U32((uint)body.Sum(part => part.Length)),
            ])
            .Raw([.. body.SelectMany(part => part)]);

    /// <summary>BGP4MP_MESSAGE_AS4 with an UPDATE.</summary>
    public MrtBytes Update(uint seconds, uint peer, byte[] update) =>
        Record(seconds, 16, 4, Peer(peer), Message(update));

    public MrtBytes Announce(uint seconds, uint peer, string prefix, params uint[] path) =>
        Update(seconds, peer, UpdateOf([], Attributes(Path(4, path)), Nlri(prefix)));

    public MrtBytes Withdraw(uint seconds, uint peer, string prefix) =>
        Update(seconds, peer, UpdateOf(Nlri(prefix), [], []));

    public MrtBytes State(uint seconds, uint peer, int from, int to) =>
        Record(seconds, 16, 5, Peer(peer), U16(from), U16(to));

    /// <summary>RFC 6396 section 4.4.2, IPv4 session of AS <paramref name="peer"/> at 192.0.2.x.</summary>
    public static byte[] Peer(uint peer) =>
        [.. U32(peer), .. U32(64496), 0, 0, 0, 1, 192, 0, 2, (byte)(peer & 0xFF), 192, 0, 2, 254];

    public static byte[] Message(byte[] body, int type = 2) =>
        [.. Enumerable.Repeat((byte)0xFF, 16), .. U16(19 + body.Length), (byte)type, .. body];

    public static byte[] UpdateOf(byte[] withdrawn, byte[] attributes, byte[] nlri) =>
        [.. U16(withdrawn.Length), .. withdrawn, .. U16(attributes.Length), .. attributes, .. nlri];

    /// <summary>With the flags that the type has: well-known, optional, or optional and transitive.</summary>
    public static byte[] Attribute(int type, params byte[] value) =>
        Flagged(
            type is <= 3 or 5 or 6 ? 0x40
                : type is 4 or 9 or 10 or 14 or 15 ? 0x80
                : 0xC0,
            type,
            value
        );

    public static byte[] Flagged(int flags, int type, params byte[] value) =>
        value.Length < 256
            ? [(byte)flags, (byte)type, (byte)value.Length, .. value]
            : [(byte)(flags | 0x10), (byte)type, .. U16(value.Length), .. value];

    /// <summary>ORIGIN IGP, AS_PATH, NEXT_HOP.</summary>
    public static byte[] Attributes(byte[] path) =>
        [.. Attribute(1, 0), .. Attribute(2, path), .. Attribute(3, 192, 0, 2, 1)];

    /// <summary>One AS_SEQUENCE.</summary>
    public static byte[] Path(int asnOctets, params uint[] path) =>
        [
            2,
            (byte)path.Length,
            .. path.SelectMany(asn => asnOctets == 4 ? U32(asn) : U16((int)asn)),
        ];

    public static byte[] Nlri(string prefix)
    {
        Assert(IpPrefix.TryParse(prefix, out IpPrefix parsed));
        return Nlri(parsed);
    }

    public static byte[] Nlri(IpPrefix prefix)
    {
        byte[] address = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(address, prefix.Bits);
        return [prefix.Length, .. address.AsSpan(0, (prefix.Length + 7) / 8)];
    }

    public static byte[] MpReach(params string[] prefixes) =>
        [0, 2, 1, 16, .. new byte[16], 0, .. prefixes.SelectMany(Nlri)];

    private static void Assert(bool isTrue)
    {
        if (!isTrue)
        {
            throw new ArgumentException("not a prefix");
        }
    }
}
