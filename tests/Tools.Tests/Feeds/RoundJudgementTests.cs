using Breakwater.Feeds.Probing;
using Breakwater.Signals;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Feeds;

/// <summary>The own blindness of a prober never reads as an outage of its targets.</summary>
public sealed class RoundJudgementTests
{
    private static readonly Instant at = Instant.FromUtc(2026, 6, 1, 0, 0);

    [Fact]
    public void Total_silence_without_a_control_says_nothing() =>
        Assert.Equal(RoundState.Blind, Judge([], Lost("192.0.2.1"), Lost("198.51.100.1")).State);

    [Fact]
    public void Total_silence_is_a_loss_when_a_control_answers() =>
        Assert.Equal(
            RoundState.Seeing,
            Judge([Answered("203.0.113.1")], Lost("192.0.2.1"), Lost("198.51.100.1")).State
        );

    [Fact]
    public void A_target_that_answers_shows_that_the_line_works() =>
        Assert.Equal(
            RoundState.Seeing,
            Judge([], Lost("192.0.2.1"), Answered("198.51.100.1")).State
        );

    [Fact]
    public void A_control_that_fails_makes_the_round_blind_whatever_targets_do() =>
        Assert.Equal(
            RoundState.Blind,
            Judge([Lost("203.0.113.1")], Lost("192.0.2.1"), Answered("198.51.100.1")).State
        );

    [Fact]
    public void A_control_without_address_that_fails_makes_the_round_blind() =>
        Assert.Equal(
            RoundState.Blind,
            Judge(
                [Lost("203.0.113.1") with { Address = null, Result = ProbeResult.NameNotResolved }],
                Lost("192.0.2.1"),
                Answered("198.51.100.1")
            ).State
        );

    [Fact]
    public void A_control_that_fails_after_the_targets_were_asked_makes_the_round_blind() =>
        Assert.Equal(
            RoundState.Blind,
            RoundJudgement
                .Of(
                    Round([Answered("203.0.113.1")], [Lost("192.0.2.1")]),
                    [Lost("203.0.113.1")],
                    null
                )
                .State
        );

    [Fact]
    public void Loopback_proves_nothing_about_the_line()
    {
        ProbeRound round = Judge([], Lost("192.0.2.1"), Answered("127.0.0.1"), Answered("::1"));
        Assert.Equal(RoundState.Seeing, round.State);
        Assert.Equal(["IPv4"], round.BlindOver);
        Assert.True(round.IsBlindTo(round.Probes[0]));
        Assert.False(round.IsBlindTo(round.Probes[1]));
    }

    [Fact]
    public void One_version_of_IP_proves_nothing_about_the_other()
    {
        ProbeRound round = Judge([Answered("203.0.113.1")], Lost("192.0.2.1"), Lost("2001:db8::1"));
        Assert.Equal((RoundState.Seeing, "IPv6"), (round.State, Assert.Single(round.BlindOver)));
        Assert.False(round.IsBlindTo(round.Probes[0]));
        Assert.True(round.IsBlindTo(round.Probes[1]));
    }

    [Fact]
    public void What_could_not_be_asked_makes_the_round_blind_with_the_reason()
    {
        ProbeRound round = Judge(
            [],
            Lost("192.0.2.1") with
            {
                Result = ProbeResult.Cannot,
                Reason = "no route",
            }
        );
        Assert.Equal(
            (RoundState.Blind, "no target could be asked: no route"),
            (round.State, round.Reason)
        );
    }

    [Fact]
    public void A_machine_that_cannot_reach_itself_is_blind() =>
        Assert.Equal(
            RoundState.Blind,
            RoundJudgement.Of(Round([], [Answered("192.0.2.1")]), [], "broken").State
        );

    [Fact]
    public void Loopback_targets_need_no_control() =>
        Assert.Equal(RoundState.Seeing, Judge([], Lost("127.0.0.1")).State);

    private static ProbeRound Judge(Probe[] controls, params Probe[] probes) =>
        RoundJudgement.Of(Round(controls, probes), controls, null);

    private static ProbeRound Round(Probe[] controls, Probe[] probes) =>
        new()
        {
            Format = ProbeRound.FormatName,
            Round = 1,
            At = at,
            State = RoundState.Seeing,
            Controls = controls,
            Probes = probes,
        };

    private static Probe Lost(string address) => Of(address, ProbeResult.TimedOut);

    private static Probe Answered(string address) => Of(address, ProbeResult.Reached);

    private static Probe Of(string address, ProbeResult result) =>
        new(
            $"icmp://{address}",
            ProbeKind.Icmp,
            address,
            at,
            result,
            null,
            result == ProbeResult.Reached ? null : "silence",
            null,
            1
        );
}
