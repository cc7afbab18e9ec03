using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What one series says at one moment.</summary>
/// <param name="Freshness">1 for a sample of now, less for one that is older than its step, 0 when it is too old to say anything.</param>
/// <param name="Weight">Log-odds that it brings for a loss, faded by age; zero when it sees none.</param>
/// <param name="Loss">The loss or shift that it is in; null when it is in none.</param>
internal readonly record struct Vote(
    JudgedSeries Series,
    SampleState State,
    double DropShare,
    double Freshness,
    double Weight,
    Loss? Loss
)
{
    public bool IsLost => (State is SampleState.Lost or SampleState.Shifted) && !IsApart;

    /// <summary>True for a small shift of level that began days apart from what weighs more: it speaks neither for that nor against it.</summary>
    public bool IsApart { get; private init; }

    /// <summary>Lets no small shift of level speak for a heavier loss that began days before or after it.</summary>
    public static void SetShiftsApart(Span<Vote> votes, DetectorProfile profile)
    {
        foreach (ref Vote vote in votes)
        {
            if (
                vote.Loss is { } shift
                && profile.IsSmallShift(shift)
                && IsOfAnother(vote, shift, votes)
            )
            {
                vote = vote with { Weight = 0, IsApart = true };
            }
        }
    }

    /// <param name="index">Index of the latest sample at or before the moment; -1 when there is none.</param>
    public static Vote Of(JudgedSeries series, int index, Instant at, DetectorProfile profile)
    {
        double freshness = index < 0 ? 0 : FreshnessOf(at - series.At(index), series, profile);
        if (freshness <= 0 || !series.States[index].IsSeen())
        {
            return new Vote(series, SampleState.Missing, 0, 0, 0, null);
        }

        SampleState state = series.States[index];
        double drop = series.DropShares[index];
        SignalFamily family = series.Signal.Family;
        if (state == SampleState.Normal)
        {
            return new Vote(series, state, drop, freshness, 0, null);
        }

        if (state == SampleState.Shifted)
        {
            Loss shift = series.ShiftAt(index)!;
            return new Vote(
                series,
                state,
                Math.Max(drop, shift.DeepestDropShare),
                freshness,
                profile.Shifts.WeightOf(shift.DeepestDropShare) * freshness,
                shift
            );
        }

        Loss? loss = series.LossAt(index);
        // A low sample that no loss has opened on yet is no vote for one.
        return loss is null
            ? new Vote(series, SampleState.Normal, drop, freshness, 0, null)
            : new Vote(
                series,
                state,
                drop,
                freshness,
                profile.Of(family).WeightOf(drop) * freshness * series.Certainties[index],
                loss
            );
    }

    /// <summary>True when its loss, or a shift of its series, began near another one.</summary>
    public bool BeganNear(Loss other) =>
        Loss!.BeganNear(other) || Series.Shifts.Any(other.BeganNear);

    private static bool IsOfAnother(in Vote vote, Loss shift, ReadOnlySpan<Vote> votes)
    {
        bool isApart = false;
        foreach (ref readonly Vote other in votes)
        {
            if (other is { Loss.IsShift: false } && other.Weight > vote.Weight)
            {
                if (other.BeganNear(shift))
                {
                    return false;
                }

                isApart = true;
            }
        }

        return isApart;
    }

    private static double FreshnessOf(Duration age, JudgedSeries series, DetectorProfile profile)
    {
        if (age <= series.Signal.Step)
        {
            return 1;
        }

        double steps = age / series.Signal.Step;
        return Math.Clamp((profile.BlindAfterSteps - steps) / (profile.BlindAfterSteps - 1), 0, 1);
    }
}
