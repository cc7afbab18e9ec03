using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

public enum DecisionKind
{
    Activation,
    PlanAdoption,
    StandDown,
    ScaleUp,
    Registry,
    Neutrality,
    PublicationApproval,

    /// <summary>A decision of principle: what stakeholders hold to in peacetime, often on the report of a consultation.</summary>
    Principle,
}

public enum DecisionOutcome
{
    Open,
    Adopted,
    NotAdopted,
}

/// <summary>A question put to stakeholders, what each said, and what came of it.</summary>
public sealed record Decision : ISubject<Decision, DecisionEvent>
{
    static string ISubject<Decision, DecisionEvent>.Kind => "decision";

    /// <summary>The ETC's own promise, counted from the activation.</summary>
    internal static readonly Duration FirstService = Duration.FromHours(48);
    internal static readonly Duration ExtendedService = Duration.FromDays(28);

    public required string Id { get; init; }

    public required DecisionKind Kind { get; init; }

    public required string Question { get; init; }

    /// <summary>What the question leaves out.</summary>
    public string Text { get; init; } = "";

    /// <summary>The disruption or plan that it is about.</summary>
    public required string Subject { get; init; }

    public string? Parent { get; init; }

    public string OpenedBy { get; init; } = "";

    public string? OpenedFor { get; init; }

    public string ClosedBy { get; init; } = "";

    /// <summary>The stream that asks.</summary>
    public Workstream Stream { get; init; }

    /// <summary>Streams that it touches: each must acknowledge before it can close (INV-08).</summary>
    public IReadOnlyList<Workstream> AffectedStreams { get; init; } = [];

    public IReadOnlyList<Acknowledgement> Acknowledgements { get; init; } = [];

    /// <summary>How many different classes must take part for it to count; no single class, and no State, is required.</summary>
    public required int QuorumClasses { get; init; }

    public required Instant OpenedAt { get; init; }

    /// <summary>When it was put last: later than <see cref="OpenedAt"/> once an appeal has reopened it.</summary>
    public Instant? ReopenedAt { get; init; }

    public required Instant Deadline { get; init; }

    public Duration AppealWindow { get; init; } = Duration.FromHours(72);

    public required IReadOnlyList<Position> Positions { get; init; }

    public IReadOnlyList<Recusal> Recusals { get; init; } = [];

    public required IReadOnlyList<ConsentRecord> Consents { get; init; }

    public required DecisionOutcome Outcome { get; init; }

    public required string OutcomeReason { get; init; }

    /// <summary>Objections as they stood at the outcome.</summary>
    public IReadOnlyList<Dissent> Dissent { get; init; } = [];

    public required Instant? DecidedAt { get; init; }

    /// <summary>For an activation: first service within 48 hours, extended service within four weeks (the ETC's own promise).</summary>
    public required Instant? FirstServiceDue { get; init; }

    public required Instant? ExtendedServiceDue { get; init; }

    public required Instant AppealUntil { get; init; }

    public IReadOnlyList<Appeal> Appeals { get; init; } = [];

    public Instant? RemindedAt { get; init; }

    public Instant? EscalatedAt { get; init; }

    /// <summary>When the last act on it happened.</summary>
    public Instant ChangedAt { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing => Checks.Word(Outcome);

    [JsonIgnore]
    public Instant? DueAt => DecisionTimes.DueAt(this);

    [JsonIgnore]
    public string Words => $"{Question} {Text} {Subject} {OutcomeReason}";

    /// <summary>What still stands between the question and its outcome, or the hearing of its appeals, in words.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Lacking => DecisionTimes.Lacking(this);

    /// <summary>Classes that count towards the quorum.</summary>
    [JsonIgnore]
    public IReadOnlyList<StakeholderClass> ClassesCounted =>
        [
            .. Positions
                .Where(position => position.Counts)
                .Select(position => position.Class)
                .Distinct(),
        ];

    [JsonIgnore]
    public IReadOnlyList<Workstream> WaitsFor =>
        [
            .. AffectedStreams.Where(stream =>
                stream != Stream && Acknowledgements.All(said => said.Stream != stream)
            ),
        ];

    public static Decision Apply(Decision? before, DecisionEvent happened) =>
        DecisionAfter.Of(before, happened);

    /// <summary>Reminds, escalates and closes when nobody does.</summary>
    public static Decided<DecisionEvent> Elapse(Decision state, Instant now) =>
        DecisionTimes.Elapse(state, now);

    /// <summary>True for who has recused, alone or with the organisation.</summary>
    public bool IsRecused(Participant by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return Recusals.Any(recusal =>
            recusal.Person == by.Person
            || (recusal.Organisation is { } organisation && organisation == by.Organisation)
        );
    }
}
