using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership;

/// <summary>What takes two people of different organisations.</summary>
public enum ApprovalAction
{
    Unseal,
    Publish,

    /// <summary>Taking a publication back: at once by one, confirmed by a second afterwards.</summary>
    Withdraw,
    Membership,
    Keys,

    /// <summary>No marking is widened, so nobody can propose it any more; events that say so are still read.</summary>
    WidenMarking,
}

public enum ApprovalState
{
    /// <summary>Nothing may be done on it yet.</summary>
    Proposed,

    /// <summary>Done at once by one person and not yet confirmed by a second; withdrawals only.</summary>
    AtOnce,

    /// <summary>Nobody confirmed within 24 hours what was done at once.</summary>
    Escalated,
    Approved,
    Refused,

    /// <summary>What was to be approved is no longer what it was.</summary>
    Voided,
    Expired,

    /// <summary>Done. It holds for nothing more.</summary>
    Used,
}

public abstract record ApprovalEvent;

public sealed record ApprovalProposed(
    string Id,
    ApprovalAction Action,
    string Subject,
    string Hash,
    string Reason,
    Marking Marking,
    Signatory By,
    Instant ExpiresAt,
    Instant At
) : ApprovalEvent;

/// <summary>One publisher took a publication back; a second confirms it within 24 hours.</summary>
public sealed record WithdrawnAtOnce(
    string Id,
    string Subject,
    string Hash,
    string Reason,
    Marking Marking,
    Signatory By,
    Instant At
) : ApprovalEvent;

public sealed record ApprovalGiven(Signatory By, Instant At) : ApprovalEvent;

public sealed record ApprovalRefused(Signatory By, string Reason, Instant At) : ApprovalEvent;

/// <param name="FoundHash">Of what was found instead of what was to be approved.</param>
public sealed record ApprovalVoided(string FoundHash, Instant At) : ApprovalEvent;

public sealed record ApprovalExpired(Instant At) : ApprovalEvent;

public sealed record ApprovalUsed(string By, Instant At) : ApprovalEvent;

public sealed record WithdrawalEscalated(Instant At) : ApprovalEvent;

/// <summary>
/// Four eyes on one act: what exactly was approved is bound by its hash, holds once, and holds no longer when anything of it
/// changed.
/// </summary>
public sealed record Approval : ISubject<Approval, ApprovalEvent>
{
    public static string Kind => "approval";

    /// <summary>How long a proposal, or an approval that nobody used, stands.</summary>
    public static Duration Stands { get; } = Duration.FromDays(3);

    public static Duration ConfirmWithin { get; } = Duration.FromHours(24);

    public required string Id { get; init; }

    public required ApprovalAction Action { get; init; }

    /// <summary>The ledger subject that it is about, <c>kind/id</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>SHA-256 of exactly what is approved, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public required string Reason { get; init; }

    public required Marking Marking { get; init; }

    public required Signatory By { get; init; }

    public required Instant At { get; init; }

    public required Instant ExpiresAt { get; init; }

    public required ApprovalState State { get; init; }

    /// <summary>Who approved or refused; null while nobody has.</summary>
    public Signatory? Second { get; init; }

    [JsonIgnore]
    public string? Parent => Subject;

    [JsonIgnore]
    public string Standing =>
        State switch
        {
            ApprovalState.Proposed => "proposed",
            ApprovalState.AtOnce => "at-once",
            ApprovalState.Escalated => "escalated",
            ApprovalState.Approved => "approved",
            ApprovalState.Refused => "refused",
            ApprovalState.Voided => "voided",
            ApprovalState.Expired => "expired",
            _ => "used",
        };

    [JsonIgnore]
    public Instant? DueAt =>
        State switch
        {
            ApprovalState.Proposed => ExpiresAt,
            ApprovalState.Approved when Action != ApprovalAction.Withdraw => ExpiresAt,
            ApprovalState.AtOnce => At + ConfirmWithin,
            _ => null,
        };

    /// <summary>True when this act, on exactly this, may be done now.</summary>
    public bool Covers(ApprovalAction action, string subject, string hash, Instant now) =>
        State == ApprovalState.Approved
        && Action == action
        && Action != ApprovalAction.Withdraw
        && Subject == subject
        && Hash == hash
        && now < ExpiresAt;

    public static Approval Apply(Approval? before, ApprovalEvent happened) =>
        (before, happened) switch
        {
            (_, ApprovalProposed proposed) => new Approval
            {
                Id = proposed.Id,
                Action = proposed.Action,
                Subject = proposed.Subject,
                Hash = proposed.Hash,
                Reason = proposed.Reason,
                Marking = proposed.Marking,
                By = proposed.By,
                At = proposed.At,
                ExpiresAt = proposed.ExpiresAt,
                State = ApprovalState.Proposed,
            },
            (_, WithdrawnAtOnce withdrawn) => new Approval
            {
                Id = withdrawn.Id,
                Action = ApprovalAction.Withdraw,
                Subject = withdrawn.Subject,
                Hash = withdrawn.Hash,
                Reason = withdrawn.Reason,
                Marking = withdrawn.Marking,
                By = withdrawn.By,
                At = withdrawn.At,
                ExpiresAt = withdrawn.At + ConfirmWithin,
                State = ApprovalState.AtOnce,
            },
            (null, _) => throw new InvalidOperationException(
                $"{happened.GetType().Name} begins no approval"
            ),
            (_, ApprovalGiven given) => before with
            {
                State = ApprovalState.Approved,
                Second = given.By,
            },
            (_, ApprovalRefused refused) => before with
            {
                State = ApprovalState.Refused,
                Second = refused.By,
            },
            (_, ApprovalVoided) => before with { State = ApprovalState.Voided },
            (_, ApprovalExpired) => before with { State = ApprovalState.Expired },
            (_, ApprovalUsed) => before with { State = ApprovalState.Used },
            (_, WithdrawalEscalated) => before with { State = ApprovalState.Escalated },
            _ => before,
        };

    public static Decided<ApprovalEvent> Elapse(Approval state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.DueAt is not { } due || due > now ? Decided<ApprovalEvent>.Nothing
            : state.State == ApprovalState.AtOnce ? new WithdrawalEscalated(now)
            : new ApprovalExpired(now);
    }
}
