namespace Breakwater.Bgp;

/// <summary>Puts the routes of one input into a table: the plain reader for whom the table itself is the result.</summary>
/// <param name="feed">Number of the feed in <see cref="PeerTable"/>.</param>
public readonly struct TableVisitor(RouteTable table, int feed) : IRouteVisitor
{
    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        // What the collector itself sent is no peer's view.
        if (!record.IsLocal)
        {
            table.Announce(feed, peer, nlri, attributes);
        }
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri)
    {
        if (!record.IsLocal)
        {
            table.Withdraw(feed, peer, nlri);
        }
    }

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    ) => table.Announce(feed, peer, nlri, attributes, isTable: true);

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    ) => table.ChangeState(feed, peer, from, to, out _);
}
