using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bgp;

/// <summary>
/// Follows leaks over time. It is told of every announcement, withdrawal and lost session in the order of time, and keeps
/// who shows which leak. Pure: the same events give the same episodes. Not safe for two threads at once.
/// </summary>
/// <param name="routesMax">Leaked routes (peer and prefix) followed at one time; what is beyond is counted in <see cref="LeftOut"/>.</param>
/// <param name="episodesMax">Episodes held, open ones and those that nobody has taken; routes of further ones are left out too.</param>
public sealed class LeakEpisodes(int routesMax = 4_000_000, int episodesMax = 100_000)
{
    private readonly Dictionary<(BgpPeer Peer, IpPrefix Prefix), LeakSegment[]> shown = [];
    private readonly Dictionary<LeakSegment, Running> running = [];
    private readonly List<LeakEpisode> ended = [];

    /// <summary>Leaked routes that were not followed because there were too many.</summary>
    public long LeftOut { get; private set; }

    /// <summary>A peer announced a route, or a table holds it. It replaces the peer's route to the same prefix.</summary>
    /// <param name="origin">Null when the path has none.</param>
    /// <param name="findings">What <see cref="LeakRules.Find(in PathAttributes, List{LeakFinding})"/> found; empty for a clean route, which ends what the peer showed before.</param>
    /// <param name="isBaseline">True for an entry of a table: the route was there before <paramref name="at"/>.</param>
    public void Announced(
        Instant at,
        in BgpPeer peer,
        IpPrefix prefix,
        Asn? origin,
        IReadOnlyList<LeakFinding> findings,
        bool isBaseline = false
    )
    {
        if (findings.Count == 0)
        {
            Withdrawn(at, peer, prefix);
            return;
        }

        bool wasShown = shown.TryGetValue((peer, prefix), out LeakSegment[]? before);
        LeakSegment[] now = [.. findings.Select(finding => LeakSegment.Of(finding)).Distinct()];
        int started = now.Count(segment => !running.ContainsKey(segment));
        if (
            (!wasShown && shown.Count >= routesMax)
            || running.Count + ended.Count + started > episodesMax
        )
        {
            // What the peer showed before is replaced all the same.
            LeftOut++;
            Withdrawn(at, peer, prefix);
            return;
        }

        foreach (LeakFinding finding in findings)
        {
            var segment = LeakSegment.Of(finding);
            if (!running.TryGetValue(segment, out Running? episode))
            {
                running[segment] = episode = new Running(at, isBaseline);
            }

            episode.Add(finding, prefix, peer.Asn, origin);
        }

        // First what is new, then what is gone, so that a route that stays in a segment does not end it.
        foreach (LeakSegment segment in now.Except(before ?? []))
        {
            running[segment].Enter();
        }

        shown[(peer, prefix)] = now;
        foreach (LeakSegment segment in (before ?? []).Except(now))
        {
            Leave(at, segment, isSeen: true);
        }
    }

    public void Withdrawn(Instant at, in BgpPeer peer, IpPrefix prefix)
    {
        if (shown.Remove((peer, prefix), out LeakSegment[]? segments))
        {
            foreach (LeakSegment segment in segments)
            {
                Leave(at, segment, isSeen: true);
            }
        }
    }

    /// <summary>The session with a peer was lost: its routes are gone from sight, which says nothing of the leak.</summary>
    public void PeerLost(Instant at, BgpPeer peer)
    {
        foreach (
            (BgpPeer Peer, IpPrefix Prefix) key in shown
                .Keys.Where(key => key.Peer == peer)
                .OrderBy(key => key.Prefix)
                .ToArray()
        )
        {
            shown.Remove(key, out LeakSegment[]? segments);
            foreach (LeakSegment segment in segments!)
            {
                Leave(at, segment, isSeen: false);
            }
        }
    }

    /// <summary>All episodes, those that are over and those that are open, by onset and segment.</summary>
    public IReadOnlyList<LeakEpisode> All() =>
        [
            .. ended
                .Concat(running.Select(pair => pair.Value.Episode(pair.Key, LeakEnd.Open, null)))
                .OrderBy(episode => episode.Since)
                .ThenBy(episode => episode.Segment),
        ];

    /// <summary>The episodes that are over, by onset and segment; they are forgotten here.</summary>
    public IReadOnlyList<LeakEpisode> TakeEnded()
    {
        LeakEpisode[] taken =
        [
            .. ended.OrderBy(episode => episode.Since).ThenBy(episode => episode.Segment),
        ];
        ended.Clear();
        return taken;
    }

    private void Leave(Instant at, LeakSegment segment, bool isSeen)
    {
        Running episode = running[segment];
        if (episode.Leave() == 0)
        {
            running.Remove(segment);
            ended.Add(episode.Episode(segment, isSeen ? LeakEnd.Ended : LeakEnd.OutOfSight, at));
        }
    }

    private sealed class Running(Instant since, bool isOlder)
    {
        private readonly SortedDictionary<(LeakKind, LeakBasis), LeakFinding> findings = [];
        private readonly HashSet<IpPrefix> prefixes = [];
        private readonly HashSet<Asn> peers = [];
        private readonly HashSet<Asn> origins = [];
        private int routes;
        private int routesMost;

        public void Add(in LeakFinding finding, IpPrefix prefix, Asn peer, Asn? origin)
        {
            findings.TryAdd((finding.Kind, finding.Basis), finding);
            prefixes.Add(prefix);
            peers.Add(peer);
            if (origin is { } known)
            {
                origins.Add(known);
            }
        }

        public void Enter() => routesMost = Math.Max(routesMost, ++routes);

        public int Leave() => --routes;

        public LeakEpisode Episode(LeakSegment segment, LeakEnd end, Instant? until) =>
            new(
                segment,
                [.. findings.Values],
                since,
                isOlder,
                end,
                until,
                [.. prefixes.Order()],
                [.. peers.OrderBy(peer => peer.Number)],
                [.. origins.OrderBy(origin => origin.Number)],
                routesMost
            );
    }
}
