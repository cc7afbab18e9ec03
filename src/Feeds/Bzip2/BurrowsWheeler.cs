using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Breakwater.Feeds.Bzip2;

/// <summary>
/// Undoes the Burrows-Wheeler transform of a block. The permutation to follow is one long chain of dependent, random
/// accesses, which wait for the cache most of the time. It is therefore cut at about a thousand places into chains that
/// eight lanes follow at once; the chains are put in order afterwards.
/// </summary>
internal sealed class BurrowsWheeler
{
    private const int Lanes = 8;
    private const int ChainsMax = 1024;

    // A chain shorter than this is not worth the change from one to the next.
    private const int ChainLengthMin = 256;

    // Bit 31 of a link says that a chain starts behind it, bits 8 to 27 lead on, bits 0 to 7 are the octet.
    private const uint Mark = 1u << 31;
    private const int PointerMask = 0x7FFFFF;

    // Octets between the same place in two lanes: lanes apart by whole pages would share sets of the cache.
    private const int PageLength = 4096;
    private const int LaneOffset = 320;

    private readonly int[] laneChain = new int[Lanes];
    private readonly Chain[] chains = new Chain[ChainsMax + 1];

    private uint[] links = [];
    private byte[] lanes = [];
    private int laneLength;
    private int origin;
    private int step;
    private int chainCount;
    private int unstarted;

    /// <param name="block">The last column; becomes the content.</param>
    /// <param name="counts">How often each octet occurs in the block.</param>
    /// <param name="origin">Row of the content among the sorted rotations.</param>
    public void Invert(Span<byte> block, ReadOnlySpan<int> counts, int origin)
    {
        int length = block.Length;
        this.origin = origin;
        chainCount = Math.Clamp(length / ChainLengthMin, 1, ChainsMax);
        step = (length + chainCount - 1) / chainCount;
        chainCount = (length + step - 1) / step;
        laneLength = (length / PageLength + 1) * PageLength + LaneOffset;
        links = ArrayPool<uint>.Shared.Rent(length + 1);
        lanes = ArrayPool<byte>.Shared.Rent(Lanes * laneLength);
        Link(block, counts);
        Follow(length);
        Join(block);
        ArrayPool<uint>.Shared.Return(links);
        ArrayPool<byte>.Shared.Return(lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Link(ReadOnlySpan<byte> block, ReadOnlySpan<int> counts)
    {
        unchecked
        {
            Span<int> next = stackalloc int[256];
            int sum = 0;
            for (int octet = 0; octet < 256; octet++)
            {
                next[octet] = sum;
                sum += counts[octet];
            }

            int nextMark = 0;
            for (int at = 0; at < block.Length; )
            {
                bool isStart = at == nextMark;
                nextMark += isStart ? step : 0;
                links[next[block[at]]++] = (uint)at << 8 | block[at] | Mark;
                at++;
                int until = Math.Min(nextMark, block.Length);
                until = origin >= at ? Math.Min(until, origin) : until;
                ref uint link = ref MemoryMarshal.GetArrayDataReference(links);
                ref int nexts = ref MemoryMarshal.GetReference(next);
                for (; at < until; at++)
                {
                    uint octet = block[at];
                    ref int place = ref Unsafe.Add(ref nexts, octet);
                    Unsafe.Add(ref link, place) = (uint)at << 8 | octet;
                    place++;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Follow(int length)
    {
        unchecked
        {
            // A link to itself, where a lane waits when no chain is left.
            links[length] = (uint)length << 8;
            unstarted = 0;
            laneChain.AsSpan().Fill(-1);
            int stride = laneLength;
            int p0 = Start(0, 0, length);
            int p1 = Start(1, 0, length);
            int p2 = Start(2, 0, length);
            int p3 = Start(3, 0, length);
            int p4 = Start(4, 0, length);
            int p5 = Start(5, 0, length);
            int p6 = Start(6, 0, length);
            int p7 = Start(7, 0, length);
            ref uint link = ref MemoryMarshal.GetArrayDataReference(links);
            ref byte lane = ref MemoryMarshal.GetArrayDataReference(lanes);
            // Every lane waits exactly when all positions are the waiting one, since no other has all of its bits.
            for (int at = 0; (p0 & p1 & p2 & p3 & p4 & p5 & p6 & p7) != length; )
            {
                uint t0 = Unsafe.Add(ref link, p0);
                uint t1 = Unsafe.Add(ref link, p1);
                uint t2 = Unsafe.Add(ref link, p2);
                uint t3 = Unsafe.Add(ref link, p3);
                uint t4 = Unsafe.Add(ref link, p4);
                uint t5 = Unsafe.Add(ref link, p5);
                uint t6 = Unsafe.Add(ref link, p6);
                uint t7 = Unsafe.Add(ref link, p7);
                ref byte octet = ref Unsafe.Add(ref lane, at);
                octet = (byte)t0;
                Unsafe.Add(ref octet, stride) = (byte)t1;
                Unsafe.Add(ref octet, 2 * stride) = (byte)t2;
                Unsafe.Add(ref octet, 3 * stride) = (byte)t3;
                Unsafe.Add(ref octet, 4 * stride) = (byte)t4;
                Unsafe.Add(ref octet, 5 * stride) = (byte)t5;
                Unsafe.Add(ref octet, 6 * stride) = (byte)t6;
                Unsafe.Add(ref octet, 7 * stride) = (byte)t7;
                at++;
                p0 = (int)(t0 >> 8) & PointerMask;
                p1 = (int)(t1 >> 8) & PointerMask;
                p2 = (int)(t2 >> 8) & PointerMask;
                p3 = (int)(t3 >> 8) & PointerMask;
                p4 = (int)(t4 >> 8) & PointerMask;
                p5 = (int)(t5 >> 8) & PointerMask;
                p6 = (int)(t6 >> 8) & PointerMask;
                p7 = (int)(t7 >> 8) & PointerMask;
                if ((int)(t0 | t1 | t2 | t3 | t4 | t5 | t6 | t7) < 0)
                {
                    p0 = (int)t0 < 0 ? Change(0, at, p0, length) : p0;
                    p1 = (int)t1 < 0 ? Change(1, at, p1, length) : p1;
                    p2 = (int)t2 < 0 ? Change(2, at, p2, length) : p2;
                    p3 = (int)t3 < 0 ? Change(3, at, p3, length) : p3;
                    p4 = (int)t4 < 0 ? Change(4, at, p4, length) : p4;
                    p5 = (int)t5 < 0 ? Change(5, at, p5, length) : p5;
                    p6 = (int)t6 < 0 ? Change(6, at, p6, length) : p6;
                    p7 = (int)t7 < 0 ? Change(7, at, p7, length) : p7;
                }
            }
        }
    }

    /// <summary>Ends a lane's chain before <paramref name="at"/>, where the next in order starts, and starts another.</summary>
    private int Change(int lane, int at, int next, int length)
    {
        ref Chain chain = ref chains[laneChain[lane]];
        chain.Length = at - (chain.From - lane * laneLength);
        chain.Next = ChainAt(next);
        return Start(lane, at, length);
    }

    private int Start(int lane, int at, int length)
    {
        int index = unstarted++;
        if (index > 0 && index <= chainCount && (index - 1) * step == origin)
        {
            index = unstarted++;
        }

        if (index > chainCount)
        {
            laneChain[lane] = -1;
            return length;
        }

        laneChain[lane] = index;
        chains[index].From = lane * laneLength + at;
        return index == 0 ? origin : (index - 1) * step;
    }

    private int ChainAt(int position) => position == origin ? 0 : 1 + position / step;

    /// <summary>Chains in order, again and again where the content is periodic.</summary>
    private void Join(Span<byte> block)
    {
        int filled = 0;
        for (int index = 0; filled < block.Length; index = chains[index].Next)
        {
            Chain chain = chains[index];
            int count = Math.Min(chain.Length, block.Length - filled);
            lanes.AsSpan(chain.From, count).CopyTo(block[filled..]);
            filled += count;
        }
    }

    /// <param name="From">Of its octets in the lanes.</param>
    private record struct Chain(int From, int Length, int Next);
}
