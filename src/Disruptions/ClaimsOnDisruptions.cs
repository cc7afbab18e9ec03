using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Lays what others say beside what was measured. A claim joins the disruptions whose onset it fits; one that fits none
/// becomes a disruption of its own, marked as reported, and is linked to what it leads to. Claims are never merged.
/// </summary>
internal static class ClaimsOnDisruptions
{
    public static IReadOnlyList<Disruption> Attach(
        IReadOnlyList<Disruption> measured,
        IReadOnlyList<ClaimSignal> claims,
        DetectorProfile profile
    )
    {
        List<ClaimSignal> ordered = [.. claims.OrderBy(claim => claim.Id, StringComparer.Ordinal)];
        List<Disruption> result =
        [
            .. measured.Select(disruption =>
                WithClaims(
                    disruption,
                    [.. ordered.Where(claim => Fits(claim, disruption, profile))],
                    profile
                )
            ),
        ];
        List<Disruption> claimed =
        [
            .. ordered
                .Where(claim => !measured.Any(disruption => Fits(claim, disruption, profile)))
                .Select(claim => FromClaim(claim, profile)),
        ];
        return Linked([.. result, .. claimed], profile);
    }

    private static bool Fits(ClaimSignal claim, Disruption disruption, DetectorProfile profile)
    {
        var tolerance = Duration.FromDays(profile.ClaimToleranceDays);
        return disruption.Place.Equals(claim.Place)
            && disruption.Target == claim.Target
            && (claim.Network is null || claim.Network == disruption.Network)
            && claim.Claim.Start is { } start
            && start.Earliest - tolerance <= disruption.Onset.Latest
            && disruption.Onset.Earliest <= start.Latest + tolerance;
    }

    /// <summary>Claims amend a disruption under its id, but for those that not everybody who knows of it may know.</summary>
    internal static string IdOf(
        Disruption disruption,
        IReadOnlyList<ClaimSignal> claims,
        Marking marking
    ) =>
        marking == disruption.Marking
            ? disruption.Id
            : ContentId.Of(
                "disruption",
                new
                {
                    disruption.Id,
                    claims = claims.Select(claim => claim.Id),
                    marking,
                }
            );

    private static Disruption WithClaims(
        Disruption disruption,
        IReadOnlyList<ClaimSignal> claims,
        DetectorProfile profile
    )
    {
        if (claims.Count == 0)
        {
            return disruption;
        }

        double logOdds =
            Fusion.LogOdds(Math.Clamp(disruption.Confidence.Probability, 0.001, 0.999))
            + profile.ClaimWeight;
        var confidence = new Confidence(
            Math.Min(Fusion.Probability(logOdds), profile.CapOf(disruption))
        );
        Marking marking = Marking.Strictest(
            claims.Select(claim => claim.Marking).Append(disruption.Marking)
        );
        return disruption with
        {
            Id = IdOf(disruption, claims, marking),
            // What routes show is no matter of claims: they may say who and why.
            Kind = disruption.Kind is DisruptionKind.Hijack or DisruptionKind.Leak
                ? disruption.Kind
                : KindOf(claims),
            Confidence = confidence,
            State =
                disruption.State == DisruptionState.Suspected
                && confidence.Probability >= profile.ConfirmAt
                && disruption.IndependentFamilies is not <= 1
                    ? DisruptionState.Confirmed
                    : disruption.State,
            Claims = [.. claims.Select(claim => claim.Claim)],
            Sources =
            [
                .. disruption.Sources,
                .. claims
                    .Select(claim => claim.Source)
                    .Distinct()
                    .Select(source => new SourceVerdict(
                        source,
                        SignalFamily.Context,
                        Verdict.Agrees,
                        "outside_claim",
                        profile.ClaimWeight
                    )),
            ],
            Signals = [.. disruption.Signals, .. claims.Select(claim => claim.Id)],
            Evidence = [.. disruption.Evidence, .. claims.SelectMany(claim => claim.Evidence)],
            Origin = (Origin)
                Math.Max((int)disruption.Origin, (int)claims.Max(claim => claim.Origin)),
            Marking = marking,
            Asns =
            [
                .. disruption
                    .Asns.Concat(
                        claims.SelectMany(claim =>
                            (claim.FurtherPlaces ?? []).Select(place => place.Asn).OfType<Asn>()
                        )
                    )
                    .Distinct(),
            ],
        };
    }

    /// <summary>An outage stays an outage until a claim supports another kind; claims of different kinds leave it one.</summary>
    private static DisruptionKind KindOf(IReadOnlyList<ClaimSignal> claims)
    {
        List<DisruptionKind> kinds =
        [
            .. claims
                .Select(claim => ParseKind(claim.Claim.What))
                .Where(kind => kind != DisruptionKind.Outage)
                .Distinct(),
        ];
        return kinds.Count == 1 ? kinds[0] : DisruptionKind.Outage;
    }

    internal static DisruptionKind ParseKind(string what) =>
        Enum.TryParse(
            what.Replace("-", "", StringComparison.Ordinal)
                .Replace(" ", "", StringComparison.Ordinal),
            ignoreCase: true,
            out DisruptionKind kind
        )
            ? kind
            : DisruptionKind.Outage;

    private static Disruption FromClaim(ClaimSignal signal, DetectorProfile profile)
    {
        InstantRange onset =
            signal.Claim.Start
            ?? new InstantRange(NodaConstants.UnixEpoch, NodaConstants.UnixEpoch);
        return new Disruption
        {
            Id = ContentId.Of(
                "disruption",
                new { signal.Id, version = DisruptionsFromSignals.MethodVersion }
            ),
            Kind = ParseKind(signal.Claim.What),
            State = signal.Claim.End is null ? DisruptionState.Suspected : DisruptionState.Closed,
            Place = signal.Place,
            Network = signal.Network,
            Target = signal.Target,
            Asns =
            [
                .. ((IReadOnlyList<Place>)[signal.Place, .. signal.FurtherPlaces ?? []])
                    .Select(place => place.Asn)
                    .OfType<Asn>(),
            ],
            Start = onset.Latest,
            Onset = onset,
            End = signal.Claim.End,
            Confidence = new Confidence(
                Fusion.Probability(Fusion.LogOdds(profile.PriorProbability) + profile.ClaimWeight)
            ),
            Severity = [],
            Sources =
            [
                new SourceVerdict(
                    signal.Source,
                    SignalFamily.Context,
                    Verdict.Agrees,
                    "outside_claim",
                    profile.ClaimWeight
                ),
            ],
            Claims = [signal.Claim],
            Links = [],
            Notes = ["known from a claim only, not measured here"],
            Origin = signal.Origin,
            Marking = signal.Marking,
            Signals = [signal.Id],
            Evidence = signal.Evidence,
            Detector =
                $"{profile.Name} {profile.Version}, method {DisruptionsFromSignals.MethodVersion}",
        };
    }

    /// <summary>
    /// A disruption follows an earlier one of the same country that began or ended within the tolerance of its onset. What lies in no
    /// country, as routes do, follows one of another kind that names a network in common.
    /// </summary>
    private static List<Disruption> Linked(List<Disruption> disruptions, DetectorProfile profile)
    {
        var tolerance = Duration.FromDays(profile.ClaimToleranceDays);
        return
        [
            .. disruptions.Select(later =>
                later with
                {
                    Links =
                    [
                        .. disruptions
                            .Where(earlier =>
                                earlier.Start < later.Start
                                && (
                                    IsOfOneCountry(earlier, later)
                                    || NamesOneNetwork(earlier, later)
                                )
                            )
                            .Where(earlier =>
                                later.Start - earlier.Start <= tolerance
                                || IsMeanwhile(earlier, later)
                                || (
                                    earlier.End is { } end
                                    && (later.Onset.Earliest - end.Latest) <= tolerance
                                    && end.Latest - later.Onset.Latest <= tolerance
                                )
                            )
                            .OrderBy(earlier => earlier.Start)
                            .ThenBy(earlier => earlier.Id, StringComparer.Ordinal)
                            .Select(earlier => new DisruptionLink(
                                IsPart(later, earlier) ? "part-of" : "follows",
                                earlier.Id
                            )),
                    ],
                }
            ),
        ];
    }

    /// <summary>What is only said to have begun while a measured loss of its place lasted is told as following it.</summary>
    private static bool IsMeanwhile(Disruption earlier, Disruption later) =>
        earlier.Severity.Count > 0
        && later.Severity.Count == 0
        && earlier.Network is null
        && later.Target == earlier.Target
        && (earlier.End is not { } end || end.Latest >= later.Onset.Earliest);

    private static bool IsOfOneCountry(Disruption earlier, Disruption later) =>
        earlier.Place.Country is { } country
        && country == later.Place.Country
        && (earlier.Place.IsWithin(later.Place) || later.Place.IsWithin(earlier.Place));

    private static bool NamesOneNetwork(Disruption earlier, Disruption later) =>
        earlier.Kind != later.Kind
        && (earlier.Place.Country is null || later.Place.Country is null)
        && earlier.Asns.Any(later.Asns.Contains);

    private static bool IsPart(Disruption narrow, Disruption wide) =>
        !narrow.Place.Equals(wide.Place)
        && narrow.Place.IsWithin(wide.Place)
        && (wide.Network is null || narrow.Network == wide.Network);
}
