namespace Breakwater.Disruptions;

internal enum StormPhase
{
    Calm,

    /// <summary>A storm is going on.</summary>
    Storm,

    /// <summary>It is over, but for so short a time that it goes on if it rises again.</summary>
    Subsiding,
}

/// <summary>
/// Opens and closes a storm by cumulative sums (E. S. Page, Continuous inspection schemes, Biometrika 41, 1954). Many
/// minutes that are somewhat high count as much as few that are very high; the last moment at which the sum was zero is
/// the usual estimate of when the change began, and so quiet minutes between two bursts of one storm belong to it.
/// </summary>
internal sealed class CumulativeExcess(StormProfile profile, double stepMinutes)
{
    private Sum change;
    private Sum edge;

    public StormPhase Phase { get; private set; }

    /// <summary>First step of the rise or fall that led to the present phase.</summary>
    public long Since { get; private set; }

    /// <summary>Takes the deviation of a step.</summary>
    /// <returns>True when this step led to another phase.</returns>
    public bool See(long step, double deviation)
    {
        switch (Phase)
        {
            case StormPhase.Calm:
                change.Add(step, (deviation - profile.OpenAbove) * stepMinutes);
                edge.Add(step, (deviation - profile.EdgeAbove) * stepMinutes);
                return change.Total > profile.OpenSum && Enter(StormPhase.Storm, edge.Since);
            case StormPhase.Storm:
                change.Add(step, (profile.CloseBelow - deviation) * stepMinutes);
                return change.Total > profile.CloseSum && Enter(StormPhase.Subsiding, change.Since);
            default:
                change.Add(step, (deviation - profile.CloseBelow) * stepMinutes);
                return change.Total > profile.CloseSum
                    ? Enter(StormPhase.Storm, change.Since)
                    : (step - Since) * stepMinutes >= profile.JoinMinutes
                        && Enter(StormPhase.Calm, step);
        }
    }

    /// <summary>What was summed up says nothing after a time without sight. The phase stays.</summary>
    public void Interrupt() => change = edge = default;

    public void Reset() => _ = Enter(StormPhase.Calm, 0);

    private bool Enter(StormPhase phase, long since)
    {
        (Phase, Since) = (phase, since);
        Interrupt();
        return true;
    }

    private struct Sum
    {
        public double Total { get; private set; }

        /// <summary>First step after the sum was last zero.</summary>
        public long Since { get; private set; }

        public void Add(long step, double amount)
        {
            Since = Total > 0 ? Since : step;
            Total = Math.Max(0, Total + amount);
        }
    }
}
