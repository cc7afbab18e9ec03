using Breakwater.App.Publishing;
using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Membership.Appealing;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Decisions.Membership.Approving;
using Breakwater.Decisions.Membership.GivingRoles;
using Breakwater.Decisions.Membership.Grouping;
using Breakwater.Decisions.Membership.Joining;
using Breakwater.Decisions.Membership.Revoking;
using Breakwater.Decisions.Membership.Rostering;
using Breakwater.Decisions.Membership.Vetting;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>Who takes part, in what role, and what takes two people.</summary>
internal static class MembershipKinds
{
    public static IEnumerable<SubjectKind> All() =>
        [Organisations(), SharingGroups(), DutyRosters(), Approvals()];

    private static SubjectKind Organisations() =>
        new KindOf<Organisation, OrganisationEvent>("organisations")
            .Fills<ApplyAsOrganisation>(Foundings.For, ApplyAsOrganisation.Decide)
            .ToStart(Admission.SignedIn)
            .Follows(Foundings.Note)
            .Does<Vouch>(Vouch.Decide, Speaking.Roles)
            .Does<ObjectToOrganisation>(ObjectToOrganisation.Decide, Speaking.Roles)
            .Lets<AnswerObjection>(AnswerObjection.Decide)
            .Lets<WithdrawObjection>(WithdrawObjection.Decide)
            .Lets<SetContactPoint>(SetContactPoint.Decide)
            .Lets<ChangeMandate>(ChangeMandate.Decide)
            .Lets<InviteMember>(InviteMember.Decide)
            .Lets<JoinOrganisation>(JoinOrganisation.Decide)
            .Lets<LeaveOrganisation>(LeaveOrganisation.Decide)
            .Does<ProposeRole>(ProposeRole.Decide, Role.Registrar)
            .Does<ConfirmRole>(ConfirmRole.Decide, Speaking.Roles)
            .Lets<DeclineRole>(DeclineRole.Decide)
            .Lets<TakeRole>(TakeRole.Decide)
            .Does<RevokeMember>(RevokeMember.Decide, Speaking.Roles)
            .Does<ConfirmTaking>(ConfirmTaking.Decide, Speaking.Roles)
            .Does<RestrictOrganisation>(RestrictOrganisation.Decide, Speaking.Roles)
            .Does<ConfirmRestriction>(ConfirmRestriction.Decide, Speaking.Roles)
            .Does<ProposeLift>(ProposeLift.Decide, Speaking.Roles)
            .Does<ConfirmLift>(ConfirmLift.Decide, Speaking.Roles)
            .Lets<AppealRestriction>(AppealRestriction.Decide)
            .Does<ProposeRuling>(ProposeRuling.Decide, Speaking.Roles)
            .Does<ConfirmRuling>(ConfirmRuling.Decide, Speaking.Roles)
            .Elapses(Organisation.Elapse)
            .Made();

    private static SubjectKind SharingGroups() =>
        new KindOf<SharingGroup, SharingGroupEvent>("sharing-groups")
            .Fills<ProposeGroup>(GroupFacts.ForGroup, ProposeGroup.Decide, Speaking.Roles)
            .ToStart()
            .Does<ConfirmGroup>(ConfirmGroup.Decide, Speaking.Roles)
            .Fills<ProposeGroupChange>(
                GroupFacts.ForChange,
                ProposeGroupChange.Decide,
                Speaking.Roles
            )
            .Does<ConfirmGroupChange>(ConfirmGroupChange.Decide, Speaking.Roles)
            .Does<DropGroupChange>(DropGroupChange.Decide, Speaking.Roles)
            .Does<LeaveGroup>(LeaveGroup.Decide, Speaking.Roles)
            .Elapses(SharingGroup.Elapse)
            .Made();

    private static SubjectKind DutyRosters() =>
        new KindOf<DutyRoster, DutyRosterEvent>("duty-rosters")
            .Starts<OpenRoster>(OpenRoster.Decide, Admission.Roles, Role.Registrar, Role.Planner)
            .Does<PlanShift>(PlanShift.Decide, Role.Registrar, Role.Planner)
            .Does<CancelShift>(CancelShift.Decide, Role.Registrar, Role.Planner)
            .Lets<HandOver>(HandOver.Decide)
            .Elapses(DutyRoster.Elapse)
            .Made();

    private static SubjectKind Approvals() =>
        new KindOf<Approval, ApprovalEvent>("approvals")
            .Starts<ProposeApproval>(
                ProposeApproval.ByHand,
                Admission.Roles,
                ApprovalRoles.Proposing
            )
            .Does<Approve>(Approve.Decide, ApprovalRoles.Seconding)
            .Does<RefuseApproval>(RefuseApproval.Decide, ApprovalRoles.Seconding)
            .Elapses(Approval.Elapse)
            .Follows(Releasing.OfApproval)
            .Made();
}
