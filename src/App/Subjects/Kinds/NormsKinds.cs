using Breakwater.App.Responding;
using Breakwater.Decisions.FactSheets;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>What norms are asked of.</summary>
internal static class NormsKinds
{
    private static readonly Role[] _tellers =
    [
        Role.Analyst,
        Role.Planner,
        Role.LegalAnalyst,
        Role.Representative,
    ];

    public static IEnumerable<SubjectKind> All() => [FactSheets()];

    /// <summary>It stays on its node: answers are for those who were asked, and findings are worked out anywhere.</summary>
    private static SubjectKind FactSheets() =>
        new KindOf<FactSheetFile, FactSheetEvent>("fact-sheets")
            .Fills<OpenFactSheet>(FactSheetFacts.ForOpening, OpenFactSheet.Decide, _tellers)
            .ToStart()
            .Fills<AnswerFact>(FactSheetFacts.ForAnswer, AnswerFact.Decide, _tellers)
            .Does<WithdrawAnswer>(WithdrawAnswer.Decide, _tellers)
            .Does<SetBurdens>(SetBurdens.Decide, Role.LegalAnalyst)
            .Does<CloseFactSheet>(CloseFactSheet.Decide, _tellers)
            .Made();
}
