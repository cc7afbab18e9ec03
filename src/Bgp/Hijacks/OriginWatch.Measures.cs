using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <content>What a prefix is measured by: who is known to announce it, and from where that is known.</content>
public sealed partial class OriginWatch
{
    private Measure? MeasureOf(Prefix prefix, List<RouteSpell> log, DepartureContext context)
    {
        // What is configured is watched by ExpectationWatch, in all dimensions.
        if (context.Expectations.Covering(prefix.Value).Count > 0)
        {
            return null;
        }

        // A path that ends in a set has no origin that could be known, or be one of two.
        Dictionary<uint, HashSet<uint>> peers = PeersByOrigin(log);
        bool hasSet = peers.Remove(0);
        Measure? table = OfBaseline(prefix.Value);
        if (table is not null)
        {
            return
                IsTableInverted(prefix, context)
                && OfValid(prefix.Value, peers, context) is { } valid
                ? valid
                : table;
        }

        return peers.Count == 0
            ? null
            : OfRpki(prefix.Value, peers, context)
                ?? (
                    peers.Count > 1 || hasSet
                        ? OfWindow(prefix.Value, log, peers, context.Profile)
                        : OfWiderInWindow(prefix.Value, log, context.Profile)
                );
    }

    /// <summary>
    /// True when the RPKI speaks against every usual origin of the table: what it departs from was then running when the table was taken.
    /// </summary>
    private static bool IsTableInverted(Prefix prefix, DepartureContext context)
    {
        bool isAny = false;
        foreach (BaselineOrigin one in prefix.Baseline)
        {
            if (prefix.IsUsual(one.Origin))
            {
                isAny = true;
                if (
                    context.ValidityOf(prefix.Value, new Asn(one.Origin)).Reason
                    is not (ValidityReason.InvalidAs or ValidityReason.As0)
                )
                {
                    return false;
                }
            }
        }

        return isAny;
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
            IpPrefix wider = Widened(prefix, length);
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

    /// <summary>The origins seen that the RPKI authorises, where it does not authorise all of them.</summary>
    private static Measure? OfValid(
        IpPrefix prefix,
        Dictionary<uint, HashSet<uint>> peers,
        DepartureContext context
    )
    {
        List<KnownOrigin> valid =
        [
            .. peers
                .Where(origin =>
                    context.ValidityOf(prefix, new Asn(origin.Key)).State == RouteValidity.Valid
                )
                .Select(origin => new KnownOrigin(new Asn(origin.Key), origin.Value.Count)),
        ];
        return valid.Count == 0 || valid.Count == peers.Count
            ? null
            : new Measure(prefix, valid, ExpectationBasis.Rpki, HijackedPrefix.Exact);
    }

    private Measure? OfRpki(
        IpPrefix prefix,
        Dictionary<uint, HashSet<uint>> peers,
        DepartureContext context
    )
    {
        if (context.Vrps is not { Count: > 0 } vrps)
        {
            return null;
        }

        if (OfValid(prefix, peers, context) is { } valid)
        {
            return valid;
        }

        // Several origins of which none is valid are left to the window.
        if (peers.Count > 1)
        {
            return null;
        }

        var lone = new Asn(peers.Keys.First());
        return vrps.Validate(prefix, lone).Reason switch
        {
            ValidityReason.InvalidAs or ValidityReason.As0 => OfAuthorised(prefix, vrps),
            ValidityReason.InvalidLength => new Measure(
                vrps.Covering(prefix).First(vrp => vrp.Asn == lone).Prefix,
                [new KnownOrigin(lone, peers[lone.Number].Count)],
                ExpectationBasis.Rpki,
                HijackedPrefix.SubPrefix
            ),
            _ => null,
        };
    }

    /// <summary>
    /// Those whom the RPKI authorises: by the longest covering prefix that one of them was seen to announce; without any, by
    /// the longest prefix that was authorised.
    /// </summary>
    private Measure OfAuthorised(IpPrefix prefix, VrpSet vrps)
    {
        IReadOnlyList<Vrp> covering = vrps.Covering(prefix);
        HashSet<uint> holders = [.. covering.Select(vrp => vrp.Asn.Number)];
        for (int length = prefix.Length - 1; length >= 1; length--)
        {
            IpPrefix wider = Widened(prefix, length);
            if (Bogons.IsTooShort(wider) || Known(prefixIds.Find(wider)) is not { } held)
            {
                continue;
            }

            KnownOrigin[] seen =
            [
                .. PeersByOrigin(held.Log ?? [])
                    .Where(origin => origin.Key != 0 && holders.Contains(origin.Key))
                    .Select(origin => new KnownOrigin(new Asn(origin.Key), origin.Value.Count)),
            ];
            if (seen.Length > 0)
            {
                return new Measure(wider, seen, ExpectationBasis.Rpki, HijackedPrefix.SubPrefix);
            }
        }

        IpPrefix authorised = covering[0].Prefix;
        return new Measure(
            authorised,
            [
                .. covering
                    .Select(vrp => vrp.Asn)
                    .Where(asn => asn.Number != 0)
                    .Distinct()
                    .Select(asn => new KnownOrigin(asn, 0)),
            ],
            ExpectationBasis.Rpki,
            authorised == prefix ? HijackedPrefix.Exact : HijackedPrefix.SubPrefix,
            IsAlone: true
        );
    }

    /// <summary>
    /// The origin that was there before all its rivals, by a bin or because peers left it and came back; how far a rival
    /// spread says nothing then. Else the one that most peers announced; where none has twice the peers of the others,
    /// the one that most peers hold at the end.
    /// </summary>
    private Measure OfWindow(
        IpPrefix prefix,
        List<RouteSpell> log,
        Dictionary<uint, HashSet<uint>> peers,
        HijackProfile profile
    )
    {
        List<uint> ranked =
        [
            .. peers
                .Keys.OrderByDescending(origin => peers[origin].Count)
                .ThenBy(origin => FirstSeen(log, origin))
                .ThenBy(origin => origin),
        ];
        uint top = ranked[0];
        uint known = top;
        bool isUnclear = false;
        bool isSettledByTime = false;
        List<uint> rivals =
        [
            .. ranked.Where(origin =>
                peers[origin].Count * 2 > peers[top].Count
                || HasReturned(log, origin, top, profile.PeersMin)
            ),
        ];
        if (rivals.Count > 1)
        {
            uint first = rivals.MinBy(origin => FirstSeen(log, origin));
            isSettledByTime = rivals.TrueForAll(other =>
                other == first
                || FirstSeen(log, other) - FirstSeen(log, first) >= BinMicroseconds
                || HasReturned(log, first, other, profile.PeersMin)
            );
            isUnclear = !isSettledByTime;
            known = isSettledByTime
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
            isUnclear,
            IsSettledByTime: isSettledByTime
        );
    }

    /// <summary>True when enough peers turned from one origin to the other and then back to the first, which came first.</summary>
    private bool HasReturned(List<RouteSpell> log, uint origin, uint rival, int peersMin)
    {
        if (origin == rival || FirstSeen(log, origin) >= FirstSeen(log, rival))
        {
            return false;
        }

        HashSet<int> left =
        [
            .. log.Where(spell => spell.Origin == origin && spell.Next == rival)
                .Select(spell => spell.Session),
        ];
        return log.Where(spell =>
                    spell.Origin == rival && spell.Next == origin && left.Contains(spell.Session)
                )
                .Select(spell => PeerOf(spell.Session))
                .Distinct()
                .Count() >= peersMin;
    }

    /// <summary>
    /// The longest covering prefix that the window shows, when enough peers had it from another origin a bin earlier. None
    /// when the origin holds that prefix too, or is reached through the one that does: a customer of its own space.
    /// </summary>
    private Measure? OfWiderInWindow(IpPrefix prefix, List<RouteSpell> log, HijackProfile profile)
    {
        uint origin = log.First(spell => spell.Origin != 0).Origin;
        long before = FirstSeen(log, origin) - BinMicroseconds;
        for (int length = prefix.Length - 1; length >= 1; length--)
        {
            IpPrefix wider = Widened(prefix, length);
            if (
                Bogons.IsTooShort(wider)
                || Known(prefixIds.Find(wider)) is not { Log: { Count: > 0 } above }
            )
            {
                continue;
            }

            if (above.Exists(spell => spell.Origin == origin))
            {
                return null;
            }

            KnownOrigin[] known =
            [
                .. PeersByOrigin(above.FindAll(spell => spell.FromMicroseconds <= before))
                    .Where(held => held.Key != 0 && held.Value.Count >= profile.PeersMin)
                    .Select(held => new KnownOrigin(new Asn(held.Key), held.Value.Count)),
            ];
            HashSet<uint> holders = [.. known.Select(one => one.Origin.Number)];
            return known.Length == 0 || log.TrueForAll(spell => Passes(spell.Path, holders))
                ? null
                : new Measure(wider, known, ExpectationBasis.Window, HijackedPrefix.SubPrefix);
        }

        return null;
    }

    private static IpPrefix Widened(IpPrefix prefix, int length) =>
        new(prefix.Bits & (UInt128.MaxValue << (128 - length)), (byte)length, prefix.IsV6);
}
