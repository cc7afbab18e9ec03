using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Preparedness.Contacts;

public enum DutyKind
{
    /// <summary>Nobody said when somebody answers. It is neither always nor never.</summary>
    NotStated,
    Always,
    InWindows,
}

public enum Weekday
{
    Monday = 1,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// <summary>Hours by the clock on the wall there. One that ends at or before its beginning runs into the next day.</summary>
/// <param name="Opens">As <c>22:00</c>.</param>
/// <param name="Closes">As <c>06:00</c>.</param>
public sealed record DutyWindow(IReadOnlyList<Weekday> Days, string Opens, string Closes)
{
    private static readonly LocalTimePattern _form = LocalTimePattern.CreateWithInvariantCulture(
        "HH:mm"
    );

    public static LocalTime? Time(string? text) =>
        text is not null && _form.Parse(text) is { Success: true } read ? read.Value : null;

    internal LocalTime Opening => Time(Opens)!.Value;

    internal bool Holds(LocalDateTime local)
    {
        LocalTime closing = Time(Closes)!.Value;
        LocalTime time = local.TimeOfDay;
        return closing > Opening
            ? On(local.Date) && time >= Opening && time < closing
            : (On(local.Date) && time >= Opening)
                || (On(local.Date.PlusDays(-1)) && time < closing);
    }

    internal bool On(LocalDate date) => Days.Contains((Weekday)(int)date.DayOfWeek);
}

/// <summary>Whether somebody answers at a moment.</summary>
public enum Duty
{
    NotStated,
    On,
    Off,
}

/// <summary>When somebody answers.</summary>
/// <param name="TimeZone">IANA name, such as <c>Europe/Kyiv</c>; null where no window needs one.</param>
public sealed record DutyHours(DutyKind Kind, string? TimeZone, IReadOnlyList<DutyWindow> Windows)
{
    public static DutyHours NotStated { get; } = new(DutyKind.NotStated, null, []);

    public static DutyHours Always { get; } = new(DutyKind.Always, null, []);

    /// <summary>In an hour that a change of clocks skips or repeats, what the wall shows counts.</summary>
    public Duty At(Instant now) =>
        Kind switch
        {
            DutyKind.Always => Duty.On,
            DutyKind.InWindows when Zone(TimeZone) is { } zone => Windows.Any(window =>
                window.Holds(now.InZone(zone).LocalDateTime)
            )
                ? Duty.On
                : Duty.Off,
            _ => Duty.NotStated,
        };

    /// <summary>When the next window opens; null when none does, or when somebody answers now.</summary>
    public Instant? OpensAfter(Instant now)
    {
        if (At(now) != Duty.Off || Zone(TimeZone) is not { } zone)
        {
            return null;
        }

        LocalDate today = now.InZone(zone).Date;
        return Enumerable
            .Range(0, 9)
            .SelectMany(
                _ => Windows,
                (ahead, window) => (Date: today.PlusDays(ahead), Window: window)
            )
            .Where(each => each.Window.On(each.Date))
            .Select(each => zone.AtLeniently(each.Date + each.Window.Opening).ToInstant())
            .Where(at => at > now)
            .Select(at => (Instant?)at)
            .Min();
    }

    public static DateTimeZone? Zone(string? name) =>
        name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);

    /// <summary>In one line: <c>always</c>, or <c>mon,tue 08:00-18:00; sat 22:00-06:00</c>; empty when not stated.</summary>
    public override string ToString() =>
        Kind switch
        {
            DutyKind.Always => "always",
            DutyKind.InWindows => string.Join(
                "; ",
                Windows.Select(window => $"{Text(window.Days)} {window.Opens}-{window.Closes}")
            ),
            _ => "",
        };

    /// <summary>The same line read: null when it is none. Days may be a range, <c>mon-fri</c>.</summary>
    public static DutyHours? Read(string text, string? timeZone)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Trim() is { Length: 0 } or "not-stated")
        {
            return NotStated with { TimeZone = timeZone };
        }

        if (text.Trim().Equals("always", StringComparison.OrdinalIgnoreCase))
        {
            return Always with { TimeZone = timeZone };
        }

        DutyWindow?[] windows =
        [
            .. text.Split(
                    ';',
                    StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                )
                .Select(Window),
        ];
        return windows.Length == 0 || windows.Any(window => window is null)
            ? null
            : new DutyHours(DutyKind.InWindows, timeZone, windows!);
    }

    private static DutyWindow? Window(string text)
    {
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var days, var hours] || hours.Split('-') is not [var opens, var closes])
        {
            return null;
        }

        Weekday[]?[] on = [.. days.Split(',').Select(Days)];
        return
            on.Any(each => each is null)
            || DutyWindow.Time(opens) is null
            || DutyWindow.Time(closes) is null
            ? null
            : new DutyWindow([.. on.SelectMany(each => each!).Distinct().Order()], opens, closes);
    }

    private static Weekday[]? Days(string text) =>
        text.Split('-') switch
        {
            [var one] when Day(one) is { } day => [day],
            [var first, var last] when Day(first) is { } from && Day(last) is { } until =>
            [
                .. Enumerable
                    .Range(0, (((int)until - (int)from + 7) % 7) + 1)
                    .Select(step => (Weekday)((((int)from - 1 + step) % 7) + 1)),
            ],
            _ => null,
        };

    /// <summary>Three days and more in a row as a range.</summary>
    private static string Text(IReadOnlyList<Weekday> days)
    {
        List<string> texts = [];
        Weekday[] sorted = [.. days.Distinct().Order()];
        for (int at = 0; at < sorted.Length; )
        {
            int end = at;
            while (end + 1 < sorted.Length && sorted[end + 1] == sorted[end] + 1)
            {
                end++;
            }

            texts.AddRange(
                end - at >= 2
                    ? [$"{Short(sorted[at])}-{Short(sorted[end])}"]
                    : sorted[at..(end + 1)].Select(Short)
            );
            at = end + 1;
        }

        return string.Join(',', texts);
    }

    private static Weekday? Day(string text) =>
        Enum.GetValues<Weekday>()
            .Where(day => Short(day).Equals(text, StringComparison.OrdinalIgnoreCase))
            .Select(day => (Weekday?)day)
            .FirstOrDefault();

    private static string Short(Weekday day) =>
        day.ToString()[..3].ToLower(CultureInfo.InvariantCulture);

    public bool Equals(DutyHours? other) =>
        other is not null && TimeZone == other.TimeZone && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
