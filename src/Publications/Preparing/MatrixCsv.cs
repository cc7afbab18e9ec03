using System.Globalization;
using System.Text;
using Breakwater.Preparedness.Gaps;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Preparing;

/// <summary>The gap matrix as a table with HXL 1.1 tags: a row for each cell, also where nothing covers it or nobody knows.</summary>
public static class MatrixCsv
{
    private static readonly (string Name, string Tag)[] _columns =
    [
        ("country", "#country+code"),
        ("phase", "#activity+phase+code"),
        ("actor", "#org+type+code"),
        ("population_group", "#group+code"),
        ("state", "#status"),
        ("offers", "#value+offers"),
        ("agreements", "#value+agreements"),
        ("commitments_promised", "#value+promised"),
        ("commitments_working", "#value+working"),
        ("needs", "#value+needs"),
        ("not_placed", "#value+unplaced"),
        ("civilian_capacity_low", "#capacity+civilians+low"),
        ("civilian_capacity_high", "#capacity+civilians+high"),
        ("responder_capacity_low", "#capacity+responders+low"),
        ("responder_capacity_high", "#capacity+responders+high"),
        ("civilians_lacking_low", "#inneed+civilians+low"),
        ("civilians_lacking_high", "#inneed+civilians+high"),
        ("responders_lacking_low", "#inneed+responders+low"),
        ("responders_lacking_high", "#inneed+responders+high"),
    ];

    /// <summary>Civilians and responders in columns of their own (INV-05). Unknown is an empty cell, and so is a handful of people.</summary>
    public static string Of(GapMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var csv = new StringBuilder();
        TaggedCsv.Head(csv, _columns);
        foreach (GapCell cell in matrix.Cells)
        {
            bool isResponders = cell.Group == PopulationGroup.Responders;
            TaggedCsv.Line(
                csv,
                [
                    matrix.Country,
                    Checks.Word(cell.Phase),
                    Checks.Word(cell.Actor),
                    Checks.Word(cell.Group),
                    Checks.Word(cell.State),
                    Count(cell.Offers.Count),
                    Count(cell.Agreements.Count),
                    Count(cell.Promised.Count),
                    Count(cell.Working.Count),
                    Count(cell.Needs.Count),
                    Count(cell.Perhaps.Count),
                    .. Range(isResponders ? null : cell.Capacity),
                    .. Range(isResponders ? cell.Capacity : null),
                    .. Range(Printed(isResponders ? null : cell.Lacking)),
                    .. Range(Printed(isResponders ? cell.Lacking : null)),
                ]
            );
        }

        return csv.ToString();
    }

    private static CountRange? Printed(CountRange? people) =>
        people is { High: > 0 and < ReleaseCheck.SmallestGroupOfPeople } ? null : people;

    private static string?[] Range(CountRange? range) =>
        range is null ? [null, null] : [Count(range.Low), Count(range.High)];

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);
}
