using NodaTime;

namespace Breakwater.Decisions.Fuel;

/// <summary>The state of a depot after each of its events.</summary>
internal static class FuelDepotFold
{
    public static FuelDepot Opened(DepotOpened opened) =>
        new()
        {
            Id = opened.Id,
            Parent = opened.Parent,
            Name = opened.Name,
            Fuel = opened.Fuel,
            Area = opened.Area,
            Position = opened.Position,
            Organisation = opened.Organisation,
            Origin = opened.Origin,
            Marking = opened.Marking,
        };

    public static FuelDepot Next(FuelDepot before, FuelDepotEvent happened) =>
        happened switch
        {
            FuelReceived received => before with
            {
                Received = before.Received + received.Litres,
                Free = before.Free + received.Litres,
            },
            FuelStockCorrected corrected => before with
            {
                Corrected = before.Corrected + corrected.Difference,
                Free = before.Free + corrected.Difference,
            },
            FuelAllocated allocated => Allocated(before, allocated),
            FuelDispatched dispatched => With(
                before,
                dispatched.Allocation,
                allocation => allocation with { State = AllocationState.OnTheRoad }
            ),
            FuelDeliveryOverdue overdue => With(
                before,
                overdue.Allocation,
                allocation => allocation with { IsOverdue = true }
            ),
            FuelReturned returned => Returned(before, returned),
            FuelDelivered delivered => Delivered(before, delivered),
            AllocationCancelled cancelled => Freed(
                before,
                cancelled.Allocation,
                AllocationState.Cancelled,
                cancelled.Reason,
                cancelled.At
            ),
            AllocationExpired expired => Freed(
                before,
                expired.Allocation,
                AllocationState.Expired,
                "not picked up in time",
                expired.At
            ),
            DepotClosed closed => before with { ClosedAt = closed.At },
            _ => throw new InvalidOperationException($"a depot knows no {happened.GetType().Name}"),
        };

    private static FuelDepot Allocated(FuelDepot before, FuelAllocated allocated) =>
        before with
        {
            Free = before.Free - allocated.Litres,
            Allocations =
            [
                new FuelAllocation(
                    allocated.Allocation,
                    allocated.Request,
                    allocated.Site,
                    allocated.Litres,
                    allocated.Litres,
                    0,
                    0,
                    allocated.Carrier,
                    allocated.ExpiresAt,
                    AllocationState.Reserved,
                    false,
                    "",
                    allocated.At,
                    null
                ),
                .. before.Allocations,
            ],
        };

    private static FuelDepot Returned(FuelDepot before, FuelReturned returned)
    {
        FuelDepot after = With(
            before,
            returned.Allocation,
            allocation =>
                allocation with
                {
                    Litres = allocation.Litres - returned.Litres,
                    State =
                        allocation.Litres == returned.Litres
                            ? AllocationState.Returned
                            : allocation.State,
                    Reason = returned.Reason,
                    EndedAt = allocation.Litres == returned.Litres ? returned.At : null,
                }
        );
        return after with { Free = before.Free + returned.Litres };
    }

    private static FuelDepot Delivered(FuelDepot before, FuelDelivered delivered)
    {
        FuelDepot after = With(
            before,
            delivered.Allocation,
            allocation =>
                allocation with
                {
                    Litres = 0,
                    Delivered = delivered.Delivered,
                    Lost = delivered.Lost,
                    State = AllocationState.Delivered,
                    Reason = delivered.LossReason,
                    EndedAt = delivered.At,
                }
        );
        return after with
        {
            Delivered = before.Delivered + delivered.Delivered,
            Lost = before.Lost + delivered.Lost,
        };
    }

    private static FuelDepot Freed(
        FuelDepot before,
        string id,
        AllocationState state,
        string reason,
        Instant at
    )
    {
        FuelDepot after = With(
            before,
            id,
            allocation =>
                allocation with
                {
                    Litres = 0,
                    State = state,
                    Reason = reason,
                    EndedAt = at,
                }
        );
        return after with { Free = before.Free + (before.Allocation(id)?.Litres ?? 0) };
    }

    private static FuelDepot With(
        FuelDepot before,
        string id,
        Func<FuelAllocation, FuelAllocation> change
    )
    {
        FuelAllocation[] all =
        [
            .. before.Allocations.Select(allocation =>
                allocation.Id == id ? change(allocation) : allocation
            ),
        ];
        return before with
        {
            Allocations =
            [
                .. all.Where(allocation => allocation.IsOpen),
                .. all.Where(allocation => !allocation.IsOpen)
                    .OrderByDescending(allocation => allocation.EndedAt)
                    .ThenBy(allocation => allocation.Id, StringComparer.Ordinal)
                    .Take(FuelDepot.EndedMax),
            ],
        };
    }
}
