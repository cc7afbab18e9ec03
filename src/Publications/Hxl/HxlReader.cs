using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.Vocabulary;
using CsvHelper;

namespace Breakwater.Publications.Hxl;

/// <summary>What was read of a file, and what of it could not be.</summary>
/// <param name="Table">Null when it holds no table of HXL.</param>
public sealed record HxlRead(HxlTable? Table, IReadOnlyList<InputFault> Faults);

/// <summary>
/// Reads tables of HXL 1.1: text with commas, semicolons or tabs, and both JSON encodings, also where the table is a member of an
/// object. What stands above the row of tags is headers; the last of them counts.
/// </summary>
public static partial class HxlReader
{
    public const int OctetsMax = 16 << 20;
    public const int ColumnsMax = 500;
    public const int RowsMax = 200_000;

    /// <summary>Tags stand among the first rows (HXL 1.1, "Tagging conventions"), or the file is no HXL.</summary>
    private const int RowsAboveMax = 25;

    /// <summary>Between cells, the usual one first.</summary>
    private static readonly char[] _marks = [',', ';', '\t'];

    private const string Remedy = "See hxlstandard.org for the form";

    public static HxlRead Read(string file, ReadOnlyMemory<byte> octets)
    {
        if (octets.Length > OctetsMax)
        {
            return No(file, "", $"larger than {OctetsMax >> 20} MB", "Split the file");
        }

        string text = Text(octets.Span);
        if (text.TrimStart() is ['[' or '{', ..])
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(text);
                return Rows(document.RootElement) is { } rows
                    ? Read(file, rows)
                    : No(file, "line 1", "it holds no table", Remedy);
            }
            catch (JsonException fault)
            {
                return No(
                    file,
                    $"line {fault.LineNumber + 1}",
                    "it is not JSON",
                    "Correct the file"
                );
            }
        }

        try
        {
            return Read(file, Lines(text));
        }
        catch (CsvFormatException fault)
        {
            return No(
                file,
                $"line {fault.LineNumber}",
                "the text is damaged from here on",
                "Correct the quotes"
            );
        }
    }

    /// <summary>UTF-8, else Latin-1, in which every octet is a letter.</summary>
    private static string Text(ReadOnlySpan<byte> octets)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true)
                .GetString(octets)
                .TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(octets);
        }
    }

    private static HxlRead Read(string file, IEnumerable<(string At, string?[] Cells)> all)
    {
        var faults = new List<InputFault>();
        string?[] header = [];
        HxlColumn[]? columns = null;
        int above = 0;
        var rows = new List<IReadOnlyList<string?>>();
        foreach ((string at, string?[] cells) in all)
        {
            if (columns is null)
            {
                if (++above > RowsAboveMax)
                {
                    break;
                }

                bool isTags = IsTags(cells);
                columns = isTags ? Columns(header, cells) : null;
                header = isTags ? header : cells;
                continue;
            }

            if (rows.Count == RowsMax)
            {
                faults.Add(new InputFault(file, at, $"more than {RowsMax} rows", "Split the file"));
                break;
            }

            if (cells.Skip(columns.Length).Any(cell => !string.IsNullOrEmpty(cell)))
            {
                faults.Add(
                    new InputFault(
                        file,
                        at,
                        $"the row has {cells.Length} cells and the tags are {columns.Length}; what is over was not read",
                        "Give each column a cell in the row of tags"
                    )
                );
            }

            if (cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
            {
                rows.Add([.. columns.Select((_, i) => i < cells.Length ? Known(cells[i]) : null)]);
            }
        }

        return columns is null
            ? No(file, "line 1", "there is no row of tags such as #org, #adm1", Remedy)
            : new HxlRead(new HxlTable(columns, rows), faults);
    }

    private static string? Known(string? cell) => string.IsNullOrWhiteSpace(cell) ? null : cell;

    private static bool IsTags(string?[] cells) =>
        cells.Length <= ColumnsMax
        && cells.Any(cell => !string.IsNullOrWhiteSpace(cell))
        && cells.All(cell => string.IsNullOrWhiteSpace(cell) || Tag().IsMatch(cell));

    private static HxlColumn[] Columns(string?[] header, string?[] tags) =>
        [
            .. tags.Select(
                (tag, i) =>
                    new HxlColumn(
                        (i < header.Length ? header[i] : null) ?? "",
                        string.IsNullOrWhiteSpace(tag)
                            ? null
                            : Space().Replace(tag, "").ToLowerInvariant()
                    )
            ),
        ];

    /// <summary>The mark by which the row of tags falls into most cells.</summary>
    private static IEnumerable<(string At, string?[] Cells)> Lines(string text) =>
        Lines(
            text,
            _marks.MaxBy(mark =>
                Lines(text, mark)
                    .Take(RowsAboveMax)
                    .Where(row => IsTags(row.Cells))
                    .Select(row => row.Cells.Length)
                    .FirstOrDefault()
            )
        );

    private static IEnumerable<(string At, string?[] Cells)> Lines(string text, char delimiter)
    {
        using CsvReader csv = CsvReader.Create(
            Encoding.UTF8.GetBytes(text),
            CsvReaderOptions.Default with
            {
                HasHeader = false,
                TrackLineNumbers = true,
                IncludeValuesInExceptions = false,
                Separator = delimiter,
                MaxRecordSize = 1 << 20,
            }
        );
        while (csv.Read())
        {
            yield return (
                $"line {csv.LineNumber}",
                [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]
            );
        }
    }

    private static IEnumerable<(string At, string?[] Cells)>? Rows(JsonElement element) =>
        element.ValueKind switch
        {
            // The first member that is a table: data services wrap it in an object.
            JsonValueKind.Object => element
                .EnumerateObject()
                .Select(member => Rows(member.Value))
                .FirstOrDefault(rows => rows is not null),
            JsonValueKind.Array when element.EnumerateArray().FirstOrDefault() is var first =>
                first.ValueKind switch
                {
                    JsonValueKind.Array => Arrays(element),
                    JsonValueKind.Object => Objects(element),
                    _ => null,
                },
            _ => null,
        };

    private static IEnumerable<(string At, string?[] Cells)> Arrays(JsonElement rows)
    {
        int number = 0;
        foreach (JsonElement row in rows.EnumerateArray())
        {
            number++;
            if (row.ValueKind == JsonValueKind.Array)
            {
                yield return ($"row {number}", [.. row.EnumerateArray().Select(Cell)]);
            }
        }
    }

    /// <summary>Tags are the keys, in the order in which they first come.</summary>
    private static IEnumerable<(string At, string?[] Cells)> Objects(JsonElement rows)
    {
        string[] keys =
        [
            .. rows.EnumerateArray()
                .Where(row => row.ValueKind == JsonValueKind.Object)
                .SelectMany(row => row.EnumerateObject().Select(member => member.Name))
                .Distinct(StringComparer.Ordinal)
                .Take(ColumnsMax + 1),
        ];
        yield return ("keys", keys);
        int number = 0;
        foreach (JsonElement row in rows.EnumerateArray())
        {
            number++;
            if (row.ValueKind == JsonValueKind.Object)
            {
                yield return (
                    $"row {number}",
                    [
                        .. keys.Select(key =>
                            row.TryGetProperty(key, out JsonElement cell) ? Cell(cell) : null
                        ),
                    ]
                );
            }
        }
    }

    private static string? Cell(JsonElement cell) =>
        cell.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.String => cell.GetString(),
            _ => cell.GetRawText(),
        };

    private static HxlRead No(string file, string at, string reason, string remedy) =>
        new(null, [new InputFault(file, at, reason, remedy)]);

    /// <summary>HXL 1.1, "Hashtags and attributes": letters, digits and underscores after a letter.</summary>
    [GeneratedRegex(@"^\s*#\s*[A-Za-z][A-Za-z0-9_]*(\s*\+\s*[A-Za-z][A-Za-z0-9_]*)*\s*$")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
