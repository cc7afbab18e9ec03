namespace Breakwater.Norms.Argumentation;

/// <summary>A framework of Dung 1995: nodes, and which attacks which, in flat lists both ways.</summary>
internal sealed class Framework
{
    private readonly Lists attackers;
    private readonly Lists targets;

    /// <param name="attackersOf">By node, each attacker once.</param>
    public Framework(IReadOnlyList<int[]> attackersOf)
    {
        Count = attackersOf.Count;
        attackers = Lists.Of(attackersOf);
        targets = attackers.Reversed();
    }

    public int Count { get; }

    public ReadOnlySpan<int> Attackers(int node) => attackers[node];

    public ReadOnlySpan<int> Targets(int node) => targets[node];

    /// <summary>In when all attackers are out, out when one is in, from nothing until nothing changes (Dung 1995, definition 20).</summary>
    /// <remarks>Each attack is looked at once: a node counts the attackers that are not out yet.</remarks>
    public Label[] Grounded()
    {
        var labels = new Label[Count];
        int[] standing = new int[Count];
        int[] queue = new int[Count];
        int end = 0;
        for (int node = 0; node < Count; node++)
        {
            standing[node] = attackers[node].Length;
            if (standing[node] == 0)
            {
                queue[end++] = node;
            }
        }

        for (int next = 0; next < end; next++)
        {
            labels[queue[next]] = Label.In;
            foreach (int loser in targets[queue[next]])
            {
                if (labels[loser] == Label.Out)
                {
                    continue;
                }

                labels[loser] = Label.Out;
                foreach (int freed in targets[loser])
                {
                    if (--standing[freed] == 0)
                    {
                        queue[end++] = freed;
                    }
                }
            }
        }

        return labels;
    }

    private sealed record Lists(int[] Starts, int[] Members)
    {
        public ReadOnlySpan<int> this[int node] =>
            Members.AsSpan(Starts[node], Starts[node + 1] - Starts[node]);

        public static Lists Of(IReadOnlyList<int[]> lists)
        {
            int[] starts = new int[lists.Count + 1];
            for (int i = 0; i < lists.Count; i++)
            {
                starts[i + 1] = starts[i] + lists[i].Length;
            }

            int[] members = new int[starts[^1]];
            for (int i = 0; i < lists.Count; i++)
            {
                lists[i].CopyTo(members, starts[i]);
            }

            return new(starts, members);
        }

        public Lists Reversed()
        {
            int count = Starts.Length - 1;
            int[] starts = new int[Starts.Length];
            foreach (int member in Members)
            {
                starts[member + 1]++;
            }

            for (int i = 0; i < count; i++)
            {
                starts[i + 1] += starts[i];
            }

            int[] free = starts[..count];
            int[] members = new int[Members.Length];
            for (int node = 0; node < count; node++)
            {
                foreach (int member in this[node])
                {
                    members[free[member]++] = node;
                }
            }

            return new(starts, members);
        }
    }
}
