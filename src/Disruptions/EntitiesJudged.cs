using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using NoFeed = Breakwater.Disruptions.Blind;

namespace Breakwater.Disruptions;

/// <summary>What was found about all places and networks that series and reports are about.</summary>
internal sealed record EntitiesJudged(
    IReadOnlyList<Disruption> Disruptions,
    IReadOnlyList<Blind> Blind,
    IReadOnlyList<FeedGap> FailedFeeds,
    IReadOnlyList<Flood> Floods
)
{
    /// <summary>Each place is judged by itself, so memory holds the samples of as many as there are threads.</summary>
    public static EntitiesJudged Of(
        IReadOnlyList<Entity> entities,
        IReadOnlyList<FeedGap> gaps,
        DetectorProfile profile,
        int threads
    )
    {
        (IReadOnlyList<Flood> floods, IReadOnlySet<string> hands) = ReportFloods.Find(
            entities,
            profile
        );
        Instant until = entities.Max(entity => entity.Until()) ?? Instant.MinValue;
        EntityJudged Judge(Entity entity, IReadOnlyList<FeedGap> known) =>
            EntityJudged.Of(entity, known, floods, hands, until, profile);
        var judged = new EntityJudged[entities.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) };
        Parallel.For(0, entities.Count, options, i => judged[i] = Judge(entities[i], gaps));

        IReadOnlyList<FeedGap> faults =
        [
            .. FeedFaults
                .Find(judged.SelectMany(one => one.Losses), profile)
                // What is over only after the last sample is not over.
                .Select(fault => fault.To > until ? fault with { To = until } : fault),
        ];
        if (faults.Count > 0)
        {
            IReadOnlyList<FeedGap> all = [.. gaps, .. faults];
            var failed = faults.Select(fault => fault.Feed).ToHashSet(StringComparer.Ordinal);
            Parallel.For(
                0,
                entities.Count,
                options,
                i =>
                    judged[i] = entities[i].Series.Any(series => failed.Contains(series.Source))
                        ? Judge(entities[i], all)
                        : judged[i]
            );
        }

        return new EntitiesJudged(
            [
                .. judged
                    .SelectMany(one => one.Disruptions)
                    .Select(disruption =>
                        WiderFromAreas.WithAreas(disruption, AreasOf(judged), profile)
                    ),
            ],
            [
                .. judged.SelectMany(one => one.Blind),
                .. judged.SelectMany(one => one.Constant),
                .. Unwatched(entities, hands, profile),
            ],
            faults,
            floods
        );
    }

    /// <summary>Places about which people speak and that no feed watches, neither itself nor as a part of a wider one.</summary>
    private static List<Blind> Unwatched(
        IReadOnlyList<Entity> entities,
        IReadOnlySet<string> flooded,
        DetectorProfile profile
    )
    {
        HashSet<string> watched =
        [
            .. entities.Where(entity => entity.Series.Count > 0).Select(entity => entity.Place.Key),
        ];
        List<Blind> unwatched =
        [
            .. entities
                // What one hand says of many places makes none of them a place to watch.
                .Select(entity =>
                    (
                        entity.Place,
                        Reports: entity
                            .Reports.Where(report => !flooded.Contains(ReportFloods.HandOf(report)))
                            .ToList()
                    )
                )
                .Where(one =>
                    one.Reports.Count > 0
                    && !watched.Contains(one.Place.Key)
                    && (
                        one.Place.Area is null
                        || !watched.Contains(Place.OfCountry(one.Place.Country!).Key)
                    )
                )
                .GroupBy(one => one.Place.Key, StringComparer.Ordinal)
                .Select(place => new Blind(
                    NoFeed.EveryFeed,
                    place.Min(one => one.Reports[0].ObservedAt),
                    place.Max(one => one.Reports[^1].ObservedAt)
                        + Duration.FromHours(profile.ReportHoldHours),
                    "no feed watches this place: only people speak of it"
                )
                {
                    Place = place.First().Place,
                }),
        ];
        IReadOnlyList<ReportSignal> all = [.. entities.SelectMany(entity => entity.Reports)];
        return unwatched.Count > 0 || watched.Count > 0 || all.Count == 0
            ? unwatched
            :
            [
                new Blind(
                    NoFeed.EveryFeed,
                    all.Min(report => report.ObservedAt),
                    all.Max(report => report.ObservedAt)
                        + Duration.FromHours(profile.ReportHoldHours),
                    "no feed watches any of the places that people speak of"
                ),
            ];
    }

    private static IReadOnlyList<(
        Place Place,
        string? Network,
        IReadOnlyList<JudgedSeries> Judged
    )> AreasOf(EntityJudged[] judged) =>
        [
            .. judged
                .Where(one => one.Areas.Count > 0)
                .Select(one => (one.Place, one.Network, one.Areas)),
        ];
}

/// <summary>What was found about one place or network.</summary>
/// <param name="Areas">Its series as judged, kept only for an area of a wider place.</param>
internal sealed record EntityJudged(
    Place Place,
    string? Network,
    IReadOnlyList<Disruption> Disruptions,
    IReadOnlyList<Blind> Blind,
    IReadOnlyList<SourceLosses> Losses,
    IReadOnlyList<JudgedSeries> Areas
)
{
    /// <summary>Series that never changed: they say neither normal nor down, though nothing of them failed.</summary>
    public IReadOnlyList<Blind> Constant { get; init; } = [];

    private const int FamiliesOfReports = 1 << (int)SignalFamily.HumanReport;

    public static EntityJudged Of(
        Entity entity,
        IReadOnlyList<FeedGap> gaps,
        IReadOnlyList<Flood> floods,
        IReadOnlySet<string> floodedHands,
        Instant until,
        DetectorProfile profile
    ) =>
        Of(
            entity,
            [.. entity.Series.Select(series => LossesFromSeries.Judge(series, profile, gaps))],
            floods,
            floodedHands,
            until,
            profile
        );

    public static EntityJudged Of(
        Entity entity,
        IReadOnlyList<JudgedSeries> series,
        IReadOnlyList<Flood> floods,
        IReadOnlySet<string> floodedHands,
        Instant until,
        DetectorProfile profile
    )
    {
        var steps = new FileSteps(series, profile);
        List<FusedMoment> moments = Fusion.Fuse(
            steps.Series,
            entity.Reports,
            floodedHands,
            steps,
            profile
        );
        IReadOnlyList<Flood> here = [.. floods.Where(flood => entity.Reports.Any(flood.Takes))];
        Instant? seenUntil = moments
            .Where(moment => moment.Families != 0)
            .Select(moment => (Instant?)moment.At)
            .LastOrDefault();
        IReadOnlyList<Candidate> likely = Candidate.From(moments, steps, profile);
        return new EntityJudged(
            entity.Place,
            entity.Network,
            [
                .. likely
                    .Concat(Contradictions.Find(moments, likely, steps, profile))
                    .Select(candidate =>
                        Composition.Compose(entity, candidate, seenUntil, here, steps, profile)
                    ),
            ],
            [
                .. series.SelectMany(one => BlindFromSeries.Find(one, until, profile)),
                .. BlindPlace(entity, series, moments, profile),
            ],
            [
                .. series.Select(one => new SourceLosses(
                    one.Signal.Source,
                    one.Signal.Place.Country,
                    one.Signal.Step,
                    one.Losses
                )),
            ],
            entity.Place.Area is null
                ? []
                : [.. series.Where(one => one.Signal.DerivedFrom.Count == 0)]
        )
        {
            Constant =
            [
                .. series.Select(one => BlindFromSeries.Constant(one, profile)).OfType<Blind>(),
            ],
        };
    }

    /// <summary>Stretches in which none of several feeds could see the place.</summary>
    private static IEnumerable<Blind> BlindPlace(
        Entity entity,
        IReadOnlyList<JudgedSeries> series,
        List<FusedMoment> moments,
        DetectorProfile profile
    )
    {
        if (series.Count < 2)
        {
            yield break;
        }

        Duration least = series.Max(one => one.Signal.Step) * profile.BlindAfterSteps;
        int i = 0;
        while (i < moments.Count)
        {
            int first = i;
            while (i < moments.Count && (moments[i].Families & ~FamiliesOfReports) == 0)
            {
                i++;
            }

            if (i > first && moments[i - 1].At - moments[first].At >= least)
            {
                yield return new Blind(
                    NoFeed.EveryFeed,
                    moments[first].At,
                    i < moments.Count ? moments[i].At : moments[i - 1].At,
                    "no feed can see this place: neither normal nor down"
                )
                {
                    Place = entity.Place,
                };
            }

            i = i == first ? i + 1 : i;
        }
    }
}
