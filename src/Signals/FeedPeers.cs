using System.Runtime.CompilerServices;
using Breakwater.Bgp;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>When each peer of a feed last spoke, and how long it usually waits, to tell a quiet peer from one that is gone.</summary>
internal sealed class FeedPeers(FeedHealthProfile profile)
{
    /// <summary>All collectors of RIS together have some 1,500 peers; more than this are heard and not watched.</summary>
    public const int Max = 20_000;

    private readonly Dictionary<BgpPeer, Peer> peers = [];

    public int Live { get; private set; }

    public int Stale { get; private set; }

    public void Heard(Instant at, in BgpPeer peer)
    {
        if (!peers.TryGetValue(peer, out Peer? known))
        {
            if (peers.Count == Max)
            {
                return;
            }

            peers[peer] = known = new Peer { LastHeard = at };
            Live++;
            return;
        }

        known.Add(at - known.LastHeard);
        known.LastHeard = at;
        if (known.State != PeerState.Live)
        {
            Stale -= known.State == PeerState.Stale ? 1 : 0;
            known.State = PeerState.Live;
            Live++;
        }
    }

    /// <summary>The session of the peer ended: it is not live, and its silence needs no other explanation.</summary>
    public void Down(in BgpPeer peer)
    {
        if (peers.TryGetValue(peer, out Peer? known))
        {
            Live -= known.State == PeerState.Live ? 1 : 0;
            Stale -= known.State == PeerState.Stale ? 1 : 0;
            known.State = PeerState.Down;
        }
    }

    public bool IsLive(in BgpPeer peer) =>
        peers.TryGetValue(peer, out Peer? known) && known.State == PeerState.Live;

    /// <summary>Looks for peers that have become stale.</summary>
    public void Judge(Instant at)
    {
        foreach (Peer peer in peers.Values)
        {
            if (peer.State == PeerState.Live && at - peer.LastHeard > peer.PatienceUnder(profile))
            {
                peer.State = PeerState.Stale;
                Live--;
                Stale++;
            }
        }
    }

    private enum PeerState : byte
    {
        Live,
        Stale,
        Down,
    }

    private sealed class Peer
    {
        private Gaps gaps;
        private int next;
        private int count;

        public Instant LastHeard { get; set; }

        public PeerState State { get; set; }

        public void Add(Duration gap)
        {
            gaps[next] = (float)gap.TotalSeconds;
            next = (next + 1) % Gaps.Length;
            count = Math.Min(count + 1, Gaps.Length);
        }

        public Duration PatienceUnder(FeedHealthProfile profile)
        {
            var least = Duration.FromMinutes(profile.StalePeerMinutes);
            if (count == 0)
            {
                return least;
            }

            Span<float> sorted = stackalloc float[Gaps.Length];
            ((ReadOnlySpan<float>)gaps)[..count].CopyTo(sorted);
            sorted[..count].Sort();
            return Duration.Max(
                least,
                Duration.FromSeconds(profile.StalePeerGapMultiple * sorted[count / 2])
            );
        }
    }

    /// <summary>The last gaps, in seconds; an odd number, so that the median is one of them.</summary>
    [InlineArray(Length)]
    private struct Gaps
    {
        public const int Length = 31;

        private float first;
    }
}
