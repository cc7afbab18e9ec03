using System.Numerics;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// Prefixes by containment: a path-compressed binary tree that grows while the table lives. It answers which prefixes
/// cover one, and which are inside it, in steps that do not depend on how many prefixes there are.
/// </summary>
public sealed class PrefixTree
{
    private const int RootV4 = 0;
    private const int RootV6 = 1;

    private Node[] nodes = new Node[256];
    private int count = 2;

    public PrefixTree()
    {
        nodes[RootV4] = new Node { Number = -1 };
        nodes[RootV6] = new Node { Number = -1 };
    }

    /// <summary>Children and parent are 0 when there is none: the roots are nobody's children.</summary>
    private struct Node
    {
        public ulong High;
        public ulong Low;
        public int Number;
        public int Zero;
        public int One;
        public int Parent;
        public byte Length;
    }

    /// <summary>Adds a prefix, or gives it another number.</summary>
    /// <param name="number">Not negative; what the enumerations give.</param>
    public void Add(IpPrefix prefix, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        if (count + 2 > nodes.Length)
        {
            Array.Resize(ref nodes, 2 * nodes.Length);
        }

        (ulong high, ulong low) = Halves(prefix);
        int at = prefix.IsV6 ? RootV6 : RootV4;
        while (nodes[at].Length < prefix.Length)
        {
            int child = Child(at, high, low);
            if (child == 0)
            {
                Append(at, high, low, prefix.Length, number);
                return;
            }

            int common = Math.Min(
                Math.Min(prefix.Length, nodes[child].Length),
                EqualBits(high, low, nodes[child])
            );
            if (common < nodes[child].Length)
            {
                Split(at, child, prefix, common, number);
                return;
            }

            at = child;
        }

        nodes[at].Number = number;
    }

    /// <summary>Numbers of the prefixes that contain this one, shortest first, itself last when it is there.</summary>
    public CoveringNumbers Covering(IpPrefix prefix) => new(this, prefix);

    /// <summary>Numbers of the prefixes inside this one, in the order of <see cref="IpPrefix"/>, itself first when it is there.</summary>
    public CoveredNumbers Covered(IpPrefix prefix) => new(this, prefix);

    private void Split(int at, int child, IpPrefix prefix, int common, int number)
    {
        (ulong high, ulong low) = Halves(prefix);
        bool isPrefixItself = common == prefix.Length;
        (ulong commonHigh, ulong commonLow) = Halves(Cut(prefix, common));
        int between = Append(at, commonHigh, commonLow, (byte)common, isPrefixItself ? number : -1);
        nodes[child].Parent = between;
        SetChild(between, nodes[child].High, nodes[child].Low, child);
        if (!isPrefixItself)
        {
            Append(between, high, low, prefix.Length, number);
        }
    }

    private int Append(int parent, ulong high, ulong low, byte length, int number)
    {
        nodes[count] = new Node
        {
            High = high,
            Low = low,
            Length = length,
            Number = number,
            Parent = parent,
        };
        SetChild(parent, high, low, count);
        return count++;
    }

    private int Child(int at, ulong high, ulong low) =>
        Bit(high, low, nodes[at].Length) == 0 ? nodes[at].Zero : nodes[at].One;

    private void SetChild(int at, ulong high, ulong low, int child)
    {
        if (Bit(high, low, nodes[at].Length) == 0)
        {
            nodes[at].Zero = child;
        }
        else
        {
            nodes[at].One = child;
        }
    }

    /// <summary>The topmost node inside a prefix; 0 when nothing is.</summary>
    private int Top(IpPrefix prefix, out bool isFound)
    {
        (ulong high, ulong low) = Halves(prefix);
        int at = prefix.IsV6 ? RootV6 : RootV4;
        while (nodes[at].Length < prefix.Length)
        {
            int child = Child(at, high, low);
            int common = child == 0 ? -1 : EqualBits(high, low, nodes[child]);
            if (common < Math.Min(prefix.Length, nodes[child].Length))
            {
                isFound = false;
                return 0;
            }

            at = child;
        }

        isFound = true;
        return at;
    }

    /// <summary>The node after one in preorder, within the part below <paramref name="top"/>; -1 at the end.</summary>
    private int After(int at, int top)
    {
        if (nodes[at].Zero != 0)
        {
            return nodes[at].Zero;
        }

        if (nodes[at].One != 0)
        {
            return nodes[at].One;
        }

        while (at != top)
        {
            int parent = nodes[at].Parent;
            if (nodes[parent].Zero == at && nodes[parent].One != 0)
            {
                return nodes[parent].One;
            }

            at = parent;
        }

        return -1;
    }

    private static IpPrefix Cut(IpPrefix prefix, int length) =>
        new(
            length == 0 ? 0 : prefix.Bits & (UInt128.MaxValue << (128 - length)),
            (byte)length,
            prefix.IsV6
        );

    private static (ulong High, ulong Low) Halves(IpPrefix prefix) =>
        unchecked(((ulong)(prefix.Bits >> 64), (ulong)prefix.Bits));

    private static ulong Bit(ulong high, ulong low, int index) =>
        index < 64 ? high >> (63 - index) & 1 : low >> (127 - index) & 1;

    private static int EqualBits(ulong high, ulong low, in Node node) =>
        high != node.High
            ? BitOperations.LeadingZeroCount(high ^ node.High)
            : 64 + BitOperations.LeadingZeroCount(low ^ node.Low);

    /// <summary>Walks down to a prefix, without allocation.</summary>
    public struct CoveringNumbers
    {
        private readonly PrefixTree tree;
        private readonly ulong high;
        private readonly ulong low;
        private readonly byte length;
        private int next;

        internal CoveringNumbers(PrefixTree tree, IpPrefix prefix)
        {
            this.tree = tree;
            (high, low) = Halves(prefix);
            length = prefix.Length;
            next = prefix.IsV6 ? RootV6 : RootV4;
        }

        public int Current { get; private set; }

        public readonly CoveringNumbers GetEnumerator() => this;

        public bool MoveNext()
        {
            while (next >= 0)
            {
                ref readonly Node node = ref tree.nodes[next];
                Current = node.Number;
                int child = node.Length < length ? tree.Child(next, high, low) : 0;
                next =
                    child != 0
                    && tree.nodes[child].Length <= length
                    && EqualBits(high, low, tree.nodes[child]) >= tree.nodes[child].Length
                        ? child
                        : -1;
                if (Current >= 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Walks the part of the tree inside a prefix, without allocation.</summary>
    public struct CoveredNumbers
    {
        private readonly PrefixTree tree;
        private readonly int top;
        private int next;

        internal CoveredNumbers(PrefixTree tree, IpPrefix prefix)
        {
            this.tree = tree;
            top = tree.Top(prefix, out bool isFound);
            next = isFound ? top : -1;
        }

        public int Current { get; private set; }

        public readonly CoveredNumbers GetEnumerator() => this;

        public bool MoveNext()
        {
            while (next >= 0)
            {
                Current = tree.nodes[next].Number;
                next = tree.After(next, top);
                if (Current >= 0)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
