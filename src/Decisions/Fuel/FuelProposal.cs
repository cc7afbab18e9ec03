using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Fuel;

/// <param name="Reason">Why this much, in words.</param>
public sealed record ProposedAllocation(
    string Request,
    string Site,
    decimal Litres,
    FuelBuys Buys,
    string Reason
);

/// <summary>
/// A way to share what is free: a floor for sites of which too little is known to count, then the most people-hours per
/// litre. It is a proposal; only the keeper of a depot allocates.
/// </summary>
/// <param name="Left">Litres that nothing is proposed for.</param>
/// <param name="Unserved">Ids of requests that get nothing.</param>
public sealed record FuelProposal(
    Instant AsOf,
    decimal Free,
    IReadOnlyList<ProposedAllocation> Lines,
    decimal Left,
    IReadOnlyList<string> Unserved
)
{
    /// <summary>Floors together take at most this share, so that the unknown cannot take all from the known.</summary>
    private const decimal FloorsShareMax = 0.5m;

    /// <param name="floorLitres">Litres for each site whose burn or people are unknown, as far as it asks for them.</param>
    public static FuelProposal From(
        decimal free,
        IReadOnlyList<FuelRequest> requests,
        IReadOnlyList<Site> sites,
        IReadOnlyList<PowerBounds> bounds,
        decimal floorLitres,
        Instant asOf
    )
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(sites);
        ArgumentNullException.ThrowIfNull(bounds);
        free = Math.Max(0, free);
        Wish[] wishes = Wishes(requests, sites, bounds);
        var lines = new List<ProposedAllocation>();
        decimal floors = decimal.Round(free * FloorsShareMax, 3, MidpointRounding.ToZero);
        foreach (
            Wish wish in wishes.Where(wish => wish.PerLitre is null).OrderBy(wish => wish.NeededBy)
        )
        {
            decimal litres = Math.Min(Math.Min(wish.Open, floorLitres), floors);
            floors -= Add(lines, wish, litres, "floor: burn or people are not known");
        }

        decimal left = free - lines.Sum(line => line.Litres);
        foreach (
            Wish wish in wishes
                .Where(wish => wish.PerLitre is not null)
                .OrderByDescending(wish => wish.PerLitre)
                .ThenBy(wish => wish.NeededBy)
        )
        {
            decimal litres = Math.Min(wish.Open, left);
            left -= Add(
                lines,
                wish,
                litres,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{wish.PerLitre:0.#} people-hours per litre"
                )
            );
        }

        return new(
            asOf,
            free,
            lines,
            left,
            [
                .. wishes
                    .Select(wish => wish.Request)
                    .Except(lines.Select(line => line.Request), StringComparer.Ordinal),
            ]
        );
    }

    private static decimal Add(
        List<ProposedAllocation> lines,
        Wish wish,
        decimal litres,
        string reason
    )
    {
        if (litres <= 0)
        {
            return 0;
        }

        lines.Add(
            new(
                wish.Request,
                wish.Site,
                litres,
                wish.At is null
                    ? new(wish.Site, litres, null, null, null)
                    : FuelForecast.Buys(wish.At, wish.Bounds, litres),
                reason
            )
        );
        return litres;
    }

    private static Wish[] Wishes(
        IReadOnlyList<FuelRequest> requests,
        IReadOnlyList<Site> sites,
        IReadOnlyList<PowerBounds> bounds
    )
    {
        var siteOf = sites
            .DistinctBy(site => site.Id)
            .ToDictionary(site => site.Id, StringComparer.Ordinal);
        var boundsOf = bounds
            .DistinctBy(bound => bound.Site)
            .ToDictionary(bound => bound.Site, StringComparer.Ordinal);
        return
        [
            .. requests
                .Where(request => request.ClosedAt is null)
                .OrderBy(request => request.Id, StringComparer.Ordinal)
                .Select(request => new Wish(
                    request.Id,
                    request.Site,
                    request.Litres - request.Allocated - request.Delivered,
                    request.NeededBy,
                    siteOf.GetValueOrDefault(request.Site),
                    boundsOf.GetValueOrDefault(request.Site)
                ))
                .Where(wish => wish.Open > 0),
        ];
    }

    /// <param name="Open">Litres asked for and neither allocated nor delivered.</param>
    private sealed record Wish(
        string Request,
        string Site,
        decimal Open,
        Instant NeededBy,
        Site? At,
        PowerBounds? Bounds
    )
    {
        /// <summary>People-hours that one litre buys at least; null when burn or people are unknown.</summary>
        public double? PerLitre { get; } =
            At?.PeopleServed is { } people
            && new PowerRange(At, Bounds).BurnHigh is { } burn and > 0
                ? people.Low / burn
                : null;
    }
}
