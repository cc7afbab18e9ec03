using System.Runtime.CompilerServices;

namespace Breakwater.Feeds.Bzip2;

/// <summary>One of the two to six prefix codes of a block: canonical, shorter codes first, then in order of symbols.</summary>
internal sealed class HuffmanCode
{
    public const int LengthMax = 20;
    public const int SymbolsMax = 258;

    /// <summary>What no code stands for.</summary>
    public const int NoSymbol = 0x1FF;

    private const int DirectBits = 10;
    private const int LengthBits = 5;

    // Symbol and length for the next DirectBits bits; length 0 where the code is longer or there is none.
    private readonly ushort[] direct = new ushort[1 << DirectBits];

    // Per length, left-aligned to LengthMax bits: the first value that is not a code of this length or a shorter one.
    private readonly uint[] end = new uint[LengthMax + 1];
    private readonly int[] firstCode = new int[LengthMax + 1];
    private readonly int[] firstSymbol = new int[LengthMax + 1];
    private readonly ushort[] symbols = new ushort[SymbolsMax];

    /// <summary>The longest code in use.</summary>
    public int Longest { get; private set; }

    /// <param name="lengths">Per symbol, 1 to <see cref="LengthMax"/>.</param>
    /// <returns>False when more codes are asked for than their lengths leave room for.</returns>
    public bool TryBuild(ReadOnlySpan<byte> lengths)
    {
        Span<int> count = stackalloc int[LengthMax + 1];
        count.Clear();
        foreach (byte length in lengths)
        {
            count[length]++;
        }

        int code = 0;
        int symbol = 0;
        Longest = 0;
        Span<int> next = stackalloc int[LengthMax + 1];
        for (int length = 1; length <= LengthMax; length++)
        {
            code <<= 1;
            firstCode[length] = code;
            firstSymbol[length] = symbol;
            next[length] = symbol;
            code += count[length];
            symbol += count[length];
            if (code > 1 << length)
            {
                return false;
            }

            end[length] = (uint)code << (LengthMax - length);
            Longest = count[length] > 0 ? length : Longest;
        }

        for (int of = 0; of < lengths.Length; of++)
        {
            symbols[next[lengths[of]]++] = (ushort)of;
        }

        FillDirect(count);
        return true;
    }

    private void FillDirect(ReadOnlySpan<int> count)
    {
        int filled = 0;
        int rank = 0;
        for (int length = 1; length <= DirectBits; length++)
        {
            int width = 1 << (DirectBits - length);
            for (int index = 0; index < count[length]; index++, rank++)
            {
                direct.AsSpan(filled, width).Fill((ushort)(symbols[rank] << LengthBits | length));
                filled += width;
            }
        }

        direct.AsSpan(filled).Clear();
    }

    /// <summary>Decodes up to a group of symbols, ending early with the symbol that ends the block.</summary>
    /// <returns>Symbols decoded; the last may be <see cref="NoSymbol"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Decode(ref BitCursor bits, Span<ushort> group, int endOfBlock)
    {
        unchecked
        {
            ReadOnlySpan<ushort> table = direct.AsSpan(0, 1 << DirectBits);
            int perRefill = BitCursor.AheadBits / Math.Max(Longest, 1);
            BitCursor cursor = bits;
            int at = 0;
            while (at < group.Length)
            {
                ulong ahead = cursor.Ahead;
                int taken = 0;
                int until = Math.Min(group.Length, at + perRefill);
                while (at < until)
                {
                    int entry = table[(int)(ahead >> (64 - DirectBits))];
                    int length = entry & ((1 << LengthBits) - 1);
                    int symbol = entry >> LengthBits;
                    if (length == 0)
                    {
                        (symbol, length) = Long((uint)(ahead >> (64 - LengthMax)));
                    }

                    ahead <<= length;
                    taken += length;
                    group[at++] = (ushort)symbol;
                    if (symbol >= endOfBlock)
                    {
                        cursor.Skip(taken);
                        bits = cursor;
                        return at;
                    }
                }

                cursor.Skip(taken);
            }

            bits = cursor;
            return at;
        }
    }

    private (int Symbol, int Length) Long(uint ahead)
    {
        for (int length = DirectBits + 1; length <= LengthMax; length++)
        {
            if (ahead < end[length])
            {
                int code = (int)(ahead >> (LengthMax - length));
                return (symbols[firstSymbol[length] + code - firstCode[length]], length);
            }
        }

        return (NoSymbol, LengthMax);
    }
}
