using System.Numerics;

namespace Breakwater.Norms.Argumentation;

/// <summary>All maximal admissible sets of one component of at most 64 nodes, each set a word of bits.</summary>
/// <remarks>
/// Labellings by transition with look-ahead, after Nofal, Atkinson and Dunne 2014, "Algorithms for decision problems in argument systems under
/// preferred semantics". A node is tried in before it is left out, so of two sets one of which holds the other the larger comes first, and a
/// set within one that was found is passed over.
/// </remarks>
/// <param name="attackers">By node, its attackers within the component.</param>
/// <param name="targets">By node, whom it attacks within the component.</param>
internal sealed class ComponentSearch(ulong[] attackers, ulong[] targets)
{
    private readonly List<ulong> found = [];
    private int most;
    private long stepsLeft;

    /// <param name="outside">Nodes that an accepted node outside of the component defeats.</param>
    /// <param name="barred">Nodes that an undecided node outside attacks: they cannot be in, and still attack.</param>
    /// <param name="most">How many sets to find at most.</param>
    /// <param name="steps">How many branches to try; less than 0 afterwards when that was not enough.</param>
    public IReadOnlyList<ulong> Find(ulong outside, ulong barred, int most, ref long steps)
    {
        found.Clear();
        (this.most, stepsLeft) = (most, steps);
        ulong open = 0;
        for (int i = 0; i < attackers.Length; i++)
        {
            open |= ((attackers[i] >> i) & 1) == 0 ? 1UL << i : 0;
        }

        Search(new(0, outside, 0, open & ~outside & ~barred));
        steps = stepsLeft;
        return [.. found];
    }

    private void Search(State at)
    {
        if (found.Count >= most || --stepsLeft < 0 || !Narrow(ref at) || IsFound(at.In | at.Open))
        {
            return;
        }

        if (at.Open == 0)
        {
            found.Add(at.In);
            return;
        }

        int node = Choose(at);
        Search(Take(at, node));
        Search(at with { Open = at.Open & ~(1UL << node) });
    }

    private bool IsFound(ulong set) => found.Exists(one => (set & ~one) == 0);

    /// <summary>Takes what is forced and closes what is hopeless until neither is left; false when no admissible set remains.</summary>
    private bool Narrow(ref State at)
    {
        State before;
        do
        {
            before = at;
            if (!Defend(ref at))
            {
                return false;
            }

            // Whatever nobody can defeat any more keeps its targets from being in.
            ulong everyone = Everyone & ~at.Out & ~at.In;
            for (ulong rest = everyone; rest != 0; rest &= rest - 1)
            {
                int node = BitOperations.TrailingZeroCount(rest);
                if ((attackers[node] & at.Open) == 0)
                {
                    at.Open &= ~targets[node];
                }
            }

            // Whose attackers are or will be out belongs to every maximal set (Dung 1995, fundamental lemma).
            for (ulong rest = at.Open; rest != 0; rest &= rest - 1)
            {
                int node = BitOperations.TrailingZeroCount(rest);
                if ((at.Open >> node & 1) != 0 && (attackers[node] & ~at.Out & ~at.Must) == 0)
                {
                    at = Take(at, node);
                }
            }
        } while (at != before);
        return true;
    }

    /// <summary>Each attacker of what is in must be defeated: takes the only node that can, and is false when none can.</summary>
    private bool Defend(ref State at)
    {
        for (ulong rest = at.Must; rest != 0; rest &= rest - 1)
        {
            int threat = BitOperations.TrailingZeroCount(rest);
            if ((at.Must >> threat & 1) == 0)
            {
                continue;
            }

            ulong defenders = attackers[threat] & at.Open;
            if (defenders == 0)
            {
                return false;
            }

            if (BitOperations.IsPow2(defenders))
            {
                at = Take(at, BitOperations.TrailingZeroCount(defenders));
            }
        }

        return true;
    }

    /// <summary>A defender against the threat with the fewest of them; without threats the open node that decides most others.</summary>
    private int Choose(State at)
    {
        ulong among = at.Open;
        for (ulong rest = at.Must; rest != 0; rest &= rest - 1)
        {
            ulong defenders = attackers[BitOperations.TrailingZeroCount(rest)] & at.Open;
            if (BitOperations.PopCount(defenders) < BitOperations.PopCount(among))
            {
                among = defenders;
            }
        }

        int best = -1;
        int most = -1;
        for (ulong rest = among; rest != 0; rest &= rest - 1)
        {
            int node = BitOperations.TrailingZeroCount(rest);
            int decides = BitOperations.PopCount((attackers[node] | targets[node]) & ~at.Out);
            (best, most) = decides > most ? (node, decides) : (best, most);
        }

        return best;
    }

    private State Take(State at, int node)
    {
        ulong defeated = at.Out | targets[node];
        return new(
            at.In | (1UL << node),
            defeated,
            (at.Must | attackers[node]) & ~defeated,
            at.Open & ~((1UL << node) | targets[node] | attackers[node])
        );
    }

    private ulong Everyone => attackers.Length == 64 ? ~0UL : (1UL << attackers.Length) - 1;

    /// <param name="Must">Attackers of what is in that are not out yet.</param>
    /// <param name="Open">What may still be in.</param>
    private record struct State(ulong In, ulong Out, ulong Must, ulong Open);
}
