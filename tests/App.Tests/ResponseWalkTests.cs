using Breakwater.Feeds;
using Breakwater.Records;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Every bundled scenario, from first report to stand-down, through the API.</summary>
public sealed class ResponseWalkTests
{
    public static TheoryData<string> Scenarios { get; } = [.. BundledScenarios.List()];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_response_runs_from_the_first_report_to_stand_down(string name)
    {
        Scenario scenario = BundledScenarios.Read(name).Scenario!;
        await using ApiSite site = await ApiSite.Start(scenario.PlanAt);
        var walk = new ResponseWalk(site, scenario);

        await walk.Sense();
        await walk.Activate(await walk.Detect());
        await walk.Plan();
        await walk.Fuel();
        await walk.Deliver();
        await walk.Govern();
        await walk.End();

        ApiClient anybody = site.Public;
        Assert.Equal("closed", (await anybody.Get($"responses/{walk.Response}")).Standing);
        Inspection inspection = await site.Records.Verify(TestContext.Current.CancellationToken);
        Rebuilt rebuilt = await site.Records.Rebuild(TestContext.Current.CancellationToken);
        Assert.Equal(0, inspection.DamageCount);
        Assert.True(rebuilt.IsIdentical, string.Join('\n', rebuilt.Differences));
    }
}
