namespace Breakwater.Norms.Argumentation;

/// <summary>From arguments to a framework in which preferences are attacks.</summary>
/// <remarks>
/// docs/decisions/0038. An argument is attacked at its defeasible rules and nowhere else, so a node stands for all arguments with the same
/// points of attack: they have the same attackers, and stand and fall together. A rebut is the rebutting argument with one step more, which
/// says that it defeats a rule; preferences for that rule are further points of attack of it. A rebut that no preference can defeat is so the
/// node of its own argument.
/// </remarks>
internal sealed class FrameworkFromArguments
{
    private readonly Terms terms;
    private readonly IReadOnlyList<Built> built;
    private readonly int limit;
    private readonly Dictionary<int[], int> nodes = new(Sets.ByContent);
    private readonly List<int[]> pointsOf = [];

    /// <summary>By literal: the arguments that conclude it.</summary>
    private readonly List<int>[] concluding;

    /// <summary>By point, the nodes that attack it. A point is a rule, or behind the rules the literal of a preference.</summary>
    private readonly HashSet<int>?[] attackersAt;
    private readonly List<int> scratch = [];
    private long attacks;

    private FrameworkFromArguments(Terms terms, IReadOnlyList<Built> built, int limit)
    {
        (this.terms, this.built, this.limit) = (terms, built, limit);
        concluding = [.. terms.Literals.Select(_ => new List<int>())];
        foreach ((int place, Built argument) in built.Index())
        {
            concluding[argument.Conclusion].Add(place);
        }

        attackersAt = new HashSet<int>?[terms.Rules.Length + terms.Literals.Length];
    }

    /// <returns>The framework and the node of each argument, or the limit that was met.</returns>
    public static (Framework? Framework, int[] NodeOf, Capped? Capped) Flatten(
        Terms terms,
        IReadOnlyList<Built> built,
        Limits limits
    )
    {
        var flat = new FrameworkFromArguments(terms, built, limits.Attacks);
        int[] nodeOf = flat.NodesOfArguments();
        flat.Attack(nodeOf);
        List<int[]> attackersOf = flat.AttackersOfNodes();
        return flat.IsFull
            ? (null, nodeOf, new(Cap.Attacks, flat.attacks, limits.Attacks))
            : (new(attackersOf), nodeOf, null);
    }

    private bool IsFull => attacks > limit;

    private int[] NodesOfArguments()
    {
        bool[] isAttacked = [.. terms.Rules.Index().Select(rule => IsAttacked(rule.Index))];
        int[] nodeOf = new int[built.Count];
        for (int i = 0; i < nodeOf.Length; i++)
        {
            nodeOf[i] = Node(Array.FindAll(built[i].Presumes, rule => isAttacked[rule]));
        }

        return nodeOf;
    }

    private bool IsAttacked(int rule) =>
        !terms.Rules[rule].IsStrict
        && Array.Exists(
            [.. terms.Contradicts[terms.Then[rule]], .. Denials(rule)],
            literal => concluding[literal].Count > 0
        );

    private int[] Denials(int rule) =>
        terms.Applies[rule] is >= 0 and var applies ? terms.Contradicts[applies] : [];

    private int Node(int[] points)
    {
        if (!nodes.TryGetValue(points, out int node))
        {
            nodes[points] = node = pointsOf.Count;
            pointsOf.Add(points);
        }

        return node;
    }

    private void Attack(int[] nodeOf)
    {
        for (int i = 0; i < built.Count && !IsFull; i++)
        {
            foreach (int denied in terms.Contradicts[built[i].Conclusion])
            {
                // Undercuts succeed whatever is preferred (Modgil and Prakken 2013, section 3).
                if (terms.AppliesTo[denied] is >= 0 and var rule)
                {
                    Attack(rule, nodeOf[i]);
                }

                // Restricted rebut: what strict rules conclude last is attacked only below them.
                foreach (int rebutted in terms.PresumedBy[denied])
                {
                    Attack(rebutted, Rebut(built[i], nodeOf[i], rebutted));
                }
            }
        }

        foreach (int preference in terms.Preferences)
        {
            foreach (int argument in concluding[preference])
            {
                Attack(terms.Rules.Length + preference, nodeOf[argument]);
            }
        }
    }

    private void Attack(int point, int attacker)
    {
        (attackersAt[point] ??= []).Add(attacker);
        attacks++;
    }

    /// <summary>
    /// Last link, elitist: the attacker is less preferred when one of its last defeasible rules is less preferred than all last rules of the
    /// attacked. Under restricted rebut the attacked has one, so a single accepted preference defeats the rebut.
    /// </summary>
    private int Rebut(Built attacker, int node, int rebutted)
    {
        scratch.Clear();
        foreach (int last in attacker.Last)
        {
            if (
                terms.Preference(rebutted, last) is >= 0 and var preference
                && concluding[preference].Count > 0
            )
            {
                scratch.Add(terms.Rules.Length + preference);
            }
        }

        if (scratch.Count == 0)
        {
            return node;
        }

        scratch.AddRange(pointsOf[node]);
        return Node(Sets.Union(scratch));
    }

    private List<int[]> AttackersOfNodes()
    {
        List<int[]> attackersOf = [];
        foreach (int[] points in pointsOf)
        {
            scratch.Clear();
            foreach (int point in points)
            {
                scratch.AddRange(attackersAt[point] ?? []);
            }

            int[] attackers = Sets.Union(scratch);
            attackersOf.Add(attackers);
            attacks += attackers.Length;
            if (IsFull)
            {
                break;
            }
        }

        return attackersOf;
    }
}
