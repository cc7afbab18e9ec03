using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Breakwater.Feeds.Bzip2;

/// <summary>Reads bits, the most significant first. Past its limit it gives zeros and <see cref="IsPast"/> says so.</summary>
/// <param name="octets">At least <see cref="Slack"/> octets longer than what holds <paramref name="limit"/> bits.</param>
/// <param name="at">The first bit to read.</param>
/// <param name="limit">Bits that there are, counted from the start of <paramref name="octets"/>.</param>
internal ref struct BitCursor(ReadOnlySpan<byte> octets, long at, long limit)
{
    public const int Slack = 16;

    /// <summary>Bits that <see cref="Ahead"/> holds at least.</summary>
    public const int AheadBits = 57;

    private readonly ReadOnlySpan<byte> octets = octets;
    private readonly long limit = limit;

    public long At { get; set; } = at;

    public readonly bool IsPast => At > limit;

    /// <summary>The bits from here on, left-aligned.</summary>
    public readonly ulong Ahead
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get =>
            At >= limit
                ? 0
                : BinaryPrimitives.ReadUInt64BigEndian(octets[(int)(At >> 3)..]) << (int)(At & 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int bits) => At = unchecked(At + bits);

    /// <param name="bits">1 to 48.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Take(int bits)
    {
        ulong taken = Ahead >> (64 - bits);
        Skip(bits);
        return taken;
    }
}
