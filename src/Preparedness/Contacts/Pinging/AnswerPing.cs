using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Contacts.Pinging;

/// <summary>The button on the page behind the link was pressed. Opening the page alone confirms nothing: machines open links.</summary>
public sealed record AnswerByLink(string Link)
{
    public static Decided<ContactPingEvent> Decide(
        ContactPing? ping,
        AnswerByLink command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return PingRules.Open(ping, now) is { } no ? no
            : ping!.Secret!.IsLink(command.Link) ? new PingAnswered(now, by.Person, VerifiedBy.Link)
            : PingRules.Wrong;
    }
}

/// <summary>The contact typed its code.</summary>
public sealed record AnswerByCode(string Code)
{
    public static Decided<ContactPingEvent> Decide(
        ContactPing? ping,
        AnswerByCode command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return PingRules.Open(ping, now) is { } no
            ? no
            : PingRules.Try(ping!, command.Code, by, VerifiedBy.CodeTyped, now);
    }
}

/// <summary>A registrar enters the code that the contact read out.</summary>
public sealed record EnterCode(string Code)
{
    public static Decided<ContactPingEvent> Decide(
        ContactPing? ping,
        EnterCode command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            PingRules.Open(ping, now)
            ?? (
                ping!.ShownTo == by.Person
                    ? Refusal.NotAllowed(
                        "you were shown this code, so that you know it proves nothing; the contact types it, or another registrar enters what they hear"
                    )
                    : null
            );
        return no is not null
            ? no
            : PingRules.Try(ping!, command.Code, by, VerifiedBy.CodeHeard, now);
    }
}

internal static class PingRules
{
    /// <summary>The same sentence for every way of being wrong: it helps nobody to guess.</summary>
    public static Refusal Wrong { get; } =
        Refusal.Invalid("this is not the code or link of an open ping");

    public static Refusal? Open(ContactPing? ping, Instant now) =>
        ping is null ? Wrong
        : ping.State == PingState.Answered
            ? Refusal.WrongState("this ping was answered already; nothing more is needed")
        : now >= ping.ExpiresAt || ping.State == PingState.Unanswered
            ? Refusal.WrongState(
                "this ping is no longer open; ask those who keep the directory for a new one"
            )
        : ping.State is PingState.Asked or PingState.Sending && ping.Secret is not null
            ? Checks.Order(ping.ChangedAt, now)
        : Refusal.WrongState(
            "this ping is no longer open; ask those who keep the directory for a new one"
        );

    /// <summary>A wrong code is recorded: it is counted, and those who keep the contact see it.</summary>
    public static Decided<ContactPingEvent> Try(
        ContactPing ping,
        string? code,
        Participant by,
        VerifiedBy way,
        Instant now
    )
    {
        if (!PingCode.IsForm(code))
        {
            return Refusal.Invalid("a code has eight letters or digits, such as 7KQM-2RTD");
        }

        if (ping.Secret!.IsCode(code))
        {
            return new PingAnswered(now, by.Person, way);
        }

        ContactPingEvent wrong = new PingCodeWrong(now, by.Person);
        return ping.Guesses + 1 < ContactPing.GuessesMax
            ? wrong
            : (ContactPingEvent[])
                [
                    wrong,
                    new PingVoided(
                        now,
                        Checks.Time,
                        $"a wrong code was tried {ContactPing.GuessesMax} times"
                    ),
                ];
    }
}
