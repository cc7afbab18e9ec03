namespace Breakwater.Signals;

/// <summary>RDATA as octets: whether they are of their type, and their canonical form.</summary>
internal static class ZoneWire
{
    /// <summary>True when the octets have the fields of their type. Every octets are of a type that is not known.</summary>
    public static bool IsWellFormed(ushort type, ReadOnlySpan<byte> rdata) =>
        Walk(type, rdata, []);

    /// <summary>Canonical form (RFC 4034 section 6.2): names in lower case where the type is of the list.</summary>
    public static ReadOnlyMemory<byte> Canonical(ushort type, ReadOnlyMemory<byte> rdata)
    {
        if (
            ZoneType.Fields(type)?.Contains('N', StringComparison.Ordinal) is not true
            || rdata.Span.IndexOfAnyInRange((byte)'A', (byte)'Z') < 0
        )
        {
            return rdata;
        }

        byte[] lower = [.. rdata.Span];
        return Walk(type, rdata.Span, lower) ? lower : rdata;
    }

    private static bool Walk(ushort type, ReadOnlySpan<byte> rdata, Span<byte> lower)
    {
        int at = 0;
        foreach (char field in ZoneType.Fields(type) ?? "H")
        {
            ReadOnlySpan<byte> rest = rdata[at..];
            int length = field switch
            {
                'N' or 'n' => DnsName.TryReadWire(rest, out _, out int used) ? used : -1,
                '1' or 'G' => 1,
                '2' or 'Y' => 2,
                '4' or 'P' or 'T' or 'A' => 4,
                '6' => 16,
                'S' or 'X' => rest.IsEmpty ? -1 : 1 + rest[0],
                'E' => rest.IsEmpty || rest[0] == 0 ? -1 : 1 + rest[0],
                '*' => StringsLength(rest),
                'M' => BitmapLength(rest),
                _ => rest.Length,
            };
            if (length < 0 || length > rest.Length)
            {
                return false;
            }

            if (field == 'N' && !lower.IsEmpty)
            {
                DnsName.TryReadWire(rest, out DnsName name, out _);
                name.Canonical.CopyTo(lower[at..]);
            }

            at += length;
        }

        return at == rdata.Length;
    }

    private static int StringsLength(ReadOnlySpan<byte> rest)
    {
        int at = 0;
        while (at < rest.Length)
        {
            at += 1 + rest[at];
        }

        return at == 0 ? -1 : at;
    }

    private static int BitmapLength(ReadOnlySpan<byte> rest)
    {
        int at = 0;
        int window = -1;
        while (at + 1 < rest.Length)
        {
            if (rest[at] <= window || rest[at + 1] is 0 or > 32)
            {
                return -1;
            }

            window = rest[at];
            at += 2 + rest[at + 1];
        }

        return at;
    }
}
