using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Lasting shifts of level that no single sample shows, such as gradual throttling: a one-sided CUSUM (Page 1954) over
/// daily medians against the days before, robustly scaled. A fold over samples; days with gaps say nothing.
/// </summary>
internal sealed class LevelShifts(ShiftProfile profile)
{
    private const int SecondsPerDay = 86_400;
    private const int DaysPerWeek = 7;
    private const int SameWeekdaysNeeded = 3;
    private const double RobustDeviation = 1.4826;

    private readonly List<double> day = [];
    private readonly List<(long Day, double Median)> history = [];
    private readonly List<Shift> shifts = [];
    private long today = long.MinValue;
    private int densest;
    private double sum;
    private long candidate;
    private int backDays;
    private Shift? open;

    private LevelShifts(LevelShifts other)
        : this(other.Profile)
    {
        day.AddRange(other.day);
        history.AddRange(other.history);
        shifts.AddRange(other.shifts);
        (today, densest, sum, candidate) = (other.today, other.densest, other.sum, other.candidate);
        (backDays, open) = (other.backDays, other.open);
    }

    private ShiftProfile Profile => profile;

    /// <summary>True while a shift lasts.</summary>
    public bool IsOpen => open is not null;

    public LevelShifts Copy() => new(this);

    /// <param name="at">Unix seconds, not before any seen.</param>
    /// <param name="isDeep">True inside a deep loss: such samples are no level that a service is throttled to.</param>
    public void See(long at, double value, bool isDeep)
    {
        long of = at / SecondsPerDay;
        if (of != today)
        {
            EndDay();
            today = of;
        }

        if (!isDeep)
        {
            day.Add(value);
        }
    }

    /// <summary>Forgets shifts that are over.</summary>
    public void Forget() => shifts.Clear();

    /// <summary>The shifts laid on the samples of a series; samples in one that are normal otherwise become shifted.</summary>
    public IReadOnlyList<Loss> Lay(Instant[] times, long[] seconds, SampleState[] states)
    {
        var laid = new List<Loss>();
        foreach (Shift shift in open is null ? shifts : shifts.Append(open))
        {
            int first = FirstFrom(seconds, shift.From * SecondsPerDay);
            int last =
                FirstFrom(seconds, (shift.To ?? long.MaxValue / SecondsPerDay) * SecondsPerDay) - 1;
            if (last < first || LostShare(states, first, last) > 0.5)
            {
                continue;
            }

            for (int i = first; i <= last; i++)
            {
                states[i] = states[i] == SampleState.Normal ? SampleState.Shifted : states[i];
            }

            laid.Add(
                new Loss(
                    first,
                    last,
                    new InstantPair(
                        Instant.FromUnixTimeSeconds(shift.From * SecondsPerDay),
                        Instant.FromUnixTimeSeconds((shift.From + 1) * SecondsPerDay)
                    ),
                    shift.To is { } to
                        ? new InstantPair(
                            times[last],
                            Instant.FromUnixTimeSeconds((to + 1) * SecondsPerDay)
                        )
                        : null,
                    shift.DropShare,
                    IsShift: true
                )
            );
        }

        return laid;
    }

    private void EndDay()
    {
        densest = Math.Max(densest, day.Count);
        if (day.Count == 0 || day.Count < densest * profile.DayCoverageShare)
        {
            day.Clear();
            return;
        }

        double median = Order.Median(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(day));
        day.Clear();
        if (open is not null)
        {
            Follow(median);
        }
        else if (Reference() is { } reference)
        {
            Weigh(median, reference.Level, reference.Deviation);
        }

        if (open is null)
        {
            history.Add((today, median));
            if (history.Count > profile.ReferenceDays + profile.GuardDays)
            {
                history.RemoveAt(0);
            }
        }
    }

    /// <summary>Level and relative deviation of the days before, without the latest few, which may be part of a slow shift.</summary>
    private (double Level, double Deviation)? Reference()
    {
        int known = history.Count - profile.GuardDays;
        if (known < profile.ReferenceDaysMinimum)
        {
            return null;
        }

        double[] medians = [.. history.Take(known).Select(one => one.Median)];
        double[] sameWeekday =
        [
            .. history.Where(one => (today - one.Day) % DaysPerWeek == 0).Select(one => one.Median),
        ];
        double usual = Order.Median(medians);
        double level =
            sameWeekday.Length >= SameWeekdaysNeeded
                ? Math.Min(usual, Order.Median(sameWeekday))
                : usual;
        if (level <= 0)
        {
            return null;
        }

        double[] apart = [.. medians.Select(median => Math.Abs(median - usual) / usual)];
        return (level, Math.Max(profile.DeviationMinimum, Order.Median(apart) * RobustDeviation));
    }

    private void Weigh(double median, double level, double deviation)
    {
        double drop = 1 - (median / level);
        if (drop < profile.OpenDropShare * profile.CloseShareOfOpen)
        {
            // A day at its usual level ends what was summed up: two low days of each week are a weekend.
            sum = 0;
            return;
        }

        candidate = sum <= 0 || today - candidate > profile.LookbackDays ? today : candidate;
        sum = Math.Max(0, (today == candidate ? 0 : sum) + (drop / deviation) - profile.Slack);
        if (
            sum >= profile.Threshold
            && drop >= profile.OpenDropShare
            && today - candidate >= profile.OpenDays - 1
        )
        {
            open = new Shift(candidate, null, level, drop, 1);
            sum = 0;
            backDays = 0;
            // The days of the shift are no level to come back to.
            history.RemoveAll(one => one.Day >= candidate);
        }
    }

    private void Follow(double median)
    {
        double drop = 1 - (median / open!.Level);
        backDays = drop < profile.OpenDropShare * profile.CloseShareOfOpen ? backDays + 1 : 0;
        if (backDays >= profile.CloseDays)
        {
            shifts.Add(open with { To = today - profile.CloseDays + 1 });
            open = null;
            return;
        }

        int days = open.Days + 1;
        open = open with
        {
            // The mean of its days: one bad day is not the depth of a shift.
            DropShare = open.DropShare + ((Math.Max(0, drop) - open.DropShare) / days),
            Days = days,
        };
    }

    private static double LostShare(SampleState[] states, int first, int last)
    {
        int lost = 0;
        for (int i = first; i <= last; i++)
        {
            lost += states[i] == SampleState.Lost ? 1 : 0;
        }

        return lost / (double)(last - first + 1);
    }

    private static int FirstFrom(long[] seconds, long at)
    {
        int index = Array.BinarySearch(seconds, at);
        index = index < 0 ? ~index : index;
        while (index > 0 && seconds[index - 1] == at)
        {
            index--;
        }

        return index;
    }

    /// <param name="From">First day, in days since 1970.</param>
    /// <param name="To">First day that is back; null while it lasts.</param>
    /// <param name="DropShare">Mean loss of its days against the level before.</param>
    private sealed record Shift(long From, long? To, double Level, double DropShare, int Days);
}
