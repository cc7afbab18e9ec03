using System.Numerics;

namespace Breakwater.Bgp;

/// <content>Questions to the table. Answers are of now; an enumeration ends when the table changes.</content>
public sealed partial class RouteTable
{
    private int[] asSeen = [];
    private int asSeenRound;
    private readonly PrefixTree containment = new();
    private int containedPrefixes;

    /// <summary>Routes of a prefix by peer number, then by path identifier.</summary>
    public RowRoutes RoutesOf(int prefix) => new(this, prefix);

    /// <summary>True when some peer holds the prefix, by a route that is not stale.</summary>
    public bool IsHeld(int prefix)
    {
        if (prefix >= rows.Length || rows[prefix].Count == 0)
        {
            return false;
        }

        int at = prefix * stride * 2;
        for (int word = 0; word < stride; word++)
        {
            if (words[at + (2 * word)] != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the table has a route of the prefix, held or stale.</summary>
    public bool HasRoutes(int prefix) => prefix < rows.Length && rows[prefix].Count > 0;

    /// <summary>Prefixes that the peer holds in a family, stale ones not among them.</summary>
    public int TableSize(int peer, bool isV6) =>
        peer >= heldPrefixesV4.Length ? 0
        : isV6 ? heldPrefixesV6[peer]
        : heldPrefixesV4[peer];

    /// <summary>Prefixes of which the peer has a stale route.</summary>
    public int StaleSize(int peer) => peer >= stalePrefixes.Length ? 0 : stalePrefixes[peer];

    /// <summary>The next prefix at or after a number of which the peer has a route, held or stale; -1 when there is none.</summary>
    public int NextPrefixOf(int peer, int from) =>
        peer >= peerWords.Length ? -1 : NextPrefix(peer, from);

    /// <summary>Peer ASes that hold the prefix; several sessions of one AS count once.</summary>
    /// <param name="origin">Number of an origin in <see cref="PathTable.Origins"/> that the route must have; -1 for any.</param>
    public int PeerAses(int prefix, int origin = -1)
    {
        if (asSeen.Length < Peers.AsCount)
        {
            Array.Resize(ref asSeen, Math.Max(64, 2 * Peers.AsCount));
        }

        asSeenRound++;
        int count = 0;
        foreach (HeldRoute route in RoutesOf(prefix))
        {
            if (!route.IsStale && (origin < 0 || Paths.OriginNumber(route.Path) == origin))
            {
                ref int seen = ref asSeen[Peers.AsNumber(route.Peer)];
                count += seen == asSeenRound ? 0 : 1;
                seen = asSeenRound;
            }
        }

        return count;
    }

    /// <summary>The path that a peer has for a prefix; -1 when it has none.</summary>
    public int PathOf(int prefix, int peer, uint pathId = 0)
    {
        foreach (HeldRoute route in RoutesOf(prefix))
        {
            if (route.Peer == peer && route.PathId == pathId)
            {
                return route.Path;
            }
        }

        return -1;
    }

    /// <summary>
    /// Every prefix the table has seen, by containment; ask <see cref="IsHeld"/> of each number whether it is held now. Made
    /// at the first use and kept up from then on.
    /// </summary>
    public PrefixTree Containment
    {
        get
        {
            for (; containedPrefixes < Prefixes.Count; containedPrefixes++)
            {
                containment.Add(Prefixes[containedPrefixes], containedPrefixes);
            }

            return containment;
        }
    }

    /// <summary>The words of two bits for each peer of a prefix: held, stale, held ...</summary>
    internal ReadOnlySpan<ulong> WordsOf(int prefix) =>
        words.AsSpan(prefix * stride * 2, stride * 2);

    /// <summary>The same of all prefixes, one after another, while two words for each are enough; else empty.</summary>
    internal ReadOnlySpan<ulong> OneWordRows => stride == 1 ? words : [];

    /// <summary>Enumerates the routes of one prefix without allocation.</summary>
    public ref struct RowRoutes
    {
        private readonly RouteTable table;
        private readonly ReadOnlySpan<uint> paths;
        private readonly int firstWord;
        private int word = -1;
        private ulong rest;
        private int rank = -1;
        private uint chain;

        internal RowRoutes(RouteTable table, int prefix)
        {
            this.table = table;
            if (table.HasRoutes(prefix))
            {
                Row row = table.rows[prefix];
                paths = table.arena.At(row.At, row.Count);
                firstWord = prefix * table.stride * 2;
            }
        }

        public HeldRoute Current { get; private set; }

        public readonly RowRoutes GetEnumerator() => this;

        public bool MoveNext()
        {
            if (chain != 0)
            {
                return Follow(Current.Peer);
            }

            if (++rank >= paths.Length)
            {
                return false;
            }

            while (rest == 0)
            {
                word++;
                rest =
                    table.words[firstWord + (2 * word)] | table.words[firstWord + (2 * word) + 1];
            }

            int bit = BitOperations.TrailingZeroCount(rest);
            rest &= rest - 1;
            int peer = (word << 6) + bit;
            uint path = paths[rank];
            if ((path & Many) != 0)
            {
                chain = path & ~Many;
                return Follow(peer);
            }

            bool isStale = (table.words[firstWord + (2 * word) + 1] >> bit & 1) != 0;
            Current = new HeldRoute(peer, 0, (int)path, isStale);
            return true;
        }

        private bool Follow(int peer)
        {
            Current = table.pathIds.At(chain, peer);
            chain = table.pathIds.Next(chain);
            return true;
        }
    }
}
