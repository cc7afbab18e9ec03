using Breakwater.Disruptions.Law;
using Breakwater.Norms.Findings;

namespace Breakwater.Plans;

/// <summary>Whether what a norm asks of a line is there.</summary>
public enum ConditionState
{
    /// <summary>What it asks for is on record.</summary>
    OnRecord,

    /// <summary>It is not, or nobody knows: the line is planned, and waits for it. Silence is not consent.</summary>
    NotOnRecord,

    /// <summary>It is asked of how the line is carried out; nothing on record could settle it before.</summary>
    Throughout,
}

/// <summary>What a rule that may apply asks of a line. Whether it applies is what bodies read, prima facie, and not said here.</summary>
/// <param name="Rule">Id in the law pack.</param>
/// <param name="Gap">The gap of the law that the line meets with; null for none.</param>
/// <param name="Asks">What is asked, in words for whoever carries it out.</param>
/// <param name="Standing">How the readings of the rule stand to one another.</param>
/// <param name="Readings">Which bodies come to what; empty where none can say.</param>
/// <param name="OpenQuestions">Facts that would tell whether it applies, as far as they are among the questions that tell most.</param>
/// <param name="Findings">Ids of the findings that it follows from.</param>
public sealed record PlanCondition(
    string Rule,
    string? Gap,
    string Asks,
    ConditionState State,
    string Because,
    Standing Standing,
    IReadOnlyList<BodiesSay> Readings,
    IReadOnlyList<string> OpenQuestions,
    IReadOnlyList<string> Findings
);
