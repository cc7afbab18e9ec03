using System.Runtime.InteropServices;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bgp;

/// <content>From what was written down to departures.</content>
public sealed partial class OriginWatch
{
    private const int MicrosecondsPerSecond = 1_000_000;

    // GRIP works in bins of five minutes; two of them bridge one that begins at the edge of a bin.
    private const long BinMicroseconds = 300L * MicrosecondsPerSecond;
    private const int AtOnceSeconds = 600;

    private static readonly HijackType partOfOwn = new(
        HijackedPrefix.SubPrefix,
        HijackedPath.None,
        0,
        HijackedPolicy.None
    );

    private sealed record Measure(
        IpPrefix Prefix,
        IReadOnlyList<KnownOrigin> Known,
        ExpectationBasis Basis,
        HijackedPrefix Relation,
        bool IsMajorityUnclear = false,
        bool IsAlone = false,
        bool IsSettledByTime = false
    );

    /// <summary>
    /// All departures in what was read, in order of time, then prefix, then origin; prefixes with an expectation are left to
    /// <see cref="ExpectationWatch"/>. Known origins are, the first that there is: those that the RPKI authorises where it speaks
    /// against what a table dump holds, table dumps for this prefix or the one that covers it, the RPKI where it speaks of
    /// an origin seen, the origin that was there before the others, or the one that most peers announced in the window.
    /// </summary>
    public IReadOnlyList<OriginDeparture> Departures(DepartureContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        List<OriginDeparture> departures = [];
        foreach (Prefix? prefix in prefixes)
        {
            if (prefix?.Log is not { Count: > 0 })
            {
                continue;
            }

            List<RouteSpell> log = Settled(prefix.Log);
            if (MeasureOf(prefix, log, context) is not { } measure)
            {
                continue;
            }

            foreach (uint origin in log.Select(spell => spell.Origin).Distinct())
            {
                bool isKnown = measure.Known.Any(known => known.Origin.Number == origin);
                if (!isKnown)
                {
                    HijackType type = HijackType.Origin(measure.Relation);
                    departures.AddRange(Waves(prefix, log, measure, origin, type, context));
                }
                else if (
                    measure.Relation == HijackedPrefix.SubPrefix
                    && context.ValidityOf(prefix.Value, new Asn(origin)).Reason
                        == ValidityReason.InvalidLength
                )
                {
                    departures.AddRange(Waves(prefix, log, measure, origin, partOfOwn, context));
                }
            }
        }

        departures.Sort(
            (a, b) =>
                a.From != b.From ? a.From.CompareTo(b.From)
                : a.Prefix != b.Prefix ? a.Prefix.CompareTo(b.Prefix)
                : a.Origin.Number.CompareTo(b.Origin.Number)
        );
        return AtOnce(departures);
    }

    /// <summary>Spells of sessions that went down get that end; if the peer came back with another origin, that one's time.</summary>
    private List<RouteSpell> Settled(List<RouteSpell> log)
    {
        List<RouteSpell> settled = [.. log];
        foreach (ref RouteSpell spell in CollectionsMarshal.AsSpan(settled))
        {
            if (!spell.IsOpen || !sessions[spell.Session].IsDown)
            {
                continue;
            }

            Session lost = sessions[spell.Session];
            int back = settled.FindIndex(later => IsSameSessionLater(later, lost));
            spell =
                back < 0
                    ? spell with
                    {
                        ToMicroseconds = lost.DownMicroseconds,
                        End = SpellEnd.SessionLost,
                    }
                    : spell with
                    {
                        ToMicroseconds = settled[back].FromMicroseconds,
                        End = SpellEnd.Replaced,
                        Next = settled[back].Origin,
                        Ended = settled[back].Begun,
                    };
        }

        return settled;
    }

    private bool IsSameSessionLater(in RouteSpell later, in Session lost)
    {
        Session session = sessions[later.Session];
        return session.Feed == lost.Feed
            && session.Peer.Address == lost.Peer.Address
            && session.Peer.IsV6 == lost.Peer.IsV6
            && later.FromMicroseconds >= lost.DownMicroseconds;
    }

    private static long FirstSeen(List<RouteSpell> log, uint origin) =>
        log.Where(spell => spell.Origin == origin).Min(spell => spell.FromMicroseconds);

    private Dictionary<uint, HashSet<uint>> PeersByOrigin(List<RouteSpell> log)
    {
        Dictionary<uint, HashSet<uint>> peers = [];
        foreach (RouteSpell spell in log)
        {
            if (!peers.TryGetValue(spell.Origin, out HashSet<uint>? of))
            {
                peers.Add(spell.Origin, of = []);
            }

            of.Add(PeerOf(spell.Session));
        }

        return peers;
    }

    /// <summary>The AS number of a session, or a number that stands for it where the source gives none.</summary>
    private uint PeerOf(int session) =>
        sessions[session].Peer.Asn.Number is not 0 and var asn
            ? asn
            : unchecked((uint)(sessions[session].Peer.Address >> 96) | 0x8000_0000);

    private static Instant At(long microseconds) =>
        Instant.FromUnixTimeSeconds(microseconds / MicrosecondsPerSecond)
        + Duration.FromNanoseconds(microseconds % MicrosecondsPerSecond * 1000);
}
