using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Grouping;
using Breakwater.Decisions.Membership.Rostering;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.MembershipFixture;
using static Breakwater.Stages.Tests.SubjectAsserts;

namespace Breakwater.Stages.Tests;

/// <summary>Sharing groups and duty rosters.</summary>
public sealed class MembershipGroupsTests
{
    [Fact]
    public void A_group_has_no_members_before_a_second_of_its_organisations_agrees()
    {
        SharingGroup proposed = Proposed();
        Assert.Equal(("proposed", 0), (proposed.Standing, proposed.Organisations.Count));
        Assert.Equal(Distribution.Group, proposed.Marking.Distribution);
        Refused(
            RefusalKind.NotAllowed,
            ConfirmGroup.Decide(proposed, new(), By("gov", Role.Representative), Now)
        );
        Refused(
            RefusalKind.NotAllowed,
            ConfirmGroup.Decide(proposed, new(), By("civil", Role.Representative), Now)
        );
        Assert.Equal(["gov", "tech"], Created().Organisations);
    }

    [Fact]
    public void Adding_takes_two_organisations_and_the_added_one_may_be_the_second()
    {
        SharingGroup proposed = Change(Created(), "civil", GroupChangeKind.Add);
        Refused(
            RefusalKind.NotAllowed,
            ConfirmGroupChange.Decide(
                proposed,
                new("civil", GroupChangeKind.Add),
                By("gov", Role.Representative),
                Now
            )
        );
        Assert.False(proposed.Has("civil"));
        foreach (string second in (string[])["tech", "civil"])
        {
            Assert.True(
                After(
                        proposed,
                        ConfirmGroupChange.Decide(
                            proposed,
                            new("civil", GroupChangeKind.Add),
                            By(second, Role.Representative),
                            Now
                        )
                    )
                    .Has("civil")
            );
        }
    }

    [Fact]
    public void Removing_takes_two_others_and_leaving_nobody()
    {
        SharingGroup three = After(
            Change(Created(), "civil", GroupChangeKind.Add),
            ConfirmGroupChange.Decide(
                Change(Created(), "civil", GroupChangeKind.Add),
                new("civil", GroupChangeKind.Add),
                By("tech", Role.Representative),
                Now
            )
        );
        SharingGroup proposed = Change(three, "civil", GroupChangeKind.Remove);
        ConfirmGroupChange remove = new("civil", GroupChangeKind.Remove);
        Refused(
            RefusalKind.NotAllowed,
            ConfirmGroupChange.Decide(proposed, remove, By("civil", Role.Registrar), Now)
        );
        Refused(
            RefusalKind.NotAllowed,
            DropGroupChange.Decide(proposed, new("civil", "no"), By("civil", Role.Registrar), Now)
        );
        Assert.Equal(
            ["gov", "tech"],
            After(
                proposed,
                ConfirmGroupChange.Decide(proposed, remove, By("tech", Role.Registrar), Now)
            ).Organisations
        );
        Assert.Equal(
            ["gov", "tech"],
            After(
                three,
                LeaveGroup.Decide(three, new(), By("civil", Role.Registrar), Now)
            ).Organisations
        );
    }

    [Fact]
    public void A_list_is_never_longer_after_a_hop()
    {
        Assert.Equal(["tech"], SharingGroup.AfterHop(["gov", "tech"], ["tech", "civil"]));
        Assert.Empty(SharingGroup.AfterHop([], ["tech"]));
    }

    [Fact]
    public void A_change_that_nobody_confirms_is_dropped_by_itself()
    {
        SharingGroup proposed = Change(Created(), "civil", GroupChangeKind.Add);
        Instant due = proposed.DueAt!.Value;
        SharingGroup dropped = After(proposed, SharingGroup.Elapse(proposed, due));
        Assert.Equal((0, null), (dropped.Changes.Count, dropped.DueAt));
        ReadsBack(proposed);
    }

    [Fact]
    public void A_group_that_nobody_else_wants_lapses_without_members()
    {
        SharingGroup proposed = Proposed();
        Instant due = proposed.DueAt!.Value;
        Refused(
            RefusalKind.WrongState,
            ConfirmGroup.Decide(proposed, new(), By("tech", Role.Representative), due)
        );
        SharingGroup lapsed = After(proposed, SharingGroup.Elapse(proposed, due));
        Assert.Equal(("empty", null), (lapsed.Standing, lapsed.DueAt));
    }

    [Fact]
    public void A_roster_names_its_gaps_and_allows_overlaps()
    {
        DutyRoster roster = Planned(Planned(Roster(), "a", 0, 10), "b", 8, 20);
        Assert.Equal(
            [new DutyGap(Role.Analyst, Now + (20 * Hour), Now + (48 * Hour))],
            roster.Gaps()
        );
        Assert.Equal(["a", "b"], roster.OnDuty(Now + (9 * Hour)).Select(shift => shift.Id));
        Assert.Empty(roster.OnDuty(Now + (20 * Hour)));
        Assert.Equal("with-gaps", roster.Standing);
        Assert.Equal("covered", Planned(roster, "c", 20, 60).Standing);
    }

    [Fact]
    public void A_gap_is_told_before_it_begins_and_once()
    {
        DutyRoster roster = Planned(Roster(), "a", 0, 20);
        Assert.Equal(Now + (8 * Hour), roster.DueAt);
        Assert.Empty(DutyRoster.Elapse(roster, Now + (7 * Hour)).Events);
        DutyRoster told = After(roster, DutyRoster.Elapse(roster, Now + (8 * Hour)));
        Assert.Null(told.DueAt);
        DutyRoster cancelled = After(
            told,
            CancelShift.Decide(told, new("a", "ill"), Alone("person-a"), Now)
        );
        Assert.NotNull(cancelled.DueAt);
        ReadsBack(told);
    }

    [Fact]
    public void Only_the_person_on_duty_hands_over_and_only_its_organisation_plans()
    {
        DutyRoster roster = Planned(Roster(), "a", 0, 20);
        Refused(
            RefusalKind.NotAllowed,
            HandOver.Decide(roster, new("a", "all quiet"), Alone("eve"), Now)
        );
        DutyRoster over = After(
            roster,
            HandOver.Decide(roster, new("a", "all quiet"), Alone("person-a"), Now)
        );
        Assert.Equal("all quiet", over.Shifts[0].Handover);
        Refused(
            RefusalKind.NotAllowed,
            PlanShift.Decide(
                roster,
                new("x", "eve", Role.Analyst, Now, Now + Hour),
                By("tech", Role.Registrar),
                Now
            )
        );
    }

    [Fact]
    public void A_group_names_vetted_organisations_only()
    {
        Assert.Equal(
            "there is no vetted organisation tech",
            ProposeGroup
                .Decide(
                    null,
                    new("east", "East", ["gov", "tech"]) { Unknown = ["tech"] },
                    By("gov", Role.Registrar),
                    Now
                )
                .Refusal!.Reason
        );
        Assert.Equal(
            "there is no vetted organisation nobody",
            ProposeGroupChange
                .Decide(
                    Created(),
                    new("nobody", GroupChangeKind.Add, "why") { Unknown = ["nobody"] },
                    By("gov", Role.Registrar),
                    Now
                )
                .Refusal!.Reason
        );
    }

    private static SharingGroup Proposed() =>
        After<SharingGroup, SharingGroupEvent>(
            null,
            ProposeGroup.Decide(
                null,
                new("east", "East", ["gov", "tech"]),
                By("gov", Role.Registrar),
                Now
            )
        );

    private static SharingGroup Created() =>
        After(
            Proposed(),
            ConfirmGroup.Decide(Proposed(), new(), By("tech", Role.Representative), Now)
        );

    private static SharingGroup Change(
        SharingGroup group,
        string organisation,
        GroupChangeKind change
    ) =>
        After(
            group,
            ProposeGroupChange.Decide(
                group,
                new(organisation, change, "why"),
                By("gov", Role.Registrar),
                Now
            )
        );

    private static DutyRoster Roster() =>
        After<DutyRoster, DutyRosterEvent>(
            null,
            OpenRoster.Decide(
                null,
                new("east", "East", [Role.Analyst], Now, Now + (48 * Hour), 12 * Hour),
                By("gov", Role.Registrar),
                Now
            )
        );

    private static DutyRoster Planned(DutyRoster roster, string id, int from, int until) =>
        After(
            roster,
            PlanShift.Decide(
                roster,
                new(id, $"person-{id}", Role.Analyst, Now + (from * Hour), Now + (until * Hour)),
                By("gov", Role.Registrar),
                Now
            )
        );
}
