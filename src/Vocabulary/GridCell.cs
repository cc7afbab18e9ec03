namespace Breakwater.Vocabulary;

/// <summary>
/// A place on the map that is known no more closely than to a cell of a fixed grid. Every point of a cell gives the same
/// cell on every reading, so nothing can be averaged out of many. In degrees; north and east are positive.
/// </summary>
public sealed record GridCell(double South, double West, double North, double East)
{
    /// <summary>Cells that anybody may see are at least so wide and so high.</summary>
    public const double SmallestKm = 2;

    /// <summary>Beyond this a cell says less than the name of a country.</summary>
    public const double LargestKm = 500;

    private const double KmPerDegree = 6371.0088 * Math.PI / 180;

    public double Latitude => (South + North) / 2;

    public double Longitude => (West + East) / 2;

    /// <summary>
    /// The cell around a point. Rows have one height, and as many columns as leave each at least <paramref name="km"/>
    /// wide at its narrower edge, so areas are alike from the equator to near the poles.
    /// </summary>
    /// <param name="km">Taken as within <see cref="SmallestKm"/> and <see cref="LargestKm"/>.</param>
    /// <returns>Null for what is no point of the earth.</returns>
    public static GridCell? Of(double latitude, double longitude, double km = SmallestKm)
    {
        if (!(Math.Abs(latitude) <= 90) || !(Math.Abs(longitude) <= 180) || double.IsNaN(km))
        {
            return null;
        }

        double size = Math.Clamp(km, SmallestKm, LargestKm);
        int rows = (int)(180 * KmPerDegree / size);
        int row = Index(latitude + 90, 180, rows);
        double south = Edge(row, rows, 180) - 90;
        double north = Edge(row + 1, rows, 180) - 90;
        double narrowest = Math.Cos(Math.Max(Math.Abs(south), Math.Abs(north)) * Math.PI / 180);
        int columns = Math.Max(1, (int)(360 * KmPerDegree * narrowest / size));
        int column = Index(longitude == 180 ? 0 : longitude + 180, 360, columns);
        return new GridCell(
            south,
            Edge(column, columns, 360) - 180,
            north,
            Edge(column + 1, columns, 360) - 180
        );
    }

    private static int Index(double offset, double whole, int count) =>
        Math.Clamp((int)(offset / whole * count), 0, count - 1);

    /// <summary>From the number of the cell alone, so that no digit of the point survives.</summary>
    private static double Edge(int index, int count, double whole) => whole * index / count;
}
