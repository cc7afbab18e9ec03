namespace Breakwater.Norms.Argumentation;

/// <summary>Strongly connected components of the undecided part of a framework, each after those that attack into it.</summary>
/// <remarks>Tarjan 1972, along attackers and without recursion, since a chain may be as long as the framework.</remarks>
internal sealed class Components
{
    private readonly Framework framework;
    private readonly Label[] grounded;

    /// <summary>By node: when it was first seen, from 1; 0 is not yet. Then the earliest that is reached from it.</summary>
    private readonly int[] seen;
    private readonly int[] lowest;
    private readonly bool[] isOpen;
    private readonly Stack<int> open = new();
    private readonly Stack<(int Node, int Next)> path = new();
    private readonly List<int[]> found = [];
    private int clock;

    private Components(Framework framework, Label[] grounded)
    {
        (this.framework, this.grounded) = (framework, grounded);
        seen = new int[framework.Count];
        lowest = new int[framework.Count];
        isOpen = new bool[framework.Count];
    }

    public static IReadOnlyList<int[]> Of(Framework framework, Label[] grounded)
    {
        var components = new Components(framework, grounded);
        for (int node = 0; node < framework.Count; node++)
        {
            if (grounded[node] == Label.Undecided && components.seen[node] == 0)
            {
                components.Walk(node);
            }
        }

        return components.found;
    }

    private void Walk(int root)
    {
        Enter(root);
        while (path.TryPop(out (int Node, int Next) at))
        {
            ReadOnlySpan<int> attackers = framework.Attackers(at.Node);
            if (at.Next == attackers.Length)
            {
                Leave(at.Node);
                continue;
            }

            path.Push((at.Node, at.Next + 1));
            int attacker = attackers[at.Next];
            if (grounded[attacker] != Label.Undecided)
            {
                continue;
            }

            if (seen[attacker] == 0)
            {
                Enter(attacker);
            }
            else if (isOpen[attacker])
            {
                lowest[at.Node] = Math.Min(lowest[at.Node], seen[attacker]);
            }
        }
    }

    private void Enter(int node)
    {
        seen[node] = lowest[node] = ++clock;
        isOpen[node] = true;
        open.Push(node);
        path.Push((node, 0));
    }

    private void Leave(int node)
    {
        if (path.TryPeek(out (int Node, int Next) before))
        {
            lowest[before.Node] = Math.Min(lowest[before.Node], lowest[node]);
        }

        if (lowest[node] != seen[node])
        {
            return;
        }

        List<int> component = [];
        int member;
        do
        {
            member = open.Pop();
            isOpen[member] = false;
            component.Add(member);
        } while (member != node);
        component.Sort();
        found.Add([.. component]);
    }
}
