using Breakwater.Signals;

namespace Breakwater.Bench.Accuracy;

/// <summary>
/// A plain z-score of one metric: a minute is anomalous when it lies further above the mean of the window before it than so
/// many standard deviations; then the majority of the minutes around each decides.
/// </summary>
/// <param name="WindowMinutes">Trailing window of mean and standard deviation.</param>
/// <param name="SmoothingMinutes">Width of the majority filter; 1 leaves minutes as they are.</param>
internal sealed record ZScore(
    string Metric,
    int WindowMinutes,
    double Threshold,
    int SmoothingMinutes
)
{
    private static readonly int[] windows = [60, 360, 1440, 2880];
    private static readonly double[] thresholds = [0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4];
    private static readonly int[] smoothings = [1, 15, 61, 121, 241];

    /// <summary>The setting with the best F1 on a set, the first of equals.</summary>
    /// <param name="metrics">Metrics to choose from.</param>
    /// <param name="isHindsight">True to smooth with minutes after as well as before.</param>
    public static ZScore Learn(
        SfuSet set,
        IReadOnlyList<string> metrics,
        IReadOnlyList<int> minutes,
        bool isHindsight
    ) =>
        metrics
            .SelectMany(metric =>
                windows.SelectMany(window =>
                {
                    double[] scores = Scores(set, metric, window);
                    return thresholds.SelectMany(threshold =>
                        smoothings.Select(smoothing =>
                        {
                            var peer = new ZScore(metric, window, threshold, smoothing);
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
        Smoothed(Scores(set, Metric, WindowMinutes), isHindsight);

    public override string ToString() =>
        FormattableString.Invariant(
            $"{Metric}, window {WindowMinutes} min, threshold {Threshold}, majority of {SmoothingMinutes} min"
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
    private static double[] Scores(SfuSet set, string metric, int window)
    {
        IReadOnlyList<Sample> samples = set
            .Signals.OfType<SeriesSignal>()
            .Single(series => series.Metric == metric)
            .Samples;
        double[] scores = new double[samples.Count];
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
}
