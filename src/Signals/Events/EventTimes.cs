using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Events;

/// <summary>When an event of a list began and ended, each as a range, with what is to be said about it.</summary>
/// <param name="Start">Null when the row gives no time that can be used.</param>
/// <param name="Doubts">What is wrong with the row's times although a range could be made.</param>
internal sealed record EventTimes(
    InstantRange? Start,
    InstantRange? End,
    bool IsOngoing,
    string? StartWords,
    string? EndWords,
    IReadOnlyList<string> Doubts
)
{
    /// <summary>An estimated day is taken to be wrong by one at most; no list says by how much.</summary>
    private const int EstimatedDays = 1;

    private const int DurationDaysMax = 20_000;

    /// <param name="country">Whose clocks a day is of.</param>
    /// <param name="areDays">True when the list gives days and midnight is how it writes them.</param>
    public static EventTimes Of(EventRow row, string? country, bool areDays)
    {
        List<string> doubts = [];
        EventTime? start = Time(row, EventField.Start, "start", doubts);
        EventTime? end = Time(row, EventField.End, "end", doubts);
        bool isEstimated =
            row[EventField.StartCertainty]?.StartsWith("Estimated", StringComparison.Ordinal)
            is true;
        InstantRange? began = start is null ? null : RangeOf(start, country, areDays, isEstimated);
        string? startWords = isEstimated ? "start estimated by the list" : null;
        if (began is null && row.ChartWindow() is { } window)
        {
            began = window;
            startWords = "start unreadable: somewhere in the window of the linked chart";
        }

        InstantRange? ended = end is null ? null : RangeOf(end, country, areDays, false);
        string? endWords = null;
        if (began is not null && ended is not null && IsBefore(ended, began, areDays))
        {
            doubts.Add("the end is not after the start");
            (began, ended, endWords) = Repaired(row, began);
        }

        bool isOngoing =
            ended is null
            && row[EventField.Status]?.StartsWith("Ongoing", StringComparison.OrdinalIgnoreCase)
                is true;
        if (end is null && !isOngoing && start is not null && Days(row) is { } days)
        {
            // Lists count the first day sometimes and sometimes not.
            LocalDate first = start.Earliest.Date.PlusDays(Math.Max(0, days - 1));
            ended = LocalDays.Of(country, first, start.Latest.Date.PlusDays(days));
            endWords = $"end from the duration of {days} days";
        }

        if (ended is not null && began is not null && ended.Earliest < began.Earliest)
        {
            ended = ended with { Earliest = began.Earliest };
        }

        return new EventTimes(
            began,
            ended,
            isOngoing,
            startWords,
            endWords
                ?? (
                    isOngoing ? "ongoing when the list was made"
                    : ended is null ? "end not known"
                    : null
                ),
            doubts
        );
    }

    private static EventTime? Time(EventRow row, EventField field, string name, List<string> doubts)
    {
        if (row[field] is not { } cell)
        {
            return null;
        }

        EventTime? time = EventTime.Read(cell);
        if (time is null)
        {
            doubts.Add($"the {name} '{Wording.Shorten(cell, 40)}' is no time known here");
        }
        else if (time.Doubt is { } doubt)
        {
            doubts.Add($"the {name} contradicts itself: {doubt}");
        }

        return time;
    }

    private static InstantRange RangeOf(
        EventTime time,
        string? country,
        bool areDays,
        bool isEstimated
    )
    {
        if (!time.IsDay || !areDays)
        {
            int widened = isEstimated ? EstimatedDays : 0;
            return new InstantRange(
                time.Earliest.PlusDays(-widened).InUtc().ToInstant(),
                time.Latest.PlusDays(widened).InUtc().ToInstant()
            );
        }

        (LocalDate first, LocalDate last) = (time.Earliest.Date, time.Latest.Date);
        if (isEstimated)
        {
            // Estimates fall on the first of a month four times as often as on another day: then the month is meant.
            last =
                first.Day == 1
                    ? first.With(DateAdjusters.EndOfMonth)
                    : last.PlusDays(EstimatedDays);
            first = first.PlusDays(-EstimatedDays);
        }

        return LocalDays.Of(country, first, last);
    }

    /// <summary>Days are equal on a shutdown of one day; moments are not.</summary>
    private static bool IsBefore(InstantRange end, InstantRange start, bool areDays) =>
        areDays ? end.Latest < start.Latest : end.Latest <= start.Earliest;

    /// <summary>
    /// The window of the chart brackets the event. A start inside it is believed, and the end lies between it and the window's end;
    /// otherwise neither is, and the start is widened to hold both.
    /// </summary>
    private static (InstantRange Start, InstantRange? End, string Words) Repaired(
        EventRow row,
        InstantRange start
    )
    {
        if (row.ChartWindow() is not { } window)
        {
            return (start, null, "the end is not after the start, so it is not used");
        }

        return start.Latest >= window.Earliest && start.Latest < window.Latest
            ? (
                start,
                new InstantRange(start.Latest, window.Latest),
                "the end is not after the start: widened to the window of the linked chart"
            )
            : (
                new InstantRange(
                    Instant.Min(start.Earliest, window.Earliest),
                    Instant.Max(start.Latest, window.Latest)
                ),
                null,
                "the end is not after the start, and the linked chart shows another time: the start is widened to it"
            );
    }

    private static int? Days(EventRow row) =>
        int.TryParse(
            row[EventField.Duration],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int days
        )
        && days <= DurationDaysMax
            ? days
            : null;
}
