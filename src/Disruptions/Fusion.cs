using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What one series says at one moment.</summary>
/// <param name="Loss">The loss it is in; null when it sees none.</param>
internal readonly record struct Vote(
    JudgedSeries Series,
    SampleState State,
    double DropShare,
    double Weight,
    Loss? Loss
);

/// <summary>The fused view of one moment.</summary>
/// <param name="Votes">One for each series of the entity, in its order.</param>
/// <param name="HealthyFamilies">Families that can see at this moment.</param>
internal sealed record Fused(
    Instant At,
    double Probability,
    IReadOnlyList<Vote> Votes,
    IReadOnlySet<SignalFamily> HealthyFamilies
);

/// <summary>
/// Log-odds fusion: logit P = logit(prior) + sum over families of clamp(sum of tag weights). A family that cannot see adds
/// nothing. Routing that stays up while access is dark adds nothing either: routes often survive a cut of access, so they
/// are no evidence against it.
/// </summary>
internal static class Fusion
{
    public static IReadOnlyList<Fused> Fuse(Entity entity, DetectorProfile profile)
    {
        var cursors = entity.Series.Select(series => new Cursor(series)).ToList();
        var fused = new List<Fused>();
        foreach (Instant at in entity.Times())
        {
            Vote[] votes = [.. cursors.Select(cursor => cursor.VoteAt(at, profile))];
            fused.Add(FuseMoment(at, votes, entity.Reports, profile));
        }

        return fused;
    }

    private static Fused FuseMoment(
        Instant at,
        Vote[] votes,
        IReadOnlyList<ReportSignal> reports,
        DetectorProfile profile
    )
    {
        double logOdds = LogOdds(profile.PriorProbability);
        var healthy = new HashSet<SignalFamily>();
        bool isAccessDark = votes.Any(vote =>
            IsAccess(vote.Series.Signal.Family)
            && vote.State == SampleState.Lost
            && vote.DropShare >= 0.5
        );
        foreach (
            IGrouping<SignalFamily, Vote> family in votes
                .Where(vote => vote.State != SampleState.Unseen)
                .GroupBy(vote => vote.Series.Signal.Family)
        )
        {
            healthy.Add(family.Key);
            double lost = family
                .Where(vote => vote.State == SampleState.Lost)
                .Sum(vote => vote.Weight);
            // Routes that dip behind a cut of access speak neither for nor against it; routes withdrawn do.
            bool isExcused =
                family.Key == SignalFamily.Routing
                && isAccessDark
                && family.All(vote => vote.DropShare < 0.5);
            logOdds +=
                isExcused ? 0
                : lost > 0 ? Math.Min(lost, profile.FamilyClamp)
                : profile.NormalWeight;
        }

        if (ReportLogOdds(at, reports, profile) is { } said)
        {
            healthy.Add(SignalFamily.HumanReport);
            logOdds += Math.Clamp(said, -profile.FamilyClamp, profile.FamilyClamp);
        }

        return new Fused(at, Probability(logOdds), votes, healthy);
    }

    /// <summary>Observers of different kinds who agree corroborate each other; many reports by one kind count once.</summary>
    private static double? ReportLogOdds(
        Instant at,
        IReadOnlyList<ReportSignal> reports,
        DetectorProfile profile
    )
    {
        List<ReportSignal> fresh =
        [
            .. reports.Where(report =>
                report.ObservedAt <= at
                && at - report.ObservedAt <= Duration.FromHours(profile.ReportHoldHours)
                && report.State != ServiceState.Unknown
            ),
        ];
        if (fresh.Count == 0)
        {
            return null;
        }

        int down = fresh
            .Where(report => report.State != ServiceState.Working)
            .Select(report => report.Observer)
            .Distinct()
            .Count();
        int working = fresh
            .Where(report => report.State == ServiceState.Working)
            .Select(report => report.Observer)
            .Distinct()
            .Count();
        return ReportWeight(down, profile) - ReportWeight(working, profile);
    }

    private static double ReportWeight(int observers, DetectorProfile profile) =>
        observers switch
        {
            0 => 0,
            1 => profile.ReportWeight,
            _ => profile.CorroboratedReportWeight,
        };

    public static bool IsAccess(SignalFamily family) =>
        family is SignalFamily.Probing or SignalFamily.Application;

    public static double LogOdds(double probability) => Math.Log(probability / (1 - probability));

    public static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>Walks one series forward in time.</summary>
    private sealed class Cursor(JudgedSeries series)
    {
        private int _next;
        private int _loss;

        public Vote VoteAt(Instant at, DetectorProfile profile)
        {
            while (_next < series.Samples.Count && series.Samples[_next].Sample.At <= at)
            {
                _next++;
            }

            int index = _next - 1;
            if (
                index < 0
                || at - series.Samples[index].Sample.At >= series.Signal.Step * 1.5
                || series.Samples[index].State == SampleState.Unseen
            )
            {
                return new Vote(series, SampleState.Unseen, 0, 0, null);
            }

            while (_loss < series.Losses.Count && series.Losses[_loss].Last < index)
            {
                _loss++;
            }

            JudgedSample sample = series.Samples[index];
            Loss? loss =
                _loss < series.Losses.Count && series.Losses[_loss].First <= index
                    ? series.Losses[_loss]
                    : null;
            return loss is null || sample.State == SampleState.Normal
                ? new Vote(series, SampleState.Normal, sample.DropShare, 0, loss)
                : new Vote(
                    series,
                    SampleState.Lost,
                    sample.DropShare,
                    profile.Of(series.Signal.Family).WeightOf(sample.DropShare),
                    loss
                );
        }
    }
}
