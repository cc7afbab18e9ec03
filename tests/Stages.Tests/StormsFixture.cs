using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>A made-up collector, minute by minute: a daily rhythm, noise, and what tests put on top of it.</summary>
internal static class StormsFixture
{
    public const int Day = 1440;

    /// <summary>Usual counts of a quiet minute, in the order of the profile's metrics.</summary>
    private static readonly double[] usual = [80, 240, 40, 8, 120, 6, 12];

    public static StormFindings Find(params IReadOnlyList<Signal> signals) =>
        StormsFromSeries.Find(signals, StormProfile.Default);

    /// <param name="factor">What the counts of a minute are multiplied by; null for a gap.</param>
    public static IReadOnlyList<Signal> Feed(
        int minutes,
        Func<int, double?> factor,
        double scale = 1,
        double swing = 0.5,
        double noise = 0.6
    ) =>
        [
            .. StormProfile.Default.Metrics.Select(
                (metric, index) =>
                    Metric(
                        metric,
                        minutes,
                        minute =>
                            factor(minute) is { } times
                                ? scale
                                    * times
                                    * usual[index]
                                    * (1 + (swing * Math.Sin(2 * Math.PI * minute / Day)))
                                    * Math.Exp(noise * (Noise(index + 1, minute) - 0.5))
                                : null
                    )
            ),
        ];

    public static SeriesSignal Metric(
        string metric,
        int minutes,
        Func<int, double?> value,
        string feed = "rrc00"
    ) =>
        new()
        {
            Id = $"signal-{feed}-{metric}",
            Source = feed,
            Family = SignalFamily.Routing,
            Place = new Place(),
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Evidence = [new Evidence(new string('d', 64), "updates.mrt", "1-99")],
            Metric = metric,
            Unit = "made up",
            Step = Duration.FromMinutes(1),
            Samples =
            [
                .. Enumerable
                    .Range(0, minutes)
                    .Select(minute => new Sample(Minute(minute), value(minute), minute + 1)),
            ],
        };

    public static Instant Minute(int minute) => SignalsFixture.Start + Duration.FromMinutes(minute);

    public static int MinuteOf(Instant at) => (int)(at - SignalsFixture.Start).TotalMinutes;

    public static Func<int, double?> Storm(int from, int until, double times = 3) =>
        minute => minute >= from && minute < until ? times : 1;
}
