using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// The votes for a loss at one moment, and which of them are in doubt: a fall that could be a change of scale of the feed,
/// while no other family, and no source that is free of that doubt, lost anything at that time.
/// </summary>
internal sealed class ScaleDoubts(DetectorProfile profile)
{
    /// <summary>Two shares nearer than this are the same for two series of one file.</summary>
    public const double SameShare = 0.03;

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
        vote.Loss?.ScaleShare is { } share
        && share >= profile.ScaleShareMin
        && !lost.Exists(other => SpeaksFor(other, vote, share));

    private static bool SpeaksFor(Vote other, Vote vote, double share) =>
        other.Series != vote.Series
        && other.Weight > 0
        && other.Loss is { } loss
        && Distance(loss.Onset.Latest, vote.Loss!.Onset.Latest) <= _together
        && (
            other.Series.Signal.Family != vote.Series.Signal.Family
            || !IsSameScale(other, vote, share)
        );

    /// <summary>Series of one family that come from one file and fall to the same share fall with its scale.</summary>
    private static bool IsSameScale(Vote other, Vote vote, double share) =>
        other.Loss!.ScaleShare is { } otherShare
        && Math.Abs(otherShare - share) <= SameShare
        && other.Series.Signal.Evidence[0].Sha256 == vote.Series.Signal.Evidence[0].Sha256;

    private static Duration Distance(Instant one, Instant other) =>
        one > other ? one - other : other - one;
}
