using Breakwater.App.Exchange;
using Breakwater.App.Responding;
using Breakwater.Decisions;
using Breakwater.Decisions.Acknowledging;
using Breakwater.Decisions.Answering;
using Breakwater.Decisions.Appealing;
using Breakwater.Decisions.Closing;
using Breakwater.Decisions.Committing;
using Breakwater.Decisions.Conflicts;
using Breakwater.Decisions.Consenting;
using Breakwater.Decisions.Crossing;
using Breakwater.Decisions.Offering;
using Breakwater.Decisions.Positioning;
using Breakwater.Decisions.Recusing;
using Breakwater.Decisions.Responding;
using Breakwater.Decisions.Scoping;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>The life of a response: what is asked, answered, offered, promised and ended.</summary>
internal static class DecisionKinds
{
    public static IEnumerable<SubjectKind> All() =>
        [
            Responses(),
            Decisions(),
            Offers(),
            Commitments(),
            CrossStreamActs(),
            ScopeJudgements(),
            Conflicts(),
        ];

    private static SubjectKind Responses() =>
        new KindOf<Response, ResponseEvent>("responses")
            .Travels()
            .Fills<ProposeResponse>(
                ResponseFacts.ForProposal,
                ProposeResponse.Decide,
                Role.Analyst,
                Role.Planner,
                Role.Representative
            )
            .ToStart()
            .Fills<AskActivation>(
                ResponseFacts.ForAsking,
                AskActivation.Decide,
                Role.Representative,
                Role.Planner
            )
            .Fills<ActivateResponse>(
                ResponseFacts.ForActivation,
                ActivateResponse.Decide,
                Role.Representative,
                Role.Planner
            )
            .Add(Assessing.Command)
            .Does<SetPlanHand>(SetPlanHand.Decide, Role.Planner, Role.Representative)
            .Add(Planning.Command)
            .Fills<AdoptPlan>(
                ResponseFacts.ForAdoption,
                AdoptPlan.Decide,
                Role.Representative,
                Role.Planner
            )
            .Add(Measuring.Command)
            .Fills<MeetClock>(
                ResponseFacts.ForClock,
                MeetClock.Decide,
                Role.Analyst,
                Role.Representative
            )
            .Fills<ProposeStandDown>(
                ResponseFacts.ForStandDown,
                ProposeStandDown.Decide,
                Role.Representative,
                Role.Planner
            )
            .Fills<StandDown>(
                ResponseFacts.ForStandingDown,
                StandDown.Decide,
                Role.Representative,
                Role.Planner
            )
            .Does<RecordLesson>(
                RecordLesson.Decide,
                Role.Representative,
                Role.Planner,
                Role.Analyst,
                Role.LegalAnalyst
            )
            .Does<CloseResponse>(CloseResponse.Decide, Role.Representative, Role.Planner)
            .Elapses(Response.Elapse)
            .Made();

    private static SubjectKind Decisions() =>
        new KindOf<Decision, DecisionEvent>("decisions")
            .Travels()
            .Add(Opening.Command)
            // Anyone who joined is heard, recuses and appeals; who counts is for the rules of the decision (INV-09).
            .Lets<TakePosition>(TakePosition.Decide)
            .Does<AnswerObjection>(AnswerObjection.Decide, Role.Representative)
            .Lets<Recuse>(Recuse.Decide)
            .Does<AskConsent>(AskConsent.Decide, Role.Representative, Role.Planner)
            .Does<RecordConsent>(RecordConsent.Decide, Role.Representative, Role.Planner)
            .Does<AcknowledgeDecision>(
                AcknowledgeDecision.Decide,
                Role.Representative,
                Role.LegalAnalyst,
                Role.Analyst,
                Role.Planner
            )
            .Does<Close>(Close.Decide, Role.Representative)
            .Lets<LodgeAppeal>(LodgeAppeal.Decide)
            .Fills<HearAppeal>(AppealFacts.ForHearing, HearAppeal.Decide, Role.Representative)
            .Elapses(Decision.Elapse)
            .Follows(Consequences.OfDecision)
            .Made();

    private static SubjectKind Offers() =>
        new KindOf<StandingOffer, OfferEvent>("offers")
            .Travels()
            // The offer is named by whoever makes it, because plans name offers.
            .StartsAt<MakeOffer>(command => command.Id, MakeOffer.Decide, Role.Representative)
            .Does<ChangeOffer>(ChangeOffer.Decide, Role.Representative)
            .Does<WithdrawOffer>(WithdrawOffer.Decide, Role.Representative)
            .Elapses(StandingOffer.Elapse)
            .Follows(LostOffers.OfOffer)
            .Made();

    /// <summary>A commitment begins by an adopted plan and by nothing else.</summary>
    private static SubjectKind Commitments() =>
        new KindOf<Commitment, CommitmentEvent>("commitments")
            .Travels()
            .Fills<Advance>(
                CommitmentFacts.ForStep,
                Advance.Decide,
                Role.Representative,
                Role.Planner,
                Role.Analyst
            )
            .Fills<HandOver>(CommitmentFacts.ForHandOver, HandOver.Decide, Role.Representative)
            .Does<AcceptHandOver>(AcceptHandOver.Decide, Role.Representative)
            .Elapses(Commitment.Elapse)
            .Made();

    private static SubjectKind CrossStreamActs() =>
        new KindOf<CrossStreamAct, CrossStreamActEvent>("cross-stream-acts")
            .Travels()
            .Starts<OpenCrossStreamAct>(
                OpenCrossStreamAct.Decide,
                Admission.Roles,
                Role.Representative,
                Role.Planner,
                Role.Analyst,
                Role.LegalAnalyst
            )
            .Does<AcknowledgeAct>(
                AcknowledgeAct.Decide,
                Role.Representative,
                Role.LegalAnalyst,
                Role.Analyst,
                Role.Planner
            )
            .Elapses(CrossStreamAct.Elapse)
            .Made();

    /// <summary>A conflict begins when a bundle arrives, and is settled by a person.</summary>
    private static SubjectKind Conflicts() =>
        new KindOf<Conflict, ConflictEvent>("conflicts").Add(Settling.Command).Made();

    private static SubjectKind ScopeJudgements() =>
        new KindOf<ScopeJudgement, ScopeEvent>("scope-judgements")
            .Fills<MarkOutOfScope>(ScopeFacts.ForMark, MarkOutOfScope.Decide, Role.Analyst)
            .ToStartAt<MarkOutOfScope>(command => command.DisruptionId)
            .Fills<MarkOutOfScope>(ScopeFacts.ForMark, MarkOutOfScope.Decide, Role.Analyst)
            .Does<ConfirmOutOfScope>(ConfirmOutOfScope.Decide, Role.Analyst)
            // Whoever joined is heard (INV-09).
            .Lets<ContestScope>(ContestScope.Decide)
            .Does<ReverseScope>(ReverseScope.Decide, Role.Analyst)
            .Elapses(ScopeJudgement.Elapse)
            .Follows(ScopeFacts.Keep)
            .Made();
}
