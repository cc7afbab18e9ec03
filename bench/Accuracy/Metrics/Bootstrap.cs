namespace Breakwater.Bench.Accuracy.Metrics;

/// <summary>A number with a 95 % interval and how the interval was made.</summary>
/// <param name="Low">Null where no interval can be given.</param>
/// <param name="Method">What stands behind the number of the interval, for the reader of the table.</param>
public sealed record Estimate(double? Value, double? Low, double? High, IntervalMethod Method);

public enum IntervalMethod
{
    /// <summary>Nothing to measure, or one unit alone.</summary>
    None,

    /// <summary>Percentiles over resampled units, or over resampled blocks of days in a row.</summary>
    BlockBootstrap,

    /// <summary>Wilson's score interval of a share: resampling units that are all alike would claim certainty.</summary>
    Wilson,

    /// <summary>The exact Poisson interval of a rate of which nothing was seen, for the same reason.</summary>
    Poisson,
}

/// <summary>
/// Moving block bootstrap (Künsch 1989): blocks of units in a row are drawn with replacement until the sample is as long as
/// the original, so that what hangs together stays together. Blocks of length 1 are the plain bootstrap over events.
/// </summary>
public static class Bootstrap
{
    private const int RoundsDefault = 1000;
    private const double Low = 0.025;
    private const double High = 0.975;

    // The mean of a Poisson count of which none is seen in 2.5 % of cases: -ln 0.025.
    private const double PoissonOfNone = 3.6888794541139363;

    // The 97.5 % point of the normal distribution.
    private const double Normal = 1.959963984540054;

    /// <param name="units">In order of time where the block is longer than 1.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    public static Estimate Of(
        IReadOnlyList<Tally> units,
        Measure measure,
        int blockLength,
        ulong seed,
        int rounds = RoundsDefault
    )
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(measure);
        var whole = Tally.Sum(units);
        if (measure.Of(whole) is not { } value)
        {
            return new Estimate(null, null, null, IntervalMethod.None);
        }

        if (Wilson(whole, measure) is { } exact)
        {
            return exact;
        }

        if (measure == Measure.FalsePerMonth && whole.FalseAlarms == 0)
        {
            return new Estimate(
                0,
                0,
                PoissonOfNone / whole.QuietDays * Measure.DaysPerMonth,
                IntervalMethod.Poisson
            );
        }

        if (measure.IsOfEvents && whole.Events < 2)
        {
            return new Estimate(value, null, null, IntervalMethod.None);
        }

        int block = Math.Clamp(blockLength, 1, Math.Max(1, units.Count));
        if (units.Count / block < 2)
        {
            return new Estimate(value, null, null, IntervalMethod.None);
        }

        List<double> values = Resample(units, measure, block, seed, rounds);
        // Where most samples have nothing to divide by, the rest is no picture of the spread.
        return values.Count * 2 < rounds
            ? new Estimate(value, null, null, IntervalMethod.None)
            : new Estimate(
                value,
                Measure.Quantile(values, Low),
                Measure.Quantile(values, High),
                IntervalMethod.BlockBootstrap
            );
    }

    private static List<double> Resample(
        IReadOnlyList<Tally> units,
        Measure measure,
        int block,
        ulong seed,
        int rounds
    )
    {
        var random = new SeededRandom(seed);
        List<double> values = [];
        var drawn = new List<Tally>(units.Count);
        for (int round = 0; round < rounds; round++)
        {
            drawn.Clear();
            while (drawn.Count < units.Count)
            {
                int start = random.Below(units.Count - block + 1);
                for (int i = 0; i < block && drawn.Count < units.Count; i++)
                {
                    drawn.Add(units[start + i]);
                }
            }

            if (measure.Of(Tally.Sum(drawn)) is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>For shares of events that are none or all; null for everything else.</summary>
    private static Estimate? Wilson(Tally whole, Measure measure)
    {
        (int count, int of) =
            measure == Measure.Recall ? (whole.OnTime, whole.Events)
            : measure == Measure.Touched ? (whole.Touched, whole.Events)
            : measure == Measure.Precision ? (whole.Alarms - whole.FalseAlarms, whole.Alarms)
            : (0, 0);
        if (of == 0 || (count != 0 && count != of))
        {
            return null;
        }

        (double low, double high) = WilsonInterval(count, of);
        return new Estimate((double)count / of, low, high, IntervalMethod.Wilson);
    }

    /// <summary>Wilson (1927), 95 %.</summary>
    public static (double Low, double High) WilsonInterval(int count, int of)
    {
        double share = (double)count / of;
        double square = Normal * Normal;
        double centre = (share + (square / (2 * of))) / (1 + (square / of));
        double half =
            Normal
            / (1 + (square / of))
            * Math.Sqrt((share * (1 - share) / of) + (square / (4.0 * of * of)));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
