namespace Breakwater.Bench.Accuracy.Metrics;

/// <summary>
/// What was counted in one unit of resampling (an event with its series, or a day of all places). Tallies add up, and every
/// number of the report is a function of one.
/// </summary>
public sealed record Tally
{
    public static Tally Zero { get; } = new();

    /// <summary>Labelled events that began in scored time.</summary>
    public int Events { get; init; }

    /// <summary>Events with an alarm that began no further from the labelled onset than the tolerance.</summary>
    public int OnTime { get; init; }

    /// <summary>Events with any alarm that overlaps them.</summary>
    public int Touched { get; init; }

    /// <summary>Alarms that began in scored time, without those that say again what an earlier alarm said of the same event.</summary>
    public int Alarms { get; init; }

    /// <summary>Alarms that overlap no event.</summary>
    public int FalseAlarms { get; init; }

    /// <summary>Further alarms on an event that has one: neither right nor false.</summary>
    public int Repeats { get; init; }

    /// <summary>Scored time outside of events, times places.</summary>
    public double QuietDays { get; init; }

    public double EventMinutes { get; init; }

    /// <summary>Time of events in which an alarm was open.</summary>
    public double CoveredMinutes { get; init; }

    public double ScoredMinutes { get; init; }

    /// <summary>Scored time in which the detector could not judge: unknown, not normal.</summary>
    public double UnseenMinutes { get; init; }

    /// <summary>From the labelled onset to the moment at which the detector, given only what was there, first says so.</summary>
    public IReadOnlyList<double> DelayMinutes { get; init; } = [];

    public static Tally operator +(Tally one, Tally other) => Sum([one, other]);

    public static Tally Sum(IEnumerable<Tally> tallies)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        (int events, int onTime, int touched, int alarms, int wrong, int repeats) = (
            0,
            0,
            0,
            0,
            0,
            0
        );
        (double quiet, double ofEvents, double covered, double scored, double unseen) = (
            0,
            0,
            0,
            0,
            0
        );
        List<double>? delays = null;
        foreach (Tally tally in tallies)
        {
            events += tally.Events;
            onTime += tally.OnTime;
            touched += tally.Touched;
            alarms += tally.Alarms;
            wrong += tally.FalseAlarms;
            repeats += tally.Repeats;
            quiet += tally.QuietDays;
            ofEvents += tally.EventMinutes;
            covered += tally.CoveredMinutes;
            scored += tally.ScoredMinutes;
            unseen += tally.UnseenMinutes;
            if (tally.DelayMinutes.Count > 0)
            {
                (delays ??= []).AddRange(tally.DelayMinutes);
            }
        }

        return new Tally
        {
            Events = events,
            OnTime = onTime,
            Touched = touched,
            Alarms = alarms,
            FalseAlarms = wrong,
            Repeats = repeats,
            QuietDays = quiet,
            EventMinutes = ofEvents,
            CoveredMinutes = covered,
            ScoredMinutes = scored,
            UnseenMinutes = unseen,
            DelayMinutes = delays ?? [],
        };
    }
}
