using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Signals.Events;

/// <summary>A cell of time in a list of events, read as far as it goes.</summary>
/// <param name="Earliest">The date and time; of two when the cell contradicts itself.</param>
/// <param name="Latest">The same, unless the cell contradicts itself.</param>
/// <param name="IsDay">True when the cell gives a day, or midnight as lists write days.</param>
/// <param name="IsUtc">True when the cell itself says UTC.</param>
/// <param name="Doubt">What is wrong with the cell although it could be read, or null.</param>
internal sealed partial record EventTime(
    LocalDateTime Earliest,
    LocalDateTime Latest,
    bool IsDay,
    bool IsUtc,
    string? Doubt = null
)
{
    /// <summary>Reads ISO 8601, <c>Wednesday, March 17, 2021, 4:40:00 PM</c> with or without seconds, and <c>4/3/2020 15:15:00 PM</c> (month first).</summary>
    public static EventTime? Read(string cell)
    {
        string text = cell.Trim();
        if (text.Length is 0 or > 64)
        {
            return null;
        }

        EventTime? time = Iso(text) ?? Worded(text) ?? Numbered(text);
        return
            time is not null
            && LocalDays.IsSane(time.Earliest.Date)
            && LocalDays.IsSane(time.Latest.Date)
            ? time
            : null;
    }

    private static EventTime? Iso(string text)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } day)
        {
            return At(day.Value.AtMidnight(), isDay: true, isUtc: false);
        }

        if (
            OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } offset
            && LocalDays.IsSane(offset.Value.Date)
        )
        {
            LocalDateTime utc = offset.Value.InZone(DateTimeZone.Utc).LocalDateTime;
            bool isDay = offset.Value.Offset == Offset.Zero && utc.TimeOfDay == LocalTime.Midnight;
            return At(utc, isDay, isUtc: true);
        }

        return
            _localPatterns
                .Select(pattern => pattern.Parse(text))
                .FirstOrDefault(parsed => parsed.Success)
                is { } local
            ? At(local.Value, local.Value.TimeOfDay == LocalTime.Midnight, isUtc: false)
            : null;
    }

    private static EventTime? Worded(string text)
    {
        Match match = WordedForm().Match(text);
        if (!match.Success || MonthOf(match.Groups["month"].Value) is not { } month)
        {
            return null;
        }

        if (Of(match, month, Number(match, "day")) is not { } at)
        {
            return null;
        }

        string weekday = match.Groups["weekday"].Value;
        return
            weekday.Length == 0
            || !Enum.TryParse(weekday, ignoreCase: true, out IsoDayOfWeek said)
            || said is IsoDayOfWeek.None
            || said == at.DayOfWeek
            ? At(at, isDay: !match.Groups["hour"].Success, isUtc: false)
            : Contradicting(at, said, isDay: !match.Groups["hour"].Success);
    }

    /// <summary>Either the date or the day of the week is a slip, so the range holds both.</summary>
    private static EventTime Contradicting(LocalDateTime at, IsoDayOfWeek said, bool isDay)
    {
        LocalDateTime before = at.PlusDays(-(((int)at.DayOfWeek - (int)said + 7) % 7));
        LocalDateTime after = before.PlusDays(7);
        bool isBeforeNearer = Period.DaysBetween(before.Date, at.Date) <= 3;
        string doubt = string.Create(
            CultureInfo.InvariantCulture,
            $"{said} contradicts {LocalDatePattern.Iso.Format(at.Date)}, a {at.DayOfWeek}"
        );
        return isBeforeNearer
            ? new EventTime(before, at, isDay, IsUtc: false, doubt)
            : new EventTime(at, after, isDay, IsUtc: false, doubt);
    }

    private static EventTime? Numbered(string text)
    {
        Match match = NumberedForm().Match(text);
        if (!match.Success)
        {
            return null;
        }

        (int month, int day) = (Number(match, "first"), Number(match, "other"));
        if (month > 12)
        {
            (month, day) = (day, month);
        }

        return Of(match, month, day) is { } at
            ? At(at, isDay: !match.Groups["hour"].Success, isUtc: false)
            : null;
    }

    private static LocalDateTime? Of(Match match, int month, int day)
    {
        int year = Number(match, "year");
        int hour = Number(match, "hour");
        int minute = Number(match, "minute");
        int second = Number(match, "second");
        // Above 12 the clock is one of 24 hours, and the marker behind it is a habit: 15:15:00 PM.
        string marker = match.Groups["marker"].Value.ToUpperInvariant();
        if (hour is >= 1 and <= 12 && marker.Length > 0)
        {
            hour = (hour % 12) + (marker == "PM" ? 12 : 0);
        }

        return
            year >= LocalDays.First.Year
            && year <= LocalDays.Last.Year
            && month is >= 1 and <= 12
            && day >= 1
            && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
            && hour <= 23
            && minute <= 59
            && second <= 59
            ? new LocalDateTime(year, month, day, hour, minute, second)
            : null;
    }

    private static EventTime At(LocalDateTime at, bool isDay, bool isUtc) =>
        new(at, at, isDay, isUtc);

    private static int Number(Match match, string group) =>
        int.TryParse(
            match.Groups[group].Value,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int number
        )
            ? number
            : 0;

    private static int? MonthOf(string name)
    {
        int index = Array.FindIndex(
            CultureInfo.InvariantCulture.DateTimeFormat.MonthNames,
            month =>
                month.Length > 0
                && (
                    month.Equals(name, StringComparison.OrdinalIgnoreCase)
                    || (
                        name.Length == 3
                        && month.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                    )
                )
        );
        return index < 0 ? null : index + 1;
    }

    private static readonly LocalDateTimePattern[] _localPatterns =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
    ];

    [GeneratedRegex(
        @"^(?:(?<weekday>[A-Za-z]+day),?\s+)?(?<month>[A-Za-z]+)\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})(?:,?\s+(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{0,2}))?\s*(?<marker>[AaPp][Mm])?)?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex WordedForm();

    [GeneratedRegex(
        @"^(?<first>\d{1,2})/(?<other>\d{1,2})/(?<year>\d{4})(?:,?\s+(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{0,2}))?\s*(?<marker>[AaPp][Mm])?)?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex NumberedForm();
}
