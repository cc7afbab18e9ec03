using Breakwater.Decisions.Fuel;
using Breakwater.Needs;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;
using static Breakwater.Stages.Tests.FuelFixture;
using static Breakwater.Stages.Tests.MissionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>INV-12: battery hours plus litres divided by burn, the order explicit, and the unknown never nothing.</summary>
public sealed class FuelForecastTests
{
    [Fact]
    public void INV_12_Time_to_dark_is_battery_hours_plus_litres_divided_by_burn_rate()
    {
        SiteRunway site = Assert.Single(Forecast([SiteOf("a", 8, 120, 6)]));
        Assert.Equal((28, 28), (site.HoursAtLeast, site.HoursAtMost));
        Assert.Equal((In(28), In(28)), (site.DarkEarliest, site.DarkLatest));
        Assert.Equal("8 h battery + 120 l ÷ 6 l/h = 28 h", site.Sum);
    }

    [Fact]
    public void INV_12_The_order_of_going_dark_is_explicit_and_the_same_as_that_of_needs() =>
        Gen.Select(Gen.Double[0, 50], Gen.Double[0, 900], Gen.Double[0.5, 20])
            .Array[1, 12]
            .Sample(powers =>
            {
                Site[] sites =
                [
                    .. powers.Select(
                        (power, i) => SiteOf($"s{i:00}", power.Item1, power.Item2, power.Item3)
                    ),
                ];
                Assert.Equal(
                    TimeToDarkOf
                        .Sites(sites, Noon)
                        .Select(site => (site.SiteId, site.Order, site.Hours, site.DarkAt)),
                    Forecast(sites)
                        .Select(site => (site.Site, site.Order, site.HoursAtLeast, site.DarkLatest))
                );
            });

    [Theory]
    [InlineData(8d, null, 5d, 8d)]
    [InlineData(null, 100d, 5d, 20d)]
    [InlineData(8d, 100d, null, 8d)]
    [InlineData(null, null, 5d, null)]
    [InlineData(0d, null, 5d, null)]
    [InlineData(null, 100d, null, null)]
    [InlineData(double.NaN, -3d, double.PositiveInfinity, null)]
    public void INV_12_What_is_unknown_makes_a_range_with_an_open_end_and_never_zero(
        double? battery,
        double? litres,
        double? burn,
        double? atLeast
    )
    {
        SiteRunway site = Assert.Single(Forecast([SiteOf("a", battery, litres, burn)]));
        Assert.Equal(atLeast, site.HoursAtLeast);
        Assert.Null(site.HoursAtMost);
        Assert.Null(site.DarkLatest);
        Assert.Equal(atLeast is null ? null : 1, site.Order);
        Assert.StartsWith("unknown: ", site.Sum, StringComparison.Ordinal);
    }

    [Fact]
    public void INV_12_Bounds_close_the_range_of_what_is_unknown()
    {
        SiteRunway site = Assert.Single(
            FuelForecast.From(
                [SiteOf("a", 8, null, null)],
                [new("a", null, new(20, 200), new(2, 5))],
                [],
                Noon
            )
        );
        Assert.Equal((8 + 4, 8 + 100), (site.HoursAtLeast, site.HoursAtMost));
    }

    [Fact]
    public void A_site_that_is_known_to_have_nothing_is_dark_now() =>
        Assert.Equal(0, Assert.Single(Forecast([SiteOf("a", 0, 0, null)])).HoursAtLeast);

    [Fact]
    public void A_delivery_in_time_moves_the_dark_and_one_too_late_does_not()
    {
        Site site = SiteOf("a", 2, 10, 5);
        SiteRunway inTime = Assert.Single(Forecast([site], new SiteDelivery("a", 50, In(3))));
        Assert.Equal((14, DeliveryFit.InTime), (inTime.HoursAtMost, inTime.Deliveries[0].Fit));
        SiteRunway late = Assert.Single(Forecast([site], new SiteDelivery("a", 50, In(5))));
        Assert.Equal((4, DeliveryFit.TooLate), (late.HoursAtMost, late.Deliveries[0].Fit));
    }

    [Fact]
    public void A_delivery_that_comes_in_time_only_if_the_tank_was_full_is_perhaps_too_late()
    {
        SiteRunway site = Assert.Single(
            FuelForecast.From(
                [SiteOf("a", 2, null, 5)],
                [new("a", null, new(10, 100), null)],
                [new("a", 50, In(10))],
                Noon
            )
        );
        Assert.Equal((4, 32), (site.HoursAtLeast, site.HoursAtMost));
        Assert.Equal(DeliveryFit.PerhapsTooLate, site.Deliveries[0].Fit);
    }

    [Fact]
    public void INV_12_What_has_arrived_lights_a_dark_site_again_and_a_plan_does_not()
    {
        Site site = SiteOf("a", 2, 10, 5);
        var arrived = new SiteDelivery("a", 50, In(6), HasArrived: true);
        SiteRunway lit = Assert.Single(Forecast([site], arrived));
        Assert.Equal((16, 16), (lit.HoursAtLeast, lit.HoursAtMost));
        SiteRunway dark = Assert.Single(Forecast([site], arrived with { HasArrived = false }));
        Assert.Equal((4, 4), (dark.HoursAtLeast, dark.HoursAtMost));
    }

    [Fact]
    public void INV_12_What_has_arrived_in_an_unknown_tank_lasts_at_least_and_nobody_knows_how_long_at_most()
    {
        SiteRunway site = Assert.Single(
            Forecast(
                [SiteOf("a", null, null, 5)],
                new SiteDelivery("a", 50, In(6), HasArrived: true)
            )
        );
        Assert.Equal((16, null), (site.HoursAtLeast, site.HoursAtMost));
    }

    [Fact]
    public void A_second_delivery_is_in_time_because_of_the_first()
    {
        SiteRunway site = Assert.Single(
            Forecast(
                [SiteOf("a", 0, 10, 5)],
                new SiteDelivery("a", 20, In(5)),
                new SiteDelivery("a", 20, In(1))
            )
        );
        Assert.Equal(10, site.HoursAtLeast);
        Assert.All(site.Deliveries, delivery => Assert.Equal(DeliveryFit.InTime, delivery.Fit));
    }

    [Fact]
    public void Litres_buy_hours_and_people_hours_whatever_is_in_the_tank()
    {
        FuelBuys buys = FuelForecast.Buys(SiteOf("a", null, null, 5, people: 300), null, 50);
        Assert.Equal(new NumberRange(10, 10), buys.Hours);
        Assert.Equal(new NumberRange(3_000, 3_000), buys.PeopleHours);
        Assert.Null(FuelForecast.Buys(SiteOf("a", 1, 1, null), null, 50).Hours);
        Assert.Null(FuelForecast.Buys(SiteOf("a", 1, 1, 5, people: null), null, 50).PeopleHours);
        Assert.Equal(
            new NumberRange(5, 10),
            FuelForecast.Buys(SiteOf("a", 1, 1, null), new("a", null, null, new(5, 10)), 50).Hours
        );
    }

    [Fact]
    public void More_fuel_never_makes_a_site_go_dark_earlier_and_no_input_throws() =>
        Gen.Select(
                Gen.Double.Nullable(),
                Gen.Double.Nullable(),
                Gen.Double.Nullable(),
                Gen.Decimal[-5, 10_000],
                Gen.Int[-100, 10_000]
            )
            .Sample(
                (battery, litres, burn, planned, hours) =>
                {
                    Site[] sites = [SiteOf("a", battery, litres, burn)];
                    SiteRunway without = Assert.Single(Forecast(sites));
                    SiteRunway with = Assert.Single(
                        Forecast(sites, new SiteDelivery("a", planned, In(hours)))
                    );
                    Assert.True(
                        without.HoursAtLeast is null || with.HoursAtLeast >= without.HoursAtLeast
                    );
                    Assert.True(
                        without.HoursAtMost is null || with.HoursAtMost >= without.HoursAtMost
                    );
                    Assert.True(
                        with.HoursAtMost is null
                            || with.HoursAtLeast is null
                            || with.HoursAtLeast <= with.HoursAtMost
                    );
                    FuelForecast.Buys(sites[0], null, planned);
                }
            );

    [Fact]
    public void A_proposal_serves_the_most_people_hours_per_litre_after_a_floor_for_the_unknown()
    {
        FuelProposal proposal = Proposal(
            300,
            SiteOf("few", 1, 1, 5, people: 100),
            SiteOf("many", 1, 1, 5, people: 9_000),
            SiteOf("unknown", 1, 1, null, people: 50_000)
        );
        Assert.Equal(
            [("unknown", 40m), ("many", 200m), ("few", 60m)],
            proposal.Lines.Select(line => (line.Site, line.Litres))
        );
        Assert.Equal(0, proposal.Left);
        Assert.Empty(proposal.Unserved);
    }

    [Fact]
    public void INV_12_A_proposal_never_exceeds_what_is_free_and_never_gives_more_than_was_asked() =>
        Gen.Select(
                Gen.Int[-100, 900],
                Gen.Select(Gen.Int[0, 1_000], Gen.Int[0, 4], Gen.Int[0, 3]).Array[0, 8]
            )
            .Sample(
                (free, sites) =>
                {
                    FuelProposal proposal = Proposal(
                        free,
                        [
                            .. sites.Select(
                                (site, i) =>
                                    SiteOf(
                                        $"s{i}",
                                        null,
                                        null,
                                        site.Item2 == 0 ? null : site.Item2,
                                        site.Item3 == 0 ? null : site.Item1
                                    )
                            ),
                        ]
                    );
                    Assert.Equal(
                        Math.Max(0, free),
                        proposal.Left + proposal.Lines.Sum(line => line.Litres)
                    );
                    Assert.True(proposal.Left >= 0);
                    Assert.All(proposal.Lines, line => Assert.InRange(line.Litres, 0.001m, 200));
                    Assert.Equal(sites.Length, proposal.Lines.Count + proposal.Unserved.Count);
                }
            );

    private static FuelProposal Proposal(decimal free, params Site[] sites) =>
        FuelProposal.From(
            free,
            [.. sites.Select(site => Requested(200, $"q-{site.Id}", site.Id).Now)],
            sites,
            [],
            40,
            Noon
        );

    private static IReadOnlyList<SiteRunway> Forecast(
        IReadOnlyList<Site> sites,
        params SiteDelivery[] planned
    ) => FuelForecast.From(sites, [], planned, Noon);
}
