using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Deep and lasting losses that one family, or one service, sees for certain while others that can see are normal. Fused they
/// are unlikely, but that sources disagree so is a finding: it is told with its low probability, never left out in silence.
/// </summary>
internal static class Contradictions
{
    /// <summary>So many of its samples must be dark once one is: nobody is told of a service that merely sways.</summary>
    private const double DarkShare = 0.9;

    /// <param name="known">What is told anyway.</param>
    public static IEnumerable<Candidate> Find(
        List<FusedMoment> moments,
        IReadOnlyList<Candidate> known,
        FileSteps steps,
        DetectorProfile profile
    )
    {
        IReadOnlyList<JudgedSeries> series = steps.Series;
        var found = new List<Candidate>();
        foreach (JudgedSeries one in series)
        {
            foreach (Loss loss in one.Losses.Concat(one.Shifts))
            {
                if (
                    IsSure(one, loss, profile)
                    && !known.Concat(found).Any(other => IsBeside(loss, other))
                    && Peak(moments, one, loss, profile) is { } peak
                    && Fusion.VotesAt(series, peak.At, profile) is var votes
                    && IsContradicted(one, votes)
                )
                {
                    found.Add(
                        new Candidate(
                            peak,
                            peak,
                            [votes[series.ToList().IndexOf(one)]],
                            loss.Onset.Latest,
                            steps,
                            profile
                        )
                        {
                            IsContradicted = true,
                        }
                    );
                }
            }
        }

        return found;
    }

    private static bool IsSure(JudgedSeries series, Loss loss, DetectorProfile profile)
    {
        if (
            loss.DeepestDropShare < profile.DarkDropShare
            || series.At(loss.Last) - series.At(loss.First)
                < Duration.FromHours(profile.ContradictionHours)
        )
        {
            return false;
        }

        if (loss.IsShift)
        {
            // The mean of its days, which a shift is certain of by the way that it opens.
            return true;
        }

        // A slow fall is dark from somewhere on. Samples that are half as certain have to last twice as long.
        (int first, int dark, double certain) = (loss.Last, 0, 0);
        for (int i = loss.First; i <= loss.Last; i++)
        {
            if (
                series.States[i] == SampleState.Lost
                && series.DropShares[i] >= profile.DarkDropShare
            )
            {
                first = Math.Min(first, i);
                dark++;
                certain += series.Certainties[i];
            }
        }

        return dark >= DarkShare * (loss.Last - first + 1)
            && series.Signal.Step * certain >= Duration.FromHours(profile.ContradictionHours);
    }

    private static bool IsBeside(Loss loss, Candidate other) =>
        loss.Onset.Earliest <= (other.End?.Latest ?? Instant.MaxValue)
        && other.Onset.Earliest <= (loss.End?.Latest ?? Instant.MaxValue);

    /// <summary>The moment within a loss at which it is likeliest, of those at which its series shows it.</summary>
    private static FusedMoment? Peak(
        List<FusedMoment> moments,
        JudgedSeries series,
        Loss loss,
        DetectorProfile profile
    )
    {
        FusedMoment? peak = null;
        foreach (FusedMoment moment in moments)
        {
            if (
                moment.At >= series.At(loss.First)
                && moment.At <= series.At(loss.Last)
                && (peak is not { } highest || moment.Probability > highest.Probability)
                && Fusion.VotesAt([series], moment.At, profile)[0].IsLost
            )
            {
                peak = moment;
            }
        }

        return peak;
    }

    /// <summary>True when another family sees and is normal, and no source of its own family sees otherwise. A service speaks for itself alone.</summary>
    private static bool IsContradicted(JudgedSeries one, Vote[] votes)
    {
        SignalFamily family = one.Signal.Family;
        Vote[] others = Array.FindAll(
            votes,
            vote =>
                vote.Series != one
                && vote.State.IsSeen()
                && !vote.Series.IsConstant
                && !vote.IsApart
        );
        return Array.Exists(others, vote => vote.Series.Signal.Family != family && !vote.IsLost)
            && (
                family == SignalFamily.Application
                || Array.TrueForAll(
                    others,
                    vote => vote.Series.Signal.Family != family || vote.IsLost
                )
            );
    }
}
