using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Routing storms from the per-minute series of feeds (<see cref="RoutingFeatures"/>): stretches in which most metrics of
/// a feed stay far above what they usually are. Pure: the same signals in any order give the same bytes. What is said of a
/// moment rests on earlier samples alone; that a storm began earlier is said when it is confirmed.
/// </summary>
public static class StormsFromSeries
{
    /// <summary>Version of the method. It is part of every id.</summary>
    public const int MethodVersion = 2;

    /// <summary>With longer steps a burst cannot be told from a storm.</summary>
    public static readonly Duration StepMax = Duration.FromMinutes(10);

    private static readonly Duration day = Duration.FromDays(1);

    /// <param name="signals">Series of other metrics, and signals that are no series, are not looked at.</param>
    /// <param name="asOf">Knowledge date: samples from then on are not looked at. Null takes everything.</param>
    public static StormFindings Find(
        IReadOnlyList<Signal> signals,
        StormProfile profile,
        Instant? asOf = null
    )
    {
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(profile);
        List<string> metrics = [.. profile.Metrics, RoutingFeatures.BusiestPeerShare];
        List<Storm> storms = [];
        List<Blind> blind = [];
        long judgedSteps = 0;
        foreach (
            var feed in signals
                .OfType<SeriesSignal>()
                .Where(series => metrics.Contains(series.Metric))
                .GroupBy(series => (series.Source, series.Place.Key, series.Step))
                .OrderBy(group => group.Key.Source, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Key, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Step)
        )
        {
            SeriesSignal[] series =
            [
                .. feed.GroupBy(one => one.Metric)
                    .Select(same => same.MinBy(one => one.Id, StringComparer.Ordinal)!)
                    .OrderBy(one => metrics.IndexOf(one.Metric)),
            ];
            if (FeedColumns.Of(series, asOf) is not { } columns)
            {
                continue;
            }

            if (!CanJudge(series, profile, out string reason))
            {
                blind.Add(
                    new Blind(columns.Feed, columns.First, columns.At(columns.Steps), reason)
                );
                continue;
            }

            var found = new FeedStorms(columns, profile);
            found.Run();
            storms.AddRange(found.Storms);
            blind.AddRange(found.Blind);
            judgedSteps += found.JudgedMinutes;
        }

        return new StormFindings(storms, blind) { JudgedMinutes = judgedSteps };
    }

    private static bool CanJudge(SeriesSignal[] series, StormProfile profile, out string reason)
    {
        Duration step = series[0].Step;
        reason =
            step > StepMax
            || step < Duration.FromSeconds(1)
            || day.TotalSeconds % step.TotalSeconds > 0
                ? $"steps of {step.TotalSeconds} s: storms need steps of 1 s to 10 min that divide a day"
            : series.Count(one => profile.Metrics.Contains(one.Metric)) < profile.MinimumMetrics
                ? $"fewer than {profile.MinimumMetrics} of the metrics that show a storm"
            : "";
        return reason.Length == 0;
    }
}
