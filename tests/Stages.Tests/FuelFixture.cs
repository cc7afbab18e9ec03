using Breakwater.Decisions.Fuel;
using Breakwater.Vocabulary;
using static Breakwater.Stages.Tests.MissionsFixture;

namespace Breakwater.Stages.Tests;

internal static class FuelFixture
{
    public static readonly Participant Keeper = Of("keeper", "depot-keeper");

    public static readonly Participant Carrier = Of("driver", "carrier");

    public static readonly Participant Witness = Of("witness", "hospital");

    public static Life<FuelDepot, FuelDepotEvent> NewDepot() =>
        new(FuelDepot.Apply, state => state.DueAt, FuelDepot.Elapse);

    public static Life<FuelDepot, FuelDepotEvent> Depot(decimal litres)
    {
        Life<FuelDepot, FuelDepotEvent> life = NewDepot()
            .Do(state =>
                OpenDepot.Decide(
                    state,
                    new(
                        "d1",
                        "response/r1",
                        "a yard",
                        "diesel",
                        Region,
                        Box(),
                        Origin.Reported,
                        Partners
                    ),
                    Keeper,
                    Noon
                )
            );
        return litres == 0 ? life : life.Do(state => Receive(state, litres));
    }

    public static Decided<FuelDepotEvent> Receive(FuelDepot? state, decimal litres) =>
        ReceiveFuel.Decide(
            state,
            new(litres, "a supplier", "delivery note 7", Origin.Reported),
            Keeper,
            Noon
        );

    public static Decided<FuelDepotEvent> Allocate(
        FuelDepot? state,
        decimal litres,
        string id = "a1"
    ) =>
        AllocateFuel.Decide(
            state,
            new(id, "q1", "site-1", litres, "carrier", In(24)) { Asked = Hospital },
            Keeper,
            Noon
        );

    /// <summary>Of 500 litres, so many are on the road to the site.</summary>
    public static Life<FuelDepot, FuelDepotEvent> OnTheRoad(decimal litres) =>
        Depot(500)
            .Do(state => Allocate(state, litres))
            .Do(state => DispatchFuel.Decide(state, new("a1"), Keeper, In(1)));

    public static Decided<FuelDepotEvent> Deliver(
        FuelDepot? state,
        decimal litres,
        string loss = "",
        Participant? by = null
    ) =>
        ProveDelivery.Decide(
            state,
            new("a1", litres, loss, "gauge read before and after", Origin.Measured),
            by ?? Witness,
            In(5)
        );

    /// <summary>What the allocations answer.</summary>
    public static FuelRequest Hospital { get; } = Requested(1_000).Now;

    public static Life<FuelRequest, FuelRequestEvent> NewRequest() =>
        new(FuelRequest.Apply, state => state.DueAt, FuelRequest.Elapse);

    public static Life<FuelRequest, FuelRequestEvent> Requested(
        decimal litres,
        string id = "q1",
        string site = "site-1"
    ) =>
        NewRequest()
            .Do(state =>
                RequestFuel.Decide(
                    state,
                    new(
                        id,
                        "response/r1",
                        site,
                        Region,
                        litres,
                        In(30),
                        "the exchange of a hospital",
                        Origin.Reported,
                        Partners
                    ),
                    Witness,
                    Noon
                )
            );

    public static Site SiteOf(
        string id,
        double? battery,
        double? litres,
        double? burn,
        long? people = 1_000
    ) =>
        new(
            id,
            Region,
            null,
            battery,
            litres,
            burn,
            people is { } known ? CountRange.Exactly(known) : null,
            "a survey",
            Origin.Reported,
            Partners
        );

    /// <summary>Received + corrected = free + allocated + delivered + lost.</summary>
    public static bool IsConserved(FuelDepot state) =>
        state.Received + state.Corrected
        == state.Free + state.Allocated + state.Delivered + state.Lost;
}
