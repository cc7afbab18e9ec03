using System.Numerics;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Assessing;

/// <summary>
/// The outcomes of all rules under all profiles on one set of facts. It is made once and used again and again: neither a whole
/// evaluation nor a changed fact allocates. One thread uses it at a time.
/// </summary>
public sealed class Evaluation
{
    private const int PlanesOfRule = 3;

    private readonly Programme programme;

    // Two planes a node: of true, then of false. A reference finds the one, and with its last bit swapped the other.
    private readonly ulong[] planes;

    // Three planes a rule: violated, met, not applicable; or holds, does not hold, none. What is in none is undetermined.
    private readonly ulong[] outcomes;
    private readonly ulong[] dirtyNodes;
    private readonly ulong[] dirtyRules;
    private readonly Kleene[] facts;

    public Evaluation(Programme programme)
    {
        ArgumentNullException.ThrowIfNull(programme);
        this.programme = programme;
        planes = new ulong[programme.Nodes.Length * 2];
        outcomes = new ulong[programme.Rules.Length * PlanesOfRule];
        dirtyNodes = new ulong[(programme.Nodes.Length >> 6) + 1];
        dirtyRules = new ulong[(programme.Rules.Length >> 6) + 1];
        facts = new Kleene[programme.FactCount];
        Evaluate();
    }

    public Programme Programme => programme;

    public Kleene this[int fact] => facts[fact];

    /// <summary>Evaluates everything on these values, one for each fact in the order of the pack.</summary>
    public void Evaluate(ReadOnlySpan<Kleene> values)
    {
        values.CopyTo(facts);
        Evaluate();
    }

    /// <summary>Evaluates everything on these facts; what is not named is unknown.</summary>
    public void Evaluate(IReadOnlyDictionary<string, Kleene> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Array.Clear(facts);
        foreach ((string id, Kleene value) in values)
        {
            facts[programme.FactIndex[id]] = value;
        }

        Evaluate();
    }

    /// <summary>Changes one fact and what follows from it, and nothing else.</summary>
    public void Set(int fact, Kleene value)
    {
        if (facts[fact] == value)
        {
            return;
        }

        facts[fact] = value;
        Supply(fact);
        Touch(fact);
        for (int word = 0; word < dirtyNodes.Length; word++)
        {
            // A consumer has a higher number than what it reads, so one sweep is enough.
            while (dirtyNodes[word] != 0)
            {
                int node = (word << 6) + BitOperations.TrailingZeroCount(dirtyNodes[word]);
                dirtyNodes[word] &= dirtyNodes[word] - 1;
                (ulong wasTrue, ulong wasFalse) = (planes[node << 1], planes[(node << 1) + 1]);
                Compute(node);
                if (planes[node << 1] != wasTrue || planes[(node << 1) + 1] != wasFalse)
                {
                    Touch(node);
                }
            }
        }

        for (int word = 0; word < dirtyRules.Length; word++)
        {
            while (dirtyRules[word] != 0)
            {
                Conclude((word << 6) + BitOperations.TrailingZeroCount(dirtyRules[word]));
                dirtyRules[word] &= dirtyRules[word] - 1;
            }
        }
    }

    public Outcome OutcomeOf(int rule, int profile)
    {
        CompiledRule compiled = programme.Rules[rule];
        if (compiled.Report != Outcome.Undetermined)
        {
            return compiled.Report;
        }

        ulong bit = 1UL << profile;
        int plane =
            (outcomes[rule * PlanesOfRule] & bit) != 0 ? 0
            : (outcomes[(rule * PlanesOfRule) + 1] & bit) != 0 ? 1
            : (outcomes[(rule * PlanesOfRule) + 2] & bit) != 0 ? 2
            : -1;
        return plane < 0 ? Outcome.Undetermined : OutcomeIn(compiled.Rule.Kind, plane);
    }

    /// <summary>What the first, second or third plane of a rule stands for.</summary>
    internal static Outcome OutcomeIn(RuleKind kind, int plane) =>
        (kind, plane) switch
        {
            (RuleKind.Duty, 0) => Outcome.Violated,
            (RuleKind.Duty, 1) => Outcome.Met,
            (RuleKind.Duty, _) => Outcome.NotApplicable,
            (RuleKind.Test, 0) => Outcome.Holds,
            (RuleKind.Test, _) => Outcome.DoesNotHold,
            (_, 0) => Outcome.Admissible,
            _ => Outcome.Inadmissible,
        };

    /// <summary>The profiles in which a rule comes to the first, second or third of its outcomes.</summary>
    internal ulong Plane(int rule, int plane) =>
        programme.Rules[rule].Report != Outcome.Undetermined
            ? 0
            : outcomes[(rule * PlanesOfRule) + plane] & programme.ProfileMask;

    /// <summary>The value of a node, or of its negation, under one profile.</summary>
    internal Kleene ValueOf(int reference, int profile) =>
        ((planes[reference] >> profile) & 1) != 0 ? Kleene.True
        : ((planes[reference ^ 1] >> profile) & 1) != 0 ? Kleene.False
        : Kleene.Unknown;

    /// <summary>The profiles under which a node, or its negation, is true.</summary>
    internal ulong TrueIn(int reference) => planes[reference];

    /// <summary>The profiles under which a node is unknown.</summary>
    internal ulong Unknown(int node) => ~(planes[node << 1] | planes[(node << 1) + 1]);

    private void Evaluate()
    {
        for (int fact = 0; fact < facts.Length; fact++)
        {
            Supply(fact);
        }

        for (int node = facts.Length; node < programme.Nodes.Length; node++)
        {
            Compute(node);
        }

        for (int rule = 0; rule < programme.Rules.Length; rule++)
        {
            Conclude(rule);
        }
    }

    private void Supply(int fact)
    {
        planes[fact << 1] = facts[fact] == Kleene.True ? ulong.MaxValue : 0;
        planes[(fact << 1) + 1] = facts[fact] == Kleene.False ? ulong.MaxValue : 0;
    }

    private void Touch(int node)
    {
        for (int i = programme.ParentStart[node]; i < programme.ParentStart[node + 1]; i++)
        {
            int parent = programme.Parents[i];
            dirtyNodes[parent >> 6] |= 1UL << (parent & 63);
        }

        for (int i = programme.RuleStart[node]; i < programme.RuleStart[node + 1]; i++)
        {
            int rule = programme.RulesOfNode[i];
            dirtyRules[rule >> 6] |= 1UL << (rule & 63);
        }
    }

    private void Compute(int number)
    {
        ref readonly Node node = ref programme.Nodes[number];
        ulong isTrue = planes[node.A];
        ulong isFalse = planes[node.A ^ 1];
        switch (node.Kind)
        {
            case NodeKind.And:
                isTrue &= planes[node.B];
                isFalse |= planes[node.B ^ 1];
                break;
            case NodeKind.Choice:
                isTrue = (isTrue & ~node.Mask) | (planes[node.B] & node.Mask);
                isFalse = (isFalse & ~node.Mask) | (planes[node.B ^ 1] & node.Mask);
                break;
            case NodeKind.TrueUnlessKnown:
                isTrue = ~isFalse;
                break;
            case NodeKind.FalseUnlessKnown:
                isFalse = ~isTrue;
                break;
        }

        planes[number << 1] = isTrue;
        planes[(number << 1) + 1] = isFalse;
    }

    /// <summary>Section 5 of the catalogue's semantics, on all profiles at once.</summary>
    private void Conclude(int number)
    {
        CompiledRule rule = programme.Rules[number];
        int at = number * PlanesOfRule;
        ulong applies = planes[rule.Condition];
        ulong appliesNot = planes[rule.Condition ^ 1];
        if (rule.Rule.Kind != RuleKind.Duty)
        {
            outcomes[at] = applies;
            outcomes[at + 1] = appliesNot;
            return;
        }

        ulong excused = 0;
        ulong open = 0;
        for (int i = 0; i < rule.Exceptions.Length; i++)
        {
            ulong isTrue = planes[rule.Exceptions[i]];
            excused |= isTrue;
            open |= rule.IgnoresUnknown[i] ? 0 : ~(isTrue | planes[rule.Exceptions[i] ^ 1]);
        }

        ulong breach = planes[rule.Breach];
        outcomes[at] = applies & breach & ~excused & ~open;
        outcomes[at + 1] = applies & (planes[rule.Breach ^ 1] | excused);
        outcomes[at + 2] = appliesNot;
    }
}
