namespace Breakwater.Norms.Argumentation;

/// <summary>From some literals to another: without exception when strict, presumably when defeasible.</summary>
/// <param name="Name">Its own in a theory; by it a defeasible rule is undercut and preferred.</param>
public sealed record Rule(string Name, IReadOnlyList<Literal> If, Literal Then, bool IsStrict)
{
    public static Rule Strict(string name, IReadOnlyList<Literal> @if, Literal then) =>
        new(name, @if, then, IsStrict: true);

    public static Rule Defeasible(string name, IReadOnlyList<Literal> @if, Literal then) =>
        new(name, @if, then, IsStrict: false);
}

/// <summary>An argumentation theory of ASPIC+ with axioms for its only premises.</summary>
/// <remarks>
/// Modgil and Prakken 2013, "A general account of argumentation with preferences", section 3. Nothing is added to what is given: strict rules
/// are not closed under transposition, and preferences are not transitive unless rules say so. Whoever leaves either out may find conclusions
/// that contradict each other side by side; <see cref="Labelling.Contradictions"/> names them. A literal contradicts its denial, and that one
/// rule is preferred to another contradicts the reverse. Order says nothing, and what is given twice is given once.
/// </remarks>
public sealed class Theory
{
    /// <exception cref="ArgumentException">Two rules of one name, a rule that is spoken of and not there, or a literal against itself.</exception>
    public Theory(
        IEnumerable<Literal> premises,
        IEnumerable<Rule> rules,
        IEnumerable<(Literal One, Literal Other)>? contraries = null
    )
    {
        ArgumentNullException.ThrowIfNull(premises);
        ArgumentNullException.ThrowIfNull(rules);
        Premises = [.. premises.Distinct().Order()];
        Rules = [.. rules.OrderBy(rule => rule.Name, StringComparer.Ordinal)];
        Contraries =
        [
            .. (contraries ?? [])
                .Select(pair => pair.One <= pair.Other ? pair : (pair.Other, pair.One))
                .Distinct()
                .Order(),
        ];
        Check();
    }

    public IReadOnlyList<Literal> Premises { get; }
    public IReadOnlyList<Rule> Rules { get; }
    public IReadOnlyList<(Literal One, Literal Other)> Contraries { get; }

    internal IEnumerable<Literal> Literals =>
        [
            .. Premises,
            .. Rules.SelectMany(rule => rule.If),
            .. Rules.Select(rule => rule.Then),
            .. Contraries.SelectMany(pair => (Literal[])[pair.One, pair.Other]),
        ];

    private void Check()
    {
        for (int i = 0; i < Rules.Count; i++)
        {
            Require(!string.IsNullOrEmpty(Rules[i].Name), "a rule has no name; name each");
            Require(
                i == 0 || Rules[i].Name != Rules[i - 1].Name,
                $"two rules are named '{Rules[i].Name}'; name each differently"
            );
        }

        HashSet<string> defeasible =
        [
            .. Rules.Where(rule => !rule.IsStrict).Select(rule => rule.Name),
        ];
        foreach (Literal literal in Literals)
        {
            Require(literal.Name is not null, "a literal has no words; give it some");
            foreach (
                string? rule in (string?[])(
                    literal.Kind switch
                    {
                        LiteralKind.Applies => [literal.Name],
                        LiteralKind.Prefers => [literal.Name, literal.Over],
                        _ => [],
                    }
                )
            )
            {
                Require(
                    defeasible.Contains(rule!),
                    $"'{literal}' speaks of '{rule}', which is no defeasible rule here; give the rule, or leave the literal out"
                );
            }

            Require(
                literal.Kind != LiteralKind.Prefers || literal.Name != literal.Over,
                $"'{literal}' prefers a rule to itself; leave it out"
            );
        }

        foreach ((Literal one, Literal other) in Contraries)
        {
            Require(one != other, $"'{one}' is declared contrary to itself; leave the pair out");
        }
    }

    private static void Require(bool isMet, string otherwise)
    {
        if (!isMet)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
