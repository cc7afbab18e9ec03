using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>INV-11: a function of core resources is responded to as a country is, though nobody counts who depends on it.</summary>
public sealed class CoreResponseTests : IAsyncLifetime
{
    private static readonly Place _function = Place.OfFunction("rir:made-up/reverse-dns");

    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task INV_11_Needs_of_a_core_resource_are_assessed_without_a_baseline_and_their_reach_stays_unknown()
    {
        await Activated();
        ApiClient analyst = await _site.As(Role.Analyst, "measurers");
        Answered assessed = await analyst.Do("responses", "core", "assess-needs");
        Assert.True(assessed.Status == HttpStatusCode.OK, assessed.Text);
        JsonNode need = Assert.Single((await analyst.Get("needs")).Body!["items"]!.AsArray())![
            "body"
        ]!;
        Assert.Equal("core-function", need["service"]!.GetValue<string>());
        Assert.Null(need["withoutService"]);

        ApiClient planner = await _site.As(Role.Planner, "relief");
        Answered asked = await planner.Start(
            "clearances",
            new
            {
                Permit = ClearanceKind.Access,
                Authority = "the host of the registry",
                AuthorityOrganisation = (string?)null,
                About = "to repair the signer",
                Place = _function,
                Waiting = Array.Empty<string>(),
                RemindAfterDays = 2,
                EscalateAfterDays = 5,
                EscalateTo = "the desk",
                Origin = Origin.Reported,
                Parent = "response/core",
                Marking = Marking.Public,
            }
        );
        Assert.True(asked.Status == HttpStatusCode.Created, asked.Text);
    }

    private async Task Activated()
    {
        var disruption = Made.Disruption(
            "disruption-core",
            _function,
            _site.Clock.Now - Duration.FromHours(5)
        );
        await Made.Responding(
            _site,
            "core",
            disruption,
            Duration.FromHours(48),
            Duration.FromDays(14)
        );
    }
}
