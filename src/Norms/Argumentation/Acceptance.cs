namespace Breakwater.Norms.Argumentation;

/// <summary>How an argument or a conclusion stands. Undecided is not out.</summary>
public enum Label : byte
{
    Undecided = 0,
    In = 1,
    Out = 2,
}

/// <summary>A premise, or a rule applied to the conclusions of other arguments.</summary>
/// <param name="Rule">The rule applied last; null for a premise.</param>
/// <param name="From">Places, in the list of arguments, of those whose conclusions it needs; each stands before it.</param>
public sealed record Argument(Literal Conclusion, Rule? Rule, IReadOnlyList<int> From);

/// <summary>A label for each argument that agrees with itself, and what follows for conclusions.</summary>
/// <param name="Arguments">By the place of the argument.</param>
/// <param name="Conclusions">
/// In when an argument for it is in, out when all are out, undecided otherwise. What nobody argues for is not listed: silence is no denial.
/// </param>
/// <param name="Contradictions">
/// Pairs that contradict each other and are both in. There are none where axioms agree, strict rules are closed under transposition, and
/// accepted preferences have no cycle (Modgil and Prakken 2013, section 4).
/// </param>
public sealed record Labelling(
    IReadOnlyList<Label> Arguments,
    IReadOnlyDictionary<Literal, Label> Conclusions,
    IReadOnlyList<(Literal One, Literal Other)> Contradictions
);

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
