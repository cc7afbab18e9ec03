using Breakwater.Vocabulary;

namespace Breakwater.Signals.Cap;

/// <summary>Names of areas with their country. CAP has no member for a country, so it comes from the kind of code, from the words, or from the caller.</summary>
internal static class CapPlaces
{
    public static Place? Of(CapArea area, Place? given)
    {
        string? country =
            area.Geocodes.Select(CountryOf).FirstOrDefault(code => code is not null)
            ?? (Countries.NamedIn(area.Description) is [var one] ? one : null)
            ?? given?.Country;
        if (country is null)
        {
            return null;
        }

        string name = Wording.Shorten(area.Description.Replace('/', '-'), 120);
        return name.Length == 0 || Countries.OfName(name)?.Country == country
            ? given?.Country == country
                ? given
                : Place.OfCountry(country)
            : Place.OfArea(country, name);
    }

    private static string? CountryOf((string Name, string Value) code)
    {
        string name = code.Name.ToUpperInvariant();
        string start = code.Value.Length >= 2 ? code.Value[..2].ToUpperInvariant() : "";
        return name switch
        {
            // Codes of the National Weather Service and of counties of the United States.
            "SAME" or "UGC" or "FIPS6" or "FIPS" => "US",
            _ when name.StartsWith("PROFILE:CAP-CP", StringComparison.Ordinal) => "CA",
            "WARNCELLID" => "DE",
            _ when name.StartsWith("AMOC", StringComparison.Ordinal) => "AU",
            // MeteoAlarm's areas and Europe's statistical regions begin with the country, two of them in the European way.
            "EMMA_ID" or "NUTS" or "NUTS1" or "NUTS2" or "NUTS3" => Assigned(
                start switch
                {
                    "EL" => "GR",
                    "UK" => "GB",
                    _ => start,
                }
            ),
            _ when name.StartsWith("ISO", StringComparison.Ordinal) && name.Contains("3166") =>
                code.Value.Length == 3 ? Countries.OfAlpha3(code.Value) : Assigned(start),
            _ => null,
        };
    }

    private static string? Assigned(string code) => Countries.IsCode(code) ? code : null;
}
