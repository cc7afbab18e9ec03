using System.Collections;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions.Bench;

/// <summary>
/// Half-hourly series of many places, made from their number alone: a daily and a weekly rhythm, noise, gaps, and in one
/// place of five a cut. The samples are made when they are read, so that what is measured holds one place at a time.
/// </summary>
internal static class MadeSeries
{
    public const int StepsPerDay = 48;
    public static readonly Duration Step = Duration.FromMinutes(30);
    public static readonly Instant Start = Instant.FromUtc(2025, 1, 1, 0, 0);

    private static readonly (
        string Source,
        SignalFamily Family,
        double Swing,
        double Noise
    )[] _sources =
    [
        ("routes", SignalFamily.Routing, 0, 0.002),
        ("probes", SignalFamily.Probing, 0.05, 0.02),
        ("telescope", SignalFamily.Telescope, 0.3, 0.2),
        ("search", SignalFamily.Application, 0.6, 0.08),
        ("browser", SignalFamily.Application, 0.6, 0.08),
    ];

    public static IReadOnlyList<SeriesSignal> Of(int places, int days) =>
        [
            .. Enumerable
                .Range(0, places)
                .SelectMany(place => _sources.Select((_, source) => Of(place, source, days))),
        ];

    public static SeriesSignal Of(int place, int source, int days)
    {
        (string name, SignalFamily family, _, _) = _sources[source];
        return new SeriesSignal
        {
            Id = $"signal-{place:000}-{name}",
            Source = name,
            Family = family,
            Place = Place.OfArea(
                $"{(char)('A' + (place / 26 % 26))}{(char)('A' + (place % 26))}",
                $"{place}"
            ),
            Origin = Origin.Modelled,
            Marking = Marking.Public,
            Evidence = [new Evidence(new string('0', 64), "made", "1", name)],
            Metric = name,
            Unit = "made",
            Step = Step,
            Samples = new MadeSamples(place, source, days * StepsPerDay),
        };
    }

    private static double? ValueOf(int place, int source, int step)
    {
        (_, _, double swing, double noise) = _sources[source];
        double u = Noise((place * 8) + source, step);
        if (u < 0.002)
        {
            return null;
        }

        double day = 1 - (swing * 0.5 * (1 + Math.Cos(2 * Math.PI * step / StepsPerDay)));
        double week = step / StepsPerDay % 7 >= 5 ? 1 - (swing * 0.3) : 1;
        int cut = 5000 + (place * 37 % 10_000);
        double kept =
            place % 5 == 0 && step >= cut && step < cut + 96 + (place % 7 * 48)
                ? (source == 0 ? 0.95 : 0.05)
                : 1;
        return 1000 * day * week * kept * (1 - (noise * Noise((place * 8) + source + 4096, step)));
    }

    /// <summary>A number from 0 to 1 that looks random and depends on its arguments alone.</summary>
    private static double Noise(int seed, int i)
    {
        uint x = unchecked(((uint)i * 2654435761u) ^ ((uint)seed * 40503u) ^ 0x9E3779B9u);
        x = unchecked((x ^ (x >> 16)) * 0x45D9F3Bu);
        x = unchecked((x ^ (x >> 16)) * 0x45D9F3Bu);
        return (x ^ (x >> 16)) / (double)uint.MaxValue;
    }

    private sealed class MadeSamples(int place, int source, int count) : IReadOnlyList<Sample>
    {
        public int Count => count;

        public Sample this[int index] =>
            new(Start + (Step * index), ValueOf(place, source, index), index + 2);

        public IEnumerator<Sample> GetEnumerator()
        {
            for (int i = 0; i < count; i++)
            {
                yield return this[i];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
