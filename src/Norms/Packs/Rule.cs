namespace Breakwater.Norms.Packs;

public enum RuleKind
{
    Duty,
    Test,
    Admissibility,
}

/// <summary>How sure the citation is; it says nothing of the reading.</summary>
public enum CitationConfidence
{
    Low,
    Medium,
    High,
}

/// <param name="IsChecked">True once a lawyer has read the place that is cited.</param>
public sealed record Source(string Cite, bool IsChecked);

/// <summary>A defence.</summary>
/// <param name="IgnoresUnknown">The acting party must plead it: silence does not stand in the way of the outcome.</param>
public sealed record Defence(string Id, Clause When, bool IgnoresUnknown);

/// <summary>Later readings gave way to that of a profile.</summary>
public sealed record Superseded(PartialDate From, string By);

/// <summary>One norm: when it applies, what falls short of it, what excuses, who reads it otherwise, and where it is written.</summary>
public sealed record Rule
{
    public required string Id { get; init; }

    public required RuleKind Kind { get; init; }

    public required string Regime { get; init; }

    /// <summary>Legal nature of the source: treaty, custom, soft, contested and their sums.</summary>
    public required string Force { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<Source> Sources { get; init; }

    public required CitationConfidence Confidence { get; init; }

    /// <summary>Since when it binds; compared with the conduct.</summary>
    public required Period Valid { get; init; }

    public required string ValidBasis { get; init; }

    /// <summary>When it was first stated in this form; compared with the day as of which readings are known.</summary>
    public PartialDate? ReadingFrom { get; init; }

    public string? ReadingBasis { get; init; }

    public required Period Recorded { get; init; }

    /// <summary>When a duty applies; what a test or admissibility asks.</summary>
    public required Clause Condition { get; init; }

    /// <summary>What falls short of a duty; null for a test.</summary>
    public Clause? Breach { get; init; }

    public IReadOnlyList<Defence> Exceptions { get; init; } = [];

    /// <summary>Facts that are taken so, in this rule alone, when closure is on and nobody said otherwise.</summary>
    public IReadOnlyDictionary<string, bool> Burden { get; init; } = new Dictionary<string, bool>();

    /// <summary>Other readings of the breach, or of what a test asks.</summary>
    public IReadOnlyList<Stance> Stances { get; init; } = [];

    public Superseded? Superseded { get; init; }

    public IReadOnlyList<string> Later { get; init; } = [];

    public string? Relation { get; init; }

    public string? Consequence { get; init; }

    public IReadOnlyList<string> Gaps { get; init; } = [];

    public required PackStatus Status { get; init; }

    public IReadOnlyList<string> Reviewers { get; init; } = [];

    /// <summary>Plain-language explanation in Markdown, from the file of the same stem.</summary>
    public required string Commentary { get; init; }

    public required PackLine At { get; init; }

    /// <summary>A duty that a State or a party is bound by, and no voluntary norm.</summary>
    public bool IsBinding =>
        Kind == RuleKind.Duty
        && Force.Split('+').Any(part => part is "treaty" or "custom" or "UNSC" or "domestic");
}
