using System.Text.Json.Serialization;
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
) : NotificationEvent
{
    /// <summary>Id of the notification that this one corrects; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Corrects { get; init; }
}

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

/// <summary>The mission is not any more what it says. It was written for earlier terms, and who was told has to be told anew.</summary>
public sealed record NotificationOutdated(OutdatedBy Because, Instant At) : NotificationEvent;

/// <summary>The party was told anew.</summary>
/// <param name="Notification">Id of the one by which it was.</param>
public sealed record NotificationCorrected(string Notification, Instant At) : NotificationEvent;

/// <summary>Nobody has told the party anew. Comes by itself.</summary>
public sealed record CorrectionReminded(Instant At) : NotificationEvent;
