using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Detectors;

/// <summary>
/// IODA's published thresholds: routing below 99 % of the median of the previous 24 hours; probing below 0.8 of the median
/// of 7 days; telescope below 25 % of it (warning). One hour of warm-up. Search and browser data have no rule there.
/// The prediction of probing must be at least 20, in whatever unit the series has.
/// </summary>
/// <param name="isInpainted">Probing only: values below 0.8 and above 2 of the prediction are replaced by it, for at most 7 days.</param>
internal sealed class IodaRules(bool isInpainted, int sourcesMin)
{
    private const double RoutingShare = 0.99;
    private const double ProbingShare = 0.8;
    private const double ProbingHighShare = 2;
    private const double TelescopeShare = 0.25;
    private const double PredictionMin = 20;
    private static readonly Duration _warmUp = Duration.FromSeconds(3600);
    private static readonly Duration _day = Duration.FromHours(24);
    private static readonly Duration _week = Duration.FromSeconds(604_800);

    public Judged Detect(IReadOnlyList<SeriesSignal> series) =>
        Trailing.Alarms(
            [
                .. series
                    .Where(one =>
                        one.Family
                            is SignalFamily.Routing
                                or SignalFamily.Probing
                                or SignalFamily.Telescope
                    )
                    .Select(one => (IReadOnlyList<Said>)[.. Judge(one)]),
            ],
            sourcesMin
        );

    private IEnumerable<Said> Judge(SeriesSignal series)
    {
        (Duration window, double share, double least) = series.Family switch
        {
            SignalFamily.Routing => (_day, RoutingShare, 0.0),
            SignalFamily.Telescope => (_week, TelescopeShare, 0.0),
            _ => (_week, ProbingShare, PredictionMin),
        };
        var history = new TrailingWindow(window);
        Instant? first = null;
        Instant? inpaintedSince = null;
        foreach (Sample sample in series.Samples)
        {
            history.Forget(sample.At);
            if (sample.Value is not { } value)
            {
                yield return new Said(sample.At, series.Step, null);
                continue;
            }

            first ??= sample.At;
            double median = history.Count == 0 ? 0 : history.Median();
            bool canSay =
                sample.At - first.Value >= _warmUp
                && history.Count > 0
                && median > 0
                && median >= least;
            yield return new Said(sample.At, series.Step, canSay ? value < share * median : null);
            bool isOdd =
                isInpainted
                && canSay
                && series.Family == SignalFamily.Probing
                && (value < ProbingShare * median || value > ProbingHighShare * median);
            inpaintedSince = isOdd ? inpaintedSince ?? sample.At : null;
            history.Learn(
                sample.At,
                inpaintedSince is { } since && sample.At - since <= _week ? median : value
            );
        }
    }
}

/// <summary>The latest values in order of time and of size.</summary>
internal sealed class TrailingWindow(Duration length)
{
    private readonly Queue<(Instant At, double Value)> _values = new();
    private readonly List<double> _ordered = [];

    public int Count => _ordered.Count;

    public void Forget(Instant now)
    {
        while (_values.TryPeek(out (Instant At, double Value) oldest) && now - oldest.At > length)
        {
            _values.Dequeue();
            _ordered.RemoveAt(_ordered.BinarySearch(oldest.Value));
        }
    }

    public void Learn(Instant at, double value)
    {
        _values.Enqueue((at, value));
        int index = _ordered.BinarySearch(value);
        _ordered.Insert(index < 0 ? ~index : index, value);
    }

    public double Median()
    {
        int middle = _ordered.Count / 2;
        return _ordered.Count % 2 == 1
            ? _ordered[middle]
            : (_ordered[middle - 1] + _ordered[middle]) / 2;
    }

    public (double Mean, double Deviation) Moments()
    {
        double mean = _ordered.Average();
        return (mean, Math.Sqrt(_ordered.Average(value => (value - mean) * (value - mean))));
    }
}
