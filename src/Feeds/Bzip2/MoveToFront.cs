using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Breakwater.Feeds.Bzip2;

/// <summary>
/// Octets by how recently they were used. The sixteen most recent are one vector, which a shuffle reorders without a
/// branch; in routing data they serve nine of ten lookups.
/// </summary>
internal ref struct MoveToFront
{
    private const int Recent = 16;

    private readonly Span<byte> older;
    private Vector128<byte> recent;

    /// <param name="octets">Those in use, at most 256, in order; lives as long as this.</param>
    public MoveToFront(Span<byte> octets)
    {
        Span<byte> first = stackalloc byte[Recent];
        first.Clear();
        octets[..Math.Min(Recent, octets.Length)].CopyTo(first);
        recent = Vector128.Create<byte>(first);
        older = octets[Math.Min(Recent, octets.Length)..];
    }

    public readonly byte Front => recent.ToScalar();

    /// <summary>Takes the octet at a rank and puts it to the front.</summary>
    /// <param name="rank">Below the count of octets in use.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Take(int rank)
    {
        if ((uint)rank < Recent)
        {
            recent = Vector128.ShuffleNative(
                recent,
                Vector128.LoadUnsafe(
                    ref MemoryMarshal.GetReference(Orders),
                    (nuint)(uint)rank * Recent
                )
            );
        }
        else
        {
            TakeOlder(rank - Recent);
        }

        return recent.ToScalar();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TakeOlder(int rank)
    {
        byte taken = older[rank];
        older[..rank].CopyTo(older[1..]);
        older[0] = recent.GetElement(Recent - 1);
        recent = Vector128
            .ShuffleNative(
                recent,
                Vector128.LoadUnsafe(
                    ref MemoryMarshal.GetReference(Orders),
                    (Recent - 1) * (nuint)Recent
                )
            )
            .WithElement(0, taken);
    }

    // Row r takes the octet at r to the front and moves those before it by one.
    // csharpier-ignore
    private static ReadOnlySpan<byte> Orders =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        2, 0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        3, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        4, 0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        5, 0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        6, 0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        7, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15,
        8, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15,
        9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15,
        10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15,
        11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15,
        12, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15,
        13, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15,
        14, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15,
        15, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
    ];
}
