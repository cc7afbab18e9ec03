using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Fuel;

/// <summary>The carrier took it: it is on the road.</summary>
public sealed record DispatchFuel(string Allocation)
{
    public static Decided<FuelDepotEvent> Decide(
        FuelDepot? state,
        DispatchFuel command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            FuelRules.Keeper(state, by)
            ?? FuelRules.Open(state!, command.Allocation)
            ?? (
                state!.Allocation(command.Allocation)!.State == AllocationState.OnTheRoad
                    ? Refusal.WrongState("it is on the road already")
                    : null
            );
        return no is not null ? no : new FuelDispatched(command.Allocation, by.Person, now);
    }
}

/// <summary>Fuel came back to the depot, all of an allocation or a part.</summary>
public sealed record ReturnFuel(string Allocation, decimal Litres, string Reason)
{
    public static Decided<FuelDepotEvent> Decide(
        FuelDepot? state,
        ReturnFuel command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            FuelRules.Keeper(state, by)
            ?? FuelRules.Open(state!, command.Allocation)
            ?? FuelRules.Litres("what came back", command.Litres)
            ?? Wanting.Text("the reason", command.Reason)
            ?? WhyNot(state!.Allocation(command.Allocation)!, command);
        return no is not null
            ? no
            : new FuelReturned(command.Allocation, command.Litres, command.Reason, by.Person, now);
    }

    private static Refusal? WhyNot(FuelAllocation allocation, ReturnFuel command) =>
        allocation.State == AllocationState.Reserved
            ? Refusal.WrongState("it never left; cancel it")
        : command.Litres > allocation.Litres
            ? Refusal.Invalid($"only {allocation.Litres} litres are on the road")
        : null;
}

/// <summary>
/// What arrived at the site, as seen by somebody who neither keeps the depot nor carried the fuel. The rest of the allocation
/// is lost, and the loss has a reason.
/// </summary>
/// <param name="Delivered">Litres that arrived; 0 when none did.</param>
/// <param name="LossReason">Needed when less arrived than was sent; else may be empty.</param>
/// <param name="Proof">What shows it: a gauge reading, a signed note.</param>
public sealed record ProveDelivery(
    string Allocation,
    decimal Delivered,
    string LossReason,
    string Proof,
    Origin Origin
)
{
    public static Decided<FuelDepotEvent> Decide(
        FuelDepot? state,
        ProveDelivery command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            FuelRules.Depot(state)
            ?? FuelRules.Open(state!, command.Allocation)
            ?? FuelRules.Litres("what arrived", command.Delivered, least: 0)
            ?? Wanting.Optional("the reason of the loss", command.LossReason)
            ?? Wanting.Text("the proof", command.Proof)
            ?? Wanting.Known("the origin", command.Origin)
            ?? WhyNot(state!, state!.Allocation(command.Allocation)!, command, by);
        return no is not null
            ? no
            : new FuelDelivered(
                command.Allocation,
                command.Delivered,
                state!.Allocation(command.Allocation)!.Litres - command.Delivered,
                command.LossReason,
                command.Proof,
                by.Organisation!,
                command.Origin,
                by.Person,
                now
            );
    }

    private static Refusal? WhyNot(
        FuelDepot state,
        FuelAllocation allocation,
        ProveDelivery command,
        Participant by
    ) =>
        by.Organisation is not { } witness
        || witness == state.Organisation
        || witness == allocation.Carrier
            ? Refusal.NotAllowed(
                "a delivery is witnessed by somebody who neither keeps the depot nor carries the fuel"
            )
        : allocation.State == AllocationState.Reserved
            ? Refusal.WrongState("it has not left the depot")
        : command.Delivered > allocation.Litres
            ? Refusal.Invalid($"only {allocation.Litres} litres were on the road")
        : command.Delivered < allocation.Litres && string.IsNullOrWhiteSpace(command.LossReason)
            ? Refusal.Invalid(
                $"{allocation.Litres - command.Delivered} litres are lost; say how, as far as it is known"
            )
        : null;
}
