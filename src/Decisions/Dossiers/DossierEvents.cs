using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Dossiers;

/// <summary>What happens to a dossier.</summary>
/// <param name="By">Pseudonym of the person; <c>time</c> for what nobody did.</param>
public abstract record DossierEvent(Instant At, string By);

public sealed record DossierOpened(
    Instant At,
    string By,
    string Organisation,
    string Id,
    string Name,
    string Purpose,
    string? DisruptionId,
    string? Response,
    Marking Marking
) : DossierEvent(At, By);

public sealed record DossierClosed(Instant At, string By, string Reason) : DossierEvent(At, By);

/// <summary>What happens to one item.</summary>
/// <param name="Marking">That of the item: whoever may not see the item sees nothing that happened to it.</param>
public abstract record ItemEvent(Instant At, string By, string ItemId, Marking Marking)
    : DossierEvent(At, By);

public sealed record ItemCollected(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    DossierItem Item
) : ItemEvent(At, By, ItemId, Marking);

/// <summary>A step of custody: one more link of the chain.</summary>
public abstract record CustodyStep(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    CustodyEvent Custody
) : ItemEvent(At, By, ItemId, Marking);

public sealed record ItemVerified(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    CustodyEvent Custody,
    Verification Verification
) : CustodyStep(At, By, ItemId, Marking, Custody);

/// <param name="Size">As it was seen; null when there was nothing to see.</param>
/// <param name="Sha512">The same.</param>
public sealed record ItemOctetsChecked(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    CustodyEvent Custody,
    OctetsState Octets,
    long? Size,
    string? Sha512
) : CustodyStep(At, By, ItemId, Marking, Custody);

/// <param name="Copy">Address of the copy; null for one that left in an export.</param>
public sealed record ItemCopied(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    CustodyEvent Custody,
    string? Copy
) : CustodyStep(At, By, ItemId, Marking, Custody);

public sealed record ItemRedacted(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    CustodyEvent Custody,
    Redaction Redaction
) : CustodyStep(At, By, ItemId, Marking, Custody);

public sealed record ItemSealed(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    CustodyEvent Custody
) : CustodyStep(At, By, ItemId, Marking, Custody);

public sealed record ItemWithdrawn(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    CustodyEvent Custody
) : CustodyStep(At, By, ItemId, Marking, Custody);

/// <summary>The other side accepted: custody is there from now on.</summary>
public sealed record ItemTransferred(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    CustodyEvent Custody
) : CustodyStep(At, By, ItemId, Marking, Custody);

public sealed record CustodyOffered(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    CustodyOffer Offer
) : ItemEvent(At, By, ItemId, Marking);

/// <summary>Declined by the other side, or taken back by this one: custody stays where it is.</summary>
public sealed record CustodyOfferEnded(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    string Reason
) : ItemEvent(At, By, ItemId, Marking);

public sealed record ItemConsentRecorded(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    ItemConsent Consent,
    string? For,
    string Reason
) : ItemEvent(At, By, ItemId, Marking);

public sealed record ItemSafetyAssessed(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    SafetyRisk Risk,
    string Note
) : ItemEvent(At, By, ItemId, Marking);

public sealed record ItemSupportedFact(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    Support Support
) : ItemEvent(At, By, ItemId, Marking);

public sealed record FactSupportWithdrawn(
    Instant At,
    string By,
    string ItemId,
    Marking Marking,
    string Support,
    string Reason
) : ItemEvent(At, By, ItemId, Marking);
