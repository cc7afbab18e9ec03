using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership;

/// <summary>What happened to an organisation. <c>By</c> is a pseudonym, or a signatory where its organisation matters.</summary>
public abstract record OrganisationEvent;

/// <summary>One of those that a node begins with; there was nobody yet who could have vouched for it.</summary>
public sealed record OrganisationFounded(
    string Id,
    string Name,
    StakeholderClass Class,
    string Mandate,
    IReadOnlyList<ContactPoint> Contacts,
    IReadOnlyList<Member> Members,
    Marking Marking,
    Instant At
) : OrganisationEvent;

public sealed record OrganisationApplied(
    string Id,
    string Name,
    StakeholderClass Class,
    string Mandate,
    IReadOnlyList<ContactPoint> Contacts,
    Marking Marking,
    string By,
    Instant At
) : OrganisationEvent;

/// <summary>It takes part in deliberation from here on, and in nothing else (INV-09).</summary>
public sealed record OrganisationJoined(Instant At) : OrganisationEvent;

public sealed record OrganisationVouched(
    Signatory By,
    StakeholderClass Class,
    string Reason,
    Instant At
) : OrganisationEvent;

public sealed record OrganisationObjected(Signatory By, string Reason, Instant At)
    : OrganisationEvent;

public sealed record ObjectionAnswered(string Objector, string Answer, string By, Instant At)
    : OrganisationEvent;

public sealed record ObjectionWithdrawn(string Objector, Instant At) : OrganisationEvent;

public sealed record OrganisationVetted(Instant At) : OrganisationEvent;

public sealed record ContactPointSet(ContactPoint Contact, string By, Instant At)
    : OrganisationEvent;

public sealed record MandateChanged(string Mandate, string By, Instant At) : OrganisationEvent;

public sealed record MemberInvited(string Person, string By, Instant At) : OrganisationEvent;

public sealed record MemberJoined(string Person, Instant At) : OrganisationEvent;

public sealed record MemberLeft(string Person, Instant At) : OrganisationEvent;

public sealed record InvitationLapsed(string Person, Instant At) : OrganisationEvent;

public sealed record RoleProposed(
    string Person,
    Role Role,
    Instant? Until,
    Signatory By,
    Instant At
) : OrganisationEvent;

public sealed record RoleDeclined(string Person, Role Role, string Reason, Signatory By, Instant At)
    : OrganisationEvent;

public sealed record RoleProposalLapsed(string Person, Role Role, Instant At) : OrganisationEvent;

public sealed record RoleGiven(
    string Person,
    Role Role,
    Instant? Until,
    Signatory By,
    Signatory Second,
    Instant At
) : OrganisationEvent;

public sealed record RoleEnded(string Person, Role Role, Instant At) : OrganisationEvent;

/// <summary>Somebody gave its own role back; that needs no second person.</summary>
public sealed record RoleGivenUp(string Person, Role Role, Instant At) : OrganisationEvent;

public sealed record RoleTaken(string Person, Role Role, string Reason, Signatory By, Instant At)
    : OrganisationEvent;

public sealed record MemberRevoked(string Person, string Reason, Signatory By, Instant At)
    : OrganisationEvent;

public sealed record TakingConfirmed(string Person, Role? Role, Signatory By, Instant At)
    : OrganisationEvent;

public sealed record TakingEscalated(string Person, Role? Role, Instant At) : OrganisationEvent;

public sealed record OrganisationSuspended(string Reason, Signatory By, Instant At)
    : OrganisationEvent;

public sealed record OrganisationRevoked(string Reason, Signatory By, Instant At)
    : OrganisationEvent;

public sealed record RestrictionConfirmed(Signatory By, Instant At) : OrganisationEvent;

public sealed record RestrictionEscalated(Instant At) : OrganisationEvent;

/// <summary>No second person stood by it within 72 hours, so it ended: one person alone puts nobody out for long.</summary>
public sealed record RestrictionLapsed(Instant At) : OrganisationEvent;

public sealed record LiftProposed(string Reason, Signatory By, Instant At) : OrganisationEvent;

public sealed record RestrictionLifted(string Reason, Signatory By, Signatory Second, Instant At)
    : OrganisationEvent;

public sealed record AppealOpened(string Grounds, string By, Instant At) : OrganisationEvent;

public sealed record AppealOverdue(Instant At) : OrganisationEvent;

public sealed record RulingProposed(AppealRuling Ruling, string Reason, Signatory By, Instant At)
    : OrganisationEvent;

public sealed record AppealRuled(
    AppealRuling Ruling,
    string Reason,
    Signatory By,
    Signatory Second,
    Instant At
) : OrganisationEvent;
