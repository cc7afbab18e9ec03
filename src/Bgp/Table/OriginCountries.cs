using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>Groups routes by the country that their origin AS is registered in. Registration is not location.</summary>
/// <param name="countries">Country of each AS; those that are absent belong to none.</param>
public sealed class OriginCountries(IReadOnlyDictionary<Asn, string> countries)
{
    private readonly Dictionary<string, int> numbers = [];
    private readonly List<string> names = [];
    private readonly List<int> ofOrigin = [];

    /// <summary>By group number: the countries met so far.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The <see cref="RouteGroup"/>.</summary>
    public int Of(RouteTable table, int prefix, int path) =>
        OfOrigin(table, table.Paths.OriginNumber(path));

    /// <summary>Group number of the country of an origin; -1 when it is not known.</summary>
    /// <param name="origin">Number in <see cref="PathTable.Origins"/>.</param>
    public int OfOrigin(RouteTable table, int origin)
    {
        if (origin < 0)
        {
            return -1;
        }

        while (ofOrigin.Count <= origin)
        {
            ofOrigin.Add(NumberOf(table.Paths.Origins[ofOrigin.Count]));
        }

        return ofOrigin[origin];
    }

    private int NumberOf(Asn origin)
    {
        if (!countries.TryGetValue(origin, out string? country))
        {
            return -1;
        }

        if (!numbers.TryGetValue(country, out int number))
        {
            number = names.Count;
            numbers.Add(country, number);
            names.Add(country);
        }

        return number;
    }
}
