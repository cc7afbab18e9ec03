using Breakwater.Signals;

namespace Breakwater.Bench.Accuracy;

/// <summary>
/// A plain z-score of one metric: a minute is anomalous when it lies further above the mean of the window before it than so
/// many standard deviations; then the majority of the minutes around each decides.
/// </summary>
/// <param name="WindowMinutes">Trailing window of mean and standard deviation; 0 takes those of <paramref name="Quiet"/>.</param>
/// <param name="SmoothingMinutes">Width of the majority filter; 1 leaves minutes as they are.</param>
internal sealed record ZScore(
    string Metric,
    int WindowMinutes,
    double Threshold,
    int SmoothingMinutes,
    (double Mean, double Deviation) Quiet
)
{
    private static readonly int[] trailing = [60, 360, 1440, 2880];
    private static readonly double[] thresholds =
    [
        0.05,
        0.1,
        0.2,
        0.3,
        0.5,
        0.75,
        1,
        1.5,
        2,
        2.5,
        3,
        4,
    ];
    private static readonly int[] smoothings = [1, 15, 61, 121, 241];

    /// <summary>The setting with the best F1 on a set, the first of equals.</summary>
    /// <param name="metrics">Metrics to choose from.</param>
    /// <param name="isFixed">True for mean and standard deviation of the set's minutes without label, for good.</param>
    /// <param name="isHindsight">True to smooth with minutes after as well as before.</param>
    public static ZScore Learn(
        SfuSet set,
        IReadOnlyList<string> metrics,
        IReadOnlyList<int> minutes,
        bool isFixed,
        bool isHindsight
    ) =>
        metrics
            .SelectMany(metric =>
                (isFixed ? [0] : trailing).SelectMany(window =>
                {
                    (double, double) quiet = QuietOf(set, metric, minutes);
                    double[] scores = Scores(set, metric, window, quiet);
                    return thresholds.SelectMany(threshold =>
                        smoothings.Select(smoothing =>
                        {
                            var peer = new ZScore(metric, window, threshold, smoothing, quiet);
                            return (
                                peer,
                                f1: MinuteScore
                                    .Of(peer.Smoothed(scores, isHindsight), set.IsLabelled, minutes)
                                    .F1
                            );
                        })
                    );
                })
            )
            .MaxBy(one => one.f1)
            .peer;

    public bool[] Flags(SfuSet set, bool isHindsight) =>
        Smoothed(Scores(set, Metric, WindowMinutes, Quiet), isHindsight);

    public override string ToString() =>
        FormattableString.Invariant(
            $"{Metric}, {(WindowMinutes == 0 ? $"fixed mean {Quiet.Mean:F0}" : $"window {WindowMinutes} min")}, threshold {Threshold}, majority of {SmoothingMinutes} min"
        );

    private bool[] Smoothed(double[] scores, bool isHindsight)
    {
        int before = isHindsight ? SmoothingMinutes / 2 : SmoothingMinutes - 1;
        int after = SmoothingMinutes - 1 - before;
        int[] above = new int[scores.Length + 1];
        for (int minute = 0; minute < scores.Length; minute++)
        {
            above[minute + 1] = above[minute] + (scores[minute] > Threshold ? 1 : 0);
        }

        bool[] flags = new bool[scores.Length];
        for (int minute = 0; minute < flags.Length; minute++)
        {
            int from = Math.Max(0, minute - before);
            int until = Math.Min(flags.Length, minute + after + 1);
            flags[minute] = 2 * (above[until] - above[from]) > until - from;
        }

        return flags;
    }

    /// <summary>Standard deviations above the mean of the minutes before; 0 where there are none.</summary>
    private static double[] Scores(
        SfuSet set,
        string metric,
        int window,
        (double Mean, double Deviation) quiet
    )
    {
        IReadOnlyList<Sample> samples = SamplesOf(set, metric);
        double[] scores = new double[samples.Count];
        if (window == 0)
        {
            for (int minute = 0; minute < scores.Length; minute++)
            {
                scores[minute] =
                    ((samples[minute].Value ?? quiet.Mean) - quiet.Mean) / quiet.Deviation;
            }

            return scores;
        }

        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int minute = 0; minute < scores.Length; minute++)
        {
            if (samples[minute].Value is { } value && count > 1)
            {
                double mean = sum / count;
                double deviation = Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
                scores[minute] = deviation > 0 ? (value - mean) / deviation : 0;
            }

            Count(minute, 1);
            Count(minute - window, -1);
        }

        return scores;

        void Count(int minute, int sign)
        {
            if (minute >= 0 && samples[minute].Value is { } value)
            {
                sum += sign * value;
                squares += sign * value * value;
                count += sign;
            }
        }
    }

    private static (double Mean, double Deviation) QuietOf(
        SfuSet set,
        string metric,
        IReadOnlyList<int> minutes
    )
    {
        IReadOnlyList<Sample> samples = SamplesOf(set, metric);
        double[] values =
        [
            .. minutes
                .Where(minute => !set.IsLabelled[minute])
                .Select(minute => samples[minute].Value)
                .OfType<double>(),
        ];
        double mean = values.Average();
        double variance = values.Average(value => (value - mean) * (value - mean));
        return (mean, Math.Max(1e-9, Math.Sqrt(variance)));
    }

    private static IReadOnlyList<Sample> SamplesOf(SfuSet set, string metric) =>
        set.Signals.OfType<SeriesSignal>().Single(series => series.Metric == metric).Samples;
}
