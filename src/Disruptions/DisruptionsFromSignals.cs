using System.Globalization;
using Breakwater.Bgp;
using Breakwater.Disruptions.Kinds;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>From what sources saw to what was lost. Pure: the same signals in any order, on any number of threads, give the same bytes.</summary>
public static class DisruptionsFromSignals
{
    /// <summary>Version of the method. It is part of every id, so that a changed method gives changed ids.</summary>
    public const int MethodVersion = 4;

    /// <summary>Judges every series, fuses what is about the same place and network, and says where nobody could see.</summary>
    /// <param name="asOf">Knowledge date: samples and reports from then on are not looked at. Null takes everything.</param>
    /// <param name="gaps">When feeds could not see, as their readers know it.</param>
    /// <param name="since">Disruptions that ended before this are left out; earlier samples still make the baseline.</param>
    /// <param name="threads">Places are judged on this many threads.</param>
    public static Detection Detect(
        IReadOnlyList<Signal> signals,
        DetectorProfile profile,
        Instant? since = null,
        Instant? asOf = null,
        IReadOnlyList<FeedGap>? gaps = null,
        int threads = 1
    )
    {
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(profile);
        IReadOnlyList<Signal> known = KnownBy(signals, asOf);
        IReadOnlyList<FeedGap> knownGaps = KnownGaps(gaps ?? [], asOf);
        EntitiesJudged judged = EntitiesJudged.Of(
            Entity.From([
                .. known.Where(signal => !IsFeature(signal)),
                .. WiderFromAreas.Derive(known, profile),
            ]),
            knownGaps,
            profile,
            threads
        );
        return Compose(judged, known, knownGaps, profile, since, asOf);
    }

    /// <summary>The signals as they stood at a knowledge date.</summary>
    public static IReadOnlyList<Signal> KnownBy(IReadOnlyList<Signal> signals, Instant? asOf)
    {
        ArgumentNullException.ThrowIfNull(signals);
        return asOf is not { } limit
            ? signals
            : [.. signals.Select(signal => KnownSignals.Before(signal, limit)).OfType<Signal>()];
    }

    private static Detection Compose(
        EntitiesJudged judged,
        IReadOnlyList<Signal> known,
        IReadOnlyList<FeedGap> gaps,
        DetectorProfile profile,
        Instant? since,
        Instant? asOf
    )
    {
        (IReadOnlyList<Disruption> hijacks, IReadOnlyList<SetAside> setAside) =
            HijacksFromSignals.Judge([.. known.OfType<RouteSignal>()], HijackProfile.Default);
        (IReadOnlyList<Disruption> leaks, IReadOnlyList<SetAside> leaksSetAside) =
            LeaksFromSignals.Judge([.. known.OfType<LeakSignal>()], HijackProfile.Default);
        StormFindings storms = StormsFromSeries.Find(
            [.. known.Where(IsFeature)],
            StormProfile.Default
        );
        CoreJudgement core = CoreResourcesFromSignals.Judge(
            [.. known.OfType<DelegationSignal>()],
            CoreEvidence.None,
            profile,
            asOf: asOf
        );
        IReadOnlyList<ClaimSignal> claims = [.. known.OfType<ClaimSignal>()];
        IReadOnlyList<Disruption> withClaims = ClaimsOnDisruptions.Attach(
            [
                .. judged.Disruptions.Select(disruption =>
                    StormsOnDisruptions.Attach(disruption, storms.Storms, profile)
                ),
                .. hijacks,
                .. leaks,
            ],
            [.. claims.Where(claim => !RegistryFailuresFromSignals.Takes(claim))],
            profile
        );
        IReadOnlyList<Disruption> weighed = KindsFromEvidence.Weigh(
            [.. withClaims, .. RegistryFailuresFromSignals.Judge(known, core.Disruptions, profile)],
            [.. known.OfType<ContextSignal>()],
            claims,
            KindProfile.Default
        );
        return Ordered(
            [
                .. weighed.Where(disruption =>
                    since is not { } from || disruption.End is not { } end || end.Latest >= from
                ),
            ],
            [
                .. BlindFromGaps([.. gaps, .. judged.FailedFeeds])
                    .Concat(judged.Blind)
                    .Concat(storms.Blind)
                    .Concat(core.Blind)
                    .Where(stretch => since is not { } from || stretch.To >= from),
            ],
            [.. setAside, .. leaksSetAside]
        ) with
        {
            Floods = judged.Floods,
            Storms = storms.Storms,
        };
    }

    /// <summary>Features of routing go up and down with no loss in it; storms are looked for in them and nothing else.</summary>
    private static bool IsFeature(Signal signal) =>
        signal is SeriesSignal series && RoutingFeatures.IsFeature(series.Metric);

    /// <summary>The one order in which findings are told, whatever order they were made in.</summary>
    internal static Detection Ordered(
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<Blind> blind,
        IReadOnlyList<SetAside> setAside
    ) =>
        new(
            [
                .. disruptions
                    .OrderBy(disruption => disruption.Start)
                    .ThenBy(disruption => disruption.Place.Key, StringComparer.Ordinal)
                    .ThenBy(disruption => disruption.Network, StringComparer.Ordinal)
                    .ThenBy(disruption => disruption.Id, StringComparer.Ordinal),
            ],
            [
                .. Together(blind)
                    .OrderBy(stretch => stretch.From)
                    .ThenBy(stretch => stretch.Feed, StringComparer.Ordinal)
                    .ThenBy(stretch => stretch.Place?.Key, StringComparer.Ordinal)
                    .ThenBy(stretch => stretch.To),
            ],
            setAside
        );

    /// <summary>Series of one feed that cannot be judged over the same stretch are one entry, with how many they are.</summary>
    private static IEnumerable<Blind> Together(IEnumerable<Blind> blind) =>
        blind
            .GroupBy(stretch => stretch)
            .Select(same =>
                same.Count() is > 1 and var count
                    ? same.Key with
                    {
                        Reason = string.Create(
                            CultureInfo.InvariantCulture,
                            $"{count} series: {same.Key.Reason}"
                        ),
                    }
                    : same.Key
            );

    private static IReadOnlyList<FeedGap> KnownGaps(IReadOnlyList<FeedGap> gaps, Instant? asOf) =>
        asOf is not { } limit
            ? gaps
            :
            [
                .. gaps.Where(gap => gap.From < limit)
                    .Select(gap => gap.To > limit ? gap with { To = limit } : gap),
            ];

    /// <summary>A feed that lags or lost part of what it should give sees no better than one that gives nothing.</summary>
    private static IEnumerable<Blind> BlindFromGaps(IEnumerable<FeedGap> gaps) =>
        gaps.Select(gap => new Blind(
            gap.Feed,
            gap.From,
            gap.To,
            gap.State == FeedState.Blind ? gap.Reason : $"{gap.State}: {gap.Reason}"
        ));
}
