using Breakwater.Disruptions;
using Breakwater.Disruptions.Kinds;

namespace Breakwater.Bench.Accuracy.Kinds;

/// <summary>How one held-out row came out.</summary>
/// <param name="Named">The kind more likely than not; null where it stays unknown.</param>
/// <param name="TruthProbability">What the true kind was given.</param>
internal sealed record KindOutcome(
    string Cause,
    DisruptionKind Truth,
    DisruptionKind? Named,
    double TruthProbability,
    double NamedProbability,
    string Group,
    string Country
);

/// <summary>A share of events with its interval by bootstrap over events.</summary>
internal sealed record EventShare(double Share, double Low, double High);

/// <param name="CountsAreShipped">True when the counts of the shipped profile are those of the training half.</param>
internal sealed record KindScoreResult(
    IReadOnlyList<KindOutcome> HeldOut,
    IReadOnlyList<KindTag> Counted,
    IReadOnlySet<string> TrainingCountries,
    int TrainingRows,
    int TrainingEvents,
    int HeldOutEvents,
    bool CountsAreShipped
)
{
    public EventShare Share(
        Func<KindOutcome, bool> of,
        Func<KindOutcome, bool>? among = null,
        int draws = 2000
    )
    {
        List<double> events =
        [
            .. HeldOut
                .Where(among ?? (_ => true))
                .GroupBy(outcome => (outcome.Group, outcome.Truth))
                .OrderBy(group => group.Key.Group, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Truth)
                .Select(group => group.Average(outcome => of(outcome) ? 1.0 : 0)),
        ];
        if (events.Count == 0)
        {
            return new EventShare(double.NaN, double.NaN, double.NaN);
        }

        // A seed of its own for every share: the same table on every run.
        var random = new Random(events.Count);
        double[] drawn =
        [
            .. Enumerable
                .Range(0, draws)
                .Select(_ =>
                    Enumerable
                        .Range(0, events.Count)
                        .Average(_ => events[random.Next(events.Count)])
                )
                .Order(),
        ];
        return new EventShare(
            events.Average(),
            drawn[(int)(0.025 * draws)],
            drawn[(int)(0.975 * draws) - 1]
        );
    }
}

/// <summary>
/// Scores kinds by signature alone on IODA's investigated outages. Rates come from the training half of events; only the
/// other half is scored. Causes are never given to the weighing.
/// </summary>
internal static class KindScore
{
    /// <summary>Kinds named from this probability on.</summary>
    public const double NamedFrom = 0.5;

    public static KindScoreResult Run(string sharedFolder) =>
        Run(sharedFolder, KindProfile.Default);

    /// <param name="profile">Its counts are left out; those of the training half take their place.</param>
    public static KindScoreResult Run(string sharedFolder, KindProfile profile)
    {
        IReadOnlyList<KindEvent> rows = KindEvents.Read(sharedFolder);
        (IReadOnlySet<string> training, IReadOnlySet<string> heldOut) = KindEvents.Split(rows);
        IReadOnlyList<KindTag> counted = KindLearning.Count(rows, training, profile);
        KindProfile learned = profile with
        {
            Tags =
            [
                // Only tags that the shipped profile learns: a list without depths teaches nothing about depth.
                .. profile
                    .Tags.Zip(counted)
                    .Select(pair => pair.First.Counts is null ? pair.First : pair.Second),
            ],
        };
        Dictionary<string, KindLikelihoods> kinds = KindsFromEvidence
            .Weigh([.. rows.Select(row => row.Disruption)], [], [], learned)
            .ToDictionary(
                disruption => disruption.Id,
                disruption => disruption.Kinds!,
                StringComparer.Ordinal
            );
        List<KindEvent> scored = [.. rows.Where(row => row.Truth is not null)];
        List<KindEvent> trained = [.. scored.Where(row => training.Contains(row.Group))];
        return new KindScoreResult(
            [
                .. scored
                    .Where(row => heldOut.Contains(row.Group))
                    .Select(row => Outcome(row, kinds[row.Disruption.Id])),
            ],
            counted,
            trained.Select(row => row.Country).ToHashSet(StringComparer.Ordinal),
            trained.Count,
            training.Count,
            heldOut.Count,
            profile
                .Tags.Zip(counted)
                .All(pair => pair.First.Counts is null || IsSame(pair.First, pair.Second))
        );
    }

    private static bool IsSame(KindTag one, KindTag other) =>
        one.Counts!.Count == other.Counts!.Count
        && one.Counts.All(count =>
            other.Counts.TryGetValue(count.Key, out IReadOnlyList<double>? same)
            && same.SequenceEqual(count.Value)
        );

    private static KindOutcome Outcome(KindEvent row, KindLikelihoods kinds)
    {
        KindLikelihood? first = kinds.Kinds.Count > 0 ? kinds.Kinds[0] : null;
        return new KindOutcome(
            row.Cause!,
            row.Truth!.Value,
            first?.Probability.Probability >= NamedFrom ? first.Kind : null,
            kinds.Kinds.FirstOrDefault(kind => kind.Kind == row.Truth)?.Probability.Probability
                ?? 0,
            first?.Probability.Probability ?? 0,
            row.Group,
            row.Country
        );
    }
}
