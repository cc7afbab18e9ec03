using System.Text.Json.Serialization;
using Breakwater.Disruptions;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Scoping;

/// <summary>Says that a disruption is none that this mechanism is for.</summary>
public sealed record MarkOutOfScope(string DisruptionId, ScopeGround Ground, string Reason)
{
    /// <summary>Who calls reads it from the store; null: it is not on record.</summary>
    [JsonIgnore]
    public Disruption? Disruption { get; init; }

    public static Decided<ScopeEvent> Decide(
        ScopeJudgement? state,
        MarkOutOfScope command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            Checks.Id(command.DisruptionId, "the disruption")
            ?? Checks.Known(command.Ground, "ground")
            ?? Scopes.WhyNot(state, command.Reason, by, now)
            ?? (
                state is not null && state.Id != command.DisruptionId
                    ? Refusal.Invalid("this record is on another disruption")
                : state is not null and not { State: ScopeState.InScope }
                    ? Refusal.WrongState($"its scope is {state.Standing} already")
                : command.Disruption is null ? Refusal.Invalid("the disruption is not on record")
                : null
            );
        return no is not null
            ? no
            : new MarkedOutOfScope(
                now,
                by.Person,
                by.Organisation,
                command.Reason,
                command.DisruptionId,
                command.Ground,
                command.Disruption!.Marking
            );
    }
}

/// <summary>
/// Says so as well, for another organisation. Where somebody contested it, this answers, and an organisation that has spoken already
/// is no judge of it.
/// </summary>
public sealed record ConfirmOutOfScope(string Reason)
{
    public static Decided<ScopeEvent> Decide(
        ScopeJudgement? state,
        ConfirmOutOfScope command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("scope judgement");
        }

        Refusal? no =
            Scopes.WhyNot(state, command.Reason, by, now)
            ?? (
                state.State == ScopeState.InScope
                    ? Refusal.WrongState("it is in scope; mark it first")
                : by.Organisation == state.Mark.Organisation
                || state.Contests.Any(word => word.Organisation == by.Organisation)
                || (state.Contests.Count > 0 && state.Confirmation?.Organisation == by.Organisation)
                    ? Refusal.NotAllowed("an organisation that has not spoken on it must say so")
                : null
            );
        return no is not null ? no
            : state.State == ScopeState.OutOfScope && state.Contests.Count == 0
                ? Decided<ScopeEvent>.Nothing
            : new ScopeConfirmed(now, by.Person, by.Organisation, command.Reason);
    }
}

/// <summary>Disagrees, with a reason. It stays as it is until an analyst answers, and says that it is contested.</summary>
public sealed record ContestScope(string Reason)
{
    public static Decided<ScopeEvent> Decide(
        ScopeJudgement? state,
        ContestScope command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("scope judgement");
        }

        Refusal? no =
            Checks.Needed(command.Reason, "the reason")
            ?? Checks.Order(state.ChangedAt, now)
            ?? (
                state.State == ScopeState.InScope
                    ? Refusal.WrongState("it is in scope; there is nothing to contest")
                : state.Contests.Any(word => word.By == by.Person)
                    ? Refusal.WrongState("you contest it already; it waits for an answer")
                : state.Contests.Count >= ScopeJudgement.ContestsMax
                    ? Refusal.TooMuch(
                        $"it is contested {ScopeJudgement.ContestsMax} times already; wait for the answer"
                    )
                : null
            );
        return no is not null
            ? no
            : new ScopeContested(now, by.Person, by.Organisation, command.Reason);
    }
}

/// <summary>
/// Says that the disruption is in scope after all. Whoever marked it may take that back while nobody confirmed it; after that another
/// organisation is needed.
/// </summary>
public sealed record ReverseScope(string Reason)
{
    public static Decided<ScopeEvent> Decide(
        ScopeJudgement? state,
        ReverseScope command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("scope judgement");
        }

        Refusal? no =
            Scopes.WhyNot(state, command.Reason, by, now)
            ?? (
                state.State == ScopeState.OutOfScope && by.Organisation == state.Mark.Organisation
                    ? Refusal.NotAllowed("the organisation that marked it cannot reverse it alone")
                    : null
            );
        return no is not null ? no
            : state.State == ScopeState.InScope ? Decided<ScopeEvent>.Nothing
            : new ScopeReversed(now, by.Person, by.Organisation, command.Reason);
    }
}

/// <summary>What every judgement of a scope asks first.</summary>
internal static class Scopes
{
    public static Refusal? WhyNot(
        ScopeJudgement? state,
        string? reason,
        Participant by,
        Instant now
    ) =>
        Checks.Needed(reason, "the reason")
        ?? (
            by.Organisation is null
                ? Refusal.NotAllowed("only a member of an organisation can do this")
            : state is null ? null
            : Checks.Order(state.ChangedAt, now)
        );
}
