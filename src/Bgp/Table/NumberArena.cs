using System.Numerics;

namespace Breakwater.Bgp;

/// <summary>
/// Room for many short runs of numbers in large blocks: nothing is copied when it grows, and a run that was given back
/// serves the next one of its size, so that memory stays steady while routes come and go.
/// </summary>
internal sealed class NumberArena(int blocksMax)
{
    /// <summary>No run is longer: paths have at most 32,766 numbers and rows as many as there are peers.</summary>
    public const int LengthMax = BlockLength;

    private const int BlockBits = 16;
    private const int BlockLength = 1 << BlockBits;

    // Four sizes to each doubling: at most a quarter of a run is unused.
    private const int Classes = 16 * 4;

    private readonly uint[] freed = new uint[Classes];
    private uint[][] blocks = [new uint[1 << 10]];
    private int blockCount = 1;

    // Run 0 is never given out, so that 0 can say "none".
    private int used = 1;

    /// <summary>Octets that are taken from the runtime.</summary>
    public long Octets => (blockCount - 1L) * BlockLength * 4 + blocks[0].Length * 4L;

    /// <summary>Room for at least <paramref name="length"/> numbers, whose content is left over from before; 0 when the limit is reached.</summary>
    public uint Take(int length)
    {
        int size = ClassOf(length);
        uint at = freed[size];
        if (at != 0)
        {
            freed[size] = blocks[at >> BlockBits][at & (BlockLength - 1)];
            return at;
        }

        length = CapacityOf(size);
        if (used + length > BlockLength)
        {
            if (blockCount == blocksMax)
            {
                return 0;
            }

            if (blockCount == blocks.Length)
            {
                Array.Resize(ref blocks, blockCount * 2);
            }

            blocks[blockCount++] = GC.AllocateUninitializedArray<uint>(BlockLength);
            used = 0;
        }

        uint[] block = blocks[blockCount - 1];
        if (used + length > block.Length)
        {
            // Only the first block begins small: most tables of a test or of one message stay in it.
            Array.Resize(ref block, Math.Min(BlockLength, Math.Max(block.Length * 4, length)));
            blocks[0] = block;
        }

        at = (uint)((blockCount - 1) << BlockBits | used);
        used += length;
        return at;
    }

    /// <summary>Gives a run back.</summary>
    /// <param name="length">As it was taken, or the capacity that was given.</param>
    public void Free(uint at, int length)
    {
        int size = ClassOf(length);
        blocks[at >> BlockBits][at & (BlockLength - 1)] = freed[size];
        freed[size] = at;
    }

    public Span<uint> At(uint at, int length) =>
        blocks[at >> BlockBits].AsSpan((int)(at & (BlockLength - 1)), length);

    public ref uint At(uint at) => ref blocks[at >> BlockBits][at & (BlockLength - 1)];

    /// <summary>What a run that was asked for with this length really holds.</summary>
    public static int Capacity(int length) => CapacityOf(ClassOf(length));

    private static int ClassOf(int length)
    {
        if (length <= 4)
        {
            return Math.Max(length, 1) - 1;
        }

        // Sizes 5, 6, 7, 8, 10, 12, 14, 16, 20 ...: the two bits after the leading one choose among four.
        uint last = (uint)length - 1;
        int shift = BitOperations.Log2(last) - 2;
        return shift * 4 + (int)(last >> shift);
    }

    private static int CapacityOf(int size)
    {
        if (size < 4)
        {
            return size + 1;
        }

        int shift = (size >> 2) - 1;
        return ((size & 3) + 4 + 1) << shift;
    }
}
