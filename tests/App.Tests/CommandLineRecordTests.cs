using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using Microsoft.AspNetCore.Builder;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What <c>detect --record</c> puts on record, and what the public may then see of it, run after run.</summary>
public sealed class CommandLineRecordTests : IDisposable
{
    private const string EarlyReport = """
        {"reports":[{"observedAt":"2026-01-02T00:00:00Z","receivedAt":"2026-01-02T01:00:00Z","place":{"country":"IR"},"state":"working","observer":"resident"}]}
        """;

    private const string ReportDuring = """
        {"reports":[{"observedAt":"2026-01-09T00:00:00Z","receivedAt":"2026-01-09T01:00:00Z","place":{"country":"IR"},"state":"working","observer":"resident"}]}
        """;

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Half-hours of one monitor: a daily wave, dark between two steps.</summary>
    private static string Value(int steps, int from, int to, double level = 100, double swing = 0.1)
    {
        var csv = new StringBuilder("time,value\n");
        for (int i = 0; i < steps; i++)
        {
            DateTime at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(30 * i);
            double wave = level * (1 + (swing * Math.Sin(2 * Math.PI * i / 48)));
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{at:yyyy-MM-dd HH:mm:ss},{(i >= from && i < to ? wave * 0.02 : wave):0.00}\n"
            );
        }

        return csv.ToString();
    }

    /// <summary>Rounds of probes of five areas that not everybody may see.</summary>
    private static string Rounds(string distribution)
    {
        var rounds = new StringBuilder();
        for (int i = 0; i < 11 * 48; i++)
        {
            DateTime at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(30 * i);
            foreach (string area in (string[])["Alpha", "Bravo", "Charlie", "Delta", "Echo"])
            {
                string probes = string.Join(
                    ',',
                    Enumerable
                        .Range(0, 10)
                        .Select(n =>
                            $$"""{"target":"tcp://192.0.2.{{n}}:443","kind":"tcp","address":"192.0.2.{{n}}","at":"{{at:yyyy-MM-ddTHH:mm:ssZ}}","result":"{{((i + n) % 10 == 0 ? "timed-out" : "reached")}}","stage":"connect","reason":null,"rttMs":null,"attempts":1}"""
                        )
                );
                rounds.Append(
                    CultureInfo.InvariantCulture,
                    $$"""{"format":"breakwater-probe-1","round":{{i + 1}},"at":"{{at:yyyy-MM-ddTHH:mm:ssZ}}","every":"PT1800S","place":{"country":"IR","area":["Secret{{area}}"]},"distribution":"{{distribution}}","state":"seeing","probes":[{{probes}}]}"""
                );
                rounds.Append('\n');
            }
        }

        return rounds.ToString();
    }

    private CommandLineRun Record(params string[] inputs) =>
        line.Run(["detect", .. inputs, "--place", "IR", "--record", "--json"]).Done();

    private CommandLineRun RecordValue(string name, string csv) =>
        line.Run(
                "detect",
                line.Write(name, csv),
                "--place",
                "IR",
                "--time-column",
                "time",
                "--time-format",
                "yyyy-MM-dd HH:mm:ss",
                "--value-column",
                "value",
                "--family",
                "probing",
                "--record",
                "--json"
            )
            .Done();

    private static string[] Told(CommandLineRun run) =>
        [
            .. run
                .Json.GetProperty("revisions")
                .EnumerateArray()
                .Select(one =>
                    $"{one.GetProperty("kind").GetString()}: {string.Join("; ", one.GetProperty("changes").EnumerateArray().Select(change => change.GetString()))}"
                ),
        ];

    private static string[] Ids(CommandLineRun run) =>
        [
            .. run
                .Json.GetProperty("disruptions")
                .EnumerateArray()
                .Select(one => one.GetProperty("id").GetString()!),
        ];

    /// <summary>The pages as the public sees them, over the store of this test.</summary>
    private async Task<T> Served<T>(Func<HttpClient, Task<T>> ask)
    {
        await using SqlRecords records = DataFolder.OpenExisting(line.Data);
        await using WebApplication server = Pages.Site.Build(
            records,
            "http://127.0.0.1:0",
            new Accounts.AccountSettings(line.Data)
        );
        await server.StartAsync(Cancel);
        using var http = new HttpClient(
            new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }
        )
        {
            BaseAddress = new Uri(server.Urls.First()),
        };
        return await ask(http);
    }

    private Task<string> Page(string path, string language = "en") =>
        Served(async http =>
            WebUtility.HtmlDecode(await http.GetStringAsync($"{path}?lang={language}", Cancel))
        );

    private static int Times(string text, string part) =>
        text.Split(part, StringSplitOptions.None).Length - 1;

    /// <summary>Ids of the disruptions that a page lists before its heading of past tellings, and after it.</summary>
    private static (string[] Now, string[] Past) Listed(string html)
    {
        static string[] Of(string part) =>
            [
                .. part.Split("/disruptions/")
                    .Skip(1)
                    .Select(rest => rest[..rest.IndexOfAny(['?', '"'])])
                    .Distinct(),
            ];
        string[] parts = html.Split("id=\"past\"");
        return (Of(parts[0]), parts.Length > 1 ? Of(parts[1]) : []);
    }

    [Fact]
    public async Task Areas_that_not_everybody_may_see_are_named_on_no_public_page_and_by_no_explanation()
    {
        string csv = line.Write("series.csv", CommandLineScenario.Csv());
        Record(csv, line.Write("rounds.jsonl", Rounds("group")));
        string home = await Page("/");
        string id = Assert.Single(Listed(home).Now);
        Assert.All(
            (string[])
                [
                    home,
                    await Page($"/disruptions/{id}"),
                    await Page($"/explain/{id}"),
                    line.Run("explain", id).Done().Output,
                    line.Run("explain", id, "--json").Done().Output,
                ],
            told => Assert.DoesNotContain("Secret", told, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Areas_that_everybody_may_see_are_told_and_are_in_the_chain()
    {
        string csv = line.Write("series.csv", CommandLineScenario.Csv());
        string id = Ids(Record(csv, line.Write("rounds.jsonl", Rounds("public"))))[0];
        Assert.Contains("SecretAlpha", await Page($"/disruptions/{id}"), StringComparison.Ordinal);
        Assert.Contains(
            "SecretAlpha",
            line.Run("explain", id, "--json").Done().Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(EarlyReport)]
    [InlineData(ReportDuring)]
    public async Task A_report_that_is_not_public_hides_no_measured_disruption(string report)
    {
        string csv = line.Write("series.csv", CommandLineScenario.Csv());
        string id = Ids(Record(csv))[0];
        Record(csv, line.Write("report.json", report));
        Assert.Equal([id], Listed(await Page("/")).Now);
        Assert.Contains("routing stays up", await Page($"/disruptions/{id}"), default);
        Assert.DoesNotContain(
            "field report",
            line.Run("explain", id).Done().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Who_ends_a_walk_by_hand_is_told_so_and_finds_the_store_whole()
    {
        CommandLineRun run = line.RunUntil(
            () => File.Exists(Path.Combine(line.Data, "breakwater.db")),
            "demo",
            "--data",
            line.Data
        );
        Assert.Equal(130, run.ExitCode);
        Assert.Equal(
            "ended by hand before it was done. Nothing recorded is lost; run it again for the rest.",
            run.Error.Trim()
        );
        line.Run("verify", "--rebuild").Done();
    }

    [Fact]
    public void A_report_of_another_time_neither_marks_a_disruption_nor_is_among_its_inputs()
    {
        string csv = line.Write("series.csv", CommandLineScenario.Csv());
        JsonElement one = Record(csv, line.Write("report.json", EarlyReport))
            .Json.GetProperty("disruptions")[0];
        Assert.Equal(
            ("public", "measured", 3),
            (
                one.GetProperty("marking").GetProperty("distribution").GetString(),
                one.GetProperty("origin").GetString(),
                one.GetProperty("signals").GetArrayLength()
            )
        );
    }

    [Fact]
    public void What_closely_held_reports_say_has_an_id_of_its_own_and_is_not_shown_under_it()
    {
        string csv = line.Write("series.csv", CommandLineScenario.Csv());
        string open = Ids(Record(csv))[0];
        string closed = Ids(Record(csv, line.Write("report.json", ReportDuring)))[0];
        Assert.NotEqual(open, closed);
        string refused = line.Run("explain", closed).Refusal(2);
        Assert.Contains("nothing that may be shown has this id", refused, default);
    }

    [Fact]
    public async Task A_store_of_records_that_may_not_be_shown_does_not_claim_to_be_empty()
    {
        string down = ReportDuring.Replace("working", "down", StringComparison.Ordinal);
        Record(line.Write("report.json", down));
        string home = await Page("/");
        Assert.Contains("Nothing that may be shown on this page is recorded", home, default);
        Assert.DoesNotContain("Nothing is recorded in this store yet", home, default);
        Assert.DoesNotContain("IR", home.Split("<main")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disruption_told_again_leaves_the_list_and_its_page_leads_forward()
    {
        string whole = Value(600, 400, 450);
        string earlier = Ids(RecordValue("cut.csv", Value(430, 400, 450)))[0];
        CommandLineRun run = RecordValue("whole.csv", whole);
        string now = Ids(run)[0];
        Assert.StartsWith("revised: ", Assert.Single(Told(run)), StringComparison.Ordinal);
        (string[] listed, string[] past) = Listed(await Page("/"));
        Assert.Equal([now], listed);
        Assert.Contains(earlier, past);
        string page = await Page($"/disruptions/{earlier}");
        string head = page[..page.IndexOf("<dl", StringComparison.Ordinal)];
        Assert.Contains("This was told again since", head, StringComparison.Ordinal);
        Assert.Contains($"/disruptions/{now}", head, StringComparison.Ordinal);
        Assert.Contains($"/disruptions/{earlier}", await Page($"/disruptions/{now}"), default);
        Assert.StartsWith(
            $"TOLD AGAIN  what became known later is told as {now}",
            line.Run("explain", earlier).Done().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_disruption_of_which_late_data_leave_nothing_is_withdrawn_once_and_not_counted()
    {
        string gone = Ids(RecordValue("cut.csv", Value(430, 420, 450)))[0];
        string[] withdrawn = Told(RecordValue("whole.csv", Value(600, 700, 700)));
        Assert.StartsWith("withdrawn: ", Assert.Single(withdrawn), StringComparison.Ordinal);
        Assert.Empty(Told(RecordValue("again.csv", Value(610, 700, 700))));
        Assert.DoesNotContain(gone, Listed(await Page("/")).Now);
        Assert.Contains("It was withdrawn", await Page($"/disruptions/{gone}"), default);
        string events = line.Write(
            "events.csv",
            "start_date,end_date,country,geo_scope,area_name,shutdown_type,shutdown_status\n2026-01-09,2026-01-10,Iran,,,Shutdown,Ended\n"
        );
        Assert.Equal(
            0,
            line.Run("match", events, "--data", line.Data, "--json")
                .Done()
                .Json.GetProperty("sums")
                .GetProperty("ours")
                .GetProperty("given")
                .GetInt32()
        );
    }

    [Fact]
    public async Task Another_monitor_of_the_same_name_overrules_nothing()
    {
        string id = Ids(RecordValue("cut.csv", Value(600, 500, 700)))[0];
        Assert.Empty(Told(RecordValue("quiet.csv", Value(650, 700, 700, 40, 0.5))));
        Assert.Equal([id], Listed(await Page("/")).Now);
    }

    [Fact]
    public async Task An_older_export_revises_nothing_and_is_itself_told_as_what_is_known_now()
    {
        string now = Ids(RecordValue("whole.csv", Value(600, 400, 450)))[0];
        CommandLineRun late = RecordValue("cut.csv", Value(430, 400, 450));
        string old = Ids(late)[0];
        Assert.Contains(", was not seen", Assert.Single(Told(late)), StringComparison.Ordinal);
        (string[] listed, string[] past) = Listed(await Page("/"));
        Assert.Equal([now], listed);
        Assert.Contains(old, past);
        Assert.Empty(Told(RecordValue("cut.csv", Value(430, 400, 450))));
        Assert.Equal([now], Listed(await Page("/")).Now);
    }

    [Fact]
    public async Task A_flood_of_public_reports_is_one_line_and_one_that_is_not_public_is_none()
    {
        string Flood(string distribution) =>
            $$"""{"reports":[{{string.Join(
                ',',
                Enumerable
                    .Range(0, 300)
                    .Select(i =>
                        $$"""{"observedAt":"2026-01-09T00:{{i % 60:00}}:00Z","receivedAt":"2026-01-09T02:00:00Z","place":{"country":"IR"},"state":"down","observer":"resident","distribution":"{{distribution}}"}"""
                    )
            )}}]}""";
        string csv = line.Write("series.csv", CommandLineScenario.Csv());
        Record(csv, line.Write("held.json", Flood("group")));
        Assert.DoesNotContain("held.json", await Page("/"), StringComparison.Ordinal);
        string id = Ids(Record(csv, line.Write("open.json", Flood("public"))))[0];
        string home = await Page("/");
        Assert.Equal(1, Times(home, "reports from one hand in"));
        Assert.Contains("open.json", home, StringComparison.Ordinal);
        Assert.Contains("reports from one hand in", await Page($"/disruptions/{id}"), default);
    }

    [Theory]
    [InlineData("en", "were unstable from")]
    [InlineData("fr", "ont été instables du")]
    [InlineData("ar", "غير مستقرة من")]
    public async Task A_storm_of_routing_that_overlaps_a_disruption_of_its_place_is_one_line_beside_it(
        string language,
        string words
    )
    {
        string id = Ids(Record(line.Write("series.csv", CommandLineScenario.Csv())))[0];
        await using (SqlRecords records = DataFolder.Open(line.Data))
        {
            await Recording.Append(
                records,
                "test",
                [
                    Storm("storm-open", "rrc00", 9, Marking.Public),
                    Storm("storm-before", "rrc01", 2, Marking.Public),
                    Storm("storm-held", "rrc02", 9, Marking.Sealed),
                ],
                Cancel
            );
        }

        string home = await Page("/", language);
        string page = await Page($"/disruptions/{id}", language);
        Assert.Equal((2, 1), (Times(home, words), Times(page, words)));
        Assert.Contains("rrc00", page, StringComparison.Ordinal);
        Assert.DoesNotContain("rrc02", home + page, StringComparison.Ordinal);
    }

    private static Draft Storm(string id, string feed, int day, Marking marking)
    {
        var from = Instant.FromUtc(2026, 1, day, 3, 0);
        var to = Instant.FromUtc(2026, 1, day, 5, 0);
        return ProductRecorded
            .Of(
                id,
                "storm",
                new Storm
                {
                    Id = id,
                    Feed = feed,
                    Place = Place.OfCountry("IR"),
                    Onset = new InstantRange(from, from),
                    ConfirmedAt = from,
                    End = new InstantRange(to, to),
                    ClosedAt = to,
                    Live = [],
                    Minutes = 120,
                    Intensity = 9,
                    Metrics = [],
                    Notes = [],
                    Signals = [],
                    Evidence = [],
                    Detector = "test",
                },
                []
            )
            .ToDraft(marking, "test");
    }
}
