using Breakwater.Disruptions.Law;
using Breakwater.Ledger;

namespace Breakwater.App;

/// <summary>What a disruption says of facts, and what each body would say of them: each names what it follows from.</summary>
public static partial class Recording
{
    /// <summary>Kind of what a disruption proposes.</summary>
    public const string FactsKind = "proposed-facts";

    public const string FindingKind = "finding";

    public static Draft Of(ProposedFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return DraftOf(
            FactsKind,
            facts.Id,
            facts,
            [facts.Disruption, .. facts.Facts.SelectMany(fact => fact.Evidence)],
            facts.Marking,
            []
        );
    }

    public static Draft Of(DisruptionFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return DraftOf(
            FindingKind,
            findings.Id,
            findings,
            [findings.Facts, findings.Disruption],
            findings.Marking,
            []
        );
    }

    /// <summary>Facts before what follows from them.</summary>
    internal static IEnumerable<Draft> Of(FindingsOnDisruptions found) =>
        [.. found.Facts.Select(Of), .. found.Findings.Select(Of)];
}
