using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements.Signing;

/// <summary>A party signs the terms that lie before it. When the last one has, they are in force from their first day.</summary>
/// <param name="Party">A party that has no account here, by its name; null for the own organisation.</param>
/// <param name="Document">Where that other party signed: an address, or a hash with its source.</param>
public sealed record SignAgreement(string? Party = null, string? Document = null)
{
    public static Decided<AgreementEvent> Decide(
        Agreement? state,
        SignAgreement command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (AgreementRules.Standing(state, now) is { } no)
        {
            return no;
        }

        (string? party, Refusal? notTheirs) = AgreementRules.Acts(
            state!,
            by,
            command.Party,
            command.Document
        );
        if (notTheirs is not null)
        {
            return notTheirs;
        }

        AgreementTerms terms = state!.Revision ?? state.Terms;
        IReadOnlyList<PartySignature> asked = state.Revision is null
            ? state.Signatures
            : state.RevisionSignatures;
        if (asked.FirstOrDefault(one => one.Party == party) is not { } before)
        {
            return Refusal.WrongState("the party left, and these terms are not for it");
        }

        if (before.Answer == PartyAnswer.Accepted)
        {
            return Decided<AgreementEvent>.Nothing;
        }

        if (state.Revision is null && state.State != AgreementState.Proposed)
        {
            return Refusal.WrongState("no terms lie before the parties");
        }

        if (terms.Until <= now)
        {
            return Refusal.WrongState("the terms that lie before the parties are over already");
        }

        var signed = new AgreementSigned(
            now,
            by.Person,
            party!,
            party == state.PartyOf(by.Organisation)!.Key() ? null : command.Document
        );
        bool isLast = asked.All(one => one.Party == party || one.Answer == PartyAnswer.Accepted);
        return isLast && terms.From <= now
            ? (AgreementEvent[])[signed, new AgreementBegan(now, by.Person)]
            : signed;
    }
}
