using Breakwater.Norms.Assessing;
using Breakwater.Norms.Comparing;

namespace Breakwater.App.Verbs.Law;

/// <summary>A comparison as lines that can be read out, and published with the answer to a contest.</summary>
internal static class DiffLines
{
    private const int LongText = 400;

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
                (string Case, string Name, string Rule, Outcome, Outcome),
                OutcomeChange
            > same in diff.Outcomes.GroupBy(one =>
                (one.Case, one.Name, one.Rule, one.Before, one.After)
            )
        )
        {
            yield return $"  {same.Key.Case}: {same.Key.Rule} {same.Key.Item4.Word()} -> {same.Key.Item5.Word()}";
            yield return $"    {same.Key.Name}";
            yield return $"    in {string.Join(", ", same.Select(one => one.Profile))}";
            foreach (OutcomeChange one in same.Where(one => one.Expected is not null))
            {
                yield return one.Expected == one.After
                    ? $"    {one.Profile}: now as the case expects"
                    : $"    {one.Profile}: the case expects {one.Expected!.Value.Word()}";
            }
        }
    }

    private static string Short(string? text) =>
        text is null ? "(nothing)"
        : text.Length <= LongText ? text.ReplaceLineEndings(" ")
        : $"{text[..LongText].ReplaceLineEndings(" ")}... ({text.Length} characters)";
}
