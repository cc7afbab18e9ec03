using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// The votes for a loss at one moment, and which of them are in doubt: a fall that could be a change of scale of the feed,
/// while no other family, and no source that is free of that doubt, lost anything at that time.
/// </summary>
internal sealed class ScaleDoubts(DetectorProfile profile)
{
    /// <summary>A loss that began within a day speaks for another; an older one is another story.</summary>
    private static readonly Duration _together = Duration.FromHours(24);

    private readonly List<Vote> lost = [];

    public void Clear() => lost.Clear();

    public void Add(in Vote vote) => lost.Add(vote);

    /// <summary>Sums up the families once more with less weight for what is in doubt.</summary>
    /// <returns>False when nothing is, and nothing was changed.</returns>
    public bool Weigh(double[] heaviest, double[] sums)
    {
        if (!lost.Exists(IsInDoubt))
        {
            return false;
        }

        Array.Clear(heaviest);
        Array.Clear(sums);
        foreach (Vote vote in lost)
        {
            int family = (int)vote.Series.Signal.Family;
            double weight = WeightOf(vote);
            heaviest[family] = Math.Max(heaviest[family], weight);
            sums[family] += weight;
        }

        return true;
    }

    /// <summary>What a vote weighs once doubt is weighed.</summary>
    public double WeightOf(Vote vote) =>
        vote.Weight * (IsInDoubt(vote) ? profile.ScaleWeightShare : 1);

    public bool IsInDoubt(Vote vote) =>
        vote.Loss?.Scale is { } scale && !lost.Exists(other => SpeaksFor(other, vote, scale));

    private static bool SpeaksFor(Vote other, Vote vote, ScaleStep scale) =>
        other.Series != vote.Series
        && other.Weight > 0
        && other.Loss is { } loss
        && loss.Onset.Earliest - vote.Loss!.Onset.Latest <= _together
        && vote.Loss.Onset.Earliest - loss.Onset.Latest <= _together
        && (
            other.Series.Signal.Family != vote.Series.Signal.Family
            || !IsOneScale(loss.Scale, other.Series.Signal.Evidence[0], scale, vote.Series.Signal)
        );

    /// <summary>Series that come from one file and fall at once to the same share may have fallen with its scale.</summary>
    private static bool IsOneScale(
        ScaleStep? one,
        Evidence evidence,
        ScaleStep scale,
        SeriesSignal of
    ) => one is { } known && known.IsSame(scale) && evidence.Sha256 == of.Evidence[0].Sha256;

    /// <summary>True when every source that sees the loss fell as one scale of one file would make it fall.</summary>
    public static bool IsOneScale(List<SourceView> views)
    {
        List<SourceView> agreed = views.FindAll(view => view.Verdict == Verdict.Agrees);
        return agreed.Count > 0
            && agreed.TrueForAll(view =>
                IsOneScale(
                    view.FirstLoss?.Scale,
                    view.AtPeak.Series.Signal.Evidence[0],
                    agreed[0].FirstLoss?.Scale ?? default,
                    agreed[0].AtPeak.Series.Signal
                )
            );
    }
}
