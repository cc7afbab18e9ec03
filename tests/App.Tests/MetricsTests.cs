using System.Net;
using System.Net.Sockets;
using Breakwater.App.Limiting;
using Breakwater.App.Metering;
using Breakwater.Decisions;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Alone: meters are found by name in the whole process, and other tests have nodes of their own in it.</summary>
[CollectionDefinition(nameof(Metrics), DisableParallelization = true)]
public static class Metrics;

/// <summary>What the operator's collector reads, and that nobody else does.</summary>
[Collection(nameof(Metrics))]
public sealed class MetricsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_operators_word_there_are_no_metrics()
    {
        await using ApiSite site = await ApiSite.Start();
        Assert.Single(site.Server.Urls);
        using HttpResponseMessage answer = await site.Stranger.GetAsync("/metrics", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Metrics_are_served_on_their_own_port_of_this_machine_with_nothing_beside_them()
    {
        await using ApiSite site = await Start();
        using HttpResponseMessage elsewhere = await site.Stranger.GetAsync("/metrics", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        foreach (string path in (string[])["/", "/api/v1/responses", "/health/live", "/account"])
        {
            using HttpResponseMessage answer = await Get(site, path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.StartsWith("http://127.0.0.1:", Collected(site), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_another_site_points_at_this_machine_reads_no_metrics()
    {
        await using ApiSite site = await Start();
        using HttpResponseMessage answer = await Get(site, MetricsDoor.Path, "evil.example");
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_command_counts_by_what_became_of_it_and_the_writer_tells_its_load()
    {
        await using ApiSite site = await Start();
        ApiClient relief = await site.As(Role.Representative, "relief");
        foreach (int hours in (int[])[48, -1])
        {
            await relief.Start(
                "decisions",
                new
                {
                    Kind = DecisionKind.ScaleUp,
                    Question = "Shall more be done?",
                    Subject = "response/none",
                    QuorumClasses = 2,
                    Deadline = site.Clock.Now + Duration.FromHours(hours),
                    Marking = Marking.Public,
                }
            );
        }

        string[] lines = (await Scrape(site)).Split('\n');
        foreach (string outcome in (string[])["done", "invalid"])
        {
            Assert.Contains(
                lines,
                line =>
                    line.StartsWith("breakwater_commands_total{", StringComparison.Ordinal)
                    && line.Contains("command=\"open-decision\"", StringComparison.Ordinal)
                    && line.Contains($"outcome=\"{outcome}\"", StringComparison.Ordinal)
            );
        }

        Assert.True(Value(lines, "breakwater_writer_commits_total") > 0);
        Assert.True(
            Value(lines, "breakwater_writer_events_total")
                >= Value(lines, "breakwater_writer_commits_total")
        );
        Assert.Equal(0, Value(lines, "breakwater_writer_waiting"));
        Assert.Equal(1024, Value(lines, "breakwater_writer_waiting_max"));
        Assert.Equal(0, Value(lines, "breakwater_time_behind_seconds"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("metrics")]
    public void A_port_that_is_none_is_refused_before_anything_starts(string port)
    {
        string folder = DataFolder.Fresh();
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "breakwater.json"),
            $$"""{"metricsPort": "{{port}}"}"""
        );
        Fault fault = Assert.Throws<Fault>(() => Settings.Read(folder));
        Assert.Contains("'metricsPort' is no port", fault.Message, StringComparison.Ordinal);
    }

    internal static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    internal static async Task<string> Scrape(ApiSite site)
    {
        using HttpResponseMessage answer = await Get(site, MetricsDoor.Path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static Task<ApiSite> Start() =>
        ApiSite.Start(wire: new WireSettings { MetricsPort = FreePort() });

    private static string Collected(ApiSite site) =>
        site.Server.Urls.Single(url => new Uri(url) != site.Address);

    private static async Task<HttpResponseMessage> Get(
        ApiSite site,
        string path,
        string? host = null
    )
    {
        using var http = new HttpClient { BaseAddress = new Uri(Collected(site)) };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        return await http.SendAsync(request, Cancel);
    }

    private static double Value(string[] lines, string name) =>
        double.Parse(
            Assert
                .Single(
                    lines,
                    line =>
                        line.StartsWith(name + "{", StringComparison.Ordinal)
                        || line.StartsWith(name + " ", StringComparison.Ordinal)
                )
                .Split(' ')[1],
            System.Globalization.CultureInfo.InvariantCulture
        );
}
