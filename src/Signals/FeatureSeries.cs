using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>Makes series of the minutes of a collector, with the evidence that they stand on.</summary>
internal static class FeatureSeries
{
    public static IEnumerable<SeriesSignal> Of(
        string feed,
        FeatureWatch watch,
        IReadOnlyList<RouteInput> inputs
    )
    {
        if (watch.Rows.Count == 0)
        {
            yield break;
        }

        Evidence[] evidence =
        [
            .. watch.Stretches.Select(stretch => new Evidence(
                inputs[stretch.Key].Sha256,
                inputs[stretch.Key].Name,
                Range(stretch.Value.FirstRow, stretch.Value.LastRow),
                Bytes: Range(stretch.Value.FirstByte, stretch.Value.LastByte)
            )),
        ];
        for (int at = 0; at < RoutingFeatures.Metrics.Count; at++)
        {
            (string metric, string unit) = RoutingFeatures.Metrics[at];
            yield return new SeriesSignal
            {
                Id = ContentId.Of(
                    "signal",
                    new
                    {
                        Inputs = evidence.Select(one => one.Sha256),
                        feed,
                        metric,
                        unit,
                    }
                ),
                Source = feed,
                Family = SignalFamily.Routing,
                // What a collector hears is of everywhere that its peers hear of.
                Place = new Place(),
                Metric = metric,
                Unit = unit,
                Step = RoutingFeatures.Step,
                Samples = Samples(watch, at),
                Origin = Origin.Measured,
                Marking = Marking.Public,
                Evidence = evidence,
            };
        }
    }

    private static Sample[] Samples(FeatureWatch watch, int metric)
    {
        var samples = new Sample[watch.Rows.Count];
        for (int at = 0; at < samples.Length; at++)
        {
            FeatureRow row = watch.Rows[at];
            double value = row.Row == 0 ? double.NaN : row.Values[metric];
            samples[at] = new Sample(
                Instant.FromUnixTimeSeconds((watch.FirstMinute + at) * 60),
                double.IsNaN(value) ? null : Math.Round(value, 6),
                row.Row
            );
        }

        return samples;
    }

    private static string Range(long first, long last) =>
        string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");
}
