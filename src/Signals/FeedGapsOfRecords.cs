using System.Globalization;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// Gaps of a feed that is read from files: stretches without a record in a feed that is otherwise busy, and files that
/// are not there. A quiet feed makes no gap by being quiet.
/// </summary>
public sealed class FeedGapsOfRecords(string feed, FeedHealthProfile profile)
{
    private const int CandidatesMax = 10_000;

    private const int MinutesPerGapMin = 10;

    private readonly List<(long From, long To)> candidates = [];
    private long last = long.MinValue;
    private long minute = long.MinValue;
    private long minutes;
    private long busyMinutes;
    private int inMinute;

    /// <summary>Takes the time of the next record, in order of time; one that steps back is counted and makes no gap.</summary>
    /// <param name="seconds">Unix seconds.</param>
    public void Record(long seconds)
    {
        if (
            last != long.MinValue
            && seconds - last > profile.BlindAfterSeconds
            && candidates.Count < CandidatesMax
        )
        {
            candidates.Add((last, seconds));
        }

        last = Math.Max(last, seconds);
        long of = Math.Max(seconds / 60, minute);
        if (of != minute)
        {
            if (inMinute > 0)
            {
                EndMinute();
            }

            minute = of;
        }

        inMinute++;
    }

    /// <summary>Unix seconds of the latest record; null before the first.</summary>
    public long? Last => last == long.MinValue ? null : last;

    /// <summary>The gaps so far. They are known only when the feed has shown how busy it is.</summary>
    /// <param name="until">Unix seconds up to which others were heard: a feed that stopped before has a gap up to then.</param>
    public IReadOnlyList<FeedGap> Gaps(long? until = null)
    {
        if (!IsBusy)
        {
            return [];
        }

        string reason = string.Create(
            CultureInfo.InvariantCulture,
            $"no record for more than {profile.BlindAfterSeconds} s"
        );
        return
        [
            .. (
                until is { } end && end - last > profile.BlindAfterSeconds
                    ? candidates.Append((From: last, To: end))
                    : candidates
            ).Select(gap => new FeedGap(
                feed,
                Instant.FromUnixTimeSeconds(gap.From),
                Instant.FromUnixTimeSeconds(gap.To),
                FeedState.Blind,
                reason
            )),
        ];
    }

    /// <summary>Stretches of a window that no file covers.</summary>
    /// <param name="starts">When each file that was read begins; any order.</param>
    /// <param name="length">What one file covers: 15 minutes at RouteViews, 5 at RIPE RIS.</param>
    public static IReadOnlyList<FeedGap> MissingFiles(
        string feed,
        IEnumerable<Instant> starts,
        Duration length,
        Interval window
    )
    {
        ArgumentNullException.ThrowIfNull(starts);
        List<FeedGap> gaps = [];
        Instant covered = window.Start;
        foreach (Instant start in starts.Append(window.End).Order())
        {
            Instant from = Instant.Min(start, window.End);
            if (from > covered)
            {
                gaps.Add(new FeedGap(feed, covered, from, FeedState.Blind, "no update file"));
            }

            covered = Instant.Max(covered, start + length);
        }

        return gaps;
    }

    /// <summary>
    /// True when most minutes that have records have many, and such minutes are the rule: a feed that speaks in rare
    /// bursts is not busy.
    /// </summary>
    private bool IsBusy =>
        2 * busyMinutes > minutes && minutes >= MinutesPerGapMin * candidates.Count;

    private void EndMinute()
    {
        minutes++;
        busyMinutes += inMinute >= profile.BusyMessagesPerMinute ? 1 : 0;
        inMinute = 0;
    }
}
