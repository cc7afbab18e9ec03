namespace Breakwater.Bgp;

/// <summary>
/// Table, visibility and watch of origins behind one decoding, as a live feed needs them: the table says what an element
/// changed, and the other two are asked only about that. Each comes to what it would have come to alone.
/// </summary>
/// <remarks>
/// Memory is bounded by <see cref="RouteTableLimits"/> and by the limits of <see cref="OriginWatch"/>. The caller settles
/// <see cref="Visibility"/> as often as it wants to know counts. Not for several threads at once.
/// </remarks>
public sealed class LiveRoutes : IRouteVisitor
{
    private int feed;
    private int numberedPeers;

    /// <summary>By peer number: another peer has the same address and another AS number; the watch takes both for one.</summary>
    private bool[] isAddressShared = [];

    public LiveRoutes(RouteTableLimits? limits = null, VisibilityRules? rules = null)
    {
        Table = new RouteTable(limits);
        Visibility = new Visibility(Table, rules);
        Origins = new OriginWatch(Table.Prefixes);
    }

    public RouteTable Table { get; }

    public Visibility Visibility { get; }

    public OriginWatch Origins { get; }

    /// <inheritdoc cref="OriginWatch.From"/>
    public void From(int inputIndex, string feedName)
    {
        feed = Table.Peers.Feed(feedName);
        Origins.From(inputIndex, feedName);
    }

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        // What the collector itself sent is no peer's view.
        if (record.IsLocal)
        {
            return;
        }

        RouteChange change = Table.Announce(feed, peer, nlri, attributes);
        Visibility.Changed(change);
        bool isSameOrigin =
            change.OldPath >= 0
            && change.NewPath >= 0
            && !change.WasStale
            && Table.Paths.OriginNumber(change.OldPath) == Table.Paths.OriginNumber(change.NewPath);
        if (isSameOrigin && IsTableEnough(change, nlri))
        {
            Origins.Hear(record);
        }
        else
        {
            Origins.Announced(record, peer, nlri, attributes);
        }
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri)
    {
        if (record.IsLocal)
        {
            return;
        }

        RouteChange change = Table.Withdraw(feed, peer, nlri);
        Visibility.Changed(change);
        if (change.OldPath < 0 && IsTableEnough(change, nlri))
        {
            Origins.Hear(record);
        }
        else
        {
            Origins.Withdrawn(record, peer, nlri);
        }
    }

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    )
    {
        Visibility.Changed(Table.Announce(feed, peer, nlri, attributes, isTable: true));
        Origins.RibEntry(record, peer, nlri, attributes, originatedAt);
    }

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        if (Table.ChangeState(feed, peer, from, to, out int number) == SessionEffect.Reset)
        {
            Visibility.WentDown(number);
        }

        Origins.StateChanged(record, peer, from, to);
    }

    /// <summary>
    /// True while table and watch hold the same for the peer of a change: neither has left anything out, and both take the
    /// peer for the same one.
    /// </summary>
    private bool IsTableEnough(in RouteChange change, in Nlri nlri)
    {
        if (
            !change.IsKept
            || Table.Refused > 0
            || Origins.RoutesBeyondLimit > 0
            || nlri.Length == 0
        )
        {
            return false;
        }

        for (; numberedPeers < Table.Peers.Count; numberedPeers++)
        {
            CompareAddress(numberedPeers);
        }

        return !isAddressShared[change.Peer];
    }

    private void CompareAddress(int added)
    {
        if (added >= isAddressShared.Length)
        {
            Array.Resize(ref isAddressShared, Math.Max(64, 2 * added));
        }

        BgpPeer peer = Table.Peers[added];
        for (int other = 0; other < added; other++)
        {
            if (
                Table.Peers[other].Address == peer.Address
                && Table.Peers[other].IsV6 == peer.IsV6
                && Table.Peers.FeedOf(other) == Table.Peers.FeedOf(added)
            )
            {
                isAddressShared[other] = isAddressShared[added] = true;
            }
        }
    }
}
