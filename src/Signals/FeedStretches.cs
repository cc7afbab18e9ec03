using NodaTime;

namespace Breakwater.Signals;

/// <summary>Turns what is claimed about a feed at each judgement into stretches of one state.</summary>
internal sealed class FeedStretches(string feed, Instant startedAt)
{
    /// <summary>Beyond this many, the last stretch grows over what follows: blind is not healthy.</summary>
    private const int Max = 10_000;

    private const int ReasonsMax = 8;

    public Instant StartedAt { get; } = startedAt;

    private readonly List<FeedGap> closed = [];
    private readonly List<string> claimedReasons = [];
    private readonly List<string> reasons = [];
    private readonly SortedSet<string> reasonsOfStretch = new(StringComparer.Ordinal);
    private FeedState claimed;
    private Instant claimedSince;
    private Instant closedUntil = startedAt;

    public FeedState State { get; private set; } = FeedState.Blind;

    public Instant Since { get; private set; } = startedAt;

    /// <summary>Of the latest judgement.</summary>
    public IReadOnlyList<string> Reasons => [.. reasons];

    public void Begin()
    {
        claimed = FeedState.Healthy;
        claimedReasons.Clear();
    }

    /// <summary>The worst claim gives the state; of equal ones the earliest gives the start.</summary>
    public void Claim(FeedState state, Instant since, string reason)
    {
        claimedSince =
            state > claimed ? since
            : state == claimed ? Instant.Min(claimedSince, since)
            : claimedSince;
        claimed = state > claimed ? state : claimed;
        claimedReasons.Add(reason);
    }

    public void Settle(Instant now)
    {
        if (claimed != State)
        {
            // A worse state is often noticed late: it takes back the end of what was thought better before.
            Instant from =
                claimed == FeedState.Healthy ? now
                : State == FeedState.Healthy ? Instant.Max(claimedSince, closedUntil)
                : claimed > State ? Instant.Max(claimedSince, Since)
                : now;
            Close(from);
            State = claimed;
            Since = from;
            reasonsOfStretch.Clear();
        }

        reasons.Clear();
        reasons.AddRange(claimedReasons);
        foreach (string reason in claimedReasons)
        {
            if (reasonsOfStretch.Count < ReasonsMax)
            {
                reasonsOfStretch.Add(reason);
            }
        }
    }

    /// <param name="startMin">The wait for the first message is a gap only when it is this long.</param>
    public IReadOnlyList<FeedGap> Until(Instant now, Duration startMin) =>
        [
            .. (
                State == FeedState.Healthy || now <= Since ? closed : closed.Append(Open(now))
            ).Where(gap =>
                gap.From > StartedAt
                || gap.State != FeedState.Blind
                || gap.To - gap.From >= startMin
            ),
        ];

    private void Close(Instant at)
    {
        if (State == FeedState.Healthy || at <= Since)
        {
            return;
        }

        if (closed.Count == Max)
        {
            closed[^1] = closed[^1] with
            {
                To = at,
                State = (FeedState)Math.Max((int)closed[^1].State, (int)State),
            };
        }
        else
        {
            closed.Add(Open(at));
        }

        closedUntil = at;
    }

    private FeedGap Open(Instant until) =>
        new(
            feed,
            Since,
            until,
            State,
            reasonsOfStretch.Count == 0 ? "nothing heard yet" : string.Join("; ", reasonsOfStretch)
        );
}
