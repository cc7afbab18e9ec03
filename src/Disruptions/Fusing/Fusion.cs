using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>The fused view of one moment.</summary>
/// <param name="Families">A bit for each family that can see at this moment.</param>
/// <param name="Sober">
/// The probability when falls that could be a change of scale, and that nobody else sees, weigh less; capped where no
/// second independent family can see, or where all that leads could be changes of scale.
/// </param>
/// <param name="Independent">How many of the families are independent: those that may have fallen with one scale are one.</param>
/// <param name="People">What people say, in log-odds.</param>
/// <param name="IsBeyondScale">True when a source lost what no change of scale explains, apart from what one may.</param>
internal readonly record struct FusedMoment(
    Instant At,
    double Probability,
    int Families,
    double Sober,
    int Independent,
    double People,
    bool IsBeyondScale
)
{
    public static int BitOf(SignalFamily family) => 1 << (int)family;
}

/// <summary>
/// Log-odds fusion: logit P = logit(prior) + sum over families of clamp(sum of tag weights). A family that cannot see adds
/// nothing. Within a family sources depend on each other: the heaviest counts whole, the others by a share. Routing that
/// stays up while access is dark adds nothing either: routes often survive a cut of access, so they are no evidence against it.
/// </summary>
internal static class Fusion
{
    private const int FamilyCount = (int)SignalFamily.Context + 1;

    /// <summary>The view of every moment at which something about the entity was seen, in order.</summary>
    public static List<FusedMoment> Fuse(
        IReadOnlyList<JudgedSeries> series,
        IReadOnlyList<ReportSignal> reports,
        IReadOnlySet<string> floodedHands,
        FileSteps steps,
        DetectorProfile profile
    )
    {
        var moments = new List<FusedMoment>(
            (series.Count == 0 ? 0 : series.Max(one => one.Count)) + reports.Count
        );
        int[] next = new int[series.Count];
        var votes = new Vote[series.Count];
        var said = new ReportVotes(reports, floodedHands, profile);
        var sums = new Sums(steps, profile);
        int nextReport = 0;
        while (NextMoment(series, next, reports, nextReport) is { } at)
        {
            sums.Clear();
            for (int s = 0; s < series.Count; s++)
            {
                while (next[s] < series[s].Count && series[s].At(next[s]) <= at)
                {
                    next[s]++;
                }

                votes[s] = Vote.Of(series[s], next[s] - 1, at, profile);
            }

            Vote.SetShiftsApart(votes, profile);
            foreach (Vote vote in votes)
            {
                sums.Add(vote);
            }

            while (nextReport < reports.Count && reports[nextReport].ObservedAt <= at)
            {
                nextReport++;
            }

            moments.Add(sums.Of(at, reports.Count == 0 ? null : said.At(at)));
        }

        return moments;
    }

    /// <summary>What each series says at a moment, in their order.</summary>
    public static Vote[] VotesAt(
        IReadOnlyList<JudgedSeries> series,
        Instant at,
        DetectorProfile profile
    )
    {
        Vote[] votes =
        [
            .. series.Select(one =>
            {
                int index = one.FirstFrom(at);
                while (index < one.Count && one.At(index) == at)
                {
                    index++;
                }

                return Vote.Of(one, index - 1, at, profile);
            }),
        ];
        Vote.SetShiftsApart(votes, profile);
        return votes;
    }

    public static bool IsAccess(SignalFamily family) =>
        family is SignalFamily.Probing or SignalFamily.Application;

    public static double LogOdds(double probability) => Math.Log(probability / (1 - probability));

    public static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    private static Instant? NextMoment(
        IReadOnlyList<JudgedSeries> series,
        int[] next,
        IReadOnlyList<ReportSignal> reports,
        int nextReport
    )
    {
        Instant? earliest = nextReport < reports.Count ? reports[nextReport].ObservedAt : null;
        for (int s = 0; s < series.Count; s++)
        {
            if (
                next[s] < series[s].Count
                && series[s].At(next[s]) is var at
                && (earliest is not { } known || at < known)
            )
            {
                earliest = at;
            }
        }

        return earliest;
    }

    /// <summary>Sums votes by family.</summary>
    private sealed class Sums(FileSteps steps, DetectorProfile profile)
    {
        private readonly double[] heaviest = new double[FamilyCount];
        private readonly double[] lost = new double[FamilyCount];
        private readonly double[] normal = new double[FamilyCount];
        private readonly double[] deepest = new double[FamilyCount];
        private readonly ScaleDoubts doubts = new(steps, profile);
        private int families;
        private bool isAccessDark;

        public void Clear()
        {
            Array.Clear(heaviest);
            Array.Clear(lost);
            Array.Clear(normal);
            Array.Clear(deepest);
            doubts.Clear();
            families = 0;
            isAccessDark = false;
        }

        public void Add(in Vote vote)
        {
            if (!vote.State.IsSeen())
            {
                return;
            }

            int family = (int)vote.Series.Signal.Family;
            families |= 1 << family;
            deepest[family] = Math.Max(deepest[family], vote.DropShare);
            if (vote.IsLost)
            {
                heaviest[family] = Math.Max(heaviest[family], vote.Weight);
                lost[family] += vote.Weight;
                doubts.Add(vote);
                isAccessDark |= IsDark(vote);
            }
            else if (!vote.Series.IsConstant && !vote.IsApart)
            {
                // A series that never changes cannot tell normal from frozen.
                normal[family] = Math.Max(normal[family], vote.Freshness);
            }
        }

        public FusedMoment Of(Instant at, double? said)
        {
            double people = Math.Clamp(said ?? 0, -profile.FamilyClamp, profile.FamilyClamp);
            double logOdds = LogOdds(profile.PriorProbability) + OfFamilies() + people;
            double probability = Probability(logOdds);
            int seen = said is null
                ? families
                : families | FusedMoment.BitOf(SignalFamily.HumanReport);
            (double sober, int independent) = (probability, int.PopCount(seen));
            doubts.People = people;
            if (doubts.IsAny)
            {
                (double sum, int merged) = Soberly();
                sober = Probability(LogOdds(profile.PriorProbability) + sum + people);
                independent -= merged;
            }

            return new FusedMoment(
                at,
                probability,
                seen,
                independent <= 1 || doubts.IsScaleAlone
                    ? Math.Min(sober, profile.SingleFamilyCap)
                    : sober,
                independent,
                people,
                doubts.IsBeyond
            );
        }

        /// <summary>Sums up the families once more, with less weight for what is in doubt and families that fell together as one.</summary>
        /// <returns>The log-odds, and how many families are no longer counted apart.</returns>
        private (double Sum, int Merged) Soberly()
        {
            Array.Clear(heaviest);
            Array.Clear(lost);
            isAccessDark = false;
            foreach (Vote vote in doubts.Lost)
            {
                int family = (int)vote.Series.Signal.Family;
                double weight = doubts.WeightOf(vote);
                heaviest[family] = Math.Max(heaviest[family], weight);
                lost[family] += weight;
                isAccessDark |= IsDark(vote) && !doubts.IsInDoubt(vote);
            }

            double sum = OfFamilies();
            int merged = 0;
            foreach (IGrouping<string, SignalFamily> file in doubts.FamiliesByFile())
            {
                double[] apart = [.. file.Select(family => OfFamily((int)family))];
                double most = apart.Max();
                double together = most + ((apart.Sum() - most) * profile.DependenceShare);
                sum +=
                    Math.Clamp(together, -profile.FamilyClamp, profile.FamilyClamp) - apart.Sum();
                merged += apart.Length - 1;
            }

            return (sum, merged);
        }

        private double OfFamilies()
        {
            double sum = 0;
            for (int family = 0; family < FamilyCount; family++)
            {
                if ((families & (1 << family)) != 0)
                {
                    sum += OfFamily(family);
                }
            }

            return sum;
        }

        private bool IsDark(in Vote vote) =>
            IsAccess(vote.Series.Signal.Family) && vote.DropShare >= profile.DarkDropShare;

        private double OfFamily(int family)
        {
            if (
                family == (int)SignalFamily.Routing
                && isAccessDark
                && deepest[family] < profile.DarkDropShare
            )
            {
                // Routes that dip behind a cut of access speak neither for nor against it; routes withdrawn do.
                return 0;
            }

            if (lost[family] <= 0)
            {
                return normal[family] * profile.NormalWeight;
            }

            double together =
                heaviest[family] + ((lost[family] - heaviest[family]) * profile.DependenceShare);
            // A source of the family that can see and sees nothing wrong counts as one that depends on the others.
            return Math.Clamp(
                together + (normal[family] * profile.NormalWeight * profile.DependenceShare),
                -profile.FamilyClamp,
                profile.FamilyClamp
            );
        }
    }
}
