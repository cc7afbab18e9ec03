using System.Globalization;
using Breakwater.Vocabulary;
using CsvHelper;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>Series from a CSV. Bad cells and rows become faults; the rest is read.</summary>
public static class SignalsFromSeries
{
    /// <summary>More samples than this in one input are refused: a gap of centuries must not fill the memory.</summary>
    public const int SampleLimit = 5_000_000;

    /// <summary>Faults listed one by one; further ones are counted in a last entry.</summary>
    private const int FaultLimit = 50;

    private const int ColumnsShown = 30;

    public static SignalsRead Read(SourceFile file, SeriesFormat format)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(format);
        var faults = new FaultList(file.Name, FaultLimit);
        using CsvReader csv = Open(file);
        SeriesTime? time = SeriesTime.For(format, faults);
        if (time is null || !HasColumns(csv, format, faults))
        {
            return new SignalsRead([], faults.ToList());
        }

        int timeColumn = csv.GetFieldIndex(format.TimeColumn);
        int[] valueColumns = [.. format.ValueColumns.Select(column => csv.GetFieldIndex(column))];
        int[] placeColumns = [.. format.PlaceColumns.Select(column => csv.GetFieldIndex(column))];
        var series = new Dictionary<(string Place, int Column), RawSeries>();
        int count = ReadRows(
            csv,
            format,
            time,
            series,
            timeColumn,
            valueColumns,
            placeColumns,
            faults
        );
        if (count >= SampleLimit)
        {
            faults.Add(
                "end",
                $"more than {SampleLimit} samples; the rest is unread",
                "Split the file"
            );
        }

        var order = new SampleOrder();
        List<Signal> signals =
        [
            .. series
                .Values.Where(raw => !IsMixed(raw, faults))
                .Select(raw => Signal(file, format, raw, faults, order))
                .OrderBy(signal => signal.Place.Key, StringComparer.Ordinal)
                .ThenBy(signal => signal.Source, StringComparer.Ordinal),
        ];
        return new SignalsRead(signals, faults.ToList(), Notes(file, format, order));
    }

    /// <summary>Rows of several places or feeds in one column are no series: the first of each time would pass for all.</summary>
    private static bool IsMixed(RawSeries raw, FaultList faults)
    {
        int times = raw.Samples.Select(sample => sample.At).Distinct().Count();
        if (raw.Samples.Count <= 2 * times)
        {
            return false;
        }

        faults.Add(
            $"column '{raw.Column}'",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{raw.Samples.Count} values at {times} times: it holds more than one series, and was left out"
            ),
            "Name the columns that tell them apart with --place-column, and --country"
        );
        return true;
    }

    private static string[] Notes(SourceFile file, SeriesFormat format, SampleOrder order) =>
        [
            .. format is { TimeZone: null, TimeFormat: not "iso" }
                ? (string[])
                    [$"{file.Name}: times are taken as UTC; state --time-zone if they are local"]
                : [],
            .. order.Repeated > 0
                ? (string[])[$"{file.Name}: {order.Repeated} samples repeat an earlier one"]
                : [],
            .. order.Backwards > 0
                ? (string[])
                    [
                        $"{file.Name}: the clock goes backwards at {order.Backwards} samples; they are put in order of time",
                    ]
                : [],
        ];

    private static int ReadRows(
        CsvReader csv,
        SeriesFormat format,
        SeriesTime time,
        Dictionary<(string Place, int Column), RawSeries> series,
        int timeColumn,
        int[] valueColumns,
        int[] placeColumns,
        FaultList faults
    )
    {
        int count = 0;
        try
        {
            while (csv.Read() && count < SampleLimit)
            {
                int line = checked((int)csv.LineNumber);
                if (time.Parse(csv.GetString(timeColumn)) is not { } at)
                {
                    faults.Add(
                        $"line {line}",
                        $"'{Short(csv.GetString(timeColumn))}' is no time of format {format.TimeFormat}",
                        "Correct the cell or state --time-format"
                    );
                    continue;
                }

                Place place = PlaceOf(csv, format, placeColumns);
                foreach (int column in valueColumns)
                {
                    if (!series.TryGetValue((place.Key, column), out RawSeries? raw))
                    {
                        raw = new RawSeries(place, csv.Headers[column]);
                        series.Add((place.Key, column), raw);
                    }

                    string where = $"line {line}, column '{csv.Headers[column]}'";
                    double? value = Value(csv.GetString(column), where, format, faults);
                    raw.Samples.Add(new Sample(at, value, line));
                    count++;
                }
            }
        }
        catch (CsvFormatException fault)
        {
            faults.Add(
                $"line {fault.LineNumber}",
                "the CSV is damaged from here on",
                "Correct the quotes; the rest is unread"
            );
        }

        return count;
    }

    internal static CsvReader Open(SourceFile file) =>
        CsvReader.Create(
            file.Content,
            CsvReaderOptions.Default with
            {
                TrackLineNumbers = true,
                IncludeValuesInExceptions = false,
                Separator = ',',
                MaxRecordSize = 1 << 20,
            }
        );

    private static bool HasColumns(CsvReader csv, SeriesFormat format, FaultList faults)
    {
        try
        {
            csv.ReadHeader();
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException)
        {
            faults.Add("line 1", "no header row can be read", "Give a CSV with a header row");
            return false;
        }

        string[] present = csv.Headers.ToArray();
        List<string> missing =
        [
            .. format
                .ValueColumns.Prepend(format.TimeColumn)
                .Concat(format.PlaceColumns)
                .Where(column => !present.Contains(column)),
        ];
        foreach (string column in missing)
        {
            faults.Add(
                "line 1",
                $"column '{column}' is missing",
                $"The columns are: {string.Join(", ", present.Take(ColumnsShown).Select(header => $"'{Short(header)}'"))}{(present.Length > ColumnsShown ? $" and {present.Length - ColumnsShown} more" : "")}"
            );
        }

        return missing.Count == 0;
    }

    private static Place PlaceOf(CsvReader csv, SeriesFormat format, int[] placeColumns) =>
        placeColumns.Length == 0 ? format.Place
        : format.Place.Country is { } country
            ? Place.OfArea(
                country,
                [
                    .. (format.Place.Area ?? []).Concat(
                        placeColumns
                            .Select(column => csv.GetString(column).Trim())
                            .Where(name => name.Length > 0)
                    ),
                ]
            )
        : format.Place;

    private static double? Value(string cell, string at, SeriesFormat format, FaultList faults)
    {
        string text = cell.Trim();
        if (text.Length == 0 || text is "NA" or "N/A" or "NaN" or "null")
        {
            return null;
        }

        if (
            double.TryParse(
                text,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out double value
            ) && double.IsFinite(value)
        )
        {
            if (value >= 0 || format.MayBeNegative)
            {
                return value;
            }

            faults.Add(at, $"{value:R} is below zero", "The cell counts as missing");
            return null;
        }

        faults.Add(at, $"'{Short(text)}' is no number", "The cell counts as missing");
        return null;
    }

    private static SeriesSignal Signal(
        SourceFile file,
        SeriesFormat format,
        RawSeries raw,
        FaultList faults,
        SampleOrder order
    )
    {
        (IReadOnlyList<Sample> samples, Duration step) = SampleGrid.Lay(
            raw.Samples,
            format.Step,
            raw.Column,
            faults,
            order
        );
        string source = format.Source is null ? raw.Column : $"{format.Source}: {raw.Column}";
        string? network = format.ColumnsAreNetworks ? raw.Column : null;
        return new SeriesSignal
        {
            Id = ContentId.Of(
                "signal",
                new
                {
                    file.Sha256,
                    raw.Column,
                    raw.Place,
                    format.TimeFormat,
                    format.TimeZone,
                    format.Unit,
                }
            ),
            Source = source,
            Family = format.Family,
            Place = raw.Place,
            Network = network,
            Target = format.Target,
            Metric = raw.Column,
            Unit = format.Unit,
            Step = step,
            Samples = samples,
            Origin = format.Origin,
            Marking = format.Marking,
            Evidence = [new Evidence(file.Sha256, file.Name, Rows(samples), raw.Column)],
        };
    }

    /// <summary>The lines that a stretch of samples stands on, as <c>first-last</c>.</summary>
    public static string Rows(IEnumerable<Sample> samples)
    {
        int first = 0;
        int last = 0;
        foreach (Sample sample in samples.Where(sample => sample.Row > 0))
        {
            first = first == 0 ? sample.Row : Math.Min(first, sample.Row);
            last = Math.Max(last, sample.Row);
        }

        return first == last ? $"{first}" : $"{first}-{last}";
    }

    /// <summary>A cell as a fault quotes it: short, and on one line whatever is in it.</summary>
    private static string Short(string text)
    {
        string line = string.Concat(text.Take(40).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length <= 40 ? line : line + "…";
    }

    private sealed record RawSeries(Place Place, string Column)
    {
        public List<Sample> Samples { get; } = [];
    }
}
