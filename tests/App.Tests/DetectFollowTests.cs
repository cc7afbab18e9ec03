using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.Tests;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary><c>detect --follow</c>: samples line by line, each revision at once, and at the end what batch detection finds.</summary>
public sealed partial class DetectFollowTests : IDisposable
{
    private const int DarkFrom = (7 * 48) + 33;
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public void Lines_after_a_history_end_where_the_whole_file_ends()
    {
        string[] rows = CommandLineScenario.Csv().TrimEnd().Split('\n');
        string whole = line.Write("whole.csv", string.Join('\n', rows));
        string history = line.Write("history.csv", string.Join('\n', rows[..(DarkFrom - 10)]));
        CommandLineRun run = line.RunFed(
                Lines(rows[0], rows[(DarkFrom - 10)..]),
                "detect",
                history,
                "--place",
                "IR",
                "--follow",
                "--json"
            )
            .Done();
        JsonElement[] documents = Documents(run.Output);
        JsonElement revision = documents[0].GetProperty("revision");
        Assert.Equal("opened", revision.GetProperty("kind").GetString());
        Assert.Equal(
            revision.GetProperty("id").GetString(),
            documents[0].GetProperty("disruption").GetProperty("id").GetString()
        );
        JsonElement batch = line.Run("detect", whole, "--place", "IR", "--json").Done().Json;
        JsonElement last = documents[^1];
        Assert.Equal([.. CommandLine.Members(batch), "followed"], CommandLine.Members(last));
        Assert.Equal(Told(batch), Told(last));
        Assert.Equal("2026-01-08T16:30:00Z", Told(last)[0].Start);
    }

    [Fact]
    public void Lines_without_a_history_end_in_the_bytes_of_the_same_lines_read_at_once()
    {
        string text = string.Concat(Enumerable.Range(0, 11 * 48).Select(Sample));
        string file = line.Write("samples.jsonl", text);
        JsonElement last = Documents(
            line.RunFed(text, "detect", "--follow", "--json").Done().Output
        )[^1];
        JsonElement batch = line.Run("detect", file, "--json").Done().Json;
        Assert.Equal(
            batch.GetProperty("blind").GetRawText().Where(c => !char.IsWhiteSpace(c)),
            last.GetProperty("blind").GetRawText().Where(c => !char.IsWhiteSpace(c))
        );
        Assert.Equal(Told(batch), Told(last));
        JsonElement evidence = last.GetProperty("disruptions")[0].GetProperty("evidence")[0];
        Assert.Equal("standard input", evidence.GetProperty("file").GetString());
        // Whoever kept the lines (tee) finds them again by their hash and rows.
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            evidence.GetProperty("sha256").GetString()
        );
        Assert.Equal($"{DarkFrom + 1}-{11 * 48}", evidence.GetProperty("rows").GetString());
    }

    [Fact]
    public void A_revision_is_printed_at_once_and_Ctrl_C_ends_with_the_table()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no kill(1) to send the signal with");
        CommandLineRun run = line.RunFedUntil(
                string.Concat(Enumerable.Range(0, DarkFrom + 4).Select(Sample)),
                "OPENED",
                "detect",
                "--follow"
            )
            .Done();
        Assert.Contains(
            "OPENED     IR: start 2026-01-08T16:30:00Z; confidence ",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("DISRUPTIONS  1", run.Output, StringComparison.Ordinal);
        Assert.Contains("samples taken", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feed_that_falls_silent_is_told_as_blind_while_others_go_on()
    {
        string text = string.Concat(
            Enumerable
                .Range(0, 4 * 48)
                .Select(i =>
                    (i < 3 * 48 ? Sample(i) : "")
                    + Sample(i).Replace("our probes", "others", StringComparison.Ordinal)
                )
        );
        string[] told = line.RunFed(text, "detect", "--follow").Done().Output.Split('\n');
        Assert.Single(
            told,
            one =>
                one.Contains("  BLIND      IR: ", StringComparison.Ordinal)
                && one.Contains("no samples after 2026-01-03T23:30:00Z", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Without_a_single_sample_nothing_was_watched_and_nothing_is_well()
    {
        string told = line.RunFed("", "detect", "--follow").Done().Output;
        Assert.Contains("NOTHING WATCHED", told, StringComparison.Ordinal);
        Assert.DoesNotContain("none found", told, StringComparison.Ordinal);
        Assert.DoesNotContain("no feed was blind", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_line_is_told_with_its_number_and_a_remedy_and_the_rest_goes_on()
    {
        string later = "2199-01-01T00:00:00Z";
        string[] bad =
        [
            "not json",
            """{"source":"a","family":"probing","place":"IR","time":"2026-01-01T00:00:00Z"}""",
            """{"source":"a","family":"probing","place":"IR","time":"2026-01-01T00:00:00Z","value":-1,"step":1800}""",
            """{"source":"a","family":"probing","place":"IR","time":"2026-01-01T00:00:00Z","value":1}""",
            """{"source":"a","place":"IR","time":"2026-01-01T00:00:00Z","value":1,"step":1800}""",
            """{"source":"a","family":"probing","place":"nowhere","time":"2026-01-01T00:00:00Z","value":1,"step":1800}""",
            """{"source":"a","family":"probing","place":"IR","time":"yesterday","value":1,"step":1800}""",
            """{"source":"a","family":"probing","place":"IR","time":"2026-01-01T00:00:00Z","value":1,"step":1800,"colour":"red"}""",
            $"{{\"source\":\"{new string('x', 20_000)}\"}}",
            Sample(0).TrimEnd().Replace("2026-01-01T00:00:00Z", later, StringComparison.Ordinal),
        ];
        CommandLineRun run = line.RunFed(
                string.Join('\n', bad)
                    + "\n"
                    + string.Concat(Enumerable.Range(0, 11 * 48).Select(Sample)),
                "detect",
                "--follow",
                "--json"
            )
            .Done();
        string[] told =
        [
            .. run
                .Error.Split('\n')
                .Where(one =>
                    one.StartsWith("skipped: standard input: ", StringComparison.Ordinal)
                ),
        ];
        Assert.Equal(
            Enumerable
                .Range(1, bad.Length)
                .Select(number => $"skipped: standard input: line {number}: "),
            told.Select(one => one[..(one.IndexOf(": ", 26, StringComparison.Ordinal) + 2)])
        );
        Assert.Contains("the clock here shows", told[^1], StringComparison.Ordinal);
        JsonElement last = Documents(run.Output)[^1];
        JsonElement followed = last.GetProperty("followed");
        Assert.Equal(
            (11 * 48, bad.Length - 1, 1),
            (
                followed.GetProperty("taken").GetInt32(),
                followed.GetProperty("unread").GetInt32(),
                followed.GetProperty("aheadOfClock").GetInt32()
            )
        );
        Assert.Equal(bad.Length, last.GetProperty("faults").GetArrayLength());
        Assert.Single(last.GetProperty("disruptions").EnumerateArray());
    }

    [Fact]
    public void A_sample_later_than_the_lateness_is_refused_counted_and_told()
    {
        CommandLineRun run = line.RunFed(
                string.Concat(Enumerable.Range(0, 200).Append(150).Select(Sample)),
                "detect",
                "--follow",
                "--lateness",
                "6h"
            )
            .Done();
        Assert.Contains("standard input: line 201: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("longer --lateness", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            "FOLLOWED  201 lines, 200 samples taken; 1 came too late",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Lines_that_probe_writes_are_followed_as_they_are()
    {
        string Round(int i) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                {"format":"breakwater-probe-1","round":{{i + 1}},"at":"{{At(i)}}","every":"PT1800S","place":{"country":"IR"},"distribution":"public","state":"{{(i == 100 ? "blind" : "seeing")}}","probes":[{{string.Join(
                    ',',
                    Enumerable.Range(0, 10).Select(n => Probe(i, n))
                )}}]}

                """
            );
        string text = string.Concat(Enumerable.Range(0, 11 * 48).Select(Round));
        string file = line.Write("rounds.jsonl", text);
        CommandLineRun run = line.RunFed(text, "detect", "--follow", "--json").Done();
        JsonElement last = Documents(run.Output)[^1];
        Assert.Equal(Told(line.Run("detect", file, "--json").Done().Json), Told(last));
        Assert.Equal("2026-01-08T16:30:00Z", Assert.Single(Told(last)).Start);
    }

    [Fact]
    public void Probe_hands_its_rounds_to_detect_and_keeps_its_words_for_people_apart()
    {
        CommandLineRun probed = line.Run(
            "probe",
            "tcp://127.0.0.1:1",
            "--place",
            "IR",
            "--out",
            "-"
        );
        Assert.Single(Documents(probed.Output));
        Assert.Contains("A WATCHER OF THE LINE COULD SEE", probed.Error, StringComparison.Ordinal);
        CommandLineRun run = line.RunFed(probed.Output, "detect", "--follow", "--step", "10s")
            .Done();
        Assert.Contains("FOLLOWED  1 lines, 1 samples taken", run.Output, StringComparison.Ordinal);
        line.Run("probe", "tcp://127.0.0.1:1", "--json", "--out", "-").Refusal(2);
    }

    [Theory]
    [InlineData("--follow cannot", "a.csv", "-", "--follow")]
    [InlineData("--follow does not go with --record", "--follow", "--record")]
    [InlineData("--follow does not go with --to", "--follow", "--to", "2026-01-01T00:00:00Z")]
    [InlineData("--lateness soon is no length of time", "--follow", "--lateness", "soon")]
    [InlineData("--step must lie between", "--follow", "--step", "1s")]
    [InlineData("an INPUT is missing", "--json")]
    public void What_does_not_go_together_is_refused(string told, params string[] arguments) =>
        Assert.StartsWith(
            told == "--follow cannot" ? "--follow reads samples from standard input" : told,
            line.Run(["detect", .. arguments]).Refusal(2),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_cut_of_January_2026_is_followed_to_the_same_end()
    {
        string shared = SharedData.PathOf("data/outages/iran-2026-01-ioda");
        string file = Directory.GetFiles(shared, "*.csv").Single();
        string[] rows = File.ReadAllText(file).TrimEnd().ReplaceLineEndings("\n").Split('\n');
        int cut = Array.FindIndex(
            rows,
            row => row.StartsWith("\"2026-01-08 12:00", StringComparison.Ordinal)
        );
        int end = Array.FindIndex(
            rows,
            row => row.StartsWith("\"2026-01-09 12:00", StringComparison.Ordinal)
        );
        string history = line.Write("history.csv", string.Join('\n', rows[..cut]));
        string whole = line.Write("whole.csv", string.Join('\n', rows[..end]));
        JsonElement last = Documents(
            line.RunFed(
                    Lines(rows[0], rows[cut..end]),
                    "detect",
                    history,
                    "--place",
                    "IR",
                    "--follow",
                    "--json"
                )
                .Done()
                .Output
        )[^1];
        Assert.Equal(
            Told(line.Run("detect", whole, "--place", "IR", "--json").Done().Json),
            Told(last)
        );
        Assert.Equal("2026-01-08T16:30:00Z", Assert.Single(Told(last)).Start);
    }

    private static string At(int i) =>
        new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)
            .AddMinutes(30 * i)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Sample(int i) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"source":"our probes","family":"probing","place":{"country":"IR"},"time":"{{At(
                i
            )}}","value":{{(
                i >= DarkFrom ? 3 + (0.1 * (i % 3)) : 90 + (5 * Math.Sin(2 * Math.PI * i / 48))
            )}},"step":1800}

            """
        );

    private static string Probe(int i, int n)
    {
        bool isLost = i >= DarkFrom ? n > 0 : (i + n) % 10 == 0;
        return $$"""{"target":"tcp://192.0.2.{{n}}:443","kind":"tcp","address":"192.0.2.{{n}}","at":"{{At(i)}}","result":"{{(isLost ? "timed-out" : "reached")}}","stage":"connect","reason":null,"rttMs":null,"attempts":1}""";
    }

    /// <summary>Rows of a wide CSV as lines of samples; family and step are known from the history.</summary>
    private static string Lines(string header, string[] rows)
    {
        string[] columns = [.. header.Split("\",\"").Select(column => column.Trim('"'))];
        var text = new StringBuilder();
        foreach (string row in rows)
        {
            string[] cells = row.Split(',');
            for (int column = 1; column < columns.Length; column++)
            {
                string cell = cells[column].Trim('"');
                text.Append(
                    CultureInfo.InvariantCulture,
                    $$"""
                    {"source":{{JsonSerializer.Serialize(
                        columns[column]
                    )}},"place":"IR","time":"{{cells[0].Trim('"').Replace(' ', 'T')}}Z","value":{{(
                        cell.Length == 0 ? "null" : cell
                    )}}}

                    """
                );
            }
        }

        return text.ToString();
    }

    private static JsonElement[] Documents(string output) =>
        [
            .. output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(one => JsonDocument.Parse(one).RootElement),
        ];

    /// <summary>What is told of each disruption, with ids made alike, as they name the inputs.</summary>
    private static (string? Start, string Facts)[] Told(JsonElement document) =>
        [
            .. document
                .GetProperty("disruptions")
                .EnumerateArray()
                .Select(one =>
                    (
                        one.GetProperty("start").GetString(),
                        string.Join(
                            ' ',
                            one.EnumerateObject()
                                .Where(member =>
                                    member.Name
                                        is not ("id" or "signals" or "evidence" or "sources")
                                )
                                .Select(member => $"{member.Name} {Flat(member.Value)}")
                                .Concat(
                                    one.GetProperty("sources")
                                        .EnumerateArray()
                                        .Select(Flat)
                                        .Order(StringComparer.Ordinal)
                                )
                        )
                    )
                ),
        ];

    private static string Flat(JsonElement element) =>
        Id().Replace(JsonSerializer.Serialize(element), "an id");

    [GeneratedRegex("(disruption|signal)-[0-9a-f]{16}")]
    private static partial Regex Id();
}
