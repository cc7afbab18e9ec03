using System.Text.Json.Serialization;

namespace Breakwater.Vocabulary;

/// <summary>
/// Where: a country, an area in it (wide to narrow), an autonomous system, a prefix, a top-level domain, or a function of
/// core resources that is on no map. Two places are equal when they name the same thing.
/// </summary>
public sealed record Place
{
    private static readonly Place _nowhere = new();

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public string? Country { get; init; }

    /// <summary>Administrative areas inside the country, wide to narrow, as named by their source.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Area { get; init; }

    public Asn? Asn { get; init; }

    public IpPrefix? Prefix { get; init; }

    /// <summary>Top-level domain without dot, lower case.</summary>
    public string? Tld { get; init; }

    /// <summary>
    /// A function of core resources, lower case: its kind, who performs it and, after a stroke, one service of it:
    /// <c>rir:afrinic</c>, <c>rir:afrinic/reverse-dns</c>, <c>dns:root</c>. It has no area and no country.
    /// </summary>
    public string? Function { get; init; }

    public static Place OfCountry(string code) => new() { Country = code };

    public static Place OfArea(string country, params IReadOnlyList<string> area) =>
        area.Count == 0 ? OfCountry(country) : new() { Country = country, Area = area };

    public static Place OfAsn(Asn asn) => new() { Asn = asn };

    public static Place OfPrefix(IpPrefix prefix) => new() { Prefix = prefix };

    public static Place OfTld(string tld) => new() { Tld = tld };

    public static Place OfFunction(string function) => new() { Function = function };

    /// <summary>True for a core resource: a name, a number or a function of their registries, rather than a place on a map.</summary>
    public bool IsCoreResource => Tld is not null || Function is not null;

    /// <summary>
    /// Reads <c>IR</c>, <c>IR/Tehran/Rey</c>, <c>AS64500</c>, <c>192.0.2.0/24</c>, <c>.xx</c> or <c>rir:afrinic</c>.
    /// </summary>
    public static bool TryParse(string text, out Place place)
    {
        place = new Place();
        if (text.Length > 1 && text[0] == '.')
        {
            place = OfTld(text[1..].ToLowerInvariant());
            return true;
        }

        if (IpPrefix.TryParse(text, out IpPrefix prefix))
        {
            place = OfPrefix(prefix);
            return true;
        }

        if (
            text.StartsWith("AS", StringComparison.OrdinalIgnoreCase)
            && Vocabulary.Asn.TryParse(text, out Asn asn)
        )
        {
            place = OfAsn(asn);
            return true;
        }

        if (IsFunction(text))
        {
            place = OfFunction(text.ToLowerInvariant());
            return true;
        }

        string[] parts = text.Split('/', StringSplitOptions.TrimEntries);
        if (
            parts[0].Length != 2
            || !parts[0].All(char.IsAsciiLetter)
            || parts.Any(part => part.Length == 0)
        )
        {
            return false;
        }

        place = OfArea(parts[0].ToUpperInvariant(), parts[1..]);
        return true;
    }

    /// <summary>The place in one line, unique among places: <c>IR/Tehran/Rey</c>.</summary>
    public string Key =>
        Tld is not null ? $".{Tld}"
        : Function is not null ? Function
        : Prefix is { } prefix ? prefix.ToString()
        : Asn is { } asn ? asn.ToString()
        : Area is null ? Country ?? "unknown"
        : $"{Country}/{string.Join('/', Area)}";

    /// <summary>True when it names nothing at all.</summary>
    public bool IsNowhere => Equals(_nowhere);

    /// <summary>True when this is the other place or lies wholly in it.</summary>
    public bool IsWithin(Place other) =>
        Equals(other)
        || (
            (other.Country is not null || other.Function is not null)
            && Key.StartsWith(other.Key + "/", StringComparison.Ordinal)
        );

    public bool Equals(Place? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Key;

    /// <summary>Kinds of functions: regional and national registries of numbers, IANA, and the name system itself.</summary>
    private static readonly string[] _functionKinds = ["rir", "nir", "iana", "dns"];

    /// <summary>A closed list of kinds, so that a damaged IPv6 prefix is no function.</summary>
    private static bool IsFunction(string text)
    {
        const int lengthMax = 100;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && text.Length <= lengthMax
            && _functionKinds.Contains(text[..colon], StringComparer.OrdinalIgnoreCase)
            && text[(colon + 1)..]
                .Split('/')
                .All(part =>
                    part.Length > 0
                    && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
                );
    }
}
