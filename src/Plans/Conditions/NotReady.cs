using System.Globalization;

namespace Breakwater.Plans;

/// <summary>Why lines are not counted as ready, and which questions nobody has answered, in words.</summary>
internal static class NotReady
{
    public static IEnumerable<string> Reasons(IReadOnlyList<PlanLine> lines, PlanningInputs inputs)
    {
        foreach (
            var waiting in lines
                .SelectMany(line =>
                    line.Conditions.Where(one => one.State == ConditionState.NotOnRecord)
                        .Select(one => (line.Asset, Condition: one))
                )
                .GroupBy(one =>
                    (one.Asset, one.Condition.Rule, one.Condition.Gap, one.Condition.Asks)
                )
        )
        {
            string gap = waiting.Key.Gap is { } id ? $", gap {id}" : "";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{waiting.Key.Asset}: not counted as ready at {waiting.Count()} {(waiting.Count() == 1 ? "place" : "places")}; it waits for {waiting.Key.Asks} ({waiting.Key.Rule}{gap})"
            );
        }

        List<string> unsaid =
        [
            .. inputs
                .Offers.Where(offer =>
                    offer.Means is null && lines.Any(line => line.OfferId == offer.Id)
                )
                .Select(offer => offer.Asset)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        if (unsaid.Count > 0 && inputs.Findings.Count > 0)
        {
            yield return $"whether norms ask anything of these is open, because nobody said what they work with: {string.Join("; ", unsaid)}";
        }
    }
}
