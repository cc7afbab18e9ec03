namespace Breakwater.Bench.Accuracy;

/// <summary>Minutes said to be in a storm against minutes labelled so.</summary>
internal readonly record struct MinuteScore(long Hits, long False, long Missed)
{
    public double Precision => Hits == 0 ? 0 : Hits / (double)(Hits + False);

    public double Recall => Hits == 0 ? 0 : Hits / (double)(Hits + Missed);

    /// <summary>Not a number where nothing was labelled and nothing said.</summary>
    public double F1 =>
        Hits + False + Missed == 0 ? double.NaN
        : Hits == 0 ? 0
        : 2.0 * Hits / ((2 * Hits) + False + Missed);

    public static MinuteScore Of(
        IReadOnlyList<bool> said,
        IReadOnlyList<bool> labelled,
        IReadOnlyList<int> minutes
    )
    {
        long hits = 0;
        long wrong = 0;
        long missed = 0;
        foreach (int minute in minutes)
        {
            hits += said[minute] && labelled[minute] ? 1 : 0;
            wrong += said[minute] && !labelled[minute] ? 1 : 0;
            missed += !said[minute] && labelled[minute] ? 1 : 0;
        }

        return new MinuteScore(hits, wrong, missed);
    }
}

/// <param name="Low">2.5th percentile of the resamples.</param>
/// <param name="High">97.5th percentile.</param>
internal readonly record struct Interval(double Low, double High);

/// <summary>
/// Moving-block bootstrap (Künsch 1989): blocks of consecutive minutes are drawn with replacement, so that what neighbours
/// have in common stays. Seeded, so that a run can be repeated.
/// </summary>
internal static class BlockBootstrap
{
    public const int BlockMinutes = 240;
    public const int Resamples = 2000;
    private const int Seed = 20010719;

    public static Interval Of(
        IReadOnlyList<int> minutes,
        Func<IReadOnlyList<int>, double> statistic
    )
    {
        double[] values = Values(minutes, statistic);
        Array.Sort(values);
        return new Interval(
            values[(int)(0.025 * values.Length)],
            values[(int)(0.975 * values.Length)]
        );
    }

    public static double StandardError(
        IReadOnlyList<int> minutes,
        Func<IReadOnlyList<int>, double> statistic
    )
    {
        double[] values = Values(minutes, statistic);
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double[] Values(
        IReadOnlyList<int> minutes,
        Func<IReadOnlyList<int>, double> statistic
    )
    {
        var random = new Random(Seed);
        int[] drawn = new int[minutes.Count];
        double[] values = new double[Resamples];
        int block = Math.Min(BlockMinutes, minutes.Count);
        for (int round = 0; round < Resamples; round++)
        {
            for (int filled = 0; filled < drawn.Length; filled += block)
            {
                int from = random.Next(minutes.Count - block + 1);
                for (int at = 0; at < block && filled + at < drawn.Length; at++)
                {
                    drawn[filled + at] = minutes[from + at];
                }
            }

            values[round] = statistic(drawn);
        }

        // Resamples that drew no storm at all say nothing of F1.
        return [.. values.Where(value => !double.IsNaN(value))];
    }
}
