using System.Buffers.Text;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>Addresses and prefixes in text, read from octets of UTF-8 without making strings (RFC 4291 section 2.2).</summary>
internal static class IpText
{
    /// <param name="bits">The address left-aligned, as in <see cref="IpPrefix.Bits"/>.</param>
    public static bool TryAddress(ReadOnlySpan<byte> text, out UInt128 bits, out bool isV6)
    {
        isV6 = text.Contains((byte)':');
        if (isV6)
        {
            // RFC 4007 section 11: what follows the percent sign names an interface, not an address.
            int zone = text.IndexOf((byte)'%');
            return TryV6(zone < 0 ? text : text[..zone], out bits);
        }

        bool isAddress = TryV4(text, out uint v4);
        bits = (UInt128)v4 << 96;
        return isAddress;
    }

    public static bool TryPrefix(ReadOnlySpan<byte> text, out IpPrefix prefix)
    {
        prefix = default;
        int slash = text.LastIndexOf((byte)'/');
        if (
            slash < 0
            || !TryAddress(text[..slash], out UInt128 bits, out bool isV6)
            || !TryDecimal(text[(slash + 1)..], isV6 ? 128u : 32u, out uint length)
        )
        {
            return false;
        }

        UInt128 mask = length == 0 ? 0 : UInt128.MaxValue << (int)(128 - length);
        prefix = new IpPrefix(bits & mask, (byte)length, isV6);
        return true;
    }

    private static bool TryV4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        for (int octet = 0; octet < 4; octet++)
        {
            int dot = text.IndexOf((byte)'.');
            if (
                dot < 0 != (octet == 3)
                || !TryDecimal(dot < 0 ? text : text[..dot], 255, out uint value)
            )
            {
                return false;
            }

            address = address << 8 | value;
            text = text[(dot + 1)..];
        }

        return true;
    }

    private static bool TryV6(ReadOnlySpan<byte> text, out UInt128 bits)
    {
        bits = 0;
        int run = text.IndexOf("::"u8);
        if (run < 0)
        {
            return TryGroups(text, out bits, out int all) && all == 8;
        }

        if (
            !TryGroups(text[..run], out UInt128 head, out int before)
            || !TryGroups(text[(run + 2)..], out UInt128 tail, out int after)
            || before + after > 7
        )
        {
            return false;
        }

        bits = (before == 0 ? 0 : head << (16 * (8 - before))) | tail;
        return true;
    }

    /// <summary>Groups between colons, right-aligned; the last two may be an IPv4 address.</summary>
    private static bool TryGroups(ReadOnlySpan<byte> text, out UInt128 bits, out int count)
    {
        bits = 0;
        count = 0;
        while (!text.IsEmpty)
        {
            int colon = text.IndexOf((byte)':');
            ReadOnlySpan<byte> group = colon < 0 ? text : text[..colon];
            if (colon < 0 && group.Contains((byte)'.'))
            {
                bits = bits << 32;
                count += 2;
                bool isV4 = TryV4(group, out uint v4);
                bits |= v4;
                return isV4 && count <= 8;
            }

            if (
                group.Length is 0 or > 4
                || !Utf8Parser.TryParse(group, out ushort value, out int used, 'x')
                || used != group.Length
                || ++count > 8
                || colon == text.Length - 1
            )
            {
                return false;
            }

            bits = bits << 16 | value;
            text = colon < 0 ? [] : text[(colon + 1)..];
        }

        return true;
    }

    /// <summary>Up to ten digits and nothing else.</summary>
    public static bool TryDecimal(ReadOnlySpan<byte> digits, uint max, out uint value)
    {
        value = 0;
        if (digits.Length is 0 or > 10)
        {
            return false;
        }

        ulong sum = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            sum = sum * 10 + (uint)(digit - '0');
        }

        value = sum <= max ? (uint)sum : 0;
        return sum <= max;
    }
}
