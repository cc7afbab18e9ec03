using System.Net;
using System.Net.Sockets;
using System.Text;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Requests that no client of good will sends. None is let in, none stops the others, and none is a fault of the node.</summary>
public sealed class HostileRequestsTests : IAsyncLifetime
{
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Malformed { get; } =
        new()
        {
            { "deep", new string('[', 5_000) },
            {
                "deep in a member",
                $"{{\"country\":{new string('[', 3_000)}{new string(']', 3_000)}}}"
            },
            { "a member twice", """{"country":"SD","country":"IR"}""" },
            {
                "a nested member twice",
                """{"populations":[{"place":{"country":"SD"},"place":{"country":"IR"}}]}"""
            },
            { "NaN", """{"country":NaN}""" },
            { "infinity", """{"country":-Infinity}""" },
            { "half a character", """{"country":"\ud800"}""" },
            { "half a character as a name", """{"\udfff":"SD"}""" },
            { "a huge number", $"{{\"country\":{new string('9', 400)}}}" },
            { "a huge exponent", """{"populations":[{"people":1e99999}]}""" },
            { "NUL", """{"country":"S\u0000D"}""" },
            { "comment", """{"country":"SD"/* */}""" },
            { "more behind it", """{"country":"SD"}{}""" },
            { "a comma too many", """{"country":"SD",}""" },
            { "single quotes", "{'country':'SD'}" },
            { "an array", "[1]" },
            { "a word", "true" },
            { "null", "null" },
            { "nothing but space", "   " },
            { "prototype", """{"__proto__":{"country":"SD"}}""" },
            { "type", """{"$type":"System.IO.FileInfo","country":"SD"}""" },
        };

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Malformed_JSON_is_refused_and_nothing_is_done(string what, string body)
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        long before = await _site.Records.Count();
        Answered start = await planner.Start("baselines", body);
        Answered command = await planner.Send(
            HttpMethod.Post,
            "organisations/relief/propose-role",
            body,
            "\"1\"",
            null
        );

        Assert.True(start.Status == HttpStatusCode.BadRequest, $"{what}: {start.Text}");
        Assert.InRange((int)command.Status, 400, 499);
        Assert.Equal(before, await _site.Records.Count());
    }

    [Fact]
    public async Task Octets_that_are_no_UTF_8_and_other_media_types_are_refused()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        foreach (
            (byte[] octets, string type) in new[]
            {
                ("{\"country\":\"\xC3\x28\"}"u8.ToArray(), "application/json"),
                (new byte[] { 0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d }, "application/json"),
                (Encoding.Unicode.GetBytes("{}"), "application/json"),
                ("country=SD"u8.ToArray(), "application/x-www-form-urlencoded"),
                ("<country>SD</country>"u8.ToArray(), "application/xml"),
                ("{\"country\":\"SD\"}"u8.ToArray(), "text/plain"),
            }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/baselines");
            request.Content = new ByteArrayContent(octets);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            using HttpResponseMessage answer = await planner.Http.SendAsync(request, Cancel);
            Assert.InRange((int)answer.StatusCode, 400, 422);
        }
    }

    [Fact]
    public async Task An_oversized_body_is_refused_whether_it_says_its_size_or_not()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        foreach (bool isChunked in new[] { true, false })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/baselines");
            request.Content = new StringContent(
                $$"""{"reason":"{{new string('x', 300_000)}}"}""",
                Encoding.UTF8,
                "application/json"
            );
            request.Headers.TransferEncodingChunked = isChunked;
            using HttpResponseMessage answer = await planner.Http.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await planner.Get("baselines/SD")).Status);
    }

    [Fact]
    public async Task A_body_that_trickles_is_cut_off_and_many_open_connections_stop_nobody()
    {
        var open = new List<TcpClient>();
        try
        {
            string token = await _site.TokenOf(ApiSite.PersonOf(Role.Planner, "relief"), "write");
            for (int i = 0; i < 200; i++)
            {
                open.Add(
                    await Connect(
                        $"POST /api/v1/baselines HTTP/1.1\r\nHost: node\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{{"
                    )
                );
            }

            // While they hang, others are served.
            Assert.Equal(HttpStatusCode.OK, (await _site.Public.Get("baselines")).Status);

            byte[] answer = new byte[4096];
            int read = await open[0].GetStream().ReadAsync(answer, Cancel);
            string text = Encoding.ASCII.GetString(answer, 0, read);
            Assert.DoesNotContain(" 200 ", text, StringComparison.Ordinal);
            Assert.DoesNotContain(" 201 ", text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await _site.Public.Get("baselines/SD")).Status);
        }
        finally
        {
            open.ForEach(client => client.Dispose());
        }
    }

    [Theory]
    [InlineData("GET / HTTP/9.9\r\nHost: node\r\n\r\n")]
    [InlineData("GET /api/v1/missions/\0 HTTP/1.1\r\nHost: node\r\n\r\n")]
    [InlineData("GET /api/v1/missions HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET /api/v1/missions HTTP/1.1\r\n\r\n")]
    [InlineData(
        "POST /api/v1/baselines HTTP/1.1\r\nHost: node\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /"
    )]
    [InlineData("POST /api/v1/baselines HTTP/1.1\r\nHost: node\r\nContent-Length: -1\r\n\r\n")]
    [InlineData(
        "POST /api/v1/baselines HTTP/1.1\r\nHost: node\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}"
    )]
    public async Task What_is_no_HTTP_is_refused_and_the_connection_does_no_harm(string request)
    {
        using TcpClient client = await Connect(request);
        byte[] answer = new byte[4096];
        int read = await client.GetStream().ReadAsync(answer, Cancel);
        string text = Encoding.ASCII.GetString(answer, 0, read);
        Assert.True(
            read == 0
                || text.StartsWith("HTTP/1.1 4", StringComparison.Ordinal)
                || text.StartsWith("HTTP/1.1 505", StringComparison.Ordinal),
            text
        );
        Assert.Equal(HttpStatusCode.OK, (await _site.Public.Get("baselines")).Status);
    }

    [Fact]
    public async Task Headers_that_say_two_things_or_none_are_not_guessed_at()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        await planner.Start("baselines", Baseline("first"));
        foreach (
            string[] seen in new string[][]
            {
                ["\"1\"", "\"2\""],
                ["\"1\", \"2\""],
                ["W/\"1\""],
                ["*"],
                ["1"],
                ["\"1"],
                ["\"\""],
                ["\"1 \""],
                ["\"99999999999999999999\""],
            }
        )
        {
            Assert.Equal(
                (HttpStatusCode)428,
                await Send(
                    planner,
                    request =>
                        Array.ForEach(
                            seen,
                            tag => request.Headers.TryAddWithoutValidation("If-Match", tag)
                        )
                )
            );
        }

        Assert.Equal(
            HttpStatusCode.BadRequest,
            await Send(
                planner,
                request =>
                {
                    request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
                    request.Headers.TryAddWithoutValidation(
                        "Idempotency-Key",
                        new string('k', 5_000)
                    );
                }
            )
        );
        Assert.Equal(1, await _site.Records.Version("baseline/SD"));
    }

    [Fact]
    public async Task A_token_that_is_none_lets_nobody_in_however_it_is_written()
    {
        string token = await _site.TokenOf(ApiSite.PersonOf(Role.Planner, "relief"), "write");
        foreach (
            string shown in new[]
            {
                "",
                "Bearer",
                "Bearer ",
                $"Basic {token}",
                $"Bearer {token}x",
                $"Bearer {token[..^1]}",
                $"Bearer {token.ToUpperInvariant()}",
                $"Bearer {new string('a', 10_000)}",
                "Bearer ' OR 1=1 --",
                "Bearer null",
            }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/baselines");
            request.Headers.TryAddWithoutValidation("Authorization", shown);
            request.Headers.TryAddWithoutValidation(
                "Cookie",
                "breakwater=1; .AspNetCore.Cookies=x"
            );
            request.Headers.TryAddWithoutValidation("X-Original-User", "planner-relief");
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await _site.Stranger.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("..")]
    [InlineData("%2e%2e%2f%2e%2e")]
    [InlineData("%00")]
    [InlineData("a%00b")]
    [InlineData("%0d%0aSet-Cookie:x=1")]
    [InlineData("a%2fb")]
    [InlineData("%ff%fe")]
    [InlineData("%ed%a0%80")]
    [InlineData("'%20OR%201=1--")]
    [InlineData("*")]
    public async Task An_id_that_is_a_path_or_worse_finds_nothing(string id)
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        foreach (
            string path in new[]
            {
                $"/api/v1/missions/{id}",
                $"/api/v1/missions/{id}/history",
                $"/explain/{id}",
                $"/reports/{id}",
                $"/disruptions/{id}",
            }
        )
        {
            using TcpClient client = await Connect(
                $"GET {path} HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n"
            );
            using var text = new StreamReader(client.GetStream());
            string answer = await text.ReadToEndAsync(Cancel);
            Assert.True(
                answer.StartsWith("HTTP/1.1 404", StringComparison.Ordinal)
                    || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal)
                    // What climbs above the root lands on another page, never on a file.
                    || (
                        id.Contains("..", StringComparison.Ordinal)
                        || id.Contains("%2e", StringComparison.Ordinal)
                    ),
                $"{path}: {answer[..Math.Min(60, answer.Length)]}"
            );
            Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Set-Cookie:x", answer, StringComparison.Ordinal);
            Assert.False(answer.StartsWith("HTTP/1.1 5", StringComparison.Ordinal), path);
        }
    }

    [Theory]
    [InlineData("q=%00")]
    [InlineData("parent=%00")]
    [InlineData("standing=%0a")]
    [InlineData("after=..")]
    [InlineData("after=LTE")]
    [InlineData("limit=-1")]
    [InlineData("limit=1e3")]
    [InlineData("limit=99999999999999999999")]
    [InlineData("bbox=NaN,NaN,NaN,NaN")]
    [InlineData("bbox=-180,-90,180,Infinity")]
    [InlineData("bbox=10,0,-10,-1")]
    [InlineData("limit=1&limit=2")]
    public async Task A_question_that_makes_no_sense_is_told_so(string query)
    {
        Answered answer = await _site.Public.Get($"baselines?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\" OR \"")]
    [InlineData("NEAR(")]
    [InlineData("*")]
    [InlineData("a AND NOT")]
    [InlineData("col:x")]
    [InlineData("')); DROP TABLE events;--")]
    [InlineData("-")]
    public async Task Words_to_search_for_are_words_and_no_language(string words)
    {
        Answered answer = await _site.Public.Get($"baselines?q={Uri.EscapeDataString(words)}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..\\..\\windows")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("a\r\nb")]
    public async Task A_file_name_that_is_a_path_is_refused(string name)
    {
        ApiClient analyst = await _site.As(Role.Analyst, "measurers");
        Answered answer = await analyst.Start(
            "input-files",
            new { Name = name, Sha256 = new string('0', 64) }
        );
        Assert.InRange((int)answer.Status, 400, 422);
    }

    private static object Baseline(string reason) =>
        new
        {
            Country = "SD",
            Populations = Array.Empty<object>(),
            NetworkShares = Array.Empty<object>(),
            Sites = Array.Empty<object>(),
            Reason = reason,
        };

    private static async Task<HttpStatusCode> Send(ApiClient who, Action<HttpRequestMessage> dress)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            "/api/v1/baselines/SD/set-baseline"
        );
        dress(request);
        request.Content = new StringContent(
            System.Text.Json.JsonSerializer.Serialize(Baseline("other"), Json.Compact),
            Encoding.UTF8,
            "application/json"
        );
        using HttpResponseMessage answer = await who.Http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private async Task<TcpClient> Connect(string sends)
    {
        var client = new TcpClient();
        await client.ConnectAsync(_site.Address.Host, _site.Address.Port, Cancel);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(sends), Cancel);
        return client;
    }
}
