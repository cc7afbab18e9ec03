using System.Globalization;
using System.Text;

namespace Breakwater.Signals;

/// <summary>Types of resource records by number (IANA, DNS parameters).</summary>
public static class ZoneType
{
    public const ushort A = 1;
    public const ushort Ns = 2;
    public const ushort Soa = 6;
    public const ushort Aaaa = 28;
    public const ushort Ds = 43;
    public const ushort Rrsig = 46;
    public const ushort Nsec = 47;
    public const ushort Dnskey = 48;
    public const ushort Zonemd = 63;

    /// <summary>
    /// The fields of the RDATA of each type that is read as text: N a name that the canonical form puts in lower case
    /// (RFC 4034 section 6.2, RFC 6840 section 5.1), n a name that it keeps; 1, 2, 4 a number of so many octets;
    /// P seconds, T a time, Y a type, G a DNSSEC algorithm; A and 6 addresses; S a string, * one or more strings,
    /// R a string without its length; X salt, E an owner hash (RFC 5155), M a bitmap of types, H hexadecimal and
    /// B base 64 to the end.
    /// </summary>
    private static readonly (ushort Number, string Name, string Fields)[] _all =
    [
        (A, "A", "A"),
        (Ns, "NS", "N"),
        (5, "CNAME", "N"),
        (Soa, "SOA", "NN4PPPP"),
        (7, "MB", "N"),
        (8, "MG", "N"),
        (9, "MR", "N"),
        (12, "PTR", "N"),
        (13, "HINFO", "SS"),
        (14, "MINFO", "NN"),
        (15, "MX", "2N"),
        (16, "TXT", "*"),
        (17, "RP", "NN"),
        (18, "AFSDB", "2N"),
        (Aaaa, "AAAA", "6"),
        (33, "SRV", "222N"),
        (35, "NAPTR", "22SSSN"),
        (36, "KX", "2N"),
        (39, "DNAME", "N"),
        (Ds, "DS", "2G1H"),
        (44, "SSHFP", "11H"),
        (Rrsig, "RRSIG", "YG14TT2NB"),
        (Nsec, "NSEC", "nM"),
        (Dnskey, "DNSKEY", "21GB"),
        (49, "DHCID", "B"),
        (50, "NSEC3", "112XEM"),
        (51, "NSEC3PARAM", "112X"),
        (52, "TLSA", "111H"),
        (53, "SMIMEA", "111H"),
        (59, "CDS", "2G1H"),
        (60, "CDNSKEY", "21GB"),
        (61, "OPENPGPKEY", "B"),
        (62, "CSYNC", "42M"),
        (Zonemd, "ZONEMD", "411H"),
        (99, "SPF", "*"),
        (256, "URI", "22R"),
        (257, "CAA", "1SR"),
    ];

    private static readonly Dictionary<string, (ushort Number, string Fields)> _byName =
        _all.ToDictionary(type => type.Name, type => (type.Number, type.Fields));

    private static readonly Dictionary<ushort, (string Name, string Fields)> _byNumber =
        _all.ToDictionary(type => type.Number, type => (type.Name, type.Fields));

    /// <summary><c>NS</c>; <c>TYPE65400</c> for a type that has no name here (RFC 3597 section 5).</summary>
    public static string Name(ushort type) =>
        _byNumber.TryGetValue(type, out (string Name, string) known)
            ? known.Name
            : string.Create(CultureInfo.InvariantCulture, $"TYPE{type}");

    /// <summary>Reads a name of a type in any case, or <c>TYPEn</c>.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out ushort type)
    {
        const int lengthMax = 16;
        type = 0;
        if (text.Length is 0 or > lengthMax)
        {
            return false;
        }

        Span<char> upper = stackalloc char[lengthMax];
        int count = Encoding.Latin1.GetChars(text, upper);
        for (int at = 0; at < count; at++)
        {
            upper[at] = char.IsAsciiLetterLower(upper[at]) ? (char)(upper[at] - 0x20) : upper[at];
        }

        if (
            _byName
                .GetAlternateLookup<ReadOnlySpan<char>>()
                .TryGetValue(upper[..count], out (ushort Number, string) known)
        )
        {
            type = known.Number;
            return true;
        }

        if (
            upper[..count].StartsWith("TYPE")
            && ZoneText.TryNumber(text[4..], ushort.MaxValue, out uint number)
        )
        {
            type = (ushort)number;
            return true;
        }

        return false;
    }

    /// <summary>Null for a type that is read in the form of RFC 3597 only.</summary>
    internal static string? Fields(ushort type) =>
        _byNumber.TryGetValue(type, out (string, string Fields) known) ? known.Fields : null;
}
