using System.Net;
using System.Text;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// Reads prefixes as RPKI data writes them (RFC 8416 section 3: RFC 4632 and RFC 5952 notation). Stricter than the
/// system's address parser, which takes <c>010.0.0.1</c> as octal and <c>10.1</c> as an address.
/// </summary>
public static class PrefixText
{
    /// <summary>The longest text of an address with a length is 49 octets.</summary>
    private const int OctetsMax = 49;

    /// <returns>Null, or why the text is no prefix.</returns>
    public static string? Read(string text, out IpPrefix prefix)
    {
        prefix = default;
        return text.Length > OctetsMax
            ? "is too long for a prefix"
            : Read(Encoding.UTF8.GetBytes(text), out prefix);
    }

    /// <returns>Null, or why the text is no prefix.</returns>
    public static string? Read(ReadOnlySpan<byte> text, out IpPrefix prefix)
    {
        prefix = default;
        int slash = text.IndexOf((byte)'/');
        if (slash < 0 || text.Length > OctetsMax)
        {
            return "is not a prefix such as 192.0.2.0/24 or 2001:db8::/32";
        }

        Span<byte> octets = stackalloc byte[16];
        if (!TryAddress(text[..slash], octets, out int count))
        {
            return "has no IPv4 or IPv6 address before the slash";
        }

        if (!TryNumber(text[(slash + 1)..], out uint length) || length > count * 8)
        {
            return $"has no length from 0 to {count * 8} after the slash";
        }

        prefix = IpPrefix.From(octets[..count], (int)length);
        return IpPrefix.From(octets[..count], count * 8).Bits == prefix.Bits
            ? null
            : $"has bits set after its length; the prefix is {prefix}";
    }

    /// <summary>Decimal digits alone, without a leading zero, that fit 32 bits.</summary>
    internal static bool TryNumber(ReadOnlySpan<byte> text, out uint number)
    {
        number = 0;
        if (text.Length is 0 or > 10 || (text.Length > 1 && text[0] == '0'))
        {
            return false;
        }

        ulong sum = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            sum = (sum * 10) + digit - '0';
        }

        number = unchecked((uint)sum);
        return sum <= uint.MaxValue;
    }

    /// <summary><c>64500</c> or <c>AS64500</c> (RFC 5396: asplain).</summary>
    internal static bool TryAsn(ReadOnlySpan<byte> text, out Asn asn)
    {
        bool isNumber = TryNumber(
            text is [(byte)'A' or (byte)'a', (byte)'S' or (byte)'s', .. var digits] ? digits : text,
            out uint number
        );
        asn = new Asn(number);
        return isNumber;
    }

    private static bool TryAddress(ReadOnlySpan<byte> text, Span<byte> octets, out int count)
    {
        count = 16;
        if (text.IndexOf((byte)':') >= 0)
        {
            // The system's parser also takes zones and brackets, which have no meaning in a prefix.
            return text.IndexOfAny((byte)'%', (byte)'[') < 0
                && IPAddress.TryParse(text, out IPAddress? address)
                && address.TryWriteBytes(octets, out count)
                && count == 16;
        }

        count = 4;
        for (int octet = 0; octet < 4; octet++)
        {
            int dot = octet < 3 ? text.IndexOf((byte)'.') : text.Length;
            if (dot < 0 || !TryNumber(text[..dot], out uint value) || value > 255)
            {
                return false;
            }

            octets[octet] = (byte)value;
            text = octet < 3 ? text[(dot + 1)..] : [];
        }

        return true;
    }
}
