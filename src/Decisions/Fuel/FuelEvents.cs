using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Fuel;

/// <summary>What happens at a depot. Every litre is in exactly one of: stock, allocated, delivered, lost.</summary>
public abstract record FuelDepotEvent;

public sealed record DepotOpened(
    string Id,
    string? Parent,
    string Name,
    string Fuel,
    Place Area,
    SealedField? Position,
    string Organisation,
    Origin Origin,
    Marking Marking,
    string By,
    Instant At
) : FuelDepotEvent;

public sealed record FuelReceived(
    decimal Litres,
    string From,
    string Proof,
    Origin Origin,
    string By,
    Instant At
) : FuelDepotEvent;

/// <param name="Difference">Litres added to what is free; below zero for what was found missing.</param>
public sealed record FuelStockCorrected(
    decimal Difference,
    string Reason,
    Origin Origin,
    string By,
    Instant At
) : FuelDepotEvent;

public sealed record FuelAllocated(
    string Allocation,
    string Request,
    string Site,
    decimal Litres,
    string Carrier,
    Instant ExpiresAt,
    string By,
    Instant At
) : FuelDepotEvent;

/// <summary>It left the depot: from here on only a delivery, a return or a loss ends it, and no clock.</summary>
public sealed record FuelDispatched(string Allocation, string By, Instant At) : FuelDepotEvent;

/// <summary>Back in stock.</summary>
public sealed record FuelReturned(
    string Allocation,
    decimal Litres,
    string Reason,
    string By,
    Instant At
) : FuelDepotEvent;

/// <param name="Delivered">Litres that the witness saw arrive.</param>
/// <param name="Lost">The rest of the allocation: it has a name, and a reason.</param>
/// <param name="Witness">Organisation of the witness; neither the depot's nor the carrier's.</param>
public sealed record FuelDelivered(
    string Allocation,
    decimal Delivered,
    decimal Lost,
    string LossReason,
    string Proof,
    string Witness,
    Origin Origin,
    string By,
    Instant At
) : FuelDepotEvent;

public sealed record AllocationCancelled(string Allocation, string Reason, string By, Instant At)
    : FuelDepotEvent;

/// <summary>Not picked up in time: its litres are free again. Comes by itself.</summary>
public sealed record AllocationExpired(string Allocation, Instant At) : FuelDepotEvent;

/// <summary>On the road past its time. Its litres are not free: nobody knows where they are. Comes by itself.</summary>
public sealed record FuelDeliveryOverdue(string Allocation, Instant At) : FuelDepotEvent;

public sealed record DepotClosed(string Reason, string By, Instant At) : FuelDepotEvent;
