using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>A session of a collector. Routes learned before its last reset have an older epoch.</summary>
internal sealed class RoutingPeer(Asn asn)
{
    public Asn Asn { get; } = asn;

    public int Epoch { get; set; }

    /// <summary>Far ahead while the session is down.</summary>
    public int UpSinceBin { get; set; }

    public HashSet<PrefixTrace> Held { get; } = [];

    public HashSet<PrefixTrace> Stale { get; } = [];
}

internal readonly record struct HeldRoute(
    RoutingPeer Peer,
    int Epoch,
    uint PathId,
    OriginTrace? Origin
)
{
    public bool IsStale => Epoch != Peer.Epoch;
}

internal sealed class PrefixTrace(IpPrefix prefix) : RoutingTrace
{
    private readonly List<Change> peers = [];

    public IpPrefix Prefix { get; } = prefix;

    public List<HeldRoute> Routes { get; } = [];

    /// <summary>Peer ASes that hold the prefix. Several sessions of one AS count once.</summary>
    public IReadOnlyList<Change> Peers => peers;

    public void Take(int bin)
    {
        IsTouched = false;
        int held = Routes
            .Where(route => !route.IsStale)
            .Select(route => route.Peer.Asn)
            .Distinct()
            .Count();
        bool isUnknown = held == 0 && Routes.Count > 0;
        Set(peers, bin, isUnknown ? null : held, LastRow);
    }
}

internal sealed class OriginTrace(Asn origin) : RoutingTrace
{
    private readonly List<Change> held = [];
    private readonly List<Change> blocks24 = [];
    private readonly List<Change> blocks48 = [];

    public Asn Origin { get; } = origin;

    /// <summary>Routes by prefix, stale ones among them: a reset session is not a loss at the edge.</summary>
    public Dictionary<IpPrefix, int> Routes { get; } = [];

    public IReadOnlyList<Change> Held => held;

    public IReadOnlyList<Change> Blocks24 => blocks24;

    public IReadOnlyList<Change> Blocks48 => blocks48;

    public bool HasV4 { get; private set; }

    public bool HasV6 { get; private set; }

    public void Take(int bin)
    {
        HasV4 |= Routes.Keys.Any(prefix => !prefix.IsV6);
        HasV6 |= Routes.Keys.Any(prefix => prefix.IsV6);
        Set(held, bin, Routes.Count, LastRow);
        Set(blocks24, bin, AddressBlocks.Union(Routes.Keys, isV6: false), LastRow);
        Set(blocks48, bin, AddressBlocks.Union(Routes.Keys, isV6: true), LastRow);
    }
}

/// <summary>Counts the blocks of one length that a set of prefixes covers, overlaps once.</summary>
internal static class AddressBlocks
{
    public static double Union(IEnumerable<IpPrefix> prefixes, bool isV6)
    {
        // IpPrefix orders by address, then by length: what is covered by another follows it.
        int unit = isV6 ? 48 : 24;
        double blocks = 0;
        UInt128 lastBlock = 0;
        bool hasLast = false;
        foreach (IpPrefix prefix in prefixes.Where(prefix => prefix.IsV6 == isV6).Order())
        {
            UInt128 first = prefix.Bits >> (128 - unit);
            int wider = Math.Max(unit - prefix.Length, 0);
            UInt128 last = first + ((UInt128.One << wider) - 1);
            if (hasLast && last <= lastBlock)
            {
                continue;
            }

            bool isPartlyCounted = hasLast && first <= lastBlock;
            blocks += (double)(isPartlyCounted ? last - lastBlock : last - first + 1);
            (lastBlock, hasLast) = (last, true);
        }

        return blocks;
    }
}
