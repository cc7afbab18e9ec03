namespace Breakwater.Bgp;

/// <summary>
/// What each peer of each feed holds: for prefix, peer and path identifier the current AS path. Built from table dumps
/// and updates in any mixture; each element answers with what it changed, so that counts can be kept without looking at
/// the whole table again. Unicast routes of both families are kept; nothing is allocated per element once it has grown.
/// </summary>
/// <remarks>
/// Everything has a dense number: prefixes, peers and origins from 0 in the order of first sight and for good, paths as
/// long as a route has them. Not for several threads at once.
/// </remarks>
public sealed partial class RouteTable
{
    private readonly RouteTableLimits limits;
    private readonly List<bool> hasBaseline = [];
    private int retiredPath = -1;

    public RouteTable(RouteTableLimits? limits = null)
    {
        this.limits = limits ?? new RouteTableLimits();
        Prefixes = new PrefixTable(this.limits);
        Peers = new PeerTable(this.limits);
        Paths = new PathTable(this.limits);
        arena = new NumberArena(this.limits.RouteBlocks);
        pathIds = new PathIdRoutes(this.limits.PathsOfOnePeer);
    }

    public PrefixTable Prefixes { get; }

    public PeerTable Peers { get; }

    public PathTable Paths { get; }

    /// <summary>Routes in the table, stale ones among them.</summary>
    public long Routes { get; private set; }

    /// <summary>Prefixes that have a route, stale ones among them.</summary>
    public int RoutedPrefixes { get; private set; }

    /// <summary>Elements that a limit of <see cref="RouteTableLimits"/> kept out. The route before, if any, was removed.</summary>
    public long Refused { get; private set; }

    /// <summary>Sessions that went down.</summary>
    public long Resets { get; private set; }

    /// <summary>Octets of the arrays of the table.</summary>
    public long Octets =>
        arena.Octets
        + Paths.Octets
        + Prefixes.Octets
        + pathIds.Octets
        + 8L * (rows.Length + words.Length + peerWords.Sum(held => held.Length));

    /// <summary>True when a table dump of this feed was read. Without one (<c>no_baseline</c>), a route that no peer repeated is not known.</summary>
    public bool HasBaseline(int feed) => feed < hasBaseline.Count && hasBaseline[feed];

    /// <param name="isTable">True for an entry of a table dump.</param>
    public RouteChange Announce(
        int feed,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        bool isTable = false
    )
    {
        Retire();
        if (!TryNumber(feed, peer, nlri, out int from, out int prefix))
        {
            return RouteChange.NotKept;
        }

        RouteCause cause = isTable ? RouteCause.Table : RouteCause.Announced;
        if (isTable)
        {
            SetBaseline(feed);
        }

        uint pathId = nlri.PathId ?? 0;
        int path = Paths.Intern(attributes.AsPath);
        if (path >= 0 && TryHold(prefix, from, pathId, path, out int old, out bool wasStale))
        {
            retiredPath = old;
            return new RouteChange(prefix, from, pathId, old, path, cause, wasStale);
        }

        // What the peer had said before is no longer so, even though what it says now cannot be kept.
        if (path >= 0)
        {
            Paths.Release(path);
        }

        Refused++;
        retiredPath = Remove(prefix, from, pathId, out wasStale);
        return new RouteChange(prefix, from, pathId, retiredPath, -1, cause, wasStale);
    }

    public RouteChange Withdraw(int feed, in BgpPeer peer, in Nlri nlri)
    {
        Retire();
        if (!TryNumber(feed, peer, nlri, out int from, out int prefix))
        {
            return RouteChange.NotKept;
        }

        uint pathId = nlri.PathId ?? 0;
        retiredPath = Remove(prefix, from, pathId, out bool wasStale);
        return new RouteChange(
            prefix,
            from,
            pathId,
            retiredPath,
            -1,
            RouteCause.Withdrawn,
            wasStale
        );
    }

    /// <summary>A session changed its state (RFC 4271 section 8.2.2).</summary>
    /// <param name="number">The peer, or -1 when no more are kept.</param>
    public SessionEffect ChangeState(
        int feed,
        in BgpPeer peer,
        SessionState from,
        SessionState to,
        out int number
    )
    {
        Retire();
        number = NumberOf(feed, peer);
        if (number < 0 || from == to)
        {
            return SessionEffect.None;
        }

        if (to == SessionState.Established)
        {
            return SessionEffect.Up;
        }

        if (from != SessionState.Established)
        {
            return SessionEffect.None;
        }

        Resets++;
        MakeStale(number);
        return SessionEffect.Reset;
    }

    /// <summary>
    /// Removes the next stale route of a peer, in the order of prefix numbers: for a peer that is back and had time to
    /// repeat its table, or one that is gone for good.
    /// </summary>
    /// <param name="from">0 at first; goes on from call to call.</param>
    public bool TryDropStale(int peer, ref int from, out RouteChange change)
    {
        Retire();
        while (stalePrefixes[peer] > 0 && NextPrefix(peer, from) is >= 0 and var prefix)
        {
            from = prefix;
            if (TryFindStale(prefix, peer, out uint pathId))
            {
                retiredPath = Remove(prefix, peer, pathId, out _);
                change = new RouteChange(
                    prefix,
                    peer,
                    pathId,
                    retiredPath,
                    -1,
                    RouteCause.PeerReset,
                    WasStale: true
                );
                return true;
            }

            from++;
        }

        change = RouteChange.NotKept;
        return false;
    }

    /// <summary>The path that the last change replaced is given back only now, so that whoever saw the change could read it.</summary>
    private void Retire()
    {
        if (retiredPath >= 0)
        {
            Paths.Release(retiredPath);
            retiredPath = -1;
        }
    }

    private void SetBaseline(int feed)
    {
        while (hasBaseline.Count <= feed)
        {
            hasBaseline.Add(false);
        }

        hasBaseline[feed] = true;
    }

    private bool TryNumber(int feed, in BgpPeer peer, in Nlri nlri, out int from, out int prefix)
    {
        from = prefix = -1;
        if (nlri.Family is RouteFamily.IPv4Multicast or RouteFamily.IPv6Multicast)
        {
            return false;
        }

        prefix = Prefixes.Add(nlri);
        from = NumberOf(feed, peer);
        if (prefix < 0 || from < 0)
        {
            Refused++;
            return false;
        }

        if (prefix >= rows.Length)
        {
            GrowRows(prefix);
        }

        return true;
    }

    private int NumberOf(int feed, in BgpPeer peer)
    {
        if (Peers.Count == stride << 6 && !MayWiden())
        {
            Peers.Max = Peers.Count;
        }

        int number = Peers.Add(feed, peer);
        if (number >= heldPrefixesV4.Length || number >> 6 >= stride)
        {
            GrowPeers(number);
        }

        return number;
    }
}
