using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What can be cut: a place, one network at it, or one service there, with every signal about it, in an order of its own.</summary>
/// <param name="Target">The one service or site; null for access as a whole. That one is blocked cuts nobody off.</param>
internal sealed record Entity(
    Place Place,
    string? Network,
    string? Target,
    IReadOnlyList<SeriesSignal> Series,
    IReadOnlyList<ReportSignal> Reports
)
{
    /// <summary>How many series were given once more under another name; they count once.</summary>
    public int Repeated { get; init; }

    /// <summary>Groups signals by what they are about, in an order that does not depend on the order of the input.</summary>
    public static IReadOnlyList<Entity> From(IReadOnlyList<Signal> signals) =>
        [
            .. signals
                .Where(signal => signal is SeriesSignal or ReportSignal)
                .GroupBy(signal =>
                    (signal.Place.Key, signal.Network, (signal as SeriesSignal)?.Target)
                )
                .OrderBy(group => group.Key.Key, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Network, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Target, StringComparer.Ordinal)
                .Select(group =>
                    Of(group.First().Place, group.Key.Network, group.Key.Target, [.. group])
                ),
        ];

    private static Entity Of(
        Place place,
        string? network,
        string? target,
        IReadOnlyList<Signal> signals
    )
    {
        List<SeriesSignal> given =
        [
            .. signals
                .OfType<SeriesSignal>()
                .Where(signal => signal.Samples.Count > 0)
                .OrderBy(signal => signal.Id, StringComparer.Ordinal),
        ];
        IReadOnlyList<SeriesSignal> once = Once(given);
        return new Entity(
            place,
            network,
            target,
            once,
            [
                .. signals
                    .OfType<ReportSignal>()
                    .OrderBy(signal => signal.ObservedAt)
                    .ThenBy(signal => signal.Id, StringComparer.Ordinal),
            ]
        )
        {
            Repeated = given.Count - once.Count,
        };
    }

    /// <summary>Series of one place without those that are given once more.</summary>
    public static IReadOnlyList<SeriesSignal> Once(IEnumerable<SeriesSignal> given)
    {
        var once = new List<SeriesSignal>();
        foreach (SeriesSignal signal in given)
        {
            if (!once.Exists(known => IsSame(known, signal)))
            {
                once.Add(signal);
            }
        }

        return once;
    }

    /// <summary>One series read from two copies of its file, or twice from one.</summary>
    private static bool IsSame(SeriesSignal one, SeriesSignal other) =>
        one.Family == other.Family
        && one.Metric == other.Metric
        && one.Samples.Count == other.Samples.Count
        && (one.Source == other.Source || IsOneColumn(one, other))
        && one.Samples.Zip(other.Samples)
            .All(pair => pair.First.At == pair.Second.At && pair.First.Value == pair.Second.Value);

    private static bool IsOneColumn(SeriesSignal one, SeriesSignal other) =>
        one.Evidence is [{ Sha256.Length: > 0, Column: not null } first, ..]
        && other.Evidence is [{ } second, ..]
        && (first.Sha256, first.Column) == (second.Sha256, second.Column);

    /// <summary>The moment after its last sample; null when it has no series.</summary>
    public Instant? Until() =>
        Series.Count == 0 ? null : Series.Max(series => series.Samples[^1].At + series.Step);
}
