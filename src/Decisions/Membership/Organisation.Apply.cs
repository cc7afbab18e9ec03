using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership;

/// <summary>How each event changes an organisation. Nothing is judged here: what is in the ledger happened.</summary>
public sealed partial record Organisation
{
    public static Organisation Apply(Organisation? before, OrganisationEvent happened) =>
        happened switch
        {
            OrganisationFounded founded => Of(founded),
            OrganisationApplied applied => Of(applied),
            _ when before is null => throw new InvalidOperationException(
                $"{happened.GetType().Name} begins no organisation"
            ),
            OrganisationVouched
            or OrganisationObjected
            or ObjectionAnswered
            or ObjectionWithdrawn => before.Vetting(happened),
            OrganisationVetted vetted => before with { VettedAt = vetted.At },
            ContactPointSet set => before with
            {
                Contacts =
                [
                    .. before.Contacts.Where(contact => contact.Id != set.Contact.Id),
                    set.Contact,
                ],
            },
            MandateChanged changed => before with { Mandate = changed.Mandate },
            _ => before.Staffing(happened) ?? before.Restricting(happened) ?? before,
        };

    private static Organisation Of(OrganisationFounded founded) =>
        new()
        {
            Id = founded.Id,
            Name = founded.Name,
            Class = founded.Class,
            Mandate = founded.Mandate,
            Marking = founded.Marking,
            AppliedAt = founded.At,
            VettedAt = founded.At,
            Contacts = founded.Contacts,
            Members = founded.Members,
        };

    private static Organisation Of(OrganisationApplied applied) =>
        new()
        {
            Id = applied.Id,
            Name = applied.Name,
            Class = applied.Class,
            Mandate = applied.Mandate,
            Marking = applied.Marking,
            AppliedAt = applied.At,
            VettedAt = null,
            Contacts = applied.Contacts,
            Members = [new Member(applied.By, MemberStanding.Joined, applied.At, [])],
        };

    private Organisation Vetting(OrganisationEvent happened) =>
        happened switch
        {
            OrganisationVouched vouched => this with
            {
                Vouchers =
                [
                    .. Vouchers,
                    new Voucher(vouched.By, vouched.Class, vouched.Reason, vouched.At),
                ],
            },
            OrganisationObjected objected => this with
            {
                Objections =
                [
                    .. Objections,
                    new Objection(objected.By, objected.Reason, objected.At, null),
                ],
            },
            ObjectionAnswered answered => this with
            {
                Objections =
                [
                    .. Objections.Select(objection =>
                        objection.By.Person == answered.Objector
                            ? objection with
                            {
                                Answer = answered.Answer,
                            }
                            : objection
                    ),
                ],
            },
            ObjectionWithdrawn withdrawn => this with
            {
                Objections =
                [
                    .. Objections.Where(objection => objection.By.Person != withdrawn.Objector),
                ],
            },
            _ => this,
        };

    /// <summary>Null when it has nothing to do with members.</summary>
    private Organisation? Staffing(OrganisationEvent happened) =>
        happened switch
        {
            MemberInvited invited => With(
                new Member(invited.Person, MemberStanding.Invited, invited.At, [])
            ),
            MemberJoined joined => With(
                new Member(joined.Person, MemberStanding.Joined, joined.At, [])
            ),
            MemberLeft left => Without(left.Person, MemberStanding.Left, left.At),
            InvitationLapsed lapsed => this with
            {
                Members = [.. Members.Where(member => member.Person != lapsed.Person)],
            },
            RoleProposed proposed => this with
            {
                Proposals =
                [
                    .. Proposals,
                    new RoleProposal(
                        proposed.Person,
                        proposed.Role,
                        proposed.Until,
                        proposed.By,
                        proposed.At
                    ),
                ],
            },
            RoleDeclined declined => WithoutProposal(declined.Person, declined.Role),
            RoleProposalLapsed lapsed => WithoutProposal(lapsed.Person, lapsed.Role),
            // Given again by two, whatever one had taken before.
            RoleGiven given => WithoutProposal(given.Person, given.Role)
                .WithoutTaking(given.Person, given.Role)
                .WithRoles(
                    given.Person,
                    roles => [.. roles, new RoleHeld(given.Role, given.At, given.Until)]
                ),
            RoleEnded ended => WithoutRole(ended.Person, ended.Role),
            RoleGivenUp up => WithoutRole(up.Person, up.Role),
            RoleTaken taken => WithoutRole(taken.Person, taken.Role) with
            {
                Takings =
                [
                    .. Takings,
                    new Taking(taken.Person, taken.Role, taken.Reason, taken.By, taken.At, false),
                ],
            },
            MemberRevoked revoked => Without(
                revoked.Person,
                MemberStanding.Revoked,
                revoked.At
            ) with
            {
                Takings =
                [
                    .. Takings,
                    new Taking(revoked.Person, null, revoked.Reason, revoked.By, revoked.At, false),
                ],
            },
            TakingConfirmed confirmed => WithoutTaking(confirmed.Person, confirmed.Role),
            TakingEscalated escalated => this with
            {
                Takings =
                [
                    .. Takings.Select(taking =>
                        (taking.Person, taking.Role) == (escalated.Person, escalated.Role)
                            ? taking with
                            {
                                IsEscalated = true,
                            }
                            : taking
                    ),
                ],
            },
            _ => null,
        };

    /// <summary>Null when it has nothing to do with a restriction.</summary>
    private Organisation? Restricting(OrganisationEvent happened) =>
        happened switch
        {
            OrganisationSuspended suspended => this with
            {
                Restriction = Begun(
                    RestrictionKind.Suspended,
                    suspended.Reason,
                    suspended.By,
                    suspended.At
                ),
            },
            OrganisationRevoked revoked => this with
            {
                Restriction = Begun(
                    RestrictionKind.Revoked,
                    revoked.Reason,
                    revoked.By,
                    revoked.At
                ),
            },
            RestrictionLapsed lapsed when Restriction is { } restriction => this with
            {
                Restriction = restriction.Before,
                Lapsed = [.. Lapsed, new LapsedRestriction(restriction.By, lapsed.At)],
            },
            RestrictionLifted => this with { Restriction = null },
            AppealRuled { Ruling: AppealRuling.Upheld } => this with { Restriction = null },
            _ when Restriction is { } restriction => this with
            {
                Restriction = Changed(restriction, happened),
            },
            _ => null,
        };

    private static Restriction Changed(Restriction restriction, OrganisationEvent happened) =>
        happened switch
        {
            RestrictionConfirmed confirmed => restriction with { Second = confirmed.By },
            RestrictionEscalated => restriction with { IsEscalated = true },
            LiftProposed lift => restriction with
            {
                Lift = new Lift(lift.Reason, lift.By, lift.At),
            },
            AppealOpened opened => restriction with
            {
                Appeal = new Appeal(
                    opened.Grounds,
                    opened.By,
                    opened.At,
                    opened.At + AppealReminder,
                    null,
                    null
                ),
            },
            AppealOverdue overdue when restriction.Appeal is { } appeal => restriction with
            {
                Appeal = appeal with { Due = overdue.At + AppealReminder },
            },
            RulingProposed ruling when restriction.Appeal is { } appeal => restriction with
            {
                Appeal = appeal with
                {
                    Proposed = new ProposedRuling(ruling.Ruling, ruling.Reason, ruling.By),
                },
            },
            AppealRuled ruled when restriction.Appeal is { } appeal => restriction with
            {
                Appeal = appeal with { Ruling = ruled.Ruling },
            },
            _ => restriction,
        };

    private Restriction Begun(RestrictionKind kind, string reason, Signatory by, Instant at) =>
        new(kind, reason, by, at, null, false, null, null, Restriction);

    private Organisation With(Member member) =>
        this with
        {
            Members = [.. Members.Where(other => other.Person != member.Person), member],
        };

    /// <summary>Takes the roles and whatever was proposed with them.</summary>
    private Organisation Without(string person, MemberStanding standing, Instant at) =>
        With(new Member(person, standing, at, [])) with
        {
            Proposals = [.. Proposals.Where(proposal => proposal.Person != person)],
        };

    private Organisation WithoutProposal(string person, Role role) =>
        this with
        {
            Proposals =
            [
                .. Proposals.Where(proposal => (proposal.Person, proposal.Role) != (person, role)),
            ],
        };

    private Organisation WithoutTaking(string person, Role? role) =>
        this with
        {
            Takings = [.. Takings.Where(taking => (taking.Person, taking.Role) != (person, role))],
        };

    private Organisation WithoutRole(string person, Role role) =>
        WithRoles(person, roles => [.. roles.Where(held => held.Role != role)]);

    private Organisation WithRoles(
        string person,
        Func<IReadOnlyList<RoleHeld>, IReadOnlyList<RoleHeld>> change
    ) =>
        this with
        {
            Members =
            [
                .. Members.Select(member =>
                    member.Person == person ? member with { Roles = change(member.Roles) } : member
                ),
            ],
        };
}
