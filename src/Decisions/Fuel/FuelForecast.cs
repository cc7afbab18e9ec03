using Breakwater.Needs;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Fuel;

/// <summary>A number known only to lie between two others.</summary>
public sealed record NumberRange(double Low, double High);

/// <summary>Bounds for what a site's record does not say, such as the size of its tank. Null is no bound.</summary>
public sealed record PowerBounds(
    string Site,
    NumberRange? BatteryHours,
    NumberRange? FuelLitres,
    NumberRange? BurnLitresPerHour
);

/// <summary>Fuel that is to arrive at a site: a plan, unless it has arrived.</summary>
/// <param name="HasArrived">Its delivery is on record. Then it lights a site again that was dark.</param>
public sealed record SiteDelivery(string Site, decimal Litres, Instant At, bool HasArrived = false);

public enum DeliveryFit
{
    /// <summary>Before the site goes dark, even at the earliest.</summary>
    InTime,

    /// <summary>Perhaps after it went dark.</summary>
    PerhapsTooLate,

    /// <summary>After it went dark, even at the latest.</summary>
    TooLate,
}

public sealed record DeliveryForecast(SiteDelivery Delivery, DeliveryFit Fit);

/// <summary>When a site goes dark, as a range, with the planned deliveries applied.</summary>
/// <param name="Order">1 goes dark first, by the earliest hour; null when not even that is known.</param>
/// <param name="HoursAtLeast">Null when nothing is known that lasts; an unknown tank never counts as an empty one.</param>
/// <param name="HoursAtMost">Null when a term is unknown and has no bound.</param>
/// <param name="Sum">The sum in words without the deliveries, or what is not known.</param>
public sealed record SiteRunway(
    string Site,
    Place Place,
    int? Order,
    double? HoursAtLeast,
    double? HoursAtMost,
    Instant? DarkEarliest,
    Instant? DarkLatest,
    string Sum,
    IReadOnlyList<DeliveryForecast> Deliveries,
    CountRange? PeopleServed,
    Origin Origin,
    Marking Marking
);

/// <summary>What litres buy at a site: hours of power, and people times hours. Null is unknown.</summary>
public sealed record FuelBuys(
    string Site,
    decimal Litres,
    NumberRange? Hours,
    CountRange? People,
    NumberRange? PeopleHours
);

/// <summary>The order in which sites go dark, from the one sum of Needs: battery hours plus litres divided by burn (INV-12).</summary>
public static class FuelForecast
{
    public static IReadOnlyList<SiteRunway> From(
        IReadOnlyList<Site> sites,
        IReadOnlyList<PowerBounds> bounds,
        IReadOnlyList<SiteDelivery> planned,
        Instant asOf
    )
    {
        ArgumentNullException.ThrowIfNull(sites);
        ArgumentNullException.ThrowIfNull(bounds);
        ArgumentNullException.ThrowIfNull(planned);
        var boundsOf = bounds
            .DistinctBy(bound => bound.Site)
            .ToDictionary(bound => bound.Site, StringComparer.Ordinal);
        ILookup<string, SiteDelivery> plannedOf = planned
            .OrderBy(delivery => delivery.At)
            .ToLookup(delivery => delivery.Site, StringComparer.Ordinal);
        int order = 0;
        return
        [
            .. sites
                .DistinctBy(site => site.Id)
                .Select(site =>
                    Runway(site, boundsOf.GetValueOrDefault(site.Id), [.. plannedOf[site.Id]], asOf)
                )
                .OrderBy(runway => runway.HoursAtLeast ?? double.PositiveInfinity)
                .ThenBy(runway => runway.HoursAtMost ?? double.PositiveInfinity)
                .ThenBy(runway => runway.Site, StringComparer.Ordinal)
                .Select(runway =>
                    runway.HoursAtLeast is null ? runway : runway with { Order = ++order }
                ),
        ];
    }

    /// <summary>What litres buy at a site once they are in its tank. It holds for an unknown tank too: burn alone decides.</summary>
    public static FuelBuys Buys(Site site, PowerBounds? bounds, decimal litres)
    {
        ArgumentNullException.ThrowIfNull(site);
        var power = new PowerRange(site, bounds);
        double? least = HoursOf(site, litres, power.BurnHigh);
        double? most = HoursOf(site, litres, power.BurnLow);
        NumberRange? hours = least is { } low && most is { } high ? new(low, high) : null;
        return new(
            site.Id,
            litres,
            hours,
            site.PeopleServed,
            hours is not null && site.PeopleServed is { } people
                ? new(people.Low * hours.Low, people.High * hours.High)
                : null
        );
    }

    private static double? HoursOf(Site site, decimal litres, double? burn) =>
        TimeToDarkOf.Hours(
            site with
            {
                BatteryHours = 0,
                FuelLitres = (double)litres,
                BurnLitresPerHour = burn,
            }
        );

    private static SiteRunway Runway(
        Site site,
        PowerBounds? bounds,
        IReadOnlyList<SiteDelivery> planned,
        Instant asOf
    )
    {
        var power = new PowerRange(site, bounds);
        double? atLeast = With(power.Least, planned, asOf);
        // What is not known at all adds nothing to the least, and a least of nothing says nothing.
        atLeast = atLeast == 0 && !power.IsLeastKnown ? null : atLeast;
        double? atMost = With(power.Most, planned, asOf);
        return new(
            site.Id,
            site.Place,
            null,
            atLeast,
            atMost,
            DarkAt(site, atLeast, asOf),
            DarkAt(site, atMost, asOf),
            TimeToDarkOf.Sites([power.Known], asOf)[0].Sum,
            [.. planned.Select(delivery => Fit(delivery, power, planned, asOf))],
            site.PeopleServed,
            site.Origin,
            site.Marking
        );
    }

    private static Instant? DarkAt(Site site, double? hours, Instant asOf) =>
        hours is null
            ? null
            : TimeToDarkOf
                .Sites([site with { BatteryHours = hours, FuelLitres = 0 }], asOf)[0]
                .DarkAt;

    /// <summary>Hours with every delivery that arrives while the site still has power, and with what arrived later all the same.</summary>
    private static double? With(Site site, IEnumerable<SiteDelivery> planned, Instant asOf)
    {
        double? hours = TimeToDarkOf.Hours(site);
        foreach (SiteDelivery delivery in planned)
        {
            if (delivery.Litres <= 0 || hours is not { } lasting)
            {
                continue;
            }

            double at = HoursTo(delivery, asOf);
            site =
                at <= lasting ? site with { FuelLitres = site.FuelLitres + (double)delivery.Litres }
                : delivery.HasArrived
                    ? site with
                    {
                        BatteryHours = at,
                        FuelLitres = (double)delivery.Litres,
                    }
                : site;
            hours = TimeToDarkOf.Hours(site) ?? hours;
        }

        return hours;
    }

    private static DeliveryForecast Fit(
        SiteDelivery delivery,
        PowerRange power,
        IReadOnlyList<SiteDelivery> planned,
        Instant asOf
    )
    {
        IEnumerable<SiteDelivery> before = planned.TakeWhile(other => other != delivery);
        double at = HoursTo(delivery, asOf);
        return new(
            delivery,
            at <= With(power.Least, before, asOf) ? DeliveryFit.InTime
                : at > With(power.Most, before, asOf) ? DeliveryFit.TooLate
                : DeliveryFit.PerhapsTooLate
        );
    }

    private static double HoursTo(SiteDelivery delivery, Instant asOf) =>
        (delivery.At - asOf).TotalHours;
}
