using System.Globalization;
using System.Text.RegularExpressions;
using Breakwater.Vocabulary;
using CsvHelper;
using NodaTime;

namespace Breakwater.Signals.Events;

/// <summary>One row of a list of events: its cells by field, trimmed, and the lines it stands on.</summary>
internal sealed partial class EventRow
{
    private readonly Dictionary<EventField, string> _cells = [];

    public EventRow(CsvReader csv, EventColumns columns)
    {
        FirstLine = checked((int)csv.LineNumber);
        LastLine = FirstLine + csv.RawRecord.Count((byte)'\n');
        foreach (EventField field in Enum.GetValues<EventField>())
        {
            // Rows shorter than the header lack their last cells.
            if (columns.Of(field) is { } column && column < csv.FieldCount)
            {
                string cell = csv.GetString(column).Trim();
                if (!IsNothing(cell))
                {
                    _cells.Add(field, cell);
                }
            }
        }
    }

    public int FirstLine { get; }

    public int LastLine { get; }

    /// <summary>Where the row stands, for a fault: <c>line 12</c>.</summary>
    public string At => FirstLine == LastLine ? $"line {FirstLine}" : $"lines {Rows}";

    /// <summary>Where the row stands, for evidence.</summary>
    public string Rows => FirstLine == LastLine ? $"{FirstLine}" : $"{FirstLine}-{LastLine}";

    /// <summary>The cell, or null when it is empty or says that there is nothing: <c>NA</c>, <c>N/A</c>.</summary>
    public string? this[EventField field] => _cells.GetValueOrDefault(field);

    public bool IsBlank => _cells.Count == 0;

    /// <summary>A cell on one line and of bounded length, for a person to read.</summary>
    public string? Short(EventField field, int length = 160) =>
        this[field] is { } cell ? Wording.Shorten(cell, length) : null;

    /// <summary>The window of the chart that an IODA list links, <c>from</c> and <c>to</c> in milliseconds; it brackets the event.</summary>
    public InstantRange? ChartWindow()
    {
        if (
            this[EventField.Chart] is not { } link
            || Window().Match(link) is not { Success: true } match
        )
        {
            return null;
        }

        Instant since = Milliseconds(match.Groups["from"].Value);
        Instant until = Milliseconds(match.Groups["to"].Value);
        return since < until ? new InstantRange(since, until) : null;
    }

    private static Instant Milliseconds(string digits) =>
        Instant.FromUnixTimeMilliseconds(
            long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
        );

    private static bool IsNothing(string cell) =>
        cell.Length == 0
        || cell.Equals("NA", StringComparison.OrdinalIgnoreCase)
        || cell.Equals("N/A", StringComparison.OrdinalIgnoreCase)
        || cell.Equals("null", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"[?&]from=(?<from>[0-9]{12,13})&to=(?<to>[0-9]{12,13})(?![0-9])")]
    private static partial Regex Window();
}
