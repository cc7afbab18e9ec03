using System.IO.Compression;
using System.Text.Json;
using Breakwater.Records;
using Breakwater.Tests;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Bad input: one clear line with place and remedy, the right exit code, no stack trace and no damage.</summary>
public sealed class CommandLineRefusesTests : IDisposable
{
    private const string Good = CommandLineScenario.Yaml + CommandLineScenario.Offers;
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("title: What", "titel: What", "scenario.yaml: line 2", "Did you mean 'title'?")]
    [InlineData("budgetUsd", "budgetUds", "scenario.yaml: line 18", "Did you mean 'budgetUsd'?")]
    [InlineData("since: 2026-01-01", "since: 2026-02-01", "scenario.yaml: line 5", "Swap them")]
    [InlineData("quantity: 5", "quantity: -5", "scenario.yaml: line 23", "whole number from 0")]
    [InlineData("low: 1000000", "low: 2000000", "scenario.yaml: line 14", "Swap")]
    public void A_scenario_with_a_fault_is_refused_by_file_and_line(
        string from,
        string to,
        string where,
        string remedy
    )
    {
        string scenario = CommandLineScenario.Write(
            line,
            Good.Replace(from, to, StringComparison.Ordinal)
        );
        foreach (string verb in (string[])["walk", "needs", "plan"])
        {
            CommandLineRun run = line.Run(verb, scenario);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            string[] told = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.All(
                told,
                one => Assert.StartsWith("scenario.yaml: line ", one, StringComparison.Ordinal)
            );
            string fault = Assert.Single(
                told,
                one => one.StartsWith(where + ":", StringComparison.Ordinal)
            );
            Assert.Contains(remedy, fault, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(line.Data));
    }

    [Theory]
    [InlineData("\"civil\"", "[\"registrar\"]", "no class. Write one of ")]
    [InlineData("\"civil-society\"", "[\"planer\"]", "no role. Write one of ")]
    [InlineData(
        "\"civil-society\"",
        "[\"planner\", \"representative\"]",
        "one person cannot be both planner and representative"
    )]
    public void A_charter_with_a_fault_is_refused_in_its_own_words(
        string kind,
        string roles,
        string told
    )
    {
        string charter = line.Write(
            "charter.json",
            $$"""
            {"organisations": [{"id": "a", "name": "A", "class": {{kind}}, "mandate": "m", "contacts": [],
              "members": [{"person": "p-1", "roles": {{roles}}}]}]}
            """
        );
        CommandLineRun run = line.Run("found", charter);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Breakwater.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--nothing", "breakwater --help")]
    [InlineData("verify --nothing", "breakwater verify --help")]
    [InlineData("bundle inspect file --nothing", "breakwater bundle inspect --help")]
    public void What_no_verb_takes_is_refused_with_where_to_read_of_the_whole_verb(
        string words,
        string help
    ) => Assert.EndsWith($"See: {help}", line.Run(words.Split(' ')).Refusal(2), default);

    [Fact]
    public void A_wrong_number_is_refused_without_a_type_of_the_platform() =>
        Assert.DoesNotContain(
            "System.",
            line.Run("plan", "sudan-2024-02", "--budget", "much").Error,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_series_that_lacks_its_column_is_named()
    {
        string csv = line.Write("a.csv", "when,up\n2026-01-01,1\n");
        string told = line.Run(
                "detect",
                csv,
                "--format",
                "series-csv",
                "--time-column",
                "time",
                "--value-column",
                "up",
                "--place",
                "IR"
            )
            .Refusal(2);
        Assert.Contains("a.csv: line 1: column 'time' is missing", told, StringComparison.Ordinal);
        Assert.Contains("'when'", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reversed_window_is_refused() =>
        Assert.Contains(
            "Swap them",
            line.Run(
                    "detect",
                    line.Write("series.csv", CommandLineScenario.Csv()),
                    "--place",
                    "IR",
                    "--from",
                    "2026-01-09T00:00:00Z",
                    "--to",
                    "2026-01-08T00:00:00Z"
                )
                .Refusal(2),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("detect", "absent.csv", "--place", "IR")]
    [InlineData("bgp", "count", "absent.mrt")]
    [InlineData("walk", "absent-folder")]
    [InlineData("needs", "absent-folder")]
    [InlineData("scenario", "show", "absent-folder")]
    public void A_missing_file_is_named(params string[] arguments) =>
        Assert.Contains("absent", line.Run(arguments).Refusal(2), StringComparison.Ordinal);

    [Theory]
    [InlineData("detect", "--place", "IR")]
    [InlineData("dance")]
    [InlineData("demo", "--loud")]
    [InlineData("detect", "series.csv", "--place", "Atlantis", "--format", "ioda-csv")]
    [InlineData("detect", "series.csv", "--place", "IR", "--format", "papyrus")]
    [InlineData("detect", "series.csv", "--place", "IR", "--from", "yesterday")]
    [InlineData("plan", "sudan-2024-02", "--budget", "-1")]
    [InlineData("plan", "sudan-2024-02", "--budget", "much")]
    public void Wrong_usage_is_one_line_that_says_what_to_do(params string[] arguments)
    {
        line.Write("series.csv", CommandLineScenario.Csv());
        string told = line.Run(arguments).Refusal(2);
        Assert.True(told.Length > 20, told);
    }

    [Theory]
    [InlineData("[{\"offer\":\"terminals\",\"place\":null,\"units\":1}]", "names no place")]
    [InlineData("[null]", "names no place")]
    [InlineData("[{\"offer\":\"ghost\",\"place\":{\"country\":\"IR\"},\"units\":1}]", "ghost")]
    [InlineData("[{\"offer\":\"terminals\",\"place\":{\"country\":\"IR\"},\"units\":-1}]", "-1")]
    [InlineData("[\n{,]", "line 2")]
    public void A_lock_that_names_nothing_is_refused(string json, string told) =>
        Assert.Contains(
            told,
            line.Run(
                    "plan",
                    CommandLineScenario.Write(line, Good),
                    "--lock",
                    line.Write("lock.json", json)
                )
                .Refusal(2),
            StringComparison.Ordinal
        );

    [Fact]
    public void Reading_verbs_make_no_store()
    {
        Assert.Contains(
            "there is no store",
            line.Run("verify").Refusal(2),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "there is no store",
            line.Run("explain", "need-1").Refusal(2),
            StringComparison.Ordinal
        );
        line.Run("doctor").Done();
        Assert.False(Directory.Exists(line.Data));
    }

    [Fact]
    public void A_data_folder_that_cannot_be_written_is_refused_with_5()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no read-only folders");
        Assert.SkipWhen(Environment.UserName == "root", "root may write everywhere");
        string closed = Directory.CreateDirectory(Path.Combine(line.Folder, "closed")).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.Contains(
            "closed",
            line.Run("demo", "--no-serve", "--data", Path.Combine(closed, "data")).Refusal(5),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_data_folder_that_is_a_file_is_refused_with_5()
    {
        string file = line.Write("file", "x");
        Assert.Contains(
            "file",
            line.Run("demo", "--no-serve", "--data", file).Refusal(5),
            StringComparison.Ordinal
        );
        Assert.Equal("x", File.ReadAllText(file));
    }

    [Fact]
    public void A_store_of_a_newer_version_is_left_as_it_is()
    {
        string csv = line.Write("series.csv", CommandLineScenario.Csv());
        line.Run("detect", csv, "--place", "IR", "--record").Done();
        string database = Path.Combine(line.Data, "breakwater.db");
        Execute(database, "PRAGMA user_version = 99");
        string told = line.Run("verify").Refusal(5);
        Assert.Contains("99", told, StringComparison.Ordinal);
        line.Run("detect", csv, "--place", "IR", "--record").Refusal(5);
        Assert.Equal(99L, Execute(database, "PRAGMA user_version"));
    }

    [Fact]
    public async Task A_second_process_that_writes_to_the_same_store_is_a_conflict_and_one_that_reads_is_none()
    {
        await using (SqliteRecords held = SqliteRecords.Open(line.Data))
        {
            line.Run("demo", "--no-serve", "--data", line.Data).Refusal(4);
            Assert.Contains(
                "do it on its pages",
                line.Run("verify", "--rebuild").Refusal(4),
                StringComparison.Ordinal
            );
            line.Run("verify").Done();
            Assert.Equal(0, await held.Count());
        }

        line.Run("verify").Done();
    }

    [Fact]
    public void A_truncated_gzip_is_listed_and_what_came_before_is_read()
    {
        var mrt = new MrtBytes();
        for (uint i = 0; i < 20_000; i++)
        {
            mrt.Announce(
                1_700_000_100 + i,
                64500 + (i % 7),
                $"10.{i / 250 % 250}.{i % 250}.0/24",
                64500 + (i % 7),
                65000 + (i * 7919 % 401)
            );
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(mrt.ToArray());
        }

        byte[] whole = packed.ToArray();
        string cut = line.Write("cut.mrt.gz", whole[..(whole.Length / 2)]);
        JsonElement count = line.Run("bgp", "count", cut, "--json").Done().Json;
        Assert.NotEqual(0, count.GetProperty("errors").GetArrayLength());
        Assert.Equal(
            ["file", "offset", "reason"],
            CommandLine.Members(count.GetProperty("errors")[0])
        );
        Assert.InRange(count.GetProperty("records").GetInt64(), 1_000, 19_999);
    }

    [Fact]
    public void A_file_that_is_no_MRT_is_told_by_the_exit_code_and_the_others_are_counted()
    {
        string good = line.Write(
            "good.mrt",
            new MrtBytes().Withdraw(1_700_000_000, 64500, "192.0.2.0/24").ToArray()
        );
        string noise = line.Write("noise.mrt", [.. Enumerable.Repeat((byte)0xA7, 999)]);
        foreach (string bad in (string[])[noise, "absent.mrt"])
        {
            CommandLineRun ran = line.Run("bgp", "count", good, bad, "--json");
            Assert.Equal(2, ran.ExitCode);
            Assert.Equal(1, ran.Json.GetProperty("elements").GetInt64());
            Assert.Contains(
                bad,
                ran.Json.GetProperty("errors")[0].GetProperty("file").GetString(),
                StringComparison.Ordinal
            );
        }

        CommandLineRun dumped = line.Run("bgp", "dump", "-m", "absent.mrt", good);
        Assert.Equal(2, dumped.ExitCode);
        Assert.Contains("|W|", dumped.Output, StringComparison.Ordinal);
        Assert.Contains("absent.mrt", dumped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_several_series_is_not_taken_for_one()
    {
        string csv = line.Write("areas.csv", CommandLineScenario.Areas());
        string told = line.Run(
                "detect",
                csv,
                "--time-column",
                "time",
                "--value-column",
                "connectivity",
                "--place",
                "IR"
            )
            .Refusal(2);
        Assert.Contains("1584 values at 264 times", told, StringComparison.Ordinal);
        Assert.Contains("--place-column", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_option_is_not_taken_for_a_file()
    {
        string csv = line.Write("series.csv", CommandLineScenario.Csv());
        Assert.Contains(
            "--palce is not known. Did you mean '--place'?",
            line.Run("detect", csv, "--palce", "IR").Refusal(2),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Columns_of_a_table_do_not_make_a_table_of_reports()
    {
        string csv = line.Write("areas.csv", CommandLineScenario.Areas());
        string reports = line.Write(
            "reports.json",
            """{"reports":[{"observedAt":"2026-01-09T10:00:00Z","receivedAt":"2026-01-09T11:00:00Z","place":{"country":"IR"},"service":"web","state":"down","observer":"a\u001b[2Jcleared \u202Egnorw","text":"down","distribution":"public"}]}"""
        );
        CommandLineRun run = line.Run(
                "detect",
                csv,
                reports,
                "--time-column",
                "time",
                "--value-column",
                "connectivity",
                "--place-column",
                "area",
                "--country",
                "IR"
            )
            .Done();
        // What an input holds neither steers the terminal nor turns the line.
        Assert.Contains("cleared", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\u202E', run.Output);
    }

    [Fact]
    public void Damaged_rows_are_listed_and_the_rest_is_detected()
    {
        string csv = line.Write("series.csv", CommandLineScenario.Csv() + "\"yesterday\",1,2,3\n");
        CommandLineRun run = line.Run("detect", csv, "--place", "IR", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("series.csv: line 530", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Json.GetProperty("disruptions").GetArrayLength());
        Assert.Equal("line 530", run.Json.GetProperty("faults")[0].GetProperty("at").GetString());
    }

    [Theory]
    [InlineData("{\"urlz\": \"http://127.0.0.1:1\"}", "urls")]
    [InlineData("{\"urls\": ", "breakwater.json: line 1")]
    public void A_setting_that_does_not_exist_is_named(string json, string told)
    {
        Directory.CreateDirectory(line.Data);
        File.WriteAllText(Path.Combine(line.Data, "breakwater.json"), json);
        CommandLineRun run = line.Run("doctor");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(told, run.Output, StringComparison.Ordinal);
    }

    private static object? Execute(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
