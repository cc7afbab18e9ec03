using Breakwater.Vocabulary;

namespace Breakwater.Preparedness.Gaps;

/// <summary>When something helps, in the order of a crisis.</summary>
public enum Phase
{
    Prepare,
    PreventAndProtect,
    Resilience,
    Mitigate,
    Recover,
}

public enum CoverKind
{
    Offer,
    Agreement,
    Commitment,

    /// <summary>What is lacked. It covers nothing: it says where cover is asked for.</summary>
    Need,
}

/// <summary>Whether something covers anything now.</summary>
public enum CoverStanding
{
    Counts,

    /// <summary>Expired, lapsed, withdrawn or past its last day.</summary>
    Ended,

    /// <summary>Somebody whose word it needs has not given it; silence is not consent.</summary>
    NotAccepted,

    /// <summary>Agreed, and its first day is still to come.</summary>
    NotBegun,

    /// <summary>A permit that it needs was denied.</summary>
    Denied,

    /// <summary>All of it is promised already; the promises count instead.</summary>
    NothingLeft,
}

/// <summary>One thing on record that covers cells of the matrix, or asks for cover.</summary>
/// <param name="Id">Of the record, such as <c>offer/…</c>.</param>
/// <param name="Phases">Null where nobody can say.</param>
/// <param name="Actors">Classes of those who give it; null where a class is not known. A need has none.</param>
/// <param name="Groups">For whom it is; null where nobody said.</param>
/// <param name="Places">Where it holds.</param>
/// <param name="Civilians">How many civilians it can serve, or lack it; null is unknown.</param>
/// <param name="Responders">How many responders. The two are never added (INV-05).</param>
/// <param name="IsWorking">Of a commitment: it serves people already.</param>
public sealed record Cover(
    string Id,
    CoverKind Kind,
    CoverStanding Standing,
    IReadOnlyList<Phase>? Phases,
    IReadOnlyList<StakeholderClass>? Actors,
    IReadOnlyList<PopulationGroup>? Groups,
    IReadOnlyList<Place> Places,
    CountRange? Civilians,
    CountRange? Responders,
    bool IsWorking = false
)
{
    /// <summary>Whom it serves in one group: all that it can where it is for that group alone, and down to none where others share it.</summary>
    public CountRange? Reach(PopulationGroup group)
    {
        CountRange? all = group == PopulationGroup.Responders ? Responders : Civilians;
        return all is null || Groups is [_] || Kind == CoverKind.Need
            ? all
            : all with
            {
                Low = Groups?.Count(IsLike) == 1 ? all.Low : 0,
            };

        bool IsLike(PopulationGroup other) =>
            other == PopulationGroup.Responders == (group == PopulationGroup.Responders);
    }

    /// <summary>True when it holds in the country; null when its places are in no known country.</summary>
    public bool? IsIn(string country) =>
        Places.Any(place => place.Country == country) ? true
        : Places.Count == 0 || Places.Any(place => place.Country is null) ? null
        : false;
}
