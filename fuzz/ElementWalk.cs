using Breakwater.Bgp;

namespace Breakwater.Fuzz;

/// <summary>Looks at what every element says, and remembers it in one number.</summary>
internal struct ElementWalk() : IRouteVisitor
{
    public Outcome Outcome = new();
    public long Elements;

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        See(1, record, peer, nlri);
        MessageTargets.Walk(attributes, ref Outcome);
        Outcome.Add(attributes.NextHopOf(nlri).Length);
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) =>
        See(2, record, peer, nlri);

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    )
    {
        See(3, record, peer, nlri);
        MessageTargets.Walk(attributes, ref Outcome);
        Outcome.Add(attributes.NextHopOf(nlri).Length);
    }

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        Elements++;
        Outcome.Add((long)to);
    }

    private void See(int kind, in MrtRecord record, in BgpPeer peer, in Nlri nlri)
    {
        Elements++;
        Outcome.Add(kind);
        Outcome.Add((long)nlri.Family);
        Outcome.Add(nlri.PathId is null);
        Outcome.Add(peer.IsV6);
        if (nlri.Prefix.Length != nlri.Length || nlri.Length > (nlri.IsV6 ? 128 : 32))
        {
            throw new InvalidOperationException($"a prefix of {nlri.Length} bits");
        }

        // The time of every record can be told.
        _ = record.At;
    }
}
