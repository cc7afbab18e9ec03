namespace Breakwater.Bench.Accuracy.Metrics;

/// <summary>One number of the report: a name, what it is, and how it follows from a tally. Null where there is nothing to divide by.</summary>
/// <param name="IsOfEvents">True when it says nothing of spread where there was one event alone.</param>
public sealed record Measure(
    string Name,
    string Meaning,
    Func<Tally, double?> Of,
    bool IsOfEvents = true
)
{
    // The mean length of a month in the Gregorian calendar.
    public const double DaysPerMonth = 30.436875;

    public static Measure Recall { get; } =
        new(
            "recall",
            "events with an alarm within the onset tolerance",
            tally => Ratio(tally.OnTime, tally.Events)
        );

    public static Measure Touched { get; } =
        new(
            "touched",
            "events with any overlapping alarm",
            tally => Ratio(tally.Touched, tally.Events)
        );

    public static Measure Precision { get; } =
        new(
            "precision",
            "alarms that overlap an event",
            tally => Ratio(tally.Alarms - tally.FalseAlarms, tally.Alarms)
        );

    /// <summary>Harmonic mean of precision and recall; 0 when nothing was found.</summary>
    public static Measure F1 { get; } =
        new(
            "F1",
            "harmonic mean of the two",
            tally =>
                Recall.Of(tally) is not { } recall ? null
                : tally.Alarms == 0 ? 0
                : Precision.Of(tally) is { } precision && precision + recall > 0
                    ? 2 * precision * recall / (precision + recall)
                : 0
        );

    public static Measure FalsePerMonth { get; } =
        new(
            "false per place-month",
            "false alarms in a month of quiet time of one place",
            tally =>
                tally.QuietDays <= 0 ? null : tally.FalseAlarms / tally.QuietDays * DaysPerMonth,
            IsOfEvents: false
        );

    public static Measure Covered { get; } =
        new(
            "covered",
            "share of the time of events in which an alarm is open",
            tally => Ratio(tally.CoveredMinutes, tally.EventMinutes)
        );

    public static Measure Unseen { get; } =
        new(
            "unknown",
            "share of scored time in which the detector could not judge",
            tally => Ratio(tally.UnseenMinutes, tally.ScoredMinutes),
            IsOfEvents: false
        );

    public static Measure MedianDelayHours { get; } =
        new(
            "delay, median h",
            "from onset to the first moment at which the detector knows",
            tally => Quantile(tally.DelayMinutes, 0.5) / 60
        );

    public static Measure LongDelayHours { get; } =
        new(
            "delay, 90 % h",
            "the same for nine of ten events found",
            tally => Quantile(tally.DelayMinutes, 0.9) / 60
        );

    public static IReadOnlyList<Measure> All { get; } =
    [
        Recall,
        Touched,
        Precision,
        F1,
        FalsePerMonth,
        Covered,
        MedianDelayHours,
        LongDelayHours,
        Unseen,
    ];

    /// <summary>The smallest value that at least the given share of values does not exceed; null of none.</summary>
    public static double? Quantile(IReadOnlyList<double> values, double share)
    {
        double[] ordered = [.. values.Order()];
        return ordered.Length == 0
            ? null
            : ordered[Math.Max(0, (int)Math.Ceiling(share * ordered.Length) - 1)];
    }

    private static double? Ratio(double part, double whole) => whole > 0 ? part / whole : null;
}
