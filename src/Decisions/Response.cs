using System.Text.Json.Serialization;
using Breakwater.Decisions.Responding;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

public enum ResponseState
{
    Proposed,
    Active,

    /// <summary>People were asked and did not activate it.</summary>
    NotActivated,
    StoodDown,
    Closed,
}

public enum ServiceClock
{
    /// <summary>48 hours from the activation.</summary>
    FirstService,

    /// <summary>Four weeks from the activation.</summary>
    ExtendedService,
}

public enum ClockState
{
    NotStarted,
    Running,
    Met,
    Missed,
    MetLate,

    /// <summary>The response stood down while it ran: neither met nor missed, and nobody can meet it any more.</summary>
    Stopped,

    /// <summary>It was met, and what met it was lost again: it claims nothing until another return meets it.</summary>
    LostAgain,
}

/// <param name="Restoration">The measured return that met it.</param>
public sealed record Clock(
    ServiceClock Which,
    ClockState State,
    Instant? Since,
    Instant? Due,
    Instant? RemindedAt,
    Instant? EscalatedAt,
    string? Restoration,
    Instant? MetAt
);

/// <summary>One option that was proposed, and the decision that adopted it.</summary>
public sealed record PlanProposal(
    string PlanId,
    string Option,
    string By,
    Instant At,
    string? AdoptedBy
)
{
    /// <summary>Offers that it rests on and that are over or no longer fit it; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LostOffer>? LostOffers { get; init; }

    /// <summary>Since when an appeal has its adoption decided again; null while none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? ReopenedAt { get; init; }

    /// <summary>Why nobody was bound although people said yes; null when that did not happen.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? BoundNobody { get; init; }
}

/// <param name="Since">When it was over, withdrawn or past its end date, or when it was changed.</param>
public sealed record LostOffer(string OfferId, Instant Since)
{
    /// <summary>What of it no longer fits the plan; null when it was over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}

/// <summary>A person's hand on the plan, with its author and reason.</summary>
/// <param name="BudgetUsd">Null: as it was.</param>
public sealed record HandOnPlan(
    IReadOnlyList<FixedPlacement> Locks,
    IReadOnlyList<FixedPlacement> Forbids,
    decimal? BudgetUsd,
    string By,
    string? Organisation,
    string Reason,
    Instant At
);

/// <summary>How a response ended: what was still open then, and who disagreed.</summary>
public sealed record StandDownRecord(
    string DecisionId,
    string Reason,
    IReadOnlyList<string> StillOpen,
    IReadOnlyList<string> Unmeasured,
    IReadOnlyList<Dissent> Dissent
)
{
    /// <summary>Crews, fuel and questions that went on; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GoingOn>? GoesOn { get; init; }

    /// <summary>Since when an appeal has it decided again; null while none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? ReopenedAt { get; init; }

    /// <summary>Why it stands no more; null while it does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FallenStandDown? Fall { get; init; }
}

/// <param name="StaysDownBecause">Why the response stays stood down although it fell; null: it was open again from then on.</param>
public sealed record FallenStandDown(Instant At, string Reason, string? StaysDownBecause);

/// <summary>That people decided to do more.</summary>
/// <param name="Question">Null, as the text, where the decision is more closely held than the response.</param>
/// <param name="Since">When it was decided.</param>
/// <param name="ReopenedAt">Since when an appeal has it decided again; null while none does.</param>
/// <param name="Fall">Why it stands no more; null while it does.</param>
public sealed record ScaleUp(
    string DecisionId,
    string? Question,
    string? Text,
    Instant Since,
    Instant? ReopenedAt,
    string? Fall
);

/// <summary>What had come back in a response and was lost again.</summary>
/// <param name="DisruptionId">The disruption that follows.</param>
/// <param name="NotedAt">When it was measured.</param>
/// <param name="Services">Null where the measurement is more closely held than the response; the disruption says it to whom it may.</param>
/// <param name="Lost">Between the last time it was seen and the first it was seen gone; null as the services are.</param>
public sealed record Relapse(
    string DisruptionId,
    Instant NotedAt,
    IReadOnlyList<string>? Services,
    InstantRange? Lost,
    IReadOnlyList<string> Restorations
);

public sealed record Lesson(
    string Text,
    Workstream Stream,
    string By,
    string? Organisation,
    Instant At
);

/// <summary>All that is done about one disruption, from its proposal to stand-down and lessons.</summary>
public sealed record Response : ISubject<Response, ResponseEvent>
{
    static string ISubject<Response, ResponseEvent>.Kind => "response";

    public required string Id { get; init; }

    public required string DisruptionId { get; init; }

    public required Place Place { get; init; }

    public required string Reason { get; init; }

    public required string ProposedBy { get; init; }

    public required string? ProposedFor { get; init; }

    public required Instant ProposedAt { get; init; }

    public required ResponseState State { get; init; }

    /// <summary>The decision on its activation; null while nobody has been asked.</summary>
    public string? ActivationDecision { get; init; }

    public Instant? ActivatedAt { get; init; }

    /// <summary>Since when an appeal has the activation decided again; null while none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? ActivationReopenedAt { get; init; }

    /// <summary>Classes that were in favour of the activation.</summary>
    public IReadOnlyList<StakeholderClass> ActivatedByClasses { get; init; } = [];

    public required IReadOnlyList<Clock> Clocks { get; init; }

    /// <summary>What came back and was lost again; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Relapse>? Relapses { get; init; }

    public IReadOnlyList<string> Needs { get; init; } = [];

    public IReadOnlyList<PlanProposal> Plans { get; init; } = [];

    public string? AdoptedPlan { get; init; }

    /// <summary>Hands on the plan, oldest first; the last one counts.</summary>
    public IReadOnlyList<HandOnPlan> Hands { get; init; } = [];

    /// <summary>Decisions to do more; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScaleUp>? ScaleUps { get; init; }

    /// <summary>The decision on its stand-down; null while none is proposed.</summary>
    public string? StandDownDecision { get; init; }

    /// <summary>The last one, also when it has fallen since; earlier ones stay in the ledger.</summary>
    public StandDownRecord? StandDown { get; init; }

    public IReadOnlyList<Lesson> Lessons { get; init; } = [];

    public Instant? EndedAt { get; init; }

    public string EndReason { get; init; } = "";

    public Instant? RemindedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>True while a second response to the same disruption would be a duplicate.</summary>
    [JsonIgnore]
    public bool IsOpen => State is ResponseState.Proposed or ResponseState.Active;

    /// <summary>True when what it did is over, whether or not its lessons are written.</summary>
    [JsonIgnore]
    public bool HasStoodDown => State is ResponseState.StoodDown or ResponseState.Closed;

    [JsonIgnore]
    public string Standing =>
        State == ResponseState.Active && StandDownDecision is not null ? "stand-down-proposed"
        : State == ResponseState.Active && ActivationReopenedAt is not null ? "activation-reopened"
        : HasStoodDown && StandDown?.ReopenedAt is not null ? "stand-down-reopened"
        : Checks.Word(State);

    [JsonIgnore]
    public Instant? DueAt => ResponseTimes.DueAt(this);

    [JsonIgnore]
    public string Words => $"{Reason} {Place} {DisruptionId} {AdoptedPlan}";

    Place? ISubject<Response, ResponseEvent>.Place => Place;

    public static Response Apply(Response? before, ResponseEvent happened) =>
        ResponseAfter.Of(before, happened);

    /// <summary>Reminds of what waits, escalates what is nearly late, and says which clock was missed.</summary>
    public static Decided<ResponseEvent> Elapse(Response state, Instant now) =>
        ResponseTimes.Elapse(state, now);
}

/// <summary>A return of service as somebody other than the supplier measured it. Restorations makes it; a promise never does (INV-19).</summary>
/// <param name="IsConfirmed">Seen by more than one kind of observer, or measured and held.</param>
public sealed record MeasuredReturn(
    string RestorationId,
    string DisruptionId,
    Place Place,
    string Service,
    string MeasuredBy,
    Instant Since,
    bool IsConfirmed
);
