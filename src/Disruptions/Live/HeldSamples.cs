using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Samples of one place that leap further ahead of all others than the lateness. A clock that jumped forward looks the same
/// as feeds that resume after a pause, so one waits for a second: of another series, or of its own when no other series
/// went on at the old time meanwhile.
/// </summary>
internal sealed class HeldSamples(Duration lateness)
{
    private const int KeptMax = 256;

    private readonly List<Leap> held = [];

    public int Count => held.Count;

    /// <summary>Samples let go of since this was asked last.</summary>
    public int LetGo { get; private set; }

    public int TakeLetGo()
    {
        int letGo = LetGo;
        LetGo = 0;
        return letGo;
    }

    /// <returns>The samples, in order of time, that stand by each other; empty while this one stands alone.</returns>
    public IReadOnlyList<(SeriesSignal Feed, Sample Sample)> Add(SeriesSignal feed, Sample sample)
    {
        List<Leap> near = held.FindAll(leap => Distance(leap.Sample.At, sample.At) <= lateness);
        bool isConfirmed = near.Exists(leap =>
            leap.Feed.Id != feed.Id || (!leap.IsDoubted && leap.Sample.At != sample.At)
        );
        var one = new Leap(feed, sample);
        if (isConfirmed)
        {
            held.RemoveAll(near.Contains);
            return
            [
                .. near.Append(one)
                    .OrderBy(leap => leap.Sample.At)
                    .ThenBy(leap => leap.Feed.Id, StringComparer.Ordinal)
                    .ThenBy(leap => leap.Sample.Row)
                    .Select(leap => (leap.Feed, leap.Sample)),
            ];
        }

        held.Add(one);
        if (held.Count > KeptMax)
        {
            held.RemoveAt(0);
            LetGo++;
        }

        return [];
    }

    /// <summary>A series went on at the usual time: its own leaps were none, and those of others are in doubt.</summary>
    public void GoesOn(SeriesSignal feed)
    {
        if (held.Count == 0)
        {
            return;
        }

        LetGo += held.RemoveAll(leap => leap.Feed.Id == feed.Id);
        held.ForEach(leap => leap.IsDoubted = true);
    }

    /// <summary>What time has caught up with leaps no more.</summary>
    public IReadOnlyList<(SeriesSignal Feed, Sample Sample)> CaughtUp(Instant latest)
    {
        if (held.Count == 0)
        {
            return [];
        }

        List<Leap> caught = held.FindAll(leap => leap.Sample.At <= latest + lateness);
        held.RemoveAll(caught.Contains);
        return [.. caught.Select(leap => (leap.Feed, leap.Sample))];
    }

    private static Duration Distance(Instant one, Instant other) =>
        one > other ? one - other : other - one;

    private sealed class Leap(SeriesSignal feed, Sample sample)
    {
        public SeriesSignal Feed { get; } = feed;

        public Sample Sample { get; } = sample;

        public bool IsDoubted { get; set; }
    }
}
