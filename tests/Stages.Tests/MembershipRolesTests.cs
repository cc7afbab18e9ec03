using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.GivingRoles;
using Breakwater.Decisions.Membership.Joining;
using Breakwater.Decisions.Membership.Revoking;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.MembershipFixture;
using static Breakwater.Stages.Tests.SubjectAsserts;

namespace Breakwater.Stages.Tests;

/// <summary>Roles: two people of different organisations give them, one takes them at once.</summary>
public sealed class MembershipRolesTests
{
    [Fact]
    public void A_role_is_given_by_a_registrar_and_somebody_of_another_organisation()
    {
        Organisation proposed = Proposed(Vetted());
        Assert.Equal([Role.Reporter], Of(proposed, "ann").Roles);
        Organisation given = After(
            proposed,
            ConfirmRole.Decide(
                proposed,
                new("ann", Role.Analyst),
                By("civil", Role.Representative),
                Now
            )
        );
        Assert.True(Of(given, "ann").Is(Role.Analyst));
        Assert.Empty(given.Proposals);
    }

    [Fact]
    public void The_same_person_and_the_same_organisation_confirm_nothing()
    {
        Organisation proposed = Proposed(Vetted());
        foreach (Role role in (Role[])[Role.Registrar, Role.Representative])
        {
            Refused(
                RefusalKind.NotAllowed,
                ConfirmRole.Decide(proposed, new("ann", Role.Analyst), By("gov", role), Now)
            );
        }
    }

    [Fact]
    public void Nobody_has_a_say_in_its_own_roles()
    {
        Organisation uni = With(Vetted(), "ann", Role.Registrar);
        Participant ann = Of(uni, "ann");
        Refused(
            RefusalKind.NotAllowed,
            ProposeRole.Decide(uni, new("ann", Role.Analyst), ann, Now)
        );
        Organisation proposed = Proposed(uni);
        Refused(
            RefusalKind.NotAllowed,
            ConfirmRole.Decide(proposed, new("ann", Role.Analyst), ann, Now)
        );
    }

    [Fact]
    public void Only_a_registrar_proposes_and_only_for_a_member()
    {
        Refused(
            RefusalKind.NotAllowed,
            ProposeRole.Decide(Vetted(), new("ann", Role.Analyst), By("gov", Role.Publisher), Now)
        );
        Refused(
            RefusalKind.WrongState,
            ProposeRole.Decide(Vetted(), new("eve", Role.Analyst), By("gov", Role.Registrar), Now)
        );
    }

    [Theory]
    [InlineData(Role.Planner, Role.Representative)]
    [InlineData(Role.Analyst, Role.Publisher)]
    [InlineData(Role.LegalAnalyst, Role.Publisher)]
    [InlineData(Role.Registrar, Role.Custodian)]
    [InlineData(Role.Custodian, Role.Operator)]
    public void Nobody_holds_two_roles_of_which_one_allows_what_the_other_forbids(
        Role one,
        Role other
    )
    {
        Assert.Contains(one < other ? (one, other) : (other, one), RoleRules.Exclusive);
        foreach ((Role held, Role more) in ((Role, Role)[])[(one, other), (other, one)])
        {
            Refused(
                RefusalKind.NotAllowed,
                ProposeRole.Decide(
                    With(Vetted(), "ann", held),
                    new("ann", more),
                    By("gov", Role.Registrar),
                    Now
                )
            );
        }
    }

    [Fact]
    public void No_other_pair_of_roles_is_exclusive() => Assert.Equal(5, RoleRules.Exclusive.Count);

    [Fact]
    public void Exclusive_roles_that_are_proposed_together_are_not_given_together()
    {
        Organisation both = After(
            Proposed(Vetted()),
            ProposeRole.Decide(
                Proposed(Vetted()),
                new("ann", Role.Publisher),
                By("gov", Role.Registrar),
                Now
            )
        );
        Organisation one = After(
            both,
            ConfirmRole.Decide(both, new("ann", Role.Analyst), By("tech", Role.Registrar), Now)
        );
        Refused(
            RefusalKind.NotAllowed,
            ConfirmRole.Decide(one, new("ann", Role.Publisher), By("tech", Role.Registrar), Now)
        );
    }

    [Fact]
    public void A_role_is_taken_at_once_by_one_and_escalated_after_a_day_without_a_second()
    {
        Organisation taken = Taken();
        Assert.Equal([Role.Reporter], Of(taken, "ann").Roles);
        Assert.Equal(Now + (24 * Hour), taken.DueAt);
        Organisation escalated = After(taken, Organisation.Elapse(taken, Now + (24 * Hour)));
        Assert.True(Assert.Single(escalated.Takings).IsEscalated);
        Assert.Null(escalated.DueAt);
        Assert.Equal([Role.Reporter], Of(escalated, "ann").Roles);
    }

    [Fact]
    public void A_taking_is_confirmed_by_another_organisation()
    {
        Organisation taken = Taken();
        Refused(
            RefusalKind.NotAllowed,
            ConfirmTaking.Decide(
                taken,
                new("ann", Role.Analyst),
                By("gov", Role.Representative),
                Now
            )
        );
        Organisation confirmed = After(
            taken,
            ConfirmTaking.Decide(taken, new("ann", Role.Analyst), By("tech", Role.Registrar), Now)
        );
        Assert.Empty(confirmed.Takings);
        Assert.Null(confirmed.DueAt);
    }

    [Fact]
    public void A_member_that_is_revoked_loses_roles_and_what_was_proposed_for_it()
    {
        Organisation proposed = Proposed(With(Vetted(), "ann", Role.Planner));
        Organisation revoked = After(
            proposed,
            RevokeMember.Decide(
                proposed,
                new("ann", "account was stolen"),
                By("gov", Role.Registrar),
                Now
            )
        );
        Assert.Null(revoked.Joined("ann"));
        Assert.Empty(revoked.Proposals);
        Assert.Null(Of(revoked, "ann").Organisation);
    }

    [Fact]
    public void One_organisation_takes_no_more_than_three_things_before_somebody_else_looks()
    {
        Organisation uni = Vetted();
        foreach (
            Role role in (Role[])[Role.Analyst, Role.Planner, Role.LegalAnalyst, Role.Operator]
        )
        {
            uni = With(uni, "ann", role);
        }

        foreach (Role role in (Role[])[Role.Analyst, Role.Planner, Role.LegalAnalyst])
        {
            uni = After(
                uni,
                TakeRole.Decide(uni, new("ann", role, "why"), By("gov", Role.Registrar), Now)
            );
        }

        Refused(
            RefusalKind.TooMuch,
            TakeRole.Decide(uni, new("ann", Role.Operator, "why"), By("gov", Role.Registrar), Now)
        );
    }

    [Fact]
    public void Whoever_gives_up_its_own_role_or_leaves_needs_nobody()
    {
        Organisation uni = With(Vetted(), "ann", Role.Analyst);
        Organisation given = After(
            uni,
            TakeRole.Decide(uni, new("ann", Role.Analyst, ""), Of(uni, "ann"), Now)
        );
        Assert.Equal([Role.Reporter], Of(given, "ann").Roles);
        Assert.Empty(given.Takings);
        Organisation left = After(uni, LeaveOrganisation.Decide(uni, new(), Of(uni, "ann"), Now));
        Assert.Null(Of(left, "ann").Organisation);
    }

    [Fact]
    public void A_role_with_an_end_is_over_on_time_even_when_nothing_ran()
    {
        Organisation uni = With(Vetted(), "ann", Role.Analyst, Now + Hour);
        Assert.True(Of(uni, "ann", Now).Is(Role.Analyst));
        Assert.False(Of(uni, "ann", Now + Hour).Is(Role.Analyst));
        Organisation after = After(uni, Organisation.Elapse(uni, Now + Hour));
        Assert.Empty(after.Joined("ann")!.Roles);
    }

    [Fact]
    public void A_proposal_lapses_after_a_week_and_gives_nothing()
    {
        Organisation proposed = Proposed(Vetted());
        Instant week = Now + Duration.FromDays(7);
        Refused(
            RefusalKind.WrongState,
            ConfirmRole.Decide(proposed, new("ann", Role.Analyst), By("tech", Role.Registrar), week)
        );
        Assert.Empty(After(proposed, Organisation.Elapse(proposed, week)).Proposals);
    }

    [Fact]
    public void A_role_allows_an_act_only_where_no_other_forbids_it()
    {
        Assert.True(RoleRules.May(new HashSet<Role> { Role.Publisher }, Act.Publish));
        Assert.False(
            RoleRules.May(new HashSet<Role> { Role.Publisher, Role.LegalAnalyst }, Act.Publish)
        );
        Assert.All(
            (Role[])[Role.Registrar, Role.Operator, Role.Reporter],
            role => Assert.False(RoleRules.May(new HashSet<Role> { role }, Act.Unseal))
        );
    }

    private static Organisation Proposed(Organisation organisation) =>
        After(
            organisation,
            ProposeRole.Decide(
                organisation,
                new("ann", Role.Analyst),
                By("gov", Role.Registrar),
                Now
            )
        );

    private static Organisation Taken()
    {
        Organisation uni = With(Vetted(), "ann", Role.Analyst);
        return After(
            uni,
            TakeRole.Decide(
                uni,
                new("ann", Role.Analyst, "was careless"),
                By("gov", Role.Registrar),
                Now
            )
        );
    }
}
