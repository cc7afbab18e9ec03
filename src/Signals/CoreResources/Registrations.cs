using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>
/// The countries that prefixes and AS numbers are registered in. Registration is where the holder is registered, not where
/// a network or an anycast server is. Immutable; the same for the same rows in any order.
/// </summary>
public sealed class Registrations
{
    private readonly IpPrefix[] prefixes;
    private readonly string[] countries;

    /// <summary>The next wider prefix around each, or -1.</summary>
    private readonly int[] around;
    private readonly AsnRegistration[] asns;

    private Registrations(
        SortedDictionary<IpPrefix, string> ofPrefix,
        AsnRegistration[] asns,
        IReadOnlyList<string> sources
    )
    {
        prefixes = [.. ofPrefix.Keys];
        countries = [.. ofPrefix.Values];
        this.asns = asns;
        Sources = sources;
        around = new int[prefixes.Length];
        for (int at = 0; at < prefixes.Length; at++)
        {
            int wider = at - 1;
            while (wider >= 0 && !prefixes[wider].Contains(prefixes[at]))
            {
                wider = around[wider];
            }

            around[at] = wider;
        }
    }

    public static Registrations None { get; } = new([], [], []);

    public static Registrations Of(IReadOnlyList<RegistrationFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var ofPrefix = new SortedDictionary<IpPrefix, string>();
        foreach (PrefixRegistration row in files.SelectMany(file => file.Prefixes))
        {
            ofPrefix[row.Prefix] = ofPrefix.TryGetValue(row.Prefix, out string? other)
                ? Both(other, row.Country)
                : row.Country;
        }

        return new Registrations(
            ofPrefix,
            [
                .. files
                    .SelectMany(file => file.Asns)
                    .Distinct()
                    .OrderBy(row => row.First.Number)
                    .ThenBy(row => row.Last.Number)
                    .ThenBy(row => row.Country, StringComparer.Ordinal),
            ],
            [.. files.Select(file => file.Name).Distinct().Order(StringComparer.Ordinal)]
        );
    }

    /// <summary>Names of the files, in order.</summary>
    public IReadOnlyList<string> Sources { get; }

    public int PrefixCount => prefixes.Length;

    public int AsnCount => asns.Length;

    /// <summary>
    /// Country of the narrowest registration around an address or a prefix; two codes with a plus between them when two
    /// lists disagree; null when none covers it.
    /// </summary>
    public string? CountryOf(IpPrefix prefix)
    {
        int at = Array.BinarySearch(prefixes, prefix);
        at = at >= 0 ? at : ~at - 1;
        while (at >= 0 && !prefixes[at].Contains(prefix))
        {
            at = around[at];
        }

        return at < 0 ? null : countries[at];
    }

    /// <summary>Country of an AS number; null when no list has it.</summary>
    public string? CountryOf(Asn asn)
    {
        string? country = null;
        int end = UpperBound(asn);
        // Ranges of registries do not overlap; lists that name the AS alone may stand beside a range.
        for (int at = end - 1; at >= 0 && at >= end - 4; at--)
        {
            if (asns[at].Last.Number >= asn.Number)
            {
                country = country is null ? asns[at].Country : Both(country, asns[at].Country);
            }
        }

        return country;
    }

    private int UpperBound(Asn asn)
    {
        (int low, int high) = (0, asns.Length);
        while (low < high)
        {
            int middle = (low + high) >> 1;
            (low, high) = asns[middle].First.Number <= asn.Number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static string Both(string one, string other) =>
        string.Join('+', one.Split('+').Union(other.Split('+')).Order(StringComparer.Ordinal));
}

/// <param name="Country">ISO 3166-1 alpha-2, upper case.</param>
public readonly record struct PrefixRegistration(IpPrefix Prefix, string Country);

/// <summary>AS numbers from first to last.</summary>
public readonly record struct AsnRegistration(Asn First, Asn Last, string Country);
