using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Breakwater.Vocabulary;

/// <summary>An IPv4 or IPv6 prefix. <paramref name="Bits"/> holds the address left-aligned; bits past <paramref name="Length"/> are zero.</summary>
public readonly record struct IpPrefix(UInt128 Bits, byte Length, bool IsV6) : IComparable<IpPrefix>
{
    public int MaxLength => IsV6 ? 128 : 32;

    /// <summary>Builds a prefix from an address in network order (4 or 16 octets), zeroing host bits.</summary>
    public static IpPrefix From(ReadOnlySpan<byte> address, int length)
    {
        bool isV6 = address.Length == 16;
        UInt128 bits = isV6
            ? BinaryPrimitives.ReadUInt128BigEndian(address)
            : (UInt128)BinaryPrimitives.ReadUInt32BigEndian(address) << 96;
        return new IpPrefix(bits & Mask(length), (byte)length, isV6);
    }

    public static bool TryParse(string text, out IpPrefix prefix)
    {
        prefix = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (
            slash < 0
            || !IPAddress.TryParse(text.AsSpan(0, slash), out IPAddress? address)
            || !byte.TryParse(
                text.AsSpan(slash + 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out byte length
            )
            || length > (text.Contains(':', StringComparison.Ordinal) ? 128 : 32)
        )
        {
            return false;
        }

        prefix = From(address.GetAddressBytes(), length);
        return true;
    }

    /// <summary>True when every address of <paramref name="other"/> is in this prefix.</summary>
    public bool Contains(IpPrefix other) =>
        IsV6 == other.IsV6 && Length <= other.Length && (other.Bits & Mask(Length)) == Bits;

    public int CompareTo(IpPrefix other) =>
        IsV6 != other.IsV6 ? IsV6.CompareTo(other.IsV6)
        : Bits != other.Bits ? Bits.CompareTo(other.Bits)
        : Length.CompareTo(other.Length);

    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, Bits);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{new IPAddress(octets[..(IsV6 ? 16 : 4)])}/{Length}"
        );
    }

    public static bool operator <(IpPrefix left, IpPrefix right) => left.CompareTo(right) < 0;

    public static bool operator >(IpPrefix left, IpPrefix right) => left.CompareTo(right) > 0;

    public static bool operator <=(IpPrefix left, IpPrefix right) => left.CompareTo(right) <= 0;

    public static bool operator >=(IpPrefix left, IpPrefix right) => left.CompareTo(right) >= 0;

    private static UInt128 Mask(int length) => length == 0 ? 0 : UInt128.MaxValue << (128 - length);
}
