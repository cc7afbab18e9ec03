using System.Text.RegularExpressions;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Reporting;

/// <summary>Makes a place coarse before anything of it is stored: a country and two areas in it, or a core resource.</summary>
public static partial class ReportPlace
{
    /// <summary>A province and a district. Deeper names, such as a street, are cut off.</summary>
    public const int AreasMax = 2;

    /// <summary>Cells of a position in a report: wide enough for a town.</summary>
    public const double CellKm = 10;

    private const int NameMax = 120;

    /// <summary>Null for a place that is none, or that would tell more than an area: an address of the network, coordinates.</summary>
    public static Place? Coarsen(Place? place)
    {
        if (place is null)
        {
            return null;
        }

        if (place.IsCoreResource)
        {
            return (place.Tld ?? place.Function) is { } name && IsResource(name)
                ? new Place { Tld = place.Tld, Function = place.Function }
                : null;
        }

        if (place.Country is not { } country || !Countries.IsCode(country))
        {
            return null;
        }

        string[] areas = [.. (place.Area ?? []).Take(AreasMax)];
        return areas.All(IsName) ? Place.OfArea(country, areas) : null;
    }

    /// <summary>A top-level domain, an institution, or one function of it: <c>rir:afrinic/reverse-dns</c>.</summary>
    private static bool IsResource(string name) =>
        name.Split('/') is { Length: <= 2 } parts && parts.All(IsName) && !PositionInText.Is(name);

    private static bool IsName(string? name) =>
        !string.IsNullOrWhiteSpace(name)
        && name.Length <= NameMax
        && !name.Any(letter => char.IsControl(letter) || letter == '/')
        && !PositionInText.Is(name)
        && !HalfOfOne().IsMatch(name);

    /// <summary>One coordinate alone, or a code with more behind it: no area is called so.</summary>
    [GeneratedRegex(
        @"\d[.,]\d{2,}|\d\s*°|^[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,}"
    )]
    private static partial Regex HalfOfOne();
}
