using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Metrics;

/// <summary>An event as it is known from elsewhere.</summary>
/// <param name="End">Null when it lasts beyond the scored time.</param>
public sealed record Label(string Name, InstantRange Onset, Instant? End);

/// <summary>The series of one place, with what happened in them and how that is known.</summary>
public sealed record Case
{
    public required string Id { get; init; }

    /// <summary>Cases of one group are split, and resampled, together: they share an event or a stretch of series.</summary>
    public required string Group { get; init; }

    public required IReadOnlyList<SeriesSignal> Series { get; init; }

    public required IReadOnlyList<Label> Labels { get; init; }

    /// <summary>Earlier time is for baselines to learn.</summary>
    public required TimeWindow Scored { get; init; }

    /// <summary>Time of which nobody says whether it was quiet: alarms that begin there count for nothing.</summary>
    public IReadOnlyList<TimeWindow> Unlabelled { get; init; } = [];

    /// <summary>By which rows of the breakdown are made: the shape of what was injected, the depth, the damage to a feed.</summary>
    public IReadOnlyDictionary<string, string> Traits { get; init; } =
        new Dictionary<string, string>();
}

/// <summary>An alarm.</summary>
/// <param name="To">Null while it lasts.</param>
public sealed record Alarm(Instant From, Instant? To, double Confidence);

/// <summary>What a detector says of a case.</summary>
/// <param name="Unseen">Stretches in which it could not judge.</param>
public sealed record Judged(IReadOnlyList<Alarm> Alarms, IReadOnlyList<TimeWindow> Unseen);

/// <summary>The one thing that detectors have in common: from the series of a place to alarms.</summary>
public delegate Judged Detect(IReadOnlyList<SeriesSignal> series);

/// <summary>What is fixed before anything is scored.</summary>
public sealed record Protocol
{
    /// <summary>How far from the labelled onset an alarm may begin.</summary>
    public Duration OnsetTolerance { get; init; } = Duration.FromHours(2);

    /// <summary>Alarms below this are no statement.</summary>
    public double ConfidenceMin { get; init; } = 0.5;

    /// <summary>How long after the onset a detector may take before it counts as not knowing.</summary>
    public Duration DelayMax { get; init; } = Duration.FromHours(48);
}
