using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// Dense numbers, from 0 in the order of first sight, for the peers of each feed. Two addresses of one AS are two peers
/// and one peer AS; the same address at two collectors is two peers.
/// </summary>
public sealed class PeerTable
{
    private const int Recent = 1024;

    private readonly Dictionary<(int Feed, BgpPeer Peer), int> numbers = [];
    private readonly Dictionary<uint, int> ases = [];
    private readonly List<string> feeds = [];
    private readonly List<BgpPeer> peers = [];
    private readonly List<int> feedOf = [];
    private readonly List<int> asOf = [];
    private readonly int[] recent = new int[Recent];

    internal PeerTable(RouteTableLimits limits) =>
        Max = Math.Min(limits.Peers, NumberArena.LengthMax / 2);

    public int Count => peers.Count;

    /// <summary>No more than so many are kept.</summary>
    internal int Max { get; set; }

    /// <summary>Distinct AS numbers among the peers.</summary>
    public int AsCount => ases.Count;

    public int FeedCount => feeds.Count;

    public BgpPeer this[int peer] => peers[peer];

    public Asn Asn(int peer) => peers[peer].Asn;

    /// <summary>Dense number of the peer's AS, below <see cref="AsCount"/>.</summary>
    public int AsNumber(int peer) => asOf[peer];

    public int FeedOf(int peer) => feedOf[peer];

    public string FeedName(int feed) => feeds[feed];

    /// <summary>The number of a feed: a collector, or any source whose sessions are its own.</summary>
    public int Feed(string name)
    {
        int feed = feeds.IndexOf(name);
        if (feed < 0)
        {
            feed = feeds.Count;
            feeds.Add(name);
        }

        return feed;
    }

    /// <returns>The number, or -1 when the peer was never seen.</returns>
    public int Find(int feed, in BgpPeer peer) => numbers.GetValueOrDefault((feed, peer), -1);

    /// <returns>The number, or -1 when no more peers are kept.</returns>
    internal int Add(int feed, in BgpPeer peer)
    {
        // The low part of an IPv4 address is in the upper half of the left-aligned number.
        ulong low = unchecked((ulong)peer.Address) ^ (ulong)(peer.Address >> 96);
        int slot = unchecked(
            (int)((low * 0x9E37_79B9 ^ peer.Asn.Number * 0x85EB_CA6BUL ^ (uint)feed * 7UL) >> 7)
            & (Recent - 1)
        );
        int known = recent[slot] - 1;
        if (known >= 0 && feedOf[known] == feed && peers[known] == peer)
        {
            return known;
        }

        if (!numbers.TryGetValue((feed, peer), out known))
        {
            if (peers.Count >= Max)
            {
                return -1;
            }

            known = peers.Count;
            numbers.Add((feed, peer), known);
            peers.Add(peer);
            feedOf.Add(feed);
            if (!ases.TryGetValue(peer.Asn.Number, out int number))
            {
                number = ases.Count;
                ases.Add(peer.Asn.Number, number);
            }

            asOf.Add(number);
        }

        recent[slot] = known + 1;
        return known;
    }
}
