using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Fuel;
using Breakwater.Decisions.Missions;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What whoever sits at the desk must see first: who has not been heard from, and which site goes dark next.</summary>
public sealed class DeskPagesTests : IAsyncLifetime
{
    private static readonly Marking _community = new(Distribution.Community, Tlp.Green);

    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Sites_stand_in_the_order_in_which_they_go_dark_and_the_unknown_ones_apart()
    {
        await Baseline();
        JsonNode told = (await (await _site.As(Role.Planner, "relief")).Get("fuel-forecast")).Body!;
        Assert.Equal(["s-soon", "s-held", "s-later"], Sites(told["known"]!));
        Assert.Equal(["s-unknown"], Sites(told["unknown"]!));
        Assert.Equal(
            [1, 2, 3],
            told["known"]!.AsArray().Select(one => one!["order"]!.GetValue<int>())
        );

        string page = await Page("/fuel-depots?lang=en", "relief");
        int[] places =
        [
            .. new[]
            {
                "s-soon",
                "s-held",
                "s-later",
                "may go dark at any time",
                "s-unknown",
            }.Select(text => page.IndexOf(text, StringComparison.Ordinal)),
        ];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task Of_sites_that_a_reader_may_not_know_nothing_is_said_and_the_order_has_no_hole()
    {
        await Baseline();
        JsonNode told = (await _site.Public.Get("fuel-forecast")).Body!;
        Assert.Equal(["s-soon", "s-later"], Sites(told["known"]!));
        Assert.Equal(
            [1, 2],
            told["known"]!.AsArray().Select(one => one!["order"]!.GetValue<int>())
        );
        Assert.DoesNotContain("s-held", told.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s-held", await Page("/fuel-depots?lang=en", null));
        ApiClient narrow = await _site.As(Role.Planner, "relief", "mission");
        Assert.DoesNotContain("s-held", (await narrow.Get("fuel-forecast")).Text);
    }

    [Fact]
    public async Task INV_12_Fuel_moves_a_site_back_once_its_delivery_is_on_record_and_not_while_it_is_promised()
    {
        await Baseline();
        await Supply(AllocationState.OnTheRoad, 400, 0);
        Assert.Equal(["s-soon", "s-held", "s-later"], await Known());
        await Supply(AllocationState.Delivered, 0, 400);
        Assert.Equal(["s-held", "s-later", "s-soon"], await Known());
        Assert.Matches(
            "\\+ <span class=\"n\">400</span> l, delivered",
            await Page("/fuel-depots?lang=en", "relief")
        );

        async Task<IEnumerable<string>> Known() =>
            Sites(
                (await (await _site.As(Role.Planner, "relief")).Get("fuel-forecast")).Body![
                    "known"
                ]!
            );
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ar")]
    public async Task A_crew_that_was_not_heard_from_leads_the_missions_page(string language)
    {
        Instant now = _site.Clock.Now;
        await Stage("m-quiet", now);
        await Stage("m-waiting", now, "site/s-2", isStarted: false);
        Assert.DoesNotContain("role=\"alert\"", await Page("/missions?lang=en", "relief"));

        await _site.Pass(Duration.FromHours(6));
        string page = await Page($"/missions?lang={language}", "relief");
        Match alert = Assert.Single(Regex.Matches(page, "<p role=\"alert\">.*?</p>"));
        Assert.Contains("/missions/m-quiet", alert.Value, StringComparison.Ordinal);
        Assert.True(alert.Index < page.IndexOf("<table", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_trips_for_the_same_are_told_to_those_who_may_know_of_both_and_to_nobody_else()
    {
        await Stage("m-one", _site.Clock.Now);
        await Stage("m-other", _site.Clock.Now, "site/s-2");
        string told = (await (await _site.As(Role.Planner, "relief")).Get("overlaps")).Text;
        Assert.Contains("mission/m-one", told, StringComparison.Ordinal);
        Assert.Contains("mission/m-other", told, StringComparison.Ordinal);
        Assert.DoesNotContain("m-one", (await _site.Public.Get("overlaps")).Text);
    }

    [Theory]
    [InlineData("en", "What may be done twice")]
    [InlineData("fr", "Ce qui est peut-être fait deux fois")]
    [InlineData("ar", "ما قد يُنجز مرتين")]
    public async Task Two_trips_for_the_same_are_warned_of_on_the_board_for_those_who_plan_and_for_nobody_else(
        string language,
        string heading
    )
    {
        await Stage("m-one", _site.Clock.Now);
        Assert.DoesNotContain(heading, await Page($"/missions?lang={language}", "relief"));
        await Stage("m-other", _site.Clock.Now, "site/s-2");

        string page = await Page($"/missions?lang={language}", "relief");
        string warned = page[page.IndexOf(heading, StringComparison.Ordinal)..];
        string row = Regex.Match(warned, "<table.*?</table>", RegexOptions.Singleline).Value;
        Assert.Contains("/missions/m-one", row, StringComparison.Ordinal);
        Assert.Contains("/missions/m-other", row, StringComparison.Ordinal);
        Assert.Contains("both in SD", row, StringComparison.Ordinal);
        Assert.DoesNotContain(heading, await Page($"/missions?lang={language}", null));
        Assert.DoesNotContain(heading, await Page($"/offers?lang={language}", "relief"));

        ApiClient narrow = await _site.As(Role.Planner, "relief", "offer");
        string seen = await narrow.Http.GetStringAsync($"/missions?lang={language}", Cancel);
        Assert.DoesNotContain("m-one", seen, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Sites(JsonNode runways) =>
        runways.AsArray().Select(one => one!["site"]!.GetValue<string>());

    private async Task<string> Page(string path, string? organisation)
    {
        HttpClient http = organisation is null
            ? _site.Stranger
            : (await _site.As(Role.Planner, organisation, "read")).Http;
        return await http.GetStringAsync(path, Cancel);
    }

    private async Task Baseline()
    {
        object Site(string id, double? battery, double? fuel, Marking marking) =>
            new
            {
                Id = id,
                Place = new Place { Country = "SD" },
                Network = (string?)null,
                BatteryHours = battery,
                FuelLitres = fuel,
                BurnLitresPerHour = fuel is null ? (double?)null : 10,
                PeopleServed = new CountRange(100, 200),
                Source = "a survey",
                Origin = Origin.Reported,
                Marking = marking,
            };
        Answered set = await (await _site.As(Role.Planner, "relief")).Start(
            "baselines",
            new
            {
                Country = "SD",
                Populations = Array.Empty<object>(),
                NetworkShares = Array.Empty<object>(),
                Sites = new[]
                {
                    Site("s-later", 4, 200, Marking.Public),
                    Site("s-unknown", null, null, Marking.Public),
                    Site("s-held", 4, 100, _community),
                    Site("s-soon", 4, 10, Marking.Public),
                },
                Reason = "surveyed",
            }
        );
        Assert.True(set.Status == System.Net.HttpStatusCode.Created, set.Text);
    }

    private async Task Supply(AllocationState state, decimal litres, decimal delivered)
    {
        Instant now = _site.Clock.Now;
        FuelRequestEvent[] events =
        [
            new FuelRequested(
                $"fuel-{state}",
                null,
                "s-soon",
                new Place { Country = "SD" },
                400,
                now + Duration.FromHours(5),
                "it goes dark first",
                Origin.Reported,
                _community,
                "relief",
                ApiSite.PersonOf(Role.Planner, "relief"),
                now
            ),
            new FuelRequestFollowed("depot-1", "a-1", state, litres, delivered, now),
        ];
        var work = new Workspace(_site.Records);
        work.Stage(new Loaded<FuelRequest>($"fuel-request/fuel-{state}", 0, null), events, "test");
        Assert.IsType<Appended>(await work.Commit(null, Cancel));
    }

    private async Task Stage(
        string id,
        Instant now,
        string site = "site/s-1",
        bool isStarted = true
    )
    {
        var sealedField = new SealedField("key-1", "box");
        var terms = new MissionTerms(
            MissionPurpose.Repair,
            site,
            new Place { Country = "SD" },
            sealedField,
            [],
            null,
            2,
            [],
            now,
            now + Duration.FromHours(48),
            [],
            ["relief"],
            ["watch-1"],
            60,
            30
        );
        MissionEvent[] events =
        [
            new MissionProposed(
                id,
                null,
                terms,
                terms.Fingerprint(),
                Origin.Reported,
                _community,
                "relief",
                ApiSite.PersonOf(Role.Planner, "relief"),
                now
            ),
            .. isStarted
                ? (MissionEvent[])
                    [new MissionStarted([], ApiSite.PersonOf(Role.Planner, "relief"), now)]
                : [],
        ];
        var work = new Workspace(_site.Records);
        work.Stage(new Loaded<Mission>($"mission/{id}", 0, null), events, "test");
        Assert.IsType<Appended>(await work.Commit(null, Cancel));
    }
}
