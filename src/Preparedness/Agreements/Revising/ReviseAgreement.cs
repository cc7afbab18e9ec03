using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements.Revising;

/// <summary>Lays other terms before the parties, or the same with another end. Those in force hold until every party has signed.</summary>
public sealed record ReviseAgreement(AgreementTerms Terms, string Reason)
{
    [JsonIgnore]
    public AgreementsOnRecord Known { get; init; } = AgreementsOnRecord.None;

    public static Decided<AgreementEvent> Decide(
        Agreement? state,
        ReviseAgreement command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            AgreementRules.Standing(state, now)
            ?? AgreementRules.Acts(state!, by, null, null).No
            ?? AgreementRules.Terms(state!.Id, command.Terms, command.Known)
            ?? OpenText.Needed(command.Reason, "the reason")
            ?? (
                state.State == AgreementState.Withdrawn
                    ? Refusal.WrongState("its parties left; propose a new agreement")
                : command.Terms.Until <= now ? Refusal.Invalid("the terms would be over already")
                : state.State is AgreementState.InForce or AgreementState.Signed
                && command.Terms.From > now
                    ? Refusal.Invalid(
                        "other terms begin when every party has signed them; their beginning must not lie ahead"
                    )
                : null
            );
        return no is not null
            ? no
            : new AgreementRevised(now, by.Person, command.Terms, command.Reason);
    }
}
