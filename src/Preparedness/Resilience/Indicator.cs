namespace Breakwater.Preparedness.Resilience;

/// <summary>In what an indicator is counted. Each unit has values that it can have, and others that are mistakes.</summary>
public enum IndicatorUnit
{
    /// <summary>0 to 100.</summary>
    Percent,

    /// <summary>Whole, from 0 on.</summary>
    Count,

    /// <summary>Of 100 people, from 0 on; people may have several.</summary>
    PerHundred,

    /// <summary>Megabits per second.</summary>
    Mbps,

    Milliseconds,

    Hours,

    Days,

    /// <summary>Sum of squared shares in percent, 0 to 10,000 (Herfindahl-Hirschman).</summary>
    HhiPoints,

    /// <summary>0 for no, 1 for yes. Who does not know gives no value.</summary>
    YesNo,
}

/// <summary>Which way an indicator is better.</summary>
public enum Better
{
    Higher,
    Lower,
}

/// <summary>Where values of an indicator come from.</summary>
public enum ValuesFrom
{
    /// <summary>Files that people load.</summary>
    Files,

    /// <summary>What Breakwater holds or computes; a file may state it too.</summary>
    Breakwater,
}

/// <summary>One thing that is looked at in every country.</summary>
/// <param name="Names">By language; English is always there.</param>
/// <param name="Floor">Values below it count as it: outliers are clipped here.</param>
/// <param name="Ceiling">Values above it count as it.</param>
/// <param name="Step">By how much a country can raise it next; null when it is done at once or not at all.</param>
/// <param name="Weight">Within its pillar, relative to the others there.</param>
/// <param name="Source">Where values can be had.</param>
/// <param name="AgeDaysMax">A value older than this is not used.</param>
public sealed record Indicator(
    string Id,
    string Pillar,
    IReadOnlyDictionary<string, string> Names,
    IndicatorUnit Unit,
    Better Better,
    double Floor,
    double Ceiling,
    double? Step,
    double Weight,
    ValuesFrom From,
    string Source,
    int AgeDaysMax
)
{
    /// <summary>The value that scores 100.</summary>
    public double Best => Better == Better.Higher ? Ceiling : Floor;

    /// <summary>Min-max between the thresholds, 0 to 100; what lies beyond them is clipped.</summary>
    public double Score(double value)
    {
        double share = (Math.Clamp(value, Floor, Ceiling) - Floor) / (Ceiling - Floor);
        return 100 * (Better == Better.Higher ? share : 1 - share);
    }

    public bool IsClipped(double value) => value < Floor || value > Ceiling;

    /// <summary>The next value that a country can reach and that counts; null when it is as good as counts already.</summary>
    public double? Next(double value)
    {
        const double slack = 1e-9;
        double from = Math.Clamp(value, Floor, Ceiling);
        if (Math.Abs(from - Best) < slack)
        {
            return null;
        }

        if (Step is not { } step)
        {
            return Best;
        }

        return Better == Better.Higher
            ? Math.Min(Ceiling, (Math.Floor((from / step) + slack) + 1) * step)
            : Math.Max(Floor, (Math.Ceiling((from / step) - slack) - 1) * step);
    }

    /// <summary>Why a value cannot be one of this unit; null when it can.</summary>
    public string? WhyNot(double value) =>
        !double.IsFinite(value) ? "is no number"
        : value < 0 ? "is below 0"
        : Unit == IndicatorUnit.Percent && value > 100 ? "is more than 100 percent"
        : Unit == IndicatorUnit.HhiPoints && value > 10_000 ? "is more than 10000 points"
        : Unit == IndicatorUnit.YesNo && value is not (0 or 1) ? "is neither 0 (no) nor 1 (yes)"
        : Unit == IndicatorUnit.Count && value != Math.Floor(value) ? "is no whole number"
        : value > ValueMax ? "is too large to be true"
        : null;

    /// <summary>No unit has values of this size.</summary>
    private const double ValueMax = 1e12;
}

/// <summary>What belongs together: power, routes, agreements.</summary>
/// <param name="Weight">Relative to the other pillars.</param>
public sealed record Pillar(
    string Id,
    IReadOnlyDictionary<string, string> Names,
    double Weight,
    IReadOnlyList<Indicator> Indicators
);
