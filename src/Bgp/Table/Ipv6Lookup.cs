using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// Longest-prefix match of IPv6 addresses: the address space cut into ranges at each beginning and end of a prefix, in
/// order, with an index over the first 20 bits that leaves a short stretch to search. Does not change once built.
/// </summary>
public sealed class Ipv6Lookup
{
    private const int IndexBits = 20;

    private readonly ulong[] highs;
    private readonly ulong[] lows;
    private readonly int[] numbers;

    /// <summary>For each value of the first bits, the last range that begins at or before it.</summary>
    private readonly int[] index = new int[(1 << IndexBits) + 1];

    /// <param name="prefixes">The position of each is what a match gives. IPv4 prefixes are left out; of equal ones the last counts.</param>
    public Ipv6Lookup(ReadOnlySpan<IpPrefix> prefixes)
    {
        var ordered = new List<(IpPrefix Prefix, int At)>();
        for (int at = 0; at < prefixes.Length; at++)
        {
            if (prefixes[at].IsV6)
            {
                ordered.Add((prefixes[at], at));
            }
        }

        ordered.Sort();
        var starts = new List<UInt128> { 0 };
        var found = new List<int> { -1 };
        var open = new Stack<(UInt128 Last, int At)>();
        foreach ((IpPrefix prefix, int at) in ordered)
        {
            while (open.Count > 0 && open.Peek().Last < prefix.Bits)
            {
                CloseRange(open, starts, found);
            }

            Put(starts, found, prefix.Bits, at);
            UInt128 size = prefix.Length == 0 ? 0 : UInt128.One << (128 - prefix.Length);
            open.Push((unchecked(prefix.Bits + size - 1), at));
        }

        while (open.Count > 0)
        {
            CloseRange(open, starts, found);
        }

        highs = [.. starts.Select(start => (ulong)(start >> 64))];
        lows = [.. starts.Select(start => unchecked((ulong)start))];
        numbers = [.. found];
        FillIndex();
    }

    /// <returns>Position of the longest prefix that contains the address; -1 when none does.</returns>
    public int Longest(UInt128 address)
    {
        ulong high = (ulong)(address >> 64);
        ulong low = unchecked((ulong)address);
        int part = (int)(high >> (64 - IndexBits));
        int first = index[part];
        int last = index[part + 1];
        while (first < last)
        {
            int middle = (first + last + 1) >> 1;
            if (highs[middle] < high || highs[middle] == high && lows[middle] <= low)
            {
                first = middle;
            }
            else
            {
                last = middle - 1;
            }
        }

        return numbers[first];
    }

    /// <summary>After the end of a prefix comes what the next wider one covers.</summary>
    private static void CloseRange(
        Stack<(UInt128 Last, int At)> open,
        List<UInt128> starts,
        List<int> found
    )
    {
        UInt128 last = open.Pop().Last;
        if (last != UInt128.MaxValue)
        {
            Put(starts, found, last + 1, open.Count > 0 ? open.Peek().At : -1);
        }
    }

    private static void Put(List<UInt128> starts, List<int> found, UInt128 start, int number)
    {
        if (starts[^1] == start)
        {
            found[^1] = number;
        }
        else
        {
            starts.Add(start);
            found.Add(number);
        }
    }

    private void FillIndex()
    {
        int range = 0;
        for (int part = 0; part < index.Length - 1; part++)
        {
            ulong high = (ulong)part << (64 - IndexBits);
            while (
                range + 1 < highs.Length
                && (highs[range + 1] < high || highs[range + 1] == high && lows[range + 1] == 0)
            )
            {
                range++;
            }

            index[part] = range;
        }

        index[^1] = highs.Length - 1;
    }
}
