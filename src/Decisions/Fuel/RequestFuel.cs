using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Fuel;

/// <summary>Asks for litres for one site, by a day, with a reason.</summary>
public sealed record RequestFuel(
    string Id,
    string? Parent,
    string Site,
    Place Area,
    decimal Litres,
    Instant NeededBy,
    string Reason,
    Origin Origin,
    Marking Marking
)
{
    public static Decided<FuelRequestEvent> Decide(
        FuelRequest? state,
        RequestFuel command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("this request was made already"))
            ?? Wanting.Name("the id", command.Id)
            ?? (command.Parent is null ? null : Wanting.Name("the response", command.Parent))
            ?? Wanting.Name("the site", command.Site)
            ?? Wanting.Area(command.Area)
            ?? FuelRules.Litres("what is needed", command.Litres)
            ?? Wanting.Future("the day it is needed by", command.NeededBy, now)
            ?? Wanting.Text("the reason", command.Reason)
            ?? Wanting.Known("the origin", command.Origin)
            ?? Wanting.Marking(command.Marking);
        return no is not null
            ? no
            : new FuelRequested(
                command.Id,
                command.Parent,
                command.Site,
                command.Area,
                command.Litres,
                command.NeededBy,
                command.Reason,
                command.Origin,
                command.Marking,
                by.Organisation,
                by.Person,
                now
            );
    }
}

/// <summary>Takes over into the request how its allocation stands at the depot. It follows every event there, in one write.</summary>
public sealed record FollowAllocation(string Allocation)
{
    /// <param name="depot">The depot as it is after the event.</param>
    public static Decided<FuelRequestEvent> Decide(
        FuelRequest? state,
        FollowAllocation command,
        FuelDepot depot,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(depot);
        if (state is null)
        {
            return Refusal.WrongState("there is no such request");
        }

        if (
            command.Allocation is null
            || depot.Allocation(command.Allocation) is not { } allocation
            || allocation.Request != state.Id
            || allocation.Site != state.Site
        )
        {
            return Refusal.Invalid("the depot has no such allocation for this request and site");
        }

        var followed = new FollowedAllocation(
            depot.Id,
            allocation.Id,
            allocation.State,
            allocation.Litres,
            allocation.Delivered
        );
        return state.Allocations.Any(other => other with { At = null } == followed)
                ? Decided<FuelRequestEvent>.Nothing
            : state.Allocations.Count(other => other.Allocation != followed.Allocation)
            >= Wanting.ListMax
                ? Refusal.TooMuch($"a request has at most {Wanting.ListMax} allocations")
            : new FuelRequestFollowed(
                followed.Depot,
                followed.Allocation,
                followed.State,
                followed.Litres,
                followed.Delivered,
                now
            );
    }
}

/// <summary>Ends a request, whether or not all of it came.</summary>
public sealed record CloseFuelRequest(string Reason)
{
    public static Decided<FuelRequestEvent> Decide(
        FuelRequest? state,
        CloseFuelRequest command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            state is null ? Refusal.WrongState("there is no such request")
            : state.ClosedAt is not null ? Refusal.WrongState("the request is closed")
            : Wanting.Text("the reason", command.Reason);
        return no is not null ? no : new FuelRequestClosed(command.Reason, by.Person, now);
    }
}
