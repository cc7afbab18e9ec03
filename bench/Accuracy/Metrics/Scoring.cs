using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bench.Accuracy.Metrics;

/// <summary>An event that was missed, or an alarm that was false, by name: sums alone hide what a detector cannot do.</summary>
public sealed record Miss(string Case, string What, Instant At);

/// <summary>One case scored.</summary>
/// <param name="ByDay">The same counts by the UTC day on which they fall; their sum is the whole.</param>
public sealed record CaseScore(
    Case Case,
    IReadOnlyDictionary<long, Tally> ByDay,
    IReadOnlyList<Miss> Missed,
    IReadOnlyList<Miss> False
)
{
    public Tally Whole => Tally.Sum(ByDay.Values);
}

/// <summary>Alarms against labels, by overlap. The delay is measured by asking the detector again with only what was there.</summary>
public static class Scoring
{
    private const double MinutesPerDay = 1440;

    // Steps after the onset at which the detector is asked; a longer list costs a run each.
    private static readonly int[] _steps =
    [
        1,
        2,
        3,
        4,
        5,
        6,
        8,
        10,
        12,
        16,
        20,
        24,
        32,
        40,
        48,
        64,
        80,
        96,
    ];

    public static CaseScore Score(Case item, Detect detect, Protocol protocol, bool hasDelay = true)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(detect);
        ArgumentNullException.ThrowIfNull(protocol);
        Judged judged = detect(item.Series);
        Alarm[] alarms =
        [
            .. judged
                .Alarms.Where(alarm => alarm.Confidence >= protocol.ConfidenceMin)
                .Where(alarm => alarm.To is not { } to || to > item.Scored.Since)
                .Where(alarm => alarm.From < item.Scored.Until)
                .OrderBy(alarm => alarm.From),
        ];
        var byDay = new Dictionary<long, Tally>();
        List<Miss> missed = [];
        List<Miss> wrong = [];
        var told = new HashSet<Alarm>();
        foreach (Label label in item.Labels)
        {
            Alarm[] on = [.. alarms.Where(alarm => Overlaps(alarm, label, protocol))];
            bool isOnTime = on.Any(alarm => IsOnTime(alarm, label, protocol));
            told.UnionWith(on);
            double? delay = hasDelay && on.Length > 0 ? Delay(item, label, detect, protocol) : null;
            Add(
                byDay,
                label.Onset.Latest,
                new Tally
                {
                    Events = 1,
                    OnTime = isOnTime ? 1 : 0,
                    Touched = on.Length > 0 ? 1 : 0,
                    Alarms = Math.Min(1, on.Length),
                    Repeats = Math.Max(0, on.Length - 1),
                    DelayMinutes = delay is { } minutes ? [minutes] : [],
                }
            );
            AddTime(byDay, item, label, alarms);
            if (!isOnTime)
            {
                missed.Add(
                    new Miss(
                        item.Id,
                        on.Length > 0
                            ? $"{label.Name}: alarm at {on[0].From}, not within the tolerance"
                            : $"{label.Name}: no alarm",
                        label.Onset.Latest
                    )
                );
            }
        }

        foreach (Alarm alarm in alarms.Where(alarm => !told.Contains(alarm)))
        {
            // One that was open before scored time, or began in time that nobody labelled, says nothing.
            if (
                alarm.From >= item.Scored.Since
                && !item.Unlabelled.Any(window => window.Contains(alarm.From))
            )
            {
                Add(byDay, alarm.From, new Tally { Alarms = 1, FalseAlarms = 1 });
                wrong.Add(
                    new Miss(item.Id, $"alarm of confidence {alarm.Confidence:0.00}", alarm.From)
                );
            }
        }

        AddQuiet(byDay, item, judged);
        return new CaseScore(item, byDay, missed, wrong);
    }

    /// <summary>Minutes from the labelled onset to the first moment at which the detector knows; null when it does not in time.</summary>
    public static double? Delay(Case item, Label label, Detect detect, Protocol protocol)
    {
        Duration step = item.Series.Min(series => series.Step);
        foreach (int count in _steps)
        {
            Instant now = label.Onset.Latest + (step * count);
            if (now - label.Onset.Latest > protocol.DelayMax)
            {
                return null;
            }

            SeriesSignal[] known =
            [
                .. item.Series.Select(series =>
                    series with
                    {
                        // A sample stands for the step that begins with it, so it is there when the step is over.
                        Samples =
                        [
                            .. series.Samples.TakeWhile(sample => sample.At + series.Step <= now),
                        ],
                    }
                ),
            ];
            if (
                detect(known)
                    .Alarms.Any(alarm =>
                        alarm.Confidence >= protocol.ConfidenceMin
                        && alarm.From >= label.Onset.Earliest - protocol.OnsetTolerance
                    )
            )
            {
                return (now - label.Onset.Latest).TotalMinutes;
            }
        }

        return null;
    }

    private static bool Overlaps(Alarm alarm, Label label, Protocol protocol) =>
        (label.End is not { } end || alarm.From < end)
        && (alarm.To is not { } to || to > label.Onset.Earliest)
        // An alarm from long before is about something else, even when it is still open.
        && alarm.From >= label.Onset.Earliest - protocol.OnsetTolerance;

    private static bool IsOnTime(Alarm alarm, Label label, Protocol protocol) =>
        alarm.From >= label.Onset.Earliest - protocol.OnsetTolerance
        && alarm.From <= label.Onset.Latest + protocol.OnsetTolerance;

    private static void Add(Dictionary<long, Tally> byDay, Instant at, Tally tally)
    {
        long day = at.ToUnixTimeSeconds() / 86_400;
        byDay[day] = byDay.GetValueOrDefault(day, Tally.Zero) + tally;
    }

    private static void AddTime(
        Dictionary<long, Tally> byDay,
        Case item,
        Label label,
        Alarm[] alarms
    )
    {
        var window = new TimeWindow(label.Onset.Latest, label.End ?? item.Scored.Until);
        List<TimeWindow> open = Windows.Union(
            alarms.Select(alarm => new TimeWindow(alarm.From, alarm.To ?? item.Scored.Until))
        );
        foreach (TimeWindow day in Windows.Days(window))
        {
            Add(
                byDay,
                day.Since,
                new Tally
                {
                    EventMinutes = day.Length.TotalMinutes,
                    CoveredMinutes = Windows.Minutes(open, day),
                }
            );
        }
    }

    private static void AddQuiet(Dictionary<long, Tally> byDay, Case item, Judged judged)
    {
        List<TimeWindow> notQuiet = Windows.Union(
            item.Labels.Select(label => new TimeWindow(
                    label.Onset.Earliest,
                    label.End ?? item.Scored.Until
                ))
                .Concat(item.Unlabelled)
        );
        List<TimeWindow> unseen = Windows.Union(judged.Unseen);
        foreach (TimeWindow day in Windows.Days(item.Scored))
        {
            Add(
                byDay,
                day.Since,
                new Tally
                {
                    QuietDays =
                        (day.Length.TotalMinutes - Windows.Minutes(notQuiet, day)) / MinutesPerDay,
                    ScoredMinutes = day.Length.TotalMinutes,
                    UnseenMinutes = Windows.Minutes(unseen, day),
                }
            );
        }
    }
}
