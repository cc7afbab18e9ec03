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
                .Select(group => new Entity(
                    group.First().Place,
                    group.Key.Network,
                    group.Key.Target,
                    [
                        .. group
                            .OfType<SeriesSignal>()
                            .Where(signal => signal.Samples.Count > 0)
                            .OrderBy(signal => signal.Id, StringComparer.Ordinal),
                    ],
                    [
                        .. group
                            .OfType<ReportSignal>()
                            .OrderBy(signal => signal.ObservedAt)
                            .ThenBy(signal => signal.Id, StringComparer.Ordinal),
                    ]
                )),
        ];

    /// <summary>The moment after its last sample; null when it has no series.</summary>
    public Instant? Until() =>
        Series.Count == 0 ? null : Series.Max(series => series.Samples[^1].At + series.Step);
}
