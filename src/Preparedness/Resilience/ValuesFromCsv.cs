using System.Globalization;
using Breakwater.Vocabulary;
using CsvHelper;
using NodaTime.Text;

namespace Breakwater.Preparedness.Resilience;

/// <param name="Faults">What could not be used. The rest was read.</param>
/// <param name="Omitted">Faults beyond <see cref="ValuesFromCsv.FaultsMax"/>.</param>
public sealed record ValuesRead(
    IReadOnlyList<IndicatorValue> Values,
    IReadOnlyList<InputFault> Faults,
    int Omitted = 0
);

/// <summary>
/// Values of indicators from a CSV with the columns <c>country,indicator,value,low,high,date,source,licence,origin</c> in any order.
/// Semicolons may stand in place of the commas. <c>low</c> and <c>high</c> may be empty or absent: the source states no range. A bad row is named and left out, the rest is read.
/// </summary>
public static class ValuesFromCsv
{
    public const int RowsMax = 200_000;
    public const int FaultsMax = 200;
    private const int TextMax = 500;

    private static readonly string[] _columns =
    [
        "country",
        "indicator",
        "value",
        "low",
        "high",
        "date",
        "source",
        "licence",
        "origin",
    ];

    private static readonly string[] _optional = ["low", "high"];

    public static ValuesRead Read(SourceFile file, IndicatorSet set)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(set);
        var values = new List<IndicatorValue>();
        var faults = new List<InputFault>();
        int omitted = 0;
        try
        {
            using CsvReader csv = Open(file);
            if (Columns(csv, Add) is not { } columns)
            {
                return new ValuesRead([], faults);
            }

            int rows = 0;
            while (csv.Read())
            {
                if (++rows > RowsMax)
                {
                    Add(
                        csv.LineNumber,
                        $"more than {RowsMax} rows; the rest is unread",
                        "Split the file"
                    );
                    break;
                }

                var row = new Row(csv, columns, file.Name);
                if (row.IsBlank)
                {
                    continue;
                }

                (IndicatorValue? value, string? reason, string remedy) = row.Value(set);
                if (value is null)
                {
                    Add(csv.LineNumber, reason!, remedy);
                }
                else
                {
                    values.Add(value);
                }
            }
        }
        catch (CsvFormatException damage)
        {
            Add(
                damage.LineNumber,
                "the CSV is damaged from here on",
                "Correct the quotes; the rest is unread"
            );
        }

        return new ValuesRead(values, faults, omitted);

        void Add(long line, string reason, string remedy)
        {
            if (faults.Count == FaultsMax)
            {
                omitted++;
                return;
            }

            faults.Add(new InputFault(file.Name, $"line {line}", reason, remedy));
        }
    }

    private static CsvReader Open(SourceFile file) =>
        CsvReader.Create(
            file.Content,
            CsvReaderOptions.Default with
            {
                TrackLineNumbers = true,
                IncludeValuesInExceptions = false,
                Separator = SeparatorOf(file.Content.Span),
                MaxRecordSize = 1 << 16,
            }
        );

    /// <summary>Spreadsheets write semicolons where the comma stands in numbers. Nothing else of the file changes with it.</summary>
    private static char SeparatorOf(ReadOnlySpan<byte> octets)
    {
        int end = octets.IndexOf((byte)'\n');
        ReadOnlySpan<byte> header = end < 0 ? octets : octets[..end];
        return header.Count((byte)';') > header.Count((byte)',') ? ';' : ',';
    }

    private static Dictionary<string, int>? Columns(
        CsvReader csv,
        Action<long, string, string> fault
    )
    {
        const string remedy =
            "Give a header row: country,indicator,value,low,high,date,source,licence,origin";
        try
        {
            csv.ReadHeader();
        }
        catch (Exception damage) when (damage is InvalidOperationException or FormatException)
        {
            fault(1, "no header row can be read", remedy);
            return null;
        }

        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        int at = 0;
        foreach (string header in csv.Headers.ToArray())
        {
            string name = header.Trim().TrimStart('\uFEFF').ToLowerInvariant();
            if (!_columns.Contains(name))
            {
                fault(
                    1,
                    $"the column '{Short(name)}' is not known and not read",
                    Nearest.Remedy(name, _columns)
                );
            }
            else if (!columns.TryAdd(name, at))
            {
                fault(1, $"the column '{name}' stands twice; the first is read", "Remove one");
            }

            at++;
        }

        string[] missing = [.. _columns.Except(columns.Keys).Except(_optional)];
        if (missing.Length > 0)
        {
            fault(1, $"columns are missing: {string.Join(", ", missing)}", remedy);
            return null;
        }

        return columns;
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private sealed class Row(CsvReader csv, Dictionary<string, int> columns, string file)
    {
        public bool IsBlank => columns.Keys.All(column => Cell(column).Length == 0);

        private string Cell(string column) =>
            columns.TryGetValue(column, out int at) && at < csv.FieldCount
                ? csv.GetString(at).Trim()
                : "";

        public (IndicatorValue? Value, string? Reason, string Remedy) Value(IndicatorSet set)
        {
            string country = Cell("country").ToUpperInvariant();
            if (!Countries.IsCode(country))
            {
                return No(
                    $"'{Short(Cell("country"))}' is no country",
                    Countries.OfName(Cell("country"))?.Country is { } code
                        ? $"Write its code {code}"
                        : "Write its two letters of ISO 3166-1, such as SD"
                );
            }

            string id = Cell("indicator");
            if (set.Of(id) is not { } indicator)
            {
                return No(
                    $"the set {set.Id} {set.Version} has no indicator '{Short(id)}'",
                    Nearest.Of(id, set.Indicators.Select(one => one.Id)) is { } nearest
                        ? $"Did you mean '{nearest}'?"
                        : "The page of the index and breakwater index verify list what there is"
                );
            }

            (double? value, double? low, double? high) = (
                Number("value"),
                Number("low"),
                Number("high")
            );
            if (value is null)
            {
                return No(
                    $"'{Short(Cell("value"))}' is no number",
                    "Write a number such as 12.5; who does not know it leaves the row out"
                );
            }

            foreach ((string column, double? given) in Given(value, low, high))
            {
                if (given is null || indicator.WhyNot(given.Value) is not null)
                {
                    return No(
                        $"{column} '{Short(Cell(column))}' of {id} {(given is null ? "is no number" : indicator.WhyNot(given.Value))}",
                        $"Its unit is {Checks.Word(indicator.Unit)}"
                    );
                }
            }

            if (low > value || value > high)
            {
                return No("the value lies outside its own range", "Give low <= value <= high");
            }

            if (
                LocalDatePattern.Iso.Parse(Cell("date"))
                is not { Success: true, Value: { Year: >= 1990 and <= 2200 } date }
            )
            {
                return No(
                    $"'{Short(Cell("date"))}' is no day",
                    "Write the day that the value is about, such as 2026-03-31"
                );
            }

            if (
                !Enum.TryParse(Cell("origin"), ignoreCase: true, out Origin origin)
                || !Enum.IsDefined(origin)
                || Cell("origin").Any(char.IsAsciiDigit)
            )
            {
                return No(
                    $"'{Short(Cell("origin"))}' is no origin",
                    "Write measured, reported, modelled or reconstructed"
                );
            }

            foreach (string column in (string[])["source", "licence"])
            {
                if (Cell(column).Length is 0 or > TextMax)
                {
                    return No(
                        $"the {column} is {(Cell(column).Length == 0 ? "missing" : "too long")}",
                        "A value without it cannot be checked or passed on: name it in a few words"
                    );
                }
            }

            return (
                new IndicatorValue(
                    country,
                    indicator.Id,
                    value.Value,
                    low,
                    high,
                    date,
                    Cell("source"),
                    Cell("licence"),
                    origin,
                    $"{file}: line {csv.LineNumber}"
                ),
                null,
                ""
            );
        }

        /// <summary>The value, and those of its limits that the row states.</summary>
        private IEnumerable<(string Column, double? Given)> Given(
            double? value,
            double? low,
            double? high
        )
        {
            yield return ("value", value);
            if (Cell("low").Length > 0)
            {
                yield return ("low", low);
            }

            if (Cell("high").Length > 0)
            {
                yield return ("high", high);
            }
        }

        private double? Number(string column) =>
            double.TryParse(
                Cell(column),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out double number
            )
                ? number
                : null;

        private static (IndicatorValue?, string?, string) No(string reason, string remedy) =>
            (null, reason, remedy);
    }
}
