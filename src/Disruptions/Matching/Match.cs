using System.Text.Json.Serialization;

namespace Breakwater.Disruptions.Matching;

/// <summary>How the place and network of ours stand to theirs.</summary>
public enum ScopeRelation
{
    Same,
    OursWider,
    OursNarrower,

    /// <summary>Wider in one respect and narrower in another: all networks of a district against one network of a country.</summary>
    Overlapping,
}

/// <summary>Two events that may be one.</summary>
/// <param name="OverlapMinutes">The longest time that both may have lasted; null when neither has an end.</param>
/// <param name="OnsetMinutes">Ours minus theirs, from the least to the most that the two ranges allow.</param>
/// <param name="IsCounted">False where a side is not comparable: the pair is shown and in no sum of that side.</param>
public sealed record MatchedPair(
    ListedEvent Ours,
    ListedEvent Theirs,
    ScopeRelation Relation,
    long? OverlapMinutes,
    MinuteRange OnsetMinutes,
    CountedSides IsCounted
)
{
    /// <summary>Distance of the two onsets: 0 when the ranges touch, below zero when ours is earlier.</summary>
    public long OnsetGapMinutes =>
        OnsetMinutes.Least > 0 ? OnsetMinutes.Least
        : OnsetMinutes.Most < 0 ? OnsetMinutes.Most
        : 0;
}

public sealed record MinuteRange(long Least, long Most);

public sealed record CountedSides(bool Ours, bool Theirs);

/// <summary>An event that cannot be held against the other side, and why. It is neither a hit nor a miss.</summary>
public sealed record NotComparable(ListedEvent Event, string Reason);

/// <summary>A share that never goes without what it is a share of.</summary>
/// <param name="Of">The denominator.</param>
public sealed record CountedShare(int Count, int Of)
{
    /// <summary>Null when there is nothing to take a share of.</summary>
    public double? Share => Of == 0 ? null : Math.Round((double)Count / Of, 4);
}

/// <summary>One side in numbers.</summary>
/// <param name="Given">All events of this side.</param>
/// <param name="Matched">Comparable events with a match: like precision for ours, like recall for theirs.</param>
/// <param name="MatchedSameScope">Those with a match of the same place and network.</param>
/// <param name="StartedTogether">Those with a match whose onset is no further away than the tolerance.</param>
public sealed record SideSums(
    int Given,
    CountedShare Matched,
    CountedShare MatchedSameScope,
    CountedShare StartedTogether
);

public sealed record MatchSums(SideSums Ours, SideSums Theirs, int Pairs);

public sealed record NotComparableSides(
    IReadOnlyList<NotComparable> Ours,
    IReadOnlyList<NotComparable> Theirs
);

/// <summary>Two lists held against each other, both ways. An event may be in many pairs.</summary>
/// <param name="OursOnly">Comparable, and not in their list: false, or unlisted.</param>
/// <param name="TheirsOnly">Comparable, and not found by us: missed.</param>
public sealed record MatchResult(
    IReadOnlyList<MatchedPair> Matched,
    IReadOnlyList<ListedEvent> OursOnly,
    IReadOnlyList<ListedEvent> TheirsOnly,
    NotComparableSides NotComparable,
    MatchSums Sums
)
{
    /// <summary>True when there were more pairs than the rules allow to list; the sums then count the listed ones only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsCut { get; init; }
}
