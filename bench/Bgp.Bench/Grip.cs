using Breakwater.Bgp;
using Breakwater.Tests.Bgp;

namespace Breakwater.Bench.Bgp;

/// <summary>
/// Our judgement of the events that GRIP published, beside GRIP's own:
/// <c>dotnet run -c Release --project bench/Bgp.Bench -- grip FOLDER</c>. GRIP's inference is a suspicion, no truth.
/// </summary>
internal static class Grip
{
    public static void Print(string folder)
    {
        var judged = Directory
            .EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(GripCase.Read)
            .Select(grip => (Case: grip, Judged: grip.Judge()))
            .ToList();
        Console.WriteLine(
            "| GRIP event | type | our verdict | events | distinct | GRIP suspicion | our confidence |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (
            var group in judged
                .GroupBy(one =>
                    (one.Case.EventType, one.Case.ExpectedType, Verdict: VerdictOf(one.Judged))
                )
                .OrderBy(group => group.Key.EventType, StringComparer.Ordinal)
                .ThenBy(group => group.Key.ExpectedType, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Verdict, StringComparer.Ordinal)
        )
        {
            int distinct = group
                .Select(one =>
                    (
                        string.Join(' ', one.Case.Attackers),
                        string.Join(' ', one.Case.Victims),
                        one.Case.At
                    )
                )
                .Distinct()
                .Count();
            List<double> sure =
            [
                .. group
                    .Where(one => one.Judged is not null)
                    .Select(one => one.Judged!.Value.Judgement.Confidence.Probability)
                    .Order(),
            ];
            Console.WriteLine(
                $"| {group.Key.EventType} | `{group.Key.ExpectedType.Replace("|", "\\|", StringComparison.Ordinal)}` | {group.Key.Verdict} | {group.Count()} | {distinct} "
                    + $"| {string.Join(", ", group.Select(one => one.Case.Suspicion).Distinct())} | {(sure.Count == 0 ? "-" : $"{sure[0]:0.00} to {sure[^1]:0.00}")} |"
            );
        }

        Console.WriteLine();
        Console.WriteLine("| RPKI of the newcomer, GRIP | our tag | newcomers |");
        Console.WriteLine("|---|---|---|");
        foreach (
            var group in judged
                .Where(one => one.Judged is not null)
                .GroupBy(one =>
                    (
                        Theirs: one.Case.Rpki[one.Judged!.Value.Departure.Origin],
                        Ours: one.Judged.Value.Judgement.Tags.First(tag =>
                            tag.Tag.StartsWith("rpki", StringComparison.Ordinal)
                        ).Tag
                    )
                )
                .OrderBy(group => group.Key.Theirs, StringComparer.Ordinal)
        )
        {
            Console.WriteLine($"| {group.Key.Theirs} | {group.Key.Ours} | {group.Count()} |");
        }
    }

    private static string VerdictOf((OriginDeparture, HijackJudgement Judgement)? judged) =>
        judged is not { } one ? "not judged: covers a known prefix, is no part of one"
        : one.Judgement.IsSetAside
            ? "set aside: "
                + string.Join(
                    ", ",
                    one.Judgement.Tags.Where(tag => tag.Score < 0).Select(tag => tag.Tag)
                )
        : one.Judgement.Score >= 8 ? "suspicious, high"
        : one.Judgement.Score >= 4 ? "suspicious, medium"
        : "suspicious, low";
}
