using System.Text.Json;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>The index on the command line.</summary>
public sealed class IndexVerbTests : IDisposable
{
    private const string Day = "2026-02-28";

    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    private string Values(string csv) => _cli.Write("values.csv", csv);

    [Fact]
    public void A_country_has_its_pillars_what_raises_it_and_how_much_it_hangs_on_weights()
    {
        string values = Values(
            ResilienceTests.Csv("KE", 0.5) + ResilienceTests.Csv("UG", 0.9, hasHeader: false)
        );
        JsonElement told = _cli.Run(
                "index",
                "ke",
                "--values",
                values,
                "--as-of",
                Day,
                "--sensitivity",
                "--draws",
                "50",
                "--json"
            )
            .Done()
            .Json;
        Assert.Equal("KE", told.GetProperty("countries")[0].GetProperty("country").GetString());
        Assert.Equal(11, told.GetProperty("countries")[0].GetProperty("pillars").GetArrayLength());
        Assert.True(told.GetProperty("improvements").GetProperty("first").GetArrayLength() >= 3);
        JsonElement study = told.GetProperty("sensitivity").GetProperty("countries")[0];
        Assert.Equal(2, study.GetProperty("place").GetInt32());
        Assert.Equal(JsonValueKind.Null, told.GetProperty("changes").ValueKind);
    }

    [Fact]
    public void Bad_rows_are_named_and_the_rest_is_computed()
    {
        string values = Values(
            ResilienceTests.Csv("KE", 0.5)
                + "KE,latancy,4,,,2026-01-01,s,l,measured\nKE,latency,NaN,,,2026-01-01,s,l,measured\n"
        );
        CommandLineRun run = _cli.Run("index", "--values", values, "--as-of", Day);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("values.csv: line 36", run.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'latency'?", run.Error, StringComparison.Ordinal);
        Assert.Contains("'NaN' of latency is no number", run.Error, StringComparison.Ordinal);
        Assert.Contains("KE  ", run.Output, StringComparison.Ordinal);
        CommandLineRun verified = _cli.Run("index", "verify", values);
        Assert.Equal(1, verified.ExitCode);
        Assert.Contains("2 faults", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_says_withheld_and_what_is_missing()
    {
        string values = Values(
            "country,indicator,value,date,source,licence,origin\nKE,latency,40,2026-01-01,s,l,measured\n"
        );
        CommandLineRun run = _cli.Run("index", "KE", "--values", values, "--as-of", Day).Done();
        Assert.Contains("withheld, 33 indicators unknown", run.Output, StringComparison.Ordinal);
        Assert.Contains("cable-systems              missing", run.Output, StringComparison.Ordinal);
        Assert.Contains("WITHHELD  ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WHAT WOULD RAISE IT MOST", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("points of the range", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Country_code_domains_come_from_what_core_prints()
    {
        string core = _cli.Write(
            "core.json",
            """
            {"zone":{"file":"root.zone","serial":2026022800,"madeAt":"2026-02-27T12:00:00Z","new":1},
             "resources":[
              {"place":{"tld":"ke"},"isCountryCode":true,"origins":[64500,64501],"addressesOfUnknownRoute":0,"countries":["KE","US"],"signers":[{}]},
              {"place":{"tld":"uk"},"isCountryCode":true,"origins":null,"addressesOfUnknownRoute":3,"countries":null,"signers":[]}]}
            """
        );
        JsonElement countries = _cli.Run("index", "--values", core, "--as-of", Day, "--json")
            .Done()
            .Json.GetProperty("countries");
        Assert.Equal(
            ["GB", "KE"],
            countries.EnumerateArray().Select(one => one.GetProperty("country").GetString())
        );
        Assert.Equal(
            ["cctld-networks", "cctld-inside-and-abroad", "cctld-signed"],
            Used(countries[1])
        );
        Assert.Equal(["cctld-signed"], Used(countries[0]));

        static IEnumerable<string?> Used(JsonElement country) =>
            country
                .GetProperty("indicators")
                .EnumerateArray()
                .Where(one => one.GetProperty("state").GetString() == "used")
                .Select(one => one.GetProperty("indicator").GetString());
    }

    [Fact]
    public void Networks_abroad_are_counted_by_the_paths_of_a_table_and_where_ASes_are_registered()
    {
        string table = _cli.Write(
            "table.txt",
            string.Concat(
                new[]
                {
                    "64496 64497 64500",
                    "64496 64498 64500",
                    "64496 64497 64499 64501 64501",
                    "64496 64502 64503",
                }.Select(
                    (path, i) =>
                        $"TABLE_DUMP2|1772100000|B|192.0.2.1|64496|198.51.{100 + i}.0/24|{path}|IGP|192.0.2.1|0|0||NAG||\n"
                )
            )
        );
        string registered = _cli.Write(
            "delegated-extended",
            """
            2|afrinic|20260226|5|00000000|20260226|00000
            afrinic|US|asn|64496|3|20200101|allocated|a
            afrinic|KE|asn|64499|3|20200101|allocated|b
            afrinic|KE|asn|64503|1|20200101|allocated|c

            """
        );
        JsonElement kenya = _cli.Run(
                "index",
                "KE",
                "--table",
                table,
                "--registrations",
                registered,
                "--as-of",
                Day,
                "--json"
            )
            .Done()
            .Json.GetProperty("countries")[0];
        // 64500 by 64497 and 64498; 64501 by 64499, which is at home, by 64497; 64503 by one of no known country.
        Assert.Equal(2, ValueOf("foreign-upstreams"));
        Assert.Equal(100 * 2 / 3.0, ValueOf("largest-upstream"), 6);

        double ValueOf(string indicator) =>
            kenya
                .GetProperty("indicators")
                .EnumerateArray()
                .Single(one => one.GetProperty("indicator").GetString() == indicator)
                .GetProperty("value")
                .GetProperty("value")
                .GetDouble();
    }

    [Theory]
    [InlineData("go together", "index", "--table", "values.csv")]
    [InlineData("an index of what?", "index")]
    [InlineData("is no country", "index", "ZZ", "--values", "values.csv")]
    [InlineData("there is no value of UG", "index", "UG", "--values", "values.csv")]
    [InlineData("no such file", "index", "--values", "nothing.csv")]
    [InlineData("--as-of soon is no day", "index", "--values", "values.csv", "--as-of", "soon")]
    [InlineData(
        "--draws must lie",
        "index",
        "--values",
        "values.csv",
        "--sensitivity",
        "--draws",
        "0"
    )]
    public void What_cannot_be_done_is_said_in_one_line(string said, params string[] asked)
    {
        Values(ResilienceTests.Csv("KE", 0.5));
        CommandLineRun run = _cli.Run([
            .. asked.Select(each =>
                each.EndsWith(".csv", StringComparison.Ordinal)
                    ? Path.Combine(_cli.Folder, each)
                    : each
            ),
        ]);
        Assert.Contains(said, run.Refusal(2), StringComparison.Ordinal);
    }

    [Fact]
    public void The_bundled_set_holds_and_a_damaged_one_is_named_by_line()
    {
        CommandLineRun run = _cli.Run("index", "verify").Done();
        Assert.Contains("11 pillars, 34 indicators", run.Output, StringComparison.Ordinal);
        string set = _cli.Write("set.yaml", "id: mine\nversion: 1\ncompleteness_min: 2\n");
        CommandLineRun bad = _cli.Run("index", "verify", set);
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("set.yaml: line 3", bad.Output, StringComparison.Ordinal);
    }
}
