using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Fuel;
using Breakwater.Needs.Baselines;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Responding;

/// <summary>Which sites go dark first, as far as one reader may know of them.</summary>
/// <param name="AsOf">When it was asked.</param>
/// <param name="Known">First the one that may go dark first; the range says how far that is known.</param>
/// <param name="Unknown">Sites of which nothing is known that lasts. They are not at the end of the order: they are in none.</param>
internal sealed record DarkOrder(
    Instant AsOf,
    IReadOnlyList<SiteRunway> Known,
    IReadOnlyList<SiteRunway> Unknown
);

/// <summary>
/// Forecasts from the sites of all baselines. Batteries and tanks were read when a baseline was set, and drain from then on;
/// fuel counts once its delivery is on record, and not while it is promised.
/// </summary>
internal sealed class DarkForecast(IRecords records, IClock clock)
{
    /// <summary>More than a desk can supply; the first of them are the ones to act on.</summary>
    private const int SitesMax = 1_000;

    /// <param name="readerOf">As whom each kind is read.</param>
    public async Task<DarkOrder> For(Func<string, Reader> readerOf)
    {
        Instant now = clock.GetCurrentInstant();
        SiteDelivery[] arrived =
        [
            .. (await records.AllOf(FuelRequest.Kind).ConfigureAwait(false))
                .Where(document => Representation.May(readerOf(FuelRequest.Kind), document, now))
                .Select(document => SubjectKind<FuelRequest, FuelRequestEvent>.Read(document.Body))
                .SelectMany(
                    request => request.Allocations,
                    (request, allocation) => (request.Site, allocation)
                )
                .Where(one => one.allocation is { Delivered: > 0, At: not null })
                .Select(one => new SiteDelivery(
                    one.Site,
                    one.allocation.Delivered,
                    one.allocation.At!.Value,
                    HasArrived: true
                )),
        ];
        Reader reader = readerOf(Baseline.Kind);
        SiteRunway[] runways =
        [
            .. (await records.AllOf(Baseline.Kind).ConfigureAwait(false))
                .Where(document => Guard.May(reader, document.Marking, now))
                .Select(document => SubjectKind<Baseline, BaselineEvent>.Read(document.Body))
                .SelectMany(baseline =>
                    FuelForecast.From(
                        [.. baseline.Sites.Where(site => Guard.May(reader, site.Marking, now))],
                        [],
                        // A baseline that was set afterwards counted what was in the tank.
                        [.. arrived.Where(delivery => delivery.At >= baseline.SetAt)],
                        baseline.SetAt
                    )
                ),
        ];
        return new DarkOrder(
            now,
            [
                .. runways
                    .Where(runway => runway.Order is not null)
                    // A range without a number that a calendar can hold lasts longest.
                    .OrderBy(runway => runway.DarkEarliest ?? Instant.MaxValue)
                    .ThenBy(runway => runway.DarkLatest ?? Instant.MaxValue)
                    .ThenBy(runway => runway.Site, StringComparer.Ordinal)
                    .Take(SitesMax)
                    .Select((runway, before) => runway with { Order = before + 1 }),
            ],
            [
                .. runways
                    .Where(runway => runway.Order is null)
                    .OrderBy(runway => runway.Site, StringComparer.Ordinal)
                    .Take(SitesMax),
            ]
        );
    }
}
