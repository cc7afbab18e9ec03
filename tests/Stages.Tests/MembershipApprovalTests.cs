using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Approving;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.MembershipFixture;
using static Breakwater.Stages.Tests.SubjectAsserts;

namespace Breakwater.Stages.Tests;

/// <summary>Four eyes on one act, bound to exactly what was approved.</summary>
public sealed class MembershipApprovalTests
{
    private static readonly string _hash = new('a', 64);

    private static readonly string _other = new('b', 64);

    [Fact]
    public void Two_people_of_different_organisations_approve_and_it_holds_once()
    {
        Approval approved = Approved();
        Assert.True(approved.Covers(ApprovalAction.Publish, "publication/1", _hash, Now));
        Approval used = After(
            approved,
            UseApproval.Decide(approved, new(_hash), By("gov", Role.Publisher), Now)
        );
        Assert.False(used.Covers(ApprovalAction.Publish, "publication/1", _hash, Now));
        Refused(
            RefusalKind.WrongState,
            UseApproval.Decide(used, new(_hash), By("gov", Role.Publisher), Now)
        );
        ReadsBack(used);
    }

    [Fact]
    public void Neither_the_proposer_nor_anybody_of_its_organisation_approves()
    {
        Approval proposed = Proposed();
        foreach (Role role in (Role[])[Role.Publisher, Role.Representative])
        {
            Refused(
                RefusalKind.NotAllowed,
                Approve.Decide(proposed, new(_hash), By("gov", role), Now)
            );
        }
    }

    [Fact]
    public void An_approver_who_saw_something_else_voids_it()
    {
        Approval voided = After(
            Proposed(),
            Approve.Decide(Proposed(), new(_other), By("tech", Role.Publisher), Now)
        );
        Assert.Equal("voided", voided.Standing);
        Refused(
            RefusalKind.WrongState,
            Approve.Decide(voided, new(_hash), By("tech", Role.Publisher), Now)
        );
    }

    [Fact]
    public void Whatever_changed_after_the_approval_is_not_approved()
    {
        Approval approved = Approved();
        Assert.False(approved.Covers(ApprovalAction.Publish, "publication/1", _other, Now));
        Assert.False(approved.Covers(ApprovalAction.Publish, "publication/2", _hash, Now));
        Assert.False(approved.Covers(ApprovalAction.Unseal, "publication/1", _hash, Now));
        Decided<ApprovalEvent> used = UseApproval.Decide(
            approved,
            new(_other),
            By("gov", Role.Publisher),
            Now
        );
        Assert.IsType<ApprovalVoided>(Assert.Single(used.Events));
        Assert.Empty(
            RecheckApproval.Decide(approved, new(_hash), By("gov", Role.Publisher), Now).Events
        );
        Assert.Single(
            RecheckApproval.Decide(approved, new(_other), By("gov", Role.Publisher), Now).Events
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Proposals_and_approvals_that_nobody_used_expire(bool isApproved)
    {
        Approval approval = isApproved ? Approved() : Proposed();
        Instant due = approval.DueAt!.Value;
        Assert.Empty(Approval.Elapse(approval, due - Hour).Events);
        Approval expired = After(approval, Approval.Elapse(approval, due));
        Assert.Equal(("expired", null), (expired.Standing, expired.DueAt));
        Assert.False(approval.Covers(ApprovalAction.Publish, "publication/1", _hash, due));
    }

    [Fact]
    public void A_withdrawal_is_done_at_once_by_one_publisher_and_confirmed_by_a_second()
    {
        Approval withdrawn = Withdrawn();
        Assert.Equal("at-once", withdrawn.Standing);
        Refused(
            RefusalKind.NotAllowed,
            Approve.Decide(withdrawn, new(_hash), By("tech", Role.Representative), Now)
        );
        Approval confirmed = After(
            withdrawn,
            Approve.Decide(withdrawn, new(_hash), By("tech", Role.Publisher), Now)
        );
        Assert.Equal(("approved", null), (confirmed.Standing, confirmed.DueAt));
    }

    [Fact]
    public void A_withdrawal_that_nobody_confirms_within_a_day_is_escalated_and_stands()
    {
        Approval withdrawn = Withdrawn();
        Assert.Equal(Now + (24 * Hour), withdrawn.DueAt);
        Approval escalated = After(withdrawn, Approval.Elapse(withdrawn, Now + (24 * Hour)));
        Assert.Equal(("escalated", null), (escalated.Standing, escalated.DueAt));
        Assert.Equal(
            "approved",
            After(
                escalated,
                Approve.Decide(escalated, new(_hash), By("tech", Role.Publisher), Now)
            ).Standing
        );
    }

    [Theory]
    [InlineData(ApprovalAction.Unseal, Role.Registrar)]
    [InlineData(ApprovalAction.Unseal, Role.Representative)]
    [InlineData(ApprovalAction.Publish, Role.Custodian)]
    [InlineData(ApprovalAction.Keys, Role.Publisher)]
    [InlineData(ApprovalAction.Membership, Role.Publisher)]
    public void A_role_proposes_only_what_is_its_own(ApprovalAction action, Role role) =>
        Refused(
            RefusalKind.NotAllowed,
            ProposeApproval.Decide(
                null,
                new("one", action, "thing/1", _hash, "why"),
                By("gov", role),
                Now
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg")]
    public void What_is_no_hash_binds_nothing(string hash) =>
        Refused(
            RefusalKind.Invalid,
            ProposeApproval.Decide(
                null,
                new("one", ApprovalAction.Publish, "publication/1", hash, "why"),
                By("gov", Role.Publisher),
                Now
            )
        );

    [Fact]
    public void No_release_is_proposed_by_hand_and_no_marking_is_widened()
    {
        Participant publisher = By("gov", Role.Publisher);
        ProposeApproval Of(ApprovalAction action) =>
            new("one", action, "publication/1", _hash, "why");
        Refused(
            RefusalKind.Invalid,
            ProposeApproval.ByHand(null, Of(ApprovalAction.Publish), publisher, Now)
        );
        Refused(
            RefusalKind.Invalid,
            ProposeApproval.Decide(null, Of(ApprovalAction.WidenMarking), publisher, Now)
        );
        // One from before is read, and leads to nothing.
        Approval before = Proposed() with
        {
            Action = ApprovalAction.WidenMarking,
        };
        ReadsBack(before);
        Refused(
            RefusalKind.WrongState,
            Approve.Decide(before, new(_hash), By("tech", Role.Representative), Now)
        );
    }

    private static Approval Proposed() =>
        After<Approval, ApprovalEvent>(
            null,
            ProposeApproval.Decide(
                null,
                new("one", ApprovalAction.Publish, "publication/1", _hash, "people wait for it"),
                By("gov", Role.Publisher),
                Now
            )
        );

    private static Approval Approved() =>
        After(
            Proposed(),
            Approve.Decide(Proposed(), new(_hash), By("tech", Role.Representative), Now)
        );

    private static Approval Withdrawn() =>
        After<Approval, ApprovalEvent>(
            null,
            WithdrawAtOnce.Decide(
                null,
                new("one", "publication/1", _hash, "names a site"),
                By("gov", Role.Publisher),
                Now
            )
        );
}
