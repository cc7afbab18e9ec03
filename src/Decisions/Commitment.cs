using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>The life of a commitment. It moves one step at a time, or to lapsed or withdrawn (INV-06).</summary>
public enum CommitmentState
{
    Pledged,
    Cleared,
    Delivered,
    Working,
    StillWorking,
    Lapsed,
    Withdrawn,
}

/// <summary>How the permits were settled that a commitment waits for.</summary>
public enum Clearing
{
    Given,

    /// <summary>None was required; the proof says why.</summary>
    NoneRequired,
}

public enum LapseCause
{
    EndDate,
    MissedConfirmation,

    /// <summary>A person found that it is over. Nobody can any more; events that say so are still read.</summary>
    Found,
}

/// <summary>One step in a commitment's life, with what shows it.</summary>
public sealed record CommitmentStep(CommitmentState State, Instant At, string Proof, Origin Origin)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Person { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Organisation { get; init; }

    /// <summary>SHA-256 of what shows it, lower-case hexadecimal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Evidence { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Clearing? Clearing { get; init; }
}

/// <summary>For what alone something was given.</summary>
/// <param name="Place">Where alone it may be used; null for anywhere.</param>
/// <param name="Group">For whom alone; null for anybody.</param>
public sealed record Earmark(string Text, Place? Place, PopulationGroup? Group);

/// <summary>A permit that a commitment was cleared by and that does not allow it any more.</summary>
/// <param name="Standing">As the clearance's own standing: <c>denied</c>, <c>expired</c>.</param>
public sealed record LostPermit(
    string Clearance,
    ClearanceKind Permit,
    string Standing,
    Instant Since
);

/// <summary>An offer bound to a plan. A promise is not a delivery, and a delivery is not yet service.</summary>
public sealed record Commitment : ISubject<Commitment, CommitmentEvent>
{
    static string ISubject<Commitment, CommitmentEvent>.Kind => "commitment";

    public required string Id { get; init; }

    public string? Parent { get; init; }

    public required string PlanId { get; init; }

    public required string OfferId { get; init; }

    public required string Stakeholder { get; init; }

    public required string Asset { get; init; }

    public required Place Place { get; init; }

    public required string PlaceName { get; init; }

    /// <summary>The networks that it brings back; null when it is a service of its own.</summary>
    public required IReadOnlyList<string>? Networks { get; init; }

    public required Service Service { get; init; }

    public required int Units { get; init; }

    public required long Civilians { get; init; }

    public required long Responders { get; init; }

    public IReadOnlyList<string> Conditions { get; init; } = [];

    public IReadOnlyList<Earmark> Earmarks { get; init; } = [];

    /// <summary>Ids of the clearances that it waits for; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Clearances { get; init; }

    /// <summary>Permits lost since it was cleared; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LostPermit>? LostPermits { get; init; }

    /// <summary>The supplier's end date; null when none is stated.</summary>
    public required Instant? Until { get; init; }

    /// <summary>When it should work by the plan; null when the plan does not say.</summary>
    public Instant? ExpectedBy { get; init; }

    /// <summary>True once <see cref="ExpectedBy"/> passed before it worked.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>How often somebody must see that it still works; null when nothing is agreed.</summary>
    public Duration? ConfirmEvery { get; init; }

    /// <summary>By when somebody must see that it still works, or it lapses; null while it does not work or nothing is agreed.</summary>
    public Instant? NextConfirmationBy { get; init; }

    public Instant? RemindedAt { get; init; }

    /// <summary>Who was asked to keep it up from now on; null for nobody.</summary>
    public string? HandedOverTo { get; init; }

    /// <summary>When that organisation accepted; null while it is still for the supplier.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? TakenOverAt { get; init; }

    public required CommitmentState State { get; init; }

    public required IReadOnlyList<CommitmentStep> History { get; init; }

    /// <summary>When the last act on it happened.</summary>
    public Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing => Checks.Word(State);

    [JsonIgnore]
    public Instant? DueAt => CommitmentTimes.DueAt(this);

    [JsonIgnore]
    public string Words =>
        $"{Asset} {PlaceName} {Stakeholder} {OfferId}{(IsOverdue ? " overdue" : "")}{(LostPermits is null ? "" : " permit lost")}{(HandedOverTo is null || IsTakenOver ? "" : " handed over, not accepted")}";

    /// <summary>Lapsed or withdrawn: it moves no more.</summary>
    [JsonIgnore]
    public bool IsEnded => State is CommitmentState.Lapsed or CommitmentState.Withdrawn;

    /// <summary>True when another organisation keeps it up, by its own word.</summary>
    [JsonIgnore]
    public bool IsTakenOver => TakenOverAt is not null;

    Place? ISubject<Commitment, CommitmentEvent>.Place => Place;

    public static Commitment Apply(Commitment? before, CommitmentEvent happened) =>
        CommitmentAfter.Of(before, happened);

    /// <summary>Reminds, and lapses by its end date or a missed confirmation without anybody noticing.</summary>
    public static Decided<CommitmentEvent> Elapse(Commitment state, Instant now) =>
        CommitmentTimes.Elapse(state, now);
}
