using System.Collections.Frozen;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Assessing;

/// <summary>
/// A law pack made ready for evaluation. Every sub-expression is one node, whichever rules share it, and a node holds its value under
/// all profiles at once: two 64-bit planes, one of true and one of false, a bit for each profile. A reference to a node is its number
/// twice, plus one for its negation, which only swaps the planes. What a profile reads differently is a choice between two nodes by a
/// mask of profiles.
/// </summary>
public sealed class Programme
{
    /// <summary>Planes have 64 bits.</summary>
    public const int ProfilesMax = 64;

    private readonly ReadPart[]?[] read;

    internal Programme(ProgrammeBuilder built)
    {
        Pack = built.Pack;
        AsOf = built.AsOf;
        IsClosed = built.IsClosed;
        FactIndex = built.FactIndex;
        Rules = [.. built.Rules];
        RuleIndex = Rules
            .Select((rule, at) => (rule.Rule.Id, at))
            .ToFrozenDictionary(pair => pair.Id, pair => pair.at, StringComparer.Ordinal);
        Nodes = [.. built.Nodes];
        GapConditions = [.. built.GapConditions];
        read = new ReadPart[]?[Rules.Length * Pack.Profiles.Count];
        Facts = [.. Pack.Facts.Select(fact => fact.Id)];
        FactRank = new int[Facts.Length];
        foreach ((int rank, string id) in Facts.Order(StringComparer.Ordinal).Index())
        {
            FactRank[FactIndex[id]] = rank;
        }

        ProfileMask =
            Pack.Profiles.Count == ProfilesMax ? ulong.MaxValue : (1UL << Pack.Profiles.Count) - 1;
        (ParentStart, Parents) = Consumers(
            Nodes.Length,
            Nodes.Select((node, at) => (at, node.Inputs()))
        );
        (RuleStart, RulesOfNode) = Consumers(
            Nodes.Length,
            Rules.Select((rule, at) => (at, rule.Inputs()))
        );
    }

    /// <summary>
    /// The parts of a rule as a profile reads them, with the facts that each rests on. They hang on no fact, so they are worked out once
    /// for all incidents; two threads that come first work out the same.
    /// </summary>
    internal ReadPart[] Parts(int rule, int profile)
    {
        ref ReadPart[]? parts = ref read[(rule * Pack.Profiles.Count) + profile];
        return Volatile.Read(ref parts) ?? (parts = PartsOf(rule, profile));
    }

    public LawPack Pack { get; }

    public AsOf AsOf { get; }

    /// <summary>True when burdens that were not discharged count against whoever bears them.</summary>
    public bool IsClosed { get; }

    public ulong ProfileMask { get; }

    public int RuleCount => Rules.Length;

    public int FactCount => Facts.Length;

    public int NodeCount => Nodes.Length;

    public FrozenDictionary<string, int> FactIndex { get; }

    public FrozenDictionary<string, int> RuleIndex { get; }

    internal string[] Facts { get; }

    /// <summary>Place of each fact in the order of ids.</summary>
    internal int[] FactRank { get; }

    internal Node[] Nodes { get; }

    internal CompiledRule[] Rules { get; }

    /// <summary>By gap: a reference to when its silence is felt; null where the gap names no facts.</summary>
    internal int?[] GapConditions { get; }

    internal int[] ParentStart { get; }

    internal int[] Parents { get; }

    internal int[] RuleStart { get; }

    internal int[] RulesOfNode { get; }

    public static Programme Of(LawPack pack, AsOf asOf, bool isClosed = false)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(asOf);
        LawPack known = asOf.Known is { } day ? pack.KnownBy(day) : pack;
        return new Programme(new ProgrammeBuilder(known, asOf, isClosed));
    }

    public string FactAt(int fact) => Facts[fact];

    public Rule RuleAt(int rule) => Rules[rule].Rule;

    /// <summary>Place of a profile in the planes; -1 when the pack has none of that name.</summary>
    public int ProfileAt(string id)
    {
        for (int i = 0; i < Pack.Profiles.Count; i++)
        {
            if (Pack.Profiles[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    private ReadPart[] PartsOf(int number, int profile)
    {
        CompiledRule rule = Rules[number];
        var reading = new Reading(Pack, Pack.Profiles[profile].Id, AsOf, KnownFacts.None, IsClosed);
        int[] references = [.. rule.Inputs()];
        ReadPart[] parts =
        [
            .. reading
                .Parts(rule.Rule)
                .Zip(
                    references,
                    (part, reference) => new ReadPart(part.Name, part.Clause, reference, part.Facts)
                ),
        ];
        return read.AsSpan(number * Pack.Profiles.Count, Pack.Profiles.Count)
                .ToArray()
                .FirstOrDefault(other => other is not null && IsAlike(other, parts))
            ?? parts;
    }

    private static bool IsAlike(ReadPart[] one, ReadPart[] other) =>
        one.Zip(other)
            .All(pair =>
                ReferenceEquals(pair.First.Clause, pair.Second.Clause)
                && pair.First.Facts.SequenceEqual(pair.Second.Facts)
            );

    /// <summary>Who reads each node, as one list with a start for each node.</summary>
    private static (int[] Start, int[] Of) Consumers(
        int nodes,
        IEnumerable<(int Consumer, IEnumerable<int> References)> consumers
    )
    {
        List<(int Node, int Consumer)> pairs =
        [
            .. consumers
                .SelectMany(one =>
                    one.References.Select(reference => (Node: reference >> 1, one.Consumer))
                )
                .Distinct()
                .Order(),
        ];
        var start = new int[nodes + 1];
        foreach ((int node, _) in pairs)
        {
            start[node + 1]++;
        }

        for (int i = 0; i < nodes; i++)
        {
            start[i + 1] += start[i];
        }

        return (start, [.. pairs.Select(pair => pair.Consumer)]);
    }
}

/// <param name="Reference">The node that holds its value.</param>
internal sealed record ReadPart(
    string Name,
    Clause Clause,
    int Reference,
    IReadOnlyList<string> Facts
);

internal enum NodeKind : byte
{
    /// <summary>As supplied, the same under every profile.</summary>
    Fact,

    /// <summary>True where both are.</summary>
    And,

    /// <summary>The second where the mask has a profile, the first elsewhere.</summary>
    Choice,

    /// <summary>The first; where it is unknown, true.</summary>
    TrueUnlessKnown,

    /// <summary>The first; where it is unknown, false.</summary>
    FalseUnlessKnown,
}

internal readonly record struct Node(NodeKind Kind, int A, int B, ulong Mask)
{
    public IEnumerable<int> Inputs() =>
        Kind switch
        {
            NodeKind.Fact => [],
            NodeKind.And or NodeKind.Choice => [A, B],
            _ => [A],
        };
}

/// <param name="Condition">Applies, or what a test asks; a reference to a node.</param>
/// <param name="Report">What stands in place of an outcome; undetermined when the rule counts.</param>
internal sealed record CompiledRule(
    Rule Rule,
    int Condition,
    int Breach,
    int[] Exceptions,
    bool[] IgnoresUnknown,
    Outcome Report
)
{
    public IEnumerable<int> Inputs() =>
        Rule.Kind == RuleKind.Duty ? [Condition, Breach, .. Exceptions] : [Condition];
}
