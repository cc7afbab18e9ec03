using Breakwater.Norms.Argumentation;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Findings;

namespace Breakwater.Norms.Positions;

/// <summary>
/// Argues out what is contested. Rival readings of a term rebut each other, defences undercut, what one rule permits is held against
/// what another forbids, and a preference between two rules is an argument that can be attacked like any other.
/// </summary>
public static class PositionsFromFindings
{
    /// <summary>On the rules that are contested, and those that a conflict ties to them.</summary>
    public static PositionsFound Of(Assessed assessed)
    {
        ArgumentNullException.ThrowIfNull(assessed);
        HashSet<string> rules =
        [
            .. assessed
                .Spreads.Where(spread => spread.Standing == Standing.Contested)
                .Select(spread => spread.Rule.Id),
            .. Rivalries
                .Of(assessed)
                .SelectMany(relation => (string[])[relation.From, relation.To]),
        ];
        return Of(
            assessed,
            [
                .. assessed
                    .Spreads.Select(spread => spread.Rule)
                    .Where(rule => rules.Contains(rule.Id)),
            ]
        );
    }

    internal static PositionsFound Of(Assessed assessed, IReadOnlyList<Packs.Rule> rules)
    {
        if (rules.Count == 0)
        {
            return new PositionsFound([], [], [], null);
        }

        var residue = new Residue(assessed, rules);
        Acceptance acceptance = AcceptanceFromTheory.Weigh(residue.Theory());
        CoherentPosition[] positions =
        [
            .. (acceptance.Preferred ?? [])
                .Select(labelling =>
                {
                    IReadOnlyList<Stand> stands = residue.StandsOf(labelling);
                    IReadOnlyList<string> preferred = residue.PreferredIn(labelling);
                    return new CoherentPosition(
                        stands,
                        // The pack has no body on record for a preference between two rules, so none is said to hold one.
                        preferred.Count > 0
                            ? []
                            : Holders(assessed, rules, stands),
                        preferred
                    );
                })
                .DistinctBy(position =>
                    string.Join(
                        '\n',
                        [
                            .. position.Stands.Select(stand => $"{stand.Rule.Id} {stand.Outcome}"),
                            .. position.Preferred,
                        ]
                    )
                ),
        ];
        return new PositionsFound(
            acceptance.Grounded is { } grounded ? residue.StandsOf(grounded) : [],
            [
                .. positions
                    // What only leaves more open than another says nothing of its own, unless it is what a body comes to.
                    .Where(position =>
                        !positions.Any(other => LeavesMoreOpen(position, other))
                        || Holders(assessed, rules, position.Stands).Count > 0
                    )
                    .OrderByDescending(position => position.Profiles.Count > 0)
                    .ThenBy(position =>
                        position.Profiles.Count > 0 ? Place(assessed, position.Profiles[0]) : 0
                    ),
            ],
            residue.Conditions,
            acceptance.Capped is { } capped
                ? $"{Counted(capped.What)}: at least {capped.AtLeast}, and no more than {capped.Limit} are weighed. What is listed is not everything"
                : null
        );
    }

    private static bool LeavesMoreOpen(CoherentPosition position, CoherentPosition other) =>
        position.Stands.Count < other.Stands.Count
        && position.Stands.All(other.Stands.Contains)
        && position.Preferred.All(other.Preferred.Contains);

    /// <summary>The profiles that come to just these stands, and to none on what the position leaves open.</summary>
    private static IReadOnlyList<string> Holders(
        Assessed assessed,
        IReadOnlyList<Packs.Rule> rules,
        IReadOnlyList<Stand> stands
    )
    {
        var outcomes = stands.ToDictionary(
            stand => stand.Rule.Id,
            stand => stand.Outcome,
            StringComparer.Ordinal
        );
        return
        [
            .. assessed.Profiles.Where(profile =>
                rules.All(rule =>
                    outcomes.GetValueOrDefault(rule.Id, Outcome.Undetermined)
                    == assessed.Of(rule.Id, profile).Outcome
                )
            ),
        ];
    }

    private static int Place(Assessed assessed, string profile) =>
        assessed.Profiles.TakeWhile(one => one != profile).Count();

    private static string Counted(Cap cap) =>
        cap switch
        {
            Cap.Arguments => "arguments",
            Cap.Size => "steps within arguments",
            Cap.Attacks => "attacks",
            Cap.Component => "undecided arguments that hang together",
            Cap.Steps => "branches of the search",
            _ => "positions",
        };
}
