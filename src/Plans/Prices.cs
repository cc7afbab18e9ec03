using System.Globalization;

namespace Breakwater.Plans;

/// <summary>What the limits cost: each figure comes from solving again with the limit moved, not from a dual value.</summary>
internal static class Prices
{
    private const int OffersAsked = 4;

    public static IEnumerable<string> Of(
        Optimiser optimiser,
        Solution solution,
        IReadOnlyList<PlanLine> lines,
        IReadOnlyList<UsableOffer> offers,
        PlanningInputs inputs
    )
    {
        long people = solution.Served.Values.Sum();
        decimal more = Math.Max(1_000, Math.Round(inputs.BudgetUsd / 10));
        if (optimiser.Solve(isFairest: false, budgetUsd: inputs.BudgetUsd + more) is { } richer)
        {
            yield return Sentence($"{more:0} USD more", richer.Served.Values.Sum() - people);
        }

        IEnumerable<UsableOffer> usedUp = offers
            .Where(offer =>
                lines.Where(line => line.OfferId == offer.Offer.Id).Sum(line => line.Units)
                >= offer.Offer.Quantity
            )
            .OrderByDescending(offer => offer.Offer.PeoplePerUnit)
            .ThenBy(offer => offer.Offer.Id, StringComparer.Ordinal)
            .Take(OffersAsked);
        foreach (UsableOffer offer in usedUp)
        {
            if (optimiser.Solve(isFairest: false, extra: offer.Offer.Id) is { } larger)
            {
                yield return Sentence(
                    $"one more unit of {offer.Offer.Asset}",
                    larger.Served.Values.Sum() - people
                );
            }
        }
    }

    private static string Sentence(string change, long people) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{change}: {(people > 0 ? $"+{people} people" : "no more people")}"
        );
}
