using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Needs;

/// <summary>Battery hours plus litres divided by burn rate (INV-12), and the order in which sites go dark.</summary>
public static class TimeToDarkOf
{
    /// <summary>A hundred years: what would last longer has no date on which it goes dark.</summary>
    private const double DatedHoursMax = 876_600;

    public static IReadOnlyList<TimeToDark> Sites(IReadOnlyList<Site> sites, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(sites);
        int order = 0;
        return
        [
            .. sites
                .Select(site => (Site: site, Hours: Hours(site)))
                .OrderBy(item => item.Hours ?? double.PositiveInfinity)
                .ThenBy(item => item.Site.Id, StringComparer.Ordinal)
                .Select(item => new TimeToDark(
                    item.Site.Id,
                    item.Site.Place,
                    item.Site.Network,
                    item.Hours,
                    item.Hours is { } hours and < DatedHoursMax
                        ? asOf + Duration.FromHours(hours)
                        : null,
                    item.Hours is null ? null : ++order,
                    item.Site.PeopleServed,
                    Sum(item.Site, item.Hours),
                    item.Site.Origin,
                    item.Site.Marking
                )),
        ];
    }

    /// <summary>Null when any term is unknown: an unknown tank is not an empty one.</summary>
    public static double? Hours(Site site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return site.BatteryHours is { } battery && site.FuelLitres is { } litres
            ? litres == 0
                ? Math.Round(battery, 1)
                : site.BurnLitresPerHour is { } burn and > 0
                    ? Math.Round(battery + (litres / burn), 1)
                    : null
            : null;
    }

    private static string Sum(Site site, double? hours) =>
        hours is { } total
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{site.BatteryHours} h battery + {site.FuelLitres} l ÷ {site.BurnLitresPerHour ?? 0} l/h = {total} h"
            )
            : $"unknown: {string.Join(", ", Missing(site))} not known";

    private static IEnumerable<string> Missing(Site site)
    {
        if (site.BatteryHours is null)
        {
            yield return "battery hours";
        }

        if (site.FuelLitres is null)
        {
            yield return "litres in the tank";
        }

        if (site.FuelLitres is not 0 && site.BurnLitresPerHour is null)
        {
            yield return "burn rate";
        }
    }
}
