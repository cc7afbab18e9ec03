using System.Globalization;
using Breakwater.Bgp;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// Judges one live feed from what arrives and from what does not: a fold over messages, drops, connections and time.
/// Pure: the same calls give the same states and gaps. Memory is bounded by the number of peers and by the profile.
/// </summary>
/// <param name="startedAt">From when on the feed should be heard.</param>
public sealed class FeedHealth(string feed, Instant startedAt, FeedHealthProfile profile)
{
    // Often enough that a change of state is known well before a minute is over.
    private const int TickSeconds = 10;

    private readonly FeedPeers peers = new(profile);
    private readonly FeedLevel rate = new(profile);
    private readonly FeedLevel livePeers = new(profile);
    private readonly FeedStretches stretches = new(feed, startedAt);
    private readonly List<string> notes = [];
    private Instant now = startedAt;
    private Instant nextTick = AfterTick(startedAt);
    private Instant? lastHeard;
    private Instant? lastDrop;
    private Instant? lastSpill;
    private (Instant At, string Reason)? disconnected;
    private Duration lag;
    private int inTick;
    private int lateInTick;
    private bool isLate;
    private int inMinute;
    private int lastMinute;
    private int thinMinutes;
    private bool fewPeers;
    private bool isWholeMinute;

    public long Messages { get; private set; }

    public long Dropped { get; private set; }

    public long Spilled { get; private set; }

    public FeedState State => stretches.State;

    /// <summary>What changed in the way the feed is judged, such as a lower rate accepted as normal.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>A message arrived.</summary>
    /// <param name="arrivedAt">By the clock of the receiver.</param>
    /// <param name="eventAt">By the clock of the collector.</param>
    /// <param name="carriesRoutes">False for keepalives, statistics and the like: they show life but no routes.</param>
    public void Heard(
        Instant arrivedAt,
        Instant eventAt,
        in BgpPeer peer,
        bool carriesRoutes = true
    )
    {
        bool wasBlind = lastHeard is null || State == FeedState.Blind;
        Advance(arrivedAt);
        Messages++;
        lastHeard = now;
        lag = arrivedAt - eventAt;
        inTick++;
        lateInTick += lag > Duration.FromSeconds(profile.LaggingAfterSeconds) ? 1 : 0;
        inMinute += carriesRoutes ? 1 : 0;
        peers.Heard(now, peer);
        if (wasBlind || State == FeedState.Blind)
        {
            Judge();
        }
    }

    /// <summary>A message that belongs to no peer arrived, such as the greeting of a router.</summary>
    public void Heard(Instant arrivedAt)
    {
        Advance(arrivedAt);
        lastHeard = now;
        Judge();
    }

    /// <summary>Messages were lost for good at the receiver.</summary>
    public void Drop(Instant at, long count)
    {
        Advance(at);
        Dropped += count;
        lastDrop = now;
        Judge();
    }

    /// <summary>Messages were put aside because whoever uses them cannot keep up; they are kept and come late.</summary>
    public void Spill(Instant at, long count)
    {
        Advance(at);
        Spilled += count;
        lastSpill = now;
        Judge();
    }

    /// <summary>The connection ended; what the feed says until it is back is lost.</summary>
    public void Disconnect(Instant at, string reason)
    {
        Advance(at);
        disconnected ??= (now, reason);
        Judge();
    }

    public void Connect(Instant at)
    {
        Advance(at);
        disconnected = null;
        Judge();
    }

    /// <summary>The session between the collector and a peer ended.</summary>
    public void PeerDown(Instant at, in BgpPeer peer)
    {
        Advance(at);
        peers.Down(peer);
    }

    /// <summary>True when the peer counts in a quorum: heard, not stale and not down.</summary>
    public bool IsLive(in BgpPeer peer) => peers.IsLive(peer);

    /// <summary>Time passes; whoever owns the feed calls it at least each ten seconds, or silence is noticed late.</summary>
    public void Advance(Instant at)
    {
        if (at <= now)
        {
            return; // A clock that steps back does not undo what was judged.
        }

        while (nextTick <= at)
        {
            now = nextTick;
            Tick();
            // Nothing changes while a feed stays silent, except that its peers grow stale.
            nextTick =
                State == FeedState.Blind
                    ? AfterTick(at)
                    : nextTick + Duration.FromSeconds(TickSeconds);
        }

        now = at;
        if (State != FeedState.Blind && IsSilent)
        {
            Judge();
        }
    }

    public FeedStatus Status(Instant at)
    {
        Advance(at);
        peers.Judge(now);
        return new FeedStatus(
            feed,
            State,
            stretches.Since,
            stretches.Reasons,
            lastHeard,
            Math.Round(lag.TotalSeconds, 3),
            Messages,
            Dropped,
            Spilled,
            peers.Live,
            peers.Stale,
            livePeers.Median,
            rate.Median,
            lastMinute
        );
    }

    /// <summary>Every stretch in which the feed was not healthy, in order; the last one may still last.</summary>
    public IReadOnlyList<FeedGap> Gaps(Instant until)
    {
        Advance(until);
        return stretches.Until(now, profile.BlindAfter);
    }

    private Instant SilentSince => lastHeard ?? stretches.StartedAt;

    private bool IsSilent => now - SilentSince >= profile.BlindAfter;

    private void Tick()
    {
        if (inTick > 0)
        {
            isLate = 2 * lateInTick > inTick;
            (inTick, lateInTick) = (0, 0);
        }

        if (now.ToUnixTimeSeconds() % 60 == 0)
        {
            Minute();
        }

        Judge();
    }

    private void Minute()
    {
        peers.Judge(now);
        lastMinute = inMinute;
        inMinute = 0;
        if (!isWholeMinute || IsSilent)
        {
            // The minute of the start is cut; a blind minute teaches nothing.
            isWholeMinute = true;
            thinMinutes = 0;
            return;
        }

        bool isThin =
            rate.Median >= profile.BusyMessagesPerMinute
            && lastMinute < rate.Median * profile.ThinningShare;
        thinMinutes = isThin ? thinMinutes + 1 : 0;
        fewPeers = peers.Live < livePeers.Median * profile.LivePeerShareMinimum;
        bool isRateAccepted = rate.Learn(lastMinute, isThin);
        bool arePeersAccepted = livePeers.Learn(peers.Live, fewPeers);
        thinMinutes = isRateAccepted ? 0 : thinMinutes;
        fewPeers &= !arePeersAccepted;
        if (isRateAccepted || arePeersAccepted)
        {
            Note(isRateAccepted ? "message rate" : "number of live peers");
        }
    }

    private void Note(string level)
    {
        const int notesMax = 100;
        if (notes.Count < notesMax)
        {
            notes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{now}: the lower {level} of the last {profile.AcceptAfterMinutes} minutes is taken for normal from now on"
                )
            );
        }
    }

    private void Judge()
    {
        stretches.Begin();
        string? cut = disconnected is { } cause ? $"not connected: {cause.Reason}" : null;
        if (lastHeard is null || IsSilent)
        {
            string silence = lastHeard is null
                ? "nothing heard yet"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"no message for {profile.BlindAfterSeconds} s"
                );
            stretches.Claim(
                FeedState.Blind,
                SilentSince,
                cut is null ? silence : $"{silence}, {cut}"
            );
        }
        else if (cut is not null)
        {
            stretches.Claim(FeedState.Degraded, disconnected!.Value.At, cut);
        }

        if (now - lastDrop < Duration.FromSeconds(profile.DropHoldSeconds))
        {
            stretches.Claim(FeedState.Degraded, lastDrop!.Value, "messages were dropped");
        }

        if (fewPeers)
        {
            stretches.Claim(FeedState.Degraded, now, "live peers far below their median");
        }

        if (thinMinutes >= profile.ThinningMinutes)
        {
            stretches.Claim(
                FeedState.Degraded,
                now - Duration.FromMinutes(thinMinutes),
                "message rate far below its median"
            );
        }

        if (isLate)
        {
            stretches.Claim(FeedState.Lagging, now, "messages arrive late");
        }

        if (now - lastSpill < Duration.FromSeconds(profile.LaggingAfterSeconds))
        {
            stretches.Claim(FeedState.Lagging, lastSpill!.Value, "the queue was full");
        }

        stretches.Settle(now);
    }

    private static Instant AfterTick(Instant at) =>
        Instant.FromUnixTimeSeconds((at.ToUnixTimeSeconds() / TickSeconds + 1) * TickSeconds);
}
