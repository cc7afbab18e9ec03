using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Breakwater.Signals;

/// <summary>Text of RDATA to octets, field by field.</summary>
internal sealed partial class ZoneRdata
{
    private readonly ArrayBufferWriter<byte> octets = new(256);
    private readonly ArrayBufferWriter<byte> joined = new(256);

    /// <param name="entry">The entry; its tokens from <paramref name="from"/> on are the RDATA.</param>
    /// <returns>Null, or why it cannot be read.</returns>
    public string? Read(ZoneEntries entry, int from, ushort type, DnsName? origin, out byte[] rdata)
    {
        rdata = [];
        octets.ResetWrittenCount();
        string? fault =
            entry.Tokens.Count > from && IsGeneric(entry, from)
                ? Generic(entry, from + 1, type)
                : Fields(entry, from, type, origin);
        if (fault is null && octets.WrittenCount > ushort.MaxValue)
        {
            fault = "the data is longer than 65535 octets";
        }

        rdata = fault is null ? octets.WrittenSpan.ToArray() : [];
        return fault;
    }

    private static bool IsGeneric(ZoneEntries entry, int token) =>
        !entry.Tokens[token].IsQuoted && entry[token].SequenceEqual("\\#"u8);

    /// <summary>RFC 3597 section 5: <c>\# length hexadecimal</c>.</summary>
    private string? Generic(ZoneEntries entry, int from, ushort type)
    {
        if (
            entry.Tokens.Count == from
            || !ZoneText.TryNumber(entry[from], ushort.MaxValue, out uint length)
        )
        {
            return "\\# is not followed by a length up to 65535";
        }

        if (!TryHexadecimal(entry, from + 1) || octets.WrittenCount != length)
        {
            return "\\# is not followed by as many octets in hexadecimal as it says";
        }

        return ZoneWire.IsWellFormed(type, octets.WrittenSpan)
            ? null
            : $"the octets after \\# are no {ZoneType.Name(type)}";
    }

    private string? Fields(ZoneEntries entry, int from, ushort type, DnsName? origin)
    {
        if (ZoneType.Fields(type) is not { } fields)
        {
            return $"the text of {ZoneType.Name(type)} is not known here";
        }

        int token = from;
        foreach (char field in fields)
        {
            // Only what runs to the end may be empty: a digest of no octets, strings, a bitmap of no types.
            if (token == entry.Tokens.Count && field is not ('H' or 'B' or 'M'))
            {
                return $"{ZoneType.Name(type)} has too few fields";
            }

            string? fault = field switch
            {
                'H' => TryHexadecimal(entry, token) ? null : "not hexadecimal",
                'B' => TryBase64(entry, token) ? null : "not base 64",
                'M' => Bitmap(entry, token),
                '*' => Strings(entry, token),
                _ => Field(entry[token], field, origin),
            };
            if (fault is not null)
            {
                return token < entry.Tokens.Count
                    ? $"{ZoneType.Name(type)}: '{ZoneText.Shown(entry[token])}': {fault}"
                    : $"{ZoneType.Name(type)}: {fault}";
            }

            token = field is 'H' or 'B' or 'M' or '*' ? entry.Tokens.Count : token + 1;
        }

        return token < entry.Tokens.Count ? $"{ZoneType.Name(type)} has too many fields" : null;
    }

    private string? Field(ReadOnlySpan<byte> text, char field, DnsName? origin)
    {
        uint number;
        switch (field)
        {
            case 'N' or 'n':
                if (NameOf(text, origin, out DnsName name) is { } fault)
                {
                    return fault;
                }

                octets.Write(name.Wire);
                return null;
            case '1':
                return Number(text, byte.MaxValue, 1);
            case '2':
                return Number(text, ushort.MaxValue, 2);
            case '4':
                return Number(text, uint.MaxValue, 4);
            case 'P':
                return ZoneText.TryPeriod(text, out number) ? Put(number, 4) : "no seconds";
            case 'T':
                return TryTime(text, out number) ? Put(number, 4) : "no time as YYYYMMDDHHmmSS";
            case 'Y':
                return ZoneType.TryParse(text, out ushort type) ? Put(type, 2) : "no type";
            case 'G':
                return TryAlgorithm(text, out number) ? Put(number, 1) : "no algorithm";
            case 'A' or '6':
                return Address(text, field == '6');
            case 'S':
                return String(text, hasLength: true);
            case 'R':
                return String(text, hasLength: false);
            case 'X':
                return Salt(text);
            default:
                return OwnerHash(text);
        }
    }

    /// <summary>A name in RDATA; <c>@</c> is the origin.</summary>
    private static string? NameOf(ReadOnlySpan<byte> text, DnsName? origin, out DnsName name)
    {
        if (text is [(byte)'@'])
        {
            name = origin ?? DnsName.Root;
            return origin is null ? "@ without an origin" : null;
        }

        return DnsName.Read(text, origin, out name);
    }

    private string? Number(ReadOnlySpan<byte> text, uint max, int length) =>
        ZoneText.TryNumber(text, max, out uint number)
            ? Put(number, length)
            : string.Create(CultureInfo.InvariantCulture, $"no number up to {max}");

    private string? Put(uint number, int length)
    {
        Span<byte> four = octets.GetSpan(4);
        BinaryPrimitives.WriteUInt32BigEndian(four, number << (8 * (4 - length)));
        octets.Advance(length);
        return null;
    }

    private string? Address(ReadOnlySpan<byte> text, bool isV6)
    {
        // The system's parser also takes zones, brackets and octal.
        bool isPlain = isV6
            ? text.IndexOfAny((byte)'%', (byte)'[') < 0 && text.IndexOf((byte)':') >= 0
            : text.IndexOfAnyExceptInRange((byte)'.', (byte)'9') < 0
                && text.Count((byte)'.') == 3
                && text.IndexOf((byte)'/') < 0
                && !HasLeadingZero(text);
        Span<byte> address = octets.GetSpan(16);
        if (
            !isPlain
            || !IPAddress.TryParse(text, out IPAddress? parsed)
            || !parsed.TryWriteBytes(address, out int written)
            || written != (isV6 ? 16 : 4)
        )
        {
            return isV6 ? "no IPv6 address" : "no IPv4 address";
        }

        octets.Advance(written);
        return null;
    }

    private static bool HasLeadingZero(ReadOnlySpan<byte> text)
    {
        for (int at = 0; at + 1 < text.Length; at++)
        {
            if (
                text[at] == (byte)'0'
                && (at == 0 || text[at - 1] == (byte)'.')
                && ZoneText.IsDigit(text[at + 1])
            )
            {
                return true;
            }
        }

        return false;
    }

    private string? String(ReadOnlySpan<byte> text, bool hasLength)
    {
        int start = octets.WrittenCount;
        if (hasLength)
        {
            octets.Write([(byte)0]);
        }

        for (int at = 0; at < text.Length; )
        {
            if (!ZoneText.TryOctet(text, ref at, out byte octet))
            {
                return "an escape is neither \\DDD up to 255 nor \\ and a character";
            }

            octets.Write([octet]);
        }

        int length = octets.WrittenCount - start - 1;
        if (hasLength && length > byte.MaxValue)
        {
            return "a string is longer than 255 octets";
        }

        if (hasLength)
        {
            Written()[start] = (byte)length;
        }

        return null;
    }

    private string? Strings(ZoneEntries entry, int from)
    {
        for (int token = from; token < entry.Tokens.Count; token++)
        {
            if (String(entry[token], hasLength: true) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static bool TryAlgorithm(ReadOnlySpan<byte> text, out uint algorithm)
    {
        if (ZoneText.TryNumber(text, byte.MaxValue, out algorithm))
        {
            return true;
        }

        // RFC 4034 appendix A.1 allows mnemonics.
        algorithm = Encoding.Latin1.GetString(text).ToUpperInvariant() switch
        {
            "RSAMD5" => 1u,
            "DSA" => 3,
            "RSASHA1" => 5,
            "DSA-NSEC3-SHA1" => 6,
            "RSASHA1-NSEC3-SHA1" => 7,
            "RSASHA256" => 8,
            "RSASHA512" => 10,
            "ECC-GOST" => 12,
            "ECDSAP256SHA256" => 13,
            "ECDSAP384SHA384" => 14,
            "ED25519" => 15,
            "ED448" => 16,
            _ => 0,
        };
        return algorithm != 0;
    }

    /// <summary>Seconds since 1970 modulo 2^32, or <c>YYYYMMDDHHmmSS</c> (RFC 4034 section 3.2).</summary>
    private static bool TryTime(ReadOnlySpan<byte> text, out uint seconds)
    {
        if (text.Length != 14)
        {
            return ZoneText.TryNumber(text, uint.MaxValue, out seconds);
        }

        seconds = 0;
        if (
            !DateTime.TryParseExact(
                Encoding.Latin1.GetString(text),
                "yyyyMMddHHmmss",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out DateTime time
            )
        )
        {
            return false;
        }

        seconds = unchecked((uint)((time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond));
        return true;
    }

    private Span<byte> Written() =>
        System.Runtime.InteropServices.MemoryMarshal.AsMemory(octets.WrittenMemory).Span;
}
