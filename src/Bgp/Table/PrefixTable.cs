using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>Dense numbers for prefixes, from 0 in the order of first sight. A prefix keeps its number as long as the table lives.</summary>
public sealed class PrefixTable
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;
    private const int NumberBits = 24;
    private const ulong NumberMask = (1UL << NumberBits) - 1;

    private UInt128[] bits = new UInt128[256];
    private byte[] lengths = new byte[256];
    private bool[] isV6 = new bool[256];
    private ulong[] slotsV4 = new ulong[512];
    private ulong[] slotsV6 = new ulong[512];
    private int countV6;
    private ulong lastKey = ulong.MaxValue;
    private int lastNumber;

    internal PrefixTable(RouteTableLimits limits) =>
        // A slot keeps the number in 24 bits.
        Max = Math.Min(limits.Prefixes, (1 << NumberBits) - 2);

    public int Count { get; private set; }

    /// <summary>No more than so many are kept.</summary>
    internal int Max { get; set; }

    public IpPrefix this[int prefix] => new(bits[prefix], lengths[prefix], isV6[prefix]);

    public bool IsV6(int prefix) => isV6[prefix];

    /// <summary>Whether each prefix is IPv6, by number.</summary>
    internal ReadOnlySpan<bool> Families => isV6.AsSpan(0, Count);

    public byte Length(int prefix) => lengths[prefix];

    internal long Octets => bits.Length * 18L + 8L * (slotsV4.Length + slotsV6.Length);

    /// <returns>The number, or -1 when the prefix was never seen.</returns>
    public int Find(IpPrefix prefix) =>
        prefix.IsV6
            ? FindV6(prefix.Bits, prefix.Length)
            : FindV4(KeyV4((uint)(prefix.Bits >> 96), prefix.Length), out _);

    /// <returns>The number, or -1 when the prefix was never seen.</returns>
    internal int Find(in Nlri nlri)
    {
        if (nlri.IsV6)
        {
            IpPrefix prefix = nlri.Prefix;
            return FindV6(prefix.Bits, prefix.Length);
        }

        ulong key = KeyV4(nlri);
        return key == lastKey ? lastNumber : FindV4(key, out _);
    }

    /// <returns>The number, or -1 when no more prefixes are kept.</returns>
    internal int Add(in Nlri nlri)
    {
        if (nlri.IsV6)
        {
            return Add(nlri.Prefix);
        }

        // The entries of a table row, and those of a message that is repeated by each peer, have the same prefix.
        ulong key = KeyV4(nlri);
        if (key == lastKey)
        {
            return lastNumber;
        }

        int number = FindV4(key, out int slot);
        if (number < 0)
        {
            number = Append((UInt128)(key >> 8) << 96, (byte)(key & 0xFF), prefixIsV6: false);
            if (number < 0)
            {
                return number;
            }

            slotsV4[slot] = key << NumberBits | (uint)(number + 1);
            if (Count - countV6 > slotsV4.Length / 2)
            {
                GrowV4();
            }
        }

        (lastKey, lastNumber) = (key, number);
        return number;
    }

    private int Add(IpPrefix prefix)
    {
        int number = FindV6(prefix.Bits, prefix.Length);
        if (number >= 0)
        {
            return number;
        }

        number = Append(prefix.Bits, prefix.Length, prefixIsV6: true);
        if (number < 0)
        {
            return number;
        }

        countV6++;
        if (countV6 > slotsV6.Length / 2)
        {
            slotsV6 = new ulong[2 * slotsV6.Length];
            for (int other = 0; other < Count; other++)
            {
                if (isV6[other])
                {
                    PlaceV6(other);
                }
            }
        }
        else
        {
            PlaceV6(number);
        }

        return number;
    }

    private int Append(UInt128 prefixBits, byte length, bool prefixIsV6)
    {
        if (Count >= Max)
        {
            return -1;
        }

        if (Count == bits.Length)
        {
            Array.Resize(ref bits, 2 * Count);
            Array.Resize(ref lengths, 2 * Count);
            Array.Resize(ref isV6, 2 * Count);
        }

        bits[Count] = prefixBits;
        lengths[Count] = length;
        isV6[Count] = prefixIsV6;
        return Count++;
    }

    /// <summary>Address and length in 40 bits: a slot holds them whole, above the number.</summary>
    private static ulong KeyV4(uint address, byte length) => (ulong)address << 8 | length;

    private static ulong KeyV4(in Nlri nlri)
    {
        ReadOnlySpan<byte> octets = nlri.Octets;
        uint address = octets.Length switch
        {
            4 => BinaryPrimitives.ReadUInt32BigEndian(octets),
            3 => (uint)(octets[0] << 16 | octets[1] << 8 | octets[2]) << 8,
            2 => (uint)(octets[0] << 8 | octets[1]) << 16,
            1 => (uint)octets[0] << 24,
            _ => 0,
        };
        int length = nlri.Length;
        uint mask = length == 0 ? 0 : uint.MaxValue << (32 - length);
        return KeyV4(address & mask, (byte)length);
    }

    private int FindV4(ulong key, out int slot)
    {
        int mask = slotsV4.Length - 1;
        slot = SlotOf(key, mask);
        while (slotsV4[slot] is not 0 and var kept)
        {
            if (kept >> NumberBits == key)
            {
                return (int)(kept & NumberMask) - 1;
            }

            slot = (slot + 1) & mask;
        }

        return -1;
    }

    private void GrowV4()
    {
        ulong[] before = slotsV4;
        slotsV4 = new ulong[2 * before.Length];
        int mask = slotsV4.Length - 1;
        foreach (ulong kept in before)
        {
            if (kept != 0)
            {
                int slot = SlotOf(kept >> NumberBits, mask);
                while (slotsV4[slot] != 0)
                {
                    slot = (slot + 1) & mask;
                }

                slotsV4[slot] = kept;
            }
        }
    }

    private int FindV6(UInt128 address, byte length)
    {
        int mask = slotsV6.Length - 1;
        ulong key = KeyV6(address, length);
        int slot = SlotOf(key, mask);
        while (slotsV6[slot] is not 0 and var kept)
        {
            int number = (int)(kept & NumberMask) - 1;
            if (
                kept >> NumberBits == key >> NumberBits
                && lengths[number] == length
                && bits[number] == address
            )
            {
                return number;
            }

            slot = (slot + 1) & mask;
        }

        return -1;
    }

    private void PlaceV6(int number)
    {
        int mask = slotsV6.Length - 1;
        ulong key = KeyV6(bits[number], lengths[number]);
        int slot = SlotOf(key, mask);
        while (slotsV6[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        slotsV6[slot] = (key & ~NumberMask) | (uint)(number + 1);
    }

    private static ulong KeyV6(UInt128 address, byte length)
    {
        ulong high = Math.BigMul((ulong)(address >> 64) ^ length, Golden, out ulong low);
        ulong highest = Math.BigMul(
            high ^ low ^ unchecked((ulong)address),
            Golden,
            out ulong lowest
        );
        return highest ^ lowest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(ulong key, int mask)
    {
        // Fibonacci hashing: the high bits of the product depend on every bit of the key.
        return (int)(unchecked(key * Golden) >> 33) & mask;
    }
}
