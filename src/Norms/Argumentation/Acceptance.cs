namespace Breakwater.Norms.Argumentation;

/// <summary>A premise, or a rule applied to the conclusions of other arguments.</summary>
/// <param name="Rule">The rule applied last; null for a premise.</param>
/// <param name="From">Places, in the list of arguments, of those whose conclusions it needs; each stands before it.</param>
public sealed record Argument(Literal Conclusion, Rule? Rule, IReadOnlyList<int> From);

/// <summary>What of a theory can be accepted.</summary>
/// <param name="Arguments">All arguments; the first ones only when their number is capped.</param>
/// <param name="Grounded">The sceptical answer; null when arguments or attacks are capped.</param>
/// <param name="Preferred">
/// Every maximal coherent position, in a fixed order; the first ones only when extensions are capped, null when anything else is.
/// </param>
/// <param name="Capped">The limit that was met, or null when all is complete and exact.</param>
public sealed record Acceptance(
    IReadOnlyList<Argument> Arguments,
    Labelling? Grounded,
    IReadOnlyList<Labelling>? Preferred,
    Capped? Capped
);

/// <summary>A limit that was met, and by how much as far as it was counted.</summary>
public sealed record Capped(Cap What, long AtLeast, long Limit);

public enum Cap
{
    Arguments,

    /// <summary>Rules and conclusions in all arguments together.</summary>
    Size,

    /// <summary>Attacks between arguments, rebuts that preferences can defeat counted as arguments.</summary>
    Attacks,

    /// <summary>Undecided arguments that depend on each other in a circle; those that stand and fall together count once.</summary>
    Component,

    /// <summary>Branches of the search for preferred extensions.</summary>
    Steps,

    /// <summary>Preferred extensions listed.</summary>
    Extensions,
}

/// <summary>How far to go.</summary>
/// <param name="Component">At most 64, which is what a word of bits holds.</param>
public sealed record Limits(
    int Arguments = 20_000,
    long Size = 10_000_000,
    int Attacks = 1_000_000,
    int Component = 60,
    int Steps = 1_000_000,
    int Extensions = 256
);
