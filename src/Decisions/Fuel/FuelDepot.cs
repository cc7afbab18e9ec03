using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Fuel;

public enum AllocationState
{
    /// <summary>Set aside in the depot.</summary>
    Reserved,
    OnTheRoad,
    Delivered,
    Returned,
    Cancelled,
    Expired,
}

/// <summary>Litres of a depot set aside for one site.</summary>
/// <param name="Litres">What is still set aside or on the road; what was set aside at first is in <paramref name="Asked"/>.</param>
/// <param name="Delivered">Litres that a witness saw arrive.</param>
/// <param name="Lost">Litres that did not arrive and did not come back.</param>
public sealed record FuelAllocation(
    string Id,
    string Request,
    string Site,
    decimal Asked,
    decimal Litres,
    decimal Delivered,
    decimal Lost,
    string Carrier,
    Instant ExpiresAt,
    AllocationState State,
    bool IsOverdue,
    string Reason,
    Instant AllocatedAt,
    Instant? EndedAt
)
{
    [JsonIgnore]
    public bool IsOpen => State is AllocationState.Reserved or AllocationState.OnTheRoad;
}

/// <summary>
/// Fuel in one place, with all that is set aside from it. It is one subject, so that two allocations at the same moment
/// cannot both take the last litre (INV-12): received + corrected = free + allocated + delivered + lost.
/// </summary>
public sealed record FuelDepot : ISubject<FuelDepot, FuelDepotEvent>
{
    /// <summary>Allocations that may be open at once.</summary>
    public const int OpenMax = 1_000;

    /// <summary>Ended allocations that the state still shows; all are in the ledger.</summary>
    public const int EndedMax = 200;

    public static string Kind => "fuel-depot";

    public required string Id { get; init; }

    public required string? Parent { get; init; }

    public required string Name { get; init; }

    /// <summary>What it is: diesel, petrol, gas. Two kinds are two depots.</summary>
    public required string Fuel { get; init; }

    public required Place Area { get; init; }

    public required SealedField? Position { get; init; }

    /// <summary>Who keeps it.</summary>
    public required string Organisation { get; init; }

    /// <summary>Litres in all, since it was opened.</summary>
    public decimal Received { get; init; }

    /// <summary>Sum of the corrections; below zero when more was missing than was found.</summary>
    public decimal Corrected { get; init; }

    /// <summary>Litres that nothing is promised from.</summary>
    public decimal Free { get; init; }

    public decimal Delivered { get; init; }

    public decimal Lost { get; init; }

    /// <summary>Open ones, then the newest ended ones.</summary>
    public IReadOnlyList<FuelAllocation> Allocations { get; init; } = [];

    public Instant? ClosedAt { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>Litres set aside or on the road.</summary>
    [JsonIgnore]
    public decimal Allocated =>
        Allocations.Where(allocation => allocation.IsOpen).Sum(allocation => allocation.Litres);

    [JsonIgnore]
    public string Standing =>
        ClosedAt is not null ? "closed"
        : Allocations.Any(allocation => allocation.IsOpen && allocation.IsOverdue) ? "overdue"
        : Free == 0 ? "nothing-free"
        : "in-stock";

    [JsonIgnore]
    public Instant? DueAt => Waiting.Min(allocation => (Instant?)allocation.ExpiresAt);

    [JsonIgnore]
    public Place? Place => Area;

    [JsonIgnore]
    public string Words => $"{Name} {Fuel} {Area}";

    public FuelAllocation? Allocation(string id) =>
        Allocations.FirstOrDefault(allocation => allocation.Id == id);

    /// <summary>What was not picked up in time is free again; what is on the road too long is overdue, and not free.</summary>
    public static Decided<FuelDepotEvent> Elapse(FuelDepot state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return (FuelDepotEvent[])
            [
                .. state
                    .Waiting.Where(allocation => allocation.ExpiresAt <= now)
                    .OrderBy(allocation => allocation.ExpiresAt)
                    .ThenBy(allocation => allocation.Id, StringComparer.Ordinal)
                    .Select(allocation =>
                        allocation.State == AllocationState.Reserved
                            ? (FuelDepotEvent)
                                new AllocationExpired(allocation.Id, allocation.ExpiresAt)
                            : new FuelDeliveryOverdue(allocation.Id, now)
                    ),
            ];
    }

    public static FuelDepot Apply(FuelDepot? before, FuelDepotEvent happened) =>
        happened is DepotOpened opened ? FuelDepotFold.Opened(opened)
        : before is null ? throw new InvalidOperationException("a depot begins with its opening")
        : FuelDepotFold.Next(before, happened);

    /// <summary>Open ones whose time has not been noted yet.</summary>
    private IEnumerable<FuelAllocation> Waiting =>
        Allocations.Where(allocation => allocation.IsOpen && !allocation.IsOverdue);
}
