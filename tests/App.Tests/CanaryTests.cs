using System.Net;
using System.Text;
using Breakwater.App.Limiting;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Membership;
using Breakwater.Records;
using Breakwater.Vocabulary;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>
/// Unique texts in every sealed field and in closely held records, and every address, file and export read by everybody:
/// what is sealed comes out nowhere, what is closely held only to those who may read it.
/// </summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private const string Sealed = "CANARYsealed5b1d";
    private const string Community = "CANARYcommunity77";
    private const string Group = "CANARYgroup41";
    private const string Amber = "CANARYamber93";

    /// <summary>Handed in as evidence: named by its hash, and read out to nobody.</summary>
    private const string Evidence = "CANARYevidence08";

    /// <summary>Who may read which of the closely held texts, by organisation.</summary>
    private static readonly Dictionary<string, string[]> _mayRead = new()
    {
        [Community] = ["measurers", "relief", "carrier", "university", "families"],
        [Group] = ["relief", "measurers"],
        [Amber] = ["relief"],
    };

    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await ApiSite.Start(
            wire: new WireSettings { MetricsPort = MetricsTests.FreePort() }
        );
        await Plant();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Every_address_read_by_everybody_tells_nothing_sealed_and_the_rest_only_to_those_who_may_read_it()
    {
        List<string> paths = await Paths();
        foreach ((string name, string? organisation, HttpClient http) in await Readers())
        {
            var seen = new HashSet<string>();
            foreach (string path in paths)
            {
                using HttpResponseMessage answer = await http.GetAsync(path, Cancel);
                string text = await answer.Content.ReadAsStringAsync(Cancel);
                Assert.False(
                    text.Contains(Sealed, StringComparison.Ordinal),
                    $"{path} tells {name} what is sealed"
                );
                Assert.DoesNotContain("\"box\"", text, StringComparison.Ordinal);
                Assert.DoesNotContain(Evidence, text, StringComparison.Ordinal);
                foreach ((string canary, string[] may) in _mayRead)
                {
                    if (text.Contains(canary, StringComparison.Ordinal))
                    {
                        Assert.True(may.Contains(organisation), $"{path} tells {name} {canary}");
                        seen.Add(canary);
                    }
                }
            }

            // Whoever may read it does find it: otherwise this test would prove nothing.
            Assert.Equal(
                _mayRead.Where(each => each.Value.Contains(organisation)).Select(each => each.Key),
                _mayRead.Keys.Where(seen.Contains)
            );
        }
    }

    [Fact]
    public async Task Metrics_count_commands_and_tell_nothing_of_what_was_in_them_or_of_who_gave_them()
    {
        string metrics = await MetricsTests.Scrape(_site);
        Assert.Contains("breakwater_commands_total{", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("relief", metrics, StringComparison.Ordinal);
        await foreach (Breakwater.Ledger.Event entry in _site.Records.EventsFrom(0, Cancel))
        {
            // "node" is a subject, "test" an author; both are words.
            foreach (
                string name in new[]
                {
                    entry.Envelope.Subject.Split('/')[1],
                    entry.Envelope.Author,
                }.Where(name => name.Length > 8)
            )
            {
                Assert.DoesNotContain(name, metrics, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_live_feed_names_to_each_reader_only_what_it_may_read()
    {
        var ids = new Dictionary<string, string>();
        await foreach (Breakwater.Ledger.Event entry in _site.Records.EventsFrom(0, Cancel))
        {
            foreach (string canary in _mayRead.Keys)
            {
                if (entry.PayloadJson.GetRawText().Contains(canary, StringComparison.Ordinal))
                {
                    ids[canary] = entry.Envelope.Subject.Split('/')[1];
                }
            }
        }

        Assert.Equal(3, ids.Count);
        foreach ((string name, string? organisation, HttpClient http) in await Readers())
        {
            string text = await Changes(http);
            foreach ((string canary, string id) in ids)
            {
                Assert.True(
                    text.Contains(id, StringComparison.Ordinal)
                        == _mayRead[canary].Contains(organisation),
                    $"{name}, {canary}"
                );
            }
        }
    }

    [Fact]
    public async Task Errors_repeat_nothing_of_what_was_sent()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        foreach (
            string body in new[]
            {
                $$"""{ "{{Sealed}}": 1 }""",
                $$"""{ "position": { "{{Sealed}}": 1 } }""",
                $$"""{ "name": "{{Sealed}}", "area": "{{Sealed}}" }""",
                $$"""{ "marking": { "distribution": "{{Sealed}}", "tlp": "green" } }""",
                $$"""{ "position": "{{Sealed}}", """,
                $$"""{ "origin": "{{Sealed}}" }""",
            }
        )
        {
            Answered answer = await planner.Start("fuel-depots", body);
            Assert.InRange((int)answer.Status, 400, 422);
            // The name of a member says where, and only that; never a value.
            Assert.DoesNotContain(
                Sealed,
                answer.Text.Replace($"$.{Sealed}", "", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        }

        foreach (
            string path in new[]
            {
                $"fuel-depots/{Sealed}",
                $"{Sealed}",
                $"fuel-depots?{Sealed}=1",
                $"fuel-depots?after={Sealed}",
            }
        )
        {
            Answered answer = await planner.Get(path);
            Assert.DoesNotContain(Sealed, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_raw_data_folder_its_dump_its_tiles_and_its_events_hold_nothing_sealed()
    {
        Assert.DoesNotContain(Sealed, CanaryFiles.Raw(_site.Folder), StringComparison.Ordinal);
        Assert.Contains(Community, CanaryFiles.Raw(_site.Folder), StringComparison.Ordinal);
        using var dump = new MemoryStream();
        await _site.Records.DumpProjections(dump, Cancel);
        Assert.DoesNotContain(
            Sealed,
            Encoding.UTF8.GetString(dump.ToArray()),
            StringComparison.Ordinal
        );
        await _site.Records.Rebuild(Cancel);
        Assert.DoesNotContain(Sealed, CanaryFiles.Raw(_site.Folder), StringComparison.Ordinal);
    }

    [Fact]
    public void A_served_node_prints_nothing_of_what_it_is_sent()
    {
        using var line = new CommandLine();
        int port = FreePort();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        int asked = 0;
        CommandLineRun run = line.RunUntil(
            () => (asked = Math.Max(asked, AskAll(http))) > 0,
            "serve",
            "--urls",
            $"http://127.0.0.1:{port}"
        );
        Assert.True(asked > 0, run.Error);
        foreach (string text in new[] { run.Output, run.Error })
        {
            Assert.DoesNotContain(Sealed, text, StringComparison.Ordinal);
            Assert.DoesNotContain("CanaryBrowser", text, StringComparison.Ordinal);
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <returns>How many requests were answered; 0 while nobody listens.</returns>
    private static int AskAll(HttpClient http)
    {
        int answered = 0;
        try
        {
            foreach (
                (HttpMethod method, string path) in new[]
                {
                    (HttpMethod.Get, $"/explain/{Sealed}"),
                    (HttpMethod.Get, $"/api/v1/fuel-depots?q={Sealed}"),
                    (HttpMethod.Post, $"/api/v1/fuel-depots/{Sealed}/open-depot"),
                    (HttpMethod.Post, "/account/sign-in"),
                }
            )
            {
                using var request = new HttpRequestMessage(method, path);
                request.Headers.TryAddWithoutValidation("User-Agent", "CanaryBrowser");
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Sealed}");
                request.Headers.TryAddWithoutValidation("X-Forwarded-For", Sealed);
                request.Content =
                    method == HttpMethod.Post ? new StringContent($"{{\"{Sealed}\": 1") : null;
                using HttpResponseMessage answer = http.Send(request, Cancel);
                answered++;
            }
        }
        catch (HttpRequestException) { }

        return answered;
    }

    private async Task Plant()
    {
        ApiClient planner = await _site.As(Role.Planner, "relief");
        await Done(planner.Start("missions", CanaryPlanting.Mission(_site, Sealed)));
        await Done(
            (await _site.As("stranger-7")).Start(
                "organisations",
                CanaryPlanting.Organisation(Sealed)
            )
        );
        string mission = (await planner.Get("missions")).Body!["items"]![0]![
            "id"
        ]!.GetValue<string>();
        await Done(
            planner.Start(
                "notifications",
                new
                {
                    Mission = mission,
                    Party = "a party",
                    Area = new Place { Country = "SD" },
                    Details = $"{Sealed} details",
                    AnswerHours = 48,
                    Marking = new Marking(Distribution.Community, Tlp.Green),
                }
            )
        );

        var signs = new Signatory("registrar-relief", "relief");
        var work = new Workspace(_site.Records);
        work.Stage<SharingGroup, SharingGroupEvent>(
            new Loaded<SharingGroup>("sharing-group/g-1", 0, null),
            [
                new GroupProposed(
                    "g-1",
                    "two that trust one another",
                    ["relief", "measurers"],
                    new Marking(Distribution.Group, Tlp.Green) { Group = "g-1" },
                    signs,
                    _site.Clock.Now
                ),
                new GroupCreated(
                    new Signatory("registrar-measurers", "measurers"),
                    _site.Clock.Now
                ),
            ],
            "test"
        );
        Assert.IsType<Appended>(await work.Commit(null, Cancel));
        _site.Server.Services.GetRequiredService<Roll>().Changed(["sharing-group/g-1"]);

        await Done(
            planner.Start("fuel-depots", CanaryPlanting.Depot($"{Sealed} position", Community))
        );
        await Done(
            planner.Start(
                "fuel-depots",
                CanaryPlanting.Depot(
                    $"{Sealed} position",
                    Group,
                    new Marking(Distribution.Group, Tlp.Green) { Group = "g-1" }
                )
            )
        );
        await Done(
            planner.Start(
                "fuel-depots",
                CanaryPlanting.Depot(
                    $"{Sealed} position",
                    Amber,
                    new Marking(Distribution.Community, Tlp.Amber) { Organisation = "relief" }
                )
            )
        );
        using var octets = new ByteArrayContent(Encoding.UTF8.GetBytes($"time,{Evidence}\n"));
        octets.Headers.ContentType = new("application/octet-stream");
        using HttpResponseMessage kept = await (
            await _site.As(Role.Analyst, "measurers")
        ).Http.PostAsync("/api/v1/evidence", octets, Cancel);
        Assert.Equal(HttpStatusCode.Created, kept.StatusCode);
        // The last change is one that everybody may read, so that a reader of the feed knows where it ends.
        await Done(
            planner.Start(
                "baselines",
                new
                {
                    Country = "SD",
                    Populations = Array.Empty<object>(),
                    NetworkShares = Array.Empty<object>(),
                    Sites = Array.Empty<object>(),
                    Reason = "nothing is known yet",
                }
            )
        );
    }

    private static async Task Done(Task<Answered> act)
    {
        Answered answer = await act;
        Assert.True(
            answer.Status is HttpStatusCode.Created or HttpStatusCode.NoContent,
            answer.Text
        );
    }

    /// <summary>Everybody that there is a sort of: the public, an account alone, and each role of each organisation.</summary>
    private async Task<List<(string Name, string? Organisation, HttpClient Http)>> Readers()
    {
        List<(string, string?, HttpClient)> readers =
        [
            ("public", null, _site.Stranger),
            ("account", null, (await _site.As("alone-2")).Http),
            ("joined only", null, (await _site.As("stranger-7")).Http),
        ];
        foreach ((Role role, string organisation) in ApiSite.Seats())
        {
            readers.Add(
                (
                    $"{role} of {organisation}",
                    organisation,
                    (await _site.As(role, organisation, "read")).Http
                )
            );
        }

        return readers;
    }

    /// <summary>Every address that is read, with every id that there is.</summary>
    private async Task<List<string>> Paths()
    {
        var paths = new List<string>();
        foreach (
            RouteEndpoint endpoint in _site
                .Server.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint =>
                    endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET")
                    != false
                )
        )
        {
            string pattern = $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}";
            if (pattern.EndsWith("/changes", StringComparison.Ordinal))
            {
                continue;
            }

            List<string> ids = ["none"];
            if (
                (
                    endpoint.Metadata.GetMetadata<Api.Described>()?.Kind
                    ?? Catalogue.Known.Kinds.FirstOrDefault(kind =>
                        pattern == $"{Pages.Response.Addresses.Of(kind)}/{{id}}"
                        || pattern.StartsWith(
                            $"/act/{kind.Plural}/{{id}}/",
                            StringComparison.Ordinal
                        )
                    )
                )
                    is { } kind
                && pattern.Contains("{id}", StringComparison.Ordinal)
            )
            {
                ids.AddRange(
                    (await _site.Records.AllOf(kind.Kind)).Select(document =>
                        document.Subject[(kind.Kind.Length + 1)..]
                    )
                );
            }

            paths.AddRange(
                ids.Select(id =>
                    System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]*\}", id)
                )
            );
            if (endpoint.Metadata.GetMetadata<Api.Described>()?.Name == "list")
            {
                paths.AddRange(
                    _mayRead.Keys.Append(Sealed).Select(canary => $"{pattern}?q={canary}")
                );
            }
        }

        paths.AddRange(
            Ogc.Collections.All.SelectMany(collection =>
                (string[])
                    [
                        $"/ogc/collections/{collection.Id}",
                        $"/ogc/collections/{collection.Id}/items?limit=1000",
                    ]
            )
        );
        Assert.True(paths.Count > 50);
        return [.. paths.Distinct()];
    }

    private static async Task<string> Changes(HttpClient http)
    {
        using HttpResponseMessage live = await http.GetAsync(
            "/api/v1/changes?after=0",
            HttpCompletionOption.ResponseHeadersRead,
            Cancel
        );
        using var lines = new StreamReader(await live.Content.ReadAsStreamAsync(Cancel));
        var text = new StringBuilder();
        while (await lines.ReadLineAsync(Cancel) is { } line)
        {
            text.AppendLine(line);
            if (line.Contains("\"kind\":\"baseline\"", StringComparison.Ordinal))
            {
                break;
            }
        }

        return text.ToString();
    }
}
