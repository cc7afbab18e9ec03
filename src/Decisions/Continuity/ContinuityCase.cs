using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Continuity;

/// <summary>What puts a core resource in doubt. None of them needs a damaged asset or a place on a map (INV-11).</summary>
public enum ContinuityType
{
    /// <summary>A registry of numbers whose governance fails.</summary>
    RegistryGovernance,

    /// <summary>A registry of a top-level domain that may stop.</summary>
    TldContinuity,

    /// <summary>People who cannot renew what they hold, and a waiver for them.</summary>
    RenewalWaiver,

    /// <summary>A request to hand a top-level domain to another manager.</summary>
    Redelegation,

    /// <summary>Sanctions of others that stop a service nobody meant to stop.</summary>
    SanctionsEffect,

    /// <summary>A request to revoke, block or sanction a core resource.</summary>
    RevocationRequest,

    /// <summary>What an institution answers that is asked to take a side.</summary>
    NeutralityReply,
}

public enum CaseEnding
{
    /// <summary>Every function was seen to work.</summary>
    Restored,

    /// <summary>Nobody works on it any more, though not every function was seen to work.</summary>
    Unresolved,

    /// <summary>It was none.</summary>
    Withdrawn,
}

/// <summary>
/// A case about the continuity of a core resource: what function, whose, before which forum, by when, what keeps it going
/// meanwhile, and what was seen to work. It says nothing of who is right.
/// </summary>
public sealed record ContinuityCase : ISubject<ContinuityCase, ContinuityEvent>
{
    public const int ListMax = 200;

    static string ISubject<ContinuityCase, ContinuityEvent>.Kind => "continuity-case";

    public required string Id { get; init; }

    public required ContinuityType Type { get; init; }

    public required string Name { get; init; }

    /// <summary>The core resource: <c>rir:afrinic</c>, <c>.xx</c>, a network or a prefix. No area.</summary>
    public required Place Place { get; init; }

    public required string Institution { get; init; }

    /// <summary>Where it is decided; null is unknown.</summary>
    public required string? Forum { get; init; }

    /// <summary>People who depend on it, at least and at most; null is unknown, which is not none.</summary>
    public required CountRange? Users { get; init; }

    /// <summary>Where the count comes from, or why there is none.</summary>
    public required string UsersSource { get; init; }

    /// <summary>Parts of the function that are looked at one by one, with what was last seen of each.</summary>
    public required IReadOnlyList<FunctionSeen> Functions { get; init; }

    public IReadOnlyList<CaseDeadline> Deadlines { get; init; } = [];

    public IReadOnlyList<ContinuityMeasure> Measures { get; init; } = [];

    /// <summary>The last answer to each item of the checklist of its type.</summary>
    public IReadOnlyList<CheckedItem> Answers { get; init; } = [];

    public IReadOnlyList<CaseParty> Parties { get; init; } = [];

    /// <summary>Whom to call, by network, top-level domain or exchange: the directory has the contact points.</summary>
    public IReadOnlyList<CaseContact> Contacts { get; init; } = [];

    public required IReadOnlyList<string> Disruptions { get; init; }

    /// <summary>What people decided about it, and what became of that on appeal.</summary>
    public IReadOnlyList<CaseOutcome> Outcomes { get; init; } = [];

    public CaseEnding? Ending { get; init; }

    public string EndingReason { get; init; } = "";

    public required Instant OpenedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>Open, with what presses most; or how it ended.</summary>
    [JsonIgnore]
    public string Standing =>
        Ending is { } ending ? Checks.Word(ending)
        : Deadlines.Any(one => one.State == DeadlineState.Missed) ? "deadline-missed"
        : "open";

    [JsonIgnore]
    public string Words => $"{Name} {Institution} {Forum} {Place.Key}";

    [JsonIgnore]
    public Instant? DueAt =>
        Ending is null
            ? Deadlines
                .Where(one => one.State == DeadlineState.Running)
                .Select(one => (Instant?)one.At)
                .Min()
            : null;

    /// <summary>A deadline that passed is missed, and said so; nobody has to notice it.</summary>
    public static Decided<ContinuityEvent> Elapse(ContinuityCase state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Ending is not null
            ? Decided<ContinuityEvent>.Nothing
            : (ContinuityEvent[])
                [
                    .. state
                        .Deadlines.Where(one => one.State == DeadlineState.Running && one.At <= now)
                        .Select(one => new DeadlineMissed(now, Checks.Time, one.Id)),
                ];
    }

    public static ContinuityCase Apply(ContinuityCase? before, ContinuityEvent happened) =>
        ContinuityFold.Apply(before, happened);
}
