using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Breakwater.Feeds.Bzip2;

/// <summary>What became of a block.</summary>
internal enum BlockState
{
    Whole,

    /// <summary>Its end is not among the octets given.</summary>
    Short,
    Damaged,
}

/// <param name="Reason">Why it is damaged.</param>
/// <param name="End">The bit after its last, counted as its start was.</param>
/// <param name="Length">Octets before the outermost run-length coding is expanded.</param>
/// <param name="Crc">Of the content, as stored and as computed.</param>
internal readonly record struct BlockResult(
    BlockState State,
    string Reason,
    long End,
    int Length,
    uint Crc
)
{
    public static BlockResult Damaged(string reason) => new(BlockState.Damaged, reason, 0, 0, 0);
}

/// <summary>
/// Decodes single blocks; one for each thread. There is no written standard; the layout is
/// that of bzip2 1.0.8 and its manual.
/// </summary>
internal sealed class BlockDecoder
{
    public const int LengthMax = 900_000;

    /// <summary>What a buffer for a block must hold.</summary>
    public const int BufferLength = LengthMax + RunLengths.Slack;

    public const int MagicBits = 48;
    public const ulong BlockMagic = 0x314159265359;

    private const int GroupLength = 50;
    private const int SelectorsUsedMax = LengthMax / GroupLength + 2;
    private const int CodesMax = 6;

    // A run of 2^21 exceeds every block.
    private const int RunDigitsMax = 21;

    // Within the first-level cache, so that the checksum reads what was just written there.
    private const int ChecksumPieceLength = 1 << 13;

    private readonly BurrowsWheeler transform = new();
    private readonly HuffmanCode[] codes = [new(), new(), new(), new(), new(), new()];
    private readonly byte[] selectors = new byte[SelectorsUsedMax];
    private readonly byte[] used = new byte[256];
    private readonly int[] counts = new int[256];
    private readonly ushort[] group = new ushort[GroupLength];
    private readonly byte[] lengths = new byte[HuffmanCode.SymbolsMax];
    private readonly byte[] piece = new byte[ChecksumPieceLength];

    /// <param name="octets">With <see cref="BitCursor.Slack"/> octets behind the limit.</param>
    /// <param name="start">The first bit of the block's magic.</param>
    /// <param name="limit">Bits there are.</param>
    /// <param name="block">Takes what the block holds; <see cref="BufferLength"/> octets.</param>
    public BlockResult Decode(ReadOnlySpan<byte> octets, long start, long limit, byte[] block)
    {
        var bits = new BitCursor(octets, start + MagicBits, limit);
        uint crc = (uint)bits.Take(32);
        bool isRandomised = bits.Take(1) == 1;
        int origin = (int)bits.Take(24);
        string? reason = Fill(ref bits, block, out int length);
        if (bits.IsPast)
        {
            return new BlockResult(BlockState.Short, "", 0, 0, 0);
        }

        if (reason is not null)
        {
            return BlockResult.Damaged(reason);
        }

        if (origin >= length)
        {
            return BlockResult.Damaged("starts outside of itself");
        }

        transform.Invert(block.AsSpan(0, length), counts, origin);
        if (isRandomised)
        {
            Randomisation.Undo(block.AsSpan(0, length));
        }

        if (Checksum(block, length) is not { } computed)
        {
            return BlockResult.Damaged("ends within a run");
        }

        return computed == crc
            ? new BlockResult(BlockState.Whole, "", bits.At, length, crc)
            : BlockResult.Damaged("does not match its checksum");
    }

    private string? Fill(ref BitCursor bits, byte[] block, out int length)
    {
        length = 0;
        int usedCount = ReadUsed(ref bits);
        if (usedCount == 0)
        {
            return "uses no octets";
        }

        int codeCount = (int)bits.Take(3);
        int selectorCount = (int)bits.Take(15);
        if (codeCount is < 2 or > CodesMax || selectorCount == 0)
        {
            return "has an impossible number of codes";
        }

        return ReadSelectors(ref bits, codeCount, selectorCount)
            ?? ReadCodes(ref bits, codeCount, usedCount + 2)
            ?? ReadSymbols(
                ref bits,
                Math.Min(selectorCount, SelectorsUsedMax),
                usedCount,
                block,
                out length
            );
    }

    private int ReadUsed(ref BitCursor bits)
    {
        int count = 0;
        int ranges = (int)bits.Take(16);
        for (int range = 0; range < 16; range++)
        {
            if ((ranges & (0x8000 >> range)) == 0)
            {
                continue;
            }

            int within = (int)bits.Take(16);
            for (int index = 0; index < 16; index++)
            {
                if ((within & (0x8000 >> index)) != 0)
                {
                    used[count++] = (byte)(range * 16 + index);
                }
            }
        }

        return count;
    }

    /// <summary>Which code each group of symbols uses, itself coded as ranks of recent use, in unary.</summary>
    private string? ReadSelectors(ref BitCursor bits, int codeCount, int selectorCount)
    {
        Span<byte> recent = [0, 1, 2, 3, 4, 5];
        for (int index = 0; index < selectorCount; index++)
        {
            int rank = 0;
            while (bits.Take(1) == 1)
            {
                if (++rank == codeCount)
                {
                    return "selects a code that it does not have";
                }
            }

            byte selected = recent[rank];
            recent[..rank].CopyTo(recent[1..]);
            recent[0] = selected;

            // Some encoders write more selectors than a block can have groups; bzip2 ignores those since 1.0.8.
            if (index < selectors.Length)
            {
                selectors[index] = selected;
            }
        }

        return null;
    }

    private string? ReadCodes(ref BitCursor bits, int codeCount, int symbolCount)
    {
        Span<byte> of = lengths.AsSpan(0, symbolCount);
        for (int code = 0; code < codeCount; code++)
        {
            int length = (int)bits.Take(5);
            for (int symbol = 0; symbol < symbolCount; symbol++)
            {
                while (true)
                {
                    if (length is < 1 or > HuffmanCode.LengthMax)
                    {
                        return "has a code of impossible length";
                    }

                    if (bits.Take(1) == 0)
                    {
                        break;
                    }

                    length += bits.Take(1) == 0 ? 1 : -1;
                }

                of[symbol] = (byte)length;
            }

            if (!codes[code].TryBuild(of))
            {
                return "has codes that contradict each other";
            }
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private string? ReadSymbols(
        ref BitCursor bits,
        int selectorCount,
        int usedCount,
        byte[] block,
        out int length
    )
    {
        unchecked
        {
            var order = new MoveToFront(used.AsSpan(0, usedCount));
            counts.AsSpan().Clear();
            ref int count = ref MemoryMarshal.GetArrayDataReference(counts);
            int endOfBlock = usedCount + 1;
            int filled = 0;
            int run = 0;
            int runDigits = 0;
            length = 0;
            for (int selector = 0; selector < selectorCount; selector++)
            {
                int symbolCount = codes[selectors[selector]].Decode(ref bits, group, endOfBlock);
                if (bits.IsPast)
                {
                    return null;
                }

                foreach (int symbol in group.AsSpan(0, symbolCount))
                {
                    // Symbols 0 and 1 are the digits 1 and 2 of a run's length, the least significant first.
                    if (symbol <= 1)
                    {
                        if (runDigits == RunDigitsMax)
                        {
                            return "has a run longer than a block";
                        }

                        run += (symbol + 1) << runDigits++;
                        continue;
                    }

                    if (run > 0)
                    {
                        if (run > LengthMax - filled)
                        {
                            return "is longer than a block can be";
                        }

                        byte front = order.Front;
                        block.AsSpan(filled, run).Fill(front);
                        Unsafe.Add(ref count, front) += run;
                        filled += run;
                        run = 0;
                        runDigits = 0;
                    }

                    if (symbol >= endOfBlock)
                    {
                        length = filled;
                        return symbol == endOfBlock ? null : "has a code that stands for nothing";
                    }

                    if (filled == LengthMax)
                    {
                        return "is longer than a block can be";
                    }

                    byte octet = order.Take(symbol - 1);
                    block[filled++] = octet;
                    Unsafe.Add(ref count, octet)++;
                }
            }

            return "has no end";
        }
    }

    /// <summary>The checksum of the content; null when the run-length coding is incomplete.</summary>
    private uint? Checksum(byte[] block, int length)
    {
        var runs = new RunLengths(block, length);
        uint crc = Bzip2Crc.Start;
        while (runs.Expand(piece) is > 0 and var count)
        {
            crc = Bzip2Crc.Append(crc, piece.AsSpan(0, count));
        }

        return runs.LacksCount ? null : ~crc;
    }
}
