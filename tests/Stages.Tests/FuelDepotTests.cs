using Breakwater.Decisions.Fuel;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.FuelFixture;
using static Breakwater.Stages.Tests.MissionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>INV-12: an allocation never exceeds the stock, and no litre is in two places or in none.</summary>
public sealed class FuelDepotTests
{
    [Fact]
    public void INV_12_An_allocation_never_exceeds_what_is_free()
    {
        Life<FuelDepot, FuelDepotEvent> life = Depot(100);
        Assert.NotNull(life.Try(state => Allocate(state, 100.001m)));
        life.Do(state => Allocate(state, 60));
        Assert.Equal(RefusalKind.WrongState, life.Try(state => Allocate(state, 40.5m, "a2"))?.Kind);
        life.Do(state => Allocate(state, 40, "a3"));
        Assert.Equal(
            (0m, 100m, "nothing-free"),
            (life.Now.Free, life.Now.Allocated, life.Now.Standing)
        );
    }

    [Fact]
    public void INV_12_Two_hands_that_read_the_same_stock_cannot_both_take_it()
    {
        Life<FuelDepot, FuelDepotEvent> life = Depot(100);
        FuelDepot seenByBoth = life.Now;
        Assert.Null(Allocate(seenByBoth, 80, "a1").Refusal);
        Assert.Null(Allocate(seenByBoth, 80, "a2").Refusal);
        life.Do(state => Allocate(state, 80, "a1"));
        // The second write finds another version, loads again, and decides on what is there now.
        Assert.NotNull(life.Try(state => Allocate(state, 80, "a2")));
    }

    [Fact]
    public void INV_12_Any_interleaving_of_commands_conserves_every_litre_and_never_oversells()
    {
        var reached = new Reached<FuelDepotEvent>();
        Gen.Select(Gen.Int[0, 15], Gen.Int[-3, 8], Gen.Int[0, 9], Gen.Int[0, 5])
            .Array[0, 80]
            .Sample(
                steps =>
                {
                    Life<FuelDepot, FuelDepotEvent> life = NewDepot();
                    int hour = 0;
                    foreach ((int what, int hours, int litres, int which) in steps)
                    {
                        hour += hours;
                        life.Try(state => Step(state, what, In(hour), litres, which));
                        if (life.State is not null)
                        {
                            AssertSound(life.Now);
                            life.Elapse(In(hour));
                            AssertSound(life.Now);
                        }
                    }

                    reached.Add(life.Events);
                },
                iter: 2_000
            );
        reached.AssertAll();
    }

    [Fact]
    public void What_is_not_picked_up_in_time_is_free_again_by_itself()
    {
        Life<FuelDepot, FuelDepotEvent> life = Depot(500).Do(state => Allocate(state, 200));
        Assert.Equal(In(24), life.Now.DueAt);
        life.Elapse(In(23.9));
        Assert.Equal(300, life.Now.Free);
        life.Elapse(In(30));
        Assert.Equal((500m, 0m, null), (life.Now.Free, life.Now.Allocated, life.Now.DueAt));
        Assert.Equal(In(24), life.Events.OfType<AllocationExpired>().Single().At);
    }

    [Fact]
    public void What_is_on_the_road_too_long_is_overdue_and_never_free_again_by_itself()
    {
        Life<FuelDepot, FuelDepotEvent> life = OnTheRoad(200);
        life.Elapse(In(24));
        Assert.Equal((300m, 200m), (life.Now.Free, life.Now.Allocated));
        Assert.Equal(("overdue", null), (life.Now.Standing, life.Now.DueAt));
    }

    [Fact]
    public void A_delivery_is_witnessed_by_neither_the_keeper_nor_the_carrier()
    {
        foreach (Participant by in (Participant[])[Keeper, Carrier, Safety])
        {
            Assert.Equal(
                RefusalKind.NotAllowed,
                OnTheRoad(200).Try(state => Deliver(state, 200, by: by))?.Kind
            );
        }

        Life<FuelDepot, FuelDepotEvent> life = OnTheRoad(200).Do(state => Deliver(state, 200));
        Assert.Equal((200m, 0m, 0m), (life.Now.Delivered, life.Now.Lost, life.Now.Allocated));
        Assert.Equal("hospital", life.Events.OfType<FuelDelivered>().Single().Witness);
    }

    [Fact]
    public void What_did_not_arrive_is_named_as_a_loss_with_its_reason()
    {
        Life<FuelDepot, FuelDepotEvent> life = OnTheRoad(200);
        Assert.Contains("20 litres are lost", life.Try(state => Deliver(state, 180))!.Reason);
        life.Do(state => Deliver(state, 180, "taken at a checkpoint"));
        Assert.Equal((180m, 20m), (life.Now.Delivered, life.Now.Lost));
        Assert.Equal("taken at a checkpoint", life.Now.Allocation("a1")!.Reason);
    }

    [Fact]
    public void No_more_arrives_than_was_sent() =>
        Assert.NotNull(OnTheRoad(200).Try(state => Deliver(state, 200.001m)));

    [Fact]
    public void Fuel_comes_back_in_parts_and_what_remains_is_delivered_or_lost()
    {
        Life<FuelDepot, FuelDepotEvent> life = OnTheRoad(200)
            .Do(state => ReturnFuel.Decide(state, new("a1", 50, "tank full"), Keeper, In(4)));
        Assert.Equal((350m, 150m), (life.Now.Free, life.Now.Allocated));
        Assert.NotNull(
            life.Try(state => ReturnFuel.Decide(state, new("a1", 151, "x"), Keeper, In(4)))
        );
        life.Do(state => Deliver(state, 150));
        Assert.Equal((150m, 0m), (life.Now.Delivered, life.Now.Lost));
    }

    [Fact]
    public void Fuel_on_the_road_is_not_cancelled_and_what_never_left_is_neither_returned_nor_delivered()
    {
        Assert.NotNull(
            OnTheRoad(200)
                .Try(state => CancelAllocation.Decide(state, new("a1", "no need"), Keeper, In(2)))
        );
        Life<FuelDepot, FuelDepotEvent> life = Depot(500).Do(state => Allocate(state, 200));
        Assert.NotNull(
            life.Try(state => ReturnFuel.Decide(state, new("a1", 10, "x"), Keeper, In(2)))
        );
        Assert.NotNull(life.Try(state => Deliver(state, 200)));
        life.Do(state => CancelAllocation.Decide(state, new("a1", "no need"), Keeper, In(2)));
        Assert.Equal(500, life.Now.Free);
    }

    [Fact]
    public void A_correction_has_a_reason_and_never_takes_what_is_promised()
    {
        Life<FuelDepot, FuelDepotEvent> life = Depot(500).Do(state => Allocate(state, 400));
        Assert.NotNull(life.Try(state => Correct(state, -10, "")));
        Assert.Equal(
            RefusalKind.WrongState,
            life.Try(state => Correct(state, -100.5m, "leak"))?.Kind
        );
        life.Do(state => Correct(state, -100, "leak")).Do(state => Correct(state, 5, "found"));
        Assert.Equal((5m, -95m), (life.Now.Free, life.Now.Corrected));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.0001)]
    [InlineData(10_000_000.001)]
    public void Litres_are_more_than_nothing_at_most_ten_million_and_whole_millilitres(
        double litres
    ) => Assert.NotNull(Depot(100).Try(state => Receive(state, (decimal)litres)));

    [Fact]
    public void Only_its_keeper_books_a_depots_fuel()
    {
        Assert.Equal(
            RefusalKind.NotAllowed,
            Depot(100)
                .Try(state =>
                    ReceiveFuel.Decide(state, new(5, "x", "y", Origin.Reported), Stranger, Noon)
                )
                ?.Kind
        );
        Assert.Equal(
            RefusalKind.NotAllowed,
            Depot(100)
                .Try(state =>
                    AllocateFuel.Decide(
                        state,
                        new("a1", "q1", "site-1", 5, "carrier", In(5)) { Asked = Hospital },
                        Witness,
                        Noon
                    )
                )
                ?.Kind
        );
    }

    [Fact]
    public void Litres_are_set_aside_only_for_an_open_request_and_its_own_site()
    {
        string? Reason(FuelRequest? asked, string request = "q1", string site = "site-1") =>
            Depot(100)
                .Try(state =>
                    AllocateFuel.Decide(
                        state,
                        new("a1", request, site, 5, "carrier", In(5)) { Asked = asked },
                        Keeper,
                        Noon
                    )
                )
                ?.Reason;
        Assert.Null(Reason(Hospital));
        Assert.Equal("there is no such request", Reason(null));
        Assert.Equal("there is no such request", Reason(Hospital, "q2"));
        Assert.Equal(
            "the request is closed",
            Reason(Hospital with { ClosedAt = Noon, ClosingReason = "enough came" })
        );
        Assert.Equal(
            "the request is for the site site-1; name that, or another request",
            Reason(Hospital, site: "site-2")
        );
    }

    [Fact]
    public void A_depot_with_fuel_on_the_road_is_not_closed() =>
        Assert.NotNull(
            OnTheRoad(10).Try(state => CloseDepot.Decide(state, new("moved"), Keeper, In(2)))
        );

    [Fact]
    public void A_depot_shows_its_open_allocations_and_a_stated_number_of_ended_ones()
    {
        Life<FuelDepot, FuelDepotEvent> life = Depot(500);
        for (int i = 0; i < FuelDepot.EndedMax + 20; i++)
        {
            string id = $"a{i}";
            Instant at = In(1) + Duration.FromSeconds(i);
            life.Do(state => Allocate(state, 1, id));
            life.Do(state => CancelAllocation.Decide(state, new(id, "no need"), Keeper, at));
        }

        life.Do(state => Allocate(state, 7, "open"));
        Assert.Equal(FuelDepot.EndedMax + 1, life.Now.Allocations.Count);
        Assert.Equal("open", life.Now.Allocations[0].Id);
        Assert.Null(life.Now.Allocation("a0"));
    }

    private static void AssertSound(FuelDepot state)
    {
        Assert.True(IsConserved(state));
        Assert.True(state.Free >= 0);
        Assert.True(state.Allocated >= 0);
        Assert.True(state.Allocated <= state.Received + state.Corrected);
        Assert.All(
            state.Allocations,
            allocation =>
                Assert.True(allocation.IsOpen ? allocation.Litres > 0 : allocation.Litres == 0)
        );
    }

    private static Decided<FuelDepotEvent> Correct(
        FuelDepot? state,
        decimal difference,
        string reason
    ) => CorrectFuelStock.Decide(state, new(difference, reason, Origin.Measured), Keeper, In(3));

    private static readonly decimal[] _litres =
    [
        0,
        0.1m,
        1,
        33.333m,
        100,
        250,
        -5,
        10_000_000,
        decimal.MaxValue,
        decimal.MinValue,
    ];

    private static Decided<FuelDepotEvent> Step(
        FuelDepot? state,
        int what,
        Instant now,
        int size,
        int which
    )
    {
        decimal litres = _litres[size];
        string id = which == 5 ? null! : $"a{which}";
        Participant by = which == 4 ? Stranger : Keeper;
        return what switch
        {
            0 or 1 => OpenDepot.Decide(
                state,
                new(
                    "d1",
                    null,
                    "yard",
                    "diesel",
                    which == 3 ? null! : Region,
                    null,
                    Origin.Reported,
                    Partners
                ),
                by,
                now
            ),
            2 or 3 => ReceiveFuel.Decide(state, new(litres, "x", "y", Origin.Measured), by, now),
            4 => CorrectFuelStock.Decide(state, new(litres, "dip", Origin.Measured), by, now),
            5 => CorrectFuelStock.Decide(
                state,
                new(size == 9 ? 0 : -litres, "dip", Origin.Measured),
                by,
                now
            ),
            6 or 7 => AllocateFuel.Decide(
                state,
                new(id, "q1", "site-1", litres, "carrier", now + Duration.FromHours(size * 9))
                {
                    Asked = Hospital,
                },
                by,
                now
            ),
            8 => CancelAllocation.Decide(state, new(id, "no need"), by, now),
            9 or 10 => DispatchFuel.Decide(state, new(id), by, now),
            11 => ReturnFuel.Decide(state, new(id, litres, "back"), by, now),
            12 => ProveDelivery.Decide(
                state,
                new(id, litres, which == 1 ? null! : "stolen", "gauge", Origin.Measured),
                Witness,
                now
            ),
            13 => ReturnFuel.Decide(state, new(id, OnTheRoadOf(state, id) / 2, "back"), by, now),
            14 => ProveDelivery.Decide(
                state,
                new(
                    id,
                    OnTheRoadOf(state, id) / (1 + (size % 3)),
                    "stolen",
                    "gauge",
                    Origin.Measured
                ),
                Witness,
                now
            ),
            _ => size == 0
                ? CloseDepot.Decide(state, new("over"), by, now)
                : Decided<FuelDepotEvent>.Nothing,
        };
    }

    private static decimal OnTheRoadOf(FuelDepot? state, string? id) =>
        id is null ? 0 : decimal.Round(state?.Allocation(id)?.Litres ?? 0, 2);
}
