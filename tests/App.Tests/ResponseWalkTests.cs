using Breakwater.Feeds;
using Breakwater.Records;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>
/// Every bundled scenario of a country in which series fall, from first report to stand-down, through the API. All tell the same story. A
/// function of core resources has its own walk.
/// </summary>
public sealed class ResponseWalkTests
{
    private const string Approved = "response-walk.verified.txt";

    public static TheoryData<string> Scenarios { get; } =
    [
        .. BundledScenarios
            .List()
            .Where(name =>
                BundledScenarios.Read(name).Scenario is { Country: not null } scenario
                && scenario.Series.All(series => series.Routes is null)
            ),
    ];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_response_runs_from_the_first_report_to_stand_down(string name)
    {
        Scenario scenario = BundledScenarios.Read(name).Scenario!;
        await using ApiSite site = await ApiSite.Start(scenario.PlanAt);
        var walk = new ResponseWalk(site, scenario);

        await walk.Gather();
        await walk.Sense();
        await walk.Activate(await walk.Detect());
        await walk.Appeal();
        await walk.Plan();
        await walk.Cross();
        await walk.Fuel();
        await walk.Travel();
        await walk.Deliver();
        await walk.Govern();
        await walk.End();

        ApiClient anybody = site.Public;
        Assert.Equal("closed", (await anybody.Get($"responses/{walk.Response}")).Standing);
        Inspection inspection = await site.Records.Verify(TestContext.Current.CancellationToken);
        Rebuilt rebuilt = await site.Records.Rebuild(TestContext.Current.CancellationToken);
        Assert.Equal(0, inspection.DamageCount);
        Assert.True(rebuilt.IsIdentical, string.Join('\n', rebuilt.Differences));
        string approved = Path.Combine(AppContext.BaseDirectory, Approved);
        await File.WriteAllTextAsync(
            approved.Replace("verified", "received", StringComparison.Ordinal),
            walk.Story,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            await File.ReadAllTextAsync(approved, TestContext.Current.CancellationToken),
            walk.Story
        );
    }

    [Fact]
    public Task An_offer_that_is_taken_back_takes_its_pledges_with_it_and_leaves_what_is_delivered() =>
        Planned(walk => walk.Lose());

    [Fact]
    public Task A_response_whose_activation_falls_on_appeal_ends_and_what_was_promised_stays_promised() =>
        Planned(walk => walk.Fall());

    [Fact]
    public Task A_plan_whose_adoption_falls_on_appeal_is_adopted_no_more_and_says_so_while_it_is_open() =>
        Planned(walk => walk.FallPlan());

    [Fact]
    public Task A_response_whose_stand_down_falls_on_appeal_is_open_again_by_itself_also_after_a_restart() =>
        Planned(walk => walk.Resume());

    [Fact]
    public Task No_unit_of_an_offer_is_promised_twice_by_plans_made_before_or_after_an_adoption() =>
        Planned(walk => walk.PromiseOnce());

    [Fact]
    public Task A_plan_is_not_carried_out_on_an_offer_that_was_changed_under_it() =>
        Planned(walk => walk.ChangeOffer());

    [Fact]
    public Task An_offer_in_words_or_for_elsewhere_is_left_out_with_the_reason_and_spoils_no_plan() =>
        Planned(walk => walk.OfferBadly());

    [Fact]
    public Task INV_04_A_commitment_is_cleared_by_its_permits_and_says_which_it_lost() =>
        Planned(walk => walk.ClearByPermit());

    [Fact]
    public Task A_hand_on_the_plan_without_a_budget_leaves_the_budget_as_it_was() =>
        Planned(walk => walk.KeepBudget());

    [Fact]
    public Task A_response_that_ends_says_how_much_of_it_goes_on() =>
        Planned(walk => walk.EndWhileAsked());

    private static async Task Planned(Func<ResponseWalk, Task> then)
    {
        Scenario scenario = BundledScenarios.Read("sudan-2024-02").Scenario!;
        await using ApiSite site = await ApiSite.Start(scenario.PlanAt);
        var walk = new ResponseWalk(site, scenario);
        await walk.Gather();
        await walk.Sense();
        await walk.Activate(await walk.Detect());
        await walk.Plan();
        await then(walk);
    }
}
