using Breakwater.Preparedness.Consultations.Calling;
using Breakwater.Preparedness.Consultations.Drafting;
using Breakwater.Preparedness.Consultations.Launching;
using Breakwater.Preparedness.Consultations.Positioning;
using Breakwater.Preparedness.Consultations.Synthesising;

namespace Breakwater.Preparedness.Consultations;

/// <summary>At which stages of a consultation an act is possible at all, for whoever offers acts; the rules of each say the rest.</summary>
public static class ActStages
{
    private static readonly Dictionary<Type, ConsultationPhase[]> _stages = new()
    {
        [typeof(ExtendInputs)] = [ConsultationPhase.Call],
        [typeof(PutConsultationText)] = [ConsultationPhase.Synthesis, ConsultationPhase.Draft],
        [typeof(SetInputsAside)] =
        [
            ConsultationPhase.Synthesis,
            ConsultationPhase.Draft,
            ConsultationPhase.Report,
        ],
        // Again, when the time for positions on a draft has passed.
        [typeof(OpenDraft)] = [ConsultationPhase.Synthesis, ConsultationPhase.Draft],
        [typeof(CommentOnDraft)] = [ConsultationPhase.Draft],
        [typeof(ObjectToDraft)] = [ConsultationPhase.Draft],
        [typeof(DissentFromDraft)] = [ConsultationPhase.Draft, ConsultationPhase.Report],
        [typeof(WithdrawDraftRemark)] = [ConsultationPhase.Draft, ConsultationPhase.Report],
        [typeof(AnswerDraftRemark)] = [ConsultationPhase.Draft, ConsultationPhase.Report],
        [typeof(TakeConsultationPosition)] = [ConsultationPhase.Draft],
        [typeof(DeclareConsensus)] = [ConsultationPhase.Draft],
        [typeof(LodgeConsultationAppeal)] = [ConsultationPhase.Report],
        // An upheld one opens the draft again, and the others still wait.
        [typeof(HearConsultationAppeal)] = [ConsultationPhase.Draft, ConsultationPhase.Report],
        [typeof(LaunchReport)] = [ConsultationPhase.Report],
        [typeof(CloseConsultation)] =
        [
            ConsultationPhase.Call,
            ConsultationPhase.Synthesis,
            ConsultationPhase.Draft,
            ConsultationPhase.Report,
        ],
    };

    /// <returns>Empty for an act that no stage forbids.</returns>
    public static IReadOnlyList<ConsultationPhase> Of(Type command) =>
        _stages.GetValueOrDefault(command, []);
}
