using Breakwater.Preparedness.Gaps;
using Breakwater.Publications.Hxl;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Gaps;

/// <summary>The gap matrix as a table of HXL: a row for each cell, also where nothing covers it or nobody knows.</summary>
public static class MatrixTable
{
    /// <summary>Civilians and responders in columns of their own (INV-05). Unknown is an empty cell, and so is a handful of people.</summary>
    public static HxlTable Of(GapMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return HxlMapping.GapMatrix.Table(
            matrix.Cells,
            (cell, column) =>
                column switch
                {
                    "country" => matrix.Country,
                    "phase" => Checks.Word(cell.Phase),
                    "actor" => Checks.Word(cell.Actor),
                    "population_group" => Checks.Word(cell.Group),
                    "state" => Checks.Word(cell.State),
                    "offers" => HxlTable.Cell(cell.Offers.Count),
                    "agreements" => HxlTable.Cell(cell.Agreements.Count),
                    "commitments_promised" => HxlTable.Cell(cell.Promised.Count),
                    "commitments_working" => HxlTable.Cell(cell.Working.Count),
                    "needs" => HxlTable.Cell(cell.Needs.Count),
                    "not_placed" => HxlTable.Cell(cell.Perhaps.Count),
                    "civilian_capacity_low" => HxlTable.Cell(Civilians(cell, cell.Capacity)?.Low),
                    "civilian_capacity_high" => HxlTable.Cell(Civilians(cell, cell.Capacity)?.High),
                    "responder_capacity_low" => HxlTable.Cell(Responders(cell, cell.Capacity)?.Low),
                    "responder_capacity_high" => HxlTable.Cell(
                        Responders(cell, cell.Capacity)?.High
                    ),
                    "civilians_lacking_low" => HxlTable.Cell(Civilians(cell, Printed(cell))?.Low),
                    "civilians_lacking_high" => HxlTable.Cell(Civilians(cell, Printed(cell))?.High),
                    "responders_lacking_low" => HxlTable.Cell(Responders(cell, Printed(cell))?.Low),
                    "responders_lacking_high" => HxlTable.Cell(
                        Responders(cell, Printed(cell))?.High
                    ),
                    _ => throw new ArgumentOutOfRangeException(nameof(column), column, null),
                }
        );
    }

    private static CountRange? Civilians(GapCell cell, CountRange? people) =>
        cell.Group == PopulationGroup.Responders ? null : people;

    private static CountRange? Responders(GapCell cell, CountRange? people) =>
        cell.Group == PopulationGroup.Responders ? people : null;

    private static CountRange? Printed(GapCell cell) =>
        cell.Lacking is { High: > 0 and < ReleaseCheck.SmallestGroupOfPeople }
            ? null
            : cell.Lacking;
}
