using Breakwater.Bench.Accuracy.Metrics;

namespace Breakwater.Bench.Accuracy.Sets;

/// <summary>How what happened is known. Numbers of different origins are never summed.</summary>
public enum LabelOrigin
{
    /// <summary>A real event, known from elsewhere.</summary>
    Real,

    /// <summary>A cut put by rule into a real quiet series.</summary>
    Injected,

    /// <summary>Series and cuts of our own making.</summary>
    Synthetic,
}

/// <summary>Cases that are scored together.</summary>
/// <param name="BlockDays">
/// Length of the blocks of days for the interval; null resamples events with their series instead.
/// </param>
/// <param name="IsSplit">True when a third of the groups is for training and the table shows the rest.</param>
public sealed record CaseSet(
    string Name,
    LabelOrigin Origin,
    string Note,
    IReadOnlyList<Case> Cases,
    int? BlockDays,
    bool IsSplit
)
{
    public IReadOnlyList<Case> Training =>
        [.. Cases.Where(item => IsSplit && IsForTraining(item.Group))];

    public IReadOnlyList<Case> Test =>
        [.. Cases.Where(item => !IsSplit || !IsForTraining(item.Group))];

    /// <summary>By the name of the group alone (FNV-1a), so that a group is on one side whatever else is in the set.</summary>
    private static bool IsForTraining(string group)
    {
        uint hash = 2166136261;
        foreach (char letter in group)
        {
            hash = unchecked((hash ^ letter) * 16777619);
        }

        return hash % 3 == 0;
    }
}
