using System.Numerics;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// For each group the number of /24s (IPv4) or /48s (IPv6) that its prefixes cover together, overlaps once. A
/// path-compressed tree per group and family whose nodes know what is covered below them: to add or remove a prefix
/// touches only the way to it.
/// </summary>
internal sealed class BlockUnion
{
    private const int UnitV4 = 24;
    private const int UnitV6 = 48;

    // Node 0 is none.
    private Node[] nodes = new Node[64];
    private int created = 1;
    private int freed;
    private int[] roots = [];
    private int[] prefixes = [];
    private readonly int[] way = new int[UnitV6 + 2];

    private struct Node
    {
        /// <summary>Left-aligned.</summary>
        public ulong Bits;
        public long Covered;

        /// <summary>Prefixes that end here, several when they are longer than the unit.</summary>
        public int Count;
        public int Zero;
        public int One;
        public byte Length;
    }

    public long Prefixes(int group, bool isV6) =>
        2 * group + 1 < prefixes.Length ? prefixes[Tree(group, isV6)] : 0;

    public long Blocks(int group, bool isV6) =>
        2 * group + 1 < roots.Length ? nodes[roots[Tree(group, isV6)]].Covered : 0;

    public void Add(int group, IpPrefix prefix)
    {
        int tree = Tree(group, prefix.IsV6);
        if (tree >= roots.Length)
        {
            int room = Math.Max(2 * (group + 1), 2 * roots.Length);
            Array.Resize(ref roots, room);
            Array.Resize(ref prefixes, room);
        }

        prefixes[tree]++;
        (ulong bits, byte length, int unit) = Place(prefix);
        int depth = 0;
        int at = roots[tree];
        while (true)
        {
            int common =
                at == 0
                    ? -1
                    : Math.Min(
                        Math.Min(length, nodes[at].Length),
                        BitOperations.LeadingZeroCount(bits ^ nodes[at].Bits)
                    );
            if (at != 0 && common == nodes[at].Length)
            {
                way[depth++] = at;
                if (common == length)
                {
                    nodes[at].Count++;
                    break;
                }

                at = Child(at, bits);
                continue;
            }

            int added = Take(bits, length, count: 1);
            int top = added;
            if (at != 0 && common == length)
            {
                SetChild(added, nodes[at].Bits, at);
            }
            else if (at != 0)
            {
                top = Take(Cut(bits, common), (byte)common, count: 0);
                SetChild(top, nodes[at].Bits, at);
                SetChild(top, bits, added);
                Hang(tree, depth, top);
                way[depth++] = top;
                way[depth++] = added;
                break;
            }

            Hang(tree, depth, top);
            way[depth++] = top;
            break;
        }

        Recount(depth, unit);
    }

    /// <summary>The prefix must have been added.</summary>
    public void Remove(int group, IpPrefix prefix)
    {
        int tree = Tree(group, prefix.IsV6);
        prefixes[tree]--;
        (ulong bits, byte length, int unit) = Place(prefix);
        int depth = 0;
        int at = roots[tree];
        while (nodes[at].Length != length)
        {
            way[depth++] = at;
            at = Child(at, bits);
        }

        way[depth++] = at;
        nodes[at].Count--;
        // At most this node and the branch above it have no more reason to be.
        for (int step = 0; step < 2 && depth > 0; step++)
        {
            at = way[depth - 1];
            if (nodes[at].Count > 0 || (nodes[at].Zero != 0 && nodes[at].One != 0))
            {
                break;
            }

            Hang(tree, depth - 1, nodes[at].Zero | nodes[at].One, bits);
            nodes[at] = new Node { Zero = freed };
            freed = at;
            depth--;
        }

        Recount(depth, unit);
    }

    private static int Tree(int group, bool isV6) => 2 * group + (isV6 ? 1 : 0);

    private static (ulong Bits, byte Length, int Unit) Place(IpPrefix prefix)
    {
        int unit = prefix.IsV6 ? UnitV6 : UnitV4;
        int length = Math.Min(prefix.Length, unit);
        return (Cut((ulong)(prefix.Bits >> 64), length), (byte)length, unit);
    }

    private static ulong Cut(ulong bits, int length) =>
        length == 0 ? 0 : bits & (ulong.MaxValue << (64 - length));

    private void Recount(int depth, int unit)
    {
        while (depth > 0)
        {
            ref Node node = ref nodes[way[--depth]];
            node.Covered =
                node.Count > 0
                    ? 1L << (unit - node.Length)
                    : nodes[node.Zero].Covered + nodes[node.One].Covered;
        }
    }

    private int Take(ulong bits, byte length, int count)
    {
        int at = freed;
        if (at != 0)
        {
            freed = nodes[at].Zero;
        }
        else
        {
            if (created == nodes.Length)
            {
                Array.Resize(ref nodes, 2 * created);
            }

            at = created++;
        }

        nodes[at] = new Node
        {
            Bits = bits,
            Length = length,
            Count = count,
        };
        return at;
    }

    private int Child(int at, ulong bits) =>
        (bits >> (63 - nodes[at].Length) & 1) == 0 ? nodes[at].Zero : nodes[at].One;

    private void SetChild(int at, ulong bits, int child)
    {
        if ((bits >> (63 - nodes[at].Length) & 1) == 0)
        {
            nodes[at].Zero = child;
        }
        else
        {
            nodes[at].One = child;
        }
    }

    /// <summary>Puts a node where the way of this depth leads.</summary>
    private void Hang(int tree, int depth, int child) =>
        Hang(tree, depth, child, nodes[child].Bits);

    private void Hang(int tree, int depth, int child, ulong bits)
    {
        if (depth == 0)
        {
            roots[tree] = child;
        }
        else
        {
            SetChild(way[depth - 1], bits, child);
        }
    }
}
