using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Breakwater.Feeds.Bzip2;

/// <summary>
/// Expands the outermost run-length coding of a block: four equal octets are followed by a count of further ones, 0 to 255.
/// A run never crosses the end of a block.
/// </summary>
/// <param name="block">At least <see cref="Slack"/> octets longer than <paramref name="length"/>.</param>
internal struct RunLengths(byte[] block, int length)
{
    public const int Slack = 64;
    private const int Run = 4;

    private int at;
    private int literal;
    private int literalEnd;
    private int repeats;
    private byte repeated;

    /// <summary>True when the block ends where a count must follow.</summary>
    public bool LacksCount { get; private set; }

    /// <summary>Fills <paramref name="output"/> as far as there is content.</summary>
    /// <returns>Octets given; zero at the end.</returns>
    public int Expand(Span<byte> output)
    {
        int given = 0;
        while (given < output.Length)
        {
            if (literal < literalEnd)
            {
                int count = Math.Min(literalEnd - literal, output.Length - given);
                block.AsSpan(literal, count).CopyTo(output[given..]);
                literal += count;
                given += count;
            }
            else if (repeats > 0)
            {
                int count = Math.Min(repeats, output.Length - given);
                output.Slice(given, count).Fill(repeated);
                repeats -= count;
                given += count;
            }
            else if (at < length)
            {
                Next();
            }
            else
            {
                break;
            }
        }

        return given;
    }

    private void Next()
    {
        literal = at;
        int run = NextRun();
        literalEnd = Math.Min(run + Run, length);
        at = literalEnd;
        if (run == length)
        {
            return;
        }

        if (at == length)
        {
            LacksCount = true;
            return;
        }

        repeated = block[run];
        repeats = block[at++];
    }

    /// <summary>Where the next four equal octets start; the length of the block when there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int NextRun()
    {
        unchecked
        {
            int end = length - Run + 1;
            ref byte octets = ref MemoryMarshal.GetArrayDataReference(block);
            for (int start = at; start < end; start += Vector256<byte>.Count)
            {
                // Reads up to Vector256<byte>.Count + 3 octets from start on, which Slack covers.
                Vector256<byte> v0 = Vector256.LoadUnsafe(ref octets, (nuint)start);
                Vector256<byte> v1 = Vector256.LoadUnsafe(ref octets, (nuint)(start + 1));
                Vector256<byte> v2 = Vector256.LoadUnsafe(ref octets, (nuint)(start + 2));
                Vector256<byte> v3 = Vector256.LoadUnsafe(ref octets, (nuint)(start + 3));
                uint runs = (
                    Vector256.Equals(v0, v1) & Vector256.Equals(v1, v2) & Vector256.Equals(v2, v3)
                ).ExtractMostSignificantBits();
                if (runs != 0)
                {
                    int run = start + BitOperations.TrailingZeroCount(runs);
                    return run < end ? run : length;
                }
            }

            return length;
        }
    }
}
