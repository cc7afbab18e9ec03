using System.Collections.Frozen;
using NodaTime;
using NodaTime.TimeZones;

namespace Breakwater.Disruptions.Kinds;

/// <summary>Local times of a country. One with several zones has several; nobody says which of them a measurement is about.</summary>
internal static class CountryClock
{
    private static readonly FrozenDictionary<string, DateTimeZone[]> _zones = (
        TzdbDateTimeZoneSource.Default.ZoneLocations ?? []
    )
        .GroupBy(location => location.CountryCode, StringComparer.Ordinal)
        .ToFrozenDictionary(
            group => group.Key,
            group =>
                group
                    .Select(location => location.ZoneId)
                    .Order(StringComparer.Ordinal)
                    .Select(id => DateTimeZoneProviders.Tzdb[id])
                    .ToArray(),
            StringComparer.Ordinal
        );

    /// <summary>The distinct local times at a moment, earliest first; none where the country or its zones are unknown.</summary>
    public static IReadOnlyList<LocalDateTime> At(string? country, Instant at) =>
        country is not null && _zones.TryGetValue(country, out DateTimeZone[]? zones)
            ? [.. zones.Select(zone => at.InZone(zone).LocalDateTime).Distinct().Order()]
            : [];

    /// <summary>The latest multiple of the given minutes of the local day that lies in a range, its start excluded.</summary>
    public static LocalTime? MarkIn(string? country, Instant earliest, Instant latest, int minutes)
    {
        foreach (LocalDateTime local in At(country, latest))
        {
            long sinceMidnight = local.TimeOfDay.TickOfDay;
            long sinceMark = sinceMidnight % (minutes * NodaConstants.TicksPerMinute);
            if (sinceMark == 0 || sinceMark < (latest - earliest).TotalTicks)
            {
                return LocalTime.FromTicksSinceMidnight(sinceMidnight - sinceMark);
            }
        }

        return null;
    }
}
