using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// What people say, walked forward in time. Observers of different kinds who agree corroborate each other; many reports by
/// one kind count once. A hand that gives too many is a flood: all that it says together weighs less than one report.
/// </summary>
/// <param name="reports">Those of one entity, in order of time.</param>
/// <param name="floodedHands">Hands that flood other places too.</param>
internal sealed class ReportVotes(
    IReadOnlyList<ReportSignal> reports,
    IReadOnlySet<string> floodedHands,
    DetectorProfile profile
)
{
    private readonly Dictionary<string, int> byHand = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Hand, string Observer, bool IsDown), int> said = [];
    private int first;
    private int next;

    /// <summary>Log-odds for a loss at a moment, not before any asked for; null when nobody said anything within the hold.</summary>
    public double? At(Instant at)
    {
        while (next < reports.Count && reports[next].ObservedAt <= at)
        {
            Count(reports[next++], 1);
        }

        var hold = Duration.FromHours(profile.ReportHoldHours);
        while (first < next && at - reports[first].ObservedAt > hold)
        {
            Count(reports[first++], -1);
        }

        return said.Count == 0 ? null : Weigh(isDown: true) - Weigh(isDown: false);
    }

    private void Count(ReportSignal report, int change)
    {
        string hand = ReportFloods.HandOf(report);
        byHand[hand] = byHand.GetValueOrDefault(hand) + change;
        if (report.State == ServiceState.Unknown)
        {
            return;
        }

        (string, string, bool) key = (hand, report.Observer, report.State != ServiceState.Working);
        int count = said.GetValueOrDefault(key) + change;
        if (count == 0)
        {
            said.Remove(key);
        }
        else
        {
            said[key] = count;
        }
    }

    private double Weigh(bool isDown)
    {
        var observers = new HashSet<string>(StringComparer.Ordinal);
        bool isFlooded = false;
        foreach ((string hand, string observer, bool saysDown) in said.Keys)
        {
            if (saysDown != isDown)
            {
                continue;
            }

            if (byHand[hand] > profile.FloodReports || floodedHands.Contains(hand))
            {
                isFlooded = true;
            }
            else
            {
                observers.Add(observer);
            }
        }

        return observers.Count switch
        {
            0 => isFlooded ? profile.FloodWeight : 0,
            1 => profile.ReportWeight,
            _ => profile.CorroboratedReportWeight,
        };
    }
}
