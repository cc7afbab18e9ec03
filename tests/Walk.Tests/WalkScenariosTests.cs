using Breakwater.App;
using Breakwater.Feeds;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>The bundled scenarios, stage by stage: what must come out.</summary>
public sealed class WalkScenariosTests
{
    public static TheoryData<string> Ids => [.. BundledScenarios.List()];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_walk_gives_what_was_approved(string id) =>
        WalkApproval.Approve(WalkSummary.Of(WalkOf.Once(id)), id);

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_same_scenario_gives_the_same_bytes_twice(string id) =>
        Assert.Equal(
            Convert.ToHexString(
                System.Security.Cryptography.SHA256.HashData(WalkOf.Bytes(WalkOf.Afresh(id)))
            ),
            Convert.ToHexString(
                System.Security.Cryptography.SHA256.HashData(WalkOf.Bytes(WalkOf.Once(id)))
            )
        );

    [Theory]
    [MemberData(nameof(Ids))]
    public void INV_20_Every_product_says_that_it_is_a_reconstruction_or_less_direct(string id)
    {
        WalkResult walk = WalkOf.Once(id);
        Assert.All(
            walk.Walked.Signals.Where(signal =>
                signal is SeriesSignal or RouteSignal or LeakSignal
            ),
            signal => Assert.True(signal.Origin is Origin.Reconstructed or Origin.Modelled)
        );
        Assert.All(
            walk.Publications,
            publication => Assert.Equal(Origin.Reconstructed, publication.Origin)
        );
        Assert.Contains(
            "reconstruction",
            walk.Publications.Single(publication => publication.Language == "en").Html,
            StringComparison.OrdinalIgnoreCase
        );
        Assert.Empty(walk.Faults);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_plan_is_verified_and_the_first_is_within_a_hundredth_of_the_best_possible(
        string id
    ) =>
        Assert.All(
            WalkOf.Once(id).Walked.Plans,
            plan =>
            {
                Assert.True(plan.IsVerified);
                // The bound is that of the option without limits of its own; the others pay for theirs.
                Assert.InRange(plan.Gap, 0, plan.Option == "most-people" ? 0.01 : 1);
                Assert.True(plan.CostUsd <= plan.BudgetUsd);
            }
        );
}
