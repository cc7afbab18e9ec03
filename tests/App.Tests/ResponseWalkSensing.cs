using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Breakwater.Feeds;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What is known beforehand, the first word that something is wrong, and what measurements say.</summary>
internal sealed partial class ResponseWalk
{
    public async Task Sense()
    {
        Done(
            await Planner()
                .Start(
                    "baselines",
                    new
                    {
                        scenario.Country,
                        scenario.Populations,
                        scenario.NetworkShares,
                        scenario.Sites,
                        Reason = "published figures",
                    }
                )
        );
        Answered report = await site.Public.Start(
            "reports",
            new
            {
                Place = Area,
                State = ServiceState.Down,
                Service = Service.Messaging,
                Latitude = 15.512345,
                Longitude = 32.512345,
            }
        );
        string id = Done(report);
        Assert.DoesNotContain(
            "512345",
            (await Analyst().Get($"reports/{id}")).Text,
            StringComparison.Ordinal
        );
        Done(await Analyst().Do("reports", id, "open-triage"));
        Answered followed = await site.Public.Do(
            "reports",
            id,
            "follow",
            null,
            new { CodeWord = report.Body!["codeWord"]!.GetValue<string>() }
        );
        Assert.Equal("in-triage", followed.Body!["standing"]!.GetValue<string>());
        Tell("Somebody without an account reports that nothing works, and follows by a code word.");
    }

    /// <returns>The disruption that weighs most.</returns>
    public async Task<string> Detect()
    {
        foreach (ScenarioSeries series in scenario.Series)
        {
            using var octets = new ByteArrayContent(series.File.Content.ToArray());
            octets.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            using HttpResponseMessage kept = await Analyst()
                .Http.PostAsync("/api/v1/evidence", octets, Cancel);
            Assert.Equal(HttpStatusCode.Created, kept.StatusCode);
            Done(
                await Analyst()
                    .Start(
                        "input-files",
                        new
                        {
                            series.File.Sha256,
                            Name = Path.GetFileName(series.File.Name),
                            series.Format,
                            series.Place,
                            series.Columns,
                            series.Origin,
                            series.ModelledColumns,
                            series.Marking,
                        }
                    )
            );
        }

        Answered told = await Analyst().Start("detections", new { Place = Area });
        Assert.Equal(HttpStatusCode.OK, told.Status);
        var disruptions = new List<JsonNode>();
        foreach (JsonNode? disruption in told.Body!["disruptions"]!.AsArray())
        {
            disruptions.Add((await site.Public.Get($"disruptions/{disruption}")).Body!["body"]!);
        }

        Tell("The measurers hand in what they measured; the node tells disruptions from it.");
        return disruptions
            .Where(one => one["end"] is null && one["severity"]!.AsArray().Count > 0)
            .MaxBy(one => one["confidence"]!.GetValue<double>())!["id"]!.GetValue<string>();
    }
}
