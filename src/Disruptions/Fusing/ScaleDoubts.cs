using Breakwater.Signals;

namespace Breakwater.Disruptions;

/// <summary>
/// The votes for a loss at one moment, and which of them are in doubt: a fall that could be a change of scale of its file,
/// while nobody else lost anything at that time: no people, no source of another file, and none of the same file that fell
/// in another way. What is in doubt weighs less, and all of one file that is in doubt counts as one family.
/// </summary>
internal sealed class ScaleDoubts(FileSteps steps, DetectorProfile profile)
{
    private readonly List<Vote> lost = [];

    public IReadOnlyList<Vote> Lost => lost;

    /// <summary>What people say at that moment, in log-odds; those who corroborate each other leave no doubt.</summary>
    public double People { get; set; }

    /// <summary>True when anything is in doubt.</summary>
    public bool IsAny => !steps.IsEmpty && lost.Exists(IsInDoubt);

    /// <summary>True when a source lost what no change of scale explains: far below one, or at another time.</summary>
    public bool IsBeyond =>
        !steps.IsEmpty
        && lost.Exists(vote =>
            vote is { Loss: { IsShift: false } loss }
            && vote.Weight >= profile.ReportWeight
            && steps.Of(vote) is null
            && (loss.IsBelowScale || IsAny)
        );

    /// <summary>
    /// True when all that weighs enough to date a disruption could be changes of scale, be they hours apart: something of it
    /// is in doubt, or it is all of one file, for which none of another speaks.
    /// </summary>
    public bool IsScaleAlone =>
        !steps.IsEmpty
        && profile.ScaleWeightShare < 1
        && People < profile.CorroboratedReportWeight
        && Leading() is var leading
        && leading.TrueForAll(vote => steps.Of(vote) is not null)
        && (IsAny || IsOfOneFile(leading));

    public void Clear()
    {
        lost.Clear();
        People = 0;
    }

    public void Add(in Vote vote) => lost.Add(vote);

    /// <summary>What a vote weighs once doubt is weighed.</summary>
    public double WeightOf(Vote vote) =>
        vote.Weight * (IsInDoubt(vote) ? profile.ScaleWeightShare : 1);

    public bool IsInDoubt(Vote vote) =>
        profile.ScaleWeightShare < 1
        && People < profile.CorroboratedReportWeight
        && steps.Of(vote) is { } step
        && !lost.Exists(other => SpeaksFor(other, vote, step));

    /// <summary>True for a fall that is in doubt, or that leads a disruption of which nothing but such falls is known.</summary>
    public bool MayBeScale(Vote vote) =>
        IsInDoubt(vote) || (steps.Of(vote) is not null && IsScaleAlone);

    /// <summary>Families in which every loss is in doubt, by the file that they come from.</summary>
    public IEnumerable<IGrouping<string, SignalFamily>> FamiliesByFile() =>
        lost.GroupBy(vote => vote.Series.Signal.Family)
            .Where(family => family.All(IsInDoubt))
            .GroupBy(family => FileOf(family.MaxBy(vote => vote.Weight)), family => family.Key);

    /// <summary>What weighs enough to date a disruption; where nothing does, all that weighs as much as one person's word.</summary>
    private List<Vote> Leading() =>
        lost.FindAll(vote => vote.Weight >= profile.LeadingWeight) is { Count: > 0 } leading
            ? leading
            : lost.FindAll(vote => vote.Weight >= profile.ReportWeight);

    /// <summary>True when no source of another file speaks for what leads.</summary>
    private bool IsOfOneFile(List<Vote> leading) =>
        leading.DistinctBy(FileOf).Count() == 1
        && !lost.Exists(other =>
            FileOf(other) != FileOf(leading[0])
            && leading.Exists(vote => steps.Of(vote) is { } step && SpeaksFor(other, vote, step))
        );

    private static string FileOf(Vote vote) => FileSteps.FileOf(vote.Series);

    private bool SpeaksFor(Vote other, Vote vote, ScaleStep step) =>
        other.Series != vote.Series
        && other.Weight >= profile.ReportWeight
        && other.Loss is { } loss
        && loss.Onset.Earliest - step.At <= Loss.Near
        && step.Before - loss.Onset.Latest <= Loss.Near
        && !(
            FileOf(other) == FileOf(vote)
            && (loss.IsShift || steps.Of(other)?.IsAtOnceWith(step) == true)
        );
}
