using Breakwater.Norms.Assessing;
using Breakwater.Norms.Determining;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.App.Verbs.Law;

/// <summary>The reasons of one finding, line by line, each below what it is a reason for.</summary>
internal static class ReasonLines
{
    public static IReadOnlyList<string> Of(Assessed assessed, string rule, string profile)
    {
        Finding finding = assessed.Of(rule, profile);
        var lines = new List<string>
        {
            $"{rule} in {profile}: {AssessTables.Phrase(finding.Rule, finding.Outcome)} (prima facie)",
        };
        Reading reading = assessed.ReadingOf(profile);
        foreach (Part part in finding.Basis)
        {
            lines.Add($"{part.Name} {part.Value.Letter()}  {part.Clause}");
            Below(
                reading.Why(part.Clause.Expression, BurdenOf(assessed, finding.Rule, part)),
                1,
                lines,
                reading,
                isRoot: true
            );
        }

        return lines;
    }

    /// <summary>Burdens count for breach and exceptions, and never for whether a rule applies.</summary>
    public static IReadOnlyDictionary<string, bool> BurdenOf(Assessed assessed, Rule rule, Part part) =>
        assessed.IsClosed && part.Name is not ("applies" or "holds")
            ? rule.Burden
            : new Dictionary<string, bool>();

    public static string SetLine(DeterminingSet set) =>
        set switch
        {
            { Outcome: null } => "no set of facts was found that would settle it",
            { Facts.Count: 0 } => "no fact is needed",
            _ =>
                $"{string.Join(", ", set.Facts.Select(fact => $"{fact.Fact} {(fact.Value ? "yes" : "no")}"))}{(set.IsExact ? "" : " (none can be left out; a smaller set may exist)")}",
        };

    private static void Below(Reason reason, int depth, List<string> lines, Reading reading, bool isRoot)
    {
        // The part's own line shows the expression already.
        if (!isRoot)
        {
            string definition = reading.Definition(reason.Text) is { } clause ? $"  = {clause}" : "";
            lines.Add($"{new string(' ', depth * 2)}{reason.Value.Letter()} {reason.Text}{definition}{Said(reason)}");
        }
        else if (reason.Parts.Count == 0)
        {
            lines.Add($"  {reason.Value.Letter()} {reason.Text}{Said(reason)}");
        }

        foreach (Reason part in reason.Parts)
        {
            // The one part of a term is its definition, which the term's line shows already.
            bool isDefinition = reading.Definition(reason.Text) is not null;
            Below(part, isDefinition || isRoot ? depth : depth + 1, lines, reading, isDefinition && part.Parts.Count > 0);
        }
    }

    private static string Said(Reason reason) =>
        reason.IsBurden ? "  (nobody showed otherwise; the burden was not discharged)"
        : reason.Fact is not { } fact ? ""
        : fact.IsContradicted ? "  (sources contradict each other)"
        : fact.For.Concat(fact.Against).ToList() is { Count: > 0 } said ? $"  ({string.Join(", ", said.Select(Source))})"
        : fact.Silent.Count > 0 ? $"  ({string.Join(", ", fact.Silent.Select(one => one.Source))} does not know)"
        : "";

    private static string Source(Assertion one) =>
        one.Evidence.Count > 0 ? $"{one.Source}, {string.Join(", ", one.Evidence)}" : one.Source;
}
