namespace Breakwater.Norms.Argumentation;

/// <summary>How an argument or a conclusion stands. Undecided is not out.</summary>
public enum Label : byte
{
    Undecided = 0,
    In = 1,
    Out = 2,
}

/// <summary>A label for each argument, in agreement with each other, and what follows for conclusions.</summary>
public sealed class Labelling
{
    private readonly Terms terms;
    private readonly Label?[] stands;

    internal Labelling(Terms terms, IReadOnlyList<Built> built, Label[] arguments)
    {
        this.terms = terms;
        Arguments = arguments;
        stands = new Label?[terms.Literals.Length];
        foreach ((int place, Built argument) in built.Index())
        {
            stands[argument.Conclusion] = (stands[argument.Conclusion], arguments[place]) switch
            {
                (Label.In, _) or (_, Label.In) => Label.In,
                (Label.Undecided, _) or (_, Label.Undecided) => Label.Undecided,
                _ => Label.Out,
            };
        }
    }

    /// <summary>By the place of the argument.</summary>
    public IReadOnlyList<Label> Arguments { get; }

    /// <summary>In when an argument for it is in, out when all are out, undecided otherwise; null when nobody argues for it, which denies nothing.</summary>
    public Label? this[Literal conclusion] =>
        terms.Number(conclusion) is >= 0 and var number ? stands[number] : null;

    /// <summary>What is argued for, sorted, with how it stands.</summary>
    public IEnumerable<(Literal Conclusion, Label Label)> Conclusions =>
        terms
            .Literals.Zip(stands)
            .Where(one => one.Second is not null)
            .Select(one => (one.First, one.Second!.Value));

    /// <summary>Pairs that contradict each other and are both in.</summary>
    /// <remarks>
    /// There are none where axioms agree, strict rules are closed under transposition, and accepted preferences have no cycle (Modgil and
    /// Prakken 2013, section 4).
    /// </remarks>
    public IEnumerable<(Literal One, Literal Other)> Contradictions =>
        from one in Enumerable.Range(0, stands.Length)
        where stands[one] == Label.In
        from other in terms.Contradicts[one]
        where one < other && stands[other] == Label.In
        select (terms.Literals[one], terms.Literals[other]);
}
