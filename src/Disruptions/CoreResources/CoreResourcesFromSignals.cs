using System.Globalization;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>What was found about core resources.</summary>
/// <param name="Resources">The chain of each, from the latest version of the zone, by name; the root first.</param>
/// <param name="Weaknesses">What each hangs on and what changed, worst first. None of them is a disruption.</param>
/// <param name="Fates">What several hang on together, those that touch most first.</param>
/// <param name="Disruptions">Those that lost their function.</param>
/// <param name="Notes">What limits all of it.</param>
public sealed record CoreJudgement(
    IReadOnlyList<CoreResource> Resources,
    IReadOnlyList<Weakness> Weaknesses,
    IReadOnlyList<SharedFate> Fates,
    IReadOnlyList<Disruption> Disruptions,
    IReadOnlyList<Blind> Blind,
    IReadOnlyList<string> Notes
);

/// <summary>
/// From what versions of the root zone say to what top-level domains hang on, and which lost their function. Pure: the
/// same signals in any order give the same bytes.
/// </summary>
public static class CoreResourcesFromSignals
{
    public const int MethodVersion = 1;

    /// <summary>
    /// Everything that signals alone show: domains that the root no longer names, and failures of registries. Claims that
    /// <see cref="RegistryFailuresFromSignals.Takes"/> are judged here.
    /// </summary>
    public static IReadOnlyList<Disruption> Detect(
        IReadOnlyList<Signal> signals,
        DetectorProfile profile
    )
    {
        ArgumentNullException.ThrowIfNull(signals);
        CoreJudgement judgement = Judge(
            [.. signals.OfType<DelegationSignal>()],
            CoreEvidence.None,
            profile
        );
        return RegistryFailuresFromSignals.Judge(signals, judgement.Disruptions, profile);
    }

    /// <summary>
    /// Judges the latest version with the evidence of now, and every version against the one before it.
    /// </summary>
    /// <param name="before">An earlier table of routes, for changes of origin; null leaves them out.</param>
    /// <param name="asOf">Now, for signatures that end; null leaves them unjudged.</param>
    public static CoreJudgement Judge(
        IReadOnlyList<DelegationSignal> signals,
        CoreEvidence evidence,
        DetectorProfile profile,
        CoreEvidence? before = null,
        Instant? asOf = null
    )
    {
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(profile);
        IReadOnlyList<Version> versions = Versions(signals);
        var reach = new ProbedReach(evidence.Probes);
        if (versions.Count == 0)
        {
            return new CoreJudgement([], [], [], [], reach.Blind, []);
        }

        Version latest = versions[^1];
        var chain = new CoreChain(evidence, reach, latest.At);
        CoreChain? earlier = before is null
            ? null
            : new CoreChain(before, new ProbedReach([]), latest.At);
        List<(CoreResource Resource, DelegationSignal Signal)> found =
        [
            .. latest.Delegations.Values.Select(signal => (chain.Of(signal), signal)),
        ];
        List<CoreResource> resources = [.. found.Select(one => one.Resource)];
        IEnumerable<Weakness> weaknesses =
        [
            .. found.SelectMany(one =>
                WeaknessesOfResource.Of(one.Resource, one.Signal, asOf, chain.StaleRouting)
            ),
            .. found.SelectMany(one =>
                earlier is null
                    ? []
                    : OriginChanges.Between(earlier.Of(one.Signal), one.Resource, one.Signal)
            ),
            .. versions.Zip(versions.Skip(1), Changes).SelectMany(changes => changes),
        ];
        IEnumerable<Disruption> disruptions =
        [
            .. found
                .Select(one => CoreDisruptions.OfReach(one.Resource, one.Signal, reach, profile))
                .OfType<Disruption>(),
            .. Removals(versions, profile),
        ];
        return new CoreJudgement(
            [.. resources.OrderBy(resource => resource.Place.Tld is not null)],
            Ordered(weaknesses, resources),
            SharedFate.Of(resources),
            Ordered(disruptions),
            reach.Blind,
            [.. Notes(evidence, latest, reach)]
        );
    }

    /// <summary>One version of the zone: its delegations by place.</summary>
    private sealed record Version(
        uint? Serial,
        Instant? At,
        bool IsWhole,
        SortedDictionary<string, DelegationSignal> Delegations
    )
    {
        public DelegationSignal Any => Delegations.Values.First();
    }

    /// <summary>Versions in the order in which they were made. Several files of one version count once.</summary>
    private static IReadOnlyList<Version> Versions(IReadOnlyList<DelegationSignal> signals) =>
        [
            .. signals
                .GroupBy(signal => (signal.Zone.Serial, signal.Zone.At))
                .Select(version => new Version(
                    version.Key.Serial,
                    version.Key.At,
                    version.All(signal => signal.Zone.IsWhole),
                    new SortedDictionary<string, DelegationSignal>(
                        version
                            .GroupBy(signal => signal.Place.Key)
                            .ToDictionary(
                                same => same.Key,
                                same => same.MinBy(one => one.Id, StringComparer.Ordinal)!
                            ),
                        StringComparer.Ordinal
                    )
                ))
                .OrderBy(version => version.At ?? Instant.MinValue)
                .ThenBy(version => version.Serial ?? 0),
        ];

    private static IEnumerable<Weakness> Changes(Version before, Version after)
    {
        foreach ((string key, DelegationSignal signal) in after.Delegations)
        {
            if (before.Delegations.TryGetValue(key, out DelegationSignal? old))
            {
                foreach (Weakness change in DelegationChanges.Between(old, signal))
                {
                    yield return change;
                }
            }
            else if (before.IsWhole)
            {
                yield return Weakness.Of(
                    signal,
                    WeaknessRank.Minor,
                    "delegation_added",
                    $"named by the root since {DelegationChanges.Name(signal)}"
                );
            }
        }
    }

    /// <summary>An entry that could not be read may be the one that is missed, so only whole versions show a removal.</summary>
    private static IEnumerable<Disruption> Removals(
        IReadOnlyList<Version> versions,
        DetectorProfile profile
    )
    {
        foreach (string key in versions.SelectMany(version => version.Delegations.Keys).Distinct())
        {
            DelegationSignal? last = null;
            DelegationSignal? gone = null;
            foreach (Version version in versions)
            {
                if (version.Delegations.TryGetValue(key, out DelegationSignal? named))
                {
                    if (last is not null && gone is not null)
                    {
                        if (CoreDisruptions.OfRemoval(last, gone, named, profile) is { } ended)
                        {
                            yield return ended;
                        }
                    }

                    (last, gone) = (named, null);
                }
                else if (last is not null && version.IsWhole)
                {
                    gone ??= version.Any;
                }
            }

            if (
                last is not null
                && gone is not null
                && CoreDisruptions.OfRemoval(last, gone, null, profile) is { } open
            )
            {
                yield return open;
            }
        }
    }

    private static IReadOnlyList<Disruption> Ordered(IEnumerable<Disruption> disruptions) =>
        [
            .. disruptions
                .OrderBy(disruption => disruption.Start)
                .ThenBy(disruption => disruption.Place.Key, StringComparer.Ordinal)
                .ThenBy(disruption => disruption.Id, StringComparer.Ordinal),
        ];

    /// <summary>Worst first; within a rank country codes first, as many more people hang on them, then by name.</summary>
    private static IReadOnlyList<Weakness> Ordered(
        IEnumerable<Weakness> weaknesses,
        List<CoreResource> resources
    )
    {
        HashSet<string> countries =
        [
            .. resources
                .Where(resource => resource.IsCountryCode)
                .Select(resource => resource.Place.Key),
        ];
        return
        [
            .. weaknesses
                .OrderBy(weakness => weakness.Rank)
                .ThenBy(weakness => weakness.Place.Tld is not null)
                .ThenBy(weakness => !countries.Contains(weakness.Place.Key))
                .ThenBy(weakness => weakness.Place.Key, StringComparer.Ordinal)
                .ThenBy(weakness => weakness.Tag, StringComparer.Ordinal)
                .ThenBy(weakness => weakness.Id, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Notes(
        CoreEvidence evidence,
        Version latest,
        ProbedReach reach
    )
    {
        yield return "anycast: registration is not location, and one prefix may lead to many servers";
        if (!latest.IsWhole)
        {
            yield return "entries of the zone could not be read: what seems to be missing may be there";
        }

        if (!evidence.Routing.HasRoutes)
        {
            yield return "origins are unknown: no table of routes was given";
        }
        else
        {
            foreach (string note in OfRouting(evidence.Routing, latest))
            {
                yield return note;
            }
        }

        if (evidence.Registrations.PrefixCount + evidence.Registrations.AsnCount == 0)
        {
            yield return "countries are unknown: no registrations were given";
        }

        yield return reach.Newest is { } newest
            ? $"servers were last asked at {newest}"
            : "whether servers answer is unknown: no probes were given";
    }

    private static IEnumerable<string> OfRouting(RoutingView routing, Version latest)
    {
        if (routing.At is { } table && latest.At is { } zone)
        {
            Duration apart = table > zone ? table - zone : zone - table;
            if (apart > Duration.FromDays(2))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"the table of routes is of {table}, {apart.TotalDays:0} days from the zone: origins may have changed since, and absence of a route is not counted as silence"
                );
            }
        }

        foreach (bool isV6 in (bool[])[false, true])
        {
            if (!routing.SaysAbsence(isV6))
            {
                yield return $"no peer gives a full {(isV6 ? "IPv6" : "IPv4")} table: an address without a route there is unknown, not unrouted";
            }
        }
    }
}
