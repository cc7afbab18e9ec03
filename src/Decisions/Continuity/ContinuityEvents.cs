using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Continuity;

/// <summary>What happens in a case.</summary>
public abstract record ContinuityEvent(Instant At, string By);

public sealed record CaseOpened(
    Instant At,
    string By,
    string Id,
    ContinuityType Type,
    string Name,
    Place Place,
    string Institution,
    string? Forum,
    CountRange? Users,
    string UsersSource,
    IReadOnlyList<Place> Functions,
    IReadOnlyList<string> Disruptions,
    Origin Origin,
    Marking Marking
) : ContinuityEvent(At, By);

public sealed record DeadlineSet(
    Instant At,
    string By,
    string Id,
    string What,
    Instant Due,
    string Source
) : ContinuityEvent(At, By);

public sealed record DeadlineMet(Instant At, string By, string Id, string Proof)
    : ContinuityEvent(At, By);

public sealed record DeadlineMissed(Instant At, string By, string Id) : ContinuityEvent(At, By);

public sealed record MeasureProposed(Instant At, string By, string Id, string What, string Whose)
    : ContinuityEvent(At, By);

public sealed record MeasureMoved(
    Instant At,
    string By,
    string Id,
    MeasureState State,
    string Evidence
) : ContinuityEvent(At, By);

public sealed record ItemWasAnswered(
    Instant At,
    string By,
    string Item,
    ItemAnswered Answer,
    string Evidence
) : ContinuityEvent(At, By);

public sealed record FunctionObserved(Instant At, string By, FunctionSeen Seen)
    : ContinuityEvent(At, By);

public sealed record UsersEstimated(Instant At, string By, CountRange? Users, string Source)
    : ContinuityEvent(At, By);

public sealed record PartyNamed(Instant At, string By, CaseParty Party) : ContinuityEvent(At, By);

public sealed record ContactNamed(Instant At, string By, CaseContact Contact)
    : ContinuityEvent(At, By);

public sealed record CaseLinked(Instant At, string By, string DisruptionId)
    : ContinuityEvent(At, By);

public sealed record OutcomeReached(Instant At, string By, CaseOutcome Outcome)
    : ContinuityEvent(At, By);

public sealed record CaseClosed(Instant At, string By, CaseEnding Ending, string Reason)
    : ContinuityEvent(At, By);
