using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications;

/// <summary>Series over time with what was found in them, ready to draw.</summary>
/// <param name="NotDrawn">Series beyond <see cref="MostBands"/>: counted, never dropped in silence.</param>
public sealed record Timeline(
    TimeWindow Window,
    IReadOnlyList<TimelineBand> Bands,
    int NotDrawn,
    IReadOnlyList<string> Inputs
)
{
    /// <summary>What one page holds.</summary>
    public const int MostBands = 12;

    /// <summary>About what a printed column can show; two points (lowest and highest) a bucket.</summary>
    public const int MostPoints = 400;

    public static Timeline Of(Walked walk)
    {
        var series = walk
            .Signals.OfType<SeriesSignal>()
            .Where(signal => signal.Samples.Any(sample => walk.Window.Contains(sample.At)))
            .OrderBy(signal => !IsUsed(walk, signal))
            .ThenBy(signal => signal.Place.Area?.Count ?? 0)
            .ThenBy(signal => signal.Family)
            .ThenBy(signal => signal.Source, StringComparer.Ordinal)
            .ThenBy(signal => signal.Place.Key, StringComparer.Ordinal)
            .ThenBy(signal => signal.Id, StringComparer.Ordinal)
            .ToList();
        var drawn = series.Take(MostBands).ToList();
        return new Timeline(
            walk.Window,
            [.. drawn.Select(signal => Band(walk, signal, drawn))],
            series.Count - drawn.Count,
            [.. drawn.Select(signal => signal.Id)]
        );
    }

    private static bool IsUsed(Walked walk, SeriesSignal signal) =>
        walk.Detection.Disruptions.Any(disruption => disruption.Signals.Contains(signal.Id));

    private static TimelineBand Band(
        Walked walk,
        SeriesSignal signal,
        IReadOnlyList<SeriesSignal> drawn
    )
    {
        var disruptions = walk
            .Detection.Disruptions.Where(disruption => disruption.Signals.Contains(signal.Id))
            .ToList();
        // A return is marked on the series that measured it; on all of its disruption when that one is not drawn.
        var returns = walk
            .Restorations.Where(restoration =>
                restoration.Start is not null
                && restoration.State
                    is RestorationState.Partial
                        or RestorationState.Confirmed
                        or RestorationState.Relapsed
                && disruptions.Any(disruption => disruption.Id == restoration.DisruptionId)
                && (
                    restoration.MeasuredBy == signal.Source
                    || drawn.All(other => other.Source != restoration.MeasuredBy)
                )
                && (restoration.Network ?? signal.Network) == signal.Network
            )
            .ToList();
        var samples = signal.Samples.Where(sample => walk.Window.Contains(sample.At)).ToList();
        return new TimelineBand(
            signal.Source,
            signal.Network,
            signal.Place,
            signal.Family,
            signal.Unit,
            signal.Origin,
            Decimated(samples, walk.Window),
            Gaps(samples, signal.Step, walk.Window),
            [.. disruptions.Select(disruption => disruption.Onset)],
            [.. disruptions.Select(disruption => disruption.End).OfType<InstantRange>()],
            [.. returns.Select(restoration => restoration.Start!).Distinct()],
            samples.Max(sample => sample.Value)
        );
    }

    /// <summary>Lowest and highest of each bucket in order of time, so that a spike of one sample stays. Null breaks the line.</summary>
    public static IReadOnlyList<Sample> Decimated(IReadOnlyList<Sample> samples, TimeWindow window)
    {
        if (samples.Count <= MostPoints)
        {
            return samples;
        }

        double bucketSeconds = window.Length.TotalSeconds / (MostPoints / 2);
        var kept = new List<Sample>();
        foreach (
            IGrouping<int, Sample> bucket in samples.GroupBy(sample =>
                (int)((sample.At - window.Since).TotalSeconds / bucketSeconds)
            )
        )
        {
            var known = bucket.Where(sample => sample.Value is not null).ToList();
            IEnumerable<Sample> ends =
                known.Count == 0
                    ? [bucket.First()]
                    : [known.MinBy(sample => sample.Value), known.MaxBy(sample => sample.Value)];
            // A bucket that is partly blind keeps one null, so the line does not cross the gap.
            IEnumerable<Sample> gap =
                known.Count == 0 ? [] : bucket.Where(sample => sample.Value is null).Take(1);
            kept.AddRange(ends.Concat(gap).Distinct().OrderBy(sample => sample.At));
        }

        return kept;
    }

    /// <summary>Stretches without a value, among them the time before the first sample and after the last.</summary>
    public static IReadOnlyList<TimeWindow> Gaps(
        IReadOnlyList<Sample> samples,
        Duration step,
        TimeWindow window
    )
    {
        var gaps = new List<TimeWindow>();
        Instant seenUntil = window.Since;
        foreach (Sample sample in samples.Where(sample => sample.Value is not null))
        {
            if (sample.At - seenUntil >= step)
            {
                gaps.Add(new TimeWindow(seenUntil, sample.At));
            }

            seenUntil = sample.At + step;
        }

        if (window.Until - seenUntil >= step)
        {
            gaps.Add(new TimeWindow(seenUntil, window.Until));
        }

        return gaps;
    }
}

/// <param name="Highest">Greatest value in the window; null when every value is missing.</param>
public sealed record TimelineBand(
    string Source,
    string? Network,
    Place Place,
    SignalFamily Family,
    string Unit,
    Origin Origin,
    IReadOnlyList<Sample> Points,
    IReadOnlyList<TimeWindow> Gaps,
    IReadOnlyList<InstantRange> Onsets,
    IReadOnlyList<InstantRange> Ends,
    IReadOnlyList<InstantRange> Returns,
    double? Highest
);

/// <summary>A public place name with the people without service there; null is unknown, and drawn as such.</summary>
/// <param name="HasNeed">False when no need is recorded there, which is not a count of zero.</param>
public sealed record MapPoint(
    string Name,
    double Longitude,
    double Latitude,
    CountRange? Without,
    bool HasNeed
);
