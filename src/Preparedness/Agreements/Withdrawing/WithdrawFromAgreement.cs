using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements.Withdrawing;

/// <summary>A party leaves. The others go on while there are two.</summary>
public sealed record WithdrawFromAgreement(
    string Reason,
    string? Party = null,
    string? Document = null
)
{
    public static Decided<AgreementEvent> Decide(
        Agreement? state,
        WithdrawFromAgreement command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (
            (
                AgreementRules.Standing(state, now) ?? OpenText.Needed(command.Reason, "the reason")
            ) is
            { } no
        )
        {
            return no;
        }

        (string? party, Refusal? notTheirs) = AgreementRules.Acts(
            state!,
            by,
            command.Party,
            command.Document
        );
        return notTheirs is not null ? notTheirs
            : state!.State is not (AgreementState.Signed or AgreementState.InForce)
                ? Refusal.WrongState("nobody can leave what is not signed by all")
            : state.Bound.All(one => one.Key() != party)
                ? Refusal.WrongState("the party left before")
            : new PartyWithdrew(now, by.Person, party!, command.Reason);
    }
}
