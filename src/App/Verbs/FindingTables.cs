using Breakwater.Disruptions.Law;
using Breakwater.Publications;

namespace Breakwater.App.Verbs;

/// <summary>What named bodies would say of the disruptions, on the terminal. Without a pack nothing is said, which is not the same as no norm.</summary>
internal static class FindingTables
{
    public static void Findings(Printing print, NormsTold? norms)
    {
        if (norms is null)
        {
            print.Line("FINDINGS  none: the law pack cannot be read");
            return;
        }

        DisruptionFindings[] shown =
        [
            .. norms.Found.Findings.Where(finding =>
                ReleaseCheck.Allows(finding.Marking, Audience.Public)
            ),
        ];
        print.Line(
            $"FINDINGS  {shown.Length}; {DisruptionFindings.StandardOfProof}. Law pack {norms.Pack.Id} {norms.Pack.Version}, {Tables.Word(norms.Pack.Status)}"
        );
        foreach (DisruptionFindings finding in shown)
        {
            print.Line(
                $"  {Tables.Word(finding.Kind)} at {finding.Place}: {finding.Proposed.Count} facts proposed, {finding.Rules.Count} rules read, {finding.Undetermined.Count} lack facts, gaps met: {(finding.Gaps.Count == 0 ? "none" : string.Join(", ", finding.Gaps.Select(gap => gap.Gap).Distinct()))} {finding.Id}"
            );
        }
    }
}
