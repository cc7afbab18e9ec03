using Breakwater.Disruptions;
using Breakwater.Feeds;
using Breakwater.Signals;

namespace Breakwater.App.Verbs;

/// <summary>What <c>bgp follow</c> tells at its end.</summary>
internal sealed record FollowSummary
{
    public required long Messages { get; init; }
    public required long Elements { get; init; }
    public required long Announcements { get; init; }
    public required long Withdrawals { get; init; }
    public required long StateChanges { get; init; }

    /// <summary>Messages that could not be used, or not wholly.</summary>
    public required long Malformed { get; init; }

    /// <summary>Messages whose octets and JSON were compared, and those in which they disagree.</summary>
    public long Compared { get; init; }
    public long Disagreements { get; init; }
    public required int Reconnects { get; init; }

    /// <summary>Records that no segment could keep.</summary>
    public required long Refused { get; init; }
    public required string? Trouble { get; init; }
    public required IReadOnlyList<FeedStatus> Health { get; init; }

    /// <summary>Stretches in which a feed was not healthy.</summary>
    public required IReadOnlyList<FeedGap> Gaps { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
    public required IReadOnlyList<FollowedRouter> Routers { get; init; }
    public required IReadOnlyList<Segment> Segments { get; init; }

    /// <summary>Hijacks among what was heard.</summary>
    public required IReadOnlyList<Disruption> Disruptions { get; init; }
    public required IReadOnlyList<SetAside> SetAside { get; init; }
}

internal sealed record FollowedRouter(
    string Address,
    string? Name,
    int Connections,
    string? LastFailure
);
