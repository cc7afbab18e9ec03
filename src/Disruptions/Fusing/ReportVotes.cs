using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// What people say, walked forward in time. Observers of different kinds who agree corroborate each other; many reports by
/// one kind count once, and so does a report that comes in twice. A hand that gives too many is a flood, from its first
/// report on: all that it says together weighs less than one report.
/// </summary>
/// <param name="reports">Those of one entity, in order of time.</param>
/// <param name="flooded">What <see cref="ReportFloods"/> found of hands over the whole time.</param>
internal sealed class ReportVotes(
    IReadOnlyList<ReportSignal> reports,
    IReadOnlySet<string> flooded,
    DetectorProfile profile
)
{
    private readonly bool[] isFlood =
    [
        .. reports.Select(report => ReportFloods.IsFlooded(report, flooded)),
    ];
    private readonly Said down = new();
    private readonly Said up = new();
    private int first;
    private int next;

    /// <summary>How often a report was counted in or out: twice for each at most, however many moments are asked for.</summary>
    public long Counted { get; private set; }

    /// <summary>Log-odds for a loss at a moment, not before any asked for; null when nobody said anything within the hold.</summary>
    public double? At(Instant at)
    {
        while (next < reports.Count && reports[next].ObservedAt <= at)
        {
            Count(next++, 1);
        }

        var hold = Duration.FromHours(profile.ReportHoldHours);
        while (first < next && at - reports[first].ObservedAt > hold)
        {
            Count(first++, -1);
        }

        return down.IsNothing && up.IsNothing ? null : Weigh(down) - Weigh(up);
    }

    private void Count(int index, int change)
    {
        Counted++;
        ReportSignal report = reports[index];
        if (report.State != ServiceState.Unknown)
        {
            (report.State == ServiceState.Working ? up : down).Count(
                isFlood[index],
                report.Observer,
                change
            );
        }
    }

    private double Weigh(Said said) =>
        said.Observers switch
        {
            0 => said.IsFlooded ? profile.FloodWeight : 0,
            1 => profile.ReportWeight,
            _ => profile.CorroboratedReportWeight,
        };

    /// <summary>Running counts of those who say one thing.</summary>
    private sealed class Said
    {
        private readonly Dictionary<string, int> byObserver = new(StringComparer.Ordinal);
        private int floods;

        public int Observers => byObserver.Count;

        public bool IsFlooded => floods > 0;

        public bool IsNothing => floods == 0 && byObserver.Count == 0;

        public void Count(bool isFlood, string observer, int change)
        {
            if (isFlood)
            {
                floods += change;
                return;
            }

            int count = byObserver.GetValueOrDefault(observer) + change;
            if (count == 0)
            {
                byObserver.Remove(observer);
            }
            else
            {
                byObserver[observer] = count;
            }
        }
    }
}
