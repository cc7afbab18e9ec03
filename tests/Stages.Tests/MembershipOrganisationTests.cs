using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Appealing;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Decisions.Membership.Joining;
using Breakwater.Decisions.Membership.Revoking;
using Breakwater.Decisions.Membership.Vetting;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.MembershipFixture;
using static Breakwater.Stages.Tests.SubjectAsserts;

namespace Breakwater.Stages.Tests;

/// <summary>Organisations: anybody joins deliberation, several classes vet, nobody is put out by one alone.</summary>
public sealed class MembershipOrganisationTests
{
    [Fact]
    public void INV_09_Anyone_joins_deliberation_at_once_and_may_do_nothing_else()
    {
        Organisation applied = Applied();
        Assert.Equal("joined", applied.Standing);
        Participant ann = Of(applied, "ann");
        Assert.Equal("uni", ann.Organisation);
        Assert.Equal([Role.Reporter], ann.Roles);
        Refused(
            RefusalKind.WrongState,
            Decisions.Membership.GivingRoles.ProposeRole.Decide(
                applied,
                new("ann", Role.Analyst),
                By("gov", Role.Registrar),
                Now
            )
        );
    }

    [Fact]
    public void Contacts_begin_unverified_whatever_is_said_of_them() =>
        Assert.Equal(ContactStanding.Unverified, Assert.Single(Applied().Contacts).Standing);

    [Fact]
    public void A_contact_that_is_changed_is_unverified_again()
    {
        Organisation set = After(
            Applied(),
            SetContactPoint.Decide(Applied(), new(Contact), Of(Applied(), "ann"), Now)
        );
        Assert.Equal(ContactStanding.Unverified, Assert.Single(set.Contacts).Standing);
    }

    [Fact]
    public void Two_classes_other_than_its_own_vet_an_organisation()
    {
        Organisation once = Vouched(Applied(), "gov");
        Assert.Equal("joined", once.Standing);
        Assert.Equal("vetted", Vouched(once, "civil").Standing);
    }

    [Fact]
    public void The_same_class_does_not_vouch_and_no_organisation_vouches_twice()
    {
        Organisation once = Vouched(Applied(), "gov");
        Refused(
            RefusalKind.WrongState,
            Vouch.Decide(once, new("again"), By("gov", Role.Registrar), Now)
        );
        Participant peer = By("gov", Role.Registrar) with
        {
            Organisation = "academy",
            Class = StakeholderClass.Academia,
        };
        Refused(RefusalKind.NotAllowed, Vouch.Decide(once, new("a peer"), peer, Now));
    }

    [Fact]
    public void Two_organisations_of_one_class_are_one_class()
    {
        Participant ministry = By("gov", Role.Registrar) with { Organisation = "ministry" };
        Organisation twice = After(
            Vouched(Applied(), "gov"),
            Vouch.Decide(Vouched(Applied(), "gov"), new("we too"), ministry, Now)
        );
        Assert.Equal("joined", twice.Standing);
    }

    [Fact]
    public void Its_own_members_and_people_without_roles_vouch_for_nobody()
    {
        Organisation applied = Applied();
        Refused(RefusalKind.NotAllowed, Vouch.Decide(applied, new("me"), Of(applied, "ann"), Now));
        Refused(RefusalKind.NotAllowed, Vouch.Decide(applied, new("me"), Alone("eve"), Now));
    }

    [Fact]
    public void An_objection_is_answered_before_anybody_is_vetted_and_asks_for_one_class_more()
    {
        Organisation objected = After(
            Applied(),
            ObjectToOrganisation.Decide(
                Applied(),
                new("they sell what they measure"),
                By("tech", Role.Representative),
                Now
            )
        );
        Organisation twice = Vouched(Vouched(objected, "gov"), "civil");
        Assert.Equal("joined", twice.Standing);
        Organisation answered = After(
            twice,
            AnswerObjection.Decide(
                twice,
                new("tech-representative", "we do not"),
                Of(twice, "ann"),
                Now
            )
        );
        Assert.Equal("joined", answered.Standing);
        Organisation withdrawn = After(
            answered,
            WithdrawObjection.Decide(answered, new(), By("tech", Role.Representative), Now)
        );
        Assert.Equal("vetted", withdrawn.Standing);
    }

    [Fact]
    public void A_suspended_organisation_has_no_roles_from_the_first_person_on()
    {
        Organisation uni = With(Vetted(), "ann", Role.Analyst);
        Assert.True(Of(uni, "ann").Is(Role.Analyst));
        Organisation suspended = Suspended(uni);
        Assert.Equal("suspended", suspended.Standing);
        Assert.Equal([Role.Reporter], Of(suspended, "ann").Roles);
    }

    [Fact]
    public void One_person_alone_puts_no_organisation_out_for_long_and_not_again()
    {
        Organisation suspended = Suspended(Vetted());
        Assert.Equal(Now + (24 * Hour), suspended.DueAt);
        Organisation escalated = After(
            suspended,
            Organisation.Elapse(suspended, Now + (24 * Hour))
        );
        Assert.True(escalated.Restriction!.IsEscalated);
        Organisation free = After(escalated, Organisation.Elapse(escalated, Now + (72 * Hour)));
        Assert.Equal(("vetted", null), (free.Standing, free.DueAt));
        Refused(
            RefusalKind.TooMuch,
            RestrictOrganisation.Decide(
                free,
                new(RestrictionKind.Suspended, "again"),
                By("gov", Role.Representative),
                Now + (73 * Hour)
            )
        );
    }

    [Fact]
    public void A_node_that_was_off_for_days_catches_up_at_once()
    {
        Organisation late = After(
            Suspended(Vetted()),
            Organisation.Elapse(Suspended(Vetted()), Now + (500 * Hour))
        );
        Assert.Equal(("vetted", null), (late.Standing, late.DueAt));
    }

    [Fact]
    public void A_second_person_of_a_third_organisation_makes_a_restriction_last()
    {
        Organisation suspended = Suspended(Vetted());
        Refused(
            RefusalKind.NotAllowed,
            ConfirmRestriction.Decide(suspended, new(), By("gov", Role.Representative), Now)
        );
        Organisation confirmed = Confirmed(suspended);
        Assert.Null(confirmed.DueAt);
        Organisation revoked = After(
            confirmed,
            RestrictOrganisation.Decide(
                confirmed,
                new(RestrictionKind.Revoked, "worse than that"),
                By("tech", Role.Registrar),
                Now
            )
        );
        Assert.Equal("revoked", revoked.Standing);
        Organisation lapsed = After(revoked, Organisation.Elapse(revoked, Now + (72 * Hour)));
        Assert.Equal("suspended", lapsed.Standing);
    }

    [Fact]
    public void Ending_a_restriction_takes_two_organisations_and_never_the_restricted_one()
    {
        Organisation confirmed = Confirmed(Suspended(Vetted()));
        Refused(
            RefusalKind.NotAllowed,
            ProposeLift.Decide(confirmed, new("please"), Of(confirmed, "ann"), Now)
        );
        Organisation proposed = After(
            confirmed,
            ProposeLift.Decide(confirmed, new("settled"), By("gov", Role.Registrar), Now)
        );
        Refused(
            RefusalKind.NotAllowed,
            ConfirmLift.Decide(proposed, new(), By("gov", Role.Representative), Now)
        );
        Organisation lifted = After(
            proposed,
            ConfirmLift.Decide(proposed, new(), By("civil", Role.Registrar), Now)
        );
        Assert.Equal("vetted", lifted.Standing);
    }

    [Fact]
    public void An_appeal_is_heard_by_people_who_took_no_part()
    {
        Organisation confirmed = Confirmed(Suspended(Vetted()));
        Organisation appealed = After(
            confirmed,
            AppealRestriction.Decide(confirmed, new("not so"), Of(confirmed, "ann"), Now)
        );
        ProposeRuling upheld = new(AppealRuling.Upheld, "no evidence");
        // Vouched for it; restricted it; confirmed that.
        foreach (
            Participant part in (Participant[])
                [
                    By("civil", Role.Representative),
                    By("gov", Role.Registrar),
                    By("tech", Role.Registrar),
                ]
        )
        {
            Refused(RefusalKind.NotAllowed, ProposeRuling.Decide(appealed, upheld, part, Now));
        }

        Organisation proposed = After(
            appealed,
            ProposeRuling.Decide(appealed, upheld, By("civil", Role.Registrar), Now)
        );
        Refused(
            RefusalKind.WrongState,
            ConfirmRuling.Decide(
                proposed,
                new(AppealRuling.Dismissed),
                By("tech", Role.Representative),
                Now
            )
        );
        Organisation ruled = After(
            proposed,
            ConfirmRuling.Decide(
                proposed,
                new(AppealRuling.Upheld),
                By("tech", Role.Representative),
                Now
            )
        );
        Assert.Equal("vetted", ruled.Standing);
    }

    [Fact]
    public void An_appeal_that_nobody_hears_is_told_again_and_again()
    {
        Organisation confirmed = Confirmed(Suspended(Vetted()));
        Organisation appealed = After(
            confirmed,
            AppealRestriction.Decide(confirmed, new("not so"), Of(confirmed, "ann"), Now)
        );
        for (int week = 0; week < 3; week++)
        {
            Instant due = appealed.DueAt!.Value;
            appealed = After(appealed, Organisation.Elapse(appealed, due));
            Assert.Equal(due + Duration.FromDays(7), appealed.DueAt);
        }
    }

    [Fact]
    public void A_node_begins_with_three_classes_and_registrars_in_two_of_them()
    {
        Assert.All(Founded, founder => Assert.Equal("vetted", founder.Standing));
        Assert.Equal(
            RefusalKind.Invalid,
            Found.Decide(new([.. Founding.Organisations.Take(2)]), Now).Refusal!.Kind
        );
        Found twice = new([
            .. Founding.Organisations.Take(2),
            Founding.Organisations[2] with
            {
                Members = Founding.Organisations[0].Members,
            },
        ]);
        Assert.Contains("one organisation", Found.Decide(twice, Now).Refusal!.Reason);
    }

    [Fact]
    public void A_person_is_in_one_organisation_only()
    {
        Refused(
            RefusalKind.NotAllowed,
            ApplyAsOrganisation.Decide(
                null,
                new("other", "Other", StakeholderClass.Academia, "measure", []),
                By("gov", Role.Registrar),
                Now
            )
        );
        Organisation invited = After(
            Applied(),
            InviteMember.Decide(Applied(), new("gov-registrar"), Of(Applied(), "ann"), Now)
        );
        Refused(
            RefusalKind.NotAllowed,
            JoinOrganisation.Decide(invited, new(), By("gov", Role.Registrar), Now)
        );
    }

    [Fact]
    public void Whoever_is_in_two_organisations_all_the_same_has_no_role()
    {
        Organisation both = Vetted() with
        {
            Members =
            [
                new Member(
                    "gov-registrar",
                    MemberStanding.Joined,
                    Now,
                    [new RoleHeld(Role.Analyst, Now, null)]
                ),
            ],
        };
        Assert.Equal([Role.Reporter], Of(both, "gov-registrar").Roles);
    }

    [Fact]
    public void An_invitation_that_nobody_answers_lapses_and_makes_nobody_a_member()
    {
        Organisation invited = After(
            Applied(),
            InviteMember.Decide(Applied(), new("bob"), Of(Applied(), "ann"), Now)
        );
        Assert.Null(invited.Joined("bob"));
        Organisation lapsed = After(
            invited,
            Organisation.Elapse(invited, Now + Duration.FromDays(14))
        );
        Refused(RefusalKind.NotAllowed, JoinOrganisation.Decide(lapsed, new(), Alone("bob"), Now));
    }

    [Fact]
    public void The_state_of_an_organisation_reads_back_as_it_was_written()
    {
        ReadsBack(With(Vetted(), "ann", Role.Analyst, Now + Hour));
        Organisation confirmed = Confirmed(Suspended(Vetted()));
        ReadsBack(
            After(
                confirmed,
                AppealRestriction.Decide(confirmed, new("not so"), Of(confirmed, "ann"), Now)
            )
        );
    }

    private static Organisation Suspended(Organisation organisation) =>
        After(
            organisation,
            RestrictOrganisation.Decide(
                organisation,
                new(RestrictionKind.Suspended, "leaked a plan"),
                By("gov", Role.Registrar),
                Now
            )
        );

    private static Organisation Confirmed(Organisation organisation) =>
        After(
            organisation,
            ConfirmRestriction.Decide(organisation, new(), By("tech", Role.Registrar), Now)
        );
}
