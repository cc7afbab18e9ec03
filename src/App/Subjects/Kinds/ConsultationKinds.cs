using Breakwater.App.Consultations;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Calling;
using Breakwater.Preparedness.Consultations.Drafting;
using Breakwater.Preparedness.Consultations.Launching;
using Breakwater.Preparedness.Consultations.Positioning;
using Breakwater.Preparedness.Consultations.Sending;
using Breakwater.Preparedness.Consultations.Synthesising;
using Breakwater.Preparedness.Cycles;
using Breakwater.Preparedness.Meetings;
using Breakwater.Preparedness.WorkAreas;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>What is discussed in peacetime: calls and what comes of them, meetings, work areas, and the cycle that they are part of.</summary>
internal static class ConsultationKinds
{
    public static IEnumerable<SubjectKind> All() =>
        [Consultations(), Inputs(), Meetings(), WorkAreas(), Cycles()];

    private static SubjectKind Consultations() =>
        new KindOf<Consultation, ConsultationEvent>("consultations")
            .Travels()
            .Fills<CallConsultation>(
                ConsultationFacts.ForCall,
                CallConsultation.Decide,
                Role.Representative
            )
            .ToStart()
            .Does<ExtendInputs>(ExtendInputs.Decide, Role.Representative)
            .Fills<PutConsultationText>(
                ConsultationFacts.ForText,
                PutConsultationText.Decide,
                Role.Representative
            )
            .Fills<SetInputsAside>(
                ConsultationFacts.ForSettingAside,
                SetInputsAside.Decide,
                Role.Representative
            )
            .Fills<OpenDraft>(ConsultationFacts.ForDraft, OpenDraft.Decide, Role.Representative)
            // Whoever joined is heard (INV-09).
            .Lets<CommentOnDraft>(CommentOnDraft.Decide)
            .Lets<ObjectToDraft>(ObjectToDraft.Decide)
            .Lets<DissentFromDraft>(DissentFromDraft.Decide)
            .Lets<WithdrawDraftRemark>(WithdrawDraftRemark.Decide)
            .Does<AnswerDraftRemark>(AnswerDraftRemark.Decide, Role.Representative)
            .Lets<TakeConsultationPosition>(TakeConsultationPosition.Decide)
            .Fills<DeclareConsensus>(
                ConsultationFacts.ForDeclaring,
                DeclareConsensus.Decide,
                Role.Representative
            )
            .Lets<LodgeConsultationAppeal>(LodgeConsultationAppeal.Decide)
            .Does<HearConsultationAppeal>(HearConsultationAppeal.Decide, Role.Representative)
            .Fills<LaunchReport>(
                ConsultationFacts.ForLaunch,
                LaunchReport.Decide,
                Role.Representative
            )
            .Does<CloseConsultation>(CloseConsultation.Decide, Role.Representative)
            .Elapses(Consultation.Elapse)
            .Follows(StreamsTold.OfConsultation)
            .Made();

    /// <summary>An input begins at a door of its own, without an account: <c>InputRoutes</c>.</summary>
    private static SubjectKind Inputs() =>
        new KindOf<ConsultationInput, ConsultationInputEvent>("consultation-inputs")
            .Travels()
            .Lets<WithdrawInput>(WithdrawInput.Decide)
            .Fills<WithholdInput>(
                ConsultationFacts.ForWithholding,
                WithholdInput.Decide,
                Role.Representative
            )
            .Made();

    private static SubjectKind Meetings() =>
        new KindOf<Meeting, MeetingEvent>("meetings")
            .Travels()
            .Starts<CallMeeting>(CallMeeting.Decide, Admission.Roles, Role.Representative)
            .Does<MoveMeeting>(MoveMeeting.Decide, Role.Representative)
            .Does<CancelMeeting>(CancelMeeting.Decide, Role.Representative)
            .Does<SummariseMeeting>(SummariseMeeting.Decide, Role.Representative)
            .Does<EndMeetingAction>(EndMeetingAction.Decide, Role.Representative)
            .Made();

    private static SubjectKind WorkAreas() =>
        new KindOf<WorkArea, WorkAreaEvent>("work-areas")
            .Travels()
            .Starts<OpenWorkArea>(OpenWorkArea.Decide, Admission.Roles, Role.Representative)
            .Does<ReviseConceptNote>(ReviseConceptNote.Decide, Role.Representative)
            .Does<CloseWorkArea>(CloseWorkArea.Decide, Role.Representative)
            .Follows(StreamsTold.OfWorkArea)
            .Made();

    private static SubjectKind Cycles() =>
        new KindOf<Cycle, CycleEvent>("cycles")
            .Travels()
            .Starts<OpenCycle>(OpenCycle.Decide, Admission.Roles, Role.Representative)
            .Does<SetMilestone>(SetMilestone.Decide, Role.Representative)
            .Does<CloseCycle>(CloseCycle.Decide, Role.Representative)
            .Made();
}
