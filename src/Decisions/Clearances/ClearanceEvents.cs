using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Clearances;

/// <summary>What happens to a request for a permit.</summary>
public abstract record ClearanceEvent;

/// <param name="AuthorityOrganisation">Id of the organisation that must answer; null when it takes no part here.</param>
/// <param name="For">Id of the organisation that needs the permit.</param>
public sealed record ClearanceOpened(
    string Id,
    string? Parent,
    ClearanceKind Permit,
    string Authority,
    string? AuthorityOrganisation,
    string About,
    Place Place,
    IReadOnlyList<string> Waiting,
    int RemindAfterDays,
    int EscalateAfterDays,
    string EscalateTo,
    Origin Origin,
    Marking Marking,
    string? For,
    string By,
    Instant At
) : ClearanceEvent;

/// <param name="AskedAt">When the authority was asked, which may be before it was written down.</param>
public sealed record ClearanceAsked(Instant AskedAt, string Channel, string By, Instant At)
    : ClearanceEvent;

/// <summary>The authority was reminded by somebody.</summary>
public sealed record AuthorityReminded(string Channel, string By, Instant At) : ClearanceEvent;

/// <summary>So many days without an answer: whoever asked should ask again. Comes by itself.</summary>
/// <param name="Number">1 for the first.</param>
public sealed record ClearanceReminderDue(int Number, int DaysWithoutAnswer, Instant At)
    : ClearanceEvent;

/// <param name="By">Null when it came by itself.</param>
public sealed record ClearanceEscalated(
    string To,
    int DaysWithoutAnswer,
    string Reason,
    string? By,
    Instant At
) : ClearanceEvent;

/// <summary>The authority's answer; a later one replaces it, so a denial after a permit revokes it.</summary>
/// <param name="Answer">Given, denied or not required; never silence.</param>
/// <param name="IsOwnWord">True when the authority itself wrote it; false when others say that it answered so.</param>
public sealed record ClearanceAnswered(
    ClearanceAnswer Answer,
    bool IsOwnWord,
    Instant AnsweredAt,
    Instant? EffectiveAt,
    Instant? Until,
    IReadOnlyList<string> Conditions,
    string Reason,
    string Proof,
    Origin Origin,
    string By,
    Instant At
) : ClearanceEvent;

/// <summary>A permit passed its end date. Comes by itself.</summary>
public sealed record ClearanceExpired(Instant At) : ClearanceEvent;

/// <param name="Subject">The ledger subject that waits for it: <c>mission/…</c>.</param>
public sealed record ClearanceAwaited(string Subject, string By, Instant At) : ClearanceEvent;

public sealed record ClearanceWithdrawn(string Reason, string By, Instant At) : ClearanceEvent;
