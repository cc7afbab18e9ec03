using Breakwater.Disruptions.Kinds;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Detection that follows series sample by sample: a fold over samples in whatever order they arrive. What it finds is what
/// <see cref="DisruptionsFromSignals.Detect"/> finds on the same samples in order of time, as long as none is later than the
/// lateness; a later one is refused and counted. Each place is judged by its own series, beside what all places show of their
/// feeds; a wider place by its areas, people's reports and routes only in batch.
/// </summary>
/// <param name="lateness">
/// How far behind the latest sample of its place a sample may be. One that leaps further ahead than that of all others
/// would make all others late, so it is held until another one stands by it.
/// </param>
/// <param name="ahead">How far ahead of the clock a sample may be: clocks differ, and some feeds stamp a step with its end.</param>
public sealed class LiveDetection(
    DetectorProfile profile,
    Duration lateness,
    Duration? ahead = null
)
{
    /// <summary>More places, and networks and targets at them, are refused.</summary>
    public const int PlacesMax = 5_000;

    public static readonly Duration AheadDefault = Duration.FromMinutes(10);

    private readonly SortedDictionary<string, LivePlace> places = new(StringComparer.Ordinal);
    private IReadOnlyList<FeedGap> faults = [];

    /// <summary>Samples refused, for whatever reason.</summary>
    public long Refused { get; private set; }

    /// <summary>Samples in memory. It stays flat however long samples come in, but while a loss lasts.</summary>
    public int Kept => places.Values.Sum(place => place.Kept);

    /// <summary>Samples that leapt ahead and that nothing has confirmed.</summary>
    public int Held => places.Values.Sum(place => place.Held);

    /// <summary>Takes one sample and judges its place anew.</summary>
    /// <param name="feed">The series that it belongs to; its own samples are not looked at.</param>
    /// <param name="now">What the clock shows where the sample came in; null for a replay without one.</param>
    /// <returns>What came of it, with what it changed in order of onset.</returns>
    public Taking Take(SeriesSignal feed, Sample sample, Instant? now = null)
    {
        ArgumentNullException.ThrowIfNull(feed);
        if (PlaceOf(feed) is not { } place)
        {
            Refused++;
            return new Taking(SampleOutcome.NotKept, $"more than {PlacesMax} places", []);
        }

        if (now is { } clock && sample.At > clock + Duration.Max(ahead ?? AheadDefault, feed.Step))
        {
            Refused++;
            return new Taking(
                SampleOutcome.AheadOfClock,
                $"it is of {sample.At}, and the clock here shows {clock}",
                []
            );
        }

        IReadOnlyList<Disruption> before = place.Disruptions;
        Taking taking = Add(place, feed, sample);
        if (taking.Outcome != SampleOutcome.Taken)
        {
            return taking;
        }

        var told = new Dictionary<LivePlace, IReadOnlyList<Disruption>> { [place] = before };
        if (place.Judge(faults))
        {
            foreach (LivePlace other in PlacesOfNewFaults())
            {
                told.TryAdd(other, other.Disruptions);
                other.Judge(faults);
            }
        }

        return taking with
        {
            Revisions =
            [
                .. told.SelectMany(one =>
                    Revision.Between(one.Value, one.Key.Disruptions, sample.At)
                ),
            ],
        };
    }

    /// <summary>Takes many samples and judges their places once, at the end.</summary>
    public void TakeAll(IEnumerable<(SeriesSignal Feed, Sample Sample)> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var touched = new HashSet<LivePlace>();
        foreach ((SeriesSignal feed, Sample sample) in samples)
        {
            if (PlaceOf(feed) is not { } place)
            {
                Refused++;
            }
            else if (Add(place, feed, sample).Outcome == SampleOutcome.Taken)
            {
                touched.Add(place);
            }
        }

        bool isChanged = false;
        foreach (LivePlace place in touched)
        {
            isChanged |= place.Judge(faults);
        }

        foreach (LivePlace place in isChanged ? PlacesOfNewFaults() : [])
        {
            place.Judge(faults);
        }
    }

    /// <summary>Finds anew which feeds failed by themselves, across all places.</summary>
    /// <returns>The places of feeds of which other faults are known than before, in order.</returns>
    private IReadOnlyList<LivePlace> PlacesOfNewFaults()
    {
        IReadOnlyList<FeedGap> found = FeedFaults.Find(
            places.Values.SelectMany(place => place.Losses),
            profile
        );
        HashSet<string> changed =
        [
            .. found.Except(faults).Concat(faults.Except(found)).Select(fault => fault.Feed),
        ];
        faults = found;
        return [.. places.Values.Where(place => changed.Any(place.Has))];
    }

    /// <summary>What is known now about what a series is about.</summary>
    public IReadOnlyList<Disruption> DisruptionsOf(SeriesSignal feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return PlaceOf(feed)?.Disruptions ?? [];
    }

    /// <summary>What is known now about a place, or a network at it, whatever the service.</summary>
    public IReadOnlyList<Disruption> DisruptionsOf(Place place, string? network)
    {
        ArgumentNullException.ThrowIfNull(place);
        return
        [
            .. places
                .Where(one =>
                    one.Key.StartsWith($"{place.Key}\n{network}\n", StringComparison.Ordinal)
                )
                .SelectMany(one => one.Value.Disruptions),
        ];
    }

    /// <summary>Which feeds can see the place of a series, as of the latest sample there.</summary>
    public IReadOnlyList<FeedSight> Sight(SeriesSignal feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return [.. PlaceOf(feed)?.Sight() ?? []];
    }

    /// <summary>Which feeds can see by the clock, where samples came in not longer ago than the lateness; a replay of old ones has no clock.</summary>
    public IReadOnlyList<FeedSight> SightAt(Instant now) =>
        [
            .. places
                .Values.Where(place => place.Latest <= now && now - place.Latest <= lateness)
                .SelectMany(place => place.Sight(now)),
        ];

    /// <summary>All that is known now.</summary>
    /// <param name="stated">Claims and circumstances that somebody states beside the series.</param>
    public Detection Detect(IReadOnlyList<Signal>? stated = null)
    {
        IReadOnlyList<ClaimSignal> claims = [.. (stated ?? []).OfType<ClaimSignal>()];
        Instant until = places
            .Values.Select(place => place.Until)
            .DefaultIfEmpty(Instant.MinValue)
            .Max();
        return DisruptionsFromSignals.Ordered(
            KindsFromEvidence.Weigh(
                ClaimsOnDisruptions.Attach(
                    [.. places.Values.SelectMany(place => place.Disruptions)],
                    [.. claims.Where(claim => !RegistryFailuresFromSignals.Takes(claim))],
                    profile
                ),
                [.. (stated ?? []).OfType<ContextSignal>()],
                claims,
                KindProfile.Default
            ),
            [
                .. faults.Select(fault => new Blind(
                    fault.Feed,
                    fault.From,
                    Instant.Min(fault.To, until),
                    $"{fault.State}: {fault.Reason}"
                )),
                .. places.Values.SelectMany(place => place.BlindUntil(until)),
            ],
            []
        );
    }

    private Taking Add(LivePlace place, SeriesSignal feed, Sample sample)
    {
        SampleOutcome outcome = place.Add(feed, sample, out string? reason);
        Refused += outcome is SampleOutcome.Taken or SampleOutcome.Held ? 0 : 1;
        Refused += place.LetGo();
        return new Taking(outcome, reason, []);
    }

    private LivePlace? PlaceOf(SeriesSignal feed)
    {
        string key = $"{feed.Place.Key}\n{feed.Network}\n{feed.Target}";
        if (!places.TryGetValue(key, out LivePlace? place) && places.Count < PlacesMax)
        {
            place = new LivePlace(feed.Place, feed.Network, feed.Target, profile, lateness);
            places.Add(key, place);
        }

        return place;
    }
}
