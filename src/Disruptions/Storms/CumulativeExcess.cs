namespace Breakwater.Disruptions;

/// <summary>
/// Opens and closes a storm by cumulative sums (E. S. Page, Continuous inspection schemes, Biometrika 41, 1954). Many
/// minutes that are somewhat high count as much as few that are very high; the last moment at which the sum was zero is
/// the usual estimate of when the change began, and so minutes between two bursts of one storm belong to it.
/// </summary>
internal sealed class CumulativeExcess(StormProfile profile, double stepMinutes)
{
    private double sum;

    public bool IsOpen { get; private set; }

    /// <summary>First step of the rise, while a storm is open or may open; of the fall, when one has just closed.</summary>
    public long Since { get; private set; }

    /// <summary>Takes the deviation of a step.</summary>
    /// <returns>True when this step opened or closed a storm.</returns>
    public bool See(long step, double deviation)
    {
        double excess = IsOpen ? profile.CloseBelow - deviation : deviation - profile.OpenAbove;
        if (sum <= 0 && excess > 0)
        {
            FirstOfRun = step;
        }

        sum = Math.Max(0, sum + (excess * stepMinutes));
        if (sum <= (IsOpen ? profile.CloseSum : profile.OpenSum))
        {
            return false;
        }

        Since = FirstOfRun;
        IsOpen = !IsOpen;
        sum = 0;
        return true;
    }

    /// <summary>What was summed up says nothing after a time without sight. An open storm stays open.</summary>
    public void Interrupt() => sum = 0;

    /// <summary>Ends an open storm without having seen its end.</summary>
    public void Reset()
    {
        IsOpen = false;
        sum = 0;
    }

    private long FirstOfRun { get; set; }
}
