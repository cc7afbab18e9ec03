using Breakwater.Bgp;

namespace Breakwater.Signals;

/// <summary>All watches behind one decoding.</summary>
internal readonly struct Watches(OriginWatch origins, ExpectationWatch expected, LeakWatch leaks)
    : IRouteVisitor
{
    public OriginWatch Origins => origins;

    public ExpectationWatch Expected => expected;

    public LeakWatch Leaks => leaks;

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        origins.Announced(record, peer, nlri, attributes);
        expected.Announced(record, peer, nlri, attributes);
        leaks.Announced(record, peer, nlri, attributes);
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri)
    {
        origins.Withdrawn(record, peer, nlri);
        expected.Withdrawn(record, peer, nlri);
        leaks.Withdrawn(record, peer, nlri);
    }

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    )
    {
        origins.RibEntry(record, peer, nlri, attributes, originatedAt);
        expected.RibEntry(record, peer, nlri, attributes, originatedAt);
        leaks.RibEntry(record, peer, nlri, attributes, originatedAt);
    }

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        origins.StateChanged(record, peer, from, to);
        expected.StateChanged(record, peer, from, to);
        leaks.StateChanged(record, peer, from, to);
    }
}
