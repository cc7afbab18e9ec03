using System.Net;
using System.Text.Json;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What a prober makes of a network that is whole, filtered, lossy, cut, or not its own.</summary>
public sealed class ProbeNamespaceTests : IDisposable
{
    private const string Consent =
        """{"consents":[{"targets":["198.51.100.0/24","203.0.113.0/24","192.0.2.0/24","2001:db8::/32"],"owner":"Example","expiry":"2199-01-01T00:00:00Z","maximumPerMinute":60}]}""";

    private readonly CommandLine line = new();
    private readonly Namespaces spaces = new();
    private readonly string consent;

    public ProbeNamespaceTests()
    {
        consent = line.Write("consent.json", Consent);
        if (spaces.Missing is null)
        {
            Namespaces.Filter(spaces.There);
            Namespaces.Filter(spaces.Here);
        }
    }

    public void Dispose()
    {
        spaces.Dispose();
        line.Dispose();
    }

    [Fact]
    public void A_network_that_is_whole_is_reached_over_both_versions_of_IP()
    {
        Assert.SkipUnless(spaces.Missing is null, spaces.Missing ?? "");
        spaces.Listen(spaces.There, IPAddress.IPv6Any, 443);
        spaces.Listen(spaces.There, IPAddress.Any, 80);
        Assert.Equal(
            ["reached", "reached", "reached", "reached", "refused", "refused"],
            Results(
                "icmp://198.51.100.1",
                "icmp://[2001:db8:2::1]",
                "tcp://198.51.100.1:80",
                "tcp://[2001:db8:2::1]:443",
                "tcp://198.51.100.1:81",
                "tcp://[2001:db8:2::1]:81"
            )
        );
    }

    [Fact]
    public void Dropped_reset_and_rejected_are_three_facts()
    {
        Assert.SkipUnless(spaces.Missing is null, spaces.Missing ?? "");
        Namespaces.Filter(
            spaces.There,
            "tcp dport 91 drop",
            "tcp dport 92 reject with tcp reset",
            "tcp dport 93 reject with icmpx type admin-prohibited",
            "udp dport 53 drop",
            "udp dport 54 reject with icmpx type host-unreachable",
            "icmpv6 type echo-request drop"
        );
        Assert.Equal(
            [
                "timed-out",
                "refused",
                "unreachable",
                "timed-out",
                "unreachable",
                "timed-out",
                "reached",
            ],
            Results(
                "tcp://198.51.100.1:91",
                "tcp://198.51.100.1:92",
                "tcp://198.51.100.1:93",
                "dns://198.51.100.1",
                "dns://198.51.100.1:54",
                "icmp://[2001:db8:2::1]",
                "icmp://198.51.100.1"
            )
        );
    }

    [Fact]
    public void A_lost_packet_is_asked_for_again()
    {
        Assert.SkipUnless(spaces.Missing is null, spaces.Missing ?? "");
        Namespaces.Filter(spaces.There, "icmp type echo-request numgen inc mod 2 == 0 drop");
        JsonElement probe = Probe("--retries", "1", "icmp://198.51.100.1")
            .Json.GetProperty("probes")[0];
        Assert.Equal("reached", probe.GetProperty("result").GetString());
        Assert.Equal(2, probe.GetProperty("attempts").GetInt32());
    }

    [Fact]
    public void Loss_on_the_line_leaves_the_target_reached_after_enough_attempts()
    {
        Assert.SkipUnless(spaces.Missing is null, spaces.Missing ?? "");
        string link = spaces.Here[..12] + "1";
        Assert.SkipUnless(
            Namespaces.Can(
                spaces.Here,
                "tc",
                "qdisc",
                "add",
                "dev",
                link,
                "root",
                "netem",
                "loss",
                "30%"
            ),
            "this kernel has no netem (CONFIG_NET_SCH_NETEM); packets are dropped by nft in the other tests"
        );
        try
        {
            Assert.Equal(
                ["reached", "reached"],
                Results("--retries", "5", "icmp://198.51.100.1", "icmp://198.51.100.254")
            );
        }
        finally
        {
            Namespaces.In(spaces.Here, "tc", "qdisc", "del", "dev", link, "root");
        }
    }

    [Fact]
    public void A_route_that_is_gone_at_the_router_is_unreachable_and_one_that_is_gone_here_says_nothing()
    {
        Assert.SkipUnless(spaces.Missing is null, spaces.Missing ?? "");
        Namespaces.In(spaces.Router, "ip", "route", "add", "unreachable", "203.0.113.0/24");
        Namespaces.In(spaces.Here, "ip", "route", "add", "unreachable", "203.0.113.128/25");
        // A kernel sends one such answer a second to one address; on a busy machine both targets may miss the first.
        Assert.Equal(
            ["unreachable", "unreachable", "cannot"],
            Results(
                "--retries",
                "5",
                "icmp://203.0.113.1",
                "tcp://203.0.113.1:443",
                "icmp://203.0.113.129"
            )
        );
    }

    [Fact]
    public void A_target_that_is_cut_is_an_outage_and_an_own_line_that_is_cut_is_not()
    {
        Assert.SkipUnless(spaces.Missing is null, spaces.Missing ?? "");
        Namespaces.In(spaces.There, "ip", "link", "set", Link("2"), "down");
        Round("cut.jsonl", "icmp://198.51.100.1", "--control", "icmp://192.0.2.254");
        Namespaces.In(spaces.Router, "ip", "link", "set", Link("1"), "down");
        Round("blind.jsonl", "icmp://198.51.100.1", "--control", "icmp://192.0.2.254");
        Round("alone.jsonl", "icmp://198.51.100.1");
        Assert.Equal("seeing", State("cut.jsonl"));
        Assert.Equal(0, Blind("cut.jsonl"));
        Assert.Equal("blind", State("blind.jsonl"));
        Assert.NotEqual(0, Blind("blind.jsonl"));
        Assert.Equal("blind", State("alone.jsonl"));
    }

    [Fact]
    public void Without_consent_not_one_packet_leaves()
    {
        Assert.SkipUnless(spaces.Missing is null, spaces.Missing ?? "");
        Namespaces.In(
            spaces.Here,
            "nft",
            "add chain inet t out { type filter hook output priority 0; }"
        );
        Namespaces.In(
            spaces.Here,
            "nft",
            "add rule inet t out oifname != lo ip daddr 198.51.100.0/24 counter"
        );
        string[] targets =
        [
            "icmp://198.51.100.1",
            "tcp://198.51.100.1:443",
            "dns://198.51.100.1/a",
            "https://198.51.100.1/",
        ];
        CommandLineRun refused = line.RunUnder(spaces.Inside, ["probe", .. targets]);
        Assert.Equal((3, ""), (refused.ExitCode, refused.Output));
        Assert.Equal(4, refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        line.RunUnder(spaces.Inside, ["probe", "--dry-run", "--consent", consent, .. targets])
            .Done();
        Assert.Contains(
            "counter packets 0 bytes 0",
            Namespaces.In(spaces.Here, "nft", "list ruleset"),
            StringComparison.Ordinal
        );
        line.RunUnder(spaces.Inside, ["probe", "--consent", consent, targets[0]]).Done();
        Assert.DoesNotContain(
            "counter packets 0 bytes 0",
            Namespaces.In(spaces.Here, "nft", "list ruleset"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_the_right_to_ping_it_says_that_it_cannot_and_nothing_about_the_target()
    {
        Assert.SkipUnless(spaces.Missing is null, spaces.Missing ?? "");
        CommandLineRun run = line.RunUnder(
            [.. spaces.Inside, "setpriv", "--bounding-set", "-net_raw"],
            "probe",
            "icmp://127.0.0.1",
            "--json"
        );
        Assert.Equal(5, run.ExitCode);
        JsonElement probe = run.Json.GetProperty("probes")[0];
        Assert.Equal("cannot", probe.GetProperty("result").GetString());
        Assert.Contains(
            "ping_group_range",
            probe.GetProperty("reason").GetString(),
            StringComparison.Ordinal
        );
    }

    private string Link(string number) => spaces.Here[..12] + number;

    private string?[] Results(params string[] arguments) =>
        [
            .. Probe(arguments)
                .Json.GetProperty("probes")
                .EnumerateArray()
                .Select(probe => probe.GetProperty("result").GetString()),
        ];

    private CommandLineRun Probe(params string[] arguments)
    {
        CommandLineRun run = line.RunUnder(
            spaces.Inside,
            [
                "probe",
                "--json",
                "--consent",
                consent,
                "--timeout",
                "1s",
                "--seed",
                "1",
                "--jitter",
                "0s",
                .. arguments,
            ]
        );
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }

    private void Round(string file, params string[] arguments) =>
        Probe([
            "--place",
            "XX",
            "--vantage",
            "outside",
            "--retries",
            "0",
            "--out",
            Path.Combine(line.Folder, file),
            .. arguments,
        ]);

    private string? State(string file) =>
        JsonDocument
            .Parse(File.ReadAllText(Path.Combine(line.Folder, file)))
            .RootElement.GetProperty("state")
            .GetString();

    /// <summary>Stretches in which detection says that the prober could not see, with a reason of its own.</summary>
    private int Blind(string file) =>
        line.Run("detect", Path.Combine(line.Folder, file), "--json")
            .Done()
            .Json.GetProperty("blind")
            .EnumerateArray()
            .Count(blind =>
                blind
                    .GetProperty("reason")
                    .GetString()!
                    .Contains("control", StringComparison.Ordinal)
            );
}
