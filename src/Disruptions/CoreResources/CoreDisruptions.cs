using System.Globalization;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>Core resources that lost their function: no server answers, or the root no longer names them.</summary>
internal static class CoreDisruptions
{
    private const string OneFamily = "one family of signals alone sees it: confidence is capped";

    private const string Anycast =
        "anycast: registration is not location, and one address may be many servers";

    /// <summary>Every server is known not to answer. Null when one is reached or unknown.</summary>
    public static Disruption? OfReach(
        CoreResource resource,
        DelegationSignal signal,
        ProbedReach reach,
        DetectorProfile profile
    )
    {
        if (resource.Servers.Count == 0 || resource.NotReached < resource.Servers.Count)
        {
            return null;
        }

        List<CoreAddress> addresses =
        [
            .. resource
                .Servers.SelectMany(server => server.Addresses)
                .DistinctBy(one => one.Address),
        ];
        List<AddressReach> probed =
        [
            .. addresses
                .Select(address => reach[address.Prefix])
                .Where(one => one.State == ServerReach.NotReached),
        ];
        // Lost from when the last of the servers fell silent.
        if ((probed.Select(one => one.SilentSince).Max() ?? signal.Zone.At) is not { } start)
        {
            return null;
        }

        Instant? lastReached = probed.Select(one => one.LastReached).Max();
        bool isSeenToBegin = lastReached <= start;
        List<SourceVerdict> sources = [.. Sources(addresses, probed.Count, signal, profile)];
        long minutes =
            reach.Newest is { } newest && newest > start ? (long)(newest - start).TotalMinutes : 0;
        return Compose(
            signal.Place,
            new InstantRange(isSeenToBegin ? lastReached!.Value : start, start),
            end: null,
            sources,
            [
                .. sources
                    .Where(source => source.Verdict == Verdict.Agrees)
                    .Select(source => new Severity(source.Family, 1, minutes)),
            ],
            [.. Notes(resource, addresses, isSeenToBegin)],
            [signal],
            [.. probed.SelectMany(one => one.Evidence)],
            profile
        );
    }

    private static IEnumerable<SourceVerdict> Sources(
        List<CoreAddress> addresses,
        int probed,
        DelegationSignal signal,
        DetectorProfile profile
    )
    {
        if (probed > 0)
        {
            yield return new SourceVerdict(
                "probes of name servers",
                SignalFamily.Probing,
                Verdict.Agrees,
                "servers_silent",
                profile.Of(SignalFamily.Probing).WeightOf(1)
            );
        }

        if (addresses.Count == 0)
        {
            yield return new SourceVerdict(
                signal.Source,
                SignalFamily.Context,
                Verdict.Agrees,
                "no_address",
                profile.FamilyClamp
            );
        }
        else if (addresses.TrueForAll(one => one.RouteState == RouteState.NotRouted))
        {
            yield return new SourceVerdict(
                "routes to name servers",
                SignalFamily.Routing,
                Verdict.Agrees,
                "servers_not_routed",
                profile.Of(SignalFamily.Routing).WeightOf(1)
            );
        }
        else if (addresses.TrueForAll(one => one.RouteState == RouteState.Routed))
        {
            // A route says that packets find a way, not that a server answers: it speaks neither for nor against.
            yield return new SourceVerdict(
                "routes to name servers",
                SignalFamily.Routing,
                Verdict.Absent,
                "announced_but_silent",
                0
            );
        }
    }

    private static IEnumerable<string> Notes(
        CoreResource resource,
        List<CoreAddress> addresses,
        bool isSeenToBegin
    )
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"none of {resource.Servers.Count} servers answers: names under it cannot be found once caches run out"
        );
        if (!isSeenToBegin)
        {
            yield return "when it began is not known: it was so when first looked at";
        }

        if (addresses.Exists(one => one.RouteState == RouteState.Routed))
        {
            yield return "routes to the servers are held: packets find a way";
        }

        yield return Anycast;
    }

    /// <summary>The root named it in one version and not in a later one.</summary>
    /// <param name="last">The last version that names it.</param>
    /// <param name="gone">A signal of the first version that does not.</param>
    /// <param name="back">A signal of the version that names it again; null while none does.</param>
    public static Disruption? OfRemoval(
        DelegationSignal last,
        DelegationSignal gone,
        DelegationSignal? back,
        DetectorProfile profile
    )
    {
        if (last.Zone.At is not { } earliest || gone.Zone.At is not { } latest)
        {
            return null;
        }

        return Compose(
            last.Place,
            new InstantRange(earliest, latest),
            back?.Zone.At is { } again ? new InstantRange(latest, again) : null,
            [
                new SourceVerdict(
                    gone.Source,
                    SignalFamily.Context,
                    Verdict.Agrees,
                    "not_delegated",
                    profile.FamilyClamp
                ),
            ],
            [new Severity(SignalFamily.Context, 1, 0)],
            [
                $"the root names it in {DelegationChanges.Name(last)} and not in {DelegationChanges.Name(gone)}: names under it are not found",
                "a removal may be a retirement that its registry ordered; the zone does not say why",
            ],
            back is null ? [last] : [last, back],
            gone.Evidence,
            profile
        );
    }

    private static Disruption Compose(
        Place place,
        InstantRange onset,
        InstantRange? end,
        IReadOnlyList<SourceVerdict> sources,
        IReadOnlyList<Severity> severity,
        IReadOnlyList<string> notes,
        IReadOnlyList<DelegationSignal> signals,
        IReadOnlyList<Evidence> evidence,
        DetectorProfile profile
    )
    {
        List<SignalFamily> families =
        [
            .. sources
                .Where(source => source.Verdict == Verdict.Agrees)
                .Select(source => source.Family)
                .Distinct(),
        ];
        Confidence confidence = CoreConfidence.Of(sources, families.Count, profile);
        return new Disruption
        {
            Id = ContentId.Of(
                "disruption",
                new
                {
                    place,
                    onset,
                    signals = signals.Select(signal => signal.Id),
                    evidence,
                    profile.Name,
                    profile.Version,
                    CoreResourcesFromSignals.MethodVersion,
                }
            ),
            Kind = DisruptionKind.RegistryFailure,
            State =
                end is not null ? DisruptionState.Closed
                : confidence.Probability >= profile.ConfirmAt ? DisruptionState.Confirmed
                : DisruptionState.Suspected,
            Place = place,
            Asns = [],
            Start = onset.Latest,
            Onset = onset,
            End = end,
            Confidence = confidence,
            Severity = severity,
            Sources = sources,
            Claims = [],
            Links = [],
            Notes = families.Count == 1 ? [.. notes, OneFamily] : notes,
            Origin = Origin.Measured,
            Marking = Marking.Strictest(signals.Select(signal => signal.Marking)),
            Signals = [.. signals.Select(signal => signal.Id)],
            Evidence = [.. signals.SelectMany(signal => signal.Evidence), .. evidence],
            Detector = CoreConfidence.Detector(profile),
        };
    }
}

/// <summary>Confidence of what is judged without series: log-odds as in fusion, each family clamped.</summary>
internal static class CoreConfidence
{
    public static Confidence Of(
        IReadOnlyList<SourceVerdict> sources,
        int families,
        DetectorProfile profile
    )
    {
        double logOdds = Math.Log(profile.PriorProbability / (1 - profile.PriorProbability));
        foreach (
            var family in sources.GroupBy(source => source.Family).OrderBy(family => family.Key)
        )
        {
            logOdds += Math.Clamp(
                family.Sum(source => source.Weight),
                -profile.FamilyClamp,
                profile.FamilyClamp
            );
        }

        return new Confidence(
            Math.Min(
                1 / (1 + Math.Exp(-logOdds)),
                families > 1 ? profile.ConfidenceCap : profile.SingleFamilyCap
            )
        );
    }

    public static string Detector(DetectorProfile profile) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{profile.Name} {profile.Version}, core resources {CoreResourcesFromSignals.MethodVersion}"
        );
}
