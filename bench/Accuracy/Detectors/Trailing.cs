using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Detectors;

/// <summary>What one series says of one sample: alarm, none, or null when it cannot say.</summary>
internal readonly record struct Said(Instant At, Duration Step, bool? IsAlarm);

/// <summary>From what each series says to alarms of the place.</summary>
internal static class Trailing
{
    /// <param name="sourcesMin">Series that must alert together; fewer where the place has fewer.</param>
    public static Judged Alarms(IReadOnlyList<IReadOnlyList<Said>> series, int sourcesMin)
    {
        if (series.Count == 0)
        {
            return new Judged([], []);
        }

        int needed = Math.Min(sourcesMin, series.Count);
        Instant end = series
            .Where(said => said.Count > 0)
            .Select(said => said[^1].At + said[^1].Step)
            .DefaultIfEmpty(Instant.MinValue)
            .Max();
        var edges = new SortedDictionary<Instant, (int Alarms, int Seen)>();
        foreach (
            Said said in series.SelectMany(said => said).Where(said => said.IsAlarm is not null)
        )
        {
            int alarm = said.IsAlarm == true ? 1 : 0;
            Edge(edges, said.At, alarm, 1);
            Edge(edges, said.At + said.Step, -alarm, -1);
        }

        List<Alarm> alarms = [];
        List<TimeWindow> seen = [];
        Instant? since = null;
        Instant previous = default;
        (int open, int seeing) = (0, 0);
        foreach ((Instant at, (int alarm, int sees)) in edges)
        {
            if (seeing > 0)
            {
                seen.Add(new TimeWindow(previous, at));
            }

            (open, seeing, previous) = (open + alarm, seeing + sees, at);
            if (open >= needed && since is null)
            {
                since = at;
            }
            else if (open < needed && since is { } from)
            {
                alarms.Add(new Alarm(from, at >= end ? null : at, 1));
                since = null;
            }
        }

        Instant begin = series
            .Where(said => said.Count > 0)
            .Select(said => said[0].At)
            .DefaultIfEmpty(end)
            .Min();
        return new Judged(alarms, Complement(Windows.Union(seen), begin, end));
    }

    private static void Edge(
        SortedDictionary<Instant, (int Alarms, int Seen)> edges,
        Instant at,
        int alarm,
        int seen
    )
    {
        (int alarms, int sees) = edges.GetValueOrDefault(at);
        edges[at] = (alarms + alarm, sees + seen);
    }

    private static List<TimeWindow> Complement(List<TimeWindow> union, Instant begin, Instant end)
    {
        List<TimeWindow> rest = [];
        foreach (TimeWindow window in union)
        {
            rest.Add(new TimeWindow(begin, window.Since));
            begin = window.Until;
        }

        rest.Add(new TimeWindow(begin, end));
        return Windows.Union(rest);
    }
}
