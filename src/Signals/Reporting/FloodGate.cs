using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Reporting;

/// <summary>How many reports one hand may give as reports of their own.</summary>
/// <param name="Reports">Within one window.</param>
/// <param name="Window">Also how long a hand must be silent before it stops counting as a flood.</param>
public sealed record FloodQuota(int Reports, Duration Window)
{
    /// <summary>Behind one address there may be a family or a street, seldom twenty witnesses in an hour.</summary>
    public static FloodQuota Default { get; } = new(20, Duration.FromHours(1));
}

/// <summary>What the gate needs to know of a report.</summary>
/// <param name="Hand">A short-lived keyed mark of the way it came in; never an address.</param>
public sealed record ReportArrival(
    string Hand,
    Place Place,
    string? Network,
    ServiceState State,
    ObserverKind Observer,
    Instant At
);

/// <summary>Reports of one hand that are counted and not kept.</summary>
/// <param name="Place">Null when they are about more places than are kept apart.</param>
public sealed record FloodCount(
    string Hand,
    Place? Place,
    string? Network,
    ServiceState State,
    ObserverKind Observer,
    long Number,
    Instant First,
    Instant Last
);

public enum Admission
{
    /// <summary>Take it as a report.</summary>
    Separate,

    /// <summary>It was counted; nothing more is to be kept of it.</summary>
    Counted,
}

/// <summary>
/// Lets the first reports of each hand through and counts the rest, so that a hundred thousand of one origin are a few
/// reports and a number. It keeps marks in memory alone, up to a limit, and gives equal answers for equal streams.
/// </summary>
public sealed class FloodGate(FloodQuota quota, int handsMax = 100_000)
{
    /// <summary>Lots of one hand that are kept apart; what is about further places is one lot without a place.</summary>
    public const int LotsOfOneHandMax = 32;

    /// <summary>All hands beyond the limit are one: there is no room to tell them apart, and to forget them would let them in.</summary>
    public const string Crowd = "crowd";

    private readonly Dictionary<string, Seen> hands = new(StringComparer.Ordinal);

    private readonly Dictionary<Key, FloodCount> lots = [];

    private Instant? sweptAt;

    /// <summary>How many hands are remembered.</summary>
    public int Hands => hands.Count;

    /// <summary>The same over a whole stream: what is let through, and the lots.</summary>
    public static (IReadOnlyList<ReportArrival> Separate, IReadOnlyList<FloodCount> Lots) Sort(
        IEnumerable<ReportArrival> arrivals,
        FloodQuota quota
    )
    {
        ArgumentNullException.ThrowIfNull(arrivals);
        var gate = new FloodGate(quota);
        ReportArrival[] separate =
        [
            .. arrivals.Where(arrival => gate.Admit(arrival) == Admission.Separate),
        ];
        return (separate, gate.Take());
    }

    /// <summary>Arrivals come in order; one from before the last is taken as of the last.</summary>
    public Admission Admit(ReportArrival arrival)
    {
        ArgumentNullException.ThrowIfNull(arrival);
        Sweep(arrival.At);
        string hand =
            hands.ContainsKey(arrival.Hand) || hands.Count < handsMax ? arrival.Hand : Crowd;
        if (!hands.TryGetValue(hand, out Seen? seen))
        {
            hands[hand] = seen = new Seen(arrival.At);
        }

        if (seen.IsWithin(arrival.At, quota))
        {
            return Admission.Separate;
        }

        Count(hand, seen, arrival);
        return Admission.Counted;
    }

    /// <summary>Undoes what an arrival that was let through took of its hand's quota, because nothing was kept of it.</summary>
    public void GiveBack(ReportArrival arrival)
    {
        ArgumentNullException.ThrowIfNull(arrival);
        if (Of(arrival.Hand) is { } seen)
        {
            seen.GiveBack(quota);
        }
    }

    /// <summary>Takes back a lot that was taken and could not be written down.</summary>
    public void PutBack(FloodCount lot)
    {
        ArgumentNullException.ThrowIfNull(lot);
        if (!hands.TryGetValue(lot.Hand, out Seen? seen))
        {
            hands[lot.Hand] = seen = new Seen(lot.Last);
        }

        Add(seen, lot);
    }

    /// <summary>The lots since the last time, in order; the gate begins new ones.</summary>
    public IReadOnlyList<FloodCount> Take()
    {
        FloodCount[] taken =
        [
            .. lots
                .Values.OrderBy(lot => lot.Hand, StringComparer.Ordinal)
                .ThenBy(lot => lot.First)
                .ThenBy(lot => lot.Place?.Key, StringComparer.Ordinal)
                .ThenBy(lot => lot.Network, StringComparer.Ordinal)
                .ThenBy(lot => lot.State),
        ];
        lots.Clear();
        foreach (Seen seen in hands.Values)
        {
            seen.Lots = 0;
        }

        return taken;
    }

    private Seen? Of(string hand) =>
        hands.GetValueOrDefault(hand) ?? hands.GetValueOrDefault(Crowd);

    private void Count(string hand, Seen seen, ReportArrival arrival) =>
        Add(
            seen,
            new FloodCount(
                hand,
                arrival.Place,
                arrival.Network,
                arrival.State,
                arrival.Observer,
                1,
                arrival.At,
                arrival.At
            )
        );

    private void Add(Seen seen, FloodCount more)
    {
        var key = new Key(more.Hand, more.Place?.Key, more.Network, more.State);
        if (!lots.ContainsKey(key) && seen.Lots >= LotsOfOneHandMax)
        {
            key = new Key(more.Hand, null, null, ServiceState.Unknown);
        }

        if (lots.TryGetValue(key, out FloodCount? lot))
        {
            lots[key] = lot with
            {
                Number = lot.Number + more.Number,
                First = Instant.Min(lot.First, more.First),
                Last = Instant.Max(lot.Last, more.Last),
            };
            return;
        }

        seen.Lots++;
        lots[key] = more with
        {
            Place = key.Place is null ? null : more.Place,
            Network = key.Network,
            State = key.State,
            Observer = key.Place is null ? ObserverKind.Unknown : more.Observer,
        };
    }

    /// <summary>Forgets hands that have been silent, once a window.</summary>
    private void Sweep(Instant now)
    {
        if (sweptAt is { } swept && now - swept < quota.Window)
        {
            return;
        }

        sweptAt = now;
        foreach (
            string silent in hands
                .Where(hand => now - hand.Value.Last >= quota.Window && hand.Value.Lots == 0)
                .Select(hand => hand.Key)
                .ToList()
        )
        {
            hands.Remove(silent);
        }
    }

    private readonly record struct Key(
        string Hand,
        string? Place,
        string? Network,
        ServiceState State
    );

    private sealed class Seen(Instant first)
    {
        private Instant since = first;
        private int count;
        private bool isFlooding;

        public Instant Last { get; private set; } = first;

        public int Lots { get; set; }

        public void GiveBack(FloodQuota quota)
        {
            count = Math.Max(0, count - 1);
            isFlooding &= count > quota.Reports;
        }

        public bool IsWithin(Instant at, FloodQuota quota)
        {
            bool wasSilent = at - Last >= quota.Window;
            Last = Instant.Max(Last, at);
            if (wasSilent || (!isFlooding && at - since >= quota.Window))
            {
                (since, count, isFlooding) = (at, 0, false);
            }

            count = Math.Min(count + 1, quota.Reports + 1);
            isFlooding |= count > quota.Reports;
            return !isFlooding;
        }
    }
}
