namespace Breakwater.Norms.Argumentation;

/// <summary>A theory in dense numbers: literals and rules by their place in sorted order, so that equal theories have equal numbers.</summary>
internal sealed class Terms
{
    private readonly Dictionary<Literal, int> numbers;
    private readonly Dictionary<string, int> ruleNumbers;
    private readonly Dictionary<(int Rule, int Over), int> preferences = [];

    public Terms(Theory theory)
    {
        Literals =
        [
            .. theory.Literals.SelectMany(one => (Literal[])[one, !one]).Distinct().Order(),
        ];
        numbers = Literals.Index().ToDictionary(item => item.Item, item => item.Index);
        Rules = [.. theory.Rules];
        ruleNumbers = Rules.Index().ToDictionary(item => item.Item.Name, item => item.Index);
        Premises = [.. theory.Premises.Select(premise => numbers[premise])];
        If =
        [
            .. Rules.Select(rule =>
                rule.If.Select(one => numbers[one]).Distinct().Order().ToArray()
            ),
        ];
        Then = [.. Rules.Select(rule => numbers[rule.Then])];
        Needing = Places(If.Index().SelectMany(rule => rule.Item.Select(one => (one, rule.Index))));
        PresumedBy = Places(
            Then.Index()
                .Where(rule => !Rules[rule.Index].IsStrict)
                .Select(rule => (rule.Item, rule.Index))
        );
        Contradicts = Places(Contradictions(theory));
        AppliesTo = [.. Literals.Select(RuleWhoseUse)];
        Applies = [.. Rules.Select(rule => Number(Literal.Applies(rule.Name)))];
        foreach ((int number, Literal literal) in Literals.Index())
        {
            if (literal is { Kind: LiteralKind.Prefers, IsDenied: false })
            {
                preferences[(ruleNumbers[literal.Name!], ruleNumbers[literal.Over!])] = number;
            }
        }
    }

    public Literal[] Literals { get; }
    public Rule[] Rules { get; }
    public int[] Premises { get; }

    /// <summary>By rule: the literals that it needs, each once.</summary>
    public int[][] If { get; }

    /// <summary>By rule: its conclusion.</summary>
    public int[] Then { get; }

    /// <summary>By literal: the rules that need it.</summary>
    public int[][] Needing { get; }

    /// <summary>By literal: the defeasible rules that conclude it.</summary>
    public int[][] PresumedBy { get; }

    /// <summary>By literal: those that contradict it.</summary>
    public int[][] Contradicts { get; }

    /// <summary>By literal: the rule that it says applies, or -1.</summary>
    public int[] AppliesTo { get; }

    /// <summary>By rule: the literal that says that it applies, or -1 when nothing speaks of it.</summary>
    public int[] Applies { get; }

    /// <summary>The literals that say that a rule is preferred to another.</summary>
    public IEnumerable<int> Preferences => preferences.Values;

    /// <summary>The number of a literal, or -1 when the theory does not speak of it.</summary>
    public int Number(Literal literal) => numbers.GetValueOrDefault(literal, -1);

    /// <summary>The literal that says that a rule is preferred to another, or -1 when nothing speaks of it.</summary>
    public int Preference(int rule, int over) => preferences.GetValueOrDefault((rule, over), -1);

    private IEnumerable<(int, int)> Contradictions(Theory theory)
    {
        foreach ((int number, Literal literal) in Literals.Index())
        {
            yield return (number, numbers[!literal]);
            // A strict order is asymmetric (Modgil 2009, definition of an extended framework, has the same demand).
            if (
                literal is { Kind: LiteralKind.Prefers, IsDenied: false }
                && numbers.TryGetValue(
                    Literal.Prefers(literal.Over!, literal.Name!),
                    out int reverse
                )
            )
            {
                yield return (number, reverse);
            }
        }

        foreach ((Literal one, Literal other) in theory.Contraries)
        {
            yield return (numbers[one], numbers[other]);
            yield return (numbers[other], numbers[one]);
        }
    }

    private int RuleWhoseUse(Literal literal) =>
        literal is { Kind: LiteralKind.Applies, IsDenied: false } ? ruleNumbers[literal.Name!] : -1;

    private int[][] Places(IEnumerable<(int Literal, int Value)> pairs)
    {
        int[][] places = new int[Literals.Length][];
        Array.Fill(places, []);
        foreach (
            IGrouping<int, int> group in pairs.GroupBy(pair => pair.Literal, pair => pair.Value)
        )
        {
            places[group.Key] = [.. group.Distinct().Order()];
        }

        return places;
    }
}
