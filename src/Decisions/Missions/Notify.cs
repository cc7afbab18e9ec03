using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>Prepares what a party is told about a mission.</summary>
/// <param name="Mission">Id of the mission.</param>
/// <param name="Details">Exact terms, sealed; null for none.</param>
/// <param name="AnswerHours">Hours after which silence is noted, 1 to 720. Nothing waits for it.</param>
/// <param name="Corrects">Id of the notification of the same mission that it corrects or cancels; null: whatever the party was told before.</param>
public sealed record PrepareNotification(
    string Id,
    string Mission,
    string Party,
    Place Area,
    SealedField? Details,
    int AnswerHours,
    Marking Marking,
    string? Corrects = null
)
{
    /// <summary>Each is gone through when the mission changes.</summary>
    public const int OfMissionMax = 200;

    /// <summary>Notifications of the same mission. Who calls reads them from the store.</summary>
    [JsonIgnore]
    public IReadOnlyList<Notification> OfMission { get; init; } = [];

    public static Decided<NotificationEvent> Decide(
        Notification? state,
        PrepareNotification command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("this notification exists already"))
            ?? Wanting.Name("the id", command.Id)
            ?? Wanting.Name("the mission", command.Mission)
            ?? Wanting.Name("the party", command.Party)
            ?? Wanting.AreaOrCoreResource(command.Area)
            ?? (command.Details is null ? null : Wanting.Sealed("the details", command.Details))
            ?? Wanting.Between("the hours to an answer", command.AnswerHours, 1, 720)
            ?? MissionRules.Marking(command.Marking)
            ?? (
                command.OfMission.Count >= OfMissionMax
                    ? Refusal.TooMuch($"a mission has at most {OfMissionMax} notifications")
                : command.Corrects is { } earlier
                && !command.OfMission.Any(one => one.Id == earlier)
                    ? Refusal.Invalid("what it corrects is no notification of this mission")
                : null
            );
        return no is not null
            ? no
            : new NotificationPrepared(
                command.Id,
                command.Mission,
                command.Party,
                command.Area,
                command.Details,
                command.AnswerHours,
                command.Marking,
                by.Person,
                now
            )
            {
                Corrects = command.Corrects,
            };
    }
}

/// <summary>Records that it was sent, with the statement that it asks for nothing.</summary>
public sealed record SendNotification(Instant SentAt, string Channel, string Proof)
{
    public static Decided<NotificationEvent> Decide(
        Notification? state,
        SendNotification command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            NotificationRules.Open(state)
            ?? (
                state!.SentAt is null
                    ? null
                    : Refusal.WrongState("it was sent already; prepare another for news")
            )
            ?? (
                state.Outdated is { } outdated && command.SentAt >= outdated.Since
                    ? Refusal.WrongState(
                        "it was prepared for earlier terms of the mission; withdraw it and prepare another"
                    )
                    : null
            )
            ?? Wanting.Past("the time of sending", command.SentAt, now)
            ?? Wanting.Name("the channel", command.Channel)
            ?? Wanting.Optional("the proof", command.Proof);
        return no is not null
            ? no
            : new NotificationSent(
                command.SentAt,
                command.Channel,
                command.Proof,
                NotificationStatement.Key,
                NotificationStatement.English,
                by.Person,
                now
            );
    }
}

/// <summary>Records what the party said: acknowledged or denied. A denial changes nothing but this record.</summary>
public sealed record AnswerNotification(
    NotificationAnswer Answer,
    Instant AnsweredAt,
    string Reason,
    Origin Origin
)
{
    public static Decided<NotificationEvent> Decide(
        Notification? state,
        AnswerNotification command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            NotificationRules.Open(state)
            ?? (
                state!.SentAt is null ? Refusal.WrongState("it was not sent")
                : command.Answer is NotificationAnswer.Acknowledged or NotificationAnswer.Denied
                    ? null
                : Refusal.Invalid("silence is no answer; it is counted by itself")
            )
            ?? Wanting.Past("the time of the answer", command.AnsweredAt, now)
            ?? Wanting.Optional("the reason", command.Reason)
            ?? Wanting.Known("the origin", command.Origin);
        return no is not null
            ? no
            : new NotificationAnswered(
                command.Answer,
                command.AnsweredAt,
                command.Reason,
                command.Origin,
                by.Person,
                now
            );
    }
}

/// <summary>Withdraws a notification. The mission goes on as it is.</summary>
public sealed record WithdrawNotification(string Reason)
{
    public static Decided<NotificationEvent> Decide(
        Notification? state,
        WithdrawNotification command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            NotificationRules.Open(state) ?? Wanting.Optional("the reason", command.Reason);
        return no is not null ? no : new NotificationWithdrawn(command.Reason, by.Person, now);
    }
}

internal static class NotificationRules
{
    public static Refusal? Open(Notification? state) =>
        state is null ? Refusal.WrongState("there is no such notification")
        : state.WithdrawnAt is not null ? Refusal.WrongState("the notification was withdrawn")
        : null;
}
