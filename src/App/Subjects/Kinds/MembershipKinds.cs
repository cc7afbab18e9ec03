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
            .Starts<ApplyAsOrganisation>(ApplyAsOrganisation.Decide, Admission.SignedIn)
            .Does<Vouch>(Vouch.Decide, Role.Representative, Role.Registrar)
            .Does<ObjectToOrganisation>(
                ObjectToOrganisation.Decide,
                Role.Representative,
                Role.Registrar
            )
            .Lets<AnswerObjection>(AnswerObjection.Decide)
            .Lets<WithdrawObjection>(WithdrawObjection.Decide)
            .Lets<SetContactPoint>(SetContactPoint.Decide)
            .Lets<ChangeMandate>(ChangeMandate.Decide)
            .Lets<InviteMember>(InviteMember.Decide)
            .Lets<JoinOrganisation>(JoinOrganisation.Decide)
            .Lets<LeaveOrganisation>(LeaveOrganisation.Decide)
            .Does<ProposeRole>(ProposeRole.Decide, Role.Registrar)
            .Does<ConfirmRole>(ConfirmRole.Decide, Role.Registrar)
            .Does<DeclineRole>(DeclineRole.Decide, Role.Registrar)
            .Does<TakeRole>(TakeRole.Decide, Role.Registrar)
            .Does<RevokeMember>(RevokeMember.Decide, Role.Registrar)
            .Does<ConfirmTaking>(ConfirmTaking.Decide, Role.Registrar)
            .Does<RestrictOrganisation>(RestrictOrganisation.Decide, Role.Registrar)
            .Does<ConfirmRestriction>(ConfirmRestriction.Decide, Role.Registrar)
            .Does<ProposeLift>(ProposeLift.Decide, Role.Registrar)
            .Does<ConfirmLift>(ConfirmLift.Decide, Role.Registrar)
            .Lets<AppealRestriction>(AppealRestriction.Decide)
            .Does<ProposeRuling>(ProposeRuling.Decide, Role.Representative, Role.Registrar)
            .Does<ConfirmRuling>(ConfirmRuling.Decide, Role.Representative, Role.Registrar)
            .Elapses(Organisation.Elapse)
            .Made();

    private static SubjectKind SharingGroups() =>
        new KindOf<SharingGroup, SharingGroupEvent>("sharing-groups")
            .Starts<ProposeGroup>(ProposeGroup.Decide, Admission.Roles, Role.Registrar)
            .Does<ConfirmGroup>(ConfirmGroup.Decide, Role.Registrar)
            .Does<ProposeGroupChange>(ProposeGroupChange.Decide, Role.Registrar)
            .Does<ConfirmGroupChange>(ConfirmGroupChange.Decide, Role.Registrar)
            .Does<DropGroupChange>(DropGroupChange.Decide, Role.Registrar)
            .Does<LeaveGroup>(LeaveGroup.Decide, Role.Registrar, Role.Representative)
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
                ProposeApproval.Decide,
                Admission.Roles,
                Role.Publisher,
                Role.Custodian,
                Role.Registrar
            )
            .Does<Approve>(Approve.Decide, Role.Publisher, Role.Custodian, Role.Registrar)
            .Does<RefuseApproval>(
                RefuseApproval.Decide,
                Role.Publisher,
                Role.Custodian,
                Role.Registrar
            )
            .Elapses(Approval.Elapse)
            .Made();
}
