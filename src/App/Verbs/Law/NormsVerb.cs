using System.CommandLine;

namespace Breakwater.App.Verbs.Law;

/// <summary><c>norms</c>: which rules apply to given facts, who reads them how, what is unknown, where law is silent.</summary>
internal static class NormsVerb
{
    public static Command Command(Printing print) =>
        new(
            "norms",
            "Which rules apply, what each named body's reading concludes, what is unknown, where law is silent or divided. Prima facie, not legal advice, and only for what happened or goes on. Example: breakwater norms assess facts.yaml"
        )
        {
            AssessVerb.Command(print),
            ExplainRuleVerb.Command(print),
            AskVerb.Command(print),
            GapsVerb.Command(print),
            BriefVerb.Command(print),
            ScoreVerb.Command(print),
            DiffVerb.Command(print),
            CheckVerb.Command(print),
        };
}
