using Breakwater.Disruptions;
using Breakwater.Disruptions.Kinds;

namespace Breakwater.Bench.Accuracy.Kinds;

/// <summary>How one held-out row came out.</summary>
/// <param name="Named">The kind more likely than not; null where it stays unknown.</param>
/// <param name="Likeliest">The kind with the highest probability, however low; null where nothing speaks for any.</param>
/// <param name="TruthProbability">What the true kind was given.</param>
internal sealed record KindOutcome(
    string Cause,
    DisruptionKind Truth,
    DisruptionKind? Named,
    DisruptionKind? Likeliest,
    double TruthProbability,
    string Group,
    string Country
);

/// <summary>A share of events with Wilson's 95 % score interval: so few events resampled would claim too much.</summary>
internal sealed record EventShare(double Share, double Low, double High, int Events)
{
    // The 97.5 % point of the normal distribution.
    private const double Normal = 1.959963984540054;

    /// <param name="events">For each event the share of its rows; null when there is none.</param>
    public static EventShare? Of(IReadOnlyList<double> events)
    {
        if (events.Count == 0)
        {
            return null;
        }

        double share = events.Average();
        double count = events.Count;
        double spread = Normal * Normal / count;
        double middle = (share + (spread / 2)) / (1 + spread);
        double half =
            Normal
            * Math.Sqrt((share * (1 - share) / count) + (spread / (4 * count)))
            / (1 + spread);
        return new EventShare(
            share,
            Math.Max(0, middle - half),
            Math.Min(1, middle + half),
            events.Count
        );
    }
}

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
    /// <summary>Over events, so that one event of many rows weighs as much as one of a single row.</summary>
    public EventShare? Share(Func<KindOutcome, bool> of, Func<KindOutcome, bool> among) =>
        EventShare.Of([
            .. HeldOut
                .Where(among)
                .GroupBy(outcome => (outcome.Group, outcome.Truth))
                .Select(group => group.Average(outcome => of(outcome) ? 1.0 : 0)),
        ]);
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
    public static KindScoreResult Run(string sharedFolder, KindProfile profile) =>
        Run(KindEvents.Read(sharedFolder), profile);

    public static KindScoreResult Run(IReadOnlyList<KindEvent> rows, KindProfile profile)
    {
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
            first?.Kind,
            kinds.Kinds.FirstOrDefault(kind => kind.Kind == row.Truth)?.Probability.Probability
                ?? 0,
            row.Group,
            row.Country
        );
    }
}
