using NodaTime;

namespace Breakwater.Signals;

/// <summary>What was odd about the order of samples and did no harm: counted, so that it can be said.</summary>
internal sealed class SampleOrder
{
    /// <summary>Rows that repeat time, place and value of an earlier one.</summary>
    public int Repeated { get; set; }

    /// <summary>Rows whose time lies before that of the row above them.</summary>
    public int Backwards { get; set; }
}

/// <summary>Lays samples on their own rhythm, so that a gap is visible as null and an hourly column in a half-hourly file is no gap.</summary>
public static class SampleGrid
{
    /// <summary>No series pauses for longer; rows on the far side of such a gap have a wrong clock.</summary>
    private static readonly Duration _gapMax = Duration.FromDays(731);

    /// <summary>Samples in order of time, with the steps that are missing between them present and null.</summary>
    /// <param name="samples">In order of time, one for each moment.</param>
    public static IReadOnlyList<Sample> Lay(IReadOnlyList<Sample> samples, Duration step)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Lay([.. samples], step, "", new FaultList("", 1)).Samples;
    }

    internal static (IReadOnlyList<Sample> Samples, Duration Step) Lay(
        List<Sample> samples,
        Duration? statedStep,
        string column,
        FaultList faults,
        SampleOrder? order = null
    )
    {
        List<Sample> ordered = Together(
            InOrder(samples, column, faults, order ?? new SampleOrder()),
            column,
            faults
        );
        Duration step = statedStep ?? UsualStep(ordered);
        var laid = new List<Sample>(ordered.Count);
        foreach (Sample sample in ordered)
        {
            if (laid.Count > 0 && !Fill(laid, sample.At, step))
            {
                faults.Add(
                    $"line {sample.Row}",
                    $"column '{column}': more than {SignalsFromSeries.SampleLimit} steps are missing before this time",
                    "Check the time of this row; the rest of the column is unread"
                );
                break;
            }

            // An empty cell between two beats of a slower column says nothing.
            if (sample.Value is not null || laid.Count == 0 || sample.At - laid[^1].At >= step)
            {
                laid.Add(sample);
            }
        }

        return (laid, step);
    }

    private static List<Sample> InOrder(
        List<Sample> samples,
        string column,
        FaultList faults,
        SampleOrder order
    )
    {
        for (int at = 1; at < samples.Count; at++)
        {
            order.Backwards += samples[at].At < samples[at - 1].At ? 1 : 0;
        }

        var ordered = new List<Sample>(samples.Count);
        foreach (Sample sample in samples.OrderBy(sample => sample.At).ThenBy(sample => sample.Row))
        {
            if (ordered.Count == 0 || ordered[^1].At != sample.At)
            {
                ordered.Add(sample);
            }
            else if (ordered[^1].Value is null)
            {
                ordered[^1] = sample;
            }
            else if (sample.Value is null || sample.Value == ordered[^1].Value)
            {
                order.Repeated++;
            }
            else
            {
                faults.Add(
                    $"line {sample.Row}",
                    $"column '{column}' has another value for the same time and place on line {ordered[^1].Row}",
                    "The first one is used"
                );
            }
        }

        return ordered;
    }

    /// <summary>The longest run of samples without a gap of years; what lies beyond is a fault, not a reason to fill centuries with nothing.</summary>
    private static List<Sample> Together(List<Sample> ordered, string column, FaultList faults)
    {
        List<(int Start, int End)> runs = [];
        int start = 0;
        for (int at = 1; at <= ordered.Count; at++)
        {
            if (at == ordered.Count || ordered[at].At - ordered[at - 1].At > _gapMax)
            {
                runs.Add((start, at));
                start = at;
            }
        }

        if (runs.Count < 2)
        {
            return ordered;
        }

        (int Start, int End) longest = runs.MaxBy(run => run.End - run.Start);
        foreach ((int first, int end) in runs.Where(run => run != longest))
        {
            faults.Add(
                $"line {ordered[first].Row}",
                $"column '{column}': {end - first} samples lie more than {_gapMax.Days} days away from the others, at {ordered[first].At}",
                "Check the times; these samples are left out"
            );
        }

        return ordered[longest.Start..longest.End];
    }

    /// <summary>The most frequent distance between samples that have a value; the shorter one of two equally frequent.</summary>
    private static Duration UsualStep(List<Sample> ordered)
    {
        List<Instant> times =
        [
            .. ordered.Where(sample => sample.Value is not null).Select(sample => sample.At),
        ];
        return times.Count < 2
            ? Duration.FromHours(1)
            : times
                .Zip(times.Skip(1), (a, b) => b - a)
                .GroupBy(distance => distance)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key)
                .First()
                .Key;
    }

    private static bool Fill(List<Sample> laid, Instant until, Duration step)
    {
        while (laid[^1].At + step + (step / 2) <= until)
        {
            if (laid.Count >= SignalsFromSeries.SampleLimit)
            {
                return false;
            }

            laid.Add(new Sample(laid[^1].At + step, null, 0));
        }

        return true;
    }
}
