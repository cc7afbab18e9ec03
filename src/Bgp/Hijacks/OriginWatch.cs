using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// Watches who originates each prefix, for each peer. An element that says again what its peer said before costs two
/// look-ups and no allocation; only a change of origin is written down. Departures are worked out when asked for, from
/// all that was read, because what is normal is often learned after the first announcement that departs from it.
/// </summary>
public sealed partial class OriginWatch : IRouteVisitor
{
    /// <summary>Twice the present table of both families; an input that names more is hostile.</summary>
    public const int PrefixesMax = 3_000_000;

    /// <summary>Changes of origin that are kept, in all and for one prefix; further ones are counted.</summary>
    public const int SpellsMax = 8_000_000;
    private const int SpellsOfPrefixMax = 8192;
    private const int SessionsMax = 100_000;

    /// <summary>In what a session holds: its spell is in the log, or may be.</summary>
    private const long Logged = 1L << 62;

    private const int RecentSessions = 1024;

    private readonly PrefixTable prefixIds;
    private Prefix?[] prefixes = new Prefix?[256];
    private readonly Dictionary<
        (int Feed, UInt128 Address, bool IsV6, uint PathId),
        int
    > sessionIds = [];
    private readonly List<Session> sessions = [];
    private readonly Dictionary<string, int> feeds = new(StringComparer.Ordinal);
    private readonly List<string> feedNames = [];
    private readonly PathStore paths = new();
    private int input;
    private int feed;

    /// <summary>By a hash of its key: number of the session last asked for, plus one.</summary>
    private readonly int[] recentSessions = new int[RecentSessions];
    private int spells;

    /// <summary>Time and input of the table entry read last; what sessions held at first is that old at least.</summary>
    private long tableMicroseconds;
    private RecordPlace tablePlace;

    public OriginWatch()
        : this(new PrefixTable(new RouteTableLimits { Prefixes = PrefixesMax })) { }

    /// <param name="prefixIds">The numbers of a table that is told the same, so that each prefix is looked up once.</param>
    internal OriginWatch(PrefixTable prefixIds) => this.prefixIds = prefixIds;

    /// <summary>True once a table dump was read: what it holds is the known state, and only departures from it are kept.</summary>
    public bool HasBaseline { get; private set; }

    public long FirstMicroseconds { get; private set; } = long.MaxValue;

    public long LastMicroseconds { get; private set; } = long.MinValue;

    public int PrefixCount => prefixIds.Count;

    /// <summary>Changes that no longer fitted; above zero, spread and end of some departures are incomplete.</summary>
    public long SpellsBeyondLimit { get; private set; }

    /// <summary>Routes of prefixes past <see cref="PrefixesMax"/>, or of sessions past their limit.</summary>
    public long RoutesBeyondLimit { get; private set; }

    /// <summary>Sessions that went down.</summary>
    public long Resets { get; private set; }

    /// <summary>Says which input, and which collector, the next records come from.</summary>
    /// <param name="inputIndex">Comes back in <see cref="RecordPlace.Input"/>.</param>
    /// <param name="feedName">Inputs with one name share their sessions.</param>
    public void From(int inputIndex, string feedName)
    {
        input = inputIndex;
        if (!feeds.TryGetValue(feedName, out feed))
        {
            feed = feeds.Count;
            feeds.Add(feedName, feed);
            feedNames.Add(feedName);
        }
    }

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        if (!IsCounted(record, nlri) || PrefixOf(nlri) is not { } prefix)
        {
            return;
        }

        int session = SessionOf(peer, nlri.PathId ?? 0);
        if (session < 0)
        {
            return;
        }

        AsPath path = attributes.AsPath;
        uint origin = path.TryOrigin(out Asn asn) ? asn.Number : 0;
        ref long held = ref prefix.HeldBy(session, sessions);
        if (OriginOf(held) == origin)
        {
            return;
        }

        Change(record, prefix, session, ref held, origin, path);
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri)
    {
        // A withdrawal of a prefix that was never announced says nothing about its origin.
        if (
            IsCounted(record, nlri)
            && Known(prefixIds.Find(nlri)) is { } prefix
            && SessionOf(peer, nlri.PathId ?? 0) is >= 0 and var session
        )
        {
            int at = prefix.IndexOf(session);
            if (at >= 0)
            {
                EndOpen(
                    prefix,
                    prefix.Held[at],
                    Micros(record),
                    SpellEnd.Withdrawn,
                    0,
                    PlaceOf(record)
                );
                prefix.Forget(at);
            }
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
        if (!IsCounted(record, nlri) || PrefixOf(nlri) is not { } prefix)
        {
            return;
        }

        int session = SessionOf(peer, nlri.PathId ?? 0);
        if (session < 0)
        {
            return;
        }

        HasBaseline = true;
        tableMicroseconds = Micros(record);
        tablePlace = PlaceOf(record) with { Length = 0 };
        AsPath path = attributes.AsPath;
        uint origin = path.TryOrigin(out Asn asn) ? asn.Number : 0;
        // A spell that is open, if any, is not ended: the table says what is held, not what happened.
        prefix.HeldBy(session, sessions) = Packed(session, origin, prefix.Log is not null);
        if (origin == 0)
        {
            prefix.HasSetInTable = true;
        }
        else
        {
            prefix.AddBaseline(origin, paths, path);
        }
    }

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        if (from != SessionState.Established || to == SessionState.Established)
        {
            return;
        }

        // Path identifiers make several entries of one session; all of them go down. The next announcement gets a new
        // number, so that routes of the lost session are known as such without looking for them.
        Resets++;
        Array.Clear(recentSessions);
        foreach (((int Feed, UInt128 Address, bool IsV6, uint PathId) key, int id) in sessionIds)
        {
            if (key.Feed == feed && key.Address == peer.Address && key.IsV6 == peer.IsV6)
            {
                sessions[id] = sessions[id] with { DownMicroseconds = Micros(record) };
                sessionIds.Remove(key);
            }
        }
    }

    /// <summary>Counts the time of a record whose element is known to repeat what is held.</summary>
    internal void Hear(in MrtRecord record)
    {
        long at = Micros(record);
        FirstMicroseconds = Math.Min(FirstMicroseconds, at);
        LastMicroseconds = Math.Max(LastMicroseconds, at);
    }

    private bool IsCounted(in MrtRecord record, in Nlri nlri)
    {
        if (
            record.IsLocal
            || nlri.Family is not (RouteFamily.IPv4Unicast or RouteFamily.IPv6Unicast)
        )
        {
            return false;
        }

        Hear(record);
        return nlri.Length > 0;
    }

    private static long Micros(in MrtRecord record) =>
        (record.Seconds * 1_000_000L) + record.Microseconds;

    private RecordPlace PlaceOf(in MrtRecord record) =>
        new(input, record.Index + 1, record.Offset, record.Length);

    private Prefix? PrefixOf(in Nlri nlri)
    {
        int id = prefixIds.Add(nlri);
        if (id < 0)
        {
            RoutesBeyondLimit++;
            return null;
        }

        if (id >= prefixes.Length)
        {
            Array.Resize(ref prefixes, Math.Max(id + 1, 2 * prefixes.Length));
        }

        return prefixes[id] ??= new Prefix(prefixIds[id]);
    }

    private Prefix? Known(int id) => id >= 0 && id < prefixes.Length ? prefixes[id] : null;

    private int SessionOf(in BgpPeer peer, uint pathId)
    {
        // The AS number is not part of the key: sources that do not give it for a withdrawal still mean the same session.
        ulong mixed = (ulong)(peer.Address >> 64) ^ (ulong)(peer.Address & ulong.MaxValue);
        int slot = (int)(
            unchecked((mixed ^ (uint)feed ^ ((ulong)pathId << 20)) * 0x9E37_79B9_7F4A_7C15) >> 54
        );
        int id = recentSessions[slot] - 1;
        if (id < 0 || !IsOf(sessions[id], peer, pathId))
        {
            (int, UInt128, bool, uint) key = (feed, peer.Address, peer.IsV6, pathId);
            if (!sessionIds.TryGetValue(key, out id))
            {
                if (sessions.Count == SessionsMax)
                {
                    RoutesBeyondLimit++;
                    return -1;
                }

                id = sessions.Count;
                sessions.Add(new Session(feed, peer, pathId, long.MaxValue));
                sessionIds.Add(key, id);
            }

            recentSessions[slot] = id + 1;
        }

        if (sessions[id].Peer.Asn.Number == 0 && peer.Asn.Number != 0)
        {
            sessions[id] = sessions[id] with { Peer = peer };
        }

        return id;
    }

    private bool IsOf(in Session session, in BgpPeer peer, uint pathId) =>
        session.Feed == feed
        && session.PathId == pathId
        && session.Peer.Address == peer.Address
        && session.Peer.IsV6 == peer.IsV6;

    private static uint OriginOf(long held) => unchecked((uint)held);

    private static int SessionIn(long held) => unchecked((int)((held & ~Logged) >> 32));

    private static long Packed(int session, uint origin, bool isLogged = false) =>
        ((long)session << 32) | origin | (isLogged ? Logged : 0);

    private void Change(
        in MrtRecord record,
        Prefix prefix,
        int session,
        ref long held,
        uint origin,
        in AsPath path
    )
    {
        long at = Micros(record);
        RecordPlace place = PlaceOf(record);
        bool wasHeld = held != Packed(session, Prefix.Nothing);
        if (prefix.Log is null && prefix.IsNothingNew(origin))
        {
            held = Packed(session, origin);
            return;
        }

        if (wasHeld && prefix.Log is null && prefix.Baseline.Length > 0)
        {
            LogHolders(prefix);
        }

        if (wasHeld)
        {
            EndOpen(prefix, held, at, SpellEnd.Replaced, origin, place);
        }

        held = Packed(session, origin);
        Span<uint> hops = stackalloc uint[CleanPath.HopsMax];
        int count = CleanPath.Read(path, hops, out _);
        if (count == 0)
        {
            return;
        }

        bool isLogged = TryBegin(
            prefix,
            new RouteSpell(
                session,
                origin,
                paths.Keep(hops[..count]),
                at,
                place,
                long.MaxValue,
                SpellEnd.Open,
                0,
                default
            )
        );
        held = Packed(session, origin, isLogged);
    }
}
