using System.Text;

namespace Breakwater.Publications.Preparing;

/// <summary>Header row, tag row, data rows (HXL 1.1 spreadsheet form, RFC 4180).</summary>
internal static class TaggedCsv
{
    public static void Head(StringBuilder csv, (string Name, string Tag)[] columns)
    {
        Line(csv, columns.Select(column => column.Name));
        Line(csv, columns.Select(column => column.Tag));
    }

    public static void Line(StringBuilder csv, IEnumerable<string?> cells) =>
        csv.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>A cell that a spreadsheet would take for a formula is made a text by an apostrophe before it.</summary>
    private static string Cell(string? cell)
    {
        string text = Spoken.Plain(cell ?? "");
        string safe = text is ['=' or '+' or '-' or '@' or '\t', ..] ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }
}
