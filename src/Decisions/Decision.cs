using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

public enum DecisionKind
{
    Activation,
    PlanAdoption,
    StandDown,
}

public enum Stand
{
    Support,
    NoObjection,
    Object,
    Abstain,
    Recuse,
}

/// <summary>A recorded view. Somebody who said nothing has no position: silence is not consent.</summary>
public sealed record Position(
    string Stakeholder,
    StakeholderClass Class,
    Stand Stand,
    string Reason,
    Instant At,
    Origin Origin
);

/// <summary>What a party whose consent was sought answered (INV-04).</summary>
public enum Consent
{
    Given,
    Denied,
    NoAnswer,
    NotAsked,
}

public sealed record ConsentRecord(
    string Party,
    Consent Consent,
    Instant? AskedAt,
    string Reason,
    Origin Origin
);

public enum DecisionOutcome
{
    Open,
    Adopted,
    NotAdopted,
}

/// <summary>A question put to stakeholders, what each said, and what came of it.</summary>
public sealed record Decision
{
    public required string Id { get; init; }

    public required DecisionKind Kind { get; init; }

    public required string Question { get; init; }

    /// <summary>The disruption or plan that it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>How many different classes must take part for it to count; no single class, and no State, is required.</summary>
    public required int QuorumClasses { get; init; }

    public required Instant OpenedAt { get; init; }

    public required Instant Deadline { get; init; }

    public required IReadOnlyList<Position> Positions { get; init; }

    public required IReadOnlyList<ConsentRecord> Consents { get; init; }

    public required DecisionOutcome Outcome { get; init; }

    public required string OutcomeReason { get; init; }

    public required Instant? DecidedAt { get; init; }

    /// <summary>For an activation: first service within 48 hours, extended service within four weeks (the ETC's own promise).</summary>
    public required Instant? FirstServiceDue { get; init; }

    public required Instant? ExtendedServiceDue { get; init; }

    public required Instant AppealUntil { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }
}

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

/// <summary>One step in a commitment's life, with what shows it.</summary>
public sealed record CommitmentStep(CommitmentState State, Instant At, string Proof, Origin Origin);

/// <summary>An offer bound to a plan. A promise is not a delivery, and a delivery is not yet service.</summary>
public sealed record Commitment
{
    public required string Id { get; init; }

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

    /// <summary>The supplier's end date; null when none is stated.</summary>
    public required Instant? Until { get; init; }

    public required CommitmentState State { get; init; }

    public required IReadOnlyList<CommitmentStep> History { get; init; }

    public required Marking Marking { get; init; }
}
