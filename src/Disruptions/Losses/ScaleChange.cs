using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Tells a fall that could be a change of scale: a feed that is normalised anew, or that switches its unit, goes on at a
/// share of its level from one sample to the next, with the same pattern and the same relative spread. A loss that hits all
/// networks alike looks the same in one feed, so this proves nothing; it is a reason to want another family's word.
/// </summary>
internal sealed class ScaleChange
{
    private const int SecondsPerDay = 86_400;

    /// <summary>Samples are held against those of the same time of day on so many days before.</summary>
    private const int ReferenceDays = 7;
    private const int ReferenceDaysNeeded = 3;

    /// <summary>Of so long before and after the step the spreads are compared.</summary>
    private const int WindowSeconds = 2 * SecondsPerDay;
    private const int LeastSeconds = SecondsPerDay / 2;
    private const int LeastSamples = 12;

    /// <summary>Two spreads of some 50 samples differ by less than this by chance in all but a few of a hundred cases.</summary>
    private const double SpreadRatioMax = 1.6;
    private const double SpreadFloor = 0.003;
    private const double TailRatioMax = 2;
    private const double StepDeviations = 6;
    private const double TailsOfStep = 2;

    /// <summary>Where a mean is taken over some time, samples of so long lie between the two levels at most.</summary>
    private const int BetweenSeconds = 2 * 3600;

    /// <summary>So many samples on either side must stand at the level of their side.</summary>
    private const int SamplesBeside = 4;
    private const double StraySpreadRatioMax = 4;
    private const double StraySpreadFloor = 0.05;

    /// <summary>One sample in so many may lie on the wrong side of the step, and one more.</summary>
    private const int SamplesPerStray = 24;

    private readonly long[] times;
    private readonly double[] values;
    private readonly long step;

    /// <param name="times">Unix seconds, in order.</param>
    /// <param name="values">NaN where there is none.</param>
    /// <param name="step">Seconds between two samples.</param>
    public ScaleChange(long[] times, double[] values, long step)
    {
        (this.times, this.values, this.step) = (times, values, Math.Max(1, step));
    }

    private long Between => Math.Max(1, BetweenSeconds / step);

    /// <summary>How far back before a loss samples are looked at.</summary>
    public static Duration Reach { get; } = Duration.FromDays(ReferenceDays + 4);

    /// <param name="first">Index of the first sample of the fall.</param>
    /// <param name="last">Index of its last sample.</param>
    /// <param name="isShift">True for a shift of level, which is dated to the day.</param>
    /// <returns>Null when it is no such fall, falls to nothing, which has no pattern, or is too short to say.</returns>
    public ScaleStep? Of(int first, int last, bool isShift)
    {
        if (StepOf(first, last, isShift) is { } whole)
        {
            return whole;
        }

        // A second change of scale within the window says nothing about the pattern until then; any other fall, or a return,
        // is no change of scale.
        return
            !isShift
            && NextFall(first, last) is { } next
            && StepOf(first, next - 1, isShift) is { } until
            && Behind(until).StepOf(next, last, isShift) is not null
            ? until
            : null;
    }

    private ScaleStep? StepOf(int first, int last, bool isShift)
    {
        if (times[last] - times[first] < LeastSeconds)
        {
            return null;
        }

        int at = StepNear(first, last, isShift);
        if (at <= 0 || times[last] - times[at] < LeastSeconds)
        {
            return null;
        }

        double[] before = Ratios(FirstFrom(times[at] - WindowSeconds), at - 1, times[at]);
        double[] after = Ratios(
            at,
            Math.Min(last, FirstFrom(times[at] + WindowSeconds) - 1),
            times[at]
        );
        if (before.Length < LeastSamples || after.Length < LeastSamples)
        {
            return null;
        }

        (double usual, double spreadBefore, double tailBefore) = Spread(before);
        (double level, double spreadAfter, double tailAfter) = Spread(after);
        if (usual <= 0 || level <= 0 || Array.Exists(after, ratio => ratio <= 0))
        {
            return null;
        }

        double strayed = Math.Max(StepDeviations * spreadBefore, 10 * SpreadFloor);
        bool isPatternKept =
            spreadAfter <= (SpreadRatioMax * spreadBefore) + SpreadFloor
            && tailAfter <= (TailRatioMax * tailBefore) + (2 * SpreadFloor);
        // A fall within what the series strays by itself cannot be dated to a sample.
        if (!isPatternKept || level > usual * (1 - (TailsOfStep * tailBefore)))
        {
            return null;
        }

        (int previous, int left) = Settled(at - 1, -1, usual, strayed, times[at]);
        (int next, int reached) = Settled(at, 1, level, strayed, times[at]);
        return left + reached > Between
            ? null
            : new ScaleStep(
                Instant.FromUnixTimeSeconds(times[previous]),
                Instant.FromUnixTimeSeconds(times[next]),
                level / usual
            );
    }

    /// <summary>As <see cref="Of(int, int, bool)"/>, for a fall of which the moments are known.</summary>
    public ScaleStep? Of(Instant first, Instant last) =>
        Of(
            FirstFrom(first.ToUnixTimeSeconds()),
            FirstFrom(last.ToUnixTimeSeconds()),
            isShift: false
        );

    /// <summary>The series as if it had been at the scale that a step left all along.</summary>
    public ScaleChange Behind(ScaleStep known)
    {
        long at = known.At.ToUnixTimeSeconds();
        return new ScaleChange(
            times,
            [.. values.Select((value, i) => times[i] < at ? value * known.Share : value)],
            step
        );
    }

    /// <summary>The nearest sample that stands at a level, and how many that do not lie before it.</summary>
    private (int Index, int Between) Settled(
        int from,
        int direction,
        double level,
        double strayed,
        long anchor
    )
    {
        (int index, int between) = (from, 0);
        while (index > 0 && index < times.Length - 1 && between <= Between)
        {
            double ratio = Ratio(index, Math.Min(anchor, times[index]));
            if (Math.Abs((ratio / level) - 1) <= strayed)
            {
                break;
            }

            between += double.IsNaN(ratio) ? 0 : 1;
            index += direction;
        }

        return (index, between);
    }

    /// <summary>
    /// The share of its level at which a series that strays too much to be dated by itself may have gone on from a moment
    /// that another series shows: lower from then on, at its level on both sides, and straying not much more than before.
    /// </summary>
    /// <param name="isSoon">True when its loss began so soon after that it is enough that it did not go on at its old level.</param>
    /// <returns>Null when what it lost is no part of that step.</returns>
    public double? ShareBehind(ScaleStep shown, bool isSoon)
    {
        (long last, long first) = (shown.Before.ToUnixTimeSeconds(), shown.At.ToUnixTimeSeconds());
        double[] before = Ratios(FirstFrom(first - WindowSeconds), FirstFrom(last + 1) - 1, first);
        double[] after = Ratios(FirstFrom(first), FirstFrom(first + WindowSeconds) - 1, first);
        if (before.Length < LeastSamples || after.Length < SamplesBeside)
        {
            return isSoon ? shown.Share : null;
        }

        (double usual, double spreadBefore, _) = Spread(before);
        (double level, double spreadAfter, _) = Spread(after);
        if (usual <= 0 || level <= 0)
        {
            return null;
        }

        double border = Math.Sqrt(level * usual);
        bool isLowerAtOnce = Order.Median([.. after[..SamplesBeside]]) < border;
        bool isStep =
            level < usual
            && isLowerAtOnce
            && Order.Median([.. before[^SamplesBeside..]]) > border
            && !Array.Exists(after, ratio => ratio <= 0)
            && spreadAfter <= (StraySpreadRatioMax * spreadBefore) + StraySpreadFloor;
        return !isStep && !(isSoon && isLowerAtOnce) ? null
            : level < usual ? level / usual
            : shown.Share;
    }

    /// <summary>
    /// The step of a loss of a series that strays too much to show by itself that it could be a change of scale, where it is
    /// known that it could be one.
    /// </summary>
    public ScaleStep? StrayingStep(Instant first, Instant last)
    {
        int at = StepNear(
            FirstFrom(first.ToUnixTimeSeconds()),
            FirstFrom(last.ToUnixTimeSeconds()),
            isShift: false
        );
        if (at <= 0)
        {
            return null;
        }

        var found = new ScaleStep(
            Instant.FromUnixTimeSeconds(times[at - 1]),
            Instant.FromUnixTimeSeconds(times[at]),
            1
        );
        return ShareBehind(found, isSoon: false) is { } share ? found with { Share = share } : null;
    }

    /// <summary>The sample from which nearly all are low and before which nearly none is; -1 when there is no such sample.</summary>
    private int StepNear(int first, int last, bool isShift)
    {
        // A loss opens at the first sample that is far enough out, which at a lively time of day may be hours after the step.
        int from = Math.Max(1, FirstFrom(times[first] - SecondsPerDay));
        int to = Math.Min(last, FirstFrom(times[first] + (isShift ? SecondsPerDay : 2 * step)));
        double[] window = new double[to - from + 1];
        for (int i = from; i <= to; i++)
        {
            window[i - from] = Ratio(i, times[from]);
        }

        double[] low = Ratios(
            first,
            Math.Min(last, FirstFrom(times[first] + WindowSeconds) - 1),
            times[from]
        );
        if (low.Length < LeastSamples)
        {
            return -1;
        }

        // Half way, as ratios go, between the level before and the one after.
        double border = Math.Sqrt(Math.Max(0, Order.Median(low)));
        (int best, int strays) = (-1, int.MaxValue);
        for (int split = 0; split < window.Length; split++)
        {
            int wrong = 0;
            for (int i = 0; i < window.Length; i++)
            {
                wrong += !double.IsNaN(window[i]) && window[i] < border != i >= split ? 1 : 0;
            }

            (best, strays) = wrong < strays ? (split, wrong) : (best, strays);
        }

        while (best >= 0 && best < window.Length && double.IsNaN(window[best]))
        {
            best++;
        }

        return strays <= 1 + (window.Length / SamplesPerStray) && best < window.Length
            ? from + best
            : -1;
    }

    /// <summary>Where the window behind a fall parts best into two levels, of which the later is lower; null when there is no such sample.</summary>
    private int? NextFall(int first, int last)
    {
        int from = first + 1;
        int to = Math.Min(last, FirstFrom(times[first] + WindowSeconds) - 1);
        var known = new List<(int Index, double Log)>();
        for (int i = from; i <= to; i++)
        {
            if (Ratio(i, times[first]) is > 0 and var ratio)
            {
                known.Add((i, Math.Log(ratio)));
            }
        }

        // The split that leaves the least squared distance to the means of both sides.
        (double sum, double left, double most, int? best) = (known.Sum(one => one.Log), 0, 0, null);
        for (int n = 1; n < known.Count; n++)
        {
            left += known[n - 1].Log;
            double apart = (left / n) - ((sum - left) / (known.Count - n));
            double between = apart * apart * n * (known.Count - n);
            if (apart > 0 && between > most)
            {
                (most, best) = (between, known[n].Index);
            }
        }

        return best;
    }

    private double[] Ratios(int from, int to, long anchor)
    {
        var ratios = new List<double>(Math.Max(0, to - from + 1));
        for (int i = Math.Max(0, from); i <= to; i++)
        {
            double ratio = Ratio(i, Math.Min(anchor, times[i]));
            if (!double.IsNaN(ratio))
            {
                ratios.Add(ratio);
            }
        }

        return [.. ratios];
    }

    /// <summary>A sample against the median of the same time of day on days before a moment; NaN when it cannot be told.</summary>
    private double Ratio(int index, long anchor)
    {
        if (double.IsNaN(values[index]))
        {
            return double.NaN;
        }

        long back = Math.Max(1, (times[index] - anchor + SecondsPerDay) / SecondsPerDay);
        Span<double> known = stackalloc double[ReferenceDays];
        int count = 0;
        for (int day = 0; day < ReferenceDays; day++)
        {
            double value = ValueAt(times[index] - ((back + day) * SecondsPerDay));
            if (!double.IsNaN(value))
            {
                known[count++] = value;
            }
        }

        double usual = Order.Median(known[..count]);
        return count >= ReferenceDaysNeeded && usual > 0 ? values[index] / usual : double.NaN;
    }

    private double ValueAt(long at)
    {
        int index = FirstFrom(at - (step / 2));
        return index < times.Length && times[index] <= at + (step / 2) ? values[index] : double.NaN;
    }

    /// <summary>The median, and how far half and nine tenths of the values lie from it at most, as shares of it.</summary>
    private static (double Median, double Half, double Tail) Spread(double[] ratios)
    {
        double[] sorted = [.. ratios];
        double median = Order.Median(sorted);
        if (median <= 0)
        {
            return (0, 0, 0);
        }

        double[] apart = [.. ratios.Select(ratio => Math.Abs((ratio / median) - 1))];
        double half = Order.Median(apart);
        return (median, half, Order.Select(apart, (int)(0.9 * (apart.Length - 1))));
    }

    private int FirstFrom(long at)
    {
        int index = Array.BinarySearch(times, at);
        index = index < 0 ? ~index : index;
        while (index > 0 && times[index - 1] == at)
        {
            index--;
        }

        return index;
    }
}
