using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements.Activating;

/// <summary>A disruption that an agreement may be used in, as whoever calls finds it.</summary>
/// <param name="Truth">Whether the trigger is met.</param>
public sealed record DisruptionAtHand(
    string Id,
    Place Place,
    Truth Truth,
    IReadOnlyList<TriggerAspect> NotKnown,
    Marking Marking
);

/// <summary>
/// A party says that it uses the agreement in a disruption, or that it does not, with its reason. It may do so although the trigger
/// is not met, or is not known to be: the agreement is theirs.
/// </summary>
public sealed record AnswerActivation(string DisruptionId, ActivationChoice Choice, string Reason)
{
    /// <summary>Null when it is not on record.</summary>
    [JsonIgnore]
    public DisruptionAtHand? Disruption { get; init; }

    public static Decided<AgreementEvent> Decide(
        Agreement? state,
        AnswerActivation command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            AgreementRules.Standing(state, now)
            ?? AgreementRules.Acts(state!, by, null, null).No
            ?? Checks.Id(command.DisruptionId, "the disruption")
            ?? Checks.Known(command.Choice, "answer")
            ?? OpenText.Needed(command.Reason, "the reason");
        if (no is not null)
        {
            return no;
        }

        AgreementActivation? before = state!.In(command.DisruptionId);
        if (before is null && command.Disruption is null)
        {
            return Refusal.Invalid("the disruption is not on record");
        }

        if (before is null && command.Choice == ActivationChoice.Refuse)
        {
            return Refusal.WrongState("its use was not proposed in this disruption");
        }

        if (!state.IsInForceAt(now))
        {
            return Refusal.WrongState("the agreement is not in force");
        }

        string party = state.PartyOf(by.Organisation)!.Key();
        AgreementActivation at =
            before
            ?? new AgreementActivation(
                command.DisruptionId,
                command.DisruptionId,
                command.Disruption!.Place,
                ActivationState.Used,
                command.Disruption.Truth,
                command.Disruption.NotKnown,
                null,
                now,
                [],
                command.Disruption.Marking
            );
        return new ActivationAnswered(
            now,
            by.Person,
            (
                at with
                {
                    Answers =
                    [
                        .. at.Answers.Where(answer => answer.Party != party),
                        new ActivationAnswer(party, command.Choice, command.Reason, by.Person, now),
                    ],
                }
            ).Settled()
        );
    }
}
