using Breakwater.Disruptions.Kinds;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Detection that follows series sample by sample: a fold over samples in whatever order they arrive. What it finds is what
/// <see cref="DisruptionsFromSignals.Detect"/> finds on the same samples in order of time, as long as none is later than the
/// lateness; a later one is refused and counted. Each place is judged by its own series; a wider place by its areas only in batch.
/// </summary>
/// <param name="lateness">How far behind the latest sample of its place a sample may be.</param>
public sealed class LiveDetection(DetectorProfile profile, Duration lateness)
{
    private readonly SortedDictionary<string, LivePlace> places = new(StringComparer.Ordinal);

    /// <summary>Samples refused because they came later than the lateness, or could not be kept.</summary>
    public long Refused { get; private set; }

    /// <summary>Takes one sample and judges its place anew.</summary>
    /// <param name="feed">The series that it belongs to; its own samples are not looked at.</param>
    /// <returns>What changed, in order of onset; empty when nothing did. Null when the sample was refused.</returns>
    public IReadOnlyList<Revision>? Take(SeriesSignal feed, Sample sample)
    {
        ArgumentNullException.ThrowIfNull(feed);
        LivePlace place = PlaceOf(feed);
        if (!Add(place, feed, sample))
        {
            return null;
        }

        IReadOnlyList<Disruption> before = place.Disruptions;
        place.Judge();
        return Revision.Between(before, place.Disruptions, sample.At);
    }

    /// <summary>Takes many samples and judges their places once, at the end.</summary>
    public void TakeAll(IEnumerable<(SeriesSignal Feed, Sample Sample)> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var touched = new HashSet<LivePlace>();
        foreach ((SeriesSignal feed, Sample sample) in samples)
        {
            LivePlace place = PlaceOf(feed);
            if (Add(place, feed, sample))
            {
                touched.Add(place);
            }
        }

        foreach (LivePlace place in touched)
        {
            place.Judge();
        }
    }

    /// <summary>All that is known now.</summary>
    public Detection Detect()
    {
        Instant until = places
            .Values.Select(place => place.Until)
            .DefaultIfEmpty(Instant.MinValue)
            .Max();
        return DisruptionsFromSignals.Ordered(
            KindsFromEvidence.Weigh(
                ClaimsOnDisruptions.Attach(
                    [.. places.Values.SelectMany(place => place.Disruptions)],
                    [],
                    profile
                ),
                [],
                [],
                KindProfile.Default
            ),
            [.. places.Values.SelectMany(place => place.BlindUntil(until))],
            []
        );
    }

    private bool Add(LivePlace place, SeriesSignal feed, Sample sample)
    {
        bool isTaken = place.Add(feed, sample);
        Refused += isTaken ? 0 : 1;
        return isTaken;
    }

    private LivePlace PlaceOf(SeriesSignal feed)
    {
        string key = $"{feed.Place.Key}\n{feed.Network}\n{feed.Target}";
        if (!places.TryGetValue(key, out LivePlace? place))
        {
            place = new LivePlace(feed.Place, feed.Network, feed.Target, profile, lateness);
            places.Add(key, place);
        }

        return place;
    }
}
