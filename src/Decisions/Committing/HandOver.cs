using System.Text.Json.Serialization;
using Breakwater.Decisions.Membership;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Committing;

/// <summary>
/// The supplier hands a working service to who shall keep it up from then on, so that a response can end without ending it. It
/// is settled when that organisation accepts.
/// </summary>
/// <param name="To">The organisation.</param>
public sealed record HandOver(string To, string Reason)
{
    /// <summary>That organisation as it stands. Who calls reads it from the store; null: there is none.</summary>
    [JsonIgnore]
    public Organisation? Receiver { get; init; }

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
            : state.IsTakenOver
                ? Refusal.WrongState($"{state.HandedOverTo} accepted it and keeps it up")
            : command.Receiver is not { IsOperating: true } receiver || receiver.Id != command.To
                ? Refusal.Invalid(
                    "no vetted organisation of this node has this id; who shall keep it up must be one, so that it can accept"
                )
            : new CommitmentHandedOver(now, by.Person, by.Organisation, command.To, command.Reason);
    }
}
