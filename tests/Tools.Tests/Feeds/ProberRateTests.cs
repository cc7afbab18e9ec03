using System.Net;
using Breakwater.Feeds.Probing;
using Breakwater.Signals;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Feeds;

/// <summary>How often and when: limits that no minute exceeds, and rounds that a seed scatters.</summary>
public sealed class ProberRateTests
{
    private static readonly DateTimeOffset start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void No_minute_holds_more_attempts_than_any_limit_allows() =>
        Gen.Select(
                Gen.Select(Gen.Int[0, 5], Gen.Int[0, 20]).Array[1, 120],
                Gen.Int[1, 4],
                Gen.Int[1, 6],
                Gen.Int[1, 8]
            )
            .Sample(
                (asking, perTarget, perNetwork, perMinute) =>
                {
                    var time = new ManualTime(start);
                    var rates = new ProbeRates(
                        new ProbeSettings
                        {
                            Targets = [],
                            PerTarget = perTarget,
                            PerNetwork = perNetwork,
                            PerMinute = perMinute,
                        },
                        time
                    );
                    var consent = new ProbeConsent([], "Example", Instant.MaxValue, null, 3);
                    List<(int Target, DateTimeOffset At)> made = [];
                    foreach ((int target, int seconds) in asking)
                    {
                        time.Advance(TimeSpan.FromSeconds(seconds));
                        IPAddress address = IPAddress.Parse($"192.0.{target % 3}.{target}");
                        if (
                            rates.Take(Target(address), address, target == 0 ? [consent] : [])
                            == TimeSpan.Zero
                        )
                        {
                            made.Add((target, time.GetUtcNow()));
                        }
                    }

                    AssertMost(made, perMinute);
                    AssertMost(made.Where(one => one.Target == 0), Math.Min(3, perTarget));
                    for (int one = 0; one < 6; one++)
                    {
                        AssertMost(made.Where(attempt => attempt.Target == one), perTarget);
                        AssertMost(
                            made.Where(attempt => attempt.Target % 3 == one % 3),
                            perNetwork
                        );
                    }
                },
                iter: 500
            );

    [Fact]
    public void A_turn_comes_when_the_wait_that_was_told_is_over()
    {
        var time = new ManualTime(start);
        IPAddress address = IPAddress.Loopback;
        var rates = new ProbeRates(new ProbeSettings { Targets = [], PerTarget = 1 }, time);
        Assert.Equal(TimeSpan.Zero, rates.Take(Target(address), address, []));
        time.Advance(TimeSpan.FromSeconds(20));
        TimeSpan wait = rates.Take(Target(address), address, []);
        Assert.Equal(TimeSpan.FromSeconds(40), wait);
        time.Advance(wait);
        Assert.Equal(TimeSpan.Zero, rates.Take(Target(address), address, []));
    }

    [Fact]
    public void A_seed_scatters_alike_and_another_one_otherwise() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 1_000], Gen.Int[0, 1_000])
            .Sample(
                (seed, round, index) =>
                {
                    double at = new Scatter(seed).Of(round, index);
                    Assert.InRange(at, 0, 1 - 1e-17);
                    Assert.Equal(at, new Scatter(seed).Of(round, index));
                    Assert.NotEqual(at, new Scatter(seed ^ 1).Of(round, index));
                    Assert.NotEqual(at, new Scatter(seed).Of(round + 1, index));
                }
            );

    /// <summary>The clock of the test may outrun a busy machine, so rounds may be missed: they are counted.</summary>
    [Fact]
    public async Task Rounds_lie_on_their_grid_and_their_probes_are_scattered_after_it()
    {
        (List<ProbeRound> rounds, int missed) = await Run(
            new ProbeSettings
            {
                Targets = [Target(IPAddress.Loopback)],
                Rounds = 6,
                Every = TimeSpan.FromSeconds(30),
            },
            new ProbePolicy([])
        );
        Assert.Equal(6, rounds.Count + missed);
        // The grid begins with the prober, which a busy machine starts late.
        Instant begun = rounds[0].At - Duration.FromSeconds(30 * (rounds[0].Round - 1));
        Assert.True(
            begun >= Instant.FromDateTimeOffset(start),
            "a round before there was a prober"
        );
        Assert.All(
            rounds,
            round =>
            {
                Assert.Equal(begun + Duration.FromSeconds(30 * (round.Round - 1)), round.At);
                Assert.True(round.Probes[0].At >= round.At, "asked before it was due");
            }
        );
    }

    [Fact]
    public async Task A_consent_that_has_ended_blocks_every_attempt_and_says_whose_it_was()
    {
        Assert.Null(ConsentTarget.Read("192.0.2.0/24", out ConsentTarget? consented));
        var policy = new ProbePolicy([
            new ProbeConsent(
                [consented!],
                "Example",
                Instant.FromDateTimeOffset(start),
                null,
                null
            ),
        ]);
        Assert.Null(ProbeTarget.Read("tcp://192.0.2.1:443", out ProbeTarget? target));
        (List<ProbeRound> rounds, _) = await Run(new ProbeSettings { Targets = [target!] }, policy);
        Probe probe = Assert.Single(rounds).Probes[0];
        Assert.Equal((ProbeResult.BlockedByPolicy, 0), (probe.Result, probe.Attempts));
        Assert.Contains(
            "the consent of Example for it ended at",
            probe.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_turn_that_would_come_after_the_round_is_not_tried_and_says_so()
    {
        (List<ProbeRound> rounds, _) = await Run(
            new ProbeSettings
            {
                Targets =
                [
                    .. Enumerable
                        .Range(1, 4)
                        .Select(host => Target(IPAddress.Parse($"127.0.0.{host}"))),
                ],
                Rounds = 2,
                Every = TimeSpan.FromSeconds(20),
                PerMinute = 3,
                Retries = 0,
            },
            new ProbePolicy([])
        );
        Probe[] probes = [.. rounds.SelectMany(round => round.Probes)];
        Assert.Equal(3, probes.Count(probe => probe.Attempts == 1));
        Assert.All(
            probes.Where(probe => probe.Attempts == 0),
            probe =>
                Assert.Equal(
                    (ProbeResult.NotTried, "its turn under the limits came too late"),
                    (probe.Result, probe.Reason)
                )
        );
    }

    private static async Task<(List<ProbeRound>, int Missed)> Run(
        ProbeSettings settings,
        ProbePolicy policy
    )
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        var time = new ManualTime(start);
        var prober = new Prober(
            settings with
            {
                Timeout = ProbeSettings.TimeoutMax,
            },
            policy,
            time,
            7
        );
        List<ProbeRound> rounds = [];
        Task running = Task.Run(
            async () =>
            {
                await foreach (ProbeRound round in prober.Rounds(stop))
                {
                    rounds.Add(round);
                }
            },
            stop
        );
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(5, stop));
            time.Advance(TimeSpan.FromMilliseconds(500));
        }

        await running;
        return (rounds, prober.RoundsMissed);
    }

    private static void AssertMost(IEnumerable<(int Target, DateTimeOffset At)> made, int most)
    {
        DateTimeOffset[] at = [.. made.Select(one => one.At).Order()];
        for (int one = most; one < at.Length; one++)
        {
            Assert.True(
                at[one] - at[one - most] >= TimeSpan.FromMinutes(1),
                $"{most + 1} attempts in less than a minute"
            );
        }
    }

    private static ProbeTarget Target(IPAddress address)
    {
        Assert.Null(ProbeTarget.Read($"tcp://{address}:1", out ProbeTarget? target));
        return target!;
    }
}
