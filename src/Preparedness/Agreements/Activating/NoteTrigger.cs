using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements.Activating;

/// <summary>
/// What looking at a disruption does to an agreement: a met trigger proposes its use, once; what was proposed follows what becomes
/// known. Nobody gives this command.
/// </summary>
/// <param name="Earlier">The id under which the disruption was told when the use was proposed; the same id when it was not told again.</param>
public sealed record NoteTrigger(string Earlier, DisruptionAtHand Disruption)
{
    public static Decided<AgreementEvent> Decide(Agreement state, NoteTrigger command, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        DisruptionAtHand disruption = command.Disruption;
        if (state.In(command.Earlier) is not { } before)
        {
            // What cannot be told is shown by whoever asks, and proposes nothing.
            return disruption.Truth == Truth.True && state.IsInForceAt(now)
                ? new ActivationProposed(
                    now,
                    Checks.Time,
                    new AgreementActivation(
                        disruption.Id,
                        disruption.Id,
                        disruption.Place,
                        ActivationState.Proposed,
                        Truth.True,
                        [],
                        now,
                        now,
                        [],
                        disruption.Marking
                    )
                )
                : Decided<AgreementEvent>.Nothing;
        }

        bool isSame =
            before.DisruptionId == disruption.Id
            && before.Truth == disruption.Truth
            && before.Marking == disruption.Marking
            && before.NotKnown.SequenceEqual(disruption.NotKnown);
        return isSame
            ? Decided<AgreementEvent>.Nothing
            : new ActivationRevised(
                now,
                Checks.Time,
                before.DisruptionId,
                (
                    before with
                    {
                        DisruptionId = disruption.Id,
                        Place = disruption.Place,
                        Truth = disruption.Truth,
                        NotKnown = disruption.NotKnown,
                        LookedAt = now,
                        Marking = disruption.Marking,
                        ProposedAt =
                            before.ProposedAt ?? (disruption.Truth == Truth.True ? now : null),
                    }
                ).Settled()
            );
    }
}
