using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Fuel;

/// <summary>Opens the book of a depot, kept by the organisation of who opens it. It begins empty.</summary>
/// <param name="Fuel">Diesel, petrol, gas: one kind for each depot.</param>
/// <param name="Position">Exact, sealed; null when it is not kept.</param>
public sealed record OpenDepot(
    string Id,
    string? Parent,
    string Name,
    string Fuel,
    Place Area,
    SealedField? Position,
    Origin Origin,
    Marking Marking
)
{
    public static Decided<FuelDepotEvent> Decide(
        FuelDepot? state,
        OpenDepot command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("this depot is open already"))
            ?? (
                by.Organisation is null
                    ? Refusal.NotAllowed("a depot is kept by an organisation")
                    : null
            )
            ?? Wanting.Name("the id", command.Id)
            ?? (command.Parent is null ? null : Wanting.Name("the response", command.Parent))
            ?? Wanting.Name("the name", command.Name)
            ?? Wanting.Name("the kind of fuel", command.Fuel)
            ?? Wanting.Area(command.Area)
            ?? (command.Position is null ? null : Wanting.Sealed("the position", command.Position))
            ?? Wanting.Known("the origin", command.Origin)
            ?? Wanting.Marking(command.Marking);
        return no is not null
            ? no
            : new DepotOpened(
                command.Id,
                command.Parent,
                command.Name,
                command.Fuel,
                command.Area,
                command.Position,
                by.Organisation!,
                command.Origin,
                command.Marking,
                by.Person,
                now
            );
    }
}

/// <summary>Books fuel in, with what shows it.</summary>
public sealed record ReceiveFuel(decimal Litres, string From, string Proof, Origin Origin)
{
    public static Decided<FuelDepotEvent> Decide(
        FuelDepot? state,
        ReceiveFuel command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            FuelRules.Keeper(state, by)
            ?? FuelRules.Litres("what was received", command.Litres)
            ?? Wanting.Name("from whom", command.From)
            ?? Wanting.Text("the proof", command.Proof)
            ?? Wanting.Known("the origin", command.Origin)
            ?? (
                state!.Received + command.Litres > FuelRules.DepotMax
                    ? Refusal.TooMuch("the book of this depot is full; open another")
                    : null
            );
        return no is not null
            ? no
            : new FuelReceived(
                command.Litres,
                command.From,
                command.Proof,
                command.Origin,
                by.Person,
                now
            );
    }
}

/// <summary>Puts the book right after the tank was measured. What is set aside is not touched.</summary>
/// <param name="Difference">Litres found beyond the book; below zero for litres missing.</param>
public sealed record CorrectFuelStock(decimal Difference, string Reason, Origin Origin)
{
    public static Decided<FuelDepotEvent> Decide(
        FuelDepot? state,
        CorrectFuelStock command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            FuelRules.Keeper(state, by)
            ?? FuelRules.Litres("the difference", Math.Abs(command.Difference))
            ?? Wanting.Text("the reason", command.Reason)
            ?? Wanting.Known("the origin", command.Origin)
            ?? WhyNot(state!, command.Difference);
        return no is not null
            ? no
            : new FuelStockCorrected(
                command.Difference,
                command.Reason,
                command.Origin,
                by.Person,
                now
            );
    }

    private static Refusal? WhyNot(FuelDepot state, decimal difference) =>
        state.Free + difference < 0
            ? Refusal.WrongState(
                $"only {state.Free} litres are free; cancel allocations first, so that nothing is promised that is not there"
            )
        : Math.Abs(state.Corrected + difference) > FuelRules.DepotMax
            ? Refusal.TooMuch("the book of this depot is full; open another")
        : null;
}

/// <summary>Closes the book. Nothing may be set aside or on the road.</summary>
public sealed record CloseDepot(string Reason)
{
    public static Decided<FuelDepotEvent> Decide(
        FuelDepot? state,
        CloseDepot command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            FuelRules.Keeper(state, by)
            ?? Wanting.Text("the reason", command.Reason)
            ?? (
                state!.Allocations.Any(allocation => allocation.IsOpen)
                    ? Refusal.WrongState("allocations are open; end them first")
                    : null
            );
        return no is not null ? no : new DepotClosed(command.Reason, by.Person, now);
    }
}
