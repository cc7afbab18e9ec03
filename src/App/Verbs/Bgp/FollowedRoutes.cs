using Breakwater.Bgp;
using Breakwater.Disruptions;
using Breakwater.Feeds;
using Breakwater.Signals;

namespace Breakwater.App.Verbs;

/// <summary>What live messages make of the table: counted as <c>bgp count</c> counts, and watched for departures of origins.</summary>
internal sealed class FollowedRoutes
{
    private readonly RecordDecoder decoder = new(new MrtFaults());
    private readonly LiveRoutes routes = new();
    private readonly List<string> files = [];
    private readonly HashSet<string> told = [];
    private readonly Lock gate = new();
    private Counting counting;

    public FollowedRoutes() => counting = new Counting(routes);

    public long Announcements => counting.Announcements;

    public long Withdrawals => counting.Withdrawals;

    public long StateChanges => counting.StateChanges;

    public long Elements => Announcements + Withdrawals;

    /// <summary>Records that no segment kept.</summary>
    public long Unkept { get; private set; }

    public void Hear(string feed, in SegmentPlace place, ReadOnlySpan<byte> records)
    {
        lock (gate)
        {
            string file = place.Path is null ? "" : Path.GetFileName(place.Path);
            int at = files.LastIndexOf(file);
            if (at < 0)
            {
                at = files.Count;
                files.Add(file);
            }

            routes.From(at, feed);
            int count = decoder.DecodeAppended(records, place.Index, place.Offset, ref counting);
            Unkept += place.Path is null ? count : 0;
        }
    }

    /// <param name="segments">Those that are closed; evidence in others has no hash yet.</param>
    public Detection Detect(IReadOnlyList<Segment> segments, IReadOnlyList<FeedGap> gaps)
    {
        lock (gate)
        {
            Dictionary<string, string> sha256 = segments.ToDictionary(
                segment => Path.GetFileName(segment.File),
                segment => segment.Sha256,
                StringComparer.Ordinal
            );
            return DisruptionsFromSignals.Detect(
                SignalsFromRoutes.Of(
                    routes.Origins,
                    [
                        .. files.Select(file => new RouteSource(
                            file,
                            sha256.GetValueOrDefault(file, "")
                        )),
                    ],
                    DepartureContext.Nothing
                ),
                DetectorProfile.Default,
                gaps: gaps
            );
        }
    }

    /// <summary>A line for each hijack that was not told before.</summary>
    public IReadOnlyList<string> News() =>
        [
            .. Detect([], [])
                .Disruptions.Where(disruption =>
                    disruption.Routing is { } routing
                    && told.Add($"{routing.Prefix} {string.Join(' ', routing.SuspectOrigins)}")
                )
                .Select(disruption =>
                    $"{disruption.State} hijack: {disruption.Routing!.Prefix} announced by {string.Join(", ", disruption.Routing.SuspectOrigins)} instead of {string.Join(", ", disruption.Routing.ExpectedOrigins)} since {disruption.Start}, seen by {disruption.Routing.PeersSeen} of {disruption.Routing.PeersHearing} peer ASes"
                ),
        ];

    private struct Counting(LiveRoutes routes) : IRouteVisitor
    {
        public long Announcements;
        public long Withdrawals;
        public long StateChanges;

        public void Announced(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes
        )
        {
            Announcements++;
            routes.Announced(record, peer, nlri, attributes);
        }

        public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri)
        {
            Withdrawals++;
            routes.Withdrawn(record, peer, nlri);
        }

        public readonly void RibEntry(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes,
            uint originatedAt
        ) => routes.RibEntry(record, peer, nlri, attributes, originatedAt);

        public void StateChanged(
            in MrtRecord record,
            in BgpPeer peer,
            SessionState from,
            SessionState to
        )
        {
            StateChanges++;
            routes.StateChanged(record, peer, from, to);
        }
    }
}
