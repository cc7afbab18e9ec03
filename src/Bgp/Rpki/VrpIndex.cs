using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// The prefixes of one address family in order, each with its nearest enclosing one. The last prefix not after a route in
/// this order lies in every prefix that covers the route, so the covering ones are found by going outwards from it.
/// Benchmark: <c>rov</c> in bench/Bgp.Bench; plain twin: <see cref="Vrp.Covers"/> over all rows.
/// </summary>
internal sealed class VrpIndex
{
    // The top 16 bits select a range of prefixes: with the spread of real IPv4 space it leaves three or four steps.
    private const int TopBits = 16;

    private readonly ulong[] high;
    private readonly ulong[] low;
    private readonly byte[] length;
    private readonly int[] outer;
    private readonly int[] firstRow;
    private readonly int[] firstOfTop;
    private readonly uint[] asns;
    private readonly byte[] maxLengths;

    /// <param name="rows">In order, of one family.</param>
    public VrpIndex(ReadOnlySpan<Vrp> rows)
    {
        asns = new uint[rows.Length];
        maxLengths = new byte[rows.Length];
        var prefixes = new List<IpPrefix>(rows.Length);
        var firsts = new List<int>(rows.Length + 1);
        for (int row = 0; row < rows.Length; row++)
        {
            asns[row] = rows[row].Asn.Number;
            maxLengths[row] = rows[row].MaxLength;
            if (prefixes.Count == 0 || prefixes[^1] != rows[row].Prefix)
            {
                prefixes.Add(rows[row].Prefix);
                firsts.Add(row);
            }
        }

        firsts.Add(rows.Length);
        firstRow = [.. firsts];
        high = new ulong[prefixes.Count];
        low = new ulong[prefixes.Count];
        length = new byte[prefixes.Count];
        outer = new int[prefixes.Count];
        firstOfTop = new int[(1 << TopBits) + 1];
        for (int at = 0; at < prefixes.Count; at++)
        {
            high[at] = (ulong)(prefixes[at].Bits >> 64);
            low[at] = unchecked((ulong)prefixes[at].Bits);
            length[at] = prefixes[at].Length;
            outer[at] = at - 1;
            while (outer[at] >= 0 && !prefixes[outer[at]].Contains(prefixes[at]))
            {
                outer[at] = outer[outer[at]];
            }

            firstOfTop[(int)(high[at] >> (64 - TopBits)) + 1]++;
        }

        for (int top = 0; top < 1 << TopBits; top++)
        {
            firstOfTop[top + 1] += firstOfTop[top];
        }
    }

    /// <summary>Origin validation of one route; null is a route without an origin.</summary>
    public OriginValidity Validate(IpPrefix route, Asn? origin)
    {
        uint wanted = origin?.Number ?? 0;
        bool isCovered = false;
        bool namesOrigin = false;
        uint asnMax = 0;
        for (int at = Innermost(route); at >= 0; at = outer[at])
        {
            isCovered = true;
            int end = firstRow[at + 1];
            asnMax = Math.Max(asnMax, asns[end - 1]);
            int row = wanted == 0 ? end : FirstOf(wanted, firstRow[at], end);
            if (row < end && asns[row] == wanted)
            {
                if (route.Length <= maxLengths[row])
                {
                    return new OriginValidity(RouteValidity.Valid, ValidityReason.Matched);
                }

                namesOrigin = true;
            }
        }

        return !isCovered
            ? new OriginValidity(RouteValidity.NotFound, ValidityReason.NotCovered)
            : new OriginValidity(
                RouteValidity.Invalid,
                asnMax == 0 ? ValidityReason.As0
                    : origin is null ? ValidityReason.NoOrigin
                    : namesOrigin ? ValidityReason.InvalidLength
                    : ValidityReason.InvalidAs
            );
    }

    /// <summary>Ranges of rows that cover the route, innermost prefix first.</summary>
    public IEnumerable<Range> Covering(IpPrefix route)
    {
        for (int at = Innermost(route); at >= 0; at = outer[at])
        {
            yield return firstRow[at]..firstRow[at + 1];
        }
    }

    /// <summary>The longest prefix that covers the route; -1 when there is none.</summary>
    private int Innermost(IpPrefix route)
    {
        ulong routeHigh = (ulong)(route.Bits >> 64);
        ulong routeLow = unchecked((ulong)route.Bits);
        int top = (int)(routeHigh >> (64 - TopBits));
        int from = firstOfTop[top];
        int to = firstOfTop[top + 1];
        while (from < to)
        {
            int middle = (int)((uint)(from + to) >> 1);
            bool isAfter =
                high[middle] != routeHigh ? high[middle] > routeHigh
                : low[middle] != routeLow ? low[middle] > routeLow
                : length[middle] > route.Length;
            if (isAfter)
            {
                to = middle;
            }
            else
            {
                from = middle + 1;
            }
        }

        int at = from - 1;
        while (at >= 0 && !Contains(at, routeHigh, routeLow))
        {
            at = outer[at];
        }

        return at;
    }

    private bool Contains(int at, ulong routeHigh, ulong routeLow)
    {
        int bits = length[at];
        ulong highMask = bits >= 64 ? ulong.MaxValue : ~(ulong.MaxValue >> bits);
        ulong lowMask =
            bits <= 64 ? 0
            : bits == 128 ? ulong.MaxValue
            : ~(ulong.MaxValue >> (bits - 64));
        return (routeHigh & highMask) == high[at] && (routeLow & lowMask) == low[at];
    }

    /// <summary>Rows of one prefix are in order of AS number, the longest allowance of each first.</summary>
    private int FirstOf(uint wanted, int from, int to)
    {
        while (from < to)
        {
            int middle = (int)((uint)(from + to) >> 1);
            if (asns[middle] < wanted)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }
}
