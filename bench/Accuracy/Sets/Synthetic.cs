using System.Security.Cryptography;
using System.Text;
using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Sets;

/// <summary>
/// Series of our own making: four families with the rhythm of day and week and noise of their kind, quiet, cut or damaged.
/// They need no reference data, so the harness has something to score on every machine.
/// </summary>
internal static class Synthetic
{
    private const int Days = 30;
    private const int WarmUpDays = 14;
    private static readonly Instant _begin = Instant.FromUtc(2031, 3, 3, 0, 0);
    private static readonly Duration _step = Duration.FromMinutes(30);
    private static readonly double[] _depths = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1];
    private static readonly int[] _hours = [1, 3, 6, 12, 24, 72, 240];
    private static readonly FeedDamage[] _damages = [.. Enum.GetValues<FeedDamage>().Skip(1)];

    public static CaseSet Make(int places, ulong seed)
    {
        var random = new SeededRandom(seed);
        return new CaseSet(
            "synthetic",
            LabelOrigin.Synthetic,
            $"{places} places, {Days} days of four families every half hour, the first {WarmUpDays} days unscored. Of four places, two are cut, one has a damaged feed, one is quiet.",
            [.. Enumerable.Range(0, places).Select(i => Place(i, random.Next()))],
            BlockDays: null,
            IsSplit: true
        );
    }

    private static Case Place(int index, ulong seed)
    {
        var random = new SeededRandom(seed);
        string name = FormattableString.Invariant($"synthetic-{index:000}");
        // XA is a code that ISO 3166 leaves to its users.
        var place = Breakwater.Vocabulary.Place.OfArea("XA", name);
        IReadOnlyList<SeriesSignal> series = Quiet(place, random);
        var quiet = new Case
        {
            Id = name,
            Group = name,
            Series = series,
            Labels = [],
            Scored = new TimeWindow(
                _begin + Duration.FromDays(WarmUpDays),
                _begin + Duration.FromDays(Days)
            ),
        };
        Instant from = _begin + Duration.FromDays(WarmUpDays + 1) + (_step * random.Below(48 * 7));
        return (index % 4) switch
        {
            0 or 2 => Injections.With(
                quiet,
                new Cut(
                    from,
                    Duration.FromHours(random.Of(_hours)),
                    random.Of(_depths),
                    (CutShape)(index / 2 % 4 % 3),
                    random.Of((double[])[0, 0.1, 1])
                ),
                _step
            ),
            1 => Injections.With(quiet, _damages[index / 4 % _damages.Length], from, random),
            _ => quiet,
        };
    }

    private static IReadOnlyList<SeriesSignal> Quiet(Place place, SeededRandom random) =>
        [
            Series(place, "routing", SignalFamily.Routing, random, 4000, 0, 0.0005, 0.9),
            Series(place, "probing", SignalFamily.Probing, random, 90, 0.05, 0.008, 0.7),
            Series(place, "telescope", SignalFamily.Telescope, random, 600, 0.2, 0.12, 0.5),
            Series(place, "search", SignalFamily.Application, random, 70, 0.6, 0.06, 0.6),
        ];

    /// <param name="swing">Share of the level that the night takes.</param>
    /// <param name="noise">Standard deviation against the level.</param>
    /// <param name="memory">How much of one sample's noise the next one keeps.</param>
    private static SeriesSignal Series(
        Place place,
        string source,
        SignalFamily family,
        SeededRandom random,
        double level,
        double swing,
        double noise,
        double memory
    )
    {
        var samples = new Sample[Days * 48];
        double drift = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            drift = (memory * drift) + (Math.Sqrt(1 - (memory * memory)) * noise * random.Normal());
            double night = 0.5 * (1 + Math.Cos(2 * Math.PI * i / 48));
            double weekend = i / 48 % 7 >= 5 ? swing * 0.15 : 0;
            samples[i] = new Sample(
                _begin + (_step * i),
                Math.Max(0, level * (1 - (swing * night) - weekend) * (1 + drift)),
                i + 2
            );
        }

        return new SeriesSignal
        {
            Id = $"signal-{place.Key}-{source}",
            Source = source,
            Family = family,
            Place = place,
            Metric = source,
            Unit = "made up",
            Step = _step,
            Samples = samples,
            Origin = Origin.Modelled,
            Marking = Marking.Public,
            // Feeds that do not depend on each other, so each is of a file of its own.
            Evidence = [new Evidence(FileOf(place, source), "made by the harness")],
        };
    }

    private static string FileOf(Place place, string source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{place.Key} {source}")));
}
