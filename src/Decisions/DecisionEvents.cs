using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>What happens to a decision.</summary>
/// <param name="By">Pseudonym of the person; <c>time</c> for what nobody did.</param>
public abstract record DecisionEvent(Instant At, string By);

public sealed record DecisionOpened(
    Instant At,
    string By,
    string? Organisation,
    string Id,
    DecisionKind Kind,
    string Question,
    string Text,
    string Subject,
    string? Parent,
    Workstream Stream,
    IReadOnlyList<Workstream> AffectedStreams,
    int QuorumClasses,
    IReadOnlyList<string> ConsentParties,
    Instant Deadline,
    Duration AppealWindow,
    Instant? FirstServiceDue,
    Instant? ExtendedServiceDue,
    Origin Origin,
    Marking Marking
) : DecisionEvent(At, By);

public sealed record PositionTaken(
    Instant At,
    string By,
    string Stakeholder,
    StakeholderClass Class,
    Stand Stand,
    string Reason,
    string? Conflict,
    bool IsVoice,
    Origin Origin
) : DecisionEvent(At, By);

/// <param name="Organisation">Set when the whole organisation takes no part.</param>
/// <param name="Stakeholder">Under which name it stands among the positions; null when the organisation goes on without the person.</param>
public sealed record RecusalDeclared(
    Instant At,
    string By,
    string? Organisation,
    string? Stakeholder,
    StakeholderClass Class,
    string Reason,
    Origin Origin
) : DecisionEvent(At, By);

/// <param name="Stakeholder">Who objects.</param>
public sealed record ObjectionAnswered(
    Instant At,
    string By,
    string Organisation,
    string Stakeholder,
    string Text
) : DecisionEvent(At, By);

/// <param name="AskedAt">When the party was asked, which may be before it was written down.</param>
public sealed record ConsentAsked(
    Instant At,
    string By,
    string Party,
    Instant AskedAt,
    Origin Origin
) : DecisionEvent(At, By);

public sealed record ConsentRecorded(
    Instant At,
    string By,
    string Party,
    Consent Consent,
    string Reason,
    Origin Origin
) : DecisionEvent(At, By)
{
    /// <summary>When the party answered, which may be before it was written down; null when that is not known, and for silence.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? AnsweredAt { get; init; }
}

public sealed record StreamAcknowledged(
    Instant At,
    string By,
    Workstream Stream,
    AcknowledgementAnswer Answer,
    string Text
) : DecisionEvent(At, By);

/// <param name="Lacking">What is missing, in words.</param>
public sealed record DecisionReminded(Instant At, string By, IReadOnlyList<string> Lacking)
    : DecisionEvent(At, By);

/// <param name="Lacking">What is missing, in words.</param>
public sealed record DecisionEscalated(Instant At, string By, IReadOnlyList<string> Lacking)
    : DecisionEvent(At, By);

public sealed record DecisionClosed(
    Instant At,
    string By,
    DecisionOutcome Outcome,
    string Reason,
    IReadOnlyList<Dissent> Dissent
) : DecisionEvent(At, By);

/// <param name="IsVoice">True when who appeals speaks for no vetted organisation, whatever organisation it is in.</param>
public sealed record AppealLodged(
    Instant At,
    string By,
    string? Organisation,
    string Reason,
    bool IsVoice
) : DecisionEvent(At, By);

/// <param name="Deadline">Of the question that is put again; null when the decision stands.</param>
public sealed record AppealHeard(
    Instant At,
    string By,
    string Organisation,
    AppealState Outcome,
    string Reason,
    Instant? Deadline
) : DecisionEvent(At, By);
