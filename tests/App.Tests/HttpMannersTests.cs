using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A client that asks wrongly is told what would be right, and one that asks rightly gets no more than its token is for.</summary>
public sealed class HttpMannersTests : IAsyncLifetime
{
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/baselines", "text/plain", "application/json")]
    [InlineData("/api/v1/baselines/", "application/x-www-form-urlencoded", "application/json")]
    [InlineData("/api/v1/missions/none/revise-mission", "application/xml", "application/json")]
    [InlineData("/api/v1/evidence", "application/json", "application/octet-stream")]
    [InlineData("/api/v1/reports/files", "image/png", "text/plain, application/cap+xml")]
    public async Task A_body_of_another_media_type_is_told_which_is_taken(
        string path,
        string sent,
        string accepted
    )
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent("{}", new MediaTypeHeaderValue(sent));
        using HttpResponseMessage answer = await planner.Http.SendAsync(request, Cancel);

        JsonNode problem = await Problem(answer, HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("urn:breakwater:problem:media-type", problem["type"]!.GetValue<string>());
        Assert.Contains(accepted.Split(',')[0], problem["detail"]!.GetValue<string>());
        Assert.Equal(accepted, answer.Headers.GetValues("Accept").Single());
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/missions/none", "GET, HEAD")]
    [InlineData("PUT", "/api/v1/baselines/", "GET, HEAD, POST")]
    [InlineData("GET", "/api/v1/missions/none/revise-mission", "POST")]
    [InlineData("HEAD", "/api/v1/changes", "GET")]
    [InlineData("POST", "/api/v1/plans", "GET, HEAD")]
    public async Task Another_method_is_told_which_are_taken(
        string method,
        string path,
        string allowed
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage answer = await _site.Stranger.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("/api/v1/missions", "text/html", HttpStatusCode.NotAcceptable)]
    [InlineData("/api/v1/changes", "application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("/api/v1/missions", "application/json;q=0", HttpStatusCode.NotAcceptable)]
    [InlineData("/api/v1/missions", "text/html, */*;q=0.1", HttpStatusCode.OK)]
    [InlineData("/api/v1/missions", "application/*", HttpStatusCode.OK)]
    [InlineData("/api/v1/missions", "nonsense", HttpStatusCode.OK)]
    public async Task Who_takes_none_of_what_is_given_is_told_what_is(
        string path,
        string accepts,
        HttpStatusCode expected
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accepts);
        using HttpResponseMessage answer = await _site.Stranger.SendAsync(request, Cancel);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_head_is_a_get_without_its_body_and_a_last_stroke_changes_nothing()
    {
        foreach (string path in new[] { "missions", "missions/", "plans", "needs/" })
        {
            using var head = new HttpRequestMessage(HttpMethod.Head, $"/api/v1/{path}");
            using HttpResponseMessage answer = await _site.Stranger.SendAsync(head, Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancel));
            Assert.Equal(HttpStatusCode.OK, (await _site.Public.Get(path)).Status);
        }
    }

    [Fact]
    public async Task What_is_no_address_is_a_problem_too_in_whatever_version()
    {
        foreach (string path in new[] { "/api", "/api/v1/nothing", "/api/v9/missions" })
        {
            using HttpResponseMessage answer = await _site.Stranger.GetAsync(path, Cancel);
            await Problem(answer, HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_list_of_products_passes_over_what_is_hidden_and_tells_nothing_of_it()
    {
        var held = new Marking(Distribution.Community, Tlp.Green);
        await Record([.. Enumerable.Range(0, 150).Select(number => ($"need-{number:d3}", held))]);
        await Record([("need-public", Marking.Public)]);
        await Record([.. Enumerable.Range(150, 50).Select(number => ($"need-{number:d3}", held))]);

        Answered page = await _site.Public.Get("needs");
        Assert.Single(page.Body!["items"]!.AsArray());
        Assert.Null(page.Body["next"]);
        Assert.Equal(["need-public"], await Ids(_site.Public));
        Assert.Equal(201, (await Ids(await _site.As(Role.Planner, "relief"))).Count);
    }

    [Fact]
    public async Task What_the_public_is_listed_and_shown_grows_with_a_product_and_with_the_end_of_an_embargo()
    {
        Assert.Empty(await Ids(_site.Public));
        await Record([("need-0", Marking.Public)]);
        await Record([
            (
                "need-1",
                Marking.Public with
                {
                    EmbargoUntil = _site.Clock.Now + NodaTime.Duration.FromHours(1),
                }
            ),
        ]);
        Assert.Equal(["need-0"], await Ids(_site.Public));
        Assert.Equal(HttpStatusCode.NotFound, await Explained("need-1"));
        _site.Clock.Now += NodaTime.Duration.FromHours(1);
        Assert.Equal(HttpStatusCode.OK, await Explained("need-1"));
        Assert.Equal(["need-0", "need-1"], await Ids(_site.Public));
    }

    private async Task<HttpStatusCode> Explained(string id)
    {
        using HttpResponseMessage page = await _site.Stranger.GetAsync($"/explain?id={id}", Cancel);
        return page.StatusCode;
    }

    [Fact]
    public async Task A_token_for_other_kinds_reads_of_products_what_the_public_reads()
    {
        await Record([("need-held", new Marking(Distribution.Community, Tlp.Green))]);
        ApiClient narrow = await _site.As(Role.Planner, "relief", "mission");
        ApiClient fitting = await _site.As(Role.Planner, "relief", "need");

        Assert.Empty(await Ids(narrow));
        Assert.Equal(HttpStatusCode.NotFound, (await narrow.Get("needs/need-held")).Status);
        Assert.Equal(["need-held"], await Ids(fitting));
        Assert.Equal(HttpStatusCode.OK, (await fitting.Get("needs/need-held")).Status);
    }

    private async Task Record((string Id, Marking Marking)[] products)
    {
        Write[] writes =
        [
            .. products.Select(product => new Write(
                $"need/{product.Id}",
                0,
                [
                    Draft.Of(
                        "NeedRecorded",
                        new
                        {
                            product.Id,
                            Kind = "need",
                            Inputs = Array.Empty<string>(),
                            Body = new { },
                        },
                        product.Marking,
                        "test"
                    ),
                ]
            )),
        ];
        Assert.IsType<Appended>(await _site.Records.Append(writes, cancel: Cancel));
    }

    private static async Task<List<string>> Ids(ApiClient reader)
    {
        var ids = new List<string>();
        string? next = "";
        while (next is not null)
        {
            Answered page = await reader.Get(next.Length == 0 ? "needs" : $"needs?after={next}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            ids.AddRange(
                page.Body!["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())
            );
            next = page.Body["next"]?.GetValue<string>();
        }

        return ids;
    }

    private static async Task<JsonNode> Problem(HttpResponseMessage answer, HttpStatusCode status)
    {
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        return JsonNode.Parse(text)!;
    }
}
