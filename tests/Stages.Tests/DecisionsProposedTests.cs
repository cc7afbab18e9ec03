using Breakwater.Decisions;
using Breakwater.Decisions.Opening;
using Breakwater.Plans;
using Xunit;
using static Breakwater.Stages.Tests.NeedsFixture;
using static Breakwater.Stages.Tests.PlansFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Which option people are asked about first; they may choose another.</summary>
public sealed class DecisionsProposedTests
{
    [Fact]
    public void Of_options_as_good_as_each_other_the_one_that_serves_its_worst_area_best_is_proposed()
    {
        IReadOnlyList<Plan> plans = PlansFromNeeds
            .Optimise(
                Inputs(
                    [NeedOf(1_000, PlaceOf(0)), NeedOf(1_000, PlaceOf(1))],
                    [OfferOf("kit", quantity: 10)]
                )
            )
            .Plans;
        OpenDecision adoption = DecisionsFromPlans
            .Open([Lost(1)], plans, [], 1, AsOf)
            .Single(decision => decision.Kind == DecisionKind.PlanAdoption);
        Plan proposed = plans.Single(plan => plan.Id == adoption.Subject);
        Assert.Equal(plans.Max(plan => plan.WorstServedShare), proposed.WorstServedShare);
        Assert.Contains($"'{proposed.Option}'", adoption.Question, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_puts_people_in_grave_danger_is_not_proposed_while_there_is_another()
    {
        IReadOnlyList<Plan> plans = PlansFromNeeds
            .Optimise(
                Inputs(
                    [NeedOf(1_000)],
                    [
                        OfferOf("grave", quantity: 9, exposure: 0.95),
                        OfferOf("calm", quantity: 1, exposure: 0.1),
                    ]
                )
            )
            .Plans;
        OpenDecision Adoption(IReadOnlyList<Plan> options) =>
            DecisionsFromPlans
                .Open([Lost(1)], options, [], 1, AsOf)
                .Single(decision => decision.Kind == DecisionKind.PlanAdoption);
        Assert.Equal(plans.Single(plan => plan.Option == "safest").Id, Adoption(plans).Subject);
        Plan only = plans.Single(plan => plan.Option == "most-people");
        Assert.Equal(only.Id, Adoption([only]).Subject);
    }
}
