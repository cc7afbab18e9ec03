using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>How one sample stands against the baseline.</summary>
internal enum SampleState
{
    /// <summary>No value, or no baseline to hold it against.</summary>
    Unseen,
    Normal,
    Lost,
}

/// <param name="DropShare">Loss against the baseline, 0 to 1; zero when unseen.</param>
internal readonly record struct JudgedSample(Sample Sample, SampleState State, double DropShare);

/// <summary>A stretch in which one series stays below its baseline.</summary>
/// <param name="Onset">Between the last sample seen normal and the first seen lost.</param>
/// <param name="End">Between the last sample seen lost and the first seen returned; null while it lasts.</param>
internal sealed record Loss(
    int First,
    int Last,
    InstantPair Onset,
    InstantPair? End,
    double DeepestDropShare
);

internal readonly record struct InstantPair(Instant Earliest, Instant Latest);

/// <summary>One series judged sample by sample, with its losses.</summary>
internal sealed record JudgedSeries(
    SeriesSignal Signal,
    IReadOnlyList<JudgedSample> Samples,
    IReadOnlyList<Loss> Losses
);
