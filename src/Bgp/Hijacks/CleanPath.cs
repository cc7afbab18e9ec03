using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>The ASes that a route passed, each once: prepending collapsed and loops cut out, nearest first.</summary>
public static class CleanPath
{
    /// <summary>Longer paths are cut at the near end: the longest real ones have some tens of ASes without prepending.</summary>
    public const int HopsMax = 256;

    /// <summary>
    /// Writes the hops of a path. A loop (<c>1 2 3 2 3</c>) is cut to its first passage, as a route that really passed it
    /// would have been refused (RFC 4271 section 9.1.2).
    /// </summary>
    /// <param name="hops">Room for <see cref="HopsMax"/> numbers.</param>
    /// <param name="hasOrigin">False when the path is empty or ends in a set: it then has no origin (RFC 6811 section 2).</param>
    /// <returns>How many hops were written; members of sets and of confederations are left out.</returns>
    public static int Read(in AsPath path, Span<uint> hops, out bool hasOrigin)
    {
        int count = 0;
        hasOrigin = false;
        foreach (AsSegment segment in path)
        {
            hasOrigin = segment.Kind == AsSegmentKind.Sequence && segment.Count > 0;
            if (segment.Kind != AsSegmentKind.Sequence)
            {
                continue;
            }

            for (int at = 0; at < segment.Count; at++)
            {
                count = Add(hops, count, segment[at].Number);
            }
        }

        return count;
    }

    /// <summary>The hops of a path given as plain numbers.</summary>
    public static int Read(ReadOnlySpan<uint> path, Span<uint> hops)
    {
        int count = 0;
        foreach (uint asn in path)
        {
            count = Add(hops, count, asn);
        }

        return count;
    }

    private static int Add(Span<uint> hops, int count, uint asn)
    {
        if (hops[..count].IndexOf(asn) is >= 0 and var seen)
        {
            return seen + 1;
        }

        if (count == hops.Length)
        {
            hops[1..].CopyTo(hops);
            count--;
        }

        hops[count] = asn;
        return count + 1;
    }

    /// <summary>The path as text, nearest AS first: <c>917 60068 15412 18101</c>.</summary>
    public static string Text(IEnumerable<Asn> path) =>
        string.Join(
            ' ',
            path.Select(asn =>
                asn.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)
            )
        );
}
