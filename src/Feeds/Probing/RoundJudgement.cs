using System.Net;
using Breakwater.Signals;

namespace Breakwater.Feeds.Probing;

/// <summary>
/// Whether a round says anything about its targets. Losses count only over a line that is known to work: this machine
/// itself, or IPv4 or IPv6 where a control, or without controls another target, answered in the same round. The own
/// blindness of a prober must not read as an outage of others.
/// </summary>
internal static class RoundJudgement
{
    private const string Here = "loopback";

    public static ProbeRound Of(
        ProbeRound round,
        IReadOnlyList<Probe> controlsAfter,
        string? ownFault
    )
    {
        if (round.State == RoundState.Stopped)
        {
            return round;
        }

        if (ownFault is not null)
        {
            return round with { State = RoundState.Blind, Reason = ownFault };
        }

        Probe[] asked = [.. round.Probes.Where(probe => probe.HasAnswered || probe.IsLost)];
        if (asked.Length == 0)
        {
            return round with
            {
                State = RoundState.Blind,
                Reason = round
                    .Probes.Select(probe => probe.Reason)
                    .FirstOrDefault(reason => reason is not null)
                    is { } why
                    ? $"no target could be asked: {why}"
                    : "no target could be judged",
            };
        }

        var troubles = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in asked.Select(LineOf).Distinct())
        {
            if (Trouble(line, round.Controls, controlsAfter, asked) is { } trouble)
            {
                troubles[line] = trouble;
            }
        }

        string? reason = troubles.Count == 0 ? null : string.Join("; ", troubles.Values.Distinct());
        return round with
        {
            State = asked.All(probe => troubles.ContainsKey(LineOf(probe)))
                ? RoundState.Blind
                : RoundState.Seeing,
            Reason = reason,
            BlindOver = [.. troubles.Keys],
        };
    }

    private static string? Trouble(
        string line,
        IReadOnlyList<Probe> controls,
        IReadOnlyList<Probe> after,
        Probe[] asked
    )
    {
        if (line == Here)
        {
            return null;
        }

        Probe[] before = [.. controls.Where(probe => LineOf(probe) == line)];
        if (before.Length > 0)
        {
            Probe[] later = [.. after.Where(probe => LineOf(probe) == line)];
            return !before.Any(probe => probe.HasAnswered)
                    ? $"no control answered over {line}: {before[0].Reason}"
                : later.Length > 0 && !later.Any(probe => probe.HasAnswered)
                    ? $"no control answered over {line} any more after the targets were asked: {later[0].Reason}"
                : null;
        }

        // A control by name that found no address belongs to no line; it failed all the same.
        return controls.Count > 0 && !controls.Any(probe => probe.HasAnswered)
                ? $"no control answered: {controls[0].Reason}"
            : asked.Any(probe => LineOf(probe) == line && probe.HasAnswered) ? null
            : $"nothing answered over {line}, and no --control there shows whether the own line works";
    }

    /// <summary>Over which line an address is reached, as <see cref="ProbeRound.BlindOver"/> names it.</summary>
    public static string LineOf(Probe probe) =>
        probe.Address is null || !IPAddress.TryParse(probe.Address, out IPAddress? address) ? ""
        : NetworkNames.IsLoopback(address) ? Here
        : address.GetAddressBytes().Length == 4 ? "IPv4"
        : "IPv6";
}
