using Breakwater.Norms.Assessing;
using Breakwater.Norms.Packs;

namespace Breakwater.Norms.Findings;

/// <summary>
/// The unknown facts that outcomes still hang on. An unknown fact can change an unknown expression when every expression on the way up is
/// unknown: what is already settled by other facts shuts out whatever stands below it. One way down serves all profiles.
/// </summary>
internal sealed class OpenFacts(Evaluation evaluation)
{
    private readonly Programme programme = evaluation.Programme;
    private readonly ulong[] seen = new ulong[evaluation.Programme.NodeCount];
    private readonly List<int> touched = [];
    private readonly List<(int Fact, ulong Profiles)> found = [];
    private readonly IReadOnlyList<string>?[]?[] known = new IReadOnlyList<string>?[
        evaluation.Programme.RuleCount
    ][];

    /// <summary>Ids of facts, sorted.</summary>
    public IReadOnlyList<string> Of(int rule, int profile)
    {
        known[rule] ??= ByProfile(rule);
        return known[rule]![profile] ?? [];
    }

    private IReadOnlyList<string>?[] ByProfile(int number)
    {
        CompiledRule rule = programme.Rules[number];
        var lists = new IReadOnlyList<string>?[programme.Pack.Profiles.Count];
        if (rule.Report != Outcome.Undetermined)
        {
            return lists;
        }

        ulong all = programme.ProfileMask;
        Below(rule.Condition, all);
        if (rule.Rule.Kind == RuleKind.Duty)
        {
            ulong mayApply = all & ~evaluation.TrueIn(rule.Condition ^ 1);
            ulong excused = rule.Exceptions.Aggregate(
                0UL,
                (bits, exception) => bits | evaluation.TrueIn(exception)
            );
            ulong unsettled = mayApply & ~excused & ~evaluation.TrueIn(rule.Breach ^ 1);
            Below(rule.Breach, unsettled);
            foreach (int exception in rule.Exceptions)
            {
                Below(exception, unsettled);
            }

            foreach (string burden in programme.IsClosed ? rule.Rule.Burden.Keys : [])
            {
                // What was taken so for want of an answer can still be turned by one.
                int fact = programme.FactIndex[burden];
                Find(fact, mayApply & evaluation.Unknown(fact));
            }
        }

        List(lists);
        foreach (int node in touched)
        {
            seen[node] = 0;
        }

        touched.Clear();
        found.Clear();
        return lists;
    }

    private void Below(int reference, ulong profiles)
    {
        int node = reference >> 1;
        profiles &= evaluation.Unknown(node) & ~seen[node];
        if (profiles == 0)
        {
            return;
        }

        Node of = programme.Nodes[node];
        if (of.Kind == NodeKind.Fact)
        {
            Find(node, profiles);
            return;
        }

        See(node, profiles);
        switch (of.Kind)
        {
            case NodeKind.And:
                Below(of.A, profiles);
                Below(of.B, profiles);
                break;
            case NodeKind.Choice:
                Below(of.A, profiles & ~of.Mask);
                Below(of.B, profiles & of.Mask);
                break;
            default:
                Below(of.A, profiles);
                break;
        }
    }

    private void Find(int fact, ulong profiles)
    {
        profiles &= ~seen[fact];
        if (profiles != 0)
        {
            See(fact, profiles);
            found.Add((fact, profiles));
        }
    }

    private void See(int node, ulong profiles)
    {
        if (seen[node] == 0)
        {
            touched.Add(node);
        }

        seen[node] |= profiles;
    }

    /// <summary>Profiles that lack the same facts share one list.</summary>
    private void List(IReadOnlyList<string>?[] lists)
    {
        if (found.Count == 0)
        {
            return;
        }

        int[] facts = [.. found.Select(one => one.Fact).Distinct()];
        Array.Sort(facts, (a, b) => programme.FactRank[a].CompareTo(programme.FactRank[b]));
        for (int profile = 0; profile < lists.Length; profile++)
        {
            int like = 0;
            while (like < profile && !IsAlike(facts, like, profile))
            {
                like++;
            }

            lists[profile] =
                like < profile
                    ? lists[like]
                    :
                    [
                        .. facts
                            .Where(fact => (seen[fact] >> profile & 1) != 0)
                            .Select(programme.FactAt),
                    ];
        }
    }

    private bool IsAlike(int[] facts, int one, int other)
    {
        foreach (int fact in facts)
        {
            if (((seen[fact] >> one ^ seen[fact] >> other) & 1) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
