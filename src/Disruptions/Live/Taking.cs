namespace Breakwater.Disruptions;

/// <summary>What became of a sample that was handed in.</summary>
public enum SampleOutcome
{
    Taken,

    /// <summary>It leaps further ahead of all others than the lateness: it waits until another one stands by it.</summary>
    Held,

    /// <summary>Later than the lateness.</summary>
    Late,

    /// <summary>Of a time that the clock has not reached.</summary>
    AheadOfClock,

    /// <summary>There is no room for it.</summary>
    NotKept,
}

/// <summary>What came of a sample, and what it changed.</summary>
/// <param name="Reason">Why it was not taken, for people; null when it was.</param>
public sealed record Taking(
    SampleOutcome Outcome,
    string? Reason,
    IReadOnlyList<Revision> Revisions
);
