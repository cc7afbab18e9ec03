using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Continuity;

/// <summary>Whether one part of a function works, as somebody saw it.</summary>
public enum FunctionState
{
    /// <summary>Nobody looked, or nobody could see. It is neither working nor down.</summary>
    Unknown,
    Working,
    Degraded,
    Down,
}

/// <summary>One part of a function, with what was last seen of it.</summary>
/// <param name="Function">As in <c>rir:afrinic/reverse-dns</c>; never narrower than the case.</param>
/// <param name="Evidence">What shows it: a record, an answer, a page with its date; empty while unknown.</param>
/// <param name="SeenAt">Null while nobody looked.</param>
public sealed record FunctionSeen(
    Place Function,
    FunctionState State,
    string Evidence,
    string Source,
    Instant? SeenAt
)
{
    public static FunctionSeen Unseen(Place function) =>
        new(function, FunctionState.Unknown, "", "", null);
}

public enum DeadlineState
{
    Running,
    Met,

    /// <summary>Its time passed and nobody showed that it was met.</summary>
    Missed,

    /// <summary>Shown to be met, after it was counted as missed.</summary>
    MetLate,
}

/// <param name="Source">Who set it, for a reader to look up.</param>
/// <param name="Proof">What shows that it was met; empty until then.</param>
public sealed record CaseDeadline(
    string Id,
    string What,
    Instant At,
    string Source,
    DeadlineState State,
    string Proof
);

public enum MeasureState
{
    Proposed,
    InPlace,
    Ended,
}

/// <summary>Something that keeps a function going while the case lasts, or that calls the people who can.</summary>
/// <param name="By">Who does it, as a role or an organisation on record.</param>
/// <param name="Evidence">What shows that it is in place; empty until then.</param>
public sealed record ContinuityMeasure(
    string Id,
    string What,
    string By,
    MeasureState State,
    string Evidence
);

public enum ItemAnswered
{
    Unknown,
    Yes,
    Partly,
    No,
}

/// <summary>The last answer to one item of the checklist.</summary>
public sealed record CheckedItem(
    string Item,
    ItemAnswered Answer,
    string Evidence,
    string By,
    Instant At
);

/// <summary>Who has a part in a case, as a role.</summary>
/// <param name="Part">What it does in it.</param>
public sealed record CaseParty(string Name, StakeholderClass Class, string Part);

/// <param name="Resource">The network, top-level domain or exchange whose contact points are looked up.</param>
public sealed record CaseContact(string Resource, string Why);

/// <summary>How a decision about the case came out.</summary>
public sealed record CaseOutcome(
    string Decision,
    DecisionKind Kind,
    DecisionOutcome Outcome,
    string Reason,
    int Dissents,
    Instant At
);
