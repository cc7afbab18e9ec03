using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// What a series would show if nothing were wrong: the median of earlier samples near the same time of day.
/// A sample inside a loss is replaced by its own baseline, because a baseline that learns from a loss closes the loss
/// while the country is still dark.
/// </summary>
internal sealed class Baseline(DetectorProfile profile)
{
    // Converts a median absolute deviation into the standard deviation of a normal distribution.
    private const double RobustDeviation = 1.4826;

    private readonly List<(Instant At, int SecondOfDay, double Value)> _history = [];
    private readonly List<double> _near = [];
    private int _oldest;
    private double _usualHigh;
    private long _usualHighDay = long.MinValue;

    /// <summary>Baseline and spread for a moment, or null while there is too little history to say.</summary>
    public (double Level, double Spread)? At(Instant at)
    {
        while (
            _oldest < _history.Count
            && _history[_oldest].At < at - Duration.FromDays(profile.BaselineDays)
        )
        {
            _oldest++;
        }

        int known = _history.Count - _oldest;
        if (
            known < profile.MinimumHistorySamples
            || at - _history[_oldest].At < Duration.FromHours(profile.MinimumHistoryHours)
        )
        {
            return null;
        }

        CollectNear(SecondOfDay(at), (int)(profile.TimeOfDayHours * 3600));
        if (_near.Count < profile.MinimumHistorySamples)
        {
            CollectNear(0, int.MaxValue);
        }

        double level = Median(_near);
        if (level < profile.MinimumBaselineShareOfHigh * UsualHigh(at) || level <= 0)
        {
            return null;
        }

        for (int i = 0; i < _near.Count; i++)
        {
            _near[i] = Math.Abs(_near[i] - level);
        }

        return (level, Median(_near) * RobustDeviation);
    }

    public void Learn(Instant at, double value) => _history.Add((at, SecondOfDay(at), value));

    private void CollectNear(int secondOfDay, int distance)
    {
        const int day = 86_400;
        _near.Clear();
        for (int i = _oldest; i < _history.Count; i++)
        {
            int apart = Math.Abs(_history[i].SecondOfDay - secondOfDay);
            if (Math.Min(apart, day - apart) <= distance)
            {
                _near.Add(_history[i].Value);
            }
        }
    }

    /// <summary>The level that earlier samples reach in one of ten cases: a single outlier moves it little. Worked out once a day.</summary>
    private double UsualHigh(Instant at)
    {
        long day = at.ToUnixTimeSeconds() / 86_400;
        if (day != _usualHighDay)
        {
            double[] values = [.. _history.Skip(_oldest).Select(sample => sample.Value)];
            Array.Sort(values);
            (_usualHigh, _usualHighDay) = (values[(int)(0.9 * (values.Length - 1))], day);
        }

        return _usualHigh;
    }

    private static int SecondOfDay(Instant at) =>
        (int)(((at.ToUnixTimeSeconds() % 86_400) + 86_400) % 86_400);

    private static double Median(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
