using Breakwater.Bgp;
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
}

internal sealed record FollowedRouter(
    string Address,
    string? Name,
    int Connections,
    string? LastFailure
);

/// <summary>Counts what is heard, as <c>bgp count</c> counts what is read.</summary>
internal sealed class LiveCount
{
    private readonly RecordDecoder decoder = new(new MrtFaults());
    private Counter counter;

    public long Announcements => counter.Announcements;

    public long Withdrawals => counter.Withdrawals;

    public long StateChanges => counter.StateChanges;

    public long Elements => Announcements + Withdrawals;

    /// <summary>Records that no segment kept.</summary>
    public long Unkept { get; private set; }

    public void Hear(string feed, in SegmentPlace place, ReadOnlySpan<byte> records)
    {
        int count = decoder.DecodeAppended(records, place.Index, place.Offset, ref counter);
        Unkept += place.Path is null ? count : 0;
    }

    private struct Counter : IRouteVisitor
    {
        public long Announcements;
        public long Withdrawals;
        public long StateChanges;

        public void Announced(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes
        ) => Announcements++;

        public void Withdrawn(in MrtRecord record, in BgpPeer peer, in Nlri nlri) => Withdrawals++;

        public readonly void RibEntry(
            in MrtRecord record,
            in BgpPeer peer,
            in Nlri nlri,
            in PathAttributes attributes,
            uint originatedAt
        ) { }

        public void StateChanged(
            in MrtRecord record,
            in BgpPeer peer,
            SessionState from,
            SessionState to
        ) => StateChanges++;
    }
}
