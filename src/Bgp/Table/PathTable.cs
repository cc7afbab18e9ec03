using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// The AS paths that are in use, each kept once. A path has a dense number as long as somebody refers to it; afterwards
/// the number and the room serve another path, so that memory follows what is held and not what was ever heard.
/// </summary>
public sealed class PathTable
{
    // Odd 64-bit constants without structure: fractional parts of the square roots of 2 and 3.
    private const ulong MixA = 0x6A09E667F3BCC909;
    private const ulong MixB = 0xBB67AE8584CAA73B;

    private readonly NumberArena arena;
    private readonly int max;
    private Path[] paths = new Path[256];
    private ulong[] slots = new ulong[512];
    private uint[] scratch = new uint[64];
    private int created;
    private int freed = -1;

    internal PathTable(RouteTableLimits limits)
    {
        max = limits.Paths;
        arena = new NumberArena(limits.PathBlocks);
        Origins = new AsnNumbers(limits.Origins);
    }

    /// <summary>One path: where its numbers are, and who refers to it.</summary>
    /// <param name="SegmentWords">Numbers after the ASNs that tell the segments apart; none for one AS_SEQUENCE.</param>
    /// <param name="Origin">Dense number of the origin, or -1.</param>
    /// <param name="References">Routes that have the path; when free, the next free path.</param>
    private record struct Path(
        ulong Hash,
        uint At,
        int Asns,
        int SegmentWords,
        int Origin,
        int References
    );

    /// <summary>Paths in use.</summary>
    public int Count { get; private set; }

    /// <summary>One more than the highest number that a path has had.</summary>
    public int NumberEnd => created;

    /// <summary>The ASes that originate a path, or did.</summary>
    public AsnNumbers Origins { get; }

    internal long Octets => arena.Octets + 32L * paths.Length + 8L * slots.Length;

    /// <summary>
    /// All AS numbers of the path, nearest first, origin last; prepended ones as often as they are there; those of sets in
    /// the order of the message. The span lives until the table changes.
    /// </summary>
    public ReadOnlySpan<uint> Asns(int path) => arena.At(paths[path].At, paths[path].Asns);

    /// <summary>Kind (high half) and count (low half) of each segment; empty when the path is one AS_SEQUENCE.</summary>
    public ReadOnlySpan<uint> Segments(int path)
    {
        ref readonly Path kept = ref paths[path];
        return arena.At(kept.At, kept.Asns + kept.SegmentWords)[kept.Asns..];
    }

    /// <summary>Dense number of the origin in <see cref="Origins"/>; -1 when the path is empty or ends in a set (RFC 6811 section 2).</summary>
    public int OriginNumber(int path) => paths[path].Origin;

    /// <summary>The origin; null when the path is empty or ends in a set (RFC 6811 section 2).</summary>
    public Asn? Origin(int path) =>
        paths[path].Origin is >= 0 and var origin ? Origins[origin] : null;

    /// <summary>Holds on to a path beyond the life of its routes; to be given back with <see cref="Release"/>.</summary>
    public void Keep(int path) => paths[path].References++;

    /// <summary>Gives back what <see cref="Keep"/> took.</summary>
    public void Release(int path)
    {
        if (--paths[path].References == 0)
        {
            Remove(path);
        }
    }

    /// <summary>Finds or adds a path and refers to it once.</summary>
    /// <returns>Its number, or -1 when no more paths are kept.</returns>
    internal int Intern(in AsPath path)
    {
        ReadOnlySpan<byte> sequence = path.SingleSequence;
        if (sequence.Length > 0)
        {
            return InternSequence(sequence);
        }

        int asns = 0;
        int segments = 0;
        foreach (AsSegment segment in path)
        {
            asns += segment.Count;
            segments++;
        }

        if (scratch.Length < asns + segments)
        {
            scratch = new uint[2 * (asns + segments)];
        }

        int at = 0;
        int header = asns;
        AsSegmentKind previous = default;
        foreach (AsSegment segment in path)
        {
            if (segment.Kind == AsSegmentKind.Sequence && previous == AsSegmentKind.Sequence)
            {
                // A sequence longer than 255, or one put together from AS_PATH and AS4_PATH, is one sequence.
                scratch[header - 1] += (uint)segment.Count;
            }
            else
            {
                scratch[header++] = (uint)segment.Kind << 16 | (uint)segment.Count;
            }

            previous = segment.Kind;
            for (int index = 0; index < segment.Count; index++)
            {
                scratch[at++] = segment[index].Number;
            }
        }

        bool isOneSequence = header == asns + 1 && previous == AsSegmentKind.Sequence;
        return Intern(asns, isOneSequence ? 0 : header - asns, path);
    }

    private int InternSequence(ReadOnlySpan<byte> sequence)
    {
        int count = sequence.Length >> 2;
        if (scratch.Length < count)
        {
            scratch = new uint[2 * count];
        }

        BinaryPrimitives.ReverseEndianness(
            MemoryMarshal.Cast<byte, uint>(sequence),
            scratch.AsSpan(0, count)
        );
        return Intern(count, 0, default);
    }

    /// <summary>The path is in <see cref="scratch"/>: its ASNs, then its segments.</summary>
    private int Intern(int asns, int segmentWords, in AsPath path)
    {
        ReadOnlySpan<uint> words = scratch.AsSpan(0, asns + segmentWords);
        ulong hash = HashOf(words, segmentWords);
        int mask = slots.Length - 1;
        int slot = SlotOf(hash, mask);
        while (slots[slot] is not 0 and var kept)
        {
            int number = NumberIn(kept);
            if (kept >> 32 == hash >> 32)
            {
                ref Path known = ref paths[number];
                if (
                    known.Hash == hash
                    && known.Asns == asns
                    && known.SegmentWords == segmentWords
                    && words.SequenceEqual(arena.At(known.At, words.Length))
                )
                {
                    known.References++;
                    return number;
                }
            }

            slot = (slot + 1) & mask;
        }

        return Add(words, asns, hash, path);
    }

    private int Add(ReadOnlySpan<uint> words, int asns, ulong hash, in AsPath path)
    {
        if (Count == max)
        {
            return -1;
        }

        int segmentWords = words.Length - asns;
        int origin = -1;
        Asn last = asns > 0 ? new Asn(words[asns - 1]) : default;
        if (segmentWords == 0 ? asns > 0 : path.TryOrigin(out last))
        {
            origin = Origins.Add(last);
            if (origin < 0)
            {
                return -1;
            }
        }

        uint at = arena.Take(words.Length);
        if (at == 0)
        {
            return -1;
        }

        words.CopyTo(arena.At(at, words.Length));
        int number = freed;
        if (number >= 0)
        {
            freed = paths[number].References;
        }
        else
        {
            number = created++;
            if (number == paths.Length)
            {
                Array.Resize(ref paths, 2 * number);
            }
        }

        paths[number] = new Path(hash, at, asns, segmentWords, origin, References: 1);
        Count++;
        if (Count > slots.Length / 2)
        {
            Grow();
        }
        else
        {
            Place(number, hash);
        }

        return number;
    }

    private void Place(int number, ulong hash)
    {
        int mask = slots.Length - 1;
        int slot = SlotOf(hash, mask);
        while (slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | (uint)(number + 1);
    }

    private void Grow()
    {
        slots = new ulong[2 * slots.Length];
        for (int number = 0; number < created; number++)
        {
            if (paths[number].At != 0)
            {
                Place(number, paths[number].Hash);
            }
        }
    }

    private void Remove(int number)
    {
        ref Path path = ref paths[number];
        int mask = slots.Length - 1;
        int slot = SlotOf(path.Hash, mask);
        while (NumberIn(slots[slot]) != number)
        {
            slot = (slot + 1) & mask;
        }

        // Those after the hole move up unless they are where they belong: no marks of the dead are left behind.
        int hole = slot;
        for (slot = (slot + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int home = SlotOf(paths[NumberIn(slots[slot])].Hash, mask);
            if (((slot - home) & mask) >= ((slot - hole) & mask))
            {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }

        slots[hole] = 0;
        arena.Free(path.At, path.Asns + path.SegmentWords);
        path = new Path(0, At: 0, 0, 0, -1, References: freed);
        freed = number;
        Count--;
    }

    /// <summary>Multiplies to 128 bits and folds, two numbers at a time; equality is always verified on the numbers.</summary>
    private static ulong HashOf(ReadOnlySpan<uint> words, int segmentWords)
    {
        unchecked
        {
            ulong hash = MixA ^ (ulong)words.Length << 32 ^ (uint)segmentWords;
            ReadOnlySpan<ulong> pairs = MemoryMarshal.Cast<uint, ulong>(words);
            foreach (ulong pair in pairs)
            {
                hash = Fold(hash ^ pair, MixB) ^ pair;
            }

            if ((words.Length & 1) != 0)
            {
                hash = Fold(hash ^ words[^1], MixB);
            }

            return Fold(hash, MixA);
        }
    }

    private static int SlotOf(ulong hash, int mask) => unchecked((int)hash) & mask;

    /// <summary>A slot holds the high half of the hash, and the number of the path plus one.</summary>
    private static int NumberIn(ulong slot) => unchecked((int)slot) - 1;

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
