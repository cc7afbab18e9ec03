using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Ooni;

/// <summary>
/// Measurements by place, test, target and time, and the series that come of them. Both series fall when more is blocked and rise when it
/// is unblocked, so that an end of blocking never looks like a disruption.
/// </summary>
internal sealed class OoniBins(SourceFile file, Place? given, FaultList faults)
{
    /// <summary>With fewer measurements one bad line moves the share by a quarter; the bin is missing then.</summary>
    public const int MeasurementsMin = 5;

    private const int BinsMax = 2_000_000;

    private readonly Dictionary<
        (string Place, string Test, string Target),
        Dictionary<Instant, Bin>
    > _bins = [];

    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly SortedSet<Instant> _times = [];
    private int _count;

    private sealed record Bin(OoniCounts Counts, int FirstLine, int LastLine);

    /// <summary>Bins that are missing because too few measured.</summary>
    public int TooFew { get; private set; }

    public long Measurements { get; private set; }

    /// <returns>False when there is neither a country nor a network.</returns>
    public bool Add(
        string? country,
        Asn? asn,
        string? test,
        string? target,
        Instant at,
        OoniCounts counts,
        int line
    )
    {
        Place? wide =
            country is not null && Countries.IsCode(country) ? Place.OfCountry(country)
            : given?.Asn is null ? given
            : null;
        Place? narrow =
            asn is { Number: > 0 } known ? Place.OfAsn(known)
            : given?.Asn is null ? null
            : given;
        if (wide is null && narrow is null)
        {
            return false;
        }

        Measurements += counts.Judged + counts.Failed;
        foreach (Place place in new[] { wide, narrow }.OfType<Place>())
        {
            Add(place, test ?? "", target ?? "", at, counts, line);
        }

        return true;
    }

    private void Add(
        Place place,
        string test,
        string target,
        Instant at,
        OoniCounts counts,
        int line
    )
    {
        if (_count >= BinsMax)
        {
            faults.Add(
                $"line {line}",
                $"more than {BinsMax} bins",
                "Split the file; it is left out"
            );
            return;
        }

        _places.TryAdd(place.Key, place);
        _times.Add(at);
        if (!_bins.TryGetValue((place.Key, test, target), out Dictionary<Instant, Bin>? bins))
        {
            _bins.Add((place.Key, test, target), bins = []);
        }

        if (bins.TryGetValue(at, out Bin? bin))
        {
            bins[at] = new Bin(
                bin.Counts + counts,
                Math.Min(bin.FirstLine, line),
                Math.Max(bin.LastLine, line)
            );
        }
        else
        {
            _count++;
            bins.Add(at, new Bin(counts, line, line));
        }
    }

    /// <param name="step">The width of a bin; null takes the least distance between two bins.</param>
    public IReadOnlyList<Signal> Signals(Duration? step)
    {
        Duration width = step ?? LeastDistance();
        List<Signal> signals = [];
        foreach (
            ((string Place, string Test, string Target) key, Dictionary<Instant, Bin> bins) in _bins
                .OrderBy(pair => pair.Key.Place, StringComparer.Ordinal)
                .ThenBy(pair => pair.Key.Test, StringComparer.Ordinal)
                .ThenBy(pair => pair.Key.Target, StringComparer.Ordinal)
        )
        {
            TooFew += bins.Values.Count(bin => bin.Counts.Judged < MeasurementsMin);
            if (bins.Values.All(bin => bin.Counts.Judged < MeasurementsMin))
            {
                continue;
            }

            KeyValuePair<Instant, Bin>[] ordered = [.. bins.OrderBy(pair => pair.Key)];
            signals.Add(Signal(key, ordered, width, "share without anomaly", counts => counts.Ok));
            if (ordered.Any(pair => pair.Value.Counts.Confirmed is not null))
            {
                signals.Add(
                    Signal(
                        key,
                        ordered,
                        width,
                        "share not confirmed as blocked",
                        counts => counts.Judged - (counts.Confirmed ?? 0)
                    )
                );
            }
        }

        return signals;
    }

    private SeriesSignal Signal(
        (string Place, string Test, string Target) key,
        KeyValuePair<Instant, Bin>[] bins,
        Duration width,
        string metric,
        Func<OoniCounts, long> part
    )
    {
        List<Sample> samples = [];
        List<int> counts = [];
        foreach ((Instant at, Bin bin) in bins)
        {
            while (
                samples.Count is > 0 and < SignalsFromSeries.SampleLimit
                && samples[^1].At + width < at
            )
            {
                samples.Add(new Sample(samples[^1].At + width, null, 0));
                counts.Add(0);
            }

            long judged = bin.Counts.Judged;
            samples.Add(
                new Sample(
                    at,
                    judged < MeasurementsMin ? null : (double)part(bin.Counts) / judged,
                    bin.FirstLine
                )
            );
            counts.Add((int)Math.Min(int.MaxValue, judged));
        }

        string test = key.Test.Length == 0 ? "test not named" : key.Test;
        string target = key.Target.Length == 0 ? test : key.Target;
        int first = bins.Min(pair => pair.Value.FirstLine);
        int last = bins.Max(pair => pair.Value.LastLine);
        return new SeriesSignal
        {
            Id = ContentId.Of(
                "signal",
                new
                {
                    file.Sha256,
                    key.Place,
                    key.Test,
                    key.Target,
                    metric,
                }
            ),
            Source = $"OONI: {(target == test ? test : $"{test} {target}")}, {metric}",
            Family = SignalFamily.Application,
            Place = _places[key.Place],
            Metric = $"{target}: {metric}",
            Unit = "share of measurements that did not fail",
            Target = target,
            Step = width,
            Samples = samples,
            Counts = counts,
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Evidence =
            [
                new Evidence(
                    file.Sha256,
                    file.Name,
                    first == last ? $"{first}" : $"{first}-{last}"
                ),
            ],
        };
    }

    /// <summary>Hours, days or weeks, whatever the bins of the input are; a day when there is one bin.</summary>
    private Duration LeastDistance()
    {
        Duration least = Duration.MaxValue;
        Instant? before = null;
        foreach (Instant at in _times)
        {
            if (before is { } earlier && at - earlier < least)
            {
                least = at - earlier;
            }

            before = at;
        }

        return least == Duration.MaxValue ? Duration.FromDays(1)
            : least < Duration.FromHours(1) ? Duration.FromHours(1)
            : least;
    }
}
