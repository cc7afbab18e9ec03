using System.Buffers.Binary;

namespace Breakwater.Ledger;

/// <summary>UUID version 7 (RFC 9562 section 5.7) from a given time and given random octets.</summary>
public static class EventId
{
    public const int RandomOctets = 10;

    public static Guid Of(long milliseconds, ReadOnlySpan<byte> random)
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(octets, milliseconds << 16);
        random[..RandomOctets].CopyTo(octets[6..]);
        octets[6] = (byte)(0x70 | (octets[6] & 0x0F));
        octets[8] = (byte)(0x80 | (octets[8] & 0x3F));
        return new Guid(octets, bigEndian: true);
    }
}
