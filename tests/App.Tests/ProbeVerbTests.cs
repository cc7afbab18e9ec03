using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace Breakwater.App.Tests;

public sealed class ProbeVerbTests : IDisposable
{
    private readonly CommandLine line = new();
    private readonly TcpListener server = new(IPAddress.Loopback, 0);

    public ProbeVerbTests() => server.Start();

    private string Reached => $"tcp://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}";

    public void Dispose()
    {
        server.Dispose();
        line.Dispose();
    }

    [Fact]
    public void Probe_has_every_member_of_the_contract()
    {
        CommandLineRun run = line.Run(
            "probe",
            Reached,
            "tcp://127.0.0.1:1",
            "--json",
            "--seed",
            "7"
        );
        Assert.Equal(0, run.ExitCode);
        JsonElement json = run.Json;
        Assert.Equal(
            ["probes", "controls", "watcher", "summary", "seconds"],
            CommandLine.Members(json)
        );
        Assert.Empty(
            "target kind address at result stage reason rttMs attempts"
                .Split(' ')
                .Except(CommandLine.Members(json.GetProperty("probes")[0]))
        );
        Assert.Equal(
            ["reached", "refused"],
            json.GetProperty("probes")
                .EnumerateArray()
                .Select(probe => probe.GetProperty("result").GetString())
        );
        Assert.Equal(7, json.GetProperty("summary").GetProperty("seed").GetInt32());
        Assert.Contains(
            "a watcher could see: All of it stays on this machine",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_a_watcher_could_see_is_told_before_what_came_of_it()
    {
        string told = line.Run("probe", Reached).Done().Output;
        Assert.InRange(
            told.IndexOf("WATCHER", StringComparison.Ordinal),
            0,
            told.IndexOf("ROUND 1", StringComparison.Ordinal)
        );
        Assert.Contains("SUMMARY  1 reached", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("icmp://192.0.2.1", "name one with --consent")]
    [InlineData("tcp://0.0.0.0:80", "no single host")]
    [InlineData("tcp://[::ffff:192.0.2.1]:80", "192.0.2.1 is not this machine")]
    public void Beyond_this_machine_nothing_is_asked_without_consent(
        string target,
        string missing
    ) =>
        Assert.Contains(
            missing,
            line.Run("probe", target, Reached, "--json").Refusal(3),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_consent_that_ended_is_refused_with_its_owner()
    {
        string consent = line.Write(
            "consent.json",
            """{"consents":[{"targets":["192.0.2.0/24"],"owner":"Example","expiry":"2020-01-01T00:00:00Z"}]}"""
        );
        Assert.Contains(
            "the consent of Example for it ended at 2020-01-01T00:00:00Z",
            line.Run("probe", "192.0.2.1", "--consent", consent).Refusal(3),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_dry_run_names_targets_and_what_a_watcher_could_see_and_sends_nothing()
    {
        string consent = line.Write(
            "consent.json",
            """{"consents":[{"targets":["192.0.2.0/24","example.org"],"owner":"Example","expiry":"2199-01-01T00:00:00Z"}]}"""
        );
        string[] arguments =
        [
            "probe",
            "--dry-run",
            "--consent",
            consent,
            "--resolve",
            "192.0.2.53",
            "https://example.org/secret",
            "dns://192.0.2.53/example.net",
            "--rounds",
            "3",
        ];
        string told = line.Run(arguments).Done().Output;
        Assert.All(
            [
                "example.org in clear (SNI)",
                "not the path",
                "of dns://192.0.2.53: example.org",
                "example.net?type=A",
                "3 rounds, one every 60 s",
                "Volume: at most",
                "nothing was sent",
            ],
            part => Assert.Contains(part, told, StringComparison.Ordinal)
        );
        JsonElement json = line.Run([.. arguments, "--json"]).Done().Json;
        Assert.All(
            json.GetProperty("probes").EnumerateArray(),
            probe => Assert.Equal("not-tried", probe.GetProperty("result").GetString())
        );
    }

    [Theory]
    [InlineData("example.org", "--resolve")]
    [InlineData("tcp://127.1:80", "write 127.0.0.1")]
    [InlineData("127.0.0.1 --rounds 10001", "10000")]
    [InlineData("127.0.0.1 --every 1s", "10s")]
    [InlineData("127.0.0.1 --timeout soon", "500ms")]
    [InlineData("127.0.0.1 --vantage inside --vantage-place 192.0.2.1/32", "never an address")]
    [InlineData("127.0.0.1 --vantage-place IR", "--vantage inside")]
    [InlineData("127.0.0.1 --vantage beside", "inside, outside")]
    [InlineData("127.0.0.1 --consent absent.json", "absent.json")]
    [InlineData("192.0.2.1 --control 127.0.0.1", "beyond this machine")]
    public void Wrong_usage_says_what_to_write(string arguments, string remedy) =>
        Assert.Contains(
            remedy,
            line.Run(["probe", .. arguments.Split(' ')]).Refusal(2),
            StringComparison.Ordinal
        );

    [Fact]
    public void Rounds_that_are_kept_are_read_by_detect()
    {
        string path = Path.Combine(line.Folder, "rounds.jsonl");
        for (int round = 0; round < 2; round++)
        {
            line.Run(
                    "probe",
                    Reached,
                    "--place",
                    "XX",
                    "--vantage",
                    "inside",
                    "--vantage-place",
                    "XX/North",
                    "--out",
                    path
                )
                .Done();
        }

        Assert.Equal(2, File.ReadAllLines(path).Length);
        JsonElement found = line.Run("detect", path, "--json").Done().Json;
        Assert.Equal(0, found.GetProperty("disruptions").GetArrayLength());
        Assert.Contains(
            found.GetProperty("notes").EnumerateArray(),
            note => note.GetString()!.StartsWith("few_targets XX", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_told_before_anything_is_asked() =>
        Assert.Contains(
            "cannot write",
            line.Run("probe", Reached, "--out", Path.Combine(line.Folder, "no", "such")).Refusal(5),
            StringComparison.Ordinal
        );

    [Fact]
    public void Ended_by_hand_it_says_so_and_keeps_what_was_measured()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no kill(1) to send the signal with");
        string path = Path.Combine(line.Folder, "rounds.jsonl");
        CommandLineRun run = line.RunUntil(
                () => File.Exists(path) && new FileInfo(path).Length > 0,
                "probe",
                Reached,
                "--rounds",
                "1000",
                "--out",
                path
            )
            .Done();
        Assert.Contains(" reached", run.Output, StringComparison.Ordinal);
        Assert.Contains("ended by hand", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_an_example()
    {
        string help = line.Run("probe", "--help").Done().Output;
        Assert.All(
            ["Example: breakwater probe", "--consent", "--dry-run", "--json"],
            part => Assert.Contains(part, help, StringComparison.Ordinal)
        );
    }
}
