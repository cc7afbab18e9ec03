using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions.Kinds;

/// <summary>
/// How likely each kind of a disruption is, from its signature, the calendar, neighbours, power and cables, and claims.
/// The kind itself stays as it is, an outage until a claim supports another; likelihoods stand beside it. They say nothing
/// about who acted or why. Pure: the same inputs in any order give the same result.
/// </summary>
public static class KindsFromEvidence
{
    /// <summary>
    /// The disruptions with <see cref="Disruption.Kinds"/> set, in the order given; hijacks and leaks as they are. One whose
    /// likelihoods rest on a circumstance or another disruption takes the strictest marking of those, and names the
    /// circumstance among its signals and evidence.
    /// </summary>
    /// <param name="claims">Only to name the signals of claims that already stand on disruptions.</param>
    public static IReadOnlyList<Disruption> Weigh(
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<ContextSignal> context,
        IReadOnlyList<ClaimSignal> claims,
        KindProfile profile
    )
    {
        ArgumentNullException.ThrowIfNull(disruptions);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(profile);
        var known = new Known(disruptions, context, claims, profile);
        return ToldAnew(
            disruptions,
            [
                .. disruptions.Select(disruption =>
                    IsWeighed(disruption) ? Weighed(disruption, known, profile) : disruption
                ),
            ]
        );
    }

    /// <summary>One that may go to fewer than before is another telling: it takes another id, and is named by it.</summary>
    private static IReadOnlyList<Disruption> ToldAnew(
        IReadOnlyList<Disruption> before,
        IReadOnlyList<Disruption> after
    )
    {
        Dictionary<string, string> ids = before
            .Zip(after)
            .Where(pair => pair.First.Marking != pair.Second.Marking)
            .DistinctBy(pair => pair.First.Id)
            .ToDictionary(
                pair => pair.First.Id,
                pair =>
                    ContentId.Of(
                        "disruption",
                        new
                        {
                            pair.First.Id,
                            pair.Second.Signals,
                            pair.Second.Marking,
                        }
                    ),
                StringComparer.Ordinal
            );
        string Now(string id) => ids.GetValueOrDefault(id, id);
        return ids.Count == 0
            ? after
            :
            [
                .. after.Select(disruption =>
                    disruption with
                    {
                        Id = Now(disruption.Id),
                        Links =
                        [
                            .. disruption.Links.Select(link =>
                                link with
                                {
                                    DisruptionId = Now(link.DisruptionId),
                                }
                            ),
                        ],
                        Kinds = disruption.Kinds is { } kinds
                            ? kinds with
                            {
                                Kinds =
                                [
                                    .. kinds.Kinds.Select(kind =>
                                        kind with
                                        {
                                            Reasons =
                                            [
                                                .. kind.Reasons.Select(reason =>
                                                    reason with
                                                    {
                                                        From = [.. reason.From.Select(Now)],
                                                    }
                                                ),
                                            ],
                                        }
                                    ),
                                ],
                            }
                            : null,
                    }
                ),
            ];
    }

    /// <summary>
    /// The tags that signature and neighbours give each disruption, by its id, weighed or not: what learning counts.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Tags(
        IReadOnlyList<Disruption> disruptions,
        KindProfile profile
    )
    {
        ArgumentNullException.ThrowIfNull(disruptions);
        ArgumentNullException.ThrowIfNull(profile);
        var surroundings = new Surroundings(disruptions);
        return disruptions
            .Where(IsWeighed)
            .DistinctBy(disruption => disruption.Id)
            .ToDictionary(
                disruption => disruption.Id,
                IReadOnlyList<string> (disruption) =>
                    [
                        .. Observations(disruption, surroundings, profile)
                            .Select(observation => observation.Tag),
                    ],
                StringComparer.Ordinal
            );
    }

    private static bool IsWeighed(Disruption disruption) =>
        disruption.Kind is not (DisruptionKind.Hijack or DisruptionKind.Leak);

    private static IEnumerable<Observation> Observations(
        Disruption disruption,
        Surroundings surroundings,
        KindProfile profile
    ) =>
        Surroundings.IsMeasured(disruption)
            ?
            [
                .. ShapeObservations.Of(disruption, profile),
                .. HourObservations.Of(disruption, surroundings, profile),
                .. ExtentObservations.Of(disruption, surroundings, profile),
                .. NeighbourObservations.Of(disruption, surroundings, profile),
            ]
            : [];

    private static Disruption Weighed(Disruption disruption, Known known, KindProfile profile)
    {
        var votes = new Dictionary<DisruptionKind, List<KindVote>>();
        var direct = new HashSet<DisruptionKind>();
        void Vote(DisruptionKind kind, KindGroup group, double weight, Observation observation)
        {
            if (!votes.TryGetValue(kind, out List<KindVote>? said))
            {
                votes[kind] = said = [];
            }

            said.Add(new KindVote(group, weight * observation.Share, observation));
        }

        foreach (Observation observation in Observations(disruption, known.Surroundings, profile))
        {
            VoteByTag(observation);
        }

        IReadOnlyList<ContextSignal> context = known.ContextOf(disruption);
        foreach (
            (KindCircumstance numbers, Observation observation) in CircumstanceObservations.Of(
                disruption,
                context,
                profile
            )
        )
        {
            foreach ((DisruptionKind kind, double weight) in numbers.Weights)
            {
                Vote(kind, numbers.Group, weight, observation);
                if (numbers.IsDirect && observation.Share >= 1)
                {
                    direct.Add(kind);
                }
            }
        }

        if (
            CircumstanceObservations.CableSet(
                disruption,
                known.CableFaults,
                known.Surroundings,
                profile
            ) is
            { } cable
        )
        {
            VoteByTag(cable);
        }

        foreach (
            (DisruptionKind kind, double weight, Observation observation) in ClaimObservations.Of(
                disruption,
                known.ClaimIds,
                profile
            )
        )
        {
            Vote(kind, KindGroup.Claims, weight, observation);
            direct.Add(kind);
        }

        return known.Closed(
            disruption with
            {
                Kinds = Weighing.Of(votes, direct, profile),
            },
            votes.Values.SelectMany(said => said).SelectMany(vote => vote.Observation.From)
        );

        void VoteByTag(Observation observation)
        {
            if (known.TagWeights.TryGetValue(observation.Tag, out KindWeights? weights))
            {
                foreach ((DisruptionKind kind, double weight) in weights.ByKind)
                {
                    Vote(kind, weights.Group, weight, observation);
                }
            }
        }
    }
}
