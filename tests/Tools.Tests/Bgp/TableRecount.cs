using Breakwater.Bgp;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Tests.Bgp;

/// <summary>Visibility counted anew from all routes each time, by the words of the definition.</summary>
internal sealed class Recount(double cut)
{
    private readonly Dictionary<(bool IsV6, Asn Origin), HashSet<IpPrefix>> visible = [];

    private readonly record struct Seen(int Peer, Asn PeerAs, int Prefix, int Origin, bool IsStale);

    public void Compare(RouteTable table, Visibility visibility, VisibleSpace origins)
    {
        List<Seen> routes = Routes(table);
        bool hasBaseline = Enumerable.Range(0, table.Peers.FeedCount).Any(table.HasBaseline);
        foreach (bool isV6 in (bool[])[false, true])
        {
            List<Seen> family =
            [
                .. routes.Where(route => table.Prefixes.IsV6(route.Prefix) == isV6),
            ];
            HashSet<int> full = FullFeeds(table, family, hasBaseline);
            Assert.Equal(full.Order(), visibility.FullFeedPeers(isV6));
            int ases = full.Select(table.Peers.Asn).Distinct().Count();
            Assert.Equal(ases, visibility.FullFeedPeerAses(isV6));
            int needed = hasBaseline ? Math.Min(Math.Max(ases, 1), (int)(cut * ases) + 1) : 1;
            var counted = family.Where(route => !route.IsStale && full.Contains(route.Peer));
            CompareCounts(table, visibility, isV6, counted, ases);
            if (ases > 0)
            {
                Recollect(table, isV6, hasBaseline ? counted : family, hasBaseline ? needed : 0);
            }

            CompareSpace(table, origins, isV6);
        }
    }

    private static void CompareCounts(
        RouteTable table,
        Visibility visibility,
        bool isV6,
        IEnumerable<Seen> counted,
        int ases
    )
    {
        Dictionary<int, int> counts = counted
            .GroupBy(route => route.Prefix, route => route.PeerAs)
            .ToDictionary(group => group.Key, group => group.Distinct().Count());
        for (int prefix = 0; prefix < table.Prefixes.Count; prefix++)
        {
            if (table.Prefixes.IsV6(prefix) == isV6)
            {
                Assert.Equal(counts.GetValueOrDefault(prefix), visibility.PeerAses(prefix));
            }
        }

        foreach (double other in VisibilityRules.Cuts)
        {
            int least = Math.Min(Math.Max(ases, 1), (int)(other * ases) + 1);
            Assert.Equal(
                counts.Values.Count(count => count >= least),
                visibility.VisiblePrefixes(isV6, other)
            );
        }
    }

    private static HashSet<int> FullFeeds(RouteTable table, List<Seen> family, bool hasBaseline)
    {
        IEnumerable<int> all = Enumerable.Range(0, table.Peers.Count);
        if (!hasBaseline)
        {
            return [.. all];
        }

        Dictionary<int, int> sizes = all.Where(peer => table.HasBaseline(table.Peers.FeedOf(peer)))
            .ToDictionary(
                peer => peer,
                peer =>
                    family
                        .Where(route => route.Peer == peer && !route.IsStale)
                        .Select(route => route.Prefix)
                        .Distinct()
                        .Count()
            );
        int largest = sizes.Values.DefaultIfEmpty().Max();
        return
        [
            .. sizes
                .Where(size => size.Value > 0 && size.Value >= 0.75 * largest)
                .Select(size => size.Key),
        ];
    }

    private void Recollect(RouteTable table, bool isV6, IEnumerable<Seen> counted, int needed)
    {
        foreach (var key in visible.Keys.Where(key => key.IsV6 == isV6).ToList())
        {
            visible.Remove(key);
        }

        foreach (
            var held in counted
                .Where(route => route.Origin >= 0)
                .GroupBy(route => (route.Origin, route.Prefix), route => route.PeerAs)
        )
        {
            if (held.Distinct().Count() >= needed)
            {
                var key = (isV6, table.Paths.Origins[held.Key.Origin]);
                if (!visible.TryGetValue(key, out HashSet<IpPrefix>? prefixes))
                {
                    visible.Add(key, prefixes = []);
                }

                prefixes.Add(table.Prefixes[held.Key.Prefix]);
            }
        }
    }

    private void CompareSpace(RouteTable table, VisibleSpace origins, bool isV6)
    {
        for (int origin = 0; origin < table.Paths.Origins.Count; origin++)
        {
            HashSet<IpPrefix> prefixes = visible.GetValueOrDefault(
                (isV6, table.Paths.Origins[origin]),
                []
            );
            Assert.Equal(prefixes.Count, origins.Prefixes(origin, isV6));
            Assert.Equal(Union(prefixes, isV6 ? 48 : 24), origins.Blocks(origin, isV6));
        }
    }

    /// <summary>Blocks of those that no other contains.</summary>
    private static long Union(IEnumerable<IpPrefix> prefixes, int unit)
    {
        HashSet<IpPrefix> cut =
        [
            .. prefixes.Select(prefix =>
                prefix.Length <= unit
                    ? prefix
                    : new IpPrefix(
                        prefix.Bits & (UInt128.MaxValue << (128 - unit)),
                        (byte)unit,
                        prefix.IsV6
                    )
            ),
        ];
        return cut.Where(prefix => !cut.Any(other => other != prefix && other.Contains(prefix)))
            .Sum(prefix => 1L << (unit - prefix.Length));
    }

    private static List<Seen> Routes(RouteTable table)
    {
        List<Seen> routes = [];
        for (int prefix = 0; prefix < table.Prefixes.Count; prefix++)
        {
            foreach (HeldRoute route in table.RoutesOf(prefix))
            {
                routes.Add(
                    new Seen(
                        route.Peer,
                        table.Peers.Asn(route.Peer),
                        prefix,
                        table.Paths.OriginNumber(route.Path),
                        route.IsStale
                    )
                );
            }
        }

        return routes;
    }
}
