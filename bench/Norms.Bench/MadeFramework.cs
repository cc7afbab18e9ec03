using Breakwater.Norms.Argumentation;

namespace Breakwater.Bench.Norms;

/// <summary>Frameworks made from a seed, the same ones on every machine.</summary>
internal static class MadeFramework
{
    /// <summary>A long dispute: each node is attacked by some that came shortly before it, a few by later ones.</summary>
    public static Framework Dispute(int count, int attackersEach, uint seed)
    {
        var random = new Lcg(seed);
        int[][] attackersOf = new int[count][];
        for (int node = 0; node < count; node++)
        {
            attackersOf[node] =
            [
                .. Enumerable
                    .Range(0, random.Below(2 * attackersEach + 1))
                    .Select(_ =>
                        random.Below(50) == 0 ? random.Below(count) : node - 1 - random.Below(100)
                    )
                    .Where(attacker => attacker >= 0)
                    .Distinct()
                    .Order(),
            ];
        }

        return new(attackersOf);
    }

    /// <summary>One circle through all nodes, so that they are one component, and random attacks across it, some of them mutual.</summary>
    public static Framework Component(int count, int across, int mutualShare, uint seed)
    {
        var random = new Lcg(seed);
        HashSet<(int To, int From)> attacks =
        [
            .. Enumerable.Range(0, count).Select(node => (node, (node + 1) % count)),
        ];
        for (int i = 0; i < across; i++)
        {
            (int to, int from) = (random.Below(count), random.Below(count));
            if (to == from)
            {
                continue;
            }

            attacks.Add((to, from));
            if (random.Below(100) < mutualShare)
            {
                attacks.Add((from, to));
            }
        }

        return new([
            .. Enumerable
                .Range(0, count)
                .Select(node =>
                    attacks
                        .Where(attack => attack.To == node)
                        .Select(attack => attack.From)
                        .Order()
                        .ToArray()
                ),
        ]);
    }

    /// <summary>Numerical Recipes, "quick and dirty" generator: enough for shapes.</summary>
    private sealed class Lcg(uint seed)
    {
        private uint state = seed;

        public int Below(int limit)
        {
            state = unchecked(state * 1664525 + 1013904223);
            return (int)((ulong)state * (ulong)limit >> 32);
        }
    }
}
