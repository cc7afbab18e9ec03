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
/// A storm is over where it falls below a share of its own height, as the length of a pulse is measured at half its
/// maximum: a level that ends a strong storm in time would cut a weak one short.
/// </summary>
internal sealed class CumulativeExcess(StormProfile profile, double stepMinutes)
{
    private readonly TrailingMean mean = new((int)Math.Max(1, profile.HeightMinutes / stepMinutes));
    private Sum change;
    private Sum edge;
    private double height;

    public StormPhase Phase { get; private set; }

    /// <summary>First step of the rise or fall that led to the present phase.</summary>
    public long Since { get; private set; }

    /// <summary>Below this a storm subsides; not below the level that delimits where it began.</summary>
    private double CloseBelow => Math.Max(profile.EdgeAbove, profile.CloseShare * height);

    /// <summary>Takes the deviation of a step.</summary>
    /// <returns>True when this step led to another phase.</returns>
    public bool See(long step, double deviation)
    {
        height = Math.Max(height, mean.Add(deviation));
        switch (Phase)
        {
            case StormPhase.Calm:
                change.Add(step, (deviation - profile.OpenAbove) * stepMinutes);
                edge.Add(step, (deviation - profile.EdgeAbove) * stepMinutes);
                height = edge.Total > 0 ? height : 0;
                return change.Total > profile.OpenSum && Enter(StormPhase.Storm, edge.Since);
            case StormPhase.Storm:
                change.Add(step, (CloseBelow - deviation) * stepMinutes);
                return change.Total > profile.CloseSum && Enter(StormPhase.Subsiding, change.Since);
            default:
                change.Add(step, (deviation - CloseBelow) * stepMinutes);
                return change.Total > profile.CloseSum
                    ? Enter(StormPhase.Storm, change.Since)
                    : (step - Since) * stepMinutes >= profile.JoinMinutes
                        && Enter(StormPhase.Calm, step);
        }
    }

    /// <summary>What was summed up says nothing after a time without sight. The phase stays.</summary>
    public void Interrupt()
    {
        change = edge = default;
        mean.Clear();
    }

    /// <summary>Starts anew, as with another baseline.</summary>
    public void Reset()
    {
        Interrupt();
        _ = Enter(StormPhase.Calm, 0);
    }

    private bool Enter(StormPhase phase, long since)
    {
        (Phase, Since) = (phase, since);
        change = edge = default;
        height = phase == StormPhase.Calm ? 0 : height;
        return true;
    }

    /// <summary>Mean of the last so many steps; zero until there are as many.</summary>
    private sealed class TrailingMean(int steps)
    {
        private readonly Queue<double> last = new(steps);
        private double sum;

        public double Add(double deviation)
        {
            last.Enqueue(deviation);
            sum += deviation - (last.Count > steps ? last.Dequeue() : 0);
            return last.Count == steps ? sum / steps : 0;
        }

        public void Clear()
        {
            last.Clear();
            sum = 0;
        }
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
