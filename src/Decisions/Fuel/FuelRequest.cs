using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Fuel;

/// <summary>What happens to a request for fuel.</summary>
public abstract record FuelRequestEvent;

public sealed record FuelRequested(
    string Id,
    string? Parent,
    string Site,
    Place Area,
    decimal Litres,
    Instant NeededBy,
    string Reason,
    Origin Origin,
    Marking Marking,
    string? Organisation,
    string By,
    Instant At
) : FuelRequestEvent;

/// <summary>An allocation for this request, as its depot has it now.</summary>
public sealed record FuelRequestFollowed(
    string Depot,
    string Allocation,
    AllocationState State,
    decimal Litres,
    decimal Delivered,
    Instant At
) : FuelRequestEvent;

/// <summary>The day by which it was needed has passed. The need stays. Comes by itself.</summary>
public sealed record FuelRequestOverdue(Instant At) : FuelRequestEvent;

/// <summary>No more is wanted: enough came, or it is not needed.</summary>
public sealed record FuelRequestClosed(string Reason, string By, Instant At) : FuelRequestEvent;

/// <param name="Litres">Set aside or on the road.</param>
public sealed record FollowedAllocation(
    string Depot,
    string Allocation,
    AllocationState State,
    decimal Litres,
    decimal Delivered
)
{
    /// <summary>Since when it is so; null in records from before this was said.</summary>
    public Instant? At { get; init; }
}

/// <summary>Litres that a site needs by a day. Allocated is not delivered.</summary>
public sealed record FuelRequest : ISubject<FuelRequest, FuelRequestEvent>
{
    public static string Kind => "fuel-request";

    public required string Id { get; init; }

    public required string? Parent { get; init; }

    /// <summary>Id of the site; its position is sealed elsewhere.</summary>
    public required string Site { get; init; }

    public required Place Area { get; init; }

    public required decimal Litres { get; init; }

    public required Instant NeededBy { get; init; }

    public required string Reason { get; init; }

    public required string? Organisation { get; init; }

    /// <summary>Every allocation for it, one entry each.</summary>
    public IReadOnlyList<FollowedAllocation> Allocations { get; init; } = [];

    public Instant? OverdueAt { get; init; }

    public Instant? ClosedAt { get; init; }

    public string ClosingReason { get; init; } = "";

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public decimal Allocated => Allocations.Sum(allocation => allocation.Litres);

    [JsonIgnore]
    public decimal Delivered => Allocations.Sum(allocation => allocation.Delivered);

    [JsonIgnore]
    public string Standing =>
        ClosedAt is not null ? "closed"
        : Delivered >= Litres ? "delivered"
        : OverdueAt is not null ? "overdue"
        : Delivered + Allocated >= Litres ? "allocated"
        : Delivered + Allocated > 0 ? "partly-allocated"
        : "requested";

    [JsonIgnore]
    public Instant? DueAt =>
        ClosedAt is null && OverdueAt is null && Delivered < Litres ? NeededBy : null;

    [JsonIgnore]
    public Place? Place => Area;

    [JsonIgnore]
    public string Words => $"{Site} {Area} {Reason}";

    public static Decided<FuelRequestEvent> Elapse(FuelRequest state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.DueAt is { } due && due <= now
            ? new FuelRequestOverdue(due)
            : Decided<FuelRequestEvent>.Nothing;
    }

    public static FuelRequest Apply(FuelRequest? before, FuelRequestEvent happened) =>
        happened is FuelRequested requested ? Requested(requested)
        : before is null ? throw new InvalidOperationException("a request begins with itself")
        : Next(before, happened);

    private static FuelRequest Requested(FuelRequested requested) =>
        new()
        {
            Id = requested.Id,
            Parent = requested.Parent,
            Site = requested.Site,
            Area = requested.Area,
            Litres = requested.Litres,
            NeededBy = requested.NeededBy,
            Reason = requested.Reason,
            Organisation = requested.Organisation,
            Origin = requested.Origin,
            Marking = requested.Marking,
        };

    private static FuelRequest Next(FuelRequest before, FuelRequestEvent happened) =>
        happened switch
        {
            FuelRequestFollowed followed => before with
            {
                Allocations =
                [
                    .. before.Allocations.Where(allocation =>
                        (allocation.Depot, allocation.Allocation)
                        != (followed.Depot, followed.Allocation)
                    ),
                    new(
                        followed.Depot,
                        followed.Allocation,
                        followed.State,
                        followed.Litres,
                        followed.Delivered
                    )
                    {
                        At = followed.At,
                    },
                ],
            },
            FuelRequestOverdue overdue => before with { OverdueAt = overdue.At },
            FuelRequestClosed closed => before with
            {
                ClosedAt = closed.At,
                ClosingReason = closed.Reason,
            },
            _ => throw new InvalidOperationException(
                $"a request knows no {happened.GetType().Name}"
            ),
        };
}
