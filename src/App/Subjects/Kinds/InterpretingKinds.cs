using Breakwater.App.Responding;
using Breakwater.Decisions.Contesting;
using Breakwater.Decisions.Interpreting;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>What organisations can say together about what the law asks, and what somebody says is wrong with a finding.</summary>
internal static class InterpretingKinds
{
    public static IEnumerable<SubjectKind> All() => [CommonPositions(), Contests()];

    private static SubjectKind CommonPositions() =>
        new KindOf<CommonPosition, CommonPositionEvent>("common-positions")
            .Travels()
            .Starts<DraftCommonPosition>(
                DraftCommonPosition.Decide,
                Admission.Roles,
                Role.LegalAnalyst,
                Role.Representative
            )
            .Does<PutVersion>(PutVersion.Decide, Role.LegalAnalyst, Role.Representative)
            .Does<OpenConsultation>(OpenConsultation.Decide, Role.LegalAnalyst, Role.Representative)
            // Whoever joined is heard (INV-09).
            .Lets<CommentOnParagraph>(CommentOnParagraph.Decide)
            .Lets<ObjectToParagraph>(ObjectToParagraph.Decide)
            .Lets<Dissent>(Dissent.Decide)
            .Lets<WithdrawRemark>(WithdrawRemark.Decide)
            .Does<AnswerRemark>(AnswerRemark.Decide, Role.LegalAnalyst, Role.Representative)
            .Does<EndorseVersion>(EndorseVersion.Decide, Role.Representative)
            .Does<WithdrawEndorsement>(WithdrawEndorsement.Decide, Role.Representative)
            .Does<AdoptCommonPosition>(
                AdoptCommonPosition.Decide,
                Role.LegalAnalyst,
                Role.Representative
            )
            .Fills<Supersede>(
                InterpretingFacts.ForSuperseding,
                Supersede.Decide,
                Role.LegalAnalyst,
                Role.Representative
            )
            .Made();

    private static SubjectKind Contests() =>
        new KindOf<Contest, ContestEvent>("contests")
            .Travels()
            .Fills<ContestFinding>(InterpretingFacts.ForContesting, ContestFinding.Decide)
            // Anybody may contest (INV-09); who judges is a legal analyst of another organisation.
            .ToStart(Admission.SignedIn)
            .Does<AdmitContest>(AdmitContest.Decide, Role.LegalAnalyst)
            .Does<RefuseContest>(RefuseContest.Decide, Role.LegalAnalyst)
            .Does<AnswerContest>(AnswerContest.Decide, Role.LegalAnalyst)
            .Does<DecideContest>(DecideContest.Decide, Role.LegalAnalyst)
            .Does<NameContestChange>(NameContestChange.Decide, Role.LegalAnalyst)
            .Does<CloseContest>(CloseContest.Decide, Role.LegalAnalyst)
            .Made();
}
