using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements.Signing;

/// <summary>A party says no to the terms that lie before it. Terms that hold go on holding.</summary>
/// <param name="Party">A party that has no account here, by its name; null for the own organisation.</param>
public sealed record DeclineAgreement(string Reason, string? Party = null, string? Document = null)
{
    public static Decided<AgreementEvent> Decide(
        Agreement? state,
        DeclineAgreement command,
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
            : state!.Revision is null && state.State != AgreementState.Proposed
                ? Refusal.WrongState("no terms lie before the parties")
            : new AgreementDeclined(now, by.Person, party!, command.Reason);
    }
}
