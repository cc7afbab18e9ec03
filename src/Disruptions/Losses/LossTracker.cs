using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>Counts samples towards opening and closing; samples that are not seen count towards neither.</summary>
internal sealed class LossTracker(
    Instant[] times,
    SampleState[] states,
    double[] drops,
    LossRules rules
)
{
    private readonly List<Loss> losses = [];
    private int firstLost = -1;
    private int lastLost = -1;
    private int firstBack = -1;
    private int lostRun;
    private int backRun;

    public bool IsOpen { get; private set; }

    public List<Loss> Losses => losses;

    public void See(int i)
    {
        if (!states[i].IsSeen())
        {
            return;
        }

        if (states[i] == SampleState.Lost)
        {
            firstLost = lostRun == 0 && !IsOpen ? i : firstLost;
            lastLost = i;
            lostRun++;
            backRun = 0;
            IsOpen |= lostRun >= rules.OpenSamples;
            return;
        }

        if (!IsOpen)
        {
            lostRun = 0;
            return;
        }

        firstBack = backRun == 0 ? i : firstBack;
        backRun++;
        if (backRun >= rules.CloseSamples)
        {
            losses.Add(Make(new InstantPair(At(lastLost), At(firstBack))));
            IsOpen = false;
            lostRun = 0;
            backRun = 0;
        }
    }

    public void Finish()
    {
        if (IsOpen)
        {
            losses.Add(Make(null));
        }
    }

    private Loss Make(InstantPair? end)
    {
        int before = firstLost - 1;
        while (before >= 0 && !states[before].IsSeen())
        {
            before--;
        }

        Instant latest = At(firstLost);
        double deepest = 0;
        for (int i = firstLost; i <= lastLost; i++)
        {
            deepest = states[i] == SampleState.Lost ? Math.Max(deepest, drops[i]) : deepest;
        }

        return new Loss(
            firstLost,
            lastLost,
            new InstantPair(before >= 0 ? At(before) : latest, latest),
            end,
            deepest
        );
    }

    private Instant At(int index) => times[index];
}
