using System.Collections.Frozen;
using System.Globalization;

namespace Breakwater.Vocabulary;

/// <summary>A stretch of the earth between two meridians and two parallels, in degrees; it never crosses 180 degrees.</summary>
public readonly record struct LatLonBox(double West, double South, double East, double North)
{
    /// <summary>True when they share at least a point.</summary>
    public bool Meets(LatLonBox other) =>
        West <= other.East && other.West <= East && South <= other.North && other.South <= North;
}

/// <summary>
/// Where a place lies, as closely as anybody is shown it: the boxes of its country. An area is shown as its whole country, because
/// names of areas have no boxes; a network, a name or a function of core resources lies nowhere.
/// </summary>
/// <param name="Of">The country whose shape it is.</param>
public sealed record CoarseShape(string Of, IReadOnlyList<LatLonBox> Boxes)
{
    private static readonly FrozenDictionary<string, CoarseShape> _byCountry = Read();

    /// <summary>Null for what lies nowhere, and for a country of which no box is known.</summary>
    public static CoarseShape? For(Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place is { Country: { } country, Asn: null, Prefix: null, IsCoreResource: false }
            ? _byCountry.GetValueOrDefault(country)
            : null;
    }

    private static FrozenDictionary<string, CoarseShape> Read()
    {
        using Stream stream = typeof(CoarseShape).Assembly.GetManifestResourceStream(
            "country-boxes.txt"
        )!;
        using var text = new StreamReader(stream);
        var shapes = new List<CoarseShape>();
        while (text.ReadLine() is { } line)
        {
            if (line is [not '#', ..] && line.Split('|') is [var country, var boxes])
            {
                shapes.Add(new CoarseShape(country, [.. boxes.Split(' ').Select(Box)]));
            }
        }

        return shapes.ToFrozenDictionary(shape => shape.Of, StringComparer.Ordinal);
    }

    private static LatLonBox Box(string text)
    {
        double[] edges =
        [
            .. text.Split(',').Select(edge => double.Parse(edge, CultureInfo.InvariantCulture)),
        ];
        return new LatLonBox(edges[0], edges[1], edges[2], edges[3]);
    }
}
