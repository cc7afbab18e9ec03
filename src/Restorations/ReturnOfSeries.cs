using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Restorations;

/// <summary>When and how far a series came back, against its median of the week before the loss.</summary>
/// <param name="Start">When the return that held began.</param>
/// <param name="End">When it was lost again; null while no loss of it is seen.</param>
/// <param name="Full">When it reached the full share and held; null if it never did.</param>
internal sealed record ReturnOfSeries(
    RestorationState State,
    InstantRange? Start,
    InstantRange? End,
    Instant? Full,
    double? Share,
    IReadOnlyList<Sample> Proof
)
{
    /// <summary>From this share of the baseline a return is full.</summary>
    private const double FullShare = 0.8;

    /// <summary>From this share it is partial; below it a returned service is lost again.</summary>
    private const double PartialShare = 0.2;

    /// <summary>A return counts only once it has held this long, so that one sample restores nothing.</summary>
    private static readonly Duration _hold = Duration.FromHours(6);
    private const int HoldSamples = 3;

    /// <summary>The share is the median of so long, so that the hour of reading does not decide.</summary>
    private static readonly Duration _lastDay = Duration.FromDays(1);

    /// <returns>Null when nothing was there before, or nothing was lost.</returns>
    public static ReturnOfSeries? Of(
        SeriesSignal signal,
        Instant onset,
        Instant start,
        Instant asOf
    )
    {
        List<double> before =
        [
            .. signal
                .Samples.Where(sample =>
                    sample.At < onset && sample.At >= onset - Duration.FromDays(7)
                )
                .Select(sample => sample.Value)
                .OfType<double>()
                .Order(),
        ];
        if (before.Count == 0 || before[before.Count / 2] <= 0)
        {
            return null;
        }

        double baseline = before[before.Count / 2];
        List<Sample> after =
        [
            .. signal.Samples.Where(sample =>
                sample.At >= start && sample.At < asOf && sample.Value is not null
            ),
        ];
        if (NeverLeft(after, baseline))
        {
            return null;
        }

        Duration? silence = after.Count == 0 ? null : asOf - after[^1].At;
        bool isBlind = !(silence <= signal.Step * 6);
        int partial = FirstReturned(after, baseline);
        if (partial < 0)
        {
            return new ReturnOfSeries(
                isBlind ? RestorationState.Unconfirmed : RestorationState.NotRestored,
                null,
                null,
                null,
                isBlind ? null : ShareAt(after, baseline),
                [.. after.TakeLast(1)]
            );
        }

        int full = FirstHeld(after, baseline, FullShare, partial);
        // A full return right behind a partial one is one return, dated where it began.
        int lost = FirstLost(after, baseline, full >= 0 ? full : partial);
        // What was back is told by the last day; a source that said nothing in it does not know.
        isBlind = isBlind && silence > _lastDay;
        RestorationState state =
            isBlind ? RestorationState.Unconfirmed
            : lost > 0 ? RestorationState.Relapsed
            : full >= 0 ? RestorationState.Confirmed
            : RestorationState.Partial;
        Instant earliest = partial > 0 ? after[partial - 1].At : start;
        return new ReturnOfSeries(
            state,
            new InstantRange(earliest, after[partial].At),
            lost > 0 ? new InstantRange(after[lost - 1].At, after[lost].At) : null,
            full >= 0 ? after[full].At : null,
            isBlind ? null : ShareAt(after, baseline),
            [
                after[partial],
                .. full >= 0 ? [after[full]] : Array.Empty<Sample>(),
                .. lost > 0 ? [after[lost - 1], after[lost]] : Array.Empty<Sample>(),
                after[^1],
            ]
        );
    }

    /// <summary>
    /// Index from which a return held; -1 for none. What was never lost below the bar is no return: it is what was left, and
    /// only its full return counts.
    /// </summary>
    private static int FirstReturned(List<Sample> after, double baseline)
    {
        int low = after.FindIndex(sample => sample.Value / baseline < PartialShare);
        return low >= 0
            ? FirstHeld(after, baseline, PartialShare, low)
            : FirstHeld(
                after,
                baseline,
                FullShare,
                Math.Max(0, after.FindIndex(sample => sample.Value / baseline < FullShare))
            );
    }

    /// <summary>True for a series that dipped but stayed near its baseline for the first day: nothing of it can be restored.</summary>
    private static bool NeverLeft(List<Sample> after, double baseline)
    {
        List<double> firstDay =
        [
            .. after
                .Where(sample => sample.At - after[0].At < Duration.FromDays(1))
                .Select(sample => sample.Value!.Value)
                .Order(),
        ];
        return firstDay.Count > 0 && firstDay[firstDay.Count / 2] >= FullShare * baseline;
    }

    /// <summary>Index of the first sample from which the share stays at or above the bar for the hold time; -1 if none.</summary>
    private static int FirstHeld(List<Sample> samples, double baseline, double bar, int from)
    {
        int start = -1;
        for (int i = from; i < samples.Count; i++)
        {
            if (samples[i].Value / baseline < bar)
            {
                start = -1;
                continue;
            }

            start = start < 0 ? i : start;
            if (samples[i].At - samples[start].At >= _hold && i - start + 1 >= HoldSamples)
            {
                return start;
            }
        }

        return -1;
    }

    /// <summary>
    /// Index of the first sample from which, to the end of the window, the share stays below the partial bar for the hold time or
    /// longer; -1 if there is none.
    /// </summary>
    private static int FirstLost(List<Sample> samples, double baseline, int from)
    {
        int lost = 1 + samples.FindLastIndex(sample => sample.Value / baseline >= PartialShare);
        return
            lost > from
            && lost + HoldSamples <= samples.Count
            && samples[^1].At - samples[lost].At >= _hold
            ? lost
            : -1;
    }

    private static double? ShareAt(List<Sample> samples, double baseline)
    {
        if (samples.Count == 0)
        {
            return null;
        }

        List<double> lastDay =
        [
            .. samples
                .Where(sample => samples[^1].At - sample.At < _lastDay)
                .Select(sample => sample.Value!.Value)
                .Order(),
        ];
        return Math.Round(Math.Min(1, lastDay[lastDay.Count / 2] / baseline), 3);
    }
}
