using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Clearances;

/// <summary>Records that somebody reminded the authority. The next reminder counts from now.</summary>
public sealed record RemindAuthority(string Channel)
{
    public static Decided<ClearanceEvent> Decide(
        ClearanceFile? state,
        RemindAuthority command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no = ClearanceRules.Silent(state) ?? Wanting.Name("the channel", command.Channel);
        return no is not null ? no : new AuthorityReminded(command.Channel, by.Person, now);
    }
}

/// <summary>Takes an unanswered request to somebody higher before the time for it has come.</summary>
public sealed record EscalateClearance(string To, string Reason)
{
    public static Decided<ClearanceEvent> Decide(
        ClearanceFile? state,
        EscalateClearance command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ClearanceRules.Silent(state)
            ?? Wanting.Name("to whom", command.To)
            ?? Wanting.Text("the reason", command.Reason);
        return no is not null
            ? no
            : new ClearanceEscalated(
                command.To,
                (int)state!.SilentFor(now)!.Value.TotalDays,
                command.Reason,
                by.Person,
                now
            );
    }
}

/// <summary>Adds a subject that waits for this permit.</summary>
/// <param name="Subject"><c>offer/…</c>, <c>commitment/…</c> or <c>mission/…</c>.</param>
public sealed record WaitOnClearance(string Subject)
{
    public static Decided<ClearanceEvent> Decide(
        ClearanceFile? state,
        WaitOnClearance command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no = ClearanceRules.Open(state) ?? Wanting.Name("what waits", command.Subject);
        return no is not null ? no
            : state!.Waiting.Contains(command.Subject, StringComparer.Ordinal)
                ? Decided<ClearanceEvent>.Nothing
            : state.Waiting.Count >= Wanting.ListMax
                ? Refusal.TooMuch($"more than {Wanting.ListMax} subjects wait for it")
            : new ClearanceAwaited(command.Subject, by.Person, now);
    }
}

/// <summary>Gives the request up. What waited for it must find another way.</summary>
public sealed record WithdrawClearance(string Reason)
{
    public static Decided<ClearanceEvent> Decide(
        ClearanceFile? state,
        WithdrawClearance command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ClearanceRules.Open(state)
            ?? (
                state!.For is null || state.For == by.Organisation
                    ? null
                    : Refusal.NotAllowed("only the organisation that needs it gives it up")
            )
            ?? Wanting.Text("the reason", command.Reason);
        return no is not null ? no : new ClearanceWithdrawn(command.Reason, by.Person, now);
    }
}

/// <summary>What must hold before anything is done to a clearance.</summary>
internal static class ClearanceRules
{
    public static Refusal? Open(ClearanceFile? state) =>
        state is null ? Refusal.WrongState("there is no such clearance")
        : state.WithdrawnAt is not null ? Refusal.WrongState("the clearance was withdrawn")
        : null;

    public static Refusal? Silent(ClearanceFile? state) =>
        Open(state)
        ?? (
            state!.Answer == ClearanceAnswer.NoAnswer
                ? null
                : Refusal.WrongState("no answer is awaited")
        );
}
