using System.Net;
using Breakwater.Signals;

namespace Breakwater.Feeds;

/// <summary>Where routers are listened to, and what they may ask of us.</summary>
/// <param name="Address">Bound to exactly this; nothing is bound that was not named.</param>
public sealed record BmpSettings(IPEndPoint Address)
{
    /// <summary>Only these routers are let in; empty lets in any, which is for closed networks.</summary>
    public IReadOnlyList<IPAddress> Routers { get; init; } = [];

    /// <summary>Connections at one time; those beyond are closed at once.</summary>
    public int RoutersMax { get; init; } = 64;

    /// <summary>Tables of one router: global, routing instances, before and after policy.</summary>
    public int TablesMax { get; init; } = 64;

    /// <summary>A router that sends nothing for this long is taken for dead. Routers send statistics in shorter intervals.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>What one router gave, over all its connections.</summary>
/// <param name="Name">What its Initiation says (RFC 7854 section 4.3), or null.</param>
/// <param name="LastFailure">Why the latest connection ended.</param>
public sealed record BmpRouter(
    string Address,
    string? Name,
    int Connections,
    long Messages,
    long Skipped,
    long Faults,
    int Sessions,
    string? LastFailure,
    FeedStatus Health,
    IReadOnlyList<FeedGap> Gaps,
    IReadOnlyList<Segment> Segments
);
