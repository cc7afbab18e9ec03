namespace Breakwater.Norms.Argumentation;

/// <summary>What a literal speaks of.</summary>
public enum LiteralKind : byte
{
    /// <summary>A claim about the matter.</summary>
    Claim,

    /// <summary>That a defeasible rule applies; whoever denies it undercuts the rule.</summary>
    Applies,

    /// <summary>That one defeasible rule is preferred to another.</summary>
    Prefers,
}

/// <summary>Something that can be asserted or denied. Literals with the same words are the same literal.</summary>
public readonly record struct Literal : IComparable<Literal>
{
    private Literal(LiteralKind kind, string name, string over = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Kind, Name, Over) = (kind, name, over);
    }

    public LiteralKind Kind { get; }

    /// <summary>The claim, or the rule that is spoken of. Null in the default value, which no theory takes.</summary>
    public string? Name { get; }

    /// <summary>The rule that is less preferred; empty for other kinds.</summary>
    public string? Over { get; }

    public bool IsDenied { get; private init; }

    public static Literal Claim(string name) => new(LiteralKind.Claim, name);

    public static Literal Applies(string rule) => new(LiteralKind.Applies, rule);

    public static Literal Prefers(string rule, string over)
    {
        ArgumentException.ThrowIfNullOrEmpty(over);
        return new(LiteralKind.Prefers, rule, over);
    }

    public static Literal operator !(Literal literal) => literal.LogicalNot();

    public static bool operator <(Literal left, Literal right) => left.CompareTo(right) < 0;

    public static bool operator >(Literal left, Literal right) => left.CompareTo(right) > 0;

    public static bool operator <=(Literal left, Literal right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Literal left, Literal right) => left.CompareTo(right) >= 0;

    public Literal LogicalNot() => this with { IsDenied = !IsDenied };

    public int CompareTo(Literal other)
    {
        int order = Kind.CompareTo(other.Kind);
        order = order != 0 ? order : string.CompareOrdinal(Name, other.Name);
        order = order != 0 ? order : string.CompareOrdinal(Over, other.Over);
        return order != 0 ? order : IsDenied.CompareTo(other.IsDenied);
    }

    public override string ToString() =>
        (IsDenied ? "not " : "")
        + Kind switch
        {
            LiteralKind.Claim => Name,
            LiteralKind.Applies => $"{Name} applies",
            LiteralKind.Prefers => $"{Name} over {Over}",
            _ => throw new InvalidOperationException($"{Kind} is no kind of literal"),
        };
}
