using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Breakwater.Tests;
using Xunit;

namespace Breakwater.Shape.Tests;

/// <summary>Runs what the README says, in its order, in one folder, as a newcomer would.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly string _folder = Directory
        .CreateTempSubdirectory("breakwater-readme-")
        .FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_example_runs_on_a_series_of_our_own()
    {
        WriteScenario(Encoding.UTF8.GetBytes(Series()));
        RunExamples();
        AssertReportExplains();
        AssertHijackIsFound();
    }

    [Fact]
    public void Every_example_runs_on_the_real_export()
    {
        string folder = SharedData.PathOf("data/outages/iran-2026-01-ioda");
        WriteScenario(File.ReadAllBytes(Directory.GetFiles(folder, "*.csv").Single()));
        RunExamples();
    }

    private void RunExamples()
    {
        List<string> commands =
        [
            .. Blocks("console")
                .SelectMany(block => block.Split('\n'))
                .Where(line => line.StartsWith("breakwater ", StringComparison.Ordinal)),
        ];
        Assert.True(commands.Count >= 8, "the README has lost its examples");
        foreach (string command in commands)
        {
            (int exit, _, string error) = Run(command["breakwater ".Length..].Split(' '));
            Assert.True(exit == 0, $"{command}: exit {exit}: {error}");
        }

        Assert.True(File.Exists(Path.Combine(_folder, "result", "restorations.json")));
        Assert.True(
            File.Exists(Path.Combine(_folder, "result", "publications", "situation-report.ar.html"))
        );
    }

    private void AssertReportExplains()
    {
        string report = File.ReadAllText(
            Path.Combine(_folder, "result", "publications", "situation-report.en.html")
        );
        string id = Regex.Match(report, "p-[0-9a-f]{8}").Value;
        (int exit, string output, string error) = Run(["explain", id, "--data", "store"]);
        Assert.True(exit == 0, error);
        Assert.Contains(id, output, StringComparison.Ordinal);
    }

    private void AssertHijackIsFound()
    {
        string detect = Blocks("console")
            .SelectMany(block => block.Split('\n'))
            .Single(line => line.StartsWith("breakwater detect updates", StringComparison.Ordinal));
        (_, string output, _) = Run(detect["breakwater ".Length..].Split(' '));
        Assert.Contains("hijack in 192.0.2.0/24", output, StringComparison.Ordinal);
        Assert.Contains("announced by  AS64510", output, StringComparison.Ordinal);
        Assert.Contains("expected from AS64500", output, StringComparison.Ordinal);
        Assert.Contains("invalid", output, StringComparison.Ordinal);
    }

    /// <summary>A table in which four peers have AS64500 behind a prefix, updates in which three follow AS64510, and a VRP.</summary>
    private void WriteRoutes()
    {
        uint[] peers = [64501, 64502, 64503, 64504];
        var rib = new MrtBytes();
        var updates = new MrtBytes();
        foreach (uint peer in peers)
        {
            rib.Announce(1_700_000_000, peer, "192.0.2.0/24", peer, 64500);
        }

        foreach (uint peer in peers[..3])
        {
            updates.Announce(1_700_003_600 + peer, peer, "192.0.2.0/24", peer, 64510);
        }

        foreach (uint peer in peers[..3])
        {
            updates.Announce(1_700_007_200 + peer, peer, "192.0.2.0/24", peer, 64500);
        }

        File.WriteAllBytes(Path.Combine(_folder, "rib.mrt"), rib.ToArray());
        File.WriteAllBytes(Path.Combine(_folder, "updates.mrt"), updates.ToArray());
        File.WriteAllText(
            Path.Combine(_folder, "vrps.json"),
            """{"roas":[{"asn":64500,"prefix":"192.0.2.0/24","maxLength":24,"ta":"example"}]}"""
        );
    }

    private void WriteScenario(byte[] series)
    {
        WriteRoutes();
        File.WriteAllText(
            Path.Combine(_folder, "charter.json"),
            Blocks("json")
                .Single(block => block.Contains("organisations", StringComparison.Ordinal))
        );
        File.WriteAllText(
            Path.Combine(_folder, "facts.yaml"),
            Blocks("yaml")
                .Single(block => block.Contains("id: my-incident", StringComparison.Ordinal))
        );
        File.WriteAllText(Path.Combine(_folder, "values.csv"), Blocks("csv").Single());
        string yaml = Blocks("yaml")
            .Single(block => block.Contains("id: my-scenario", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(_folder, "my-scenario"));
        File.WriteAllText(Path.Combine(_folder, "my-scenario", "scenario.yaml"), yaml);
        File.WriteAllBytes(Path.Combine(_folder, "my-scenario", "series.csv"), series);
    }

    private (int Exit, string Output, string Error) Run(string[] arguments)
    {
        var start = new ProcessStartInfo(Repository.Executable(), arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(
            TestContext.Current.CancellationToken
        );
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static IEnumerable<string> Blocks(string language) =>
        Regex
            .Matches(
                Repository.Read("README.md"),
                $"```{language}\n(?<code>.*?)```",
                RegexOptions.Singleline
            )
            .Select(match => match.Groups["code"].Value);

    /// <summary>Half-hourly, in the form of an IODA export: two sources that go dark on 8 January, and routing that stays.</summary>
    private static string Series()
    {
        var csv = new StringBuilder(
            "\"Time (UTC)\",\"Google (Search)\",\"BGP (#Visible /24s)\",\"Active Probing (#/24s Up)\"\n"
        );
        var start = new DateTime(2025, 12, 15, 0, 0, 0, DateTimeKind.Utc);
        for (int i = 0; i < 48 * 30; i++)
        {
            DateTime at = start.AddMinutes(30 * i);
            bool isDark = at >= new DateTime(2026, 1, 8, 16, 30, 0, DateTimeKind.Utc);
            double rhythm = 70 + (20 * Math.Sin(i * Math.PI / 24));
            csv.Append(
                CultureInfo.InvariantCulture,
                $"\"{at:yyyy-MM-dd HH:mm:ss}\",{(isDark ? 1 : rhythm):0.##},{99 + (i % 3 * 0.1):0.#},{(isDark ? 3 : 95 + (i % 2)):0.##}\n"
            );
        }

        return csv.ToString();
    }
}
