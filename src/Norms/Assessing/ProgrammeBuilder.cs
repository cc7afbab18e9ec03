using System.Collections.Frozen;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Assessing;

/// <summary>Makes the nodes of a <see cref="Programme"/>. The pack was checked before: ids are known and no term defines itself.</summary>
internal sealed class ProgrammeBuilder
{
    private readonly Dictionary<Node, int> numbers = [];
    private readonly FrozenDictionary<string, DerivedTerm> derived;
    private readonly FrozenDictionary<string, int> profiles;

    public ProgrammeBuilder(LawPack pack, AsOf asOf, bool isClosed)
    {
        if (pack.Profiles.Count > Programme.ProfilesMax)
        {
            throw new ArgumentException(
                $"a pack has at most {Programme.ProfilesMax} profiles",
                nameof(pack)
            );
        }

        Pack = pack;
        AsOf = asOf;
        IsClosed = isClosed;
        derived = pack.Derived.ToFrozenDictionary(term => term.Id, StringComparer.Ordinal);
        profiles = pack
            .Profiles.Select((profile, at) => (profile.Id, at))
            .ToFrozenDictionary(pair => pair.Id, pair => pair.at, StringComparer.Ordinal);
        FactIndex = pack
            .Facts.Select((fact, at) => (fact.Id, at))
            .ToFrozenDictionary(pair => pair.Id, pair => pair.at, StringComparer.Ordinal);
        for (int fact = 0; fact < pack.Facts.Count; fact++)
        {
            Number(new Node(NodeKind.Fact, fact, 0, 0));
        }

        var open = new Scope(NoBurden);
        foreach (Rule rule in pack.Rules)
        {
            Rules.Add(Compile(rule, open));
        }

        GapConditions =
        [
            .. pack.Gaps.Select(gap =>
                gap.When is { } when ? Reference(when.Expression, open) : (int?)null
            ),
        ];
    }

    public LawPack Pack { get; }

    public AsOf AsOf { get; }

    public bool IsClosed { get; }

    public FrozenDictionary<string, int> FactIndex { get; }

    public List<Node> Nodes { get; } = [];

    public List<CompiledRule> Rules { get; } = [];

    public IReadOnlyList<int?> GapConditions { get; }

    private static Dictionary<string, bool> NoBurden { get; } = [];

    private CompiledRule Compile(Rule rule, Scope open)
    {
        int condition = Reference(rule.Condition.Expression, open);
        Outcome report = AsOf.Report(rule) ?? Outcome.Undetermined;
        if (rule.Kind != RuleKind.Duty)
        {
            return new CompiledRule(rule, condition, 0, [], [], report);
        }

        // Closure counts inside the rule that names the burden, for its breach and its exceptions alone.
        Scope scope = IsClosed && rule.Burden.Count > 0 ? new Scope(rule.Burden) : open;
        return new CompiledRule(
            rule,
            condition,
            WithStances(rule.Breach!, rule.Stances, scope),
            [.. rule.Exceptions.Select(one => Reference(one.When.Expression, scope))],
            [.. rule.Exceptions.Select(one => one.IgnoresUnknown)],
            report
        );
    }

    private int WithStances(Clause byDefault, IReadOnlyList<Stance> stances, Scope scope)
    {
        int reference = Reference(byDefault.Expression, scope);
        foreach (
            IGrouping<string, Stance> same in stances
                .Where(AsOf.Counts)
                .GroupBy(stance => stance.Clause.ToString(), StringComparer.Ordinal)
        )
        {
            ulong mask = same.Aggregate(
                0UL,
                (bits, stance) => bits | (1UL << profiles[stance.Profile])
            );
            int other = Reference(same.First().Clause.Expression, scope);
            reference =
                other == reference
                    ? reference
                    : Number(new Node(NodeKind.Choice, reference, other, mask));
        }

        return reference;
    }

    private int Reference(Expression expression, Scope scope) =>
        expression switch
        {
            Id id => Named(id.Name, scope),
            Not not => Reference(not.Of, scope) ^ 1,
            All all => all.Parts.Select(part => Reference(part, scope)).Aggregate(And),
            // De Morgan: one kind of node is enough.
            Any any => any.Parts.Select(part => Reference(part, scope) ^ 1).Aggregate(And) ^ 1,
            _ => throw new ArgumentOutOfRangeException(nameof(expression)),
        };

    private int Named(string id, Scope scope)
    {
        if (scope.Terms.TryGetValue(id, out int known))
        {
            return known;
        }

        int reference = derived.TryGetValue(id, out DerivedTerm? term)
            ? WithStances(term.Clause, term.Stances, scope)
            : FactIndex[id] << 1;
        if (term is null && scope.Burden.TryGetValue(id, out bool value))
        {
            reference = Number(
                new Node(
                    value ? NodeKind.TrueUnlessKnown : NodeKind.FalseUnlessKnown,
                    reference,
                    0,
                    0
                )
            );
        }

        scope.Terms[id] = reference;
        return reference;
    }

    private int And(int a, int b) =>
        a == b ? a : Number(new Node(NodeKind.And, Math.Min(a, b), Math.Max(a, b), 0));

    private int Number(Node node)
    {
        if (!numbers.TryGetValue(node, out int number))
        {
            number = Nodes.Count;
            Nodes.Add(node);
            numbers[node] = number;
        }

        return number << 1;
    }

    private sealed record Scope(IReadOnlyDictionary<string, bool> Burden)
    {
        public Dictionary<string, int> Terms { get; } = new(StringComparer.Ordinal);
    }
}
