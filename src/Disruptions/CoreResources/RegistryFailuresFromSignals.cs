using System.Globalization;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// From what is said about a registry to a failure of its function. No packet need be lost for that, nothing is damaged,
/// and it has no area; so routing that stays normal neither confirms nor contradicts it, and is stated. Claims stand side
/// by side and are never merged; one source counts once, however often it speaks.
/// </summary>
public static class RegistryFailuresFromSignals
{
    public const int MethodVersion = 1;

    /// <summary>True for a claim that is judged here and nowhere else.</summary>
    public static bool Takes(ClaimSignal claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim
            .Claim.What.Replace("-", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal)
            .Equals(nameof(DisruptionKind.RegistryFailure), StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="signals">Claims, decisions of registries, and whatever was seen of routing.</param>
    /// <param name="measured">Core resources that were measured to have lost their function.</param>
    /// <returns>The measured ones with the claims that fit them, and one disruption for each that is known from claims alone.</returns>
    public static IReadOnlyList<Disruption> Judge(
        IReadOnlyList<Signal> signals,
        IReadOnlyList<Disruption> measured,
        DetectorProfile profile
    )
    {
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(profile);
        var tolerance = Duration.FromDays(profile.ClaimToleranceDays);
        List<ClaimSignal> claims =
        [
            .. signals
                .OfType<ClaimSignal>()
                .Where(Takes)
                .DistinctBy(claim => claim.Id)
                .OrderBy(claim => claim.Claim.Start?.Earliest ?? Instant.MaxValue)
                .ThenBy(claim => claim.Id, StringComparer.Ordinal),
        ];
        List<ContextSignal> decisions =
        [
            .. signals
                .OfType<ContextSignal>()
                .Where(context => context.Circumstance == Circumstance.RegistryDecision)
                .DistinctBy(context => context.Id)
                .OrderBy(context => context.Id, StringComparer.Ordinal),
        ];
        List<SeriesSignal> routing =
        [
            .. signals
                .OfType<SeriesSignal>()
                .Where(series => series.Family == SignalFamily.Routing)
                .OrderBy(series => series.Id, StringComparer.Ordinal),
        ];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        List<Disruption> found =
        [
            .. measured.Select(disruption =>
            {
                List<ClaimSignal> own =
                [
                    .. claims.Where(claim => Fits(claim, disruption, tolerance)),
                ];
                taken.UnionWith(own.Select(claim => claim.Id));
                return own.Count == 0 ? disruption : WithClaims(disruption, own, profile);
            }),
        ];
        found.AddRange(
            Cases([.. claims.Where(claim => !taken.Contains(claim.Id))], tolerance)
                .Select(one => Of(one, decisions, routing, profile))
        );
        return Linked(found);
    }

    private static bool Fits(ClaimSignal claim, Disruption disruption, Duration tolerance) =>
        disruption.Place.Equals(claim.Place)
        && claim.Claim.Start is { } start
        && start.Earliest - tolerance <= disruption.Onset.Latest
        && disruption.Onset.Earliest <= start.Latest + tolerance;

    private static Disruption WithClaims(
        Disruption disruption,
        List<ClaimSignal> claims,
        DetectorProfile profile
    )
    {
        List<SourceVerdict> sources = [.. disruption.Sources, .. Sources(claims, [], profile)];
        int families = sources
            .Where(source => source.Verdict == Verdict.Agrees)
            .Select(source => source.Family)
            .Distinct()
            .Count();
        Marking marking = Marking.Strictest(
            claims.Select(claim => claim.Marking).Append(disruption.Marking)
        );
        return disruption with
        {
            Id = ClaimsOnDisruptions.IdOf(disruption, claims, marking),
            Sources = sources,
            Claims = [.. claims.Select(claim => claim.Claim)],
            Confidence = CoreConfidence.Of(sources, families, profile),
            Signals = [.. disruption.Signals, .. claims.Select(claim => claim.Id)],
            Evidence = [.. disruption.Evidence, .. claims.SelectMany(claim => claim.Evidence)],
            Marking = marking,
        };
    }

    /// <summary>Claims about one place whose beginnings lie within the tolerance of each other. One without a beginning joins the first.</summary>
    private static IEnumerable<List<ClaimSignal>> Cases(
        List<ClaimSignal> claims,
        Duration tolerance
    )
    {
        foreach (
            IGrouping<string, ClaimSignal> place in claims
                .GroupBy(claim => claim.Place.Key)
                .OrderBy(place => place.Key, StringComparer.Ordinal)
        )
        {
            var cases = new List<List<ClaimSignal>>();
            Instant reaches = Instant.MinValue;
            foreach (ClaimSignal claim in place)
            {
                if (claim.Claim.Start is not { } start)
                {
                    if (cases.Count == 0)
                    {
                        cases.Add([]);
                    }

                    cases[0].Add(claim);
                    continue;
                }

                if (cases.Count == 0 || start.Earliest > reaches)
                {
                    cases.Add([]);
                }

                cases[^1].Add(claim);
                reaches = Instant.Max(reaches, start.Latest + tolerance);
            }

            foreach (List<ClaimSignal> one in cases)
            {
                yield return one;
            }
        }
    }

    private static Disruption Of(
        List<ClaimSignal> claims,
        List<ContextSignal> decisions,
        List<SeriesSignal> routing,
        DetectorProfile profile
    )
    {
        Place place = claims[0].Place;
        InstantRange[] starts =
        [
            .. claims.Select(claim => claim.Claim.Start).OfType<InstantRange>(),
        ];
        // No moment at all is written as the epoch, and said so.
        InstantRange onset =
            Around(starts) ?? new InstantRange(NodaConstants.UnixEpoch, NodaConstants.UnixEpoch);
        InstantRange[] ends = [.. claims.Select(claim => claim.Claim.End).OfType<InstantRange>()];
        InstantRange? end = ends.Length == claims.Count ? Around(ends) : null;
        List<ContextSignal> near = Near(decisions, place, onset, end, profile);
        RoutingStatement seen = RoutingStatement.Of(place, routing, onset, end, profile);
        List<SourceVerdict> sources = [.. Sources(claims, near, profile), .. seen.Sources];
        List<Signal> signals = [.. claims, .. near, .. seen.Signals];
        return new Disruption
        {
            Id = ContentId.Of(
                "disruption",
                new
                {
                    place,
                    signals = signals.Select(signal => signal.Id),
                    profile.Name,
                    profile.Version,
                    MethodVersion,
                }
            ),
            Kind = DisruptionKind.RegistryFailure,
            State = end is null ? DisruptionState.Suspected : DisruptionState.Closed,
            Place = place,
            Asns = place.Asn is { } asn ? [asn] : [],
            Start = onset.Latest,
            Onset = onset,
            End = end,
            Confidence = CoreConfidence.Of(sources, families: 1, profile),
            // Nothing is measured to be lost: how deep it goes is unknown, which is not zero.
            Severity = [],
            Sources = sources,
            Claims = [.. claims.Select(claim => claim.Claim)],
            Links = [],
            Notes = [.. Notes(claims, starts, ends, seen)],
            SubjectTo = [.. SubjectTo(claims, seen)],
            Origin = (Origin)signals.Max(signal => (int)signal.Origin),
            Marking = Marking.Strictest(signals.Select(signal => signal.Marking)),
            Signals = [.. signals.Select(signal => signal.Id)],
            Evidence = [.. signals.SelectMany(signal => signal.Evidence).Distinct()],
            Detector = CoreConfidence.Detector(profile),
        };
    }

    /// <summary>From the earliest to the latest of all; null for none.</summary>
    private static InstantRange? Around(InstantRange[] ranges) =>
        ranges.Length == 0
            ? null
            : new InstantRange(ranges.Min(one => one.Earliest), ranges.Max(one => one.Latest));

    private static List<ContextSignal> Near(
        List<ContextSignal> decisions,
        Place place,
        InstantRange onset,
        InstantRange? end,
        DetectorProfile profile
    )
    {
        var tolerance = Duration.FromDays(profile.ClaimToleranceDays);
        return
        [
            .. decisions.Where(decision =>
                (decision.Place.IsWithin(place) || place.IsWithin(decision.Place))
                && (decision.End is not { } over || over.Latest + tolerance >= onset.Earliest)
                && (end is not { } ended || decision.Start.Earliest - tolerance <= ended.Latest)
            ),
        ];
    }

    /// <summary>Each source once: a hundred thousand claims of one speaker weigh as one.</summary>
    private static IEnumerable<SourceVerdict> Sources(
        List<ClaimSignal> claims,
        List<ContextSignal> decisions,
        DetectorProfile profile
    ) =>
        claims
            .Select(claim => (claim.Source, Tag: "outside_claim"))
            .Concat(decisions.Select(decision => (decision.Source, Tag: "registry_decision")))
            .GroupBy(one => one.Source)
            .OrderBy(source => source.Key, StringComparer.Ordinal)
            .Select(source => new SourceVerdict(
                source.Key,
                SignalFamily.Context,
                Verdict.Agrees,
                source.First().Tag,
                profile.ClaimWeight
            ));

    private static IEnumerable<string> Notes(
        List<ClaimSignal> claims,
        InstantRange[] starts,
        InstantRange[] ends,
        RoutingStatement seen
    )
    {
        yield return "known from what is said alone: nothing damaged, no area, no loss of packets is implied";
        foreach (string note in seen.Notes)
        {
            yield return note;
        }

        if (starts.Length == 0)
        {
            yield return "when it began is unknown";
        }

        if (ends.Length > 0 && ends.Length < claims.Count)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{ends.Length} of {claims.Count} claims give an end, the others give none: it counts as open"
            );
        }
    }

    private static IEnumerable<string> SubjectTo(List<ClaimSignal> claims, RoutingStatement seen)
    {
        int sources = claims.Select(claim => claim.Source).Distinct().Count();
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"what {sources} {(sources == 1 ? "source says" : "sources say")}; a statement of the registry itself would change it"
        );
        if (seen.Signals.Count == 0)
        {
            yield return "routing was not looked at: no signal of it is among the inputs";
        }
    }

    /// <summary>A failure of one service is part of that of its registry while both last.</summary>
    private static List<Disruption> Linked(List<Disruption> found) =>
        [
            .. found
                .Select(narrow =>
                {
                    List<DisruptionLink> links =
                    [
                        .. found
                            .Where(wide =>
                                !wide.Place.Equals(narrow.Place)
                                && narrow.Place.IsWithin(wide.Place)
                                && (
                                    wide.End is not { } over || over.Latest >= narrow.Onset.Earliest
                                )
                                && (
                                    narrow.End is not { } ended
                                    || ended.Latest >= wide.Onset.Earliest
                                )
                            )
                            .Select(wide => new DisruptionLink("part-of", wide.Id))
                            .OrderBy(link => link.DisruptionId, StringComparer.Ordinal),
                    ];
                    return links.Count == 0
                        ? narrow
                        : narrow with
                        {
                            Links = [.. narrow.Links, .. links],
                        };
                })
                .OrderBy(disruption => disruption.Start)
                .ThenBy(disruption => disruption.Place.Key, StringComparer.Ordinal)
                .ThenBy(disruption => disruption.Id, StringComparer.Ordinal),
        ];
}
