using Breakwater.Norms.Assessing;
using Breakwater.Norms.Comparing;

namespace Breakwater.App.Verbs.Law;

/// <summary>A comparison as lines that can be read out, and published with the answer to a contest.</summary>
internal static class DiffLines
{
    private const int LongText = 400;

    /// <summary>Cases shown of one turn of one rule; those that say what they expect come first.</summary>
    private const int CasesMax = 10;

    public static IEnumerable<string> Of(PackDiff diff)
    {
        if (diff.IsSame)
        {
            yield return "The two are the same, and every case comes out as before.";
            yield break;
        }

        foreach (
            IGrouping<(string Kind, string Id), Change> entry in diff.Changes.GroupBy(change =>
                (change.Kind, change.Id)
            )
        )
        {
            yield return $"{entry.Key.Kind} {entry.Key.Id}";
            foreach (Change change in entry)
            {
                if (change.Before is null && change.Field == "entry")
                {
                    yield return $"  new: {change.After}";
                }
                else if (change.After is null && change.Field == "entry")
                {
                    yield return $"  gone: {change.Before}";
                }
                else
                {
                    yield return $"  {change.Field}";
                    yield return $"    - {Short(change.Before)}";
                    yield return $"    + {Short(change.After)}";
                }
            }
        }

        if (diff.Outcomes.Count == 0)
        {
            yield return "No case comes out otherwise.";
            yield break;
        }

        yield return $"OUTCOMES  {diff.Outcomes.Count} differ, in {diff.Outcomes.Select(one => one.Case).Distinct().Count()} cases";
        foreach (
            IGrouping<
                (string Rule, Outcome Before, Outcome After),
                OutcomeChange
            > turn in diff.Outcomes.GroupBy(one => (one.Rule, one.Before, one.After))
        )
        {
            string words = $"{turn.Key.Rule} {turn.Key.Before.Word()} -> {turn.Key.After.Word()}";
            IGrouping<(string Case, string Name), OutcomeChange>[] cases =
            [
                .. turn.GroupBy(one => (one.Case, one.Name))
                    .OrderBy(one => one.All(change => change.Expected is null)),
            ];
            foreach (
                IGrouping<(string Case, string Name), OutcomeChange> one in cases.Take(CasesMax)
            )
            {
                yield return $"  {one.Key.Case}: {words}";
                yield return $"    {one.Key.Name}";
                yield return one.Count() == diff.Readings
                    ? "    in every reading"
                    : $"    in {string.Join(", ", one.Select(change => change.Profile))}";
                foreach (OutcomeChange change in one.Where(change => change.Expected is not null))
                {
                    yield return change.Expected == change.After
                        ? $"    {change.Profile}: now as the case expects"
                        : $"    {change.Profile}: the case expects {change.Expected!.Value.Word()}";
                }
            }

            if (cases.Length > CasesMax)
            {
                yield return $"  {words} in {cases.Length - CasesMax} more cases; --json names each";
            }
        }
    }

    private static string Short(string? text) =>
        text is null ? "(nothing)"
        : text.Length <= LongText ? text.ReplaceLineEndings(" ")
        : $"{text[..LongText].ReplaceLineEndings(" ")}... ({text.Length} characters)";
}
