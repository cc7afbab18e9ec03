using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.TimeZones;

namespace Breakwater.Signals;

/// <summary>
/// Days of a country's clocks as ranges of UTC. A list that gives days says nothing of hours, and a country may have eleven
/// zones, so a day begins with its easternmost clock and ends with its westernmost one.
/// </summary>
internal static class LocalDays
{
    /// <summary>Dates outside of these are absurd for a network: before it or far after.</summary>
    public static readonly LocalDate First = new(1969, 1, 1);

    public static readonly LocalDate Last = new(2199, 12, 31);

    private static readonly ILookup<string, DateTimeZone> _zones =
        TzdbDateTimeZoneSource.Default.ZoneLocations!.ToLookup(
            location => location.CountryCode,
            location => DateTimeZoneProviders.Tzdb[location.ZoneId],
            StringComparer.Ordinal
        );

    /// <summary>From the start of the first day to the end of the last one; every zone on Earth when the country has none.</summary>
    public static InstantRange Of(string? country, LocalDate first, LocalDate last)
    {
        DateTimeZone[] zones = country is null ? [] : [.. _zones[country]];
        LocalDate after = last.PlusDays(1);
        return zones.Length == 0
            ? new InstantRange(
                first.AtMidnight().WithOffset(Offset.FromHours(14)).ToInstant(),
                after.AtMidnight().WithOffset(Offset.FromHours(-12)).ToInstant()
            )
            : new InstantRange(
                zones.Min(zone => zone.AtStartOfDay(first).ToInstant()),
                zones.Max(zone => zone.AtStartOfDay(after).ToInstant())
            );
    }

    public static bool IsSane(LocalDate date) => date >= First && date <= Last;
}
