using System.Text.RegularExpressions;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Events;

/// <summary>
/// Places that a row names. Areas keep the words of their list; where its wording leaves open which part is the wider one,
/// the row's statement of scope decides.
/// </summary>
internal static partial class EventPlaces
{
    /// <summary>Stands for the "and" inside one name while lists are taken apart; no cell holds it.</summary>
    private const string Joint = "\uE000";

    /// <summary>Scopes that name the country as a whole.</summary>
    private static readonly string[] _whole = ["Country", "national"];

    /// <summary>More areas than this in one cell are cut and said.</summary>
    private const int AreasMax = 64;

    /// <summary>The places of a row, widest order of the row; empty with a reason when none can be told.</summary>
    public static (IReadOnlyList<Place> Places, string? Doubt) Of(EventRow row)
    {
        string? scope = row[EventField.Scope];
        if (scope is not null && AsScope().Match(scope) is { Success: true } network)
        {
            return Asn.TryParse(network.Groups["asn"].Value, out Asn asn)
                ? ([Place.OfAsn(asn)], null)
                : ([], $"'{Wording.Shorten(scope, 40)}' is no AS number");
        }

        (IReadOnlyList<Place> countries, string? doubt) = Countries(row);
        if (countries.Count != 1)
        {
            return (countries, doubt);
        }

        Place country = countries[0];
        if (scope is not null && RegionScope().Match(scope) is { Success: true } region)
        {
            return ([Narrowed(country, region.Groups["area"].Value.Trim())], doubt);
        }

        bool isWhole =
            scope is not null && _whole.Contains(scope, StringComparer.OrdinalIgnoreCase);
        string? area = isWhole ? null : row[EventField.Area];
        (IReadOnlyList<Place> places, string? ofArea) = area is null
            ? (countries, doubt)
            : Areas(country, area, row);
        bool isKnown =
            scope is null
            || isWhole
            || (area is not null && scope.Equals("regional", StringComparison.OrdinalIgnoreCase));
        return (
            places,
            isKnown
                ? ofArea
                : $"scope '{Wording.Shorten(scope!, 40)}' is not known here; the place is the {(area is null ? "country" : "area that the row names")}"
        );
    }

    private static (IReadOnlyList<Place> Places, string? Doubt) Countries(EventRow row)
    {
        if (
            row[EventField.CountryAlpha3] is { } alpha3
            && Vocabulary.Countries.OfAlpha3(alpha3) is { } code
        )
        {
            return ([Place.OfCountry(code)], null);
        }

        if (row[EventField.Country] is not { } text)
        {
            return ([], "no country is named");
        }

        if (OneCountry(text) is { } one)
        {
            return ([one], null);
        }

        List<Place> places = [];
        List<string> unknown = [];
        foreach (
            string name in text.Split(
                ';',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (OneCountry(name) is { } place)
            {
                places.Add(place);
            }
            else
            {
                unknown.Add(Wording.Shorten(name, 60));
            }
        }

        return (
            [.. places.Distinct()],
            unknown.Count == 0
                ? null
                : $"'{string.Join("', '", unknown.Take(4))}' is no country known here"
        );
    }

    private static Place? OneCountry(string text) =>
        Vocabulary.Countries.OfName(text)
        ?? (
            text.Length == 2 && Vocabulary.Countries.IsCode(text) ? Place.OfCountry(text)
            : Vocabulary.Countries.OfAlpha3(text) is { } code ? Place.OfCountry(code)
            : null
        );

    private static (IReadOnlyList<Place> Places, string? Doubt) Areas(
        Place country,
        string text,
        EventRow row
    )
    {
        string area = Compound().Replace(Wording.Shorten(text, 4_000), $"$1{Joint}$3");
        if (
            Nationwide().IsMatch(area)
            || Vocabulary.Countries.OfName(Entire().Replace(area, ""))?.Country == country.Country
        )
        {
            return ([country], null);
        }

        string? scope = row[EventField.AreaScope];
        string[] parts = Parts(area);
        if (parts.Length == 0)
        {
            return ([country], null);
        }

        bool isOnePlace = scope?.Contains("only affected one", StringComparison.Ordinal) is true;
        bool isOneProvince = scope?.Contains("in the same", StringComparison.Ordinal) is true;
        if (parts.Length == 1 || (isOnePlace && !Lists().IsMatch(area)))
        {
            return ([Narrowed(country, [.. parts.Reverse().Distinct()])], null);
        }

        // "A, B and C districts, Province": what comes last is the wider place.
        List<Place> places =
            isOnePlace || isOneProvince
                ? [.. Pieces(parts[..^1]).Select(piece => Narrowed(country, parts[^1], piece))]
                : [.. Pieces(parts).Select(piece => Narrowed(country, piece))];
        return (
            [.. places.Distinct().Take(AreasMax)],
            places.Count > AreasMax ? $"more than {AreasMax} areas; the first ones are used" : null
        );
    }

    /// <summary>The parts between commas, with "X in Y" and "X of Y" read as X, Y.</summary>
    private static string[] Parts(string area) =>
        [
            .. InOrOf()
                .Replace(area, ", ")
                .Split(
                    [',', ';', '(', ')'],
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                )
                .Select(part => Leading().Replace(part, "").Trim(' ', '.'))
                .Where(part => part.Length > 0),
        ];

    /// <summary>The single areas of a list: "A", "B and C".</summary>
    private static IEnumerable<string> Pieces(IEnumerable<string> parts) =>
        parts
            .SelectMany(part => And().Split(part))
            .Select(piece => piece.Trim(' ', '.'))
            .Where(piece => piece.Length > 0);

    private static Place Narrowed(Place place, params IReadOnlyList<string> area) =>
        Place.OfArea(place.Country!, [.. place.Area ?? [], .. area.Select(Clean).Where(IsSaid)]);

    private static bool IsSaid(string name) => name.Length > 0;

    /// <summary>A slash would read as a level of its own, and no name needs more than a line.</summary>
    private static string Clean(string name) =>
        Wording.Shorten(
            name.Replace('/', '-').Replace(Joint, " and ", StringComparison.Ordinal),
            120
        );

    [GeneratedRegex(@"^ASN?\s*\(?\s*(?<asn>(AS)?[0-9]+)\s*\)?$", RegexOptions.IgnoreCase)]
    private static partial Regex AsScope();

    [GeneratedRegex(@"^Region\s*\((?<area>.+)\)$", RegexOptions.IgnoreCase)]
    private static partial Regex RegionScope();

    [GeneratedRegex(
        @"^(nation\s*-?w[io]?i?de|nationwde|national(ly)?(?!\s+capital)|entire (country|nation)|(near(ly)? )?country\s*-?wide|whole country|(near(ly)?|most of|all|across)\b.*\b(country|every region|regions)\b)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Nationwide();

    [GeneratedRegex(@"^(the )?(entire|whole|all of)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Entire();

    [GeneratedRegex(@"\s(and|&)\s|;", RegexOptions.IgnoreCase)]
    private static partial Regex Lists();

    [GeneratedRegex(
        @",?\s+(in|(?<!(Republic|Territory|State|Kingdom|Union|parts?|cities|areas|outskirts|border)\s+)of)\s+(the\s+state\s+of\s+)?(?=\p{Lu})"
    )]
    private static partial Regex InOrOf();

    [GeneratedRegex(@"^(in|and|of|the)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Leading();

    [GeneratedRegex(@"\s+(?:and|&)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    /// <summary>Provinces and states with an "and" in their own name.</summary>
    [GeneratedRegex(
        @"\b(Jammu|Sistan|Kohgiluyeh|Chaharmahal|Andaman|Dadra|Nagar Haveli|Newfoundland|Bosnia|Tierra del Fuego|Trinidad|Antigua|Saint Kitts|Castilla)\s*(and|&)\s*(Kashmir|Balu?ochi?e?stan|Boyer.Ahmad|Buyer.Ahmad|Bakhtiari|Nicobar|Nagar Haveli|Daman|Labrador|Herzegovina|Antarctica|Tobago|Barbuda|Nevis|Leon)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Compound();
}
