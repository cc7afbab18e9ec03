using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Contacts.Pinging;

public enum PingWay
{
    /// <summary>A message with a link and a code.</summary>
    Email,

    /// <summary>A code alone, handed over or read out: by telephone, by radio, on paper.</summary>
    Code,
}

public enum PingState
{
    /// <summary>To be sent.</summary>
    Waiting,

    /// <summary>It is being sent. One that stays so was perhaps sent, and is not sent again.</summary>
    Sending,

    /// <summary>A mail server took it, or somebody took the code. It waits for an answer.</summary>
    Asked,
    Answered,
    Unanswered,

    /// <summary>It never went out, so it says nothing of the contact.</summary>
    Unsent,
    Bounced,

    /// <summary>It can be answered no more: the contact changed, or a wrong code was tried too often.</summary>
    Void,
}

/// <summary>Asks one contact point whether somebody answers there. Link and code are known to whoever got them; a hash is kept.</summary>
public sealed record ContactPing : ISubject<ContactPing, ContactPingEvent>
{
    /// <summary>Of 2^40 codes.</summary>
    public const int GuessesMax = 5;

    public const int AttemptsMax = 5;

    static string ISubject<ContactPing, ContactPingEvent>.Kind => "contact-ping";

    /// <summary>Short, because people read it out.</summary>
    public required string Id { get; init; }

    public required string Contact { get; init; }

    public required int Number { get; init; }

    public required PingWay Way { get; init; }

    public required PingState State { get; init; }

    public required Instant MadeAt { get; init; }

    public required Instant ExpiresAt { get; init; }

    /// <summary>Who was shown the code, and so cannot say that it was heard; null for nobody.</summary>
    public required string? ShownTo { get; init; }

    public required PingSecret? Secret { get; init; }

    public required int Guesses { get; init; }

    /// <summary>Times that sending failed before anything went out.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is tried again at the earliest.</summary>
    public required Instant NotBefore { get; init; }

    public required VerifiedBy? AnsweredBy { get; init; }

    /// <summary>Why it went no further; null while nothing went wrong.</summary>
    public required string? Reason { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string? Parent => $"contact-point/{Contact}";

    [JsonIgnore]
    public string Standing => Checks.Word(State);

    [JsonIgnore]
    public bool IsOpen => State is PingState.Waiting or PingState.Sending or PingState.Asked;

    [JsonIgnore]
    public Instant? DueAt => IsOpen ? ExpiresAt : null;

    public static ContactPing Apply(ContactPing? before, ContactPingEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is PingMade made)
        {
            return new ContactPing
            {
                Id = made.Id,
                Contact = made.Contact,
                Number = made.Number,
                Way = made.Way,
                State = made.Secret is null ? PingState.Waiting : PingState.Asked,
                MadeAt = made.At,
                ExpiresAt = made.ExpiresAt,
                ShownTo = made.Secret is null ? null : made.By,
                Secret = made.Secret,
                Guesses = 0,
                Attempts = 0,
                NotBefore = made.At,
                AnsweredBy = null,
                Reason = null,
                ChangedAt = made.At,
                Marking = made.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        ContactPing after = happened switch
        {
            PingSendingBegun begun => before with
            {
                State = PingState.Sending,
                Secret = begun.Secret,
            },
            PingSent => before with { State = PingState.Asked, Reason = null },
            PingDelayed delayed => before with
            {
                State = PingState.Waiting,
                Secret = null,
                Attempts = before.Attempts + 1,
                NotBefore = delayed.NotBefore,
                Reason = delayed.Reason,
            },
            PingInDoubt doubt => before with { Reason = doubt.Reason },
            PingUnsent unsent => before with { State = PingState.Unsent, Reason = unsent.Reason },
            PingBounced bounced => before with
            {
                State = PingState.Bounced,
                Reason = bounced.Reason,
            },
            PingCodeWrong => before with { Guesses = before.Guesses + 1 },
            PingAnswered answered => before with
            {
                State = PingState.Answered,
                AnsweredBy = answered.Way,
            },
            PingUnanswered => before with { State = PingState.Unanswered },
            PingVoided voided => before with { State = PingState.Void, Reason = voided.Reason },
            _ => throw new InvalidOperationException($"a ping knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }

    /// <summary>What was not answered in time is unanswered; what was never sent, or perhaps not, asked nobody.</summary>
    public static Decided<ContactPingEvent> Elapse(ContactPing state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return !state.IsOpen || now < state.ExpiresAt ? Decided<ContactPingEvent>.Nothing
            : state.State == PingState.Asked ? new PingUnanswered(now, Checks.Time)
            : new PingUnsent(
                now,
                Checks.Time,
                state.Reason ?? "this node sent no e-mail while it waited"
            );
    }

    internal const string NotKnown =
        "it is not known whether it was sent, so it was not sent again";
}

/// <summary>What becomes of a ping.</summary>
public abstract record ContactPingEvent(Instant At, string By);

public sealed record PingMade(
    Instant At,
    string By,
    string Id,
    string Contact,
    int Number,
    PingWay Way,
    Instant ExpiresAt,
    PingSecret? Secret,
    Marking Marking
) : ContactPingEvent(At, By);

/// <summary>Recorded before anything leaves the node, so that a restart sends nothing twice.</summary>
public sealed record PingSendingBegun(Instant At, string By, PingSecret Secret)
    : ContactPingEvent(At, By);

public sealed record PingSent(Instant At, string By) : ContactPingEvent(At, By);

/// <summary>It did not go out, for a reason that may pass.</summary>
public sealed record PingDelayed(Instant At, string By, string Reason, Instant NotBefore)
    : ContactPingEvent(At, By);

/// <summary>It was being sent, and nobody knows whether it went out. It can still be answered; it is not sent again.</summary>
public sealed record PingInDoubt(Instant At, string By, string Reason) : ContactPingEvent(At, By);

public sealed record PingUnsent(Instant At, string By, string Reason) : ContactPingEvent(At, By);

public sealed record PingBounced(Instant At, string By, string Reason) : ContactPingEvent(At, By);

public sealed record PingCodeWrong(Instant At, string By) : ContactPingEvent(At, By);

public sealed record PingAnswered(Instant At, string By, VerifiedBy Way) : ContactPingEvent(At, By);

public sealed record PingUnanswered(Instant At, string By) : ContactPingEvent(At, By);

public sealed record PingVoided(Instant At, string By, string Reason) : ContactPingEvent(At, By);
