using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Breakwater.Publications.Hxl;

/// <param name="Tag">Null for a column that has none; readers pass over it.</param>
public sealed record HxlColumn(string Header, string? Tag, bool IsNumber = false);

/// <summary>A table in the Humanitarian Exchange Language 1.1 (hxlstandard.org): a header row, a row of tags, and what is known.</summary>
/// <param name="Rows">Null is unknown, and stands as an empty cell or a member that is not there.</param>
public sealed record HxlTable(
    IReadOnlyList<HxlColumn> Columns,
    IReadOnlyList<IReadOnlyList<string?>> Rows
)
{
    public const string Csv = "text/csv";

    /// <summary>Spreadsheets run a cell that begins so. A number may be negative, and is written as a number.</summary>
    private static readonly SearchValues<char> _runs = SearchValues.Create("=+-@\t\r");

    /// <summary>RFC 4180. Every text is quoted, so that a code with leading zeros stays a text where the reader heeds that.</summary>
    public byte[] ToCsv()
    {
        var csv = new StringBuilder();
        Line(csv, Columns.Select(column => Quoted(column.Header)));
        Line(csv, Columns.Select(column => Quoted(column.Tag)));
        foreach (IReadOnlyList<string?> row in Rows)
        {
            Line(csv, row.Select((cell, i) => Columns[i].IsNumber ? cell : Quoted(cell)));
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <summary>JSON encoding, array style: rows of cells with headers and tags before them.</summary>
    public byte[] ToJsonArrays() =>
        Written(writer =>
        {
            writer.WriteStartArray();
            Array(writer, Columns.Select(column => (column.Header, false)));
            Array(writer, Columns.Select(column => (column.Tag ?? "", false)));
            foreach (IReadOnlyList<string?> row in Rows)
            {
                Array(writer, row.Select((cell, i) => (cell ?? "", Columns[i].IsNumber)));
            }

            writer.WriteEndArray();
        });

    /// <summary>JSON encoding, object style: one object a row, keyed by tag; what is unknown is left out.</summary>
    public byte[] ToJsonObjects() =>
        Written(writer =>
        {
            writer.WriteStartArray();
            foreach (IReadOnlyList<string?> row in Rows)
            {
                writer.WriteStartObject();
                for (int i = 0; i < Columns.Count; i++)
                {
                    if (Columns[i].Tag is { } tag && row[i] is { } cell)
                    {
                        writer.WritePropertyName(tag);
                        Value(writer, cell, Columns[i].IsNumber);
                    }
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });

    /// <summary>A text on one line, without what hides or turns letters around: readers of HXL warn of stray white space.</summary>
    public static string? Cell(string? text) =>
        text is null ? null
        : string.Join(
            ' ',
            Spoken.Plain(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        )
            is { Length: > 0 } plain
            ? plain
        : null;

    public static string? Cell(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        var octets = new ArrayBufferWriter<byte>(4096);
        using (
            var writer = new Utf8JsonWriter(
                octets,
                new JsonWriterOptions
                {
                    Indented = true,
                    Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        )
        {
            write(writer);
        }

        return octets.WrittenSpan.ToArray();
    }

    private static void Array(
        Utf8JsonWriter writer,
        IEnumerable<(string Cell, bool IsNumber)> cells
    )
    {
        writer.WriteStartArray();
        foreach ((string cell, bool isNumber) in cells)
        {
            Value(writer, cell, isNumber && cell.Length > 0);
        }

        writer.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter writer, string cell, bool isNumber)
    {
        if (isNumber)
        {
            writer.WriteRawValue(cell);
        }
        else
        {
            writer.WriteStringValue(cell);
        }
    }

    private static void Line(StringBuilder csv, IEnumerable<string?> cells) =>
        csv.AppendJoin(',', cells).Append("\r\n");

    /// <summary>A cell that a spreadsheet would run gets an apostrophe in front (OWASP, CSV injection); tags begin with # and are safe.</summary>
    private static string Quoted(string? text) =>
        string.IsNullOrEmpty(text)
            ? ""
            : $"\"{(_runs.Contains(text[0]) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
