using System.Runtime.InteropServices;
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

    private readonly Dictionary<IpPrefix, int> prefixIds = [];
    private readonly List<Prefix> prefixes = [];
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
    private (int Feed, UInt128 Address, bool IsV6, uint PathId) lastKey;
    private int lastSession = -1;
    private int spells;

    /// <summary>True once a table dump was read: what it holds is the known state, and only departures from it are kept.</summary>
    public bool HasBaseline { get; private set; }

    public long FirstMicroseconds { get; private set; } = long.MaxValue;

    public long LastMicroseconds { get; private set; } = long.MinValue;

    public int PrefixCount => prefixes.Count;

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
        if (!IsCounted(record, nlri) || PrefixOf(nlri.Prefix) is not { } prefix)
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
            && prefixIds.TryGetValue(nlri.Prefix, out int id)
            && SessionOf(peer, nlri.PathId ?? 0) is >= 0 and var session
        )
        {
            Prefix prefix = prefixes[id];
            int at = prefix.IndexOf(session);
            if (at >= 0)
            {
                EndOpen(
                    prefix,
                    session,
                    OriginOf(prefix.Held[at]),
                    Micros(record),
                    SpellEnd.Withdrawn,
                    0,
                    PlaceOf(record)
                );
                prefix.Held.RemoveAt(at);
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
        if (!IsCounted(record, nlri) || PrefixOf(nlri.Prefix) is not { } prefix)
        {
            return;
        }

        int session = SessionOf(peer, nlri.PathId ?? 0);
        if (session < 0)
        {
            return;
        }

        HasBaseline = true;
        AsPath path = attributes.AsPath;
        uint origin = path.TryOrigin(out Asn asn) ? asn.Number : 0;
        prefix.HeldBy(session, sessions) = Packed(session, origin);
        if (origin != 0)
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
        lastSession = -1;
        foreach (((int Feed, UInt128 Address, bool IsV6, uint PathId) key, int id) in sessionIds)
        {
            if (key.Feed == feed && key.Address == peer.Address && key.IsV6 == peer.IsV6)
            {
                sessions[id] = sessions[id] with { DownMicroseconds = Micros(record) };
                sessionIds.Remove(key);
            }
        }
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

        long at = Micros(record);
        FirstMicroseconds = Math.Min(FirstMicroseconds, at);
        LastMicroseconds = Math.Max(LastMicroseconds, at);
        return nlri.Length > 0;
    }

    private static long Micros(in MrtRecord record) =>
        (record.Seconds * 1_000_000L) + record.Microseconds;

    private RecordPlace PlaceOf(in MrtRecord record) =>
        new(input, record.Index + 1, record.Offset, record.Length);

    private Prefix? PrefixOf(IpPrefix prefix)
    {
        ref int id = ref CollectionsMarshal.GetValueRefOrAddDefault(
            prefixIds,
            prefix,
            out bool isKnown
        );
        if (!isKnown)
        {
            if (prefixes.Count == PrefixesMax)
            {
                prefixIds.Remove(prefix);
                RoutesBeyondLimit++;
                return null;
            }

            id = prefixes.Count;
            prefixes.Add(new Prefix(prefix));
        }

        return prefixes[id];
    }

    private int SessionOf(in BgpPeer peer, uint pathId)
    {
        // The AS number is not part of the key: sources that do not give it for a withdrawal still mean the same session.
        (int, UInt128, bool, uint) key = (feed, peer.Address, peer.IsV6, pathId);
        if (lastSession >= 0 && key == lastKey)
        {
            return lastSession;
        }

        if (!sessionIds.TryGetValue(key, out int id))
        {
            if (sessions.Count == SessionsMax)
            {
                RoutesBeyondLimit++;
                return -1;
            }

            id = sessions.Count;
            sessions.Add(new Session(feed, peer, long.MaxValue));
            sessionIds.Add(key, id);
        }
        else if (sessions[id].Peer.Asn.Number == 0 && peer.Asn.Number != 0)
        {
            sessions[id] = sessions[id] with { Peer = peer };
        }

        (lastKey, lastSession) = (key, id);
        return id;
    }

    private static uint OriginOf(long held) => unchecked((uint)held);

    private static int SessionIn(long held) => unchecked((int)(held >> 32));

    private static long Packed(int session, uint origin) => ((long)session << 32) | origin;

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
        uint before = OriginOf(held);
        bool wasHeld = held != Packed(session, Prefix.Nothing);
        if (prefix.Log is null && (origin == 0 || prefix.IsUsual(origin)))
        {
            held = Packed(session, origin);
            return;
        }

        if (wasHeld)
        {
            EndOpen(prefix, session, before, at, SpellEnd.Replaced, origin, place);
        }

        held = Packed(session, origin);
        if (origin == 0)
        {
            return;
        }

        Span<uint> hops = stackalloc uint[CleanPath.HopsMax];
        int count = CleanPath.Read(path, hops, out _);
        Begin(
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
    }

    private void Begin(Prefix prefix, in RouteSpell spell)
    {
        prefix.Log ??= new List<RouteSpell>(1);
        if (prefix.Log.Count >= SpellsOfPrefixMax || spells >= SpellsMax)
        {
            SpellsBeyondLimit++;
            return;
        }

        spells++;
        prefix.Log.Add(spell);
    }

    private static void EndOpen(
        Prefix prefix,
        int session,
        uint origin,
        long at,
        SpellEnd end,
        uint next,
        in RecordPlace place
    )
    {
        if (prefix.Log is not { } log)
        {
            return;
        }

        for (int index = log.Count - 1; index >= 0; index--)
        {
            if (log[index].Session == session && log[index].IsOpen && log[index].Origin == origin)
            {
                log[index] = log[index] with
                {
                    ToMicroseconds = at,
                    End = end,
                    Next = next,
                    Ended = place,
                };
                return;
            }
        }
    }
}
