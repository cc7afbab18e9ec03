namespace Breakwater.Disruptions;

/// <summary>What a series should show at a moment, and how far it usually strays.</summary>
/// <param name="Level">The level to judge by: the lower one of the usual level and that of the same weekday.</param>
/// <param name="Usual">Median of earlier samples near the same time of day: what the baseline is told inside a loss.</param>
/// <param name="Spread">Robust standard deviation of those samples.</param>
/// <param name="HistoryDays">How far back the samples reach.</param>
/// <param name="TailSpread">The same by how low they often are: a series that rests at its ceiling strays downwards alone.</param>
internal readonly record struct Expected(
    double Level,
    double Usual,
    double Spread,
    double TailSpread,
    double HistoryDays
);

/// <summary>
/// What a series would show if nothing were wrong: the median of earlier samples near the same time of day, and near the
/// same time of the same weekday once three weeks are known. Memory is bounded: one value for each slot and day.
/// </summary>
internal sealed class Baseline
{
    private const int SecondsPerDay = 86_400;

    /// <summary>A slot is a step long, but at least five minutes: of denser samples the latest in a slot stands for it.</summary>
    private const int SlotSecondsMin = 300;
    private const int DaysPerWeek = 7;
    private const int WeeksNeeded = 3;

    // Converts a median absolute deviation into the standard deviation of a normal distribution.
    private const double RobustDeviation = 1.4826;

    // The tenth part of a normal distribution lies this many standard deviations below its median.
    private const double TenthDeviations = 1.2816;

    private readonly BaselineProfile profile;
    private readonly int slotSeconds;
    private readonly int slots;
    private readonly int reach;
    private readonly int windowDays;
    private readonly int days;
    private readonly double[] values;
    private readonly long[] times;
    private readonly int[] dayCounts;
    private readonly long[] dayFirst;
    private readonly double[] near;
    private readonly double[] sorted;
    private readonly double[] sameWeekday;
    private long today = long.MinValue;
    private int knownBefore;
    private long oldest = long.MaxValue;
    private double usualHigh;
    private long usualHighDay = long.MinValue;

    /// <param name="stepSeconds">The usual distance between two samples.</param>
    public Baseline(BaselineProfile profile, long stepSeconds)
    {
        this.profile = profile;
        slotSeconds = (int)Math.Clamp(stepSeconds, SlotSecondsMin, SecondsPerDay);
        slots = (SecondsPerDay + slotSeconds - 1) / slotSeconds;
        reach = Math.Min((int)(profile.TimeOfDayHours * 3600) / slotSeconds, slots / 2);
        windowDays = (int)Math.Ceiling(profile.Days);
        // One day more for the slots behind midnight.
        days = Math.Max(windowDays, profile.Weeks * DaysPerWeek) + 2;
        values = new double[slots * days];
        times = new long[slots * days];
        Array.Fill(times, long.MinValue);
        dayCounts = new int[days];
        dayFirst = new long[days];
        near = new double[slots * days];
        sorted = new double[slots * days];
        sameWeekday = new double[((2 * reach) + 1) * days];
    }

    private Baseline(Baseline other)
    {
        profile = other.profile;
        (slotSeconds, slots, reach, days) = (
            other.slotSeconds,
            other.slots,
            other.reach,
            other.days
        );
        values = [.. other.values];
        times = [.. other.times];
        dayCounts = [.. other.dayCounts];
        dayFirst = [.. other.dayFirst];
        near = new double[other.near.Length];
        sorted = new double[other.sorted.Length];
        sameWeekday = new double[other.sameWeekday.Length];
        (today, usualHigh, usualHighDay) = (other.today, other.usualHigh, other.usualHighDay);
        (windowDays, knownBefore, oldest) = (other.windowDays, other.knownBefore, other.oldest);
    }

    public Baseline Copy() => new(this);

    /// <summary>What is expected at a moment, or null while there is too little history, or too low a level, to say.</summary>
    /// <param name="at">Unix seconds; not before any sample learned.</param>
    public Expected? At(long at)
    {
        Begin(DayOf(at));
        long from = at - (long)(profile.Days * SecondsPerDay);
        if (HistoryDays(at, from) is not { } history)
        {
            return null;
        }

        int count = CollectNear(at, from, out int weekdays, out int weeks);
        if (count < profile.MinimumSamples)
        {
            weeks = 0;
            count = CollectAll(at, from, near);
        }

        if (count == 0)
        {
            return null;
        }

        double usual = Order.Median(near.AsSpan(0, count));
        if (usual <= 0 || usual < profile.MinimumShareOfHigh * UsualHigh(at, from))
        {
            return null;
        }

        // Selecting the median left the lower half in front.
        double low = Order.Select(near.AsSpan(0, (count / 2) + 1), count / 10);
        double spread = 0;
        if (profile.SpreadMultiple > 0)
        {
            for (int i = 0; i < count; i++)
            {
                near[i] = Math.Abs(near[i] - usual);
            }

            spread = Order.Median(near.AsSpan(0, count)) * RobustDeviation;
        }

        double level =
            int.PopCount(weeks) >= WeeksNeeded
                ? Math.Min(usual, Order.Median(sameWeekday.AsSpan(0, weekdays)))
                : usual;
        return level > 0
            ? new Expected(
                level,
                usual,
                spread,
                Math.Max(spread, (usual - low) / TenthDeviations),
                history
            )
            : null;
    }

    /// <summary>
    /// True when a value is surely no loss: at least that share of the usual level. It counts samples instead of sorting them,
    /// which settles nearly every sample; false says nothing.
    /// </summary>
    /// <param name="at">Unix seconds; not before any sample learned.</param>
    /// <param name="keptShare">Share of the usual level from which a value is no loss.</param>
    public bool IsSurelyNormal(long at, double value, double keptShare)
    {
        Begin(DayOf(at));
        long from = at - (long)(profile.Days * SecondsPerDay);
        if (HistoryDays(at, from) is null)
        {
            return false;
        }

        double floor = Math.Max(
            double.Epsilon,
            profile.MinimumShareOfHigh > 0 ? profile.MinimumShareOfHigh * UsualHigh(at, from) : 0
        );
        double reached = value / keptShare;
        (int count, int atMost, int notLow) = (0, 0, 0);
        for (int offset = -reach; offset <= Math.Min(reach, slots - 1 - reach); offset++)
        {
            long around = at + ((long)offset * slotSeconds);
            int row = SlotOf(around) * days;
            int index = row + DayIndex(DayOf(around));
            for (int back = 0; back <= windowDays; back++)
            {
                if (times[index] is var time && time >= from && time < at)
                {
                    double known = values[index];
                    count++;
                    atMost += known <= reached ? 1 : 0;
                    notLow += known >= floor ? 1 : 0;
                }

                index = index == row ? row + days - 1 : index - 1;
            }
        }

        return count >= profile.MinimumSamples && 2 * atMost > count && 2 * notLow > count;
    }

    /// <param name="at">Unix seconds; not before any sample learned.</param>
    public void Learn(long at, double value)
    {
        long day = DayOf(at);
        Begin(day);
        int index = (SlotOf(at) * days) + DayIndex(day);
        // The latest of several samples in one slot of one day stands for it.
        bool isNew = times[index] == long.MinValue || DayOf(times[index]) != day;
        (times[index], values[index]) = (at, value);
        if (isNew)
        {
            int of = DayIndex(day);
            dayFirst[of] = dayCounts[of]++ == 0 ? at : dayFirst[of];
        }
    }

    /// <summary>Turns to a new day: forgets what is out of reach, and sums up what is known of the days before.</summary>
    private void Begin(long day)
    {
        if (day == today)
        {
            return;
        }

        long first = today == long.MinValue || day - today > days ? day - days + 1 : today + 1;
        for (long cleared = first; cleared <= day; cleared++)
        {
            dayCounts[DayIndex(cleared)] = 0;
        }

        today = day;
        (knownBefore, oldest) = (0, long.MaxValue);
        for (long before = day - windowDays; before < day; before++)
        {
            int index = DayIndex(before);
            if (dayCounts[index] > 0)
            {
                knownBefore += dayCounts[index];
                oldest = Math.Min(oldest, dayFirst[index]);
            }
        }
    }

    /// <summary>Days that the history reaches back; null when it is too short.</summary>
    private double? HistoryDays(long at, long from)
    {
        int index = DayIndex(today);
        int known = knownBefore + dayCounts[index];
        long since = Math.Max(
            Math.Min(oldest, dayCounts[index] > 0 ? dayFirst[index] : long.MaxValue),
            from
        );
        return known >= profile.MinimumSamples && at - since >= (long)(profile.MinimumHours * 3600)
            ? (at - since) / (double)SecondsPerDay
            : null;
    }

    /// <summary>Gathers the samples of the last days near the time of day, and with them those of the same weekday.</summary>
    /// <param name="weekdays">How many of the same weekday there are.</param>
    /// <param name="weeks">A bit for each week that has one.</param>
    private int CollectNear(long at, long from, out int weekdays, out int weeks)
    {
        int count = 0;
        (weekdays, weeks) = (0, 0);
        for (int offset = -reach; offset <= Math.Min(reach, slots - 1 - reach); offset++)
        {
            long around = at + ((long)offset * slotSeconds);
            long day = DayOf(around);
            int row = SlotOf(around) * days;
            int index = row + DayIndex(day);
            for (int back = 0; back <= windowDays; back++)
            {
                if (times[index] is var time && time >= from && time < at)
                {
                    near[count++] = values[index];
                }

                index = index == row ? row + days - 1 : index - 1;
            }

            for (int week = 1; week <= profile.Weeks; week++)
            {
                long of = day - (week * DaysPerWeek);
                int then = row + DayIndex(of);
                if (times[then] is var time && time != long.MinValue && DayOf(time) == of)
                {
                    sameWeekday[weekdays++] = values[then];
                    weeks |= 1 << week;
                }
            }
        }

        return count;
    }

    private int CollectAll(long at, long from, double[] into)
    {
        int count = 0;
        for (int i = 0; i < times.Length; i++)
        {
            if (times[i] >= from && times[i] < at)
            {
                into[count++] = values[i];
            }
        }

        return count;
    }

    /// <summary>The level that earlier samples reach in one of ten cases: a single outlier moves it little. Worked out once a day.</summary>
    private double UsualHigh(long at, long from)
    {
        long day = DayOf(at);
        if (day != usualHighDay)
        {
            int count = CollectAll(at, from, sorted);
            Array.Sort(sorted, 0, count);
            (usualHigh, usualHighDay) = (count == 0 ? 0 : sorted[(int)(0.9 * (count - 1))], day);
        }

        return usualHigh;
    }

    private int SlotOf(long at) =>
        (int)((((at % SecondsPerDay) + SecondsPerDay) % SecondsPerDay) / slotSeconds);

    private int DayIndex(long day) => (int)(((day % days) + days) % days);

    private static long DayOf(long at) =>
        at >= 0 ? at / SecondsPerDay : ((at + 1) / SecondsPerDay) - 1;
}
