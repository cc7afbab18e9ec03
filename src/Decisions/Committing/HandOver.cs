using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Committing;

/// <summary>The supplier hands a working service to who keeps it up from then on, so that a response can end without ending it.</summary>
/// <param name="To">The organisation.</param>
public sealed record HandOver(string To, string Reason)
{
    public static Decided<CommitmentEvent> Decide(
        Commitment? state,
        HandOver command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("commitment");
        }

        Refusal? refusal =
            Checks.Id(command.To, "the organisation")
            ?? Checks.Needed(command.Reason, "the reason")
            ?? Checks.Order(state.ChangedAt, now);
        if (refusal is not null)
        {
            return refusal;
        }

        return state.State is not (CommitmentState.Working or CommitmentState.StillWorking)
                ? Refusal.WrongState("only what works can be handed over")
            : by.Organisation is null || by.Organisation != state.Stakeholder
                ? Refusal.NotAllowed("only who promised can hand over")
            : command.To == state.Stakeholder ? Refusal.Invalid("it is handed to somebody else")
            : command.To == state.HandedOverTo ? Decided<CommitmentEvent>.Nothing
            : new CommitmentHandedOver(now, by.Person, by.Organisation, command.To, command.Reason);
    }
}
