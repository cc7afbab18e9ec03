using System.Text;
using Breakwater.Signals.Initiatives;

namespace Breakwater.Publications.Initiatives;

/// <summary>A list for another initiative, as it leaves.</summary>
public sealed record InitiativeFile(string Name, string About, int Rows, string Csv);

/// <summary>Writes rows by our words into their columns, with tags of the Humanitarian Exchange Language where the list has them.</summary>
internal static class MappedCsv
{
    public static InitiativeFile Of(
        string document,
        IEnumerable<IReadOnlyDictionary<string, string?>> rows
    )
    {
        MappedDocument mapped = InitiativeMapping.Of(document);
        var text = new StringBuilder();
        Line(text, mapped.Columns.Select(column => column.Theirs));
        if (mapped.Columns.Any(column => column.Hxl is { Length: > 0 }))
        {
            Line(text, mapped.Columns.Select(column => column.Hxl ?? ""));
        }

        int count = 0;
        foreach (IReadOnlyDictionary<string, string?> row in rows)
        {
            Line(text, mapped.Columns.Select(column => row.GetValueOrDefault(column.Ours) ?? ""));
            count++;
        }

        return new InitiativeFile(mapped.File, mapped.About, count, text.ToString());
    }

    /// <summary>RFC 4180; a cell that a spreadsheet would take for a formula gets an apostrophe before it.</summary>
    private static void Line(StringBuilder text, IEnumerable<string> cells) =>
        text.Append(string.Join(',', cells.Select(Cell))).Append("\r\n");

    private static string Cell(string cell)
    {
        string plain = cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{cell}" : cell;
        return plain.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? plain
            : $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
