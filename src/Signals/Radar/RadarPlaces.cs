using System.Text.Json;
using Breakwater.Signals.Answers;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Radar;

/// <summary>What places an item of Radar is about, and what kind its cause speaks of.</summary>
internal static class RadarPlaces
{
    private const int PlacesMax = 100;

    /// <summary>
    /// ASes when the item names some, because it is about their customers and not about everybody in the country; otherwise the
    /// locations. A scope such as a province narrows a single location.
    /// </summary>
    public static (IReadOnlyList<Place> Places, string? Doubt) Of(JsonElement item)
    {
        List<Place> networks =
        [
            .. item.Items("asns")
                .Select(asn => asn.AsNumber())
                .Append(item.Member("asnDetails").Member("asn")?.AsNumber())
                .OfType<Asn>()
                .Select(Place.OfAsn),
        ];
        string[] codes =
        [
            .. item.Items("locations")
                .Select(code => code.Text(8))
                .Append(item.Member("locationDetails").Text("code"))
                .OfType<string>()
                .Select(code => code.ToUpperInvariant()),
        ];
        string[] unknown = [.. codes.Where(code => !Countries.IsCode(code))];
        List<Place> countries =
        [
            .. codes
                .Where(Countries.IsCode)
                .Distinct(StringComparer.Ordinal)
                .Select(Place.OfCountry),
        ];
        string? doubt =
            unknown.Length > 0
                ? $"'{string.Join("', '", unknown.Take(4))}' is no country known here"
                : null;
        if (networks.Count > 0)
        {
            return ([.. networks.Distinct().Take(PlacesMax)], doubt);
        }

        return countries.Count == 1 && item.Text("scope", 120) is { } scope && IsArea(scope)
            ? ([Place.OfArea(countries[0].Country!, scope.Replace('/', '-'))], doubt)
            : ([.. countries.Take(PlacesMax)], doubt);
    }

    /// <summary>Prefixes first, because they are what is hijacked; then those whose they are.</summary>
    public static IReadOnlyList<Place> OfHijack(JsonElement item) =>
        [
            .. item.Items("prefixes")
                .Select(prefix =>
                    prefix.Text(64) is { } text && IpPrefix.TryParse(text, out IpPrefix parsed)
                        ? Place.OfPrefix(parsed)
                        : null
                )
                .Concat(
                    item.Items("victim_asns")
                        .Select(asn => asn.AsNumber() is { } known ? Place.OfAsn(known) : null)
                )
                .OfType<Place>()
                .Distinct()
                .Take(PlacesMax),
        ];

    public static IReadOnlyList<Place> OfLeak(JsonElement item) =>
        [
            .. item.Items("leak_seg")
                .Prepend(item.Member("leak_asn") ?? default)
                .Where(asn => asn.ValueKind is JsonValueKind.Number or JsonValueKind.String)
                .Select(asn => asn.AsNumber())
                .OfType<Asn>()
                .Distinct()
                .Select(Place.OfAsn)
                .Take(PlacesMax),
        ];

    /// <summary>The kind that a cause of Radar's list speaks of, and whom it names. What it does not say stays an outage by nobody known.</summary>
    public static (string What, Actor Actor) KindOf(string? cause) =>
        cause?.ToUpperInvariant().Replace(' ', '_') switch
        {
            "GOVERNMENT_DIRECTED" => ("shutdown", Actor.State),
            "CABLE_CUT" => ("cable-cut", Actor.Unknown),
            "POWER_OUTAGE" => ("power-loss", Actor.Unknown),
            "MILITARY_ACTION" or "MISSILE_STRIKE" => ("destruction", Actor.Unknown),
            _ => ("outage", Actor.Unknown),
        };

    private static bool IsArea(string scope) =>
        !scope.StartsWith("nation", StringComparison.OrdinalIgnoreCase)
        && !scope.StartsWith("multiple", StringComparison.OrdinalIgnoreCase)
        && !scope.StartsWith("AS", StringComparison.Ordinal);
}
