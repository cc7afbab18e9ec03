using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What one series showed between the onset and the end of a disruption.</summary>
internal sealed record SourceView(
    string Name,
    SignalFamily Family,
    Verdict Verdict,
    double DeepestDropShare,
    double MedianDropShare,
    double? LatestDropShare,
    long LostMinutes,
    string LostRows,
    double PeakWeight,
    Evidence Evidence
)
{
    public static SourceView Of(
        JudgedSeries series,
        Vote atPeak,
        Instant start,
        Instant until,
        DetectorProfile profile
    )
    {
        SeriesSignal signal = series.Signal;
        List<(JudgedSample Sample, bool IsInLoss)> during = [];
        int loss = 0;
        for (int i = 0; i < series.Samples.Count; i++)
        {
            while (loss < series.Losses.Count && series.Losses[loss].Last < i)
            {
                loss++;
            }

            JudgedSample sample = series.Samples[i];
            if (sample.Sample.At >= start && sample.Sample.At < until)
            {
                during.Add(
                    (
                        sample,
                        sample.State == SampleState.Lost
                            && loss < series.Losses.Count
                            && series.Losses[loss].First <= i
                    )
                );
            }
        }

        List<(JudgedSample Sample, bool IsInLoss)> seen =
        [
            .. during.Where(item => item.Sample.State != SampleState.Unseen),
        ];
        List<JudgedSample> lost =
        [
            .. seen.Where(item => item.IsInLoss).Select(item => item.Sample),
        ];
        double median = Median([.. seen.Select(item => item.Sample.DropShare)]);
        double medianLost = Median([.. lost.Select(sample => sample.DropShare)]);
        // A source that sees less than a fifth of the time cannot be said to disagree with the rest of it.
        bool isAbsent = seen.Count == 0 || (lost.Count == 0 && seen.Count * 5 < during.Count);
        double material = profile.Of(signal.Family).MaterialDropShare;
        // Routing often dips behind a cut of access; a dip at the worst moment alone is not agreement.
        bool isDeepAtPeak =
            Fusion.IsAccess(signal.Family)
            && atPeak.State == SampleState.Lost
            && atPeak.DropShare >= material;
        bool isAgreed =
            isDeepAtPeak
            || (lost.Count >= profile.AgreesAtLostShare * seen.Count && medianLost >= material);
        string rows = SignalsFromSeries.Rows(lost.Select(sample => sample.Sample));
        Evidence raw = signal.Evidence[0];
        return new SourceView(
            signal.Source,
            signal.Family,
            isAbsent ? Verdict.Absent
                : isAgreed ? Verdict.Agrees
                : Verdict.Disagrees,
            lost.Count == 0 ? 0 : lost.Max(sample => sample.DropShare),
            median,
            Latest(seen, during),
            checked((long)(lost.Count * signal.Step.TotalMinutes)),
            lost.Count == 0 ? "" : rows,
            atPeak.Weight,
            raw with
            {
                Rows = rows,
            }
        );
    }

    private static double? Latest(
        List<(JudgedSample Sample, bool IsInLoss)> seen,
        List<(JudgedSample Sample, bool IsInLoss)> during
    )
    {
        double[] lastDay =
        [
            .. seen.Where(item =>
                    during[^1].Sample.Sample.At - item.Sample.Sample.At < Duration.FromDays(1)
                )
                .Select(item => item.Sample.DropShare),
        ];
        return lastDay.Length == 0 ? null : Math.Round(Median(lastDay), 3);
    }

    public SourceVerdict ToVerdict(bool isAccessDark, DetectorProfile profile)
    {
        (string tag, double weight) = Verdict switch
        {
            Verdict.Absent => ("no_samples", 0),
            Verdict.Agrees => (profile.Of(Family).Tag, PeakWeight),
            _ when Family == SignalFamily.Routing && isAccessDark => ("announced_but_dark", 0),
            _ when PeakWeight > 0 => (profile.Of(Family).Tag, PeakWeight),
            _ => ("normal", profile.NormalWeight),
        };
        return new SourceVerdict(Name, Family, Verdict, tag, Math.Round(weight, 2));
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : values[values.Length / 2];
    }
}
