using System.Buffers.Binary;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>Kinds of path segments (RFC 4271 section 4.3, RFC 5065 section 3).</summary>
public enum AsSegmentKind : byte
{
    Set = 1,
    Sequence = 2,
    ConfederationSequence = 3,
    ConfederationSet = 4,
}

/// <summary>An AS path as the message carries it, nearest AS first, origin last.</summary>
public readonly ref struct AsPath
{
    private readonly ReadOnlySpan<byte> path;
    private readonly int asnOctets;
    private readonly ReadOnlySpan<byte> tail;
    private readonly int hopsBeforeTail;

    internal AsPath(ReadOnlySpan<byte> path, int asnOctets)
    {
        this.path = path;
        this.asnOctets = asnOctets;
        hopsBeforeTail = int.MaxValue;
    }

    private AsPath(ReadOnlySpan<byte> path, ReadOnlySpan<byte> tail, int hopsBeforeTail)
    {
        this.path = path;
        asnOctets = 2;
        this.tail = tail;
        this.hopsBeforeTail = hopsBeforeTail;
    }

    public bool IsEmpty => path.IsEmpty;

    /// <summary>The four-octet AS numbers in network order when the path is one AS_SEQUENCE of them; else empty.</summary>
    internal ReadOnlySpan<byte> SingleSequence =>
        asnOctets == 4
        && tail.IsEmpty
        && path.Length >= 2
        && path[0] == (byte)AsSegmentKind.Sequence
        && path[1] * 4 + 2 == path.Length
            ? path[2..]
            : [];

    /// <summary>The AS that originates the route; false when the path is empty or ends in a set (RFC 6811 section 2: no origin).</summary>
    public bool TryOrigin(out Asn origin)
    {
        origin = default;
        bool hasOrigin = false;
        AsSegmentCursor segments = GetEnumerator();
        while (segments.MoveNext())
        {
            AsSegment segment = segments.Current;
            if (segment.Count > 0)
            {
                hasOrigin = segment.Kind == AsSegmentKind.Sequence;
                origin = segment[segment.Count - 1];
            }
        }

        return hasOrigin;
    }

    public AsSegmentCursor GetEnumerator() => new(path, asnOctets, tail, hopsBeforeTail);

    /// <summary>
    /// RFC 6793 section 4.2.3: as many leading hops of AS_PATH as it has more than AS4_PATH, then AS4_PATH. When AS4_PATH
    /// is the longer one, or malformed, it is ignored.
    /// </summary>
    internal static AsPath Merged(ReadOnlySpan<byte> path, ReadOnlySpan<byte> as4Path)
    {
        int lead = IsWellFormed(as4Path, 4) ? Hops(path, 2) - Hops(as4Path, 4) : -1;
        return lead < 0 ? new AsPath(path, 2) : new AsPath(path, as4Path, lead);
    }

    internal static bool IsWellFormed(ReadOnlySpan<byte> path, int asnOctets)
    {
        // Nearly every path is one sequence.
        if (
            path.Length > 2
            && path[0] == (byte)AsSegmentKind.Sequence
            && path[1] * asnOctets == path.Length - 2
        )
        {
            return path[1] != 0;
        }

        while (path.Length >= 2)
        {
            int octets = path[1] * asnOctets;
            // RFC 7606 section 7.2: unknown kind, empty segment, or a segment that overruns the attribute.
            if (path[0] is 0 or > 4 || octets == 0 || octets > path.Length - 2)
            {
                return false;
            }

            path = path[(octets + 2)..];
        }

        return path.IsEmpty;
    }

    /// <summary>Hops as RFC 4271 section 9.1.2.2 counts them: a set is one; RFC 5065 section 5.3: a confederation is none.</summary>
    private static int Hops(ReadOnlySpan<byte> path, int asnOctets)
    {
        int hops = 0;
        var segments = new AsSegmentCursor(path, asnOctets, [], int.MaxValue);
        while (segments.MoveNext())
        {
            hops += segments.Current.Hops;
        }

        return hops;
    }
}

/// <summary>One segment of a path.</summary>
public readonly ref struct AsSegment
{
    private readonly ReadOnlySpan<byte> numbers;
    private readonly int asnOctets;

    internal AsSegment(AsSegmentKind kind, ReadOnlySpan<byte> numbers, int asnOctets)
    {
        Kind = kind;
        this.numbers = numbers;
        this.asnOctets = asnOctets;
    }

    public AsSegmentKind Kind { get; }

    public int Count => numbers.Length / asnOctets;

    public Asn this[int index] =>
        new(
            asnOctets == 4
                ? BinaryPrimitives.ReadUInt32BigEndian(numbers[(index * 4)..])
                : BinaryPrimitives.ReadUInt16BigEndian(numbers[(index * 2)..])
        );

    internal ReadOnlySpan<byte> Octets => numbers;

    internal int AsnOctets => asnOctets;

    internal int Hops =>
        Kind switch
        {
            AsSegmentKind.Sequence => Count,
            AsSegmentKind.Set => 1,
            _ => 0,
        };

    internal AsSegment First(int count) => new(Kind, numbers[..(count * asnOctets)], asnOctets);
}

/// <summary>Walks the segments of a path. The path was checked when the attributes were read.</summary>
public ref struct AsSegmentCursor
{
    private ReadOnlySpan<byte> rest;
    private int asnOctets;
    private ReadOnlySpan<byte> tail;
    private int hopsLeft;
    private bool isInTail;

    internal AsSegmentCursor(
        ReadOnlySpan<byte> path,
        int asnOctets,
        ReadOnlySpan<byte> tail,
        int hopsBeforeTail
    )
    {
        rest = path;
        this.asnOctets = asnOctets;
        this.tail = tail;
        hopsLeft = hopsBeforeTail;
    }

    public AsSegment Current { get; private set; }

    public bool MoveNext()
    {
        while (Next())
        {
            // RFC 6793 section 6: confederation segments in AS4_PATH are discarded.
            if (!isInTail || Current.Kind < AsSegmentKind.ConfederationSequence)
            {
                return true;
            }
        }

        return false;
    }

    private bool Next()
    {
        // RFC 6793 section 4.2.3: a confederation segment that leads the path, or follows what is kept of it, is kept too.
        bool isKept =
            hopsLeft > 0 || !isInTail && rest is [>= (byte)AsSegmentKind.ConfederationSequence, ..];
        if (!isKept || rest.Length < 2)
        {
            if (tail.IsEmpty)
            {
                return false;
            }

            rest = tail;
            tail = [];
            isInTail = true;
            asnOctets = 4;
            hopsLeft = int.MaxValue;
        }

        var kind = (AsSegmentKind)rest[0];
        int octets = rest[1] * asnOctets;
        if (octets > rest.Length - 2)
        {
            return false;
        }

        var segment = new AsSegment(kind, rest.Slice(2, octets), asnOctets);
        rest = rest[(octets + 2)..];
        if (segment.Hops > hopsLeft)
        {
            segment = segment.First(hopsLeft);
            // The rest of the segment is of the tail, and so is what follows it.
            rest = [];
        }

        Current = segment;
        hopsLeft -= segment.Hops;
        return true;
    }
}
