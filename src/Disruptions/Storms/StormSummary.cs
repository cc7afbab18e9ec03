using System.Globalization;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions;

/// <summary>Says of a stretch of steps what the storm in it was.</summary>
internal sealed class StormSummary(
    FeedColumns columns,
    StormProfile profile,
    float[][] ratios,
    float[] deviations,
    int metricCount
)
{
    /// <param name="until">First step after the storm, or the number of steps.</param>
    /// <param name="live">Steps between which it was said to go on; -1 for no end.</param>
    public Storm Of(int since, int until, IReadOnlyList<(int From, int Until)> live, string? note)
    {
        bool hasEnd = live[^1].Until >= 0;
        double[] seen =
        [
            .. deviations[since..until].Where(value => !float.IsNaN(value)).Select(value => value),
        ];
        long unseen = (until - since - seen.Length) * (long)columns.StepMinutes;
        var onset = new InstantRange(columns.At(LastSeenBefore(since)), columns.At(since));
        string detector = string.Create(
            CultureInfo.InvariantCulture,
            $"{profile.Name} {profile.Version}, method {StormsFromSeries.MethodVersion}"
        );
        string[] signals = [.. columns.Series.Select(series => series.Id)];
        return new Storm
        {
            Id = ContentId.Of(
                "storm",
                new
                {
                    detector,
                    columns.Feed,
                    since = $"{columns.At(since)}",
                    signals,
                }
            ),
            Feed = columns.Series[0].Source,
            Place = columns.Series[0].Place,
            Onset = onset,
            ConfirmedAt = columns.At(live[0].From),
            End = hasEnd
                ? new InstantRange(columns.At(Math.Max(since, until - 1)), columns.At(until))
                : null,
            ClosedAt = hasEnd ? columns.At(live[^1].Until) : null,
            Live =
            [
                .. live.Select(span => new TimeWindow(
                    columns.At(span.From),
                    columns.At(span.Until < 0 ? columns.Steps : span.Until)
                )),
            ],
            Minutes = seen.Length * (long)columns.StepMinutes,
            Intensity = Math.Round(seen.DefaultIfEmpty(0).Average(), 3),
            Metrics = [.. Metrics(since, until)],
            Notes =
            [
                "routes were unstable; this is no loss by itself",
                .. unseen > 0
                    ? (string[])
                        [
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"the feed was blind for {unseen} min of it"
                            ),
                        ]
                    : [],
                .. note is null ? [] : (string[])[note],
            ],
            Signals = signals,
            Evidence =
            [
                .. columns.Series.SelectMany((_, column) => Evidence(column, since, until)),
            ],
            Detector = detector,
        };
    }

    private int LastSeenBefore(int since)
    {
        int step = since - 1;
        while (step >= 0 && float.IsNaN(deviations[step]))
        {
            step--;
        }

        return step >= 0 ? step : since;
    }

    private IEnumerable<StormMetric> Metrics(int since, int until) =>
        Enumerable
            .Range(0, metricCount)
            .Select(column =>
            {
                double[] known =
                [
                    .. ratios[column]
                        [since..until]
                        .Where(ratio => !float.IsNaN(ratio))
                        .Select(ratio => ratio),
                ];
                return known.Length == 0
                    ? null
                    : new StormMetric(
                        columns.Series[column].Metric,
                        Math.Round(Medians.Of(known), 2),
                        Math.Round(known.Count(ratio => ratio > 1) / (double)known.Length, 3)
                    );
            })
            .OfType<StormMetric>()
            .OrderByDescending(metric => metric.Ratio)
            .ThenBy(metric => metric.Metric, StringComparer.Ordinal);

    private IEnumerable<Evidence> Evidence(int column, int since, int until)
    {
        int first = int.MaxValue;
        int last = 0;
        for (int step = since; step < until; step++)
        {
            int row = columns.Row(column, step);
            if (row > 0)
            {
                first = Math.Min(first, row);
                last = Math.Max(last, row);
            }
        }

        return columns
            .Series[column]
            .Evidence.Select(evidence =>
                // Rows number one input: with several, or none, the whole of each stands.
                last == 0
                || columns.Series[column].Evidence.Count > 1
                    ? evidence
                    : evidence with
                    {
                        Rows = string.Create(CultureInfo.InvariantCulture, $"{first}-{last}"),
                    }
            );
    }
}
