using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Sets;

/// <summary>How a loss goes on.</summary>
internal enum CutShape
{
    Step,

    /// <summary>Down over some time, as when links are throttled one after another.</summary>
    Gradual,

    /// <summary>Dark at night and back by day.</summary>
    Nightly,
}

/// <summary>A loss put into a quiet series by rule, so that its onset, depth and end are known.</summary>
/// <param name="Depth">Share of the level that is lost, 0 to 1.</param>
/// <param name="RoutingShare">Share of the depth that routing shows: 0 when routes stay up.</param>
internal sealed record Cut(
    Instant Onset,
    Duration Length,
    double Depth,
    CutShape Shape,
    double RoutingShare
)
{
    private static readonly Duration _night = Duration.FromHours(7);

    public Label Label(Duration step) =>
        new(
            FormattableString.Invariant($"{Depth * 100:0} % for {Length.TotalHours:0} h, {Shape}"),
            new InstantRange(Onset - step, Shape == CutShape.Gradual ? Onset + Ramp : Onset),
            Onset + Length
        );

    private Duration Ramp => Length / 3;

    public IReadOnlyList<SeriesSignal> Into(IReadOnlyList<SeriesSignal> series) =>
        [
            .. series.Select(one =>
                one with
                {
                    Samples =
                    [
                        .. one.Samples.Select(sample =>
                            sample with
                            {
                                Value =
                                    sample.Value * (1 - (LossAt(sample.At) * ShareOf(one.Family))),
                            }
                        ),
                    ],
                }
            ),
        ];

    private double ShareOf(SignalFamily family) =>
        family == SignalFamily.Routing ? RoutingShare : 1;

    private double LossAt(Instant at) =>
        at < Onset || at >= Onset + Length
            ? 0
            : Shape switch
            {
                CutShape.Gradual => Depth * Math.Min(1, (at - Onset) / Ramp),
                CutShape.Nightly => (at - Onset).TotalHours % 24 < _night.TotalHours ? Depth : 0,
                _ => Depth,
            };
}
