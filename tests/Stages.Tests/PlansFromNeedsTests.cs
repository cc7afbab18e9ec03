using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.NeedsFixture;
using static Breakwater.Stages.Tests.PlansFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What a plan says, and why there is none.</summary>
public sealed class PlansFromNeedsTests
{
    [Theory]
    [InlineData(ClearanceAnswer.Denied, "Import clearance by a customs office is denied")]
    [InlineData(
        ClearanceAnswer.NoAnswer,
        "Import clearance by a customs office has no answer; silence is not consent"
    )]
    [InlineData(
        ClearanceAnswer.NotAsked,
        "Import clearance by a customs office has not been asked for"
    )]
    public void INV_04_An_offer_whose_clearance_is_denied_or_unanswered_is_left_out_with_the_reason(
        ClearanceAnswer answer,
        string reason
    )
    {
        Plan plan = MostPeople(
            Inputs(
                [NeedOf(1_000)],
                [OfferOf("kit", clearances: ["import"]), OfferOf("other", quantity: 1)],
                clearances: [ClearanceOf("import", answer)]
            )
        );
        Assert.Equal("other", Assert.Single(plan.Lines).OfferId);
        Assert.Contains($"asset kit: {reason}", plan.Reasons);
    }

    [Fact]
    public void INV_04_A_clearance_that_no_request_stands_for_counts_as_not_asked_and_spoils_no_other_offer()
    {
        Plan plan = MostPeople(
            Inputs(
                [NeedOf(1_000)],
                [OfferOf("kit", clearances: ["import licence"]), OfferOf("other", quantity: 1)]
            )
        );
        Assert.Equal("other", Assert.Single(plan.Lines).OfferId);
        Assert.Contains(
            plan.Reasons,
            reason =>
                reason.StartsWith(
                    "asset kit: clearance 'import licence' has not been asked for",
                    StringComparison.Ordinal
                )
        );
    }

    [Theory]
    [InlineData(ClearanceKind.Spectrum, 9)]
    [InlineData(ClearanceKind.Access, 9)]
    // Goods that are in need no further permit to come in.
    [InlineData(ClearanceKind.Import, 28)]
    public void Service_lasts_no_longer_than_the_permits_that_it_needs(
        ClearanceKind kind,
        int lastDay
    )
    {
        Plan plan = MostPeople(
            Inputs(
                [NeedOf(1_000)],
                [OfferOf("kit", clearances: ["permit"])],
                clearances: [Permit(kind, 9)]
            )
        );
        Assert.Equal(AsOf + Duration.FromDays(lastDay), Assert.Single(plan.Lines).Until);
    }

    [Theory]
    [InlineData(ClearanceKind.Spectrum)]
    [InlineData(ClearanceKind.Import)]
    public void An_offer_whose_permit_ends_before_it_could_start_is_left_out_with_both_dates(
        ClearanceKind kind
    ) =>
        Assert.Equal(
            [
                $"asset kit: {kind} clearance by a customs office ends on 2024-02-10, and service could start on 2024-02-11",
            ],
            Refused(
                Inputs(
                    [NeedOf(1_000)],
                    [OfferOf("kit", leadDays: 2, clearances: ["permit"])],
                    clearances: [Permit(kind, 1)]
                )
            ).Details
        );

    private static Clearance Permit(ClearanceKind kind, int days) =>
        ClearanceOf("permit", ClearanceAnswer.Given, AsOf) with
        {
            Kind = kind,
            Until = AsOf + Duration.FromDays(days),
        };

    [Fact]
    public void A_clearance_moves_the_start_to_the_day_it_takes_effect()
    {
        Plan plan = MostPeople(
            Inputs(
                [NeedOf(1_000)],
                [OfferOf("kit", clearances: ["import"])],
                clearances:
                [
                    ClearanceOf("import", ClearanceAnswer.Given, AsOf + Duration.FromDays(9)),
                ]
            )
        );
        Assert.Equal(AsOf + Duration.FromDays(9), Assert.Single(plan.Lines).ServiceAt);
    }

    [Fact]
    public void An_offer_that_ends_before_it_could_start_is_left_out_with_both_dates()
    {
        PlanRefused refused = Refused(
            Inputs(
                [NeedOf(1_000)],
                [OfferOf("kit", leadDays: 12, until: AsOf + Duration.FromDays(10))]
            )
        );
        Assert.Equal("no offer can serve inside the horizon", refused.Reason);
        Assert.Equal(
            ["asset kit: service could start on 2024-02-21, after it ends on 2024-02-19"],
            refused.Details
        );
    }

    [Fact]
    public void Without_offers_there_is_no_plan_and_a_reason() =>
        Assert.Equal(
            "no offer can serve inside the horizon",
            Refused(Inputs([NeedOf(1_000)], [])).Reason
        );

    [Fact]
    public void An_empty_stock_is_a_reason() =>
        Assert.Equal(
            ["asset kit: none in stock that is not promised"],
            Refused(Inputs([NeedOf(1_000)], [OfferOf("kit", quantity: 0)])).Details
        );

    [Fact]
    public void Without_a_known_number_of_people_there_is_no_plan_and_a_reason()
    {
        Assert.Equal(
            "no need has a known number of people",
            Refused(Inputs([], [OfferOf("kit")])).Reason
        );
        Assert.Equal(
            "no need has a known number of people",
            Refused(Inputs([NeedOf(null)], [OfferOf("kit")])).Reason
        );
    }

    [Fact]
    public void A_negative_budget_is_refused() =>
        Assert.Equal(
            "the budget is negative",
            Refused(Inputs([NeedOf(1)], [OfferOf("kit")], budget: -1)).Reason
        );

    [Fact]
    public void Locks_that_cannot_be_met_give_no_plan_and_the_reason()
    {
        PlanRefused refused = Refused(
            Inputs(
                [NeedOf(1_000)],
                [OfferOf("kit", quantity: 2)],
                locks: [new FixedPlacement("kit", PlaceOf(0), 5)]
            )
        );
        Assert.Equal("no plan meets the locks and limits", refused.Reason);
    }

    [Fact]
    public void A_hand_on_the_plan_is_kept_even_when_it_costs_reach()
    {
        PlanningInputs free = Inputs(
            [NeedOf(1_000, PlaceOf(0)), NeedOf(1_000, PlaceOf(1))],
            [OfferOf("kit", quantity: 4)]
        );
        Plan locked = MostPeople(
            free with
            {
                Locks = [new FixedPlacement("kit", PlaceOf(1), 3)],
                Forbids = [new FixedPlacement("kit", PlaceOf(0), 0)],
            }
        );
        PlanLine line = Assert.Single(locked.Lines);
        Assert.Equal((PlaceOf(1), 3), (line.Place, line.Units));
        Assert.True(locked.Value < MostPeople(free).Value);
    }

    [Fact]
    public void INV_05_Civilians_and_responders_are_counted_apart()
    {
        Plan plan = MostPeople(
            Inputs(
                [NeedOf(700), NeedOf(30, group: PopulationGroup.Responders)],
                [OfferOf("kit", groups: [PopulationGroup.Residents, PopulationGroup.Responders])]
            )
        );
        Assert.Equal((700L, 30L), (plan.Civilians, plan.Responders));
    }

    [Fact]
    public void INV_12_Allocation_never_exceeds_stock_and_what_stays_open_says_why()
    {
        Plan plan = MostPeople(
            Inputs(
                [NeedOf(1_000, PlaceOf(0)), NeedOf(1_000, PlaceOf(1))],
                [OfferOf("kit", quantity: 3)]
            )
        );
        Assert.Equal(3, plan.Lines.Sum(line => line.Units));
        Assert.Equal(300, plan.Civilians);
        Assert.Equal(1_700, plan.Unserved.Sum(need => need.People));
        Assert.All(
            plan.Unserved,
            need => Assert.Equal("every offer that reaches it is used up", need.Why)
        );
    }

    [Fact]
    public void An_area_that_no_offer_reaches_is_a_result_and_not_an_omission()
    {
        Plan plan = MostPeople(
            Inputs(
                [NeedOf(100, PlaceOf(0)), NeedOf(100, PlaceOf(1))],
                [OfferOf("kit", places: [PlaceOf(0)])]
            )
        );
        UnservedNeed open = Assert.Single(plan.Unserved);
        Assert.Equal((PlaceOf(1), 100L), (open.Place, open.People));
        Assert.Equal("no usable offer reaches this area", open.Why);
    }

    [Fact]
    public void The_fairest_option_raises_the_worst_served_area_and_the_safest_avoids_exposure()
    {
        (IReadOnlyList<Plan> plans, _) = PlansFromNeeds.Optimise(
            Inputs(
                [NeedOf(10_000, PlaceOf(0)), NeedOf(1_000, PlaceOf(1))],
                [
                    OfferOf("risky", quantity: 1, peoplePerUnit: 900, exposure: 0.9),
                    OfferOf("calm", quantity: 2, peoplePerUnit: 100, exposure: 0.1),
                ]
            )
        );
        Assert.Equal(["most-people", "fairest", "safest"], plans.Select(plan => plan.Option));
        Assert.True(plans[1].WorstServedShare >= plans[0].WorstServedShare);
        Assert.True(plans[1].WorstServedShare > 0);
        Assert.Equal(0.1, plans[2].Exposure);
        Assert.DoesNotContain(plans[2].Lines, line => line.OfferId == "risky");
        Assert.Contains("asset risky", plans[0].HarmNote, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_says_who_would_go_unserved_without_it()
    {
        Plan plan = MostPeople(
            Inputs(
                [NeedOf(1_000)],
                [OfferOf("one", quantity: 1), OfferOf("two", quantity: 1, peoplePerUnit: 900)]
            )
        );
        Assert.Equal(
            [("two", 900L), ("one", 100L)],
            plan.Lines.Select(line => (line.OfferId, line.LostWithout!.Value))
        );
    }

    [Fact]
    public void The_plan_buys_nothing_that_nobody_uses()
    {
        Plan plan = MostPeople(Inputs([NeedOf(150)], [OfferOf("kit", quantity: 50, cost: 7)]));
        Assert.Equal(2, Assert.Single(plan.Lines).Units);
        Assert.Equal(14, plan.CostUsd);
    }

    [Fact]
    public void A_line_names_the_agreements_that_its_offer_stands_under_and_no_other()
    {
        PlanningInputs inputs = Inputs(
            [NeedOf(1_000)],
            [OfferOf("kit", quantity: 1), OfferOf("other", quantity: 1)]
        );
        Plan plan = MostPeople(
            inputs with
            {
                Agreements =
                [
                    new OfferUnderAgreement("kit", "roaming"),
                    new OfferUnderAgreement("kit", "aid"),
                    new OfferUnderAgreement("elsewhere", "fuel"),
                ],
            }
        );
        Assert.Equal(
            ["aid", "roaming"],
            plan.Lines.Single(line => line.OfferId == "kit").Agreements!
        );
        Assert.Null(plan.Lines.Single(line => line.OfferId == "other").Agreements);
        Assert.All(MostPeople(inputs).Lines, line => Assert.Null(line.Agreements));
        // Where there is no agreement, a plan is the plan that it was before.
        Assert.Equal(MostPeople(inputs).Id, MostPeople(inputs with { Agreements = null }).Id);
    }
}
