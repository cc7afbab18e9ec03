using Breakwater.Vocabulary;
using CsvHelper;

namespace Breakwater.Signals;

/// <summary>
/// The wide CSV that the IODA dashboard exports: <c>Time (UTC)</c> and a column for each source, often normalised so that
/// the maximum of each is 100. A share of a maximum is not a count, so the unit says which it is.
/// </summary>
public static class IodaCsv
{
    public const string TimeColumn = "Time (UTC)";

    private static readonly (string Word, SignalFamily Family)[] _families =
    [
        ("BGP", SignalFamily.Routing),
        ("Active Probing", SignalFamily.Probing),
        ("Telescope", SignalFamily.Telescope),
        ("Google", SignalFamily.Application),
        ("Mozilla", SignalFamily.Application),
    ];

    /// <summary>True when the header is that of an IODA export.</summary>
    public static bool IsIoda(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        ReadOnlySpan<byte> head = file.Content.Span[..Math.Min(64, file.Content.Length)];
        return head.IndexOf("Time (UTC)"u8) is >= 0 and <= 4;
    }

    public static SignalsRead Read(SourceFile file, Place place, Origin origin = Origin.Measured)
    {
        ArgumentNullException.ThrowIfNull(file);
        string[] columns = Headers(file);
        var faults = new List<InputFault>();
        if (!columns.Contains(TimeColumn))
        {
            faults.Add(
                new InputFault(
                    file.Name,
                    "line 1",
                    $"column '{TimeColumn}' is missing",
                    "Give a CSV as the IODA dashboard exports it, or use --format series-csv"
                )
            );
            return new SignalsRead([], faults);
        }

        var signals = new List<Signal>();
        var notes = new List<string>();
        foreach (
            string column in columns.Where(column =>
                column != TimeColumn && column.Trim().Length > 0
            )
        )
        {
            if (FamilyOf(column) is not { } family)
            {
                faults.Add(
                    new InputFault(
                        file.Name,
                        "line 1",
                        $"column '{column}' is of no source known here",
                        "It is left out; read it with --format series-csv"
                    )
                );
                continue;
            }

            SignalsRead read = SignalsFromSeries.Read(file, Format(column, family, place, origin));
            faults.AddRange(read.Faults);
            notes.AddRange(read.Notes ?? []);
            signals.AddRange(read.Signals.OfType<SeriesSignal>().Select(WithUnit));
        }

        if (signals.Count == 0)
        {
            faults.Add(
                columns.Any(column => FamilyOf(column) is not null)
                    ? new InputFault(
                        file.Name,
                        "line 2",
                        "no row that can be read",
                        "Export the file again, over a time with samples"
                    )
                    : new InputFault(
                        file.Name,
                        "line 1",
                        "no column of a known source",
                        "IODA exports have columns such as 'BGP (#Visible /24s)'"
                    )
            );
        }

        return new SignalsRead(signals, [.. faults.Distinct()], [.. notes.Distinct()]);
    }

    private static string[] Headers(SourceFile file)
    {
        using CsvReader csv = SignalsFromSeries.Open(file);
        try
        {
            csv.ReadHeader();
            return [.. csv.Headers.ToArray().Distinct(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException)
        {
            return [];
        }
    }

    private static SignalFamily? FamilyOf(string column)
    {
        foreach ((string word, SignalFamily family) in _families)
        {
            if (column.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return family;
            }
        }

        return null;
    }

    private static SeriesFormat Format(
        string column,
        SignalFamily family,
        Place place,
        Origin origin
    ) =>
        new()
        {
            TimeColumn = TimeColumn,
            ValueColumns = [column],
            Place = place,
            Family = family,
            Unit = "as exported",
            Origin = origin,
        };

    private static SeriesSignal WithUnit(SeriesSignal signal)
    {
        double? maximum = signal.Samples.Max(sample => sample.Value);
        bool isNormalised = maximum is { } top && Math.Abs(top - 100) < 1e-9;
        return signal with { Unit = isNormalised ? "percent of series maximum" : signal.Unit };
    }
}
