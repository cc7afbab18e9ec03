using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// The routes that peers hold, replayed from their messages, with the values of each series at the end of each bin.
/// A session that goes down says nothing about its routes: they are set aside as stale, which is neither held nor lost.
/// </summary>
internal sealed class RoutingReplay : IRouteVisitor
{
    public const int BinSeconds = 300;

    /// <summary>A month of bins. A record further from the first one has a wrong time, or belongs to another reading.</summary>
    public const int BinsMax = 31 * 288;

    /// <summary>Twice the present table of both families; a file that names more is hostile.</summary>
    public const int PrefixesMax = 3_000_000;

    // Sensing: shorter prefixes are leaks of defaults, not routes.
    private const int LengthMin = 6;

    // A peer that is back sends its whole table within minutes; what it has not repeated by then, it no longer holds.
    private const int BinsUntilStaleIsGone = 6;

    private readonly Dictionary<(string Feed, BgpPeer Peer), RoutingPeer> peers = [];
    private readonly Dictionary<IpPrefix, PrefixTrace> prefixes = [];
    private readonly Dictionary<uint, OriginTrace> origins = [];
    private readonly List<PrefixTrace> touchedPrefixes = [];
    private readonly HashSet<OriginTrace> touchedOrigins = [];
    private readonly List<bool> binHasRecords = [];
    private int input;
    private string feed = "";
    private long firstBinAt;
    private int bin = -1;
    private bool isOutside;
    private long resets;
    private long recordsOutside;
    private long routesBeyondLimit;
    private long localMessages;

    /// <summary>True once a table dump was read.</summary>
    public bool HasBaseline { get; private set; }

    public IReadOnlyCollection<PrefixTrace> Prefixes => prefixes.Values;

    public IReadOnlyCollection<OriginTrace> Origins => origins.Values;

    public PrefixTrace? Find(IpPrefix prefix) => prefixes.GetValueOrDefault(prefix);

    public OriginTrace? Find(Asn origin) => origins.GetValueOrDefault(origin.Number);

    public void Begin(int inputIndex, string feedName, in MrtRecord record)
    {
        (input, feed) = (inputIndex, feedName);
        long at = record.Seconds / BinSeconds;
        if (bin < 0)
        {
            firstBinAt = at;
            bin = 0;
            binHasRecords.Add(false);
        }

        // Order holds only within one peer; a record of a bin already closed counts in the open one.
        long next = at - firstBinAt;
        isOutside = next >= BinsMax || next < -BinsMax;
        if (isOutside)
        {
            recordsOutside++;
            return;
        }

        while (bin < next)
        {
            Close();
            bin++;
            binHasRecords.Add(false);
        }

        binHasRecords[bin] = true;
    }

    public void End()
    {
        if (bin >= 0)
        {
            Close();
        }
    }

    public IEnumerable<string> Notes()
    {
        if (resets > 0)
        {
            yield return Text(
                $"peer_reset: {resets} sessions went down; their routes count as unknown"
            );
        }

        if (recordsOutside > 0)
        {
            yield return Text(
                $"{recordsOutside} records are more than 31 days from the first and were left out"
            );
        }

        if (routesBeyondLimit > 0)
        {
            yield return Text(
                $"{routesBeyondLimit} routes past {PrefixesMax} prefixes were left out"
            );
        }

        if (localMessages > 0)
        {
            yield return Text($"{localMessages} routes sent by the collector itself were left out");
        }
    }

    /// <summary>One sample a bin: the value at its end; null before anything was heard and where no record was read.</summary>
    public IReadOnlyList<Sample> Samples(IReadOnlyList<RoutingTrace.Change> changes)
    {
        var samples = new Sample[binHasRecords.Count];
        int next = 0;
        for (int at = 0; at < samples.Length; at++)
        {
            while (next < changes.Count && changes[next].Bin <= at)
            {
                next++;
            }

            bool isKnown = next > 0 && binHasRecords[at];
            samples[at] = new Sample(
                Instant.FromUnixTimeSeconds((firstBinAt + at) * BinSeconds),
                isKnown ? changes[next - 1].Value : null,
                isKnown ? changes[next - 1].Row : 0
            );
        }

        return samples;
    }

    public void Announced(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes
    ) => Hold(record, peer, nlri, attributes, isUpdate: true);

    public void RibEntry(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        uint originatedAt
    )
    {
        HasBaseline = true;
        Hold(record, peer, nlri, attributes, isUpdate: false);
    }

    public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri)
    {
        if (IsCounted(record, nlri) && TraceOf(nlri.Prefix) is { } trace)
        {
            RoutingPeer from = PeerOf(peer);
            trace.Note(input, record, isUpdate: true);
            Touch(trace);
            uint pathId = nlri.PathId ?? 0;
            int at = trace.Routes.FindIndex(route => route.Peer == from && route.PathId == pathId);
            if (at >= 0)
            {
                Drop(trace, at, record, isUpdate: true);
            }
        }
    }

    public void StateChanged(
        in MrtRecord record,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        if (isOutside)
        {
            return;
        }

        RoutingPeer session = PeerOf(peer);
        if (to == SessionState.Established)
        {
            session.UpSinceBin = bin;
        }
        else if (from == SessionState.Established)
        {
            resets++;
            session.Epoch++;
            session.UpSinceBin = int.MaxValue;
            foreach (PrefixTrace trace in session.Held)
            {
                trace.Note(input, record, isUpdate: false);
                Touch(trace);
            }

            session.Stale.UnionWith(session.Held);
            session.Held.Clear();
        }
    }

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);

    private bool IsCounted(in MrtRecord record, in Nlri nlri)
    {
        if (record.IsLocal)
        {
            localMessages++;
            return false;
        }

        return !isOutside
            && nlri.Length >= LengthMin
            && nlri.Family is RouteFamily.IPv4Unicast or RouteFamily.IPv6Unicast;
    }

    private void Hold(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        in PathAttributes attributes,
        bool isUpdate
    )
    {
        if (!IsCounted(record, nlri) || TraceOf(nlri.Prefix) is not { } trace)
        {
            return;
        }

        RoutingPeer from = PeerOf(peer);
        OriginTrace? origin = attributes.AsPath.TryOrigin(out Asn asn) ? TraceOf(asn) : null;
        uint pathId = nlri.PathId ?? 0;
        trace.Note(input, record, isUpdate);
        Touch(trace);
        int at = trace.Routes.FindIndex(held => held.Peer == from && held.PathId == pathId);
        var route = new HeldRoute(from, from.Epoch, pathId, origin);
        from.UpSinceBin = Math.Min(from.UpSinceBin, bin);
        origin?.Note(input, record, isUpdate);
        if (at >= 0 && trace.Routes[at].Origin == origin)
        {
            trace.Routes[at] = route;
            from.Held.Add(trace);
            return;
        }

        if (at >= 0)
        {
            // RFC 4271 section 9.1.4: a new route of the same peer replaces the old one.
            Drop(trace, at, record, isUpdate);
        }

        trace.Routes.Add(route);
        from.Held.Add(trace);
        if (origin is not null)
        {
            origin.Routes[trace.Prefix] = origin.Routes.GetValueOrDefault(trace.Prefix) + 1;
            touchedOrigins.Add(origin);
        }
    }

    private void Drop(PrefixTrace trace, int at, in MrtRecord record, bool isUpdate)
    {
        HeldRoute route = trace.Routes[at];
        route.Origin?.Note(input, record, isUpdate);
        Drop(trace, at);
    }

    private void Drop(PrefixTrace trace, int at)
    {
        HeldRoute route = trace.Routes[at];
        trace.Routes.RemoveAt(at);
        if (!trace.Routes.Exists(other => other.Peer == route.Peer))
        {
            route.Peer.Held.Remove(trace);
            route.Peer.Stale.Remove(trace);
        }

        if (route.Origin is { } origin)
        {
            touchedOrigins.Add(origin);
            int left = origin.Routes[trace.Prefix] - 1;
            if (left == 0)
            {
                origin.Routes.Remove(trace.Prefix);
            }
            else
            {
                origin.Routes[trace.Prefix] = left;
            }
        }
    }

    private void Close()
    {
        foreach (RoutingPeer peer in peers.Values)
        {
            if (peer.Stale.Count > 0 && bin - (long)peer.UpSinceBin >= BinsUntilStaleIsGone)
            {
                DropStale(peer);
            }
        }

        foreach (PrefixTrace trace in touchedPrefixes)
        {
            trace.Take(bin);
        }

        foreach (OriginTrace trace in touchedOrigins)
        {
            trace.Take(bin);
        }

        touchedPrefixes.Clear();
        touchedOrigins.Clear();
    }

    private void DropStale(RoutingPeer peer)
    {
        foreach (PrefixTrace trace in peer.Stale.ToList())
        {
            Touch(trace);
            for (int at = trace.Routes.Count - 1; at >= 0; at--)
            {
                if (trace.Routes[at].Peer == peer && trace.Routes[at].IsStale)
                {
                    Drop(trace, at);
                }
            }
        }

        peer.Stale.Clear();
    }

    private void Touch(PrefixTrace trace)
    {
        if (!trace.IsTouched)
        {
            trace.IsTouched = true;
            touchedPrefixes.Add(trace);
        }
    }

    private RoutingPeer PeerOf(in BgpPeer peer)
    {
        if (!peers.TryGetValue((feed, peer), out RoutingPeer? known))
        {
            known = new RoutingPeer(peer.Asn);
            peers.Add((feed, peer), known);
        }

        return known;
    }

    private PrefixTrace? TraceOf(IpPrefix prefix)
    {
        if (!prefixes.TryGetValue(prefix, out PrefixTrace? trace))
        {
            if (prefixes.Count == PrefixesMax)
            {
                routesBeyondLimit++;
                return null;
            }

            trace = new PrefixTrace(prefix);
            prefixes.Add(prefix, trace);
        }

        return trace;
    }

    private OriginTrace TraceOf(Asn asn)
    {
        if (!origins.TryGetValue(asn.Number, out OriginTrace? trace))
        {
            trace = new OriginTrace(asn);
            origins.Add(asn.Number, trace);
        }

        return trace;
    }
}
