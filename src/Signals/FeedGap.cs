using NodaTime;

namespace Breakwater.Signals;

/// <summary>How well a feed sees. Every state but <see cref="Healthy"/> takes the feed out of judgement; none means "down".</summary>
public enum FeedState
{
    Healthy,

    /// <summary>What it gives is late.</summary>
    Lagging,

    /// <summary>Part of what it should give is missing: messages were dropped, peers are gone, or the rate collapsed.</summary>
    Degraded,

    /// <summary>It gives nothing.</summary>
    Blind,
}

/// <summary>A stretch in which a feed was not healthy: nothing may be concluded from its silence.</summary>
/// <param name="Feed">As named by the one who opened it: a collector, a stream, a router.</param>
/// <param name="From">The last moment at which it was known to see.</param>
/// <param name="To">The moment from which it sees again; for a stretch that is not over, the latest time known.</param>
/// <param name="State">Never <see cref="FeedState.Healthy"/>.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record FeedGap(string Feed, Instant From, Instant To, FeedState State, string Reason);

/// <summary>The health of a feed at one moment, with the figures that it was judged by.</summary>
/// <param name="Since">When this state began.</param>
/// <param name="Reasons">Empty when healthy.</param>
/// <param name="LastHeard">Arrival of the last message; null before the first.</param>
/// <param name="LagSeconds">How late the last message was.</param>
/// <param name="LivePeers">Peers that are up and not stale; only these count in a quorum.</param>
/// <param name="StalePeers">Peers that were heard and are silent for too long, without having said that they are down.</param>
/// <param name="MedianLivePeers">Null while the history is too short.</param>
/// <param name="MedianPerMinute">Messages with routes per minute; null while the history is too short.</param>
/// <param name="LastMinute">Messages with routes in the last whole minute.</param>
public sealed record FeedStatus(
    string Feed,
    FeedState State,
    Instant Since,
    IReadOnlyList<string> Reasons,
    Instant? LastHeard,
    double LagSeconds,
    long Messages,
    long Dropped,
    long Spilled,
    int LivePeers,
    int StalePeers,
    int? MedianLivePeers,
    int? MedianPerMinute,
    int LastMinute
);
