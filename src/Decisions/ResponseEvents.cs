using System.Text.Json.Serialization;
using Breakwater.Decisions.Responding;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>What happens to a response.</summary>
/// <param name="By">Pseudonym of the person; <c>time</c> for what nobody did.</param>
public abstract record ResponseEvent(Instant At, string By);

public sealed record ResponseProposed(
    Instant At,
    string By,
    string? Organisation,
    string Id,
    string DisruptionId,
    Place Place,
    string Reason,
    Marking Marking
) : ResponseEvent(At, By);

public sealed record ActivationAsked(Instant At, string By, string DecisionId)
    : ResponseEvent(At, By);

/// <param name="Since">When the decision was made: the clocks run from its dates.</param>
/// <param name="Classes">Classes in favour.</param>
public sealed record ResponseActivated(
    Instant At,
    string By,
    string DecisionId,
    string Reason,
    Instant Since,
    Instant FirstServiceDue,
    Instant ExtendedServiceDue,
    IReadOnlyList<StakeholderClass> Classes
) : ResponseEvent(At, By);

public sealed record ResponseNotActivated(Instant At, string By, string DecisionId, string Reason)
    : ResponseEvent(At, By);

/// <summary>An appeal put the question of the activation again.</summary>
public sealed record ActivationReopened(Instant At, string By, string DecisionId, string Reason)
    : ResponseEvent(At, By);

/// <summary>The question was put again, and the activation stands.</summary>
public sealed record ActivationUpheld(Instant At, string By, string DecisionId, string Reason)
    : ResponseEvent(At, By);

/// <param name="MetAt">When the service was there, which may be before it was measured.</param>
public sealed record ClockMet(
    Instant At,
    string By,
    ServiceClock Which,
    string RestorationId,
    string MeasuredBy,
    Instant MetAt
) : ResponseEvent(At, By);

/// <summary>What a measurement found back before was lost again.</summary>
/// <param name="DisruptionId">The disruption that this is.</param>
/// <param name="IsOpened">True when the measurement opened it; false when detection had told of it.</param>
/// <param name="InsteadOf">What was opened for the same loss before; null for nothing.</param>
/// <param name="Services">Null, as <paramref name="Lost"/>, where the measurement is more closely held than the response.</param>
/// <param name="Clocks">Clocks that rested on it.</param>
public sealed record ServiceLostAgain(
    Instant At,
    string By,
    string DisruptionId,
    bool IsOpened,
    string? InsteadOf,
    IReadOnlyList<string> Restorations,
    IReadOnlyList<string>? Services,
    InstantRange? Lost,
    IReadOnlyList<ServiceClock> Clocks
) : ResponseEvent(At, By);

public sealed record ClockMissed(Instant At, string By, ServiceClock Which) : ResponseEvent(At, By);

/// <param name="Which">Null when it is no clock that waits.</param>
public sealed record ResponseReminded(Instant At, string By, ServiceClock? Which, string About)
    : ResponseEvent(At, By);

public sealed record ResponseEscalated(Instant At, string By, ServiceClock Which, string About)
    : ResponseEvent(At, By);

public sealed record NeedsRecorded(Instant At, string By, IReadOnlyList<string> Needs)
    : ResponseEvent(At, By);

public sealed record PlanProposed(Instant At, string By, string PlanId, string Option)
    : ResponseEvent(At, By);

/// <param name="Since">When the offer was over, or changed.</param>
/// <param name="PlanIds">The options that rest on it.</param>
public sealed record PlansLostOffer(
    Instant At,
    string By,
    string OfferId,
    Instant Since,
    IReadOnlyList<string> PlanIds
) : ResponseEvent(At, By)
{
    /// <summary>What of it no longer fits them; null when the offer was over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}

/// <summary>People said yes to a plan, and no line of it could be pledged.</summary>
public sealed record PlanBoundNobody(
    Instant At,
    string By,
    string PlanId,
    string DecisionId,
    IReadOnlyList<string> Reasons
) : ResponseEvent(At, By);

public sealed record PlanAdopted(Instant At, string By, string PlanId, string DecisionId)
    : ResponseEvent(At, By);

/// <summary>An appeal put the question of the adoption again.</summary>
public sealed record AdoptionReopened(
    Instant At,
    string By,
    string PlanId,
    string DecisionId,
    string Reason
) : ResponseEvent(At, By);

/// <summary>The question was put again, and the adoption stands.</summary>
public sealed record AdoptionUpheld(
    Instant At,
    string By,
    string PlanId,
    string DecisionId,
    string Reason
) : ResponseEvent(At, By);

/// <summary>The question was put again, and the plan is adopted no more.</summary>
public sealed record AdoptionFell(
    Instant At,
    string By,
    string PlanId,
    string DecisionId,
    string Reason
) : ResponseEvent(At, By);

/// <summary>People decided to do more.</summary>
/// <param name="Since">When it was decided.</param>
/// <param name="Question">Null, as <paramref name="Text"/>, where the decision is more closely held than the response.</param>
public sealed record ScaleUpAdopted(
    Instant At,
    string By,
    string DecisionId,
    Instant Since,
    string? Question,
    string? Text
) : ResponseEvent(At, By);

/// <summary>An appeal put the question of doing more again.</summary>
public sealed record ScaleUpReopened(Instant At, string By, string DecisionId, string Reason)
    : ResponseEvent(At, By);

/// <summary>The question was put again, and it stands.</summary>
public sealed record ScaleUpUpheld(Instant At, string By, string DecisionId, string Reason)
    : ResponseEvent(At, By);

/// <summary>The question was put again, and it stands no more.</summary>
public sealed record ScaleUpFell(Instant At, string By, string DecisionId, string Reason)
    : ResponseEvent(At, By);

public sealed record PlanHandSet(
    Instant At,
    string By,
    string? Organisation,
    IReadOnlyList<FixedPlacement> Locks,
    IReadOnlyList<FixedPlacement> Forbids,
    decimal? BudgetUsd,
    string Reason
) : ResponseEvent(At, By);

public sealed record StandDownProposed(Instant At, string By, string DecisionId, string Reason)
    : ResponseEvent(At, By);

public sealed record StandDownDropped(Instant At, string By, string DecisionId, string Reason)
    : ResponseEvent(At, By);

/// <param name="StillOpen">Commitments that had neither ended nor been taken over.</param>
/// <param name="Unmeasured">What nobody independent had measured.</param>
public sealed record StoodDown(
    Instant At,
    string By,
    string DecisionId,
    string Reason,
    IReadOnlyList<string> StillOpen,
    IReadOnlyList<string> Unmeasured,
    IReadOnlyList<Dissent> Dissent
) : ResponseEvent(At, By)
{
    /// <summary>Crews, fuel and questions that went on; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GoingOn>? GoesOn { get; init; }
}

/// <summary>An appeal put the question on which the stand-down rests again.</summary>
public sealed record StandDownReopened(Instant At, string By, string DecisionId, string Reason)
    : ResponseEvent(At, By);

/// <summary>The question was put again, and the stand-down stands.</summary>
public sealed record StandDownUpheld(Instant At, string By, string DecisionId, string Reason)
    : ResponseEvent(At, By);

/// <summary>
/// The question was put again, and the stand-down stands no more. What ended or was handed over before it stays so: nobody has
/// promised it again.
/// </summary>
/// <param name="StaysDownBecause">Why the response stays stood down all the same; null: it is open again from now on.</param>
public sealed record StandDownFell(
    Instant At,
    string By,
    string DecisionId,
    string Reason,
    string? StaysDownBecause
) : ResponseEvent(At, By);

public sealed record LessonRecorded(
    Instant At,
    string By,
    string? Organisation,
    Workstream Stream,
    string Text
) : ResponseEvent(At, By);

public sealed record ResponseClosed(Instant At, string By, string Reason) : ResponseEvent(At, By);
