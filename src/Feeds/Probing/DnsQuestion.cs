using System.Globalization;

namespace Breakwater.Feeds.Probing;

/// <summary>What a name server is asked: a name in lower case without its last dot (empty for the root), and a type by number.</summary>
public sealed record DnsQuestion(string Name, ushort Type)
{
    public const ushort A = 1;
    public const ushort Ns = 2;
    public const ushort Cname = 5;
    public const ushort Aaaa = 28;

    // RFC 1035 section 2.3.4: 255 octets on the wire, which is 253 as text.
    private const int NameMax = 253;
    private const int LabelMax = 63;

    // IANA, Resource Record (RR) TYPEs.
    private static readonly (string Word, ushort Number)[] _types =
    [
        ("A", A),
        ("NS", Ns),
        ("CNAME", Cname),
        ("SOA", 6),
        ("PTR", 12),
        ("MX", 15),
        ("TXT", 16),
        ("AAAA", Aaaa),
        ("SRV", 33),
        ("DS", 43),
        ("DNSKEY", 48),
        ("SVCB", 64),
        ("HTTPS", 65),
        ("CAA", 257),
    ];

    /// <summary>Every resolver and root server can answer this without asking for a name of anybody.</summary>
    public static DnsQuestion Root { get; } = new("", Ns);

    /// <summary>Reads <c>example.org?type=AAAA</c>; the type is A when absent, the root is a dot.</summary>
    /// <returns>Why it is no question; null when it is one.</returns>
    public static string? Read(string text, out DnsQuestion? question)
    {
        ArgumentNullException.ThrowIfNull(text);
        question = null;
        int mark = text.IndexOf('?', StringComparison.Ordinal);
        string name = (mark < 0 ? text : text[..mark]).ToLowerInvariant();
        ushort type = A;
        if (mark >= 0 && !TryType(text[(mark + 1)..], out type))
        {
            return $"asks for '{text[(mark + 1)..]}'; write type=A, type=AAAA, type=NS or type=TYPE65";
        }

        name = name.EndsWith('.') ? name[..^1] : name;
        if (
            name.Length > NameMax
            || name.Length > 0
                && name.Split('.')
                    .Any(label =>
                        label.Length is 0 or > LabelMax
                        || !label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '*')
                    )
        )
        {
            return $"asks for '{name}', which is no name";
        }

        question = new DnsQuestion(name, type);
        return null;
    }

    private static bool TryType(string text, out ushort type)
    {
        type = 0;
        if (!text.StartsWith("type=", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        string word = text[5..].ToUpperInvariant();
        int known = Array.FindIndex(_types, one => one.Word == word);
        type = known < 0 ? (ushort)0 : _types[known].Number;
        // RFC 3597 section 5. Types from 128 to 255 are no data: ANY, AXFR and the like make servers work or flood.
        return known >= 0
            || (
                word.StartsWith("TYPE", StringComparison.Ordinal)
                && ushort.TryParse(
                    word.AsSpan(4),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out type
                )
                && type is > 0 and (< 128 or > 255)
            );
    }

    public string TypeWord =>
        Array.Find(_types, one => one.Number == Type).Word
        ?? string.Create(CultureInfo.InvariantCulture, $"TYPE{Type}");

    public override string ToString() => $"{(Name.Length == 0 ? "." : Name)}?type={TypeWord}";
}
