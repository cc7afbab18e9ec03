using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What one series showed between the onset and the end of a disruption.</summary>
/// <param name="LatestDropShare">Median loss of the last day before the end; null when nobody saw in that day.</param>
internal sealed record SourceView(
    string Name,
    SignalFamily Family,
    Verdict Verdict,
    double DeepestDropShare,
    double MedianDropShare,
    double? LatestDropShare,
    long LostMinutes,
    double LiveShare,
    Loss? FirstLoss,
    Loss? LastLoss,
    bool StaysLow,
    Vote AtPeak,
    Evidence? Evidence
)
{
    public static SourceView Of(
        JudgedSeries series,
        Vote atPeak,
        Instant start,
        Instant until,
        Candidate candidate,
        FileSteps steps,
        DetectorProfile profile
    )
    {
        SeriesSignal signal = series.Signal;
        double material = profile.Of(signal.Family).MaterialDropShare;
        int first = series.FirstFrom(start);
        int end = series.FirstFrom(until);
        int others = 0;
        var seen = new List<double>();
        var lost = new List<double>();
        int firstLost = -1;
        int lastLost = -1;
        Loss? firstLoss = null;
        Loss? lastLoss = null;
        Instant lastDay = end > first ? series.At(end - 1) - Duration.FromDays(1) : until;
        var latest = new List<double>();
        for (int i = first; i < end; i++)
        {
            if (!series.States[i].IsSeen())
            {
                continue;
            }

            Loss? loss = series.States[i] == SampleState.Normal ? null : series.LossAt(i);
            if (loss is not null && candidate.IsApartOf(loss))
            {
                seen.Add(0);
                if (series.At(i) > lastDay)
                {
                    latest.Add(series.DropShares[i]);
                }

                continue;
            }

            double drop = loss is { IsShift: true }
                ? Math.Max(series.DropShares[i], loss.DeepestDropShare)
                : series.DropShares[i];
            if (
                candidate.Part == ScalePart.Within
                && loss is not null
                && (
                    loss.IsBelowScale
                    || (
                        candidate.IsInDoubt
                        && steps.Of(series, loss) is null
                        && loss.Onset.Latest > start + Loss.Near
                    )
                )
            )
            {
                others++;
                continue;
            }

            if (
                candidate.Part == ScalePart.Beyond
                && loss is not null
                && steps.Of(series, loss) is { } step
            )
            {
                drop = Math.Max(0, 1 - ((1 - drop) / step.Share));
                loss = drop < material ? null : loss;
            }

            seen.Add(drop);
            if (series.At(i) > lastDay)
            {
                latest.Add(loss is { IsShift: true } ? series.DropShares[i] : drop);
            }

            if (loss is not null)
            {
                lost.Add(drop);
                firstLoss ??= loss;
                lastLoss = loss;
                firstLost = firstLost < 0 ? i : firstLost;
                lastLost = i;
            }
        }

        // A source that sees less than a fifth of the time cannot be said to disagree with the rest of it.
        int looked = end - first - others;
        bool isAbsent = seen.Count == 0 || (lost.Count == 0 && seen.Count * 5 < looked);
        double medianLost = MedianOf(lost);
        // Routing often dips behind a cut of access; a dip at the worst moment alone is not agreement where others lead.
        bool isDeepAtPeak =
            (Fusion.IsAccess(signal.Family) || candidate.IsLedBy(signal.Family))
            && atPeak.IsLost
            && atPeak.DropShare >= material;
        bool isAgreed =
            isDeepAtPeak
            || (
                lost.Count > 0
                && lost.Count >= profile.AgreesAtLostShare * seen.Count
                && (medianLost >= material || firstLoss!.IsShift)
            );
        return new SourceView(
            signal.Source,
            signal.Family,
            isAbsent ? Verdict.Absent
                : isAgreed ? Verdict.Agrees
                : Verdict.Disagrees,
            lost.Count == 0 ? 0 : lost.Max(),
            MedianOf(seen),
            latest.Count == 0 ? null : Math.Round(MedianOf(latest), 3),
            checked((long)(lost.Count * signal.Step.TotalMinutes)),
            looked == 0 ? 0 : seen.Count / (double)looked,
            firstLoss,
            lastLoss,
            // What was cut came back, and the level is still lower than it was before.
            lastLoss is { IsShift: false, End: { } back }
                && back.Latest <= until
                && series.Shifts.Any(shift =>
                    shift.End is null
                    && series.At(shift.Last) > back.Latest
                    && !candidate.IsApartOf(shift)
                ),
            atPeak,
            firstLost < 0
                ? null
                : signal.Evidence[0] with
                {
                    Rows = SignalsFromSeries.Rows(
                        Enumerable
                            .Range(firstLost, lastLost - firstLost + 1)
                            .Where(i => series.States[i] is SampleState.Lost or SampleState.Shifted)
                            .Select(i => signal.Samples[i])
                    ),
                }
        );
    }

    public SourceVerdict ToVerdict(bool isAccessDark, DetectorProfile profile)
    {
        double peak = AtPeak.Weight;
        string lostTag = FirstLoss is { IsShift: true } ? "level_shift" : profile.Of(Family).Tag;
        (string tag, double weight) = Verdict switch
        {
            Verdict.Absent => ("no_samples", 0),
            Verdict.Agrees => (lostTag, peak),
            _ when Family == SignalFamily.Routing && isAccessDark => ("announced_but_dark", 0),
            _ when peak > 0 => (lostTag, peak),
            _ when AtPeak.IsApart => ("shifted_days_apart", 0),
            _ when AtPeak.Series.IsConstant => ("never_changes", 0),
            _ => ("normal", profile.NormalWeight),
        };
        return new SourceVerdict(Name, Family, Verdict, tag, Math.Round(weight, 2))
        {
            Onset = FirstLoss is { } seen
                ? new InstantRange(seen.Onset.Earliest, seen.Onset.Latest)
                : null,
            End = LastLoss?.End is { } end ? new InstantRange(end.Earliest, end.Latest) : null,
            DropShare = Verdict == Verdict.Absent ? null : Math.Round(DeepestDropShare, 3),
            LiveShare = Math.Round(LiveShare, 3),
        };
    }

    /// <summary>The upper of two middle values, so that it is one that was seen.</summary>
    private static double MedianOf(List<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }
}
