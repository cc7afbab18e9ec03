using Breakwater.Norms.Assessing;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Positions;

/// <summary>
/// Pairs of rules of which one permits what the other may forbid: the power was used as its rule asks, under some reading, and the other
/// rule finds a shortfall on the same facts, under some reading.
/// </summary>
internal static class Rivalries
{
    public static IReadOnlyList<Relation> Of(Assessed assessed) =>
        [
            .. assessed.Pack.Relations.Where(relation =>
                (relation.IsConflict || relation.Type == RelationType.Displaces)
                && Comes(assessed, relation.From, Outcome.Met)
                && Comes(assessed, relation.To, Outcome.Violated)
            ),
        ];

    private static bool Comes(Assessed assessed, string rule, Outcome outcome) =>
        assessed.Spreads.Any(spread =>
            spread.Rule.Id == rule && spread.Outcomes.Any(group => group.Outcome == outcome)
        );
}
