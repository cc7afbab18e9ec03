using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Cuts a loss that could be a change of scale where its series fell far below what that change had left: the one says
/// nothing about the other, neither when it began nor how sure it is.
/// </summary>
internal static class LossesBelowScale
{
    /// <summary>Less than this part of what the change had left is lost once more, and back above it.</summary>
    private const double LeftOfScale = 0.5;
    private const double LeftOfSharp = 0.6;

    /// <summary>A lively column strays that far for some hours; half of the samples must be below this part.</summary>
    private const double FarBelow = 0.25;

    /// <summary>Of a column whose pattern is unchanged, half below this part for half a day says as much.</summary>
    private const double FarBelowSharp = 0.5;
    private static readonly Duration _lasting = Duration.FromHours(12);

    /// <returns>The parts of a loss in order, cut at those that are given, which begin and end by themselves.</returns>
    public static IReadOnlyList<Loss> Cut(JudgedSeries series, Loss loss, IEnumerable<Loss> apart)
    {
        var parts = new List<Loss>();
        int next = loss.First;
        InstantPair since = loss.Onset;
        foreach (Loss one in apart)
        {
            if (one.First > next)
            {
                parts.Add(Part(series, loss, next, one.First - 1, since, one.Onset));
            }

            parts.Add(one);
            next = one.Last + 1;
            since = one.End ?? since;
        }

        if (next == loss.First)
        {
            return [loss];
        }

        if (next <= loss.Last)
        {
            parts.Add(Part(series, loss, next, loss.Last, since, loss.End));
        }

        return parts;
    }

    /// <param name="share">The share of its level at which the series goes on.</param>
    /// <param name="isSharp">True when its pattern is known to be unchanged there, so that it strays less.</param>
    /// <returns>The stretches far below, in order and marked so.</returns>
    public static IEnumerable<Loss> Find(
        JudgedSeries series,
        Loss loss,
        double share,
        bool isSharp,
        LossRules rules
    )
    {
        double low = share * (isSharp ? LeftOfSharp : LeftOfScale);
        var states = new SampleState[series.Count];
        var tracker = new LossTracker(series.Times, states, series.DropShares, rules);
        for (int i = Math.Max(0, loss.First - 1); i <= loss.Last; i++)
        {
            states[i] =
                !series.States[i].IsSeen() ? series.States[i]
                : i >= loss.First && Left(series, i) < low ? SampleState.Lost
                : SampleState.Normal;
            tracker.See(i);
        }

        tracker.Finish();
        return tracker
            .Losses.Where(below =>
                IsFar(series, states, below, share * FarBelow)
                || (
                    isSharp
                    && series.At(below.Last) - series.At(below.First) >= _lasting
                    && IsFar(series, states, below, share * FarBelowSharp)
                )
            )
            .Select(below =>
                below with
                {
                    Onset = below.First == loss.First ? loss.Onset : below.Onset,
                    // Too few samples above it to say that it is back: what follows is still part of it.
                    Last = below.End is null ? loss.Last : below.Last,
                    End = below.End ?? loss.End,
                    IsBelowScale = true,
                }
            );
    }

    private static bool IsFar(JudgedSeries series, SampleState[] states, Loss below, double limit)
    {
        (int far, int lost) = (0, 0);
        for (int i = below.First; i <= below.Last; i++)
        {
            if (states[i] == SampleState.Lost)
            {
                lost++;
                far += Left(series, i) < limit ? 1 : 0;
            }
        }

        return far * 2 >= lost;
    }

    /// <summary>What is left of the level at a sample, as a share of it.</summary>
    private static double Left(JudgedSeries series, int index) => 1 - series.DropShares[index];

    private static Loss Part(
        JudgedSeries series,
        Loss loss,
        int first,
        int last,
        InstantPair onset,
        InstantPair? end
    ) =>
        loss with
        {
            First = first,
            Last = last,
            Onset = onset,
            End = end,
            DeepestDropShare = Enumerable
                .Range(first, last - first + 1)
                .Where(i => series.States[i] == SampleState.Lost)
                .Select(i => series.DropShares[i])
                .DefaultIfEmpty(0)
                .Max(),
        };
}
