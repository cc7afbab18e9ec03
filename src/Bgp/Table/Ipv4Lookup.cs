using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// Longest-prefix match of IPv4 addresses in one or two steps: DIR-24-8 (Gupta, Lin and McKeown, INFOCOM 1998). One
/// number for each /24, which leads to 256 more where a longer prefix divides it. 64 MB; does not change once built.
/// </summary>
public sealed class Ipv4Lookup
{
    private const int Divided = int.MinValue;

    private readonly int[] blocks = new int[1 << 24];
    private readonly int[] addresses;

    /// <param name="prefixes">The position of each is what a match gives. IPv6 prefixes are left out; of equal ones the last counts.</param>
    public Ipv4Lookup(ReadOnlySpan<IpPrefix> prefixes)
    {
        int[] byLength = ByLength(prefixes, out int longerThan24);
        // As many /24s can be divided as there are prefixes longer than that.
        addresses = new int[Math.Min(prefixes.Length - longerThan24, 1 << 23) << 8];
        int divided = 0;
        foreach (int at in byLength)
        {
            IpPrefix prefix = prefixes[at];
            if (prefix.IsV6)
            {
                continue;
            }

            // 0 is no match. Shorter prefixes come first, so that longer ones write over them.
            int number = at + 1;
            uint address = (uint)(prefix.Bits >> 96);
            int block = (int)(address >> 8);
            if (prefix.Length <= 24)
            {
                blocks.AsSpan(block, 1 << (24 - prefix.Length)).Fill(number);
                continue;
            }

            if (blocks[block] >= 0)
            {
                addresses.AsSpan(divided << 8, 256).Fill(blocks[block]);
                blocks[block] = Divided | divided++;
            }

            int first = (blocks[block] & ~Divided) << 8 | (int)(address & 0xFF);
            addresses.AsSpan(first, 1 << (32 - prefix.Length)).Fill(number);
        }
    }

    /// <returns>Position of the longest prefix that contains the address; -1 when none does.</returns>
    public int Longest(uint address)
    {
        int number = blocks[(int)(address >> 8)];
        if (number < 0)
        {
            number = addresses[(number & ~Divided) << 8 | (int)(address & 0xFF)];
        }

        return number - 1;
    }

    /// <summary>Positions in the order of length, IPv6 among them; equal lengths in the order given.</summary>
    private static int[] ByLength(ReadOnlySpan<IpPrefix> prefixes, out int longerThan24)
    {
        var starts = new int[130];
        foreach (IpPrefix prefix in prefixes)
        {
            starts[prefix.Length + 1]++;
        }

        for (int length = 1; length < starts.Length; length++)
        {
            starts[length] += starts[length - 1];
        }

        longerThan24 = starts[25];
        var positions = new int[prefixes.Length];
        for (int at = 0; at < prefixes.Length; at++)
        {
            positions[starts[prefixes[at].Length]++] = at;
        }

        return positions;
    }
}
