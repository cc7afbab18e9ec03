using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Feeds.Probing;
using Breakwater.Signals;
using Xunit;

namespace Breakwater.Tests.Feeds;

/// <summary>Against real servers on the loopback. Where an answer is expected the real clock waits long; where none is, a manual one ends the wait.</summary>
public sealed class ProberTests
{
    private static readonly DnsQuestion asked = new("example.org", DnsQuestion.A);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_listens_is_reached_and_one_that_does_not_refuses()
    {
        await using var server = new TcpServer(TcpServer.Close);
        int closed = FreePort();
        Probe[] probes = await Ask(
            $"tcp://127.0.0.1:{server.Port}",
            $"tcp://127.0.0.1:{closed}",
            $"tcp://localhost:{server.Port}"
        );
        Assert.Equal(
            [ProbeResult.Reached, ProbeResult.Refused, ProbeResult.Reached],
            probes.Select(probe => probe.Result)
        );
        Assert.All(
            probes,
            probe => Assert.Equal(("127.0.0.1", 1), (probe.Address, probe.Attempts))
        );
        Assert.True(probes[0].RttMs > 0);
        Assert.Null(probes[1].RttMs);
    }

    [Fact]
    public async Task Loopback_answers_a_ping_over_both_versions_or_this_machine_says_why_it_cannot_ask()
    {
        Probe[] probes = await Ask("icmp://127.0.0.1", "icmp://127.0.0.2", "icmp://[::1]");
        Assert.SkipWhen(
            probes.Any(probe => probe.Result == ProbeResult.Cannot),
            $"ICMP or IPv6 is not there: {probes.FirstOrDefault(probe => probe.Result == ProbeResult.Cannot)?.Reason}"
        );
        Assert.All(probes, probe => Assert.Equal(ProbeResult.Reached, probe.Result));
    }

    [Fact]
    public async Task A_name_server_is_reached_whatever_it_answers()
    {
        await using var server = new NameServer(question =>
            [new DnsBytes(NameServer.Id(question), asked).Rcode(3).ToArray()]
        );
        Probe probe = Assert.Single(await Ask($"dns://127.0.0.1:{server.Port}/example.org"));
        Assert.Equal(
            (ProbeResult.Reached, "NXDOMAIN", "udp"),
            (probe.Result, probe.Facts!["rcode"], probe.Facts["transport"])
        );
    }

    [Fact]
    public async Task A_truncated_answer_is_asked_for_again_over_tcp()
    {
        await using var server = new NameServer(
            question => [new DnsBytes(NameServer.Id(question), asked).Truncated().ToArray()],
            question =>
                new DnsBytes(NameServer.Id(question), asked)
                    .Address("example.org", "192.0.2.1")
                    .ToArray()
        );
        Probe probe = Assert.Single(await Ask($"dns://127.0.0.1:{server.Port}/example.org"));
        Assert.Equal(
            (ProbeResult.Reached, "tcp", "1"),
            (probe.Result, probe.Facts!["transport"], probe.Facts["answers"])
        );
    }

    [Fact]
    public async Task A_truncated_answer_without_tcp_is_refused_there()
    {
        await using var server = new NameServer(question =>
            [new DnsBytes(NameServer.Id(question), asked).Truncated().ToArray()]
        );
        Probe probe = Assert.Single(await Ask($"dns://127.0.0.1:{server.Port}/example.org"));
        Assert.Equal(ProbeResult.Refused, probe.Result);
        Assert.Contains("cut short", probe.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_with_another_id_or_question_are_passed_over_and_told()
    {
        await using var server = new NameServer(question =>
            [
                new DnsBytes((ushort)(NameServer.Id(question) ^ 1), asked).ToArray(),
                new DnsBytes(
                    NameServer.Id(question),
                    new DnsQuestion("other.org", DnsQuestion.A)
                ).ToArray(),
                [1, 2, 3],
                new DnsBytes(NameServer.Id(question), asked).ToArray(),
            ]
        );
        Probe probe = Assert.Single(await Ask($"dns://127.0.0.1:{server.Port}/example.org"));
        Assert.Equal(ProbeResult.Reached, probe.Result);
        Assert.StartsWith("3 not counted", probe.Facts!["ignored"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_wrong_answers_are_no_answer_and_a_malformed_one_is_broken()
    {
        await using var wrong = new NameServer(question =>
            [new DnsBytes((ushort)(NameServer.Id(question) ^ 1), asked).ToArray()]
        );
        await using var malformed = new NameServer(question =>
            [new DnsBytes(NameServer.Id(question), asked).Raw(5).ToArray()]
        );
        Probe[] probes = await AskInVain(
            $"dns://127.0.0.1:{wrong.Port}/example.org",
            $"dns://127.0.0.1:{malformed.Port}/example.org"
        );
        Assert.Equal(
            [ProbeResult.TimedOut, ProbeResult.Broken],
            probes.Select(probe => probe.Result)
        );
        Assert.Contains("another id", probes[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_asked_as_often_as_stated_and_then_timed_out()
    {
        await using var server = new NameServer(_ => []);
        await using var tls = new TcpServer(TcpServer.Silent);
        Probe[] probes = await AskInVain(
            $"dns://127.0.0.1:{server.Port}/example.org",
            $"https://127.0.0.1:{tls.Port}/"
        );
        Assert.All(
            probes,
            probe => Assert.Equal((ProbeResult.TimedOut, 3), (probe.Result, probe.Attempts))
        );
        Assert.Equal((3, 3), (server.Questions, tls.Connections));
        Assert.Equal(ProbeStage.Tls, probes[1].Stage);
    }

    [Fact]
    public async Task A_valid_certificate_is_a_fact_and_redirects_are_not_followed()
    {
        List<string> heard = [];
        using X509Certificate2 certificate = TcpServer.Certificate("127.0.0.1");
        await using var elsewhere = new TcpServer(TcpServer.Close);
        await using var server = new TcpServer(
            TcpServer.Https(
                certificate,
                $"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:{elsewhere.Port}/\r\nContent-Length: 0\r\n\r\n",
                heard
            )
        );
        Probe probe = Assert.Single(
            await Ask(
                settings => settings with { Trusted = [certificate] },
                $"https://127.0.0.1:{server.Port}/path?x=1"
            )
        );
        Assert.Equal(
            (ProbeResult.Reached, "302", "valid"),
            (probe.Result, probe.Facts!["status"], probe.Facts["certificate"])
        );
        Assert.Equal(0, elsewhere.Connections);
        Assert.StartsWith(
            "GET /path?x=1 HTTP/1.1\r\nHost: 127.0.0.1:",
            heard.Single(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("127.0.0.1", 30, false, "of an issuer not trusted here")]
    [InlineData("other.example", 30, true, "for another name")]
    [InlineData("127.0.0.1", -10, true, "out of date")]
    public async Task A_certificate_that_proves_nothing_is_told_apart_and_the_path_is_not_sent(
        string name,
        int days,
        bool isTrusted,
        string verdict
    )
    {
        List<string> heard = [];
        using X509Certificate2 certificate = TcpServer.Certificate(name, days);
        using X509Certificate2 other = TcpServer.Certificate("unused.example");
        await using var server = new TcpServer(
            TcpServer.Https(certificate, "HTTP/1.1 200 OK\r\n\r\n", heard)
        );
        Probe probe = Assert.Single(
            await Ask(
                settings => settings with { Trusted = [isTrusted ? certificate : other] },
                $"https://127.0.0.1:{server.Port}/secret"
            )
        );
        Assert.Equal(
            (ProbeResult.CertificateInvalid, verdict, 1),
            (probe.Result, probe.Facts!["certificate"], probe.Attempts)
        );
        Assert.DoesNotContain(
            heard,
            request => request.Contains("secret", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_body_without_end_is_cut_at_the_limit()
    {
        using X509Certificate2 certificate = TcpServer.Certificate("127.0.0.1");
        await using var server = new TcpServer(
            TcpServer.Https(certificate, "HTTP/1.1 200 OK\r\n\r\n" + new string('x', 1 << 20))
        );
        Probe probe = Assert.Single(
            await Ask(
                settings => settings with { Trusted = [certificate] },
                $"https://127.0.0.1:{server.Port}/"
            )
        );
        Assert.Equal((ProbeResult.Reached, "65536"), (probe.Result, probe.Facts!["octets"]));
    }

    [Fact]
    public async Task A_connection_that_is_cut_and_an_answer_that_is_none_are_broken()
    {
        using X509Certificate2 certificate = TcpServer.Certificate("127.0.0.1");
        await using var cut = new TcpServer(TcpServer.Close);
        await using var odd = new TcpServer(TcpServer.Https(certificate, "SSH-2.0-what\r\n"));
        Probe[] probes = await Ask(
            settings => settings with { Trusted = [certificate], Retries = 0 },
            $"https://127.0.0.1:{cut.Port}/",
            $"https://127.0.0.1:{odd.Port}/"
        );
        Assert.All(probes, probe => Assert.Equal(ProbeResult.Broken, probe.Result));
        Assert.Equal("the answer is not HTTP", probes[1].Reason);
    }

    [Fact]
    public async Task A_name_that_leads_beyond_this_machine_is_blocked_even_when_another_address_is_here()
    {
        await using var server = new TcpServer(TcpServer.Close);
        await using var names = new NameServer(question =>
            [
                new DnsBytes(
                    NameServer.Id(question),
                    new DnsQuestion("mixed.example", question[^3])
                )
                    .Address("mixed.example", "127.0.0.1")
                    .Address("mixed.example", "192.0.2.1")
                    .ToArray(),
            ]
        );
        Probe probe = Assert.Single(
            await Ask(settings => By(settings, names), $"tcp://mixed.example:{server.Port}")
        );
        Assert.Equal((ProbeResult.BlockedByPolicy, 0), (probe.Result, probe.Attempts));
        Assert.Contains("192.0.2.1", probe.Reason, StringComparison.Ordinal);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_name_that_changes_its_address_after_the_check_changes_nothing()
    {
        int asking = 0;
        await using var server = new TcpServer(TcpServer.Close);
        await using var names = new NameServer(question =>
            [
                new DnsBytes(
                    NameServer.Id(question),
                    new DnsQuestion("rebind.example", DnsQuestion.A)
                )
                    .Address(
                        "rebind.example",
                        Interlocked.Increment(ref asking) == 1 ? "127.0.0.1" : "192.0.2.1"
                    )
                    .ToArray(),
            ]
        );
        Probe probe = Assert.Single(
            await Ask(
                settings => By(settings, names) with { Family = AddressChoice.V4 },
                $"tcp://rebind.example:{server.Port}"
            )
        );
        Assert.Equal((ProbeResult.Reached, "127.0.0.1"), (probe.Result, probe.Address));
        Assert.Equal(1, asking);
    }

    [Fact]
    public async Task A_name_without_address_is_not_resolved()
    {
        await using var names = new NameServer(question =>
            [
                new DnsBytes(NameServer.Id(question), new DnsQuestion("none.example", question[^3]))
                    .Rcode(3)
                    .ToArray(),
            ]
        );
        Probe probe = Assert.Single(
            await Ask(settings => By(settings, names), "tcp://none.example:443")
        );
        Assert.Equal(
            (ProbeResult.NameNotResolved, ProbeStage.Resolve, 0),
            (probe.Result, probe.Stage, probe.Attempts)
        );
        Assert.Contains("NXDOMAIN", probe.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_by_hand_it_gives_what_it_has_and_ends()
    {
        await using var quick = new TcpServer(TcpServer.Close);
        using var stop = new CancellationTokenSource();
        await using var silent = new NameServer(_ =>
        {
            stop.Cancel();
            return [];
        });
        var settings = new ProbeSettings
        {
            Targets =
            [
                Target($"tcp://127.0.0.1:{quick.Port}"),
                Target($"dns://127.0.0.1:{silent.Port}/example.org"),
            ],
            Rounds = 5,
            Concurrency = 1,
            Jitter = TimeSpan.Zero,
            Timeout = ProbeSettings.TimeoutMax,
        };
        List<ProbeRound> rounds = [];
        await foreach (
            ProbeRound round in new Prober(
                settings,
                new ProbePolicy([]),
                TimeProvider.System,
                1
            ).Rounds(stop.Token)
        )
        {
            rounds.Add(round);
        }

        ProbeRound only = Assert.Single(rounds);
        Assert.Equal(RoundState.Stopped, only.State);
        Assert.Equal(ProbeResult.NotTried, only.Probes[1].Result);
    }

    [Fact]
    public async Task Every_limit_is_refused_beyond_its_cap()
    {
        var good = new ProbeSettings { Targets = [Target("127.0.0.1")] };
        Assert.Null(good.Fault());
        ProbeSettings[] bad =
        [
            good with
            {
                Retries = 6,
            },
            good with
            {
                Rounds = 10_001,
            },
            good with
            {
                Every = TimeSpan.FromSeconds(9),
            },
            good with
            {
                Timeout = TimeSpan.FromSeconds(31),
            },
            good with
            {
                Concurrency = 33,
            },
            good with
            {
                PerTarget = 61,
            },
            good with
            {
                PerNetwork = 61,
            },
            good with
            {
                PerMinute = 301,
            },
            good with
            {
                Jitter = TimeSpan.FromSeconds(31),
            },
            good with
            {
                Targets = [],
            },
            good with
            {
                Targets = [Target("example.org")],
            },
            good with
            {
                Targets = [Target("192.0.2.1")],
                Controls = [Target("127.0.0.1")],
            },
        ];
        Assert.All(
            bad,
            settings =>
            {
                Assert.NotNull(settings.Fault());
                Assert.Throws<ArgumentException>(() =>
                    new Prober(settings, new ProbePolicy([]), TimeProvider.System, 1)
                );
            }
        );
        await Task.CompletedTask;
    }

    private static ProbeSettings By(ProbeSettings settings, NameServer names) =>
        settings with
        {
            Resolution = NameResolution.Server,
            NameServer = Target($"dns://127.0.0.1:{names.Port}"),
        };

    private static Task<Probe[]> Ask(params string[] targets) => Ask(settings => settings, targets);

    private static Task<Probe[]> Ask(
        Func<ProbeSettings, ProbeSettings> with,
        params string[] targets
    ) => Run(with(Settings(targets)), TimeProvider.System);

    /// <summary>Moves a manual clock on until all attempts have run out.</summary>
    private static async Task<Probe[]> AskInVain(params string[] targets)
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        Task<Probe[]> asking = Task.Run(
            () => Run(Settings(targets) with { Retries = 2 }, time),
            Stop
        );
        while (!asking.IsCompleted)
        {
            await Task.WhenAny(asking, Task.Delay(20, Stop));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        return await asking;
    }

    private static ProbeSettings Settings(string[] targets) =>
        new()
        {
            Targets = [.. targets.Select(Target)],
            Timeout = ProbeSettings.TimeoutMax,
            Jitter = TimeSpan.Zero,
        };

    private static async Task<Probe[]> Run(ProbeSettings settings, TimeProvider time)
    {
        await foreach (
            ProbeRound round in new Prober(settings, new ProbePolicy([]), time, 1).Rounds(Stop)
        )
        {
            return [.. round.Probes];
        }

        return [];
    }

    private static ProbeTarget Target(string text)
    {
        Assert.Null(ProbeTarget.Read(text, out ProbeTarget? target));
        return target!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
