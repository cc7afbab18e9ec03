using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What can be cut: a place, or one network at a place, with every signal about it, in an order of its own.</summary>
internal sealed record Entity(
    Place Place,
    string? Network,
    IReadOnlyList<SeriesSignal> Series,
    IReadOnlyList<ReportSignal> Reports
)
{
    /// <summary>Groups signals by what they are about, in an order that does not depend on the order of the input.</summary>
    public static IReadOnlyList<Entity> From(IReadOnlyList<Signal> signals) =>
        [
            .. signals
                .Where(signal => signal is SeriesSignal or ReportSignal)
                .GroupBy(signal => (signal.Place.Key, signal.Network))
                .OrderBy(group => group.Key.Key, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Network, StringComparer.Ordinal)
                .Select(group => new Entity(
                    group.First().Place,
                    group.Key.Network,
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
