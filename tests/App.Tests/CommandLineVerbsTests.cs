using System.Text.Json;
using Breakwater.Tests;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Each verb does what it says, in the JSON that cli.md promises.</summary>
public sealed class CommandLineVerbsTests : IDisposable
{
    /// <summary>The members of the example in the contract; more may be there.</summary>
    private const string Contract =
        "disruptions blind faults notes disruptions[].id disruptions[].kind disruptions[].state disruptions[].place "
        + "disruptions[].place.country disruptions[].asns disruptions[].start disruptions[].onset "
        + "disruptions[].onset.earliest disruptions[].onset.latest disruptions[].end disruptions[].confidence "
        + "disruptions[].severity disruptions[].severity[].family disruptions[].severity[].dropShare "
        + "disruptions[].severity[].minutes disruptions[].sources disruptions[].sources[].name "
        + "disruptions[].sources[].family disruptions[].sources[].verdict disruptions[].sources[].tag "
        + "disruptions[].sources[].weight disruptions[].notes disruptions[].evidence "
        + "disruptions[].evidence[].sha256 disruptions[].evidence[].rows blind[].feed blind[].from blind[].to blind[].reason";

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public void Demo_walks_the_default_scenario_and_its_store_explains_and_verifies()
    {
        JsonElement demo = line.Run("demo", "--no-serve", "--json", "--data", line.Data)
            .Done()
            .Json;
        Assert.Equal("sudan-2024-02", demo.GetProperty("scenario").GetString());
        Assert.Equal(line.Data, demo.GetProperty("data").GetString());
        string[] products =
        [
            "signals",
            "disruptions",
            "needs",
            "plans",
            "decisions",
            "restorations",
            "publications",
        ];
        Assert.All(products, name => Assert.NotEqual(0, demo.GetProperty(name).GetArrayLength()));
        Assert.True(demo.GetProperty("seconds").GetDouble() > 0);

        string sentence = demo.GetProperty("publications")
            .EnumerateArray()
            .Single(publication => publication.GetProperty("language").GetString() == "en")
            .GetProperty("paragraphs")[0]
            .GetProperty("id")
            .GetString()!;
        JsonElement chain = line.Run("explain", sentence, "--json").Done().Json;
        Assert.Equal(
            ["id", "kind", "summary", "repeated", "inputs", "evidence"],
            CommandLine.Members(chain)
        );
        Assert.Equal("sentence", chain.GetProperty("kind").GetString());

        JsonElement verified = line.Run("verify", "--rebuild", "--json").Done().Json;
        Assert.True(verified.GetProperty("holds").GetBoolean());
        Assert.True(verified.GetProperty("rebuilt").GetProperty("isIdentical").GetBoolean());
        Assert.Equal(0, verified.GetProperty("inspection").GetProperty("damageCount").GetInt64());

        JsonElement doctor = line.Run("doctor", "--json").Done().Json;
        Assert.Equal(["data", "checks"], CommandLine.Members(doctor));
        Assert.All(
            doctor.GetProperty("checks").EnumerateArray(),
            check => Assert.NotEqual("fault", check.GetProperty("state").GetString())
        );
    }

    [Fact]
    public void Walk_on_a_folder_of_ones_own_writes_every_product_and_stops_at_the_open_decision()
    {
        string scenario = CommandLineScenario.Write(line, CommandLineScenario.Yaml);
        string target = Path.Combine(line.Folder, "out");
        JsonElement walk = line.Run("walk", scenario, "--out", target, "--json").Done().Json;
        Assert.True(walk.GetProperty("stopsAtDecision").GetBoolean());
        Assert.Equal("my-scenario", walk.GetProperty("scenario").GetString());
        foreach (
            string name in (string[])
                ["signals", "disruptions", "needs", "plans", "decisions", "restorations"]
        )
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(Path.Combine(target, name + ".json"))
            );
            Assert.Equal(JsonValueKind.Array, document.RootElement.GetProperty(name).ValueKind);
        }

        Assert.Equal(
            [
                "situation-report.ar.html",
                "situation-report.ar.json",
                "situation-report.ar.tlog-proof",
                "situation-report.en.html",
                "situation-report.en.json",
                "situation-report.en.tlog-proof",
                "situation-report.fr.html",
                "situation-report.fr.json",
                "situation-report.fr.tlog-proof",
            ],
            Directory
                .GetFiles(Path.Combine(target, "publications"))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );
        string told = line.Run("walk", scenario).Done().Output;
        Assert.Contains("The walk stops at the open decision", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Scenarios_are_listed_shown_and_verified()
    {
        JsonElement list = line.Run("scenario", "list", "--json").Done().Json;
        Assert.Equal(
            [
                "afrinic-2025",
                "gaza-2023-10",
                "iran-2026-01",
                "sudan-2024-02",
                "telegram-india-2026-06",
                "tonga-2022-01",
            ],
            list.GetProperty("scenarios")
                .EnumerateArray()
                .Select(scenario => scenario.GetProperty("id").GetString())
        );
        JsonElement show = line.Run("scenario", "show", "iran-2026-01", "--json").Done().Json;
        Assert.Equal(
            "reconstructed",
            show.GetProperty("scenario").GetProperty("origin").GetString()
        );
        Assert.Contains(
            "econstruction",
            line.Run("scenario", "show", "iran-2026-01").Done().Output,
            StringComparison.Ordinal
        );
        JsonElement verified = line.Run(
                "scenario",
                "verify",
                CommandLineScenario.Write(line, CommandLineScenario.Yaml),
                "--json"
            )
            .Done()
            .Json;
        Assert.True(verified.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public void Bgp_count_gives_the_numbers_of_the_file()
    {
        byte[] octets = new MrtBytes()
            .Announce(1_700_000_100, 64500, "192.0.2.0/24", 64500, 64510)
            .Announce(1_700_000_101, 64501, "198.51.100.0/24", 64501, 64510)
            .Withdraw(1_700_000_102, 64500, "192.0.2.0/24")
            .State(1_700_000_103, 64501, 6, 1)
            .ToArray();
        JsonElement count = line.Run("bgp", "count", line.Write("a.mrt", octets), "--json")
            .Done()
            .Json;
        Assert.Equal(
            [
                "files",
                "records",
                "elements",
                "announcements",
                "withdrawals",
                "ribEntries",
                "stateChanges",
                "errors",
                "seconds",
            ],
            CommandLine.Members(count)
        );
        Assert.Equal(
            [1, 4, 3, 2, 1, 0, 1],
            count.EnumerateObject().Take(7).Select(member => member.Value.GetInt32())
        );
        Assert.Equal(0, count.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public void Bgp_rib_builds_the_table_that_files_make_together_in_the_order_of_time()
    {
        byte[] late = new MrtBytes()
            .Announce(3, 64500, "192.0.2.0/24", 64500, 64510)
            .Withdraw(4, 64501, "198.51.100.0/24")
            .ToArray();
        byte[] early = new MrtBytes()
            .Announce(1, 64501, "192.0.2.0/24", 64501, 64510)
            .Announce(2, 64501, "198.51.100.0/24", 64501)
            .Raw(1, 2, 3)
            .ToArray();
        CommandLineRun ran = line.Run(
                "bgp",
                "rib",
                line.Write("late.mrt", late),
                line.Write("early.mrt", early),
                "--json"
            )
            .Done();
        JsonElement rib = ran.Json;
        Assert.Equal(
            [
                "peers",
                "fullFeedPeers",
                "prefixes",
                "routes",
                "visiblePrefixes",
                "errors",
                "seconds",
            ],
            CommandLine.Members(rib)
        );
        Assert.Equal(
            [2, 0, 1, 2, 1],
            rib.EnumerateObject().Take(5).Select(member => member.Value.GetInt32())
        );
        JsonElement error = Assert.Single(rib.GetProperty("errors").EnumerateArray());
        Assert.EndsWith(
            "early.mrt",
            error.GetProperty("file").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Detect_has_every_member_of_the_contract()
    {
        string csv = line.Write("series.csv", CommandLineScenario.Csv());
        JsonElement found = line.Run("detect", csv, "--place", "IR", "--json").Done().Json;
        JsonElement disruption = Assert.Single(
            found.GetProperty("disruptions").EnumerateArray().ToList()
        );
        Assert.Equal("2026-01-08T16:30:00Z", disruption.GetProperty("start").GetString());
        Assert.Equal("confirmed", disruption.GetProperty("state").GetString());
        Assert.Equal("outage", disruption.GetProperty("kind").GetString());
        Assert.Equal(["country"], CommandLine.Members(disruption.GetProperty("place")));
        Assert.Equal(JsonValueKind.Null, disruption.GetProperty("end").ValueKind);
        Assert.Equal(
            disruption.GetProperty("start").GetString(),
            disruption.GetProperty("onset").GetProperty("latest").GetString()
        );
        Assert.Contains(
            "routing stays up, access is dark",
            disruption.GetProperty("notes").EnumerateArray().Select(note => note.GetString())
        );
        Assert.Empty(Contract.Split(' ').Except(CommandLine.Shape(found, 5)));
    }

    [Fact]
    public void Two_runs_of_detect_differ_in_no_byte()
    {
        string csv = line.Write("series.csv", CommandLineScenario.Csv());
        string Once() => line.Run("detect", csv, "--place", "IR", "--json").Done().Output;
        Assert.Equal(Once(), Once());
    }

    [Fact]
    public void Detect_records_only_when_told_to()
    {
        string csv = line.Write("series.csv", CommandLineScenario.Csv());
        line.Run("detect", csv, "--place", "IR").Done();
        Assert.False(Directory.Exists(line.Data));
        JsonElement found = line.Run("detect", csv, "--place", "IR", "--record", "--json")
            .Done()
            .Json;
        string id = found.GetProperty("disruptions")[0].GetProperty("id").GetString()!;
        JsonElement chain = line.Run("explain", id, "--json").Done().Json;
        Assert.Contains(
            chain.GetProperty("evidence").EnumerateArray(),
            raw => raw.GetProperty("raw").GetArrayLength() > 0
        );
    }

    [Fact]
    public void Explain_tells_a_disruption_as_a_whole_before_its_raw_rows()
    {
        string csv = line.Write("series.csv", CommandLineScenario.Csv());
        string id = line.Run("detect", csv, "--place", "IR", "--record", "--json")
            .Done()
            .Json.GetProperty("disruptions")[0]
            .GetProperty("id")
            .GetString()!;
        string[] told = line.Run("explain", id).Done().Output.Split('\n');
        int rows = Array.FindIndex(
            told,
            one => one.StartsWith("WHERE IT COMES FROM", StringComparison.Ordinal)
        );
        Assert.All(
            (string[])
                [
                    "  outage in IR, confirmed, confidence 0.9",
                    "    began between 2026-01-08T16:00:00Z and 2026-01-08T16:30:00Z; no end seen until ",
                    "    likely kind: unknown ",
                    "    agrees    ",
                    "    disagrees ",
                    "    could not see: ",
                ],
            beginning =>
                Assert.InRange(
                    Array.FindIndex(
                        told,
                        one => one.StartsWith(beginning, StringComparison.Ordinal)
                    ),
                    0,
                    rows
                )
        );
    }

    [Fact]
    public void Losses_of_areas_and_weak_signs_do_not_hide_the_country()
    {
        string csv = line.Write("areas.csv", CommandLineScenario.Areas());
        string[] areas =
        [
            "detect",
            csv,
            "--format",
            "series-csv",
            "--time-column",
            "time",
            "--value-column",
            "connectivity",
            "--place-column",
            "area",
            "--country",
            "IR",
        ];
        string[] told = line.Run(areas).Done().Output.Split('\n');
        int all = line.Run([.. areas, "--json"])
            .Done()
            .Json.GetProperty("disruptions")
            .GetArrayLength();
        Assert.StartsWith($"DISRUPTIONS  {all}, among them 6 of areas of these", told[0]);
        Assert.Single(told, one => one.StartsWith("  outage in IR, ", StringComparison.Ordinal));
        Assert.Contains("    6 losses of its areas are told apart (--json lists them)", told);
        Assert.Contains("WEAK SIGNS  below even odds; --json has what each source says", told);
        Assert.Single(
            told,
            one => one.Contains(" outage in IR/Area 0: ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Needs_and_plan_answer_in_the_shape_of_the_contract()
    {
        string scenario = CommandLineScenario.Write(
            line,
            CommandLineScenario.Yaml + CommandLineScenario.Offers
        );
        JsonElement needs = line.Run("needs", scenario, "--json").Done().Json;
        Assert.Equal(["asOf", "needs", "timeToDark"], CommandLine.Members(needs));
        Assert.Equal(3, needs.GetProperty("needs").GetArrayLength());
        JsonElement plan = line.Run("plan", scenario, "--json").Done().Json;
        Assert.Equal(
            ["plan", "value", "bound", "gap", "verified", "reasons", "options", "seconds"],
            CommandLine.Members(plan)
        );
        Assert.True(plan.GetProperty("verified").GetBoolean());
        Assert.Equal(5, plan.GetProperty("plan")[0].GetProperty("units").GetInt32());
        JsonElement poor = line.Run("plan", scenario, "--budget", "1000", "--json").Done().Json;
        Assert.Equal(2, poor.GetProperty("plan")[0].GetProperty("units").GetInt32());
        string locks = line.Write(
            "lock.json",
            "[{\"offer\":\"terminals\",\"place\":{\"country\":\"IR\"},\"units\":3}]"
        );
        JsonElement held = line.Run("plan", scenario, "--lock", locks, "--json").Done().Json;
        Assert.Equal(3, held.GetProperty("plan")[0].GetProperty("units").GetInt32());
        CommandLineRun none = line.Run("plan", scenario, "--forbid", locks, "--json");
        Assert.Equal(0, none.Json.GetProperty("plan").GetArrayLength());
    }

    [Fact]
    public void Without_offers_there_is_no_plan_and_the_reason_is_told()
    {
        CommandLineRun run = line.Run(
            "plan",
            CommandLineScenario.Write(line, CommandLineScenario.Yaml),
            "--json"
        );
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(0, run.Json.GetProperty("plan").GetArrayLength());
        Assert.Contains(
            "no offer can serve inside the horizon",
            run.Json.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString())
        );
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("walk")]
    [InlineData("scenario list")]
    [InlineData("scenario show")]
    [InlineData("scenario verify")]
    [InlineData("bgp count")]
    [InlineData("bgp rib")]
    [InlineData("detect")]
    [InlineData("needs")]
    [InlineData("plan")]
    [InlineData("explain")]
    [InlineData("serve")]
    [InlineData("verify")]
    [InlineData("doctor")]
    [InlineData("backup")]
    [InlineData("restore")]
    public void Help_shows_an_example(string verb)
    {
        string help = line.Run([.. verb.Split(' '), "--help"]).Done().Output;
        Assert.Contains($"breakwater {verb}", help, StringComparison.Ordinal);
        Assert.Contains("Example: ", help, StringComparison.Ordinal);
        Assert.Contains(verb == "serve" ? "--urls" : "--json", help, StringComparison.Ordinal);
    }
}
