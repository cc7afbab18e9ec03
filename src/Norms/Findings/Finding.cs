using Breakwater.Norms.Assessing;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Findings;

/// <summary>What one rule comes to under one profile: prima facie, attributed to that profile, open to contest.</summary>
/// <param name="Missing">Unknown facts that can still change the outcome, sorted.</param>
/// <param name="OpenDefences">Defences that the acting party would have to plead and that nobody did.</param>
/// <param name="ExcusedBy">The exceptions by which a duty is met; empty otherwise.</param>
/// <param name="SupersededBy">The profile that this default reading gave way to.</param>
/// <param name="Restates">Instruments later than the conduct that restate or refine the rule: the reading may be younger than the conduct.</param>
public sealed record Finding(
    Rule Rule,
    string Profile,
    Outcome Outcome,
    IReadOnlyList<Part> Basis,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> OpenDefences,
    IReadOnlyList<string> ExcusedBy,
    string? SupersededBy,
    IReadOnlyList<string> Restates
);

/// <summary>How the readings of several bodies stand to one another. They are not votes.</summary>
public enum Standing
{
    /// <summary>All the same and determinate.</summary>
    Agreed,

    /// <summary>Two determinate outcomes that differ.</summary>
    Contested,

    /// <summary>One determinate outcome; the rest lack facts.</summary>
    PartlyUndetermined,

    Undetermined,
}

/// <summary>Which profile comes to which outcome, and what the difference turns on. The last three are worked out when asked for.</summary>
public sealed class Spread(
    Rule rule,
    Standing standing,
    IReadOnlyList<(Outcome Outcome, IReadOnlyList<string> Profiles)> outcomes,
    Func<Spread, (IReadOnlyList<string> Terms, IReadOnlyList<string> Atoms)> turning,
    Func<Spread, IReadOnlyList<string>> missing
)
{
    private (IReadOnlyList<string> Terms, IReadOnlyList<string> Atoms)? points;
    private IReadOnlyList<string>? unknown;

    public Rule Rule => rule;

    public Standing Standing => standing;

    /// <summary>Profiles in pack order by outcome; undetermined first.</summary>
    public IReadOnlyList<(Outcome Outcome, IReadOnlyList<string> Profiles)> Outcomes => outcomes;

    /// <summary>Derived terms, or <c>breach</c> of the rule, that the profiles read differently.</summary>
    public IReadOnlyList<string> TurnsOn => (points ??= turning(this)).Terms;

    /// <summary>Facts that one of the readings asks for and another does not.</summary>
    public IReadOnlyList<string> Atoms => (points ??= turning(this)).Atoms;

    /// <summary>Unknown facts for want of which a profile comes to no outcome, sorted.</summary>
    public IReadOnlyList<string> Missing => unknown ??= missing(this);
}

/// <summary>How a gap of the law was met with.</summary>
public enum GapEntryKind
{
    /// <summary>The facts of the gap are there, and no binding duty of its rules answers to them.</summary>
    Silence,

    /// <summary>Profiles or regimes disagree on a rule of the gap.</summary>
    Divergence,

    /// <summary>A rule that declares the gap was reached.</summary>
    Declared,
}

/// <param name="Rules">Those that reached it, in pack order.</param>
public sealed record GapEntry(
    Gap Gap,
    GapEntryKind Kind,
    IReadOnlyList<Rule> Rules,
    IReadOnlyList<(Outcome Outcome, IReadOnlyList<string> Profiles)> Spread
);
