using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What can be cut: a place, or one network at a place, with every signal about it.</summary>
internal sealed record Entity(
    Place Place,
    string? Network,
    IReadOnlyList<JudgedSeries> Series,
    IReadOnlyList<ReportSignal> Reports
)
{
    /// <summary>Groups signals by what they are about, in an order that does not depend on the order of the input.</summary>
    public static IReadOnlyList<Entity> From(
        IReadOnlyList<Signal> signals,
        DetectorProfile profile
    ) =>
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
                            .OrderBy(signal => signal.Id, StringComparer.Ordinal)
                            .Select(signal => LossesFromSeries.Judge(signal, profile)),
                    ],
                    [
                        .. group
                            .OfType<ReportSignal>()
                            .OrderBy(signal => signal.ObservedAt)
                            .ThenBy(signal => signal.Id, StringComparer.Ordinal),
                    ]
                )),
        ];

    /// <summary>Every moment at which something about the entity was seen, in order.</summary>
    public IReadOnlyList<Instant> Times() =>
        [
            .. Series
                .SelectMany(series => series.Samples.Select(sample => sample.Sample.At))
                .Concat(Reports.Select(report => report.ObservedAt))
                .Distinct()
                .Order(),
        ];
}
