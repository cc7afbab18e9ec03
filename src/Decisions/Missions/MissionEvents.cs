using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>What happens to a mission. No event has a position in clear.</summary>
public abstract record MissionEvent;

public sealed record MissionProposed(
    string Id,
    string? Parent,
    MissionTerms Terms,
    string TermsId,
    Origin Origin,
    Marking Marking,
    string Organisation,
    string By,
    Instant At
) : MissionEvent;

/// <summary>Other terms: every approval given before is void.</summary>
public sealed record MissionRevised(
    MissionTerms Terms,
    string TermsId,
    string Reason,
    string By,
    Instant At
) : MissionEvent;

/// <summary>One of the two approvals.</summary>
public sealed record MissionApproved(string TermsId, string Organisation, string By, Instant At)
    : MissionEvent;

/// <summary>How a clearance that it needs stood.</summary>
public sealed record MissionPermitNoted(MissionPermit Permit, string By, Instant At) : MissionEvent;

/// <param name="Relied">The clearances as they stood at the start.</param>
public sealed record MissionStarted(IReadOnlyList<MissionPermit> Relied, string By, Instant At)
    : MissionEvent;

/// <summary>A sign of life: a word and a time, never a position.</summary>
public sealed record MissionCheckedIn(CheckInWord Word, string By, Instant At) : MissionEvent;

/// <summary>A check-in did not come: whoever can reach the crew is reminded. Comes by itself.</summary>
public sealed record CheckInMissed(Instant DueAt, Instant At) : MissionEvent;

public sealed record MissionAlarmRaised(AlarmReason Reason, Instant At) : MissionEvent;

/// <summary>What the alarm was about is in order again, by more than a word of the crew: the permit is back.</summary>
public sealed record MissionAlarmAnswered(AlarmReason Reason, Instant At) : MissionEvent;

/// <summary>No sign of life after the alarm either. Comes by itself, and again with a number until somebody hears of them.</summary>
/// <param name="Number">1 for the first.</param>
public sealed record MissionOverdue(int Number, Instant DueAt, Instant At) : MissionEvent;

/// <param name="Reason">May be empty: nobody must explain why they turn round.</param>
public sealed record MissionAborted(string Reason, string By, Instant At) : MissionEvent;

/// <summary>The crew of an aborted mission is back.</summary>
public sealed record MissionCrewReturned(Casualties Casualties, string By, Instant At)
    : MissionEvent;

/// <summary>The crew is back, and this is what came of it.</summary>
public sealed record MissionCompleted(
    MissionOutcome Outcome,
    Casualties Casualties,
    string Note,
    Origin Origin,
    string By,
    Instant At
) : MissionEvent;

/// <summary>Its window passed without a start. Comes by itself.</summary>
public sealed record MissionLapsed(Instant At) : MissionEvent;

public sealed record MissionClosed(string Lessons, string By, Instant At) : MissionEvent;
