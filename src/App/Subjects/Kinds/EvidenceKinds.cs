using Breakwater.App.Dossiers;
using Breakwater.Decisions.Dossiers;
using Breakwater.Decisions.Orders;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>What findings rest on: items of evidence, and what is known of orders to cut people off.</summary>
internal static class EvidenceKinds
{
    /// <summary>Whoever documents. A publisher is not among them: it does not edit evidence.</summary>
    private static readonly Role[] _documenters = [Role.Analyst, Role.LegalAnalyst];

    public static IEnumerable<SubjectKind> All() => [Dossiers(), Orders()];

    /// <summary>A dossier does not travel in bundles: a copy leaves as an export, and that is a step of custody.</summary>
    private static SubjectKind Dossiers() =>
        new KindOf<Dossier, DossierEvent>("dossiers")
            .Fills<OpenDossier>(DossierActs.ForOpening, OpenDossier.Decide, _documenters)
            .ToStart()
            .Fills<CollectItem>(DossierActs.ForCollecting, CollectItem.Decide, _documenters)
            .Does<VerifyItem>(VerifyItem.Decide, _documenters)
            .Fills<CheckOctets>(DossierActs.ForChecking, CheckOctets.Decide, _documenters)
            .Does<RecordCopy>(RecordCopy.Decide, _documenters)
            .Fills<RedactItem>(DossierActs.ForRedacting, RedactItem.Decide, _documenters)
            .Does<RecordItemConsent>(RecordItemConsent.Decide, _documenters)
            .Does<AssessItemSafety>(AssessItemSafety.Decide, _documenters)
            .Does<SupportFact>(SupportFact.Decide, _documenters)
            .Does<WithdrawSupport>(WithdrawSupport.Decide, _documenters)
            .Fills<OfferCustody>(DossierActs.ForOffering, OfferCustody.Decide, _documenters)
            // Custody may go to any role of the other organisation; the offer says which one accepts.
            .Lets<AcceptCustody>(AcceptCustody.Decide)
            .Lets<EndCustodyOffer>(EndCustodyOffer.Decide)
            .Does<SealItem>(SealItem.Decide, _documenters)
            .Does<WithdrawItem>(WithdrawItem.Decide, _documenters)
            .Does<CloseDossier>(CloseDossier.Decide, _documenters)
            .Elapses(Dossier.Elapse)
            .Made();

    private static SubjectKind Orders() =>
        new KindOf<ShutdownOrder, ShutdownOrderEvent>("shutdown-orders")
            .Travels()
            .Starts<RegisterOrder>(RegisterOrder.Decide, Admission.Roles, _documenters)
            .Does<AddOrderAccount>(AddOrderAccount.Decide, _documenters)
            .Does<RecordOrderStatus>(RecordOrderStatus.Decide, _documenters)
            .Fills<LinkOrder>(DossierActs.ForLinking, LinkOrder.Decide, _documenters)
            .Made();
}
