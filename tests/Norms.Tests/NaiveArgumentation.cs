using Breakwater.Norms.Argumentation;

namespace Breakwater.Norms.Tests;

/// <summary>
/// The same semantics, written for comparison: trees of words, every product of what there is, and a chain of three nodes for each rebut
/// (Boella, Gabbay, van der Torre and Villata 2009), whose sets are all tried.
/// </summary>
internal sealed class NaiveArgumentation
{
    private const int NodesMax = 22;
    private readonly Theory theory;
    private readonly List<string> nodes = [];
    private readonly HashSet<(string From, string To)> attacks = [];

    private NaiveArgumentation(Theory theory) => this.theory = theory;

    public required HashSet<string> Arguments { get; init; }
    public required HashSet<string> In { get; init; }
    public required HashSet<string> Out { get; init; }

    /// <summary>The arguments of each preferred extension, in one line each.</summary>
    public required List<string> Preferred { get; init; }

    /// <summary>Whether some rebut hangs on a preference.</summary>
    public bool HasPreferences => nodes.Count > Arguments.Count;

    /// <returns>Null when trying all sets would take too long.</returns>
    public static NaiveArgumentation? Solve(Theory theory)
    {
        List<Tree>? trees = Trees(theory);
        if (trees is null)
        {
            return null;
        }

        var naive = new NaiveArgumentation(theory)
        {
            Arguments = [.. trees.Select(tree => tree.Text)],
            In = [],
            Out = [],
            Preferred = [],
        };
        naive.Flatten(trees);
        if (naive.nodes.Count > NodesMax)
        {
            return null;
        }

        naive.TryAllSets(naive.Iterate());
        return naive;
    }

    private static List<Tree>? Trees(Theory theory)
    {
        List<Tree> trees = [.. theory.Premises.Select(premise => new Tree(premise, null, []))];
        while (true)
        {
            HashSet<string> known = [.. trees.Select(tree => tree.Text)];
            List<Tree> made =
            [
                .. theory
                    .Rules.SelectMany(rule =>
                        Products([.. rule.If.Distinct().Order()], trees)
                            .Select(parts => new Tree(rule.Then, rule, parts))
                    )
                    .Where(tree => !known.Contains(tree.Text))
                    .Where(tree =>
                        tree.Parts.SelectMany(part => part.All)
                            .All(below => below.Says != tree.Says)
                    ),
            ];
            if (made.Count == 0)
            {
                return trees;
            }

            trees.AddRange(made);
            if (trees.Count > NodesMax)
            {
                return null;
            }
        }
    }

    private static IEnumerable<Tree[]> Products(Literal[] needed, List<Tree> trees) =>
        needed.Length == 0
            ?
            [
                [],
            ]
            : trees
                .Where(tree => tree.Says == needed[0])
                .SelectMany(first =>
                    Products(needed[1..], trees).Select(rest => (Tree[])[first, .. rest])
                );

    private bool Contradict(Literal one, Literal other) =>
        one == !other
        || theory.Contraries.Contains((one, other))
        || theory.Contraries.Contains((other, one))
        || one is { Kind: LiteralKind.Prefers, IsDenied: false }
            && other == Literal.Prefers(one.Over!, one.Name!);

    private void Flatten(List<Tree> trees)
    {
        nodes.AddRange(trees.Select(tree => tree.Text));
        foreach (Tree attacker in trees)
        {
            foreach (Tree attacked in trees)
            {
                foreach (Tree part in attacked.All.Where(part => part.Rule is { IsStrict: false }))
                {
                    if (Contradict(attacker.Says, Literal.Applies(part.Rule!.Name)))
                    {
                        attacks.Add((attacker.Text, attacked.Text));
                    }

                    if (Contradict(attacker.Says, part.Says))
                    {
                        Rebut(attacker, attacked, part, trees);
                    }
                }
            }
        }
    }

    private void Rebut(Tree attacker, Tree attacked, Tree part, List<Tree> trees)
    {
        List<Tree> against =
        [
            .. trees.Where(preference => IsLess(attacker.Last, part.Last, preference.Says)),
        ];
        if (against.Count == 0)
        {
            attacks.Add((attacker.Text, attacked.Text));
            return;
        }

        string rejected = $"rejected: {attacker.Text}";
        string defeat = $"{attacker.Text} defeats {attacked.Text} at {part.Text}";
        foreach (string node in (string[])[rejected, defeat])
        {
            if (!nodes.Contains(node))
            {
                nodes.Add(node);
            }
        }

        attacks.Add((attacker.Text, rejected));
        attacks.Add((rejected, defeat));
        attacks.Add((defeat, attacked.Text));
        attacks.UnionWith(against.Select(preference => (preference.Text, defeat)));
    }

    /// <summary>Elitist: some rule of one is less preferred than all rules of the other, by this one preference.</summary>
    private static bool IsLess(HashSet<string> one, HashSet<string> other, Literal preference) =>
        one.Any(mine => other.All(theirs => preference == Literal.Prefers(theirs, mine)));

    /// <summary>What is acceptable with respect to nothing, then with respect to that, and so on (Dung's characteristic function).</summary>
    private HashSet<string> Iterate()
    {
        ILookup<string, string> attackers = attacks.ToLookup(one => one.To, one => one.From);
        HashSet<string> accepted = [];
        while (true)
        {
            HashSet<string> next =
            [
                .. nodes.Where(node =>
                    attackers[node].All(attacker => attackers[attacker].Any(accepted.Contains))
                ),
            ];
            if (next.SetEquals(accepted))
            {
                break;
            }

            accepted = next;
        }

        In.UnionWith(accepted.Where(Arguments.Contains));
        Out.UnionWith(Arguments.Where(one => attackers[one].Any(accepted.Contains)));
        return accepted;
    }

    /// <summary>All sets that hold what is grounded, as every preferred extension does (Dung 1995, theorem 25).</summary>
    private void TryAllSets(HashSet<string> accepted)
    {
        uint grounded = Mask(accepted.Contains);
        uint[] targets = [.. nodes.Select(from => Mask(to => attacks.Contains((from, to))))];
        uint[] attackers = [.. nodes.Select(to => Mask(from => attacks.Contains((from, to))))];
        List<uint> admissible = [];
        Try(0, 0, 0, 0);
        foreach (
            uint set in admissible.Where(set =>
                !admissible.Exists(other => other != set && (set & ~other) == 0)
            )
        )
        {
            Preferred.Add(
                string.Join(
                    '\n',
                    nodes
                        .Where((node, i) => (set >> i & 1) != 0 && Arguments.Contains(node))
                        .Order(StringComparer.Ordinal)
                )
            );
        }

        Preferred.Sort(StringComparer.Ordinal);

        void Try(int node, uint set, uint attacked, uint attacking)
        {
            if ((set & attacked) != 0)
            {
                return;
            }

            if (node == nodes.Count)
            {
                if ((attacking & ~attacked) == 0)
                {
                    admissible.Add(set);
                }

                return;
            }

            if ((grounded >> node & 1) == 0)
            {
                Try(node + 1, set, attacked, attacking);
            }

            Try(node + 1, set | 1u << node, attacked | targets[node], attacking | attackers[node]);
        }
    }

    private uint Mask(Func<string, bool> isIn) =>
        nodes
            .Index()
            .Aggregate(0u, (mask, node) => isIn(node.Item) ? mask | 1u << node.Index : mask);

    private sealed record Tree(Literal Says, Rule? Rule, Tree[] Parts)
    {
        public string Text { get; } =
            Rule is null
                ? Says.ToString()
                : $"{Rule.Name}({string.Join(", ", Parts.Select(part => part.Text))})";

        public IEnumerable<Tree> All => [this, .. Parts.SelectMany(part => part.All)];

        public HashSet<string> Last =>
            Rule switch
            {
                null => [],
                { IsStrict: false } => [Rule.Name],
                _ => [.. Parts.SelectMany(part => part.Last)],
            };
    }
}
