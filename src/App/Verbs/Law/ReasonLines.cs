using Breakwater.App.Law;
using Breakwater.Norms.Determining;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;

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
                reading.Why(part.Clause.Expression, Burdens.Of(assessed, finding.Rule, part)),
                1,
                lines,
                reading,
                isShown: true
            );
        }

        lines.AddRange(Caveats(finding));
        return lines;
    }

    /// <summary>What has to be said beside a finding: open defences, a reading that gave way, a rule restated after the conduct.</summary>
    public static IEnumerable<string> Caveats(Finding finding) =>
        [
            .. finding.OpenDefences.Select(defence => $"subject to defence {defence}, not pleaded"),
            .. finding.SupersededBy is { } by
                ? [$"this reading gave way to {by}"]
                : Array.Empty<string>(),
            .. finding.Restates.Count > 0
                ? [$"restated after the conduct by: {string.Join(", ", finding.Restates)}"]
                : Array.Empty<string>(),
        ];

    public static string SetLine(DeterminingSet set) =>
        set switch
        {
            { Outcome: null } => "no set of facts was found that would settle it",
            { Facts.Count: 0 } => "no fact is needed",
            _ =>
                $"{string.Join(", ", set.Facts.Select(fact => $"{fact.Fact} {(fact.Value ? "yes" : "no")}"))}{(set.IsExact ? "" : " (none can be left out; a smaller set may exist)")}",
        };

    /// <summary>What settles a part is shown, and what the settled part leaves behind is not: one true way is enough for an "or".</summary>
    private static void Below(
        Reason reason,
        int depth,
        List<string> lines,
        Reading reading,
        bool isShown
    )
    {
        bool isTerm = reading.Definition(reason.Text) is not null;
        Reason[] deciding = Deciding(isTerm ? reason.Parts[0] : reason);
        if (!isShown)
        {
            bool isCut = deciding.Length < (isTerm ? reason.Parts[0] : reason).Parts.Count;
            string definition = isTerm && !isCut ? $"  = {reading.Definition(reason.Text)}" : "";
            lines.Add(
                $"{new string(' ', depth * 2)}{reason.Value.Letter()} {reason.Text}{definition}{Said(reason)}"
            );
        }
        else if (deciding.Length == 0)
        {
            lines.Add($"  {reason.Value.Letter()} {reason.Text}{Said(reason)}");
        }

        // The one part of a term is its definition, and its line shows that already.
        foreach (Reason part in isTerm && deciding.Length == 0 ? reason.Parts : deciding)
        {
            Below(part, isShown ? depth : depth + 1, lines, reading, isShown: false);
        }
    }

    private static Reason[] Deciding(Reason reason)
    {
        Reason[] alike =
            reason.Value == Kleene.Unknown || reason.Parts.Count < 2
                ? []
                : [.. reason.Parts.Where(part => part.Value == reason.Value)];
        // Where a part suffices, the others differ from it in value; where all are needed they do not.
        return alike.Length > 0 && alike.Length < reason.Parts.Count ? alike : [.. reason.Parts];
    }

    private static string Said(Reason reason) =>
        reason.IsBurden ? "  (nobody showed otherwise; the burden was not discharged)"
        : reason.Fact is not { } fact ? ""
        : fact.IsContradicted ? "  (sources contradict each other)"
        : fact.For.Concat(fact.Against).ToList() is { Count: > 0 } said
            ? $"  ({string.Join(", ", said.Select(Source))})"
        : fact.Silent.Count > 0
            ? $"  ({string.Join(", ", fact.Silent.Select(one => one.Source))} does not know)"
        : "";

    private static string Source(Assertion one) =>
        one.Evidence.Count > 0 ? $"{one.Source}, {string.Join(", ", one.Evidence)}" : one.Source;
}
