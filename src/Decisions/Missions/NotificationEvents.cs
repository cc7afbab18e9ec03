using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>What happens to a notification. Nothing in it reaches a mission or an asset (INV-01).</summary>
public abstract record NotificationEvent;

public sealed record NotificationPrepared(
    string Id,
    string Mission,
    string Party,
    Place Area,
    SealedField? Details,
    int AnswerHours,
    Marking Marking,
    string By,
    Instant At
) : NotificationEvent;

/// <param name="StatementKey">Key of the statement that went with it, by which it is translated.</param>
/// <param name="Statement">The statement in English, as it stood then.</param>
public sealed record NotificationSent(
    Instant SentAt,
    string Channel,
    string Proof,
    string StatementKey,
    string Statement,
    string By,
    Instant At
) : NotificationEvent;

/// <summary>The time in which an answer was hoped for is over. It stays without one. Comes by itself.</summary>
public sealed record NotificationUnanswered(Instant At) : NotificationEvent;

public sealed record NotificationAnswered(
    NotificationAnswer Answer,
    Instant AnsweredAt,
    string Reason,
    Origin Origin,
    string By,
    Instant At
) : NotificationEvent;

public sealed record NotificationWithdrawn(string Reason, string By, Instant At)
    : NotificationEvent;
