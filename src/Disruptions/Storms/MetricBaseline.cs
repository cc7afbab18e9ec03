namespace Breakwater.Disruptions;

/// <summary>
/// What one metric of a feed usually is at a time of day: median and spread of earlier samples near it. Samples of a storm
/// are taken out, because a baseline that learns from a storm ends it while it lasts.
/// </summary>
internal sealed class MetricBaseline(StormProfile profile, int stepSeconds)
{
    // Converts a median absolute deviation into the standard deviation of a normal distribution.
    private const double RobustDeviation = 1.4826;

    /// <summary>Added to value and baseline before the logarithm, as a share of the baseline: nothing at all is a finite fall.</summary>
    private const double LogOffsetShare = 0.1;

    private readonly int stepsPerDay = 86_400 / stepSeconds;
    private readonly int near = Math.Max(1, profile.TimeOfDayMinutes * 60 / stepSeconds);
    private readonly int guard = profile.GuardMinutes * 60 / stepSeconds;
    private readonly double[] ring = Unknown(profile.BaselineDays * (86_400 / stepSeconds));
    private readonly double[] scratch = new double[profile.BaselineDays * (86_400 / stepSeconds)];
    private readonly long minimum = (long)(profile.MinimumHistoryHours * 3600 / stepSeconds);
    private long known;
    private double spread;

    /// <summary>Median of the samples; null while there is too little history, or when the metric is usually zero.</summary>
    public double? Level { get; private set; }

    /// <summary>Works out level and spread for a step from the steps before it.</summary>
    public void Refresh(long step)
    {
        if (known < minimum)
        {
            Level = null;
            return;
        }

        int count = NearTimeOfDay(step);
        if (count < Math.Min(minimum, 2L * near))
        {
            count = All(step);
        }

        // In a long storm everything near may have been taken out: what was known last stands.
        if (count == 0)
        {
            return;
        }

        Span<double> samples = scratch.AsSpan(0, count);
        double level = Medians.Of(samples);
        Level = level > 0 ? level : null;
        foreach (ref double sample in samples)
        {
            sample = Math.Abs(Log(sample, level));
        }

        spread = Math.Max(profile.SpreadFloor, RobustDeviation * Medians.Of(samples));
    }

    /// <summary>Distance of a value from the level, in spreads; no more than the profile allows.</summary>
    public double DeviationOf(double value) =>
        Math.Clamp(Log(value, Level!.Value) / spread, -profile.DeviationMax, profile.DeviationMax);

    public void Learn(long step, double? value) => Set(step, value ?? double.NaN);

    /// <summary>Takes out the samples from one step up to another, which turned out to be of a storm.</summary>
    public void Forget(long from, long until)
    {
        for (long step = Math.Max(from, until - ring.Length); step < until; step++)
        {
            Set(step, double.NaN);
        }
    }

    public void Clear()
    {
        Array.Fill(ring, double.NaN);
        known = 0;
        Level = null;
    }

    /// <summary>Exactly the same for values and level in any unit.</summary>
    private static double Log(double value, double level) =>
        level <= 0 ? 0 : Math.Log((value / level + LogOffsetShare) / (1 + LogOffsetShare));

    private static double[] Unknown(int length)
    {
        double[] values = new double[length];
        Array.Fill(values, double.NaN);
        return values;
    }

    private void Set(long step, double value)
    {
        ref double kept = ref ring[step % ring.Length];
        known += (double.IsNaN(value) ? 0 : 1) - (double.IsNaN(kept) ? 0 : 1);
        kept = value;
    }

    private int NearTimeOfDay(long step)
    {
        int count = 0;
        for (int day = 0; day <= profile.BaselineDays; day++)
        {
            long middle = step - (long)day * stepsPerDay;
            count = Take(middle - near, middle + near, step, count);
        }

        return count;
    }

    private int All(long step) => Take(step - ring.Length, step, step, 0);

    private int Take(long from, long until, long now, int count)
    {
        from = Math.Max(Math.Max(0, now - ring.Length + 1), from);
        until = Math.Min(until, now - 1 - guard);
        for (long step = from; step <= until; step++)
        {
            double value = ring[step % ring.Length];
            if (!double.IsNaN(value) && count < scratch.Length)
            {
                scratch[count++] = value;
            }
        }

        return count;
    }
}
