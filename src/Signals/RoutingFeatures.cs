using System.Globalization;
using Breakwater.Bgp;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// How much the routes that a collector hears move, minute by minute of event time: volume, repetition, length and change
/// of paths, and how evenly it is spread. They show storms of routing; none of them is a loss, whichever way it goes.
/// </summary>
/// <remarks>
/// The set follows what has been used to tell worms and blackouts from usual days: L. Li and others, Al-Rousan and
/// Trajković 2012, and the public description of the SFU data sets. An element is one unicast prefix announced or withdrawn
/// by one peer. Elements of a table transfer, in which a peer repeats its table after its session was set up, are counted apart
/// and in no other metric. Minutes without any record are gaps.
/// </remarks>
public static class RoutingFeatures
{
    /// <summary>UPDATE messages that announce a prefix.</summary>
    public const string Announcements = "bgp_announcements";

    /// <summary>UPDATE messages that withdraw a prefix.</summary>
    public const string Withdrawals = "bgp_withdrawals";

    /// <summary>Elements announced.</summary>
    public const string AnnouncedPrefixes = "bgp_announced_prefixes";

    /// <summary>Elements withdrawn.</summary>
    public const string WithdrawnPrefixes = "bgp_withdrawn_prefixes";

    /// <summary>Mean AS path length of announced elements, in AS numbers: a set is one, prepending counts (RFC 4271 section 9.1.2.2).</summary>
    public const string PathLengthMean = "bgp_path_length_mean";

    /// <summary>Longest AS path of an announced element.</summary>
    public const string PathLengthMaximum = "bgp_path_length_max";

    /// <summary>Mean length of the distinct AS paths announced, each taken once.</summary>
    public const string UniquePathLengthMean = "bgp_unique_path_length_mean";

    /// <summary>Elements announced with the AS path that the same peer already held for the prefix; other attributes may differ.</summary>
    public const string DuplicateAnnouncements = "bgp_duplicate_announcements";

    /// <summary>Elements announced with another AS path than the same peer held for the prefix.</summary>
    public const string ImplicitWithdrawals = "bgp_implicit_withdrawals";

    /// <summary>Elements withdrawn of which the peer held no route, as far as known.</summary>
    public const string DuplicateWithdrawals = "bgp_duplicate_withdrawals";

    /// <summary>Mean edit distance, in AS numbers put in, taken out or replaced, between old and new path of implicit withdrawals.</summary>
    public const string EditDistanceMean = "bgp_edit_distance_mean";

    /// <summary>Greatest edit distance of an implicit withdrawal.</summary>
    public const string EditDistanceMaximum = "bgp_edit_distance_max";

    /// <summary>Announcing messages with ORIGIN IGP.</summary>
    public const string OriginIgp = "bgp_origin_igp";

    /// <summary>Announcing messages with ORIGIN EGP.</summary>
    public const string OriginEgp = "bgp_origin_egp";

    /// <summary>Announcing messages with ORIGIN INCOMPLETE.</summary>
    public const string OriginIncomplete = "bgp_origin_incomplete";

    /// <summary>Mean octets of UPDATE messages with their header; of messages as peers sent them only.</summary>
    public const string MessageOctetsMean = "bgp_message_octets_mean";

    /// <summary>Shannon entropy of elements over peers.</summary>
    public const string PeerEntropy = "bgp_peer_entropy";

    /// <summary>Shannon entropy of announced elements over origin ASes.</summary>
    public const string OriginEntropy = "bgp_origin_entropy";

    /// <summary>Shannon entropy of elements over prefixes.</summary>
    public const string PrefixEntropy = "bgp_prefix_entropy";

    /// <summary>Share of the elements that the busiest peer gave, 0 to 1.</summary>
    public const string BusiestPeerShare = "bgp_busiest_peer_share";

    /// <summary>Elements of table transfers.</summary>
    public const string TableTransferPrefixes = "bgp_table_transfer_prefixes";

    /// <summary>Sessions that left the state Established.</summary>
    public const string SessionResets = "bgp_session_resets";

    public static readonly Duration Step = Duration.FromMinutes(1);

    /// <summary>Every metric with its unit, in the order in which series are given.</summary>
    public static IReadOnlyList<(string Metric, string Unit)> Metrics { get; } =
    [
        (Announcements, "messages"),
        (Withdrawals, "messages"),
        (AnnouncedPrefixes, "elements"),
        (WithdrawnPrefixes, "elements"),
        (PathLengthMean, "AS numbers"),
        (PathLengthMaximum, "AS numbers"),
        (UniquePathLengthMean, "AS numbers"),
        (DuplicateAnnouncements, "elements"),
        (ImplicitWithdrawals, "elements"),
        (DuplicateWithdrawals, "elements"),
        (EditDistanceMean, "AS numbers"),
        (EditDistanceMaximum, "AS numbers"),
        (OriginIgp, "messages"),
        (OriginEgp, "messages"),
        (OriginIncomplete, "messages"),
        (MessageOctetsMean, "octets"),
        (PeerEntropy, "bits"),
        (OriginEntropy, "bits"),
        (PrefixEntropy, "bits"),
        (BusiestPeerShare, "share"),
        (TableTransferPrefixes, "elements"),
        (SessionResets, "sessions"),
    ];

    /// <summary>True for a metric that is about movement of routes, so that its fall is no loss.</summary>
    public static bool IsFeature(string metric) => Metrics.Any(one => one.Metric == metric);

    /// <summary>Reads inputs of any form, merged by time, and gives every metric of every collector among them.</summary>
    /// <param name="baselines">Table dumps to start from, whatever their time.</param>
    public static RoutingRead Read(
        IReadOnlyList<RouteInput> baselines,
        IReadOnlyList<RouteInput> inputs
    )
    {
        ArgumentNullException.ThrowIfNull(baselines);
        ArgumentNullException.ThrowIfNull(inputs);
        RouteInput[] all = [.. baselines, .. inputs];
        MrtDecoder[] decoders = [.. all.Select(input => new MrtDecoder(input.Faults))];
        var feeds = new SortedDictionary<string, FeatureWatch>(StringComparer.Ordinal);
        for (int at = 0; at < baselines.Count; at++)
        {
            while (Next(all, decoders, at, feeds)) { }
        }

        var queue = new PriorityQueue<int, (uint Seconds, int Input)>();
        for (int at = baselines.Count; at < all.Length; at++)
        {
            Enqueue(at);
        }

        while (queue.TryDequeue(out int at, out _))
        {
            if (Next(all, decoders, at, feeds))
            {
                Enqueue(at);
            }
        }

        foreach (FeatureWatch watch in feeds.Values)
        {
            watch.End();
        }

        return new RoutingRead(
            [.. feeds.SelectMany(feed => FeatureSeries.Of(feed.Key, feed.Value, all))],
            [.. all.SelectMany(input => input.InputFaults())],
            [.. feeds.SelectMany(feed => feed.Value.Notes(feed.Key))],
            all.Sum(input => input.Records)
        );

        void Enqueue(int at)
        {
            if (all[at].TryPeekSeconds(out uint seconds))
            {
                queue.Enqueue(at, (seconds, at));
            }
        }
    }

    private static bool Next(
        RouteInput[] all,
        MrtDecoder[] decoders,
        int at,
        SortedDictionary<string, FeatureWatch> feeds
    )
    {
        RouteInput input = all[at];
        if (!input.Read(out MrtRecord record))
        {
            return false;
        }

        input.Records++;
        if (!feeds.TryGetValue(input.Feed, out FeatureWatch? watch))
        {
            watch = new FeatureWatch();
            feeds.Add(input.Feed, watch);
        }

        watch.Begin(at, record);
        decoders[at].Decode(record, ref watch);
        return true;
    }

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
