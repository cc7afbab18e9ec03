using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Bench.Accuracy.Detectors;

/// <summary>A detector with its name and what a reader must know of it.</summary>
public sealed record Peer(string Name, string Rule, Detect Detect);

/// <summary>Everything that is compared on the same input.</summary>
public static class Peers
{
    public const string Ours = "breakwater";

    /// <param name="zThreshold">Chosen on the training split.</param>
    public static IReadOnlyList<Peer> All(double zThreshold) =>
        [
            new(
                Ours,
                $"default profile, version {DetectorProfile.Default.Version}",
                signals => Breakwater(signals, DetectorProfile.Default)
            ),
            new(
                "breakwater --profile ioda",
                $"the product with its profile of IODA's thresholds, version {Ioda.Version}",
                signals => Breakwater(signals, Ioda)
            ),
            new(
                "ioda, any",
                "IODA's thresholds against the raw trailing median; any source alerts",
                new IodaRules(isInpainted: false, sourcesMin: 1).Detect
            ),
            new(
                "ioda, inpainted",
                "the same, with probing inpainted below 0.8 and above 2 for at most 7 days",
                new IodaRules(isInpainted: true, sourcesMin: 1).Detect
            ),
            new(
                "ioda, two",
                "inpainted; two of its sources alert together (one, where there is one)",
                new IodaRules(isInpainted: true, sourcesMin: 2).Detect
            ),
            ZScore(zThreshold),
        ];

    /// <summary>The profile that the product ships for IODA's thresholds, with its own replacement and fusion.</summary>
    private static DetectorProfile Ioda { get; } = DetectorProfile.Bundled("ioda")!;

    public static Peer ZScore(double threshold) =>
        new(
            "z-score",
            FormattableString.Invariant(
                $"below the mean of 7 trailing days by {threshold} standard deviations; any source alerts"
            ),
            new ZScore(threshold).Detect
        );

    /// <summary>The product itself, as <c>detect</c> runs it.</summary>
    public static Judged Breakwater(IReadOnlyList<SeriesSignal> series, DetectorProfile profile)
    {
        Detection detection = DisruptionsFromSignals.Detect([.. series], profile);
        List<TimeWindow>[] blind =
        [
            .. series.Select(one =>
                Windows.Union(
                    detection
                        .Blind.Where(stretch => IsOf(stretch, one))
                        .Select(stretch => new TimeWindow(stretch.From, stretch.To))
                )
            ),
        ];
        return new Judged(
            [
                .. detection
                    .Disruptions.Where(disruption =>
                        series.Any(one => one.Place.Equals(disruption.Place))
                    )
                    .Select(disruption => new Alarm(
                        disruption.Start,
                        disruption.End?.Earliest,
                        disruption.Confidence.Probability
                    )),
            ],
            // A place is unknown while none of its feeds can be judged.
            Windows.Shared(blind)
        );
    }

    private static bool IsOf(Blind stretch, SeriesSignal series) =>
        stretch.Feed == series.Source || stretch.Feed == $"{series.Source} ({series.Place})";
}
