using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Tests.Bgp;

/// <summary>The table as a dictionary, written without regard to speed: what <see cref="RouteTable"/> must agree with.</summary>
internal sealed class TableModel(string feed) : IRouteVisitor
{
    public Dictionary<
        (string Feed, BgpPeer Peer, IpPrefix Prefix, uint PathId),
        Route
    > Routes { get; init; } = [];

    public sealed record Route(string Path, bool IsStale);

    public TableModel Of(string other) => new(other) { Routes = Routes };

    public List<string> Lines() =>
        [.. Routes.Select(route => Line(route.Key, route.Value)).Order(StringComparer.Ordinal)];

    public static List<string> Lines(RouteTable table)
    {
        List<string> lines = [];
        for (int prefix = 0; prefix < table.Prefixes.Count; prefix++)
        {
            foreach (HeldRoute route in table.RoutesOf(prefix))
            {
                var key = (
                    table.Peers.FeedName(table.Peers.FeedOf(route.Peer)),
                    table.Peers[route.Peer],
                    table.Prefixes[prefix],
                    route.PathId
                );
                string path = string.Join(' ', table.Paths.Asns(route.Path).ToArray());
                lines.Add(Line(key, new Route(path, route.IsStale)));
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    ) =>
        Routes[(feed, peer, nlri.Prefix, nlri.PathId ?? 0)] = new Route(
            Heard.Path(attributes),
            false
        );

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) =>
        Routes.Remove((feed, peer, nlri.Prefix, nlri.PathId ?? 0));

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    ) => Announced(record, peer, nlri, attributes);

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        if (from == SessionState.Established && to != SessionState.Established)
        {
            foreach (var key in Routes.Keys.ToList())
            {
                if (key.Feed == feed && key.Peer == peer)
                {
                    Routes[key] = Routes[key] with { IsStale = true };
                }
            }
        }
    }

    private static string Line((string, BgpPeer, IpPrefix, uint) key, Route route) =>
        $"{key} {route.Path} {route.IsStale}";
}
