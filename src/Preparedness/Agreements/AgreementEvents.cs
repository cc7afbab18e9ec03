using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements;

/// <summary>What happens to an agreement.</summary>
/// <param name="By">Pseudonym of the person; <c>time</c> for what nobody did.</param>
public abstract record AgreementEvent(Instant At, string By);

public sealed record AgreementProposed(
    Instant At,
    string By,
    string Id,
    string Name,
    IReadOnlyList<AgreementParty> Parties,
    AgreementTerms Terms,
    Marking Marking
) : AgreementEvent(At, By);

/// <param name="Document">Where it is signed, when somebody else recorded it.</param>
public sealed record AgreementSigned(Instant At, string By, string Party, string? Document)
    : AgreementEvent(At, By);

public sealed record AgreementDeclined(Instant At, string By, string Party, string Reason)
    : AgreementEvent(At, By);

/// <summary>Other terms lie before the parties, or the same with another end: nobody has signed them yet.</summary>
public sealed record AgreementRevised(Instant At, string By, AgreementTerms Terms, string Reason)
    : AgreementEvent(At, By);

/// <summary>Every party signed, and its first day has come.</summary>
public sealed record AgreementBegan(Instant At, string By) : AgreementEvent(At, By);

/// <param name="Since">When it ended, which may be before anybody looked.</param>
public sealed record AgreementExpired(Instant At, string By, Instant Since)
    : AgreementEvent(At, By);

public sealed record PartyWithdrew(Instant At, string By, string Party, string Reason)
    : AgreementEvent(At, By);

public sealed record AgreementTested(Instant At, string By, AgreementTest Test)
    : AgreementEvent(At, By);

/// <summary>An offer of a party rests on the agreement.</summary>
public sealed record AgreementOfferLinked(Instant At, string By, string OfferId)
    : AgreementEvent(At, By);

public sealed record AgreementOfferUnlinked(Instant At, string By, string OfferId, string Reason)
    : AgreementEvent(At, By);

/// <summary>The trigger was met in a disruption: people are asked, and nothing is done.</summary>
public sealed record ActivationProposed(Instant At, string By, AgreementActivation Activation)
    : AgreementEvent(At, By);

/// <summary>What is known of the disruption changed, or it is told under another id.</summary>
public sealed record ActivationRevised(
    Instant At,
    string By,
    string EarlierDisruptionId,
    AgreementActivation Activation
) : AgreementEvent(At, By);

/// <summary>A party says that it uses the agreement in a disruption, or why it does not.</summary>
public sealed record ActivationAnswered(Instant At, string By, AgreementActivation Activation)
    : AgreementEvent(At, By);
