using Breakwater.Vocabulary;
using CsvHelper;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Signals.Initiatives;

/// <summary>One row of a list, by our words.</summary>
internal sealed record MappedRow(int Line, IReadOnlyDictionary<string, string> Fields)
{
    public string? Text(string ours) =>
        Fields.TryGetValue(ours, out string? text) && text.Trim().Length > 0 ? text.Trim() : null;

    /// <summary>A moment, or a day as a whole.</summary>
    public InstantRange? When(string ours) =>
        Text(ours) is not { } text ? null
        : InstantPattern.ExtendedIso.Parse(text) is { Success: true } at
            ? new InstantRange(at.Value, at.Value)
        : LocalDatePattern.Iso.Parse(text) is { Success: true } day
            ? new InstantRange(
                day.Value.AtMidnight().InUtc().ToInstant(),
                day.Value.PlusDays(1).AtMidnight().InUtc().ToInstant() - Duration.FromSeconds(1)
            )
        : null;

    public Place? Where() =>
        Text("country") is { } country
        && Place.TryParse(Text("area") is { } area ? $"{country}/{area}" : country, out Place place)
        && place.Country is not null
            ? place
            : null;
}

/// <summary>Reads a list by its mapping. A row that lacks what it is about is a fault with line and remedy; the rest is read.</summary>
internal static class MappedRows
{
    private const int RowsMax = 100_000;

    private const int CellMax = 4_000;

    public static IReadOnlyList<MappedRow> Read(
        SourceFile file,
        MappedDocument document,
        FaultList faults
    )
    {
        var rows = new List<MappedRow>();
        using CsvReader csv = SignalsFromSeries.Open(file);
        try
        {
            csv.ReadHeader();
            string[] headers = [.. csv.Headers.ToArray().Select(Plain)];
            foreach (
                MappedColumn missing in document.Columns.Where(column =>
                    !headers.Contains(Plain(column.Theirs))
                )
            )
            {
                faults.Add(
                    "line 1",
                    $"the column '{missing.Theirs}' is missing and counts as empty",
                    Header(document)
                );
            }

            CutOff end = default;
            while (csv.Read() && Take(csv, headers, document, rows, faults))
            {
                end.Saw(csv);
            }

            end.Tell(file, headers.Length, faults);
        }
        catch (CsvFormatException fault)
        {
            faults.Add(
                $"line {fault.LineNumber}",
                "the CSV is damaged from here on",
                "Correct the quotes; the rest is unread"
            );
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException)
        {
            faults.Add("line 1", "no header row can be read", Header(document));
        }

        return rows;
    }

    private static bool Take(
        CsvReader csv,
        string[] headers,
        MappedDocument document,
        List<MappedRow> rows,
        FaultList faults
    )
    {
        int line = checked((int)csv.LineNumber);
        string[] cells =
        [
            .. Enumerable.Range(0, csv.FieldCount).Select(column => csv.GetString(column)),
        ];
        if (rows.Count == RowsMax)
        {
            faults.Add($"line {line}", $"more than {RowsMax} rows", "Split the file");
            return false;
        }

        if (cells.Any(cell => cell.Length > CellMax))
        {
            faults.Add(
                $"line {line}",
                $"a cell is longer than {CellMax} characters",
                "Shorten it; the row is left out"
            );
            return true;
        }

        // The row of tags of the Humanitarian Exchange Language is no row of data, nor is an empty one.
        if (!cells.All(cell => cell.Length == 0 || cell[0] == '#'))
        {
            rows.Add(
                new MappedRow(
                    line,
                    document.Columns.ToDictionary(
                        column => column.Ours,
                        column =>
                            Array.IndexOf(headers, Plain(column.Theirs)) is >= 0 and var at
                            && at < cells.Length
                                ? cells[at]
                                : "",
                        StringComparer.Ordinal
                    )
                )
            );
        }

        return true;
    }

    private static string Header(MappedDocument document) =>
        $"Write {string.Join(",", document.Columns.Select(column => column.Theirs))} as the first line";

    private static string Plain(string header) => header.Trim().Trim('\uFEFF').ToLowerInvariant();
}
