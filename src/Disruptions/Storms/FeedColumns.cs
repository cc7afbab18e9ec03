using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>The series of one feed side by side: one column for each metric, one row for each step of time.</summary>
internal sealed class FeedColumns
{
    /// <summary>Two years of minutes. A sample further from the first one has a wrong time.</summary>
    private const long StepsMax = 1_100_000;

    private readonly double[][] values;
    private readonly int[][] rows;

    private FeedColumns(IReadOnlyList<SeriesSignal> series, Instant first, int steps)
    {
        Series = series;
        First = first;
        Steps = steps;
        values = new double[series.Count][];
        rows = new int[series.Count][];
        for (int column = 0; column < series.Count; column++)
        {
            values[column] = new double[steps];
            rows[column] = new int[steps];
            Array.Fill(values[column], double.NaN);
        }
    }

    /// <summary>In the order of the metrics of the profile.</summary>
    public IReadOnlyList<SeriesSignal> Series { get; }

    public Instant First { get; }

    public int Steps { get; }

    public Duration Step => Series[0].Step;

    public double StepMinutes => Step.TotalMinutes;

    public string Feed =>
        Series[0].Place.Key == "unknown"
            ? Series[0].Source
            : $"{Series[0].Source} ({Series[0].Place})";

    /// <summary>Samples that are no count (not a number, below zero) or lie too far from the first one.</summary>
    public int Unusable { get; private set; }

    /// <summary>Null when the feed has no sample at all.</summary>
    /// <param name="series">One for each metric, of one feed and step.</param>
    /// <param name="asOf">Samples from then on are not looked at.</param>
    public static FeedColumns? Of(IReadOnlyList<SeriesSignal> series, Instant? asOf)
    {
        Instant first = Instant.MaxValue;
        Instant last = Instant.MinValue;
        foreach (Sample sample in series.SelectMany(one => one.Samples))
        {
            if (asOf is not { } known || sample.At < known)
            {
                first = Instant.Min(first, sample.At);
                last = Instant.Max(last, sample.At);
            }
        }

        if (last < first)
        {
            return null;
        }

        long steps = (long)((last - first) / series[0].Step) + 1;
        var columns = new FeedColumns(series, first, (int)Math.Min(steps, StepsMax));
        for (int column = 0; column < series.Count; column++)
        {
            columns.Fill(column, asOf);
        }

        return columns;
    }

    /// <summary>NaN where the feed gave no count.</summary>
    public double Value(int column, int step) => values[column][step];

    public int Row(int column, int step) => rows[column][step];

    public Instant At(long step) => First + (Step * step);

    private void Fill(int column, Instant? asOf)
    {
        foreach (Sample sample in Series[column].Samples)
        {
            if (sample.Value is not { } value || (asOf is { } known && sample.At >= known))
            {
                continue;
            }

            long step = (long)((sample.At - First) / Step);
            if (step >= Steps || double.IsNaN(value) || value < 0 || double.IsInfinity(value))
            {
                Unusable++;
            }
            // Of two samples of one step the first one counts, whatever their order: the smaller row.
            else if (
                double.IsNaN(values[column][step])
                || sample.Row < rows[column][step]
                || (sample.Row == rows[column][step] && value < values[column][step])
            )
            {
                values[column][step] = value;
                rows[column][step] = sample.Row;
            }
        }
    }
}
