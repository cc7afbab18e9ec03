using System.Text.Json;
using Breakwater.Tests;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary><c>match</c>: our disruptions against a list of events, both ways.</summary>
public sealed class CommandLineMatchTests : IDisposable
{
    private const string Events = """
        start_date,end_date,country,geo_scope,area_name,shutdown_type,shutdown_status
        2026-01-08,2026-01-10,Iran,,,Shutdown,Ended
        2026-01-03,2026-01-04,Iran,,,Shutdown,Ended
        2026-01-05,2026-01-06,Sudan,,,Shutdown,Ended
        2026-01-20,2026-01-21,Iran,,,Shutdown,Ended

        """;

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    private string Ours()
    {
        string series = line.Write("series.csv", CommandLineScenario.Csv());
        return line.Write(
            "ours.json",
            line.Run("detect", series, "--place", "IR", "--json").Done().Output
        );
    }

    [Fact]
    public void A_match_names_what_both_have_what_one_has_and_what_cannot_be_compared()
    {
        JsonElement match = line.Run("match", Ours(), line.Write("events.csv", Events), "--json")
            .Done()
            .Json;
        Assert.Equal(
            [
                "matched",
                "oursOnly",
                "theirsOnly",
                "notComparable",
                "sums",
                "isCut",
                "rules",
                "faults",
                "notes",
            ],
            CommandLine.Members(match)
        );
        JsonElement pair = Assert.Single(match.GetProperty("matched").EnumerateArray());
        Assert.Equal("same", pair.GetProperty("relation").GetString());
        Assert.Equal(0, pair.GetProperty("onsetGapMinutes").GetInt64());
        JsonElement missed = Assert.Single(match.GetProperty("theirsOnly").EnumerateArray());
        Assert.Contains(
            "line 3",
            missed.GetProperty("reference").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            [
                "no feed of ours could see this place at that time",
                "no signals of ours for this place",
            ],
            match
                .GetProperty("notComparable")
                .GetProperty("theirs")
                .EnumerateArray()
                .Select(item => item.GetProperty("reason").GetString())
                .Order(StringComparer.Ordinal)
        );
        JsonElement theirs = match.GetProperty("sums").GetProperty("theirs");
        Assert.Equal(4, theirs.GetProperty("given").GetInt32());
        Assert.Equal(
            (1, 2, 0.5),
            (
                theirs.GetProperty("matched").GetProperty("count").GetInt32(),
                theirs.GetProperty("matched").GetProperty("of").GetInt32(),
                theirs.GetProperty("matched").GetProperty("share").GetDouble()
            )
        );
    }

    [Fact]
    public void For_people_the_sums_come_first_and_each_miss_has_its_line()
    {
        string text = line.Run("match", Ours(), line.Write("events.csv", Events)).Done().Output;
        Assert.Contains("theirs: 1 of 2 (50 %) were found", text, StringComparison.Ordinal);
        Assert.Contains("[events.csv line 3]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_may_stand_on_both_sides()
    {
        string events = line.Write("events.csv", Events);
        JsonElement sums = line.Run("match", events, events, "--json")
            .Done()
            .Json.GetProperty("sums");
        Assert.Equal(4, sums.GetProperty("pairs").GetInt32());
        Assert.Equal(
            1,
            sums.GetProperty("ours").GetProperty("matched").GetProperty("share").GetDouble()
        );
    }

    [Fact]
    public void The_store_may_stand_in_place_of_ours()
    {
        string series = line.Write("series.csv", CommandLineScenario.Csv());
        line.Run("detect", series, "--place", "IR", "--record", "--json").Done();
        JsonElement match = line.Run(
                "match",
                line.Write("events.csv", Events),
                "--data",
                line.Data,
                "--json"
            )
            .Done()
            .Json;
        Assert.Single(match.GetProperty("matched").EnumerateArray());
    }

    [Fact]
    public void What_is_no_list_is_refused_with_one_line()
    {
        string ours = Ours();
        line.Run("match", ours).Refusal(2);
        line.Run("match", ours, line.Write("prose.txt", "it was dark\n")).Refusal(2);
        line.Run("match", line.Write("broken.json", "{"), ours).Refusal(2);
        line.Run("match", line.Write("other.json", "{}"), ours).Refusal(2);
        line.Run("match", ours, line.Write("events.csv", Events), "--confidence-min", "7")
            .Refusal(2);
    }

    [Fact]
    public void A_disruption_that_cannot_be_read_is_said_and_the_rest_is_matched()
    {
        string ours = line.Write(
            "ours.json",
            """{"disruptions": [{"id": "x"}, {"id": "y", "kind": "outage", "place": {"country": "IR"}, "onset": {"earliest": "2026-01-08T16:00:00Z", "latest": "2026-01-08T16:30:00Z"}, "end": null, "confidence": 0.9}]}"""
        );
        CommandLineRun run = line.Run("match", ours, line.Write("events.csv", Events), "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("disruptions[0]", run.Error, StringComparison.Ordinal);
        // Nobody says until when it was looked at, so it may last into every later event of the place.
        Assert.Equal(2, run.Json.GetProperty("matched").GetArrayLength());
    }

    [Fact]
    public void The_shutdown_of_November_2019_is_found_in_both_lists()
    {
        string series = SharedData.PathOf("data/outages/monash/irn-2019-11-11_gif.csv.gz");
        string[] lists =
        [
            SharedData.PathOf("data/shutdowns/accessnow_2026/keepiton_2016-2025_converted.csv"),
            SharedData.PathOf(
                "data/outages/ioda_sigcomm23/ioda_investigated_outages_cleaned_phase1+2.csv.gz"
            ),
        ];
        string ours = line.Write(
            "ours.json",
            line.Run(
                "detect",
                series,
                "--format",
                "series-csv",
                "--time-column",
                "time_e",
                "--time-format",
                "unix",
                "--time-zone",
                "Asia/Tehran",
                "--value-column",
                "connectivity",
                "--place-column",
                "name_1",
                "--place-column",
                "name_2",
                "--country",
                "IR",
                "--json"
            ).Output
        );
        foreach (string list in lists)
        {
            JsonElement theirs = line.Run("match", ours, list, "--json")
                .Json.GetProperty("sums")
                .GetProperty("theirs")
                .GetProperty("matched");
            Assert.NotEqual(0, theirs.GetProperty("of").GetInt32());
            Assert.Equal(1, theirs.GetProperty("share").GetDouble());
        }
    }
}
