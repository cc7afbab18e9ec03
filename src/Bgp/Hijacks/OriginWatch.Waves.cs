using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bgp;

/// <content>The stretches in which one origin departs from what is known of one prefix.</content>
public sealed partial class OriginWatch
{
    private IEnumerable<OriginDeparture> Waves(
        Prefix prefix,
        List<RouteSpell> log,
        Measure measure,
        uint origin,
        HijackType type,
        DepartureContext context
    )
    {
        List<List<RouteSpell>> waves = [];
        long gap = (long)(context.Profile.SameDepartureMinutes * 60 * MicrosecondsPerSecond);
        long until = long.MinValue;
        foreach (
            RouteSpell spell in log.Where(spell => spell.Origin == origin)
                .OrderBy(spell => spell.FromMicroseconds)
        )
        {
            if (waves.Count == 0 || (until < long.MaxValue && spell.FromMicroseconds - until > gap))
            {
                waves.Add([]);
                until = spell.ToMicroseconds;
            }

            waves[^1].Add(spell);
            until = Math.Max(until, spell.ToMicroseconds);
        }

        HashSet<uint> hearing = Hearing(prefix, log, measure);
        foreach (List<RouteSpell> wave in waves)
        {
            List<PeerSpell> spells = [.. wave.Select(Spell)];
            var asn = new Asn(origin);
            yield return new OriginDeparture
            {
                Prefix = prefix.Value,
                Origin = asn,
                KnownPrefix = measure.Prefix,
                Known = measure.Known,
                Basis = measure.Basis,
                Type = type,
                Spells = spells,
                PeersSeen = wave.Select(spell => PeerOf(spell.Session)).Distinct().Count(),
                PeersHearing = hearing.Count,
                Facts = Facts(prefix, log, measure, asn, wave, context) with
                {
                    Waves = waves.Count,
                },
            };
        }
    }

    private PeerSpell Spell(RouteSpell spell)
    {
        Session session = sessions[spell.Session];
        bool isKnownEnd = spell.End is SpellEnd.Withdrawn or SpellEnd.Replaced;
        return new PeerSpell(
            session.Peer.Asn,
            AddressOf(session.Peer),
            feedNames[session.Feed],
            At(spell.FromMicroseconds),
            isKnownEnd ? At(spell.ToMicroseconds) : null,
            spell.End,
            spell.Next == 0 ? null : new Asn(spell.Next),
            [.. paths.Of(spell.Path).ToArray().Select(hop => new Asn(hop))],
            spell.Begun,
            isKnownEnd ? spell.Ended : null
        );
    }

    internal static string AddressOf(in BgpPeer peer)
    {
        string address = new IpPrefix(
            peer.Address,
            peer.IsV6 ? (byte)128 : (byte)32,
            peer.IsV6
        ).ToString();
        return address[..address.IndexOf('/', StringComparison.Ordinal)];
    }

    private HashSet<uint> Hearing(Prefix prefix, List<RouteSpell> log, Measure measure)
    {
        HashSet<uint> hearing = [.. log.Select(spell => PeerOf(spell.Session))];
        hearing.UnionWith(Holders(prefix));
        if (measure.Prefix != prefix.Value && Known(prefixIds.Find(measure.Prefix)) is { } covering)
        {
            hearing.UnionWith(Holders(covering));
        }

        return hearing;
    }

    private IEnumerable<uint> Holders(Prefix prefix) =>
        prefix.Held.Select(held => PeerOf(SessionIn(held)));

    private DepartureFacts Facts(
        Prefix prefix,
        List<RouteSpell> log,
        Measure measure,
        Asn origin,
        List<RouteSpell> wave,
        DepartureContext context
    )
    {
        HashSet<uint> known = [.. measure.Known.Select(one => one.Origin.Number)];
        List<RouteSpell> toldOfKnown =
            measure.Prefix == prefix.Value ? log
            : Known(prefixIds.Find(measure.Prefix)) is { Log: { } above } ? above
            : [];
        List<int> toKnown =
        [
            .. toldOfKnown.Where(spell => known.Contains(spell.Origin)).Select(spell => spell.Path),
            .. BaselinePaths(measure),
        ];
        bool isHeldAtEnd = wave.Exists(spell => spell.IsOpen);
        bool isKnownHeldAtEnd = prefix
            .Held.Where(held => !sessions[SessionIn(held)].IsDown)
            .Any(held => known.Contains(OriginOf(held)));
        bool tookOver =
            isHeldAtEnd && !isKnownHeldAtEnd && measure.Relation == HijackedPrefix.Exact;
        return new DepartureFacts
        {
            Validity = context.ValidityOf(prefix.Value, origin),
            IsKnownValid = measure.Known.Any(one =>
                context.ValidityOf(prefix.Value, one.Origin).State == RouteValidity.Valid
            ),
            WasInBaseline = prefix.WasInBaseline(origin.Number) && !prefix.IsUsual(origin.Number),
            HasBaseline = prefix.Baseline.Length > 0,
            IsBehindKnown = wave.TrueForAll(spell => Passes(spell.Path, known)),
            IsBeforeKnown =
                toKnown.Count > 0 && toKnown.TrueForAll(path => Passes(path, [origin.Number])),
            PeersReturned = wave.Where(spell => known.Contains(spell.Next))
                .Select(spell => PeerOf(spell.Session))
                .Distinct()
                .Count(),
            PeersBefore = toldOfKnown
                .Where(spell =>
                    known.Contains(spell.Origin)
                    && wave[0].FromMicroseconds - spell.FromMicroseconds >= BinMicroseconds
                )
                .Select(spell => PeerOf(spell.Session))
                .Distinct()
                .Count(),
            TookOver = tookOver,
            IsMajorityUnclear = measure.IsMajorityUnclear,
            IsUndecided = measure.IsMajorityUnclear || (measure.IsSettledByTime && tookOver),
            IsAlone = measure.IsAlone,
            IsSibling =
                context.AreSiblings is { } areSiblings
                && measure.Known.Any(one => areSiblings(one.Origin, origin)),
        };
    }

    private IEnumerable<int> BaselinePaths(Measure measure)
    {
        if (Known(prefixIds.Find(measure.Prefix)) is { } prefix)
        {
            for (int at = 0; at < prefix.Baseline.Length; at++)
            {
                if (prefix.IsUsual(prefix.Baseline[at].Origin))
                {
                    yield return prefix.Baseline[at].Path;
                }
            }
        }
    }

    /// <summary>True when one of these ASes stands on the path before its origin.</summary>
    private bool Passes(int path, HashSet<uint> asns)
    {
        ReadOnlySpan<uint> hops = paths.Of(path);
        for (int at = 0; at < hops.Length - 1; at++)
        {
            if (asns.Contains(hops[at]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Says of each departure how many others the same origin began within ten minutes of it.</summary>
    /// <param name="departures">In order of time.</param>
    private static OriginDeparture[] AtOnce(List<OriginDeparture> departures)
    {
        var near = Duration.FromSeconds(AtOnceSeconds);
        OriginDeparture[] counted = [.. departures];
        foreach (
            List<int> ofOrigin in Enumerable
                .Range(0, departures.Count)
                .Where(at => departures[at].Type != partOfOwn)
                .GroupBy(at => departures[at].Origin)
                .Select(group => group.ToList())
        )
        {
            var inReach = new Reach();
            int first = 0;
            int next = 0;
            foreach (int at in ofOrigin)
            {
                for (
                    ;
                    next < ofOrigin.Count
                        && departures[ofOrigin[next]].From - departures[at].From <= near;
                    next++
                )
                {
                    inReach.Add(departures[ofOrigin[next]]);
                }

                for (; departures[at].From - departures[ofOrigin[first]].From > near; first++)
                {
                    inReach.Remove(departures[ofOrigin[first]]);
                }

                counted[at] = departures[at] with
                {
                    Facts = departures[at].Facts with
                    {
                        PrefixesAtOnce = inReach.Prefixes,
                        HoldersAtOnce = inReach.Holders,
                    },
                };
            }
        }

        return counted;
    }

    /// <summary>Distinct prefixes and sets of known origins in a stretch of time that moves on.</summary>
    private sealed class Reach
    {
        private readonly Dictionary<IpPrefix, int> prefixes = [];
        private readonly Dictionary<string, int> holders = new(StringComparer.Ordinal);

        public int Prefixes => prefixes.Count;

        public int Holders => holders.Count;

        public void Add(OriginDeparture departure)
        {
            prefixes[departure.Prefix] = prefixes.GetValueOrDefault(departure.Prefix) + 1;
            string holder = HoldersOf(departure);
            holders[holder] = holders.GetValueOrDefault(holder) + 1;
        }

        public void Remove(OriginDeparture departure)
        {
            if (--prefixes[departure.Prefix] == 0)
            {
                prefixes.Remove(departure.Prefix);
            }

            string holder = HoldersOf(departure);
            if (--holders[holder] == 0)
            {
                holders.Remove(holder);
            }
        }

        private static string HoldersOf(OriginDeparture departure) =>
            string.Join(' ', departure.Known.Select(known => known.Origin));
    }
}
