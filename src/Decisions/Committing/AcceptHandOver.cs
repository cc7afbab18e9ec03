using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Committing;

/// <summary>The organisation that a working service was handed to keeps it up from now on. Until it says so, nobody does but who promised.</summary>
public sealed record AcceptHandOver
{
    public static Decided<CommitmentEvent> Decide(
        Commitment? state,
        AcceptHandOver command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return state is null ? Checks.Missing("commitment")
            : state.HandedOverTo is null ? Refusal.WrongState("it was handed over to nobody")
            : by.Organisation is null || by.Organisation != state.HandedOverTo
                ? Refusal.NotAllowed("only the organisation that it was handed to can accept it")
            : state.IsEnded
                ? Refusal.WrongState($"the commitment is {state.State} and moves no more")
            : state.IsTakenOver ? Decided<CommitmentEvent>.Nothing
            : Checks.Order(state.ChangedAt, now) is { } late ? late
            : new CommitmentTakenOver(now, by.Person, by.Organisation);
    }
}
