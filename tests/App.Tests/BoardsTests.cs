using System.Net;
using System.Text.Json.Nodes;
using Breakwater.App.Accounts;
using Breakwater.App.Api;
using Breakwater.Feeds;
using Breakwater.Records;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What a demonstration shows on the boards of a response.</summary>
public sealed class BoardsTests : IAsyncLifetime
{
    private readonly string _folder = DataFolder.Fresh();
    private SqlRecords _records = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _records = DataFolder.Open(_folder);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _records.DisposeAsync();
        Ending.Remove(_folder);
    }

    [Theory]
    [MemberData(nameof(Bundled))]
    public async Task What_people_did_in_a_bundled_walk_stands_on_the_boards_as_the_walk_tells_it(
        string id
    )
    {
        WalkResult walk = await Walked(id);
        await using WebApplication server = await Serve(walk);
        using HttpClient http = new() { BaseAddress = new Uri(server.Urls.First()) };
        JsonNode response = await Get(http, $"responses/{id}");
        Decisions.Decision? activation = walk.Walked.Decisions.FirstOrDefault(decision =>
            decision.Kind == Decisions.DecisionKind.Activation
        );
        Assert.Equal(
            activation!.Outcome == Decisions.DecisionOutcome.Adopted ? "active" : "proposed",
            response["standing"]!.GetValue<string>()
        );
        Assert.Equal(
            walk.Walked.Decisions.FirstOrDefault(decision =>
                decision.Kind == Decisions.DecisionKind.PlanAdoption
                && decision.Outcome == Decisions.DecisionOutcome.Adopted
            )?.Subject,
            response["state"]!["adoptedPlan"]?.GetValue<string>()
        );
        Assert.Equal(
            walk.Walked.Commitments.Select(one => (one.Id, Word(one.State))).Order(),
            (await All(http, $"commitments?parent=response/{id}"))
                .Select(one => (Id(one), one["standing"]!.GetValue<string>()))
                .Order()
        );
        Assert.Equal(
            walk.Walked.Decisions.Select(one => one.Id).Order(StringComparer.Ordinal),
            (await All(http, $"decisions?parent=response/{id}"))
                .Select(Id)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            walk.Scenario.Offers.Select(one => one.Id).Order(StringComparer.Ordinal),
            (await All(http, "offers")).Select(Id).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            walk.Scenario.Clearances.Select(one => (one.Id, Word(one.Answer))).Order(),
            (await All(http, "clearances"))
                .Select(one => (Id(one), one["standing"]!.GetValue<string>()))
                .Order()
        );
        foreach (Decisions.Decision decision in walk.Walked.Decisions)
        {
            using HttpResponseMessage proof = await http.GetAsync(
                $"/api/v1/decisions/{decision.Id}/proof",
                Cancel
            );
            Assert.Equal(
                decision.Outcome == Decisions.DecisionOutcome.Open
                    ? HttpStatusCode.NotFound
                    : HttpStatusCode.OK,
                proof.StatusCode
            );
        }

        using HttpResponseMessage page = await http.GetAsync($"/responses/{id}", Cancel);
        Assert.Contains(
            walk.Scenario.AsOf.ToString()[..10],
            await page.Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal
        );
        Assert.True((await _records.Rebuild(Cancel)).IsIdentical);
    }

    [Fact]
    public async Task A_demonstration_that_is_repeated_leaves_the_boards_as_they_are()
    {
        await Walked("sudan-2024-02");
        Document before = (await _records.Document("response/sudan-2024-02"))!;
        await Walked("sudan-2024-02");
        await Walked("iran-2026-01");
        Document after = (await _records.Document("response/sudan-2024-02"))!;
        Assert.Equal((before.Version, before.Standing), (after.Version, after.Standing));
        Assert.NotNull(await _records.Document("response/iran-2026-01"));
    }

    public static TheoryData<string> Bundled() => [.. BundledScenarios.List()];

    private async Task<WalkResult> Walked(string id)
    {
        WalkResult walk = Walk.Run(BundledScenarios.Read(id).Scenario!, PlanHand.None);
        await Recording.Keep(_records, walk, Cancel);
        await Boards.Keep(_records, walk, Cancel);
        return walk;
    }

    private async Task<WebApplication> Serve(WalkResult walk)
    {
        WebApplication server = Pages.Site.Build(
            _records,
            "http://127.0.0.1:0",
            new AccountSettings(_folder),
            new ApiSettings(new ClockFrom(walk.Scenario.AsOf))
        );
        await server.StartAsync(Cancel);
        return server;
    }

    private static async Task<JsonNode> Get(HttpClient http, string path)
    {
        using HttpResponseMessage answer = await http.GetAsync($"/api/v1/{path}", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
    }

    private static async Task<IReadOnlyList<JsonNode>> All(HttpClient http, string path)
    {
        JsonNode page = await Get(
            http,
            $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=200"
        );
        return [.. page["items"]!.AsArray().Select(one => one!)];
    }

    private static string Id(JsonNode one) => one["id"]!.GetValue<string>();

    private static string Word<T>(T value)
        where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()!);
}
