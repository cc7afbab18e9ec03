using System.Text;
using Breakwater.Disruptions;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Series with a daily rhythm, and the losses that tests cut into them.</summary>
internal static class DisruptionsFixture
{
    public static Detection Detect(params IReadOnlyList<Signal> signals) =>
        DisruptionsFromSignals.Detect(signals, DetectorProfile.Default);

    public static string Bytes(Detection detection) =>
        Encoding.UTF8.GetString(CanonicalJson.Of(detection));

    /// <summary>A share of 100 by the hour of the day, with noise of up to two in a hundred.</summary>
    public static double Rhythm(int i, int seed = 1, double swing = 0.1, double noise = 0.02) =>
        100
        * (1 - (swing * 0.5 * (1 + Math.Cos(2 * Math.PI * i / StepsPerDay))))
        * (1 - (noise * Noise(seed, i)));

    /// <summary>A series that keeps the given share of its rhythm between two steps. Each source comes in a file of its own.</summary>
    public static SeriesSignal Cut(
        SignalFamily family,
        int steps,
        int from,
        int to,
        double keeps,
        Place? place = null,
        string? network = null,
        string? source = null
    )
    {
        SeriesSignal series = Series(
            family,
            steps,
            i => Rhythm(i) * (i >= from && i < to ? keeps : 1),
            place,
            network,
            source
        );
        return series with
        {
            Evidence =
            [
                series.Evidence[0] with
                {
                    Sha256 = ContentId.Of("file", new { series.Source }),
                },
            ],
        };
    }

    public static SourceVerdict VerdictOf(Disruption disruption, string source) =>
        disruption.Sources.Single(verdict => verdict.Name == source);

    public static int StepOf(Instant at) =>
        (int)((at - SignalsFixture.Start).TotalMinutes / HalfHour.TotalMinutes);
}
