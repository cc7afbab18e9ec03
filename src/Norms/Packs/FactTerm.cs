namespace Breakwater.Norms.Packs;

/// <summary>Whom a question may be put to.</summary>
public enum Safety
{
    /// <summary>Anybody may be asked.</summary>
    Open,

    /// <summary>A trained documenter asks, with a warning.</summary>
    Care,

    /// <summary>Desk sources only: collecting the answer in the field may expose somebody.</summary>
    Guarded,
}

/// <summary>Who is likely to know.</summary>
public enum Respondent
{
    Field,
    Documenter,
    Desk,
}

/// <summary>A word of the vocabulary of facts: what true means, how to ask, and whether asking is safe.</summary>
public sealed record FactTerm
{
    public required string Id { get; init; }

    /// <summary>What <c>true</c> means.</summary>
    public required string Gloss { get; init; }

    public required string Question { get; init; }

    public required string Counts { get; init; }

    public required string DoesNot { get; init; }

    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>It needs an assessment by a named role; measurements never set it.</summary>
    public bool IsEvaluative { get; init; }

    /// <summary>Recorded in cases and read by no rule.</summary>
    public bool IsContextOnly { get; init; }

    public required Safety Safety { get; init; }

    public string? SafetyNote { get; init; }

    public required Respondent AskOf { get; init; }

    /// <summary>Effort of an answer: 1, anyone can say at once, to 5, research or an expert's assessment.</summary>
    public required int Cost { get; init; }

    /// <summary>The role that assesses an evaluative fact.</summary>
    public string? Assessor { get; init; }

    public IReadOnlyList<string> Pro { get; init; } = [];

    public IReadOnlyList<string> Contra { get; init; } = [];

    public required PackLine At { get; init; }
}
