using System.Net;
using Breakwater.App.Api;
using Breakwater.Vocabulary;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>The manners of the API, on the subjects that it always has.</summary>
public sealed class ApiTests : IAsyncLifetime
{
    private static readonly object _baseline = new
    {
        Country = "SD",
        Populations = Array.Empty<object>(),
        NetworkShares = Array.Empty<object>(),
        Sites = Array.Empty<object>(),
        Reason = "nothing is known yet",
    };

    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_command_makes_a_subject_that_everybody_allowed_can_read()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        Answered made = await planner.Start("baselines", _baseline);

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal("SD", made.Id);
        Assert.StartsWith("\"1.", made.Tag, StringComparison.Ordinal);
        Answered read = await _site.Public.Get("baselines/SD");
        Assert.Equal("nothing is known yet", read.State["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_the_role_without_an_account_or_with_a_reading_token_nothing_is_done()
    {
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await _site.Public.Start("baselines", _baseline)).Status
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await (await _site.As(Role.Analyst, "measurers")).Start("baselines", _baseline)).Status
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await (await _site.As(Role.Planner, "relief", "read")).Start("baselines", _baseline)
            ).Status
        );
        Assert.Equal(HttpStatusCode.NotFound, (await _site.Public.Get("baselines/SD")).Status);
    }

    [Fact]
    public async Task A_stale_version_is_told_and_overwrites_nothing()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        await planner.Start("baselines", _baseline);
        Answered first = await planner.Do("baselines", "SD", "set-baseline", "\"1\"", _baseline);
        Answered late = await planner.Do("baselines", "SD", "set-baseline", "\"1\"", _baseline);
        Answered blind = await planner.Do("baselines", "SD", "set-baseline", null, _baseline);

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal((HttpStatusCode)428, blind.Status);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "\"2\""), (late.Status, late.Tag));
        Assert.Equal("urn:breakwater:problem:stale", late.Body!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_repeated_key_does_it_once_and_answers_alike()
    {
        ApiClient registrar = await _site.As(Role.Registrar, "relief");
        object roster = Roster(_site.Clock.Now);
        Answered once = await registrar.Start("duty-rosters", roster, "key-1");
        Answered again = await registrar.Start("duty-rosters", roster, "key-1");
        Answered other = await registrar.Start("duty-rosters", _baseline, "key-1");

        Assert.Equal(HttpStatusCode.Created, once.Status);
        Assert.Equal(once.Id, again.Id);
        Assert.Single((await registrar.Get("duty-rosters")).Body!["items"]!.AsArray());
        Assert.True(
            other.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity,
            other.Text
        );
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("{\"country\": 5}", HttpStatusCode.BadRequest)]
    [InlineData("{\"unknown\": true}", HttpStatusCode.BadRequest)]
    [InlineData("{\"country\": \"sudan\"}", HttpStatusCode.UnprocessableEntity)]
    public async Task Malformed_bodies_are_problems_that_repeat_nothing_of_them(
        string body,
        HttpStatusCode status
    )
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        Answered answer = await planner.Start("baselines", body);

        Assert.Equal(status, answer.Status);
        Assert.NotNull(answer.Body!["detail"]);
        Assert.DoesNotContain("System.", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        Answered answer = await planner.Start(
            "baselines",
            $$"""{"reason": "{{new string('x', 100_000)}}"}"""
        );

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    [Fact]
    public async Task Lists_go_on_from_a_cursor_and_show_each_subject_once()
    {
        ApiClient registrar = await _site.As(Role.Registrar, "relief");
        for (int i = 0; i < 7; i++)
        {
            await registrar.Start("duty-rosters", Roster(_site.Clock.Now));
        }

        var seen = new List<string>();
        string? next = "";
        while (next is not null)
        {
            Answered page = await registrar.Get(
                $"duty-rosters?limit=3{(next.Length > 0 ? $"&after={next}" : "")}"
            );
            seen.AddRange(
                page.Body!["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())
            );
            next = page.Body["next"]?.GetValue<string>();
        }

        Assert.Equal(7, seen.Count);
        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await registrar.Get("duty-rosters?limit=1000")).Status
        );
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await registrar.Get("duty-rosters?colour=red")).Status
        );
    }

    [Fact]
    public async Task INV_09_Anyone_can_join_deliberation_and_that_grants_nothing()
    {
        ApiClient stranger = await _site.As("stranger-1");
        Answered applied = await stranger.Start(
            "organisations",
            new
            {
                Name = "A new group",
                Class = StakeholderClass.CivilSociety,
                Mandate = "wants to help",
                Contacts = Array.Empty<object>(),
            }
        );

        Assert.True(
            applied.Status is HttpStatusCode.Created or HttpStatusCode.NoContent,
            applied.Text
        );
        foreach (string plural in new[] { "baselines", "input-files", "duty-rosters" })
        {
            Assert.Equal(
                HttpStatusCode.Forbidden,
                (await stranger.Start(plural, _baseline)).Status
            );
        }
    }

    [Fact]
    public async Task A_role_takes_two_people_and_is_gone_with_the_next_request_when_taken()
    {
        ApiClient registrar = await _site.As(Role.Registrar, "relief");
        ApiClient second = await _site.As(Role.Registrar, "measurers");
        ApiClient person = await _site.As(Role.Publisher, "relief");
        string[] role = ["publisher-relief", "planner"];
        Assert.Equal(HttpStatusCode.Forbidden, (await person.Start("baselines", _baseline)).Status);

        Answered proposed = await registrar.Do(
            "organisations",
            "relief",
            "propose-role",
            new { Person = role[0], Role = Role.Planner }
        );
        Assert.Equal(HttpStatusCode.OK, proposed.Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await registrar.Do(
                    "organisations",
                    "relief",
                    "confirm-role",
                    new { Person = role[0], Role = Role.Planner }
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await second.Do(
                    "organisations",
                    "relief",
                    "confirm-role",
                    new { Person = role[0], Role = Role.Planner }
                )
            ).Status
        );
        Assert.Equal(HttpStatusCode.Created, (await person.Start("baselines", _baseline)).Status);

        await registrar.Do(
            "organisations",
            "relief",
            "take-role",
            new
            {
                Person = role[0],
                Role = Role.Planner,
                Reason = "on leave",
            }
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await person.Do("baselines", "SD", "set-baseline", "\"1\"", _baseline)).Status
        );
    }

    [Fact]
    public async Task Changes_come_as_they_happen_and_go_on_from_where_a_reader_stopped()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        long before = await _site.Records.Count();
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"/api/v1/changes?after={before}"
        );
        using HttpResponseMessage live = await planner.Http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        Assert.Equal("text/event-stream", live.Content.Headers.ContentType!.MediaType);
        await planner.Start("baselines", _baseline);

        using var lines = new StreamReader(
            await live.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)
        );
        string? line;
        do
        {
            line = await lines.ReadLineAsync(TestContext.Current.CancellationToken);
        } while (line is not null && !line.StartsWith("data:", StringComparison.Ordinal));

        Assert.Contains("\"kind\":\"baseline\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_loses_the_token_or_the_stay_hears_no_more_of_what_changes()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        string token = await _site.TokenOf("analyst-families", "read");
        using HttpClient machine = new() { BaseAddress = _site.Address };
        machine.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using Visitor person = new(_site.Address);
        await person.Register("quiet-tern");
        using HttpResponseMessage told = await Listen(machine);
        using HttpResponseMessage shown = await Listen(person.Http);
        using HttpResponseMessage open = await Listen(_site.Stranger);

        await _site.RevokeTokens("analyst-families");
        await person.Send("/account", "/account/sign-out-everywhere", ("tokens", "revoke"));
        await planner.Start("baselines", _baseline);

        Assert.DoesNotContain("event: change", await Rest(told), StringComparison.Ordinal);
        Assert.DoesNotContain("event: change", await Rest(shown), StringComparison.Ordinal);
        using var still = new StreamReader(await open.Content.ReadAsStreamAsync(Cancel));
        Assert.StartsWith("id: ", await still.ReadLineAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("", await still.ReadLineAsync(Cancel));
        Assert.StartsWith("id: ", await still.ReadLineAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("event: change", await still.ReadLineAsync(Cancel));

        static Task<string> Rest(HttpResponseMessage stream) =>
            stream.Content.ReadAsStringAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel);
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("1000000")]
    public async Task Whoever_follows_from_beyond_the_ledger_is_told_where_it_ends(string after)
    {
        using HttpResponseMessage answer = await Listen(_site.Stranger, $"?after={after}");
        string problem = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        long end = await _site.Records.Count();
        Assert.Contains($"follow from after={end}", problem, StringComparison.Ordinal);
        using HttpResponseMessage heeded = await Listen(_site.Stranger, $"?after={end}");
        Assert.Equal(HttpStatusCode.OK, heeded.StatusCode);
    }

    [Fact]
    public async Task One_account_leaves_places_for_others_who_follow_changes_and_gets_its_own_back()
    {
        HttpClient greedy = (await _site.As(Role.Planner, "relief")).Http;
        HttpClient other = (await _site.As(Role.Planner, "carrier")).Http;
        var streams = new List<HttpResponseMessage>();
        for (int i = 0; i < Api.Listeners.OfAccountMost; i++)
        {
            streams.Add(await Listen(greedy));
        }

        using HttpResponseMessage refused = await Listen(greedy);
        using HttpResponseMessage taken = await Listen(other);
        Assert.All(streams, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);

        streams.ForEach(stream => stream.Dispose());
        HttpStatusCode again;
        do
        {
            // The server hears of the end a moment later.
            using HttpResponseMessage answer = await Listen(greedy);
            again = answer.StatusCode;
        } while (again == HttpStatusCode.TooManyRequests);

        Assert.Equal(HttpStatusCode.OK, again);
    }

    [Fact]
    public async Task The_OpenAPI_document_is_3_1_and_names_every_command()
    {
        using HttpClient http = new() { BaseAddress = _site.Address };
        string text = await http.GetStringAsync(
            "/openapi/v1.json",
            TestContext.Current.CancellationToken
        );

        Assert.Contains("\"openapi\": \"3.1", text, StringComparison.Ordinal);
        Assert.Contains("/api/v1/organisations/{id}/propose-role", text, StringComparison.Ordinal);
        Assert.Contains("/api/v1/baselines", text, StringComparison.Ordinal);

        using HttpResponseMessage first = await http.GetAsync("/openapi/v1.json", Cancel);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage second = await http.SendAsync(again, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task The_OpenAPI_document_is_made_once_for_a_crowd_and_again_only_where_it_could_not_be_made()
    {
        var made = new CountedDocuments();
        var route = new OpenApiRoute(made);
        await Assert.ThrowsAsync<IOException>(route.Made);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => route.Made()));
        Assert.Equal(2, made.Count);
    }

    /// <summary>Cannot be made the first time.</summary>
    private sealed class CountedDocuments : IOpenApiDocumentProvider
    {
        public int Count { get; private set; }

        public Task<OpenApiDocument> GetOpenApiDocumentAsync(CancellationToken cancellationToken) =>
            ++Count == 1
                ? Task.FromException<OpenApiDocument>(new IOException("the first time"))
                : Task.FromResult(
                    new OpenApiDocument
                    {
                        Info = new OpenApiInfo { Title = "made up", Version = "1" },
                    }
                );
    }

    private static Task<HttpResponseMessage> Listen(HttpClient http, string asked = "") =>
        http.GetAsync($"/api/v1/changes{asked}", HttpCompletionOption.ResponseHeadersRead, Cancel);

    private static object Roster(Instant now) =>
        new
        {
            Name = "night watch",
            Roles = new[] { Role.Analyst },
            Since = now,
            Until = now + Duration.FromDays(7),
            WarnBefore = Duration.FromHours(12),
        };
}
