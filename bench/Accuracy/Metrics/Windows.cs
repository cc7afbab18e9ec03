using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Metrics;

/// <summary>Sums of time.</summary>
public static class Windows
{
    /// <summary>The same time without overlaps, in order.</summary>
    public static List<TimeWindow> Union(IEnumerable<TimeWindow> windows)
    {
        List<TimeWindow> joined = [];
        foreach (
            TimeWindow window in windows
                .Where(window => window.Until > window.Since)
                .OrderBy(window => window.Since)
        )
        {
            if (joined.Count > 0 && window.Since <= joined[^1].Until)
            {
                joined[^1] = joined[^1] with
                {
                    Until = Instant.Max(joined[^1].Until, window.Until),
                };
            }
            else
            {
                joined.Add(window);
            }
        }

        return joined;
    }

    /// <summary>The time that all of the given sets share. Each set is a union.</summary>
    public static List<TimeWindow> Shared(IReadOnlyList<List<TimeWindow>> sets)
    {
        if (sets.Count == 0)
        {
            return [];
        }

        List<TimeWindow> shared = sets[0];
        foreach (List<TimeWindow> next in sets.Skip(1))
        {
            shared =
            [
                .. shared
                    .SelectMany(one => next.Select(other => Shared(one, other)))
                    .Where(window => window.Until > window.Since),
            ];
        }

        return shared;
    }

    /// <summary>Minutes of a union that lie in a window.</summary>
    public static double Minutes(IEnumerable<TimeWindow> union, TimeWindow within) =>
        union.Sum(window => Math.Max(0, Shared(window, within).Length.TotalMinutes));

    /// <summary>The window cut at each midnight, UTC.</summary>
    public static IEnumerable<TimeWindow> Days(TimeWindow window)
    {
        Instant since = window.Since;
        while (since < window.Until)
        {
            long day = (since.ToUnixTimeSeconds() / 86_400) + 1;
            Instant until = Instant.Min(window.Until, Instant.FromUnixTimeSeconds(day * 86_400));
            yield return new TimeWindow(since, until);
            since = until;
        }
    }

    private static TimeWindow Shared(TimeWindow one, TimeWindow other) =>
        new(Instant.Max(one.Since, other.Since), Instant.Min(one.Until, other.Until));
}
