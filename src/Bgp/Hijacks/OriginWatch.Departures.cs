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

    private sealed record Measure(
        IpPrefix Prefix,
        IReadOnlyList<KnownOrigin> Known,
        ExpectationBasis Basis,
        HijackedPrefix Relation,
        bool IsMajorityUnclear = false,
        bool IsAlone = false
    );

    /// <summary>
    /// All departures in what was read, in order of time, then prefix, then origin; prefixes with an expectation are left to
    /// <see cref="ExpectationWatch"/>. Known origins are, the first that there is: the RPKI where it authorises one of the origins seen and not another, table dumps for this prefix
    /// or the one that covers it, or the origin that most peers announced in the window.
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
                if (measure.Known.All(known => known.Origin.Number != origin))
                {
                    departures.AddRange(Waves(prefix, log, measure, origin, context));
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

    private Measure? MeasureOf(Prefix prefix, List<RouteSpell> log, DepartureContext context)
    {
        // What is configured is watched by ExpectationWatch, in all dimensions.
        if (context.Expectations.Covering(prefix.Value).Count > 0)
        {
            return null;
        }

        if (OfBaseline(prefix.Value) is { } known)
        {
            return known;
        }

        Dictionary<uint, HashSet<uint>> peers = PeersByOrigin(log);
        return OfRpki(prefix.Value, peers, context)
            ?? (peers.Count > 1 ? OfWindow(prefix.Value, log, peers) : null);
    }

    /// <summary>The usual origins of the prefix in table dumps, or of the longest prefix there that covers it.</summary>
    private Measure? OfBaseline(IpPrefix prefix)
    {
        if (!HasBaseline)
        {
            return null;
        }

        for (int length = prefix.Length; length >= 1; length--)
        {
            var wider = new IpPrefix(
                prefix.Bits & (UInt128.MaxValue << (128 - length)),
                (byte)length,
                prefix.IsV6
            );
            if (
                !Bogons.IsTooShort(wider)
                && Known(prefixIds.Find(wider)) is { Baseline.Length: > 0 } held
            )
            {
                List<KnownOrigin> known = [];
                foreach (BaselineOrigin one in held.Baseline)
                {
                    if (held.IsUsual(one.Origin))
                    {
                        known.Add(new KnownOrigin(new Asn(one.Origin), one.Sessions));
                    }
                }

                return new Measure(
                    wider,
                    known,
                    ExpectationBasis.Baseline,
                    length == prefix.Length ? HijackedPrefix.Exact : HijackedPrefix.SubPrefix
                );
            }
        }

        return null;
    }

    private static Measure? OfRpki(
        IpPrefix prefix,
        Dictionary<uint, HashSet<uint>> peers,
        DepartureContext context
    )
    {
        if (context.Vrps is not { Count: > 0 } vrps)
        {
            return null;
        }

        List<KnownOrigin> valid =
        [
            .. peers
                .Where(origin =>
                    vrps.Validate(prefix, new Asn(origin.Key)).State == RouteValidity.Valid
                )
                .Select(origin => new KnownOrigin(new Asn(origin.Key), origin.Value.Count)),
        ];
        if (valid.Count > 0)
        {
            return valid.Count == peers.Count
                ? null
                : new Measure(prefix, valid, ExpectationBasis.Rpki, HijackedPrefix.Exact);
        }

        // A lone origin that VRPs speak against; several of which none is valid are left to the majority.
        return
            peers.Count == 1
            && vrps.Validate(prefix, new Asn(peers.Keys.First())).Reason
                is ValidityReason.InvalidAs
                    or ValidityReason.As0
            ? new Measure(
                prefix,
                [
                    .. vrps.Covering(prefix)
                        .Select(vrp => vrp.Asn)
                        .Where(asn => asn.Number != 0)
                        .Distinct()
                        .Select(asn => new KnownOrigin(asn, 0)),
                ],
                ExpectationBasis.Rpki,
                HijackedPrefix.Exact,
                IsAlone: true
            )
            : null;
    }

    /// <summary>
    /// The origin that most peers announced. Where none has twice the peers of the others, the one that was there at least
    /// a bin earlier, then the one that most peers hold at the end.
    /// </summary>
    private static Measure OfWindow(
        IpPrefix prefix,
        List<RouteSpell> log,
        Dictionary<uint, HashSet<uint>> peers
    )
    {
        List<uint> ranked =
        [
            .. peers
                .Keys.OrderByDescending(origin => peers[origin].Count)
                .ThenBy(origin => FirstSeen(log, origin))
                .ThenBy(origin => origin),
        ];
        uint known = ranked[0];
        bool isUnclear = peers[ranked[1]].Count * 2 > peers[known].Count;
        if (isUnclear)
        {
            List<uint> rivals =
            [
                .. ranked.Where(origin => peers[origin].Count * 2 > peers[ranked[0]].Count),
            ];
            uint first = rivals.MinBy(origin => FirstSeen(log, origin));
            known = rivals.TrueForAll(other =>
                other == first || FirstSeen(log, other) - FirstSeen(log, first) >= BinMicroseconds
            )
                ? first
                : rivals.MaxBy(origin =>
                    log.Count(spell => spell.Origin == origin && spell.IsOpen)
                );
        }

        return new Measure(
            prefix,
            [new KnownOrigin(new Asn(known), peers[known].Count)],
            ExpectationBasis.Window,
            HijackedPrefix.Exact,
            isUnclear
        );
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
