using Breakwater.App.Agreements;
using Breakwater.App.CountryPlans;
using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Agreements.Activating;
using Breakwater.Preparedness.Agreements.Proposing;
using Breakwater.Preparedness.Agreements.Revising;
using Breakwater.Preparedness.Agreements.Signing;
using Breakwater.Preparedness.Agreements.Supplying;
using Breakwater.Preparedness.Agreements.Testing;
using Breakwater.Preparedness.Agreements.Withdrawing;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Preparedness.CountryPlans.Answering;
using Breakwater.Preparedness.CountryPlans.Opening;
using Breakwater.Preparedness.CountryPlans.Owning;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>What is promised in advance, and what countries have of a plan.</summary>
internal static class AgreementKinds
{
    private static readonly Role[] _answering =
    [
        Role.Analyst,
        Role.Planner,
        Role.LegalAnalyst,
        Role.Representative,
    ];

    public static IEnumerable<SubjectKind> All() => [Agreements(), CountryPlans()];

    /// <summary>Whoever speaks for a party signs, leaves and answers; a test is written down by whoever ran it.</summary>
    private static SubjectKind Agreements() =>
        new KindOf<Agreement, AgreementEvent>("agreements")
            .Travels()
            .Fills<ProposeAgreement>(
                AgreementFacts.ForProposal,
                ProposeAgreement.Decide,
                Role.Representative
            )
            // Named by whoever proposes it, because triggers name agreements.
            .ToStartAt<ProposeAgreement>(command => command.Id)
            .Does<SignAgreement>(SignAgreement.Decide, Role.Representative)
            .Does<DeclineAgreement>(DeclineAgreement.Decide, Role.Representative)
            .Fills<ReviseAgreement>(
                AgreementFacts.ForRevision,
                ReviseAgreement.Decide,
                Role.Representative
            )
            .Does<WithdrawFromAgreement>(WithdrawFromAgreement.Decide, Role.Representative)
            .Does<RecordAgreementTest>(
                RecordAgreementTest.Decide,
                Role.Representative,
                Role.Planner
            )
            .Fills<LinkOffer>(AgreementFacts.ForLink, LinkOffer.Decide, Role.Representative)
            .Does<UnlinkOffer>(UnlinkOffer.Decide, Role.Representative)
            .Fills<AnswerActivation>(
                AgreementFacts.ForAnswer,
                AnswerActivation.Decide,
                Role.Representative
            )
            .Elapses(Agreement.Elapse)
            .Follows(AgreementFacts.Tell)
            .Made();

    private static SubjectKind CountryPlans() =>
        new KindOf<CountryPlan, CountryPlanEvent>("country-plans")
            .Travels()
            .StartsAt<OpenCountryPlan>(
                command => command.Country,
                OpenCountryPlan.Decide,
                _answering
            )
            .Fills<AnswerItem>(ChecklistAtHand.ForAnswer, AnswerItem.Decide, _answering)
            .Fills<SetItemOwner>(ChecklistAtHand.ForOwner, SetItemOwner.Decide, _answering)
            .Made();
}
