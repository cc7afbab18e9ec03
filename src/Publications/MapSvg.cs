using System.Text;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>The map: outlines, and places sized by the people without service there. Readable without colour.</summary>
public static class MapSvg
{
    private const double Width = 640;
    private const double Margin = 26;

    /// <summary>Radius of the largest ring: about a twelfth of the width, so that neighbours stay apart.</summary>
    private const double LargestRadius = 40;

    internal static Said Described(MapFigure map) =>
        new("map.desc", ("n", new Count(map.Points.Count)));

    /// <summary>The drawing alone; its legend and its equal table are written by <see cref="ReportHtml"/>.</summary>
    public static string Draw(MapFigure map, Texts texts)
    {
        var projection = Projection.Of(map);
        Svg svg = new Svg().Open(
            map.Id,
            Width,
            projection.Height,
            texts.Html("map.title"),
            System.Net.WebUtility.HtmlEncode(texts.Plain(Described(map)))
        );
        svg.Box(0, 0, Width, projection.Height, "sea");
        // Neighbours first, so that the affected country's border lies on top.
        foreach (
            OutlineShape shape in map.Outline.Shapes.OrderBy(shape => shape.Role == "affected")
        )
        {
            svg.Path(Rings(shape, projection), Look(shape.Role));
        }

        double scale =
            LargestRadius
            / Math.Sqrt(Math.Max(1, map.Points.Max(point => (double?)point.Without?.High) ?? 1));
        var taken = new List<(double Left, double Top, double Right, double Bottom)>();
        var placed = map
            .Points.Select(point =>
                (Point: point, At: projection.At(point.Longitude, point.Latitude))
            )
            .OrderByDescending(each => each.Point.Without?.High ?? 0)
            .ThenBy(each => each.Point.Name, StringComparer.Ordinal)
            .ToList();
        // Largest first, so that a small place on a large one stays visible.
        foreach (var (point, at) in placed)
        {
            taken.Add(Sign(svg, point, at, scale));
        }

        foreach (var (point, at) in placed)
        {
            Label(
                svg,
                texts.Plain(new Free(point.Name)).Trim('\u2068', '\u2069'),
                at,
                Radius(point, scale),
                taken,
                projection.Height
            );
        }

        return svg.Raw("</svg>").ToString();
    }

    private static string Look(string role) =>
        role switch
        {
            "affected" => "land affected",
            "water" => "sea",
            _ => "land",
        };

    private static string Rings(OutlineShape shape, Projection projection)
    {
        var path = new StringBuilder();
        foreach (IReadOnlyList<double[]> ring in shape.Rings)
        {
            char command = 'M';
            foreach (double[] corner in ring)
            {
                (double x, double y) = projection.At(corner[0], corner[1]);
                path.Append(command).Append(Svg.N(x)).Append(' ').Append(Svg.N(y));
                command = 'L';
            }

            path.Append('Z');
        }

        return path.ToString();
    }

    private static double Radius(MapPoint point, double scale) =>
        point.Without is { } count ? Math.Max(3, Math.Sqrt(count.High) * scale)
        : point.HasNeed ? 8
        : 3;

    private static (double, double, double, double) Sign(
        Svg svg,
        MapPoint point,
        (double X, double Y) at,
        double scale
    )
    {
        double radius = Radius(point, scale);
        if (point.Without is { } count)
        {
            svg.Disc(at.X, at.Y, radius, "most");
            svg.Disc(at.X, at.Y, Math.Sqrt(count.Low) * scale, "fewest");
        }
        else if (point.HasNeed)
        {
            svg.Path(
                $"M{Svg.N(at.X)} {Svg.N(at.Y - 10)}L{Svg.N(at.X + 10)} {Svg.N(at.Y)}L{Svg.N(at.X)} {Svg.N(at.Y + 10)}L{Svg.N(at.X - 10)} {Svg.N(at.Y)}Z",
                "unknown"
            );
            svg.Text(at.X, at.Y + 4, "?", "mark", "middle");
        }
        else
        {
            svg.Disc(at.X, at.Y, radius, "no-need");
        }

        // Only the middle of a sign is kept free: a name may cross the rim of a wide ring.
        double keep = Math.Min(radius, 12);
        return (at.X - keep, at.Y - keep, at.X + keep, at.Y + keep);
    }

    /// <summary>The first of four sides where the name meets no other; when all are taken the table alone names the place.</summary>
    private static void Label(
        Svg svg,
        string name,
        (double X, double Y) at,
        double radius,
        List<(double Left, double Top, double Right, double Bottom)> taken,
        double height
    )
    {
        // 6.6 units a letter: the mean advance of a 12-unit sans serif, rounded up.
        double width = name.Length * 6.6;
        double near = radius + 4;
        (double X, double Y, string Anchor)[] sides =
        [
            (at.X + near, at.Y + 4, "start"),
            (at.X - near, at.Y + 4, "end"),
            (at.X, at.Y - near, "middle"),
            (at.X, at.Y + near + 10, "middle"),
        ];
        foreach ((double x, double y, string anchor) in sides)
        {
            double left = anchor switch
            {
                "start" => x,
                "end" => x - width,
                _ => x - (width / 2),
            };
            var box = (Left: left, Top: y - 11, Right: left + width, Bottom: y + 3);
            bool isFree =
                box.Left > 2
                && box.Right < Width - 2
                && box.Top > 2
                && box.Bottom < height - 2
                && !taken.Any(other =>
                    box.Left < other.Right
                    && other.Left < box.Right
                    && box.Top < other.Bottom
                    && other.Top < box.Bottom
                );
            if (isFree)
            {
                taken.Add(box);
                svg.Text(x, y, name, "place", anchor);
                return;
            }
        }
    }

    /// <summary>Equirectangular, true to scale at the middle latitude; enough for one country on one page.</summary>
    private sealed record Projection(
        double West,
        double North,
        double PerDegree,
        double Squeeze,
        double Height
    )
    {
        public (double X, double Y) At(double longitude, double latitude) =>
            (
                Margin + ((longitude - West) * Squeeze * PerDegree),
                Margin + ((North - latitude) * PerDegree)
            );

        public static Projection Of(MapFigure map)
        {
            var shapes = map.Outline.Shapes.Where(shape => shape.Role == "affected").ToList();
            var corners = (shapes.Count > 0 ? shapes : map.Outline.Shapes)
                .SelectMany(shape => shape.Rings)
                .SelectMany(ring => ring)
                .Concat(map.Points.Select(point => new[] { point.Longitude, point.Latitude }))
                .ToList();
            double west = corners.Min(corner => corner[0]);
            double east = corners.Max(corner => corner[0]);
            double south = corners.Min(corner => corner[1]);
            double north = corners.Max(corner => corner[1]);
            double squeeze = Math.Cos((south + north) / 2 * Math.PI / 180);
            double perDegree = (Width - (2 * Margin)) / Math.Max(0.1, (east - west) * squeeze);
            // A long, narrow country is not drawn taller than a page can hold.
            perDegree = Math.Min(perDegree, 760 / Math.Max(0.1, north - south));
            double spare = Width - (2 * Margin) - ((east - west) * squeeze * perDegree);
            return new Projection(
                west - (spare / 2 / (squeeze * perDegree)),
                north,
                perDegree,
                squeeze,
                ((north - south) * perDegree) + (2 * Margin)
            );
        }
    }
}
