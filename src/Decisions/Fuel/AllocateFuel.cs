using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Fuel;

/// <summary>Sets litres aside for one site, never more than are free (INV-12).</summary>
/// <param name="Allocation">Id of the allocation.</param>
/// <param name="Request">Id of the request that it answers.</param>
/// <param name="Site">Id of the site.</param>
/// <param name="Carrier">Id of the organisation that carries it.</param>
/// <param name="ExpiresAt">When it is free again if nobody picked it up, and overdue if it is on the road.</param>
public sealed record AllocateFuel(
    string Allocation,
    string Request,
    string Site,
    decimal Litres,
    string Carrier,
    Instant ExpiresAt
)
{
    /// <summary>The request as it stands. Who calls reads it from the store; null: there is none.</summary>
    [JsonIgnore]
    public FuelRequest? Asked { get; init; }

    public static Decided<FuelDepotEvent> Decide(
        FuelDepot? state,
        AllocateFuel command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            FuelRules.Keeper(state, by)
            ?? Wanting.Name("the allocation", command.Allocation)
            ?? Wanting.Name("the request", command.Request)
            ?? Wanting.Name("the site", command.Site)
            ?? FuelRules.Litres("what is allocated", command.Litres)
            ?? Wanting.Name("the carrier", command.Carrier)
            ?? Wanting.Future("the end of the allocation", command.ExpiresAt, now)
            ?? WhyNotFor(command)
            ?? WhyNot(state!, command);
        return no is not null
            ? no
            : new FuelAllocated(
                command.Allocation,
                command.Request,
                command.Site,
                command.Litres,
                command.Carrier,
                command.ExpiresAt,
                by.Person,
                now
            );
    }

    /// <summary>Litres that nobody asked for would be kept from those who did.</summary>
    private static Refusal? WhyNotFor(AllocateFuel command) =>
        command.Asked is not { } request || request.Id != command.Request
            ? Refusal.WrongState("there is no such request")
        : request.ClosedAt is not null ? Refusal.WrongState("the request is closed")
        : request.Site != command.Site
            ? Refusal.Invalid(
                $"the request is for the site {request.Site}; name that, or another request"
            )
        : null;

    private static Refusal? WhyNot(FuelDepot state, AllocateFuel command) =>
        command.Litres > state.Free
            ? Refusal.WrongState(
                $"only {state.Free} litres are free, and {command.Litres} are more; an allocation never exceeds the stock"
            )
        : state.Allocation(command.Allocation) is not null
            ? Refusal.WrongState("there is an allocation of this id already")
        : state.Allocations.Count(allocation => allocation.IsOpen) >= FuelDepot.OpenMax
            ? Refusal.TooMuch($"more than {FuelDepot.OpenMax} allocations are open")
        : null;
}

/// <summary>Gives up an allocation that has not left; its litres are free again.</summary>
public sealed record CancelAllocation(string Allocation, string Reason)
{
    public static Decided<FuelDepotEvent> Decide(
        FuelDepot? state,
        CancelAllocation command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            FuelRules.Keeper(state, by)
            ?? FuelRules.Open(state!, command.Allocation)
            ?? Wanting.Text("the reason", command.Reason)
            ?? (
                state!.Allocation(command.Allocation)!.State == AllocationState.OnTheRoad
                    ? Refusal.WrongState(
                        "it is on the road; it ends with a delivery, a return or a loss"
                    )
                    : null
            );
        return no is not null
            ? no
            : new AllocationCancelled(command.Allocation, command.Reason, by.Person, now);
    }
}
