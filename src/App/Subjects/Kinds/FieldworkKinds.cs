using Breakwater.App.Responding;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Fuel;
using Breakwater.Decisions.Missions;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>Permits, trips, notices to parties, and fuel.</summary>
internal static class FieldworkKinds
{
    public static IEnumerable<SubjectKind> All() =>
        [Clearances(), Missions(), Notifications(), Protections(), Depots(), FuelRequests()];

    private static SubjectKind Clearances() =>
        new KindOf<ClearanceFile, ClearanceEvent>("clearances")
            .Travels()
            .Starts<OpenClearance>(
                OpenClearance.Decide,
                Admission.Roles,
                Role.Planner,
                Role.Representative
            )
            .Does<AskAuthority>(AskAuthority.Decide, Role.Planner, Role.Representative)
            .Does<RemindAuthority>(RemindAuthority.Decide, Role.Planner, Role.Representative)
            .Does<EscalateClearance>(EscalateClearance.Decide, Role.Planner, Role.Representative)
            .Does<WaitOnClearance>(WaitOnClearance.Decide, Role.Planner, Role.Representative)
            .Does<AnswerClearance>(AnswerClearance.Decide, Role.Planner, Role.Representative)
            .Does<WithdrawClearance>(WithdrawClearance.Decide, Role.Planner, Role.Representative)
            .Elapses(ClearanceFile.Elapse)
            .Follows(Consequences.OfClearance)
            .Made();

    private static SubjectKind Missions() =>
        new KindOf<Mission, MissionEvent>("missions")
            .Starts<ProposeMission>(
                ProposeMission.Decide,
                Admission.Roles,
                Role.Planner,
                Role.Representative
            )
            .Does<ReviseMission>(ReviseMission.Decide, Role.Planner, Role.Representative)
            .Add(MissionActs.Approve)
            .Add(MissionActs.Start)
            .Lets<CheckIn>(CheckIn.Decide)
            .Lets<AbortMission>(AbortMission.Decide)
            .Lets<ReportReturn>(ReportReturn.Decide)
            .Lets<CompleteMission>(CompleteMission.Decide)
            .Does<CloseMission>(CloseMission.Decide, Role.Planner, Role.Representative)
            .Elapses(Mission.Elapse)
            .Follows(MissionActs.OfMission)
            .Made();

    private static SubjectKind Notifications() =>
        new KindOf<Notification, NotificationEvent>("notifications")
            .Fills<PrepareNotification>(
                MissionActs.ForNotification,
                PrepareNotification.Decide,
                Role.Planner,
                Role.Representative
            )
            .ToStart()
            .Does<SendNotification>(SendNotification.Decide, Role.Planner, Role.Representative)
            .Does<AnswerNotification>(AnswerNotification.Decide, Role.Planner, Role.Representative)
            .Does<WithdrawNotification>(
                WithdrawNotification.Decide,
                Role.Planner,
                Role.Representative
            )
            .Elapses(Notification.Elapse)
            .Follows(MissionActs.OfNotification)
            .Made();

    private static SubjectKind Protections() =>
        new KindOf<AssetProtection, ProtectionEvent>("protections")
            .StartsAt<RecordProtection>(
                command => command.Asset,
                RecordProtection.Decide,
                Role.LegalAnalyst
            )
            .Does<RecordProtection>(RecordProtection.Decide, Role.LegalAnalyst)
            .Made();

    private static SubjectKind Depots() =>
        new KindOf<FuelDepot, FuelDepotEvent>("fuel-depots")
            .Starts<OpenDepot>(OpenDepot.Decide, Admission.Roles, Role.Planner, Role.Representative)
            .Does<ReceiveFuel>(ReceiveFuel.Decide, Role.Planner, Role.Representative)
            .Does<CorrectFuelStock>(CorrectFuelStock.Decide, Role.Planner, Role.Representative)
            .Fills<AllocateFuel>(
                FuelFacts.ForAllocation,
                AllocateFuel.Decide,
                Role.Planner,
                Role.Representative
            )
            .Does<CancelAllocation>(CancelAllocation.Decide, Role.Planner, Role.Representative)
            .Does<DispatchFuel>(DispatchFuel.Decide, Role.Planner, Role.Representative)
            .Does<ReturnFuel>(ReturnFuel.Decide, Role.Planner, Role.Representative)
            .Does<ProveDelivery>(
                ProveDelivery.Decide,
                Role.Planner,
                Role.Representative,
                Role.Analyst
            )
            .Does<CloseDepot>(CloseDepot.Decide, Role.Planner, Role.Representative)
            .Elapses(FuelDepot.Elapse)
            .Follows(Consequences.OfDepot)
            .Made();

    private static SubjectKind FuelRequests() =>
        new KindOf<FuelRequest, FuelRequestEvent>("fuel-requests")
            .Starts<RequestFuel>(
                RequestFuel.Decide,
                Admission.Roles,
                Role.Planner,
                Role.Representative
            )
            .Does<CloseFuelRequest>(CloseFuelRequest.Decide, Role.Planner, Role.Representative)
            .Elapses(FuelRequest.Elapse)
            .Made();
}
