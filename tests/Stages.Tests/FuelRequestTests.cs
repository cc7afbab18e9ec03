using Breakwater.Decisions.Fuel;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.FuelFixture;
using static Breakwater.Stages.Tests.MissionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Litres that a site asks for: allocated is not delivered.</summary>
public sealed class FuelRequestTests
{
    [Fact]
    public void A_request_is_delivered_when_witnesses_saw_enough_arrive_and_not_before()
    {
        Life<FuelRequest, FuelRequestEvent> request = Requested(200);
        Assert.Equal("requested", request.Now.Standing);
        Life<FuelDepot, FuelDepotEvent> depot = Depot(500).Do(state => Allocate(state, 200));
        Follow(request, depot.Now);
        Assert.Equal("allocated", request.Now.Standing);
        depot.Do(state => DispatchFuel.Decide(state, new("a1"), Keeper, In(1)));
        Follow(request, depot.Now);
        Assert.Equal("allocated", request.Now.Standing);
        depot.Do(state => Deliver(state, 150, "spilt"));
        Follow(request, depot.Now);
        Assert.Equal(("partly-allocated", 150m), (request.Now.Standing, request.Now.Delivered));
        depot
            .Do(state => Allocate(state, 50, "a2"))
            .Do(state => DispatchFuel.Decide(state, new("a2"), Keeper, In(1)))
            .Do(state =>
                ProveDelivery.Decide(
                    state,
                    new("a2", 50, "", "gauge", Origin.Measured),
                    Witness,
                    In(6)
                )
            );
        Follow(request, depot.Now, "a2");
        Assert.Equal(("delivered", null), (request.Now.Standing, request.Now.DueAt));
    }

    [Fact]
    public void An_allocation_that_expires_leaves_the_request_open_again()
    {
        Life<FuelRequest, FuelRequestEvent> request = Requested(200);
        Life<FuelDepot, FuelDepotEvent> depot = Depot(500).Do(state => Allocate(state, 200));
        Follow(request, depot.Now);
        Follow(request, depot.Elapse(In(25)).Now);
        Assert.Equal(("requested", 0m), (request.Now.Standing, request.Now.Allocated));
    }

    [Fact]
    public void Following_the_same_state_twice_is_nothing_to_do()
    {
        Life<FuelRequest, FuelRequestEvent> request = Requested(200);
        FuelDepot depot = Depot(500).Do(state => Allocate(state, 200)).Now;
        Follow(request, depot);
        int events = request.Events.Count;
        Follow(request, depot);
        Assert.Equal(events, request.Events.Count);
    }

    [Fact]
    public void A_request_follows_no_allocation_of_another_request()
    {
        FuelDepot depot = Depot(500).Do(state => Allocate(state, 200)).Now;
        Assert.NotNull(
            Requested(200, "q2")
                .Try(state => FollowAllocation.Decide(state, new("a1"), depot, Noon))
        );
    }

    [Fact]
    public void A_need_does_not_pass_with_its_day()
    {
        Life<FuelRequest, FuelRequestEvent> request = Requested(200);
        Assert.Equal(In(30), request.Now.DueAt);
        request.Elapse(In(31));
        Assert.Equal(("overdue", null), (request.Now.Standing, request.Now.DueAt));
        request.Do(state => CloseFuelRequest.Decide(state, new("mains are back"), Witness, In(40)));
        Assert.Equal("closed", request.Now.Standing);
    }

    [Fact]
    public void Any_commands_in_any_order_never_throw() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[-50, 500], Gen.Int[0, 5])
            .Array[0, 30]
            .Sample(steps =>
            {
                Life<FuelRequest, FuelRequestEvent> life = NewRequest();
                FuelDepot depot = Depot(500).Do(state => Allocate(state, 200)).Now;
                foreach ((int what, int hours, int which) in steps)
                {
                    string text = ((string?[])["q1", "", null, "\0", "site-1", "x"])[which]!;
                    life.Try(state =>
                        what switch
                        {
                            0 => RequestFuel.Decide(
                                state,
                                new(
                                    "q1",
                                    text,
                                    "site-1",
                                    Region,
                                    which * 100,
                                    which == 5 ? Instant.MaxValue : In(hours + which),
                                    "need",
                                    Origin.Reported,
                                    Partners
                                ),
                                Witness,
                                In(hours)
                            ),
                            1 => RequestFuel.Decide(
                                state,
                                new(
                                    "q1",
                                    null,
                                    "site-1",
                                    Region,
                                    100,
                                    In(hours + 10),
                                    "need",
                                    Origin.Reported,
                                    Partners
                                ),
                                Witness,
                                In(hours)
                            ),
                            2 or 3 => FollowAllocation.Decide(
                                state,
                                new(what == 2 ? "a1" : text),
                                depot,
                                In(hours)
                            ),
                            _ => CloseFuelRequest.Decide(state, new(text), Witness, In(hours)),
                        }
                    );
                    life.Elapse(In(hours));
                }
            });

    private static void Follow(
        Life<FuelRequest, FuelRequestEvent> request,
        FuelDepot depot,
        string allocation = "a1"
    ) => request.Do(state => FollowAllocation.Decide(state, new(allocation), depot, In(7)));
}
