using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.Signals.Answers;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Ioda;

/// <summary>
/// What an entity of IODA is: a country, a region, an AS, or an AS in a country or region (geoasn). A region is a number there; its country
/// stands in its fully qualified id, <c>geo.netacuity.AS.IR.1189</c>.
/// </summary>
internal static partial class IodaPlaces
{
    /// <summary>The place, and the network when the entity is an AS at a place; null when the entity cannot be told.</summary>
    /// <param name="given">Where the caller says it is, for regions whose country the answer does not name.</param>
    public static (Place Place, string? Network)? Of(
        string? type,
        string? code,
        string? name,
        string? qualified,
        Place? given
    )
    {
        if (type is null || code is null)
        {
            return null;
        }

        string? country = CountryOf(qualified) ?? given?.Country;
        switch (type)
        {
            case "country":
                string upper = code.ToUpperInvariant();
                return Countries.IsCode(upper) ? (Place.OfCountry(upper), null) : null;
            case "region":
                return country is null ? null : (Region(country, name ?? code), null);
            case "asn":
                return Asn.TryParse(code, out Asn asn) ? (Place.OfAsn(asn), null) : null;
            case "geoasn":
                return OfNetwork(code, name, country);
            default:
                return null;
        }
    }

    /// <summary>The entity of an alert or event: an object, or a text such as <c>country/IR</c>.</summary>
    public static (Place Place, string? Network)? Of(JsonElement item, Place? given)
    {
        if (item.Member("entity") is { } entity)
        {
            JsonElement? attributes = entity.Member("attrs");
            Place? named =
                attributes.Text("country_code") is { } code
                && Countries.IsCode(code.ToUpperInvariant())
                    ? Place.OfCountry(code.ToUpperInvariant())
                    : given;
            return Of(
                entity.Text("type"),
                entity.Text("code"),
                entity.Text("name"),
                attributes.Text("fqid"),
                named
            );
        }

        return item.Text("location")?.Split('/', 2) is [var type, var key]
            ? Of(type, key, item.Text("location_name"), null, given)
            : null;
    }

    private static (Place Place, string? Network)? OfNetwork(
        string code,
        string? name,
        string? country
    )
    {
        if (
            NetworkAtPlace().Match(code) is not { Success: true } match
            || !Asn.TryParse(match.Groups["asn"].Value, out Asn asn)
        )
        {
            return null;
        }

        string place = match.Groups["place"].Value;
        return Countries.IsCode(place) ? (Place.OfCountry(place), asn.ToString())
            : country is null ? null
            : (Region(country, name ?? place), asn.ToString());
    }

    private static Place Region(string country, string name) =>
        Place.OfArea(country, Wording.Shorten(name.Replace('/', '-'), 120));

    /// <summary>The country in <c>geo.netacuity.CONTINENT.COUNTRY.REGION</c>.</summary>
    private static string? CountryOf(string? qualified) =>
        qualified?.Split('.') is ["geo", _, _, var country, ..] && Countries.IsCode(country)
            ? country
            : null;

    [GeneratedRegex("^(?<asn>[0-9]+)-(?<place>[A-Z]{2}|[0-9]+)$")]
    private static partial Regex NetworkAtPlace();
}
