using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What detection tells whom: it uses all that was handed in, and names only what its caller may see.</summary>
public sealed class DetectionRoutesTests : IAsyncLifetime
{
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_feed_and_a_file_that_the_caller_may_not_see_are_named_neither_as_blind_nor_as_faulty()
    {
        var closed = new Marking(Distribution.Group, Tlp.Amber) { Group = "g-1" };
        var open = new Marking(Distribution.Community, Tlp.Green);
        await HandIn("closed.csv", "SecretFeed", closed);
        await HandIn("open.csv", "OpenFeed", open);

        Answered told = await (await _site.As(Role.Analyst, "measurers")).Start(
            "detections",
            new { Place = new { Country = "SD" } }
        );
        Assert.Equal(HttpStatusCode.OK, told.Status);
        string blind = told.Body!["blind"]!.ToJsonString();
        string faults = told.Body!["faults"]!.ToJsonString();
        Assert.Contains("OpenFeed", blind, StringComparison.Ordinal);
        Assert.Contains("open.csv", faults, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("closed.csv", told.Text, StringComparison.Ordinal);
    }

    /// <summary>A day of half-hours, too short to judge anything by, with one value that is none.</summary>
    private async Task HandIn(string name, string feed, Marking marking)
    {
        Instant start = _site.Clock.Now - Duration.FromDays(1);
        var text = new StringBuilder("time,value\n");
        for (int i = 0; i < 48; i++)
        {
            Instant at = start + Duration.FromMinutes(30 * i);
            text.AppendLine(CultureInfo.InvariantCulture, $"{at},{(i == 7 ? "oops" : $"{i}")}");
        }

        ApiClient analyst = await _site.As(Role.Analyst, "measurers");
        using var octets = new ByteArrayContent(Encoding.UTF8.GetBytes($"{text}{feed},1\n"));
        octets.Headers.ContentType = new("application/octet-stream");
        using HttpResponseMessage kept = await analyst.Http.PostAsync(
            "/api/v1/evidence",
            octets,
            Cancel
        );
        var evidence = JsonNode.Parse(await kept.Content.ReadAsStringAsync(Cancel));
        Answered taken = await analyst.Start(
            "input-files",
            new
            {
                Sha256 = evidence!["sha256"]!.GetValue<string>(),
                Name = name,
                Format = "series-csv",
                Place = new { Country = "SD" },
                Columns = new
                {
                    TimeColumn = "time",
                    ValueColumns = new[] { "value" },
                    Place = new { Country = "SD" },
                    Family = SignalFamily.Probing,
                    Unit = "hosts",
                    Source = feed,
                    Marking = marking,
                },
                Origin = Origin.Measured,
                Marking = marking,
            }
        );
        Assert.True(taken.Status is HttpStatusCode.Created or HttpStatusCode.NoContent, taken.Text);
    }
}
