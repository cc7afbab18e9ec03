using Breakwater.Norms.Assessing;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Positions;

/// <summary>How one contested rule stands within a position.</summary>
public sealed record Stand(Rule Rule, Outcome Outcome);

/// <summary>A set of stands that can be held together, with the bodies whose readings generate it.</summary>
/// <param name="Profiles">
/// Profiles whose outcomes agree with every stand; empty: coherent, and no body of the pack is on record for it, as for any position that
/// prefers one rule to another.
/// </param>
/// <param name="Preferred">Conflicts between rules that it settles, in words: which of two rules goes before the other, by which principle.</param>
public sealed record CoherentPosition(
    IReadOnlyList<Stand> Stands,
    IReadOnlyList<string> Profiles,
    IReadOnlyList<string> Preferred
);

/// <summary>What is contested, argued out.</summary>
/// <param name="Sceptical">What stands under every way to settle the argument (grounded); the rest is open.</param>
/// <param name="Positions">
/// Every coherent position (preferred extensions) in a stable order, but for those that no body comes to and that only leave more open
/// than another.
/// </param>
/// <param name="Conditions">Unknown facts on which arguments hang that could not be built.</param>
/// <param name="Capped">Why positions are not listed in full; null when they are.</param>
public sealed record PositionsFound(
    IReadOnlyList<Stand> Sceptical,
    IReadOnlyList<CoherentPosition> Positions,
    IReadOnlyList<string> Conditions,
    string? Capped
);
