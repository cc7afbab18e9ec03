using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What came back and is lost again is a new disruption on record, and its response claims it no more.</summary>
public sealed class RelapseTests : IAsyncLifetime
{
    private static readonly Place _place = Place.OfCountry("SD");
    private ApiSite _site = null!;
    private Instant _from;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await ApiSite.Start();
        _from = _site.Clock.Now - Duration.FromDays(20);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private Instant Day(int day) => _from + Duration.FromDays(day);

    [Fact]
    public async Task INV_19_A_relapse_opens_a_disruption_that_follows_once_and_the_clock_claims_no_more_that_service_is_back()
    {
        _site.Clock.Now = Day(8) + Duration.FromHours(6);
        await Responding();
        await HandIn();
        ApiClient analyst = await _site.As(Role.Analyst, "measurers");

        _site.Clock.Now = Day(12);
        Answered measured = await analyst.Do("responses", "response-1", "measure-restorations");
        Assert.True(measured.Status == HttpStatusCode.NoContent, measured.Text);
        JsonNode back = Assert.Single(
            (await _site.Public.Get("restorations")).Body!["items"]!.AsArray()
        )!["body"]!;
        Assert.Equal("confirmed", back["state"]!.GetValue<string>());
        Answered met = await analyst.Do(
            "responses",
            "response-1",
            "meet-clock",
            new
            {
                Which = ServiceClock.FirstService,
                RestorationId = back["id"]!.GetValue<string>(),
            }
        );
        Assert.True(met.Status == HttpStatusCode.OK, met.Text);
        Assert.Equal("met", Clock(met));

        _site.Clock.Now = Day(15);
        Answered lost = await analyst.Do("responses", "response-1", "measure-restorations");
        Assert.True(lost.Status == HttpStatusCode.OK, lost.Text);
        Assert.Equal("lost-again", Clock(lost));
        JsonNode relapse = Assert.Single(lost.State["relapses"]!.AsArray())!;
        string id = relapse["disruptionId"]!.GetValue<string>();
        JsonNode opened = (await _site.Public.Get($"disruptions/{id}")).Body!;
        Assert.Equal(
            "disruption-1",
            opened["body"]!["links"]![0]!["disruptionId"]!.GetValue<string>()
        );
        Assert.Equal("follows", opened["body"]!["links"]![0]!["relation"]!.GetValue<string>());
        Assert.Contains(
            relapse["restorations"]![0]!.GetValue<string>(),
            opened["inputs"]!.AsArray().Select(input => input!.GetValue<string>())
        );

        _site.Clock.Now += Duration.FromHours(1);
        await analyst.Do("responses", "response-1", "measure-restorations");
        Assert.Single(
            (await _site.Public.Get("responses/response-1")).State["relapses"]!.AsArray()
        );
        Assert.Equal(2, (await _site.Public.Get("disruptions")).Body!["items"]!.AsArray().Count);

        string page = await _site.Stranger.GetStringAsync("/responses/response-1", Cancel);
        Assert.Contains("met, then lost again", page, StringComparison.Ordinal);
        Assert.Contains($"/disruptions/{id}", page, StringComparison.Ordinal);
        string old = await _site.Stranger.GetStringAsync("/disruptions/disruption-1", Cancel);
        Assert.Contains("is followed by", old, StringComparison.Ordinal);
        Assert.Contains("lost again", old, StringComparison.Ordinal);
        Assert.Equal(0, (await _site.Records.Verify(Cancel)).DamageCount);
        Assert.True((await _site.Records.Rebuild(Cancel)).IsIdentical);
    }

    private static string Clock(Answered response) =>
        response.State["clocks"]![0]!["state"]!.GetValue<string>();

    /// <summary>Probes: normal for eight days, dark for two, back for three, and dark again.</summary>
    private async Task HandIn()
    {
        var csv = new StringBuilder("time,answers\n");
        for (int hour = 0; hour < 24 * 16; hour++)
        {
            Instant at = _from + Duration.FromHours(hour);
            bool isUp = at < Day(8) || (at >= Day(10) && at < Day(13));
            csv.Append(CultureInfo.InvariantCulture, $"{at},{(isUp ? 100 : 3) + (hour % 3)}\n");
        }

        ApiClient analyst = await _site.As(Role.Analyst, "measurers");
        using var octets = new ByteArrayContent(Encoding.UTF8.GetBytes(csv.ToString()));
        octets.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage kept = await analyst.Http.PostAsync(
            "/api/v1/evidence",
            octets,
            Cancel
        );
        Assert.Equal(HttpStatusCode.Created, kept.StatusCode);
        Answered taken = await analyst.Start(
            "input-files",
            new
            {
                SourceFile.Of("answers.csv", Encoding.UTF8.GetBytes(csv.ToString())).Sha256,
                Name = "answers.csv",
                Format = "series-csv",
                Place = _place,
                Columns = new SeriesFormat
                {
                    TimeColumn = "time",
                    ValueColumns = ["answers"],
                    Place = _place,
                    Family = SignalFamily.Probing,
                    Unit = "answers",
                },
                Origin = Origin.Measured,
                Marking = Marking.Public,
            }
        );
        Assert.True(taken.Status == HttpStatusCode.Created, taken.Text);
    }

    private async Task Responding()
    {
        Instant start = Day(8);
        var disruption = Made.Disruption("disruption-1", _place, start) with
        {
            Severity = [new Severity(SignalFamily.Probing, 0.97, 360)],
            Sources =
            [
                new SourceVerdict(
                    "answers",
                    SignalFamily.Probing,
                    Verdict.Agrees,
                    "probing_drop",
                    2
                ),
            ],
        };
        await Made.Responding(
            _site,
            "response-1",
            disruption,
            Duration.FromDays(5),
            Duration.FromDays(28)
        );
    }
}
