using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Fuel;

/// <summary>What must hold before anything is done with fuel.</summary>
internal static class FuelRules
{
    /// <summary>Litres in one command.</summary>
    public const decimal LitresMax = 10_000_000;

    /// <summary>Litres ever received or corrected at one depot: sums of millilitres stay exact in JSON's numbers.</summary>
    public const decimal DepotMax = 1_000_000_000;

    public static Refusal? Depot(FuelDepot? state) =>
        state is null ? Refusal.WrongState("there is no such depot")
        : state.ClosedAt is not null ? Refusal.WrongState("the depot is closed")
        : null;

    /// <summary>Only who keeps a depot books its fuel.</summary>
    public static Refusal? Keeper(FuelDepot? state, Participant by) =>
        Depot(state)
        ?? (
            by.Organisation is { } own && own == state!.Organisation
                ? null
                : Refusal.NotAllowed("only the organisation that keeps the depot may do this")
        );

    public static Refusal? Open(FuelDepot state, string? allocation) =>
        Wanting.Name("the allocation", allocation)
        ?? (
            state.Allocation(allocation!) switch
            {
                null => Refusal.WrongState("the depot knows no such allocation"),
                { IsOpen: false } ended => Refusal.WrongState(
                    $"the allocation has ended: {ended.State}"
                ),
                _ => null,
            }
        );

    public static Refusal? Litres(string what, decimal litres, decimal least = 0.001m) =>
        litres < least || litres > LitresMax
            ? Refusal.Invalid($"{what} must be from {least} to {LitresMax} litres")
        : decimal.Round(litres, 3) != litres ? Refusal.Invalid($"{what} is finer than a millilitre")
        : null;
}
