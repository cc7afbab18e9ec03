using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger;

public sealed class GridCellTests
{
    private const double KmPerDegree = 111.19;

    private static readonly Gen<(double Latitude, double Longitude, double Km)> _points =
        Gen.Select(Gen.Double[-90, 90], Gen.Double[-180, 180], Gen.Double[0, 600]);

    [Fact]
    public void Every_point_of_a_cell_gives_that_cell() =>
        Gen.Select(_points, Gen.Double[0.001, 0.999], Gen.Double[0.001, 0.999])
            .Sample(
                (point, up, across) =>
                {
                    GridCell cell = Cell(point);
                    Assert.InRange(point.Latitude, cell.South - 1e-9, cell.North + 1e-9);
                    Assert.InRange(point.Longitude, cell.West - 1e-9, cell.East + 1e-9);
                    double latitude = cell.South + ((cell.North - cell.South) * up);
                    double longitude = cell.West + ((cell.East - cell.West) * across);
                    Assert.Equal(cell, GridCell.Of(latitude, longitude, point.Km));
                    Assert.Equal(cell, GridCell.Of(cell.Latitude, cell.Longitude, point.Km));
                }
            );

    [Fact]
    public void No_cell_is_narrower_or_lower_than_was_asked_or_than_two_kilometres() =>
        _points.Sample(point =>
        {
            GridCell cell = Cell(point);
            double least = Math.Clamp(point.Km, GridCell.SmallestKm, GridCell.LargestKm) * 0.999;
            double edge = Math.Max(Math.Abs(cell.South), Math.Abs(cell.North));
            double width = (cell.East - cell.West) * KmPerDegree * Math.Cos(edge * Math.PI / 180);
            Assert.True((cell.North - cell.South) * KmPerDegree >= least);
            Assert.True(width >= least || cell.East - cell.West == 360, $"{width} km");
        });

    [Fact]
    public void Cells_between_the_polar_circles_are_of_nearly_one_area() =>
        Gen.Double[-66, 66]
            .Sample(latitude =>
            {
                GridCell cell = Cell((latitude, 12.3, 2));
                double area =
                    (cell.North - cell.South)
                    * (cell.East - cell.West)
                    * Math.Cos(cell.Latitude * Math.PI / 180)
                    * KmPerDegree
                    * KmPerDegree;
                Assert.InRange(area, 3.99, 4.02);
            });

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    [InlineData(90.1, 0)]
    [InlineData(0, -180.1)]
    [InlineData(double.PositiveInfinity, 0)]
    public void What_is_no_point_of_the_earth_has_no_cell(double latitude, double longitude) =>
        Assert.Null(GridCell.Of(latitude, longitude));

    [Fact]
    public void The_date_line_is_one_line() =>
        Assert.Equal(GridCell.Of(10, 180), GridCell.Of(10, -180));

    private static GridCell Cell((double Latitude, double Longitude, double Km) point) =>
        GridCell.Of(point.Latitude, point.Longitude, point.Km)!;
}
