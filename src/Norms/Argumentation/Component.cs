namespace Breakwater.Norms.Argumentation;

/// <summary>One component of the undecided part of a framework, with what its labels depend on outside of it.</summary>
internal sealed class Component
{
    private readonly int[] nodes;
    private readonly ulong[] targets;
    private readonly ComponentSearch search;

    /// <summary>Attacks from outside: by which node, at which place here.</summary>
    private readonly List<(int Attacker, int Place)> fromOutside = [];
    private readonly Dictionary<(ulong, ulong), IReadOnlyList<ulong>> known = [];

    /// <param name="nodes">Sorted.</param>
    public Component(Framework framework, int[] nodes)
    {
        this.nodes = nodes;
        targets = new ulong[nodes.Length];
        ulong[] attackers = new ulong[nodes.Length];
        for (int place = 0; place < nodes.Length; place++)
        {
            foreach (int attacker in framework.Attackers(nodes[place]))
            {
                if (Array.BinarySearch(nodes, attacker) is >= 0 and var from)
                {
                    attackers[place] |= 1UL << from;
                    targets[from] |= 1UL << place;
                }
                else
                {
                    fromOutside.Add((attacker, place));
                }
            }
        }

        search = new(attackers, targets);
    }

    /// <summary>The ways to label it, given the labels of whatever attacks into it: for each the nodes that are in.</summary>
    public IReadOnlyList<ulong> Choices(Label[] labels, int most, ref long steps)
    {
        ulong defeated = 0;
        ulong barred = 0;
        foreach ((int attacker, int place) in fromOutside)
        {
            defeated |= labels[attacker] == Label.In ? 1UL << place : 0;
            barred |= labels[attacker] == Label.Undecided ? 1UL << place : 0;
        }

        if (!known.TryGetValue((defeated, barred), out IReadOnlyList<ulong>? sets))
        {
            sets = search.Find(defeated, barred, most, ref steps);
            known[(defeated, barred)] = sets;
        }

        return sets;
    }

    public void Settle(Label[] labels, ulong set)
    {
        ulong defeated = 0;
        foreach ((int attacker, int place) in fromOutside)
        {
            defeated |= labels[attacker] == Label.In ? 1UL << place : 0;
        }

        for (int place = 0; place < nodes.Length; place++)
        {
            defeated |= (set >> place & 1) != 0 ? targets[place] : 0;
        }

        for (int place = 0; place < nodes.Length; place++)
        {
            labels[nodes[place]] =
                (set >> place & 1) != 0 ? Label.In
                : (defeated >> place & 1) != 0 ? Label.Out
                : Label.Undecided;
        }
    }
}
