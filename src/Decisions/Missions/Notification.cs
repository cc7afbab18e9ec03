using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>What a party said to a notification. Silence has its own value (INV-04).</summary>
public enum NotificationAnswer
{
    NotSent,
    NoAnswer,
    Acknowledged,
    Denied,
}

/// <summary>Why a notification says no more how things are.</summary>
public enum OutdatedBy
{
    /// <summary>The mission has other terms: a corrected notification is due.</summary>
    Revision,

    /// <summary>The mission was aborted or lapsed: a notification that cancels it is due.</summary>
    End,
}

/// <param name="Since">When the mission changed.</param>
/// <param name="CorrectedBy">Id of the notification by which the party was told anew; null while it was not.</param>
public sealed record Outdating(
    OutdatedBy Because,
    Instant Since,
    string? CorrectedBy,
    Instant? RemindedAt
);

/// <summary>The sentence that goes with every notification.</summary>
public static class NotificationStatement
{
    /// <summary>By which it is translated.</summary>
    public const string Key = "notification.asks-for-nothing";

    public const string English =
        "This notification informs; it asks for nothing. Protection under international humanitarian law never depends on it: "
        + "not on its being sent, received, acknowledged or refused.";
}

/// <summary>
/// What a party to a conflict is told about a mission. It asks for nothing; no mission waits for its answer, and no
/// asset's protection follows from it (INV-01).
/// </summary>
public sealed record Notification : ISubject<Notification, NotificationEvent>
{
    /// <summary>A crew may travel by what a party was told wrongly.</summary>
    private static readonly Duration _reminder = Duration.FromHours(2);

    public static string Kind => "notification";

    public required string Id { get; init; }

    /// <summary>Id of the mission.</summary>
    public required string Mission { get; init; }

    public required string Party { get; init; }

    public required Place Area { get; init; }

    /// <summary>What the party is told exactly, sealed; null for nothing beyond the area.</summary>
    public required SealedField? Details { get; init; }

    /// <summary>Hours after which the silence is noted.</summary>
    public required int AnswerHours { get; init; }

    public required NotificationAnswer Answer { get; init; }

    public Instant? SentAt { get; init; }

    public string Channel { get; init; } = "";

    public string Proof { get; init; } = "";

    public string StatementKey { get; init; } = NotificationStatement.Key;

    public string Statement { get; init; } = NotificationStatement.English;

    public Instant? AnsweredAt { get; init; }

    /// <summary>When the hoped-for time passed in silence.</summary>
    public Instant? UnansweredAt { get; init; }

    public string Reason { get; init; } = "";

    public Origin Origin { get; init; } = Origin.Reported;

    public Instant? WithdrawnAt { get; init; }

    /// <summary>Id of the notification that this one corrects; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Corrects { get; init; }

    /// <summary>Since when it is for earlier terms; null while it says how things are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Outdating? Outdated { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string? Parent => $"{Missions.Mission.Kind}/{Mission}";

    [JsonIgnore]
    public string Standing =>
        WithdrawnAt is not null ? "withdrawn"
        : Outdated is { CorrectedBy: null } ? "outdated"
        : Outdated is not null ? "corrected"
        : Answer switch
        {
            NotificationAnswer.NotSent => "not-sent",
            NotificationAnswer.NoAnswer => "no-answer",
            NotificationAnswer.Acknowledged => "acknowledged",
            NotificationAnswer.Denied => "denied",
            _ => "no-answer",
        };

    /// <summary>True while a party holds what is not so any more, and nobody has told it anew.</summary>
    [JsonIgnore]
    public bool IsCorrectionDue =>
        WithdrawnAt is null && SentAt is not null && Outdated is { CorrectedBy: null };

    [JsonIgnore]
    public Instant? DueAt =>
        (SilenceNotedAt, ReminderAt) is ({ } silence, { } reminder)
            ? Instant.Min(silence, reminder)
            : SilenceNotedAt ?? ReminderAt;

    private Instant? SilenceNotedAt =>
        WithdrawnAt is null
        && UnansweredAt is null
        && Answer == NotificationAnswer.NoAnswer
        && SentAt is { } sent
            ? sent + Duration.FromHours(AnswerHours)
            : null;

    private Instant? ReminderAt =>
        IsCorrectionDue && Outdated is { } outdated
            ? DecisionTimes.Again(outdated.Since, outdated.RemindedAt ?? outdated.Since, _reminder)
            : null;

    [JsonIgnore]
    public Place? Place => Area;

    [JsonIgnore]
    public string Words => $"{Party} {Area}";

    /// <summary>How long the party has been silent; null when it was not told, or has answered.</summary>
    public Duration? SilentFor(Instant now) =>
        Answer == NotificationAnswer.NoAnswer && SentAt is { } sent && WithdrawnAt is null
            ? Duration.Max(Duration.Zero, now - sent)
            : null;

    public static Decided<NotificationEvent> Elapse(Notification state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var due = new List<NotificationEvent>();
        if (state.SilenceNotedAt <= now)
        {
            due.Add(new NotificationUnanswered(now));
        }

        if (state.ReminderAt <= now)
        {
            due.Add(new CorrectionReminded(now));
        }

        return due.ToArray();
    }

    public static Notification Apply(Notification? before, NotificationEvent happened) =>
        happened is NotificationPrepared prepared ? Prepared(prepared)
        : before is null
            ? throw new InvalidOperationException("a notification begins with its preparation")
        : Next(before, happened);

    private static Notification Prepared(NotificationPrepared prepared) =>
        new()
        {
            Id = prepared.Id,
            Mission = prepared.Mission,
            Party = prepared.Party,
            Area = prepared.Area,
            Details = prepared.Details,
            AnswerHours = prepared.AnswerHours,
            Answer = NotificationAnswer.NotSent,
            Marking = prepared.Marking,
            Corrects = prepared.Corrects,
        };

    private static Notification Next(Notification before, NotificationEvent happened) =>
        happened switch
        {
            NotificationSent sent => before with
            {
                Answer = NotificationAnswer.NoAnswer,
                SentAt = sent.SentAt,
                Channel = sent.Channel,
                Proof = sent.Proof,
                StatementKey = sent.StatementKey,
                Statement = sent.Statement,
            },
            NotificationUnanswered silent => before with { UnansweredAt = silent.At },
            NotificationAnswered answered => before with
            {
                Answer = answered.Answer,
                AnsweredAt = answered.AnsweredAt,
                Reason = answered.Reason,
                Origin = answered.Origin,
            },
            NotificationWithdrawn withdrawn => before with
            {
                WithdrawnAt = withdrawn.At,
                Reason = withdrawn.Reason,
            },
            NotificationOutdated outdated => before with
            {
                Outdated = new Outdating(outdated.Because, outdated.At, null, null),
            },
            NotificationCorrected corrected => before with
            {
                Outdated = before.Outdated! with { CorrectedBy = corrected.Notification },
            },
            CorrectionReminded reminded => before with
            {
                Outdated = before.Outdated! with { RemindedAt = reminded.At },
            },
            _ => throw new InvalidOperationException(
                $"a notification knows no {happened.GetType().Name}"
            ),
        };
}
