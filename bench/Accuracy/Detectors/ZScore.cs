using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Detectors;

/// <summary>The plainest detector: a sample that lies far below the mean of the 7 days before it, in standard deviations.</summary>
internal sealed class ZScore(double threshold)
{
    private static readonly Duration _window = Duration.FromDays(7);
    private static readonly Duration _warmUp = Duration.FromDays(1);

    public Judged Detect(IReadOnlyList<SeriesSignal> series) =>
        Trailing.Alarms([.. series.Select(one => (IReadOnlyList<Said>)[.. Judge(one)])], 1);

    private IEnumerable<Said> Judge(SeriesSignal series)
    {
        var history = new TrailingWindow(_window);
        Instant? first = null;
        foreach (Sample sample in series.Samples)
        {
            history.Forget(sample.At);
            if (sample.Value is not { } value)
            {
                yield return new Said(sample.At, series.Step, null);
                continue;
            }

            first ??= sample.At;
            bool canSay = sample.At - first.Value >= _warmUp && history.Count > 1;
            (double mean, double deviation) = canSay ? history.Moments() : (0, 0);
            yield return new Said(
                sample.At,
                series.Step,
                canSay ? deviation > 0 && value < mean - (threshold * deviation) : null
            );
            history.Learn(sample.At, value);
        }
    }
}
