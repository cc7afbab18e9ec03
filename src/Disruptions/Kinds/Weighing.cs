using Breakwater.Vocabulary;

namespace Breakwater.Disruptions.Kinds;

/// <summary>What speaks for or against one kind.</summary>
internal readonly record struct KindVote(KindGroup Group, double Weight, Observation Observation);

/// <summary>
/// Log-odds become shares: each kind has the mass base x (odds - 1) against an unknown mass of 1, so that a kind for which
/// nothing speaks has none, and with no reason at all everything is unknown.
/// </summary>
internal static class Weighing
{
    public static KindLikelihoods Of(
        IReadOnlyDictionary<DisruptionKind, List<KindVote>> votes,
        IReadOnlySet<DisruptionKind> direct,
        KindProfile profile
    )
    {
        List<(DisruptionKind Kind, double Mass, IReadOnlyList<KindReason> Reasons)> weighed = [];
        foreach (DisruptionKind kind in KindProfile.Weighed)
        {
            if (!votes.TryGetValue(kind, out List<KindVote>? said))
            {
                continue;
            }

            (double logOdds, IReadOnlyList<KindReason> reasons) = Sum(said, profile);
            if (logOdds > 0)
            {
                weighed.Add((kind, profile.BaseMass.Value * double.ExpM1(logOdds), reasons));
            }
        }

        // The floor is part of the unknown mass and not a cut, so that one kind's gain never hides in it.
        double floor = profile.UnknownFloor.Value / (1 - profile.UnknownFloor.Value);
        double all = weighed.Sum(item => item.Mass);
        double total = 1 + ((1 + floor) * all);
        List<KindLikelihood> likely =
        [
            .. weighed
                .Select(item => new KindLikelihood(
                    item.Kind,
                    new Confidence(
                        Math.Min(
                            item.Mass / total,
                            direct.Contains(item.Kind) ? 1 : profile.IndirectCap.Value
                        )
                    ),
                    item.Reasons
                ))
                .Where(item => item.Probability.Probability > 0)
                .OrderByDescending(item => item.Probability)
                .ThenBy(item => item.Kind),
        ];
        return new KindLikelihoods(
            likely,
            new Confidence(1 - likely.Sum(item => item.Probability.Probability))
        );
    }

    /// <summary>Within a group the sum is clamped and every reason shrinks alike, so that the reasons shown add up to what counted.</summary>
    private static (double LogOdds, IReadOnlyList<KindReason> Reasons) Sum(
        List<KindVote> votes,
        KindProfile profile
    )
    {
        double logOdds = 0;
        List<KindReason> reasons = [];
        foreach (IGrouping<KindGroup, KindVote> group in votes.GroupBy(vote => vote.Group))
        {
            double sum = group.Sum(vote => vote.Weight);
            double clamp = profile.Clamps[group.Key].Value;
            double scale = Math.Abs(sum) > clamp ? clamp / Math.Abs(sum) : 1;
            logOdds += sum * scale;
            reasons.AddRange(
                group.Select(vote => new KindReason(
                    vote.Observation.Tag,
                    Math.Round(vote.Weight * scale, 2),
                    vote.Observation.Text,
                    [.. vote.Observation.From.Take(Observation.FromMax)]
                ))
            );
        }

        return (
            logOdds,
            [
                .. reasons
                    .Where(reason => reason.Weight != 0)
                    .OrderByDescending(reason => Math.Abs(reason.Weight))
                    .ThenBy(reason => reason.Tag, StringComparer.Ordinal),
            ]
        );
    }
}
