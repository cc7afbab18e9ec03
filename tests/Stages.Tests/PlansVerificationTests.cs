using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.NeedsFixture;
using static Breakwater.Stages.Tests.PlansFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Each infeasibility planted into a good plan is named by the check that shares nothing with the optimiser.</summary>
public sealed class PlansVerificationTests
{
    private static readonly Offer Terminals = OfferOf(
        "terminals",
        quantity: 4,
        peoplePerUnit: 100,
        cost: 50,
        leadDays: 3,
        clearances: ["import"],
        places: [RedSea],
        usableShare: 0.5,
        until: AsOf + Duration.FromDays(20)
    );
    private static readonly Offer Repair = OfferOf("repair", quantity: 1, peoplePerUnit: 900);

    private static readonly PlanningInputs Good = Inputs(
        [NeedOf(600, RedSea), NeedOf(40, RedSea, PopulationGroup.Responders), NeedOf(500, Kassala)],
        [Terminals, Repair],
        budget: 400,
        clearances: [ClearanceOf("import", ClearanceAnswer.Given, AsOf + Duration.FromDays(5))]
    );

    private static readonly PlanLine Line = new(
        "terminals",
        Terminals.Stakeholder,
        Terminals.Asset,
        RedSea,
        "Red Sea",
        3,
        Service.Web,
        300,
        0,
        AsOf + Duration.FromDays(5),
        AsOf + Duration.FromDays(20),
        150,
        ["import"],
        "",
        null
    );

    private static string Mismatch(PlanLine line, PlanningInputs? inputs = null) =>
        Mismatch([line], inputs);

    private static string Mismatch(IReadOnlyList<PlanLine> lines, PlanningInputs? inputs = null) =>
        string.Join("; ", PlanVerification.Check(lines, inputs ?? Good).Mismatches);

    [Fact]
    public void A_line_that_waits_for_a_clearance_nobody_asked_for_is_named() =>
        Assert.Equal(
            "terminals at SD/Red Sea: nobody asked for clearance import",
            Mismatch(Line, Good with { Clearances = [] })
        );

    [Theory]
    [InlineData(
        ClearanceKind.Spectrum,
        19,
        "terminals at SD/Red Sea: goes on after clearance import ends"
    )]
    [InlineData(ClearanceKind.Spectrum, 20, "")]
    [InlineData(
        ClearanceKind.Import,
        4,
        "terminals at SD/Red Sea: goes on after clearance import ends"
    )]
    [InlineData(ClearanceKind.Import, 6, "")]
    public void A_line_that_outlasts_a_permit_it_needs_is_named(
        ClearanceKind kind,
        int days,
        string mismatch
    ) =>
        Assert.Equal(
            mismatch,
            Mismatch(
                Line,
                Good with
                {
                    Clearances =
                    [
                        Good.Clearances[0] with
                        {
                            Kind = kind,
                            Until = AsOf + Duration.FromDays(days),
                        },
                    ],
                }
            )
        );

    [Fact]
    public void The_plan_that_faults_are_planted_into_is_good() => Assert.Equal("", Mismatch(Line));

    [Fact]
    public void More_units_than_in_stock_is_named() =>
        Assert.Equal(
            "terminals: 5 units planned, 4 in stock",
            Mismatch(Line with { Units = 5, CostUsd = 250 })
        );

    [Fact]
    public void Stock_is_counted_over_all_places() =>
        Assert.Contains(
            "terminals: 6 units planned, 4 in stock",
            Mismatch([Line, Line]),
            StringComparison.Ordinal
        );

    [Fact]
    public void More_people_than_the_units_carry_is_named() =>
        Assert.Equal(
            "terminals at SD/Red Sea: 300 people on 2 units of 100",
            Mismatch(Line with { Units = 2, CostUsd = 100 })
        );

    [Fact]
    public void More_people_than_can_use_the_offer_is_named() =>
        Assert.Contains(
            "more people than can use it",
            Mismatch(Line with { Units = 4, CostUsd = 200, Civilians = 330 }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_plan_above_its_budget_is_named() =>
        Assert.Contains(
            "the budget is 100",
            Mismatch(Line, Good with { BudgetUsd = 100 }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_cost_that_is_not_units_times_price_is_named() =>
        Assert.Contains(
            "the lines cost 150 USD, they say 15",
            Mismatch(Line with { CostUsd = 15 }),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(2, 20)] // Before the lead time.
    [InlineData(5, 21)] // After the supplier's end date.
    [InlineData(20, 20)] // No time at all.
    public void Dates_that_do_not_fit_are_named(int from, int until) =>
        Assert.Contains(
            "the dates do not fit lead time, end date or horizon",
            Mismatch(
                Line with
                {
                    ServiceAt = AsOf + Duration.FromDays(from),
                    Until = AsOf + Duration.FromDays(until),
                }
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Service_beyond_the_horizon_is_named() =>
        Assert.Contains(
            "the dates do not fit",
            Mismatch(
                Line with
                {
                    OfferId = "repair",
                    Units = 1,
                    CostUsd = 10,
                    Until = Horizon + Duration.FromDays(1),
                }
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(ClearanceAnswer.Given, 6)] // Takes effect a day after the start.
    [InlineData(ClearanceAnswer.Denied, 1)]
    [InlineData(ClearanceAnswer.NoAnswer, null)]
    [InlineData(ClearanceAnswer.NotAsked, null)]
    public void A_start_before_a_clearance_is_named(ClearanceAnswer answer, int? effectiveDay) =>
        Assert.Equal(
            "terminals at SD/Red Sea: starts before clearance import",
            Mismatch(
                Line,
                Good with
                {
                    Clearances =
                    [
                        ClearanceOf(
                            "import",
                            answer,
                            effectiveDay is { } day ? AsOf + Duration.FromDays(day) : null
                        ),
                    ],
                }
            )
        );

    [Fact]
    public void A_clearance_that_is_not_required_holds_nothing_up() =>
        Assert.Equal(
            "",
            Mismatch(
                Line,
                Good with
                {
                    Clearances = [ClearanceOf("import", ClearanceAnswer.NotRequired)],
                }
            )
        );

    [Fact]
    public void A_place_that_the_offer_is_not_for_is_named() =>
        Assert.Contains(
            "terminals at SD/Kassala: the offer is not for this place",
            Mismatch(Line with { Place = Kassala, Civilians = 100 }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_group_that_the_offer_is_not_for_is_named() =>
        Assert.Contains(
            "the offer is not for this group",
            Mismatch(Line with { Civilians = 200, Responders = 20 }),
            StringComparison.Ordinal
        );

    [Fact]
    public void Civilians_on_an_offer_for_responders_are_named() =>
        Assert.Contains(
            "the offer is not for this group",
            Mismatch(
                Line,
                Good with
                {
                    Offers = [Terminals with { Groups = [PopulationGroup.Responders] }],
                }
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Nobody_is_served_twice() =>
        Assert.Contains(
            "SD/Red Sea: more people are served than lack service",
            Mismatch([
                Line,
                Line with
                {
                    OfferId = "repair",
                    Units = 1,
                    CostUsd = 10,
                    Civilians = 400,
                },
            ]),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_lock_that_is_not_kept_is_named() =>
        Assert.Equal(
            "terminals at SD/Red Sea is locked to 4 units, the plan has 3",
            Mismatch(Line, Good with { Locks = [new FixedPlacement("terminals", RedSea, 4)] })
        );

    [Fact]
    public void A_forbidden_placement_is_named() =>
        Assert.Equal(
            "terminals at SD/Red Sea is forbidden",
            Mismatch(Line, Good with { Forbids = [new FixedPlacement("terminals", RedSea, 0)] })
        );

    [Fact]
    public void An_offer_that_nobody_made_is_named() =>
        Assert.Contains(
            "ghost: no such offer",
            Mismatch(Line with { OfferId = "ghost" }),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, -1)]
    public void Units_and_people_below_their_floor_are_named(int units, long civilians) =>
        Assert.Contains(
            "units and people must be above zero",
            Mismatch(Line with { Units = units, Civilians = civilians, CostUsd = units * 50 }),
            StringComparison.Ordinal
        );
}
