using System.Runtime.InteropServices;

namespace Breakwater.Bgp;

/// <summary>Paths, each kept once in one array and known by number.</summary>
internal sealed class PathStore
{
    /// <summary>Past this many numbers, new paths are no longer kept: 256 MiB.</summary>
    private const int NumbersMax = 1 << 26;

    private readonly Dictionary<ulong, int> byHash = [];
    private readonly List<(int At, int Length, int NextOfHash)> paths = [];
    private uint[] numbers = new uint[1024];
    private int used;

    /// <returns>The number of the path; -1 when it is empty or there is no more room.</returns>
    public int Keep(ReadOnlySpan<uint> hops)
    {
        if (hops.IsEmpty || used + hops.Length > NumbersMax)
        {
            return -1;
        }

        ulong hash = Hash(hops);
        ref int first = ref CollectionsMarshal.GetValueRefOrAddDefault(
            byHash,
            hash,
            out bool isKnown
        );
        for (int at = isKnown ? first : -1; at >= 0; at = paths[at].NextOfHash)
        {
            if (Of(at).SequenceEqual(hops))
            {
                return at;
            }
        }

        if (used + hops.Length > numbers.Length)
        {
            Array.Resize(ref numbers, Math.Max(2 * numbers.Length, used + hops.Length));
        }

        hops.CopyTo(numbers.AsSpan(used));
        paths.Add((used, hops.Length, isKnown ? first : -1));
        used += hops.Length;
        first = paths.Count - 1;
        return first;
    }

    public ReadOnlySpan<uint> Of(int path) =>
        path < 0 ? [] : numbers.AsSpan(paths[path].At, paths[path].Length);

    private static ulong Hash(ReadOnlySpan<uint> hops)
    {
        // FNV-1a over whole numbers; equality is checked in full.
        ulong hash = 14695981039346656037;
        foreach (uint hop in hops)
        {
            hash = unchecked((hash ^ hop) * 1099511628211);
        }

        return hash;
    }
}
