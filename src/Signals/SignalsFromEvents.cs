using Breakwater.Signals.Events;
using Breakwater.Vocabulary;
using CsvHelper;

namespace Breakwater.Signals;

/// <summary>
/// Lists of disruptions that others keep, as CSV: KeepItOn of Access Now (snapshot and cleaned form), IODA's investigated outages, and
/// lists with such columns. Each row that says when and where is one claim, in the order of the rows; nothing is merged, repaired
/// in silence or dropped without a fault.
/// </summary>
public static class SignalsFromEvents
{
    /// <summary>More rows than this in one list are refused; the longest list known has a few thousand.</summary>
    public const int RowLimit = 200_000;

    private const int FaultLimit = 1_000;

    /// <summary>True when the first row has columns for when and where of events, and none of a series.</summary>
    public static bool IsEventList(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        int end = file.Content.Span.IndexOf((byte)'\n');
        int length = Math.Min(end < 0 ? file.Content.Length : end, 1 << 14);
        var faults = new FaultList(file.Name, 1);
        using CsvReader csv = SignalsFromSeries.Open(
            file with
            {
                Content = file.Content[..length],
            }
        );
        return ColumnsOf(csv, faults) is { HoldEvents: true };
    }

    public static SignalsRead Read(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, FaultLimit);
        List<EventRow> rows = Rows(file, faults, out EventColumns? columns);
        if (columns is null)
        {
            return new SignalsRead([], faults.ToList());
        }

        bool areDays = AreDays(rows);
        var counts = new Counts();
        List<Signal> signals = [];
        foreach (EventRow row in rows)
        {
            if (Claim(file, columns, row, areDays, faults, counts) is { } signal)
            {
                signals.Add(signal);
            }
        }

        return new SignalsRead(
            signals,
            faults.ToList(),
            [
                .. counts.Notes(columns.Author ?? file.Name, rows.Count, signals.Count, areDays),
                .. RepeatedIds(rows),
            ]
        );
    }

    private static List<EventRow> Rows(SourceFile file, FaultList faults, out EventColumns? columns)
    {
        List<EventRow> rows = [];
        using CsvReader csv = SignalsFromSeries.Open(file);
        columns = ColumnsOf(csv, faults);
        if (columns is not { HoldEvents: true })
        {
            faults.Add(
                "line 1",
                "no columns of an event list",
                "Give a CSV with a start and a country, such as start_date,end_date,country"
            );
            columns = null;
            return rows;
        }

        CutOff end = default;
        try
        {
            while (csv.Read())
            {
                end.Saw(csv);
                if (rows.Count >= RowLimit)
                {
                    faults.Add(
                        $"line {csv.LineNumber}",
                        $"more than {RowLimit} rows; the rest is unread",
                        "Split the file"
                    );
                    break;
                }

                var row = new EventRow(csv, columns);
                if (!row.IsBlank)
                {
                    rows.Add(row);
                }
            }

            end.Tell(file, csv.Headers.Count, faults);
        }
        catch (CsvFormatException fault)
        {
            faults.Add(
                $"line {fault.LineNumber}",
                "the CSV is damaged from here on",
                "Correct the quotes; the rest is unread"
            );
        }

        return rows;
    }

    private static EventColumns? ColumnsOf(CsvReader csv, FaultList faults)
    {
        try
        {
            csv.ReadHeader();
            return new EventColumns(csv.Headers.ToArray());
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException)
        {
            faults.Add("line 1", "no header row can be read", "Give a CSV with a header row");
            return null;
        }
    }

    /// <summary>An id that stands on several rows names none of them; each row is a claim of its own all the same.</summary>
    private static IEnumerable<string> RepeatedIds(List<EventRow> rows) =>
        rows.Where(row => row[EventField.Id] is not null)
            .GroupBy(row => row[EventField.Id]!, StringComparer.Ordinal)
            .Where(group => group.Skip(1).Any())
            .Take(20)
            .Select(group =>
                $"the id {Wording.Shorten(group.Key, 40)} stands on {string.Join(", ", group.Take(5).Select(row => row.At))}; each row is a claim of its own"
            );

    /// <summary>A list whose every start is a day, or midnight, gives days. One start with an hour, and midnight is an hour too.</summary>
    private static bool AreDays(List<EventRow> rows) =>
        rows.Select(row => row[EventField.Start] is { } start ? EventTime.Read(start) : null)
            .OfType<EventTime>()
            .All(time => time.IsDay);

    private static ClaimSignal? Claim(
        SourceFile file,
        EventColumns columns,
        EventRow row,
        bool areDays,
        FaultList faults,
        Counts counts
    )
    {
        (IReadOnlyList<Place> places, string? doubt) = EventPlaces.Of(row);
        if (places.Count == 0)
        {
            faults.Add(row.At, doubt!, "Correct the name; the row is left out");
            return null;
        }

        EventTimes times = EventTimes.Of(row, places[0].Country, areDays);
        if (times.Start is null)
        {
            string reason = times.Doubts.Count > 0 ? times.Doubts[0] : "no start is given";
            faults.Add(row.At, reason, "Give the start; the row is left out");
            return null;
        }

        foreach (string reason in times.Doubts.Append(doubt).OfType<string>())
        {
            faults.Add(row.At, reason, "That part is not used as written; the row is kept");
        }

        counts.Add(row, times, places);
        return new ClaimSignal
        {
            Id = ContentId.Of("signal", new { file.Sha256, row.Rows }),
            Source = columns.Author ?? file.Name,
            Family = SignalFamily.Context,
            Place = places[0],
            FurtherPlaces = places.Count > 1 ? [.. places.Skip(1)] : null,
            Origin = Origin.Reported,
            Marking = Marking.Public,
            Evidence = [new Evidence(file.Sha256, file.Name, row.Rows)],
            Claim = new Claim(
                EventClaims.What(row),
                EventClaims.Cause(row),
                EventActors.Of(row, places[0].Country),
                EventClaims.Source(row, columns.Author ?? file.Name),
                EventClaims.InWords(row, times.StartWords, times.EndWords),
                times.Start,
                times.End,
                Origin.Reported
            )
            {
                IsOngoing = times.IsOngoing,
            },
        };
    }

    /// <summary>What a list says and lacks as a whole.</summary>
    private sealed class Counts
    {
        private int _ongoing;
        private int _endless;
        private int _estimated;
        private int _manyPlaces;

        public void Add(EventRow row, EventTimes times, IReadOnlyList<Place> places)
        {
            _ongoing += times.IsOngoing ? 1 : 0;
            _endless += times is { End: null, IsOngoing: false } ? 1 : 0;
            _estimated += row[EventField.StartCertainty]
                ?.StartsWith("Estimated", StringComparison.Ordinal)
                is true
                ? 1
                : 0;
            _manyPlaces += places.Count > 1 ? 1 : 0;
        }

        public IReadOnlyList<string> Notes(string list, int rows, int claims, bool areDays) =>
            [
                $"{list}: {rows} rows, {claims} claims, {rows - claims} left out with a fault each",
                .. areDays
                    ? (string[])
                        [
                            $"{list} gives days of local time: starts and ends are ranges over the clocks of the country",
                        ]
                    : [],
                $"{list}: {_endless} without a known end, {_ongoing} ongoing when the list was made, {_estimated} with an estimated start, {_manyPlaces} about several places",
            ];
    }
}
