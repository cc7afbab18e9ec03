using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// The ASes of a path one after the other, nearest first, with prepending removed. One instance serves many paths, so that
/// reading allocates nothing. Not safe for two threads at once.
/// </summary>
public sealed class PathHops
{
    private Asn[] hops = new Asn[64];
    private int count;

    /// <summary>Nearest AS first, origin last. No two neighbours are equal.</summary>
    public ReadOnlySpan<Asn> Hops => hops.AsSpan(0, count);

    /// <summary>True when the path holds a set, whose order nobody knows; its members are not among the hops.</summary>
    public bool HasSet { get; private set; }

    /// <summary>Replaces what was read before. Confederation segments are internal to one AS and left out (RFC 5065 section 4).</summary>
    public void Read(AsPath path)
    {
        count = 0;
        HasSet = false;
        foreach (AsSegment segment in path)
        {
            if (segment.Kind == AsSegmentKind.Set)
            {
                HasSet = true;
            }
            else if (segment.Kind == AsSegmentKind.Sequence)
            {
                for (int at = 0; at < segment.Count; at++)
                {
                    Add(segment[at]);
                }
            }
        }
    }

    /// <summary>The same for a path that is given as numbers, nearest first.</summary>
    public void Read(ReadOnlySpan<Asn> path)
    {
        count = 0;
        HasSet = false;
        foreach (Asn asn in path)
        {
            Add(asn);
        }
    }

    private void Add(Asn asn)
    {
        if (count > 0 && hops[count - 1] == asn)
        {
            return;
        }

        // An attribute holds at most 65,535 octets, so this ends at 16,384 hops.
        if (count == hops.Length)
        {
            Array.Resize(ref hops, hops.Length * 2);
        }

        hops[count++] = asn;
    }
}
