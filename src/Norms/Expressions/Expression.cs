namespace Breakwater.Norms.Expressions;

/// <summary>A condition of a rule, over ids of facts and of derived terms.</summary>
public abstract record Expression
{
    /// <summary>The ids that it names, each once, in order of appearance.</summary>
    public IReadOnlyList<string> Ids()
    {
        var ids = new List<string>();
        Collect(this, ids, new HashSet<string>(StringComparer.Ordinal));
        return ids;
    }

    private static void Collect(Expression at, List<string> ids, HashSet<string> seen)
    {
        switch (at)
        {
            case Id id when seen.Add(id.Name):
                ids.Add(id.Name);
                break;
            case Not not:
                Collect(not.Of, ids, seen);
                break;
            case All all:
                foreach (Expression part in all.Parts)
                {
                    Collect(part, ids, seen);
                }

                break;
            case Any any:
                foreach (Expression part in any.Parts)
                {
                    Collect(part, ids, seen);
                }

                break;
        }
    }
}

/// <summary>A fact or a derived term.</summary>
public sealed record Id(string Name) : Expression
{
    public override string ToString() => Name;
}

public sealed record Not(Expression Of) : Expression
{
    public override string ToString() => $"!{Bound(Of)}";

    internal static string Bound(Expression part) =>
        part is All or Any ? $"({part})" : part.ToString();
}

/// <summary>True when every part is: <c>a &amp; b &amp; c</c>.</summary>
public sealed record All(IReadOnlyList<Expression> Parts) : Expression
{
    public override string ToString() =>
        string.Join(" & ", Parts.Select(part => part is Any ? $"({part})" : part.ToString()));
}

/// <summary>True when one part is: <c>a | b | c</c>.</summary>
public sealed record Any(IReadOnlyList<Expression> Parts) : Expression
{
    public override string ToString() => string.Join(" | ", Parts);
}
