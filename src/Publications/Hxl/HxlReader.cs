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

    /// <summary>Enough to mend a file by; the rest is counted.</summary>
    private const int FaultsMax = 200;

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
                var rows = new HxlJsonRows();
                return rows.Of(document.RootElement) is { } found
                    ? Read(file, found, rows.Damaged)
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

    /// <param name="damaged">Grows while the rows are read: where cells are no text.</param>
    private static HxlRead Read(
        string file,
        IEnumerable<(string At, string?[] Cells)> all,
        IReadOnlyCollection<string>? damaged = null
    )
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

        faults.AddRange(
            (damaged ?? []).Select(at => new InputFault(
                file,
                at,
                "a cell or a key is no text: it holds half of a pair of letters",
                "Correct the encoding of the file"
            ))
        );
        return columns is null
            ? No(file, "line 1", "there is no row of tags such as #org, #adm1", Remedy)
            : new HxlRead(new HxlTable(columns, rows), Listed(file, faults));
    }

    private static List<InputFault> Listed(string file, List<InputFault> faults) =>
        faults.Count <= FaultsMax
            ? faults
            :
            [
                .. faults.Take(FaultsMax),
                new InputFault(
                    file,
                    "",
                    $"has {faults.Count - FaultsMax} more faults than are listed",
                    "Mend these first"
                ),
            ];

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

    private static HxlRead No(string file, string at, string reason, string remedy) =>
        new(null, [new InputFault(file, at, reason, remedy)]);

    /// <summary>HXL 1.1, "Hashtags and attributes": letters, digits and underscores after a letter.</summary>
    [GeneratedRegex(@"^\s*#\s*[A-Za-z][A-Za-z0-9_]*(\s*\+\s*[A-Za-z][A-Za-z0-9_]*)*\s*$")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
