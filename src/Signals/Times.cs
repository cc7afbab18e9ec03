using NodaTime;
using NodaTime.Text;

namespace Breakwater.Signals;

/// <summary>Times as interfaces give them, within what a network can have.</summary>
internal static class Times
{
    /// <summary>From 1969, before the first network, to 2199: outside of it a clock or a unit is wrong.</summary>
    private static readonly Instant _first = LocalDays.First.AtMidnight().InUtc().ToInstant();

    private static readonly Instant _last = LocalDays.Last.AtMidnight().InUtc().ToInstant();

    private static readonly LocalDateTimePattern[] _patterns =
    [
        LocalDateTimePattern.ExtendedIso,
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd"),
    ];

    /// <summary>Seconds since 1970, or null when they are absurd, such as milliseconds.</summary>
    public static Instant? OfUnix(long seconds) =>
        seconds >= _first.ToUnixTimeSeconds() && seconds < _last.ToUnixTimeSeconds()
            ? Instant.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>ISO 8601 with an offset, or UTC without one.</summary>
    public static Instant? OfText(string text)
    {
        if (text.Length > 64)
        {
            return null;
        }

        if (
            OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } offset
            && LocalDays.IsSane(offset.Value.Date)
        )
        {
            return offset.Value.ToInstant();
        }

        foreach (LocalDateTimePattern pattern in _patterns)
        {
            if (
                pattern.Parse(text) is { Success: true } local
                && LocalDays.IsSane(local.Value.Date)
            )
            {
                return local.Value.InUtc().ToInstant();
            }
        }

        return null;
    }

    public static bool IsSane(Instant at) => at >= _first && at < _last;
}
