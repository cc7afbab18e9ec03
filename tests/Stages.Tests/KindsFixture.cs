using Breakwater.Disruptions;
using Breakwater.Disruptions.Kinds;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Disruptions and circumstances, made from their arguments alone.</summary>
internal static class KindsFixture
{
    /// <summary>No full or half hour where clocks differ from UTC by half hours.</summary>
    public static readonly Instant Noon = Instant.FromUtc(2026, 3, 3, 12, 17);

    public static SourceVerdict Source(
        SignalFamily family,
        Verdict verdict = Verdict.Agrees,
        Instant? onset = null,
        Instant? end = null,
        double? drop = null,
        string? name = null
    ) =>
        new(name ?? $"{family}", family, verdict, "made", 1)
        {
            Onset = onset is { } began
                ? new InstantRange(began - Duration.FromMinutes(10), began)
                : null,
            End = end is { } ended
                ? new InstantRange(ended - Duration.FromMinutes(10), ended)
                : null,
            DropShare = drop,
        };

    /// <summary>A loss that one source saw begin in the ten minutes before its start.</summary>
    public static Disruption Lost(
        string place,
        Instant? start = null,
        double? hours = null,
        string? network = null,
        SourceVerdict[]? sources = null,
        Severity[]? severity = null,
        int onsetMinutes = 10
    )
    {
        Assert.True(Place.TryParse(place, out Place where));
        Instant began = start ?? Noon;
        Instant? ended = hours is { } length ? began + Duration.FromHours(length) : null;
        return new Disruption
        {
            Id = $"{place} {network} {began}",
            Kind = DisruptionKind.Outage,
            State = ended is null ? DisruptionState.Confirmed : DisruptionState.Closed,
            Place = where,
            Network = network,
            Asns = [],
            Start = began,
            Onset = new InstantRange(began - Duration.FromMinutes(onsetMinutes), began),
            End = ended is { } end ? new InstantRange(end - Duration.FromMinutes(10), end) : null,
            Confidence = new Confidence(0.9),
            Severity = severity ?? [],
            Sources = sources ?? [Source(SignalFamily.Telescope)],
            Claims = [],
            Links = [],
            Notes = [],
            Origin = Origin.Measured,
            Marking = Marking.Public,
            Signals = ["signal-made"],
            Evidence = [new Evidence(new string('a', 64), "made.csv", "2-9")],
            Detector = "made",
        };
    }

    public static ContextSignal Stated(
        Circumstance circumstance,
        string place,
        Instant? start = null,
        double? hours = null,
        string source = "a newspaper",
        Origin origin = Origin.Reported,
        Marking? marking = null,
        int number = 0
    )
    {
        Assert.True(Place.TryParse(place, out Place where));
        Instant began = start ?? Noon;
        return new ContextSignal
        {
            Id = $"{circumstance} {place} {began} {source} {number}",
            Source = source,
            Family = SignalFamily.Context,
            Place = where,
            Origin = origin,
            Marking = marking ?? Marking.Public,
            Evidence = [new Evidence(new string('d', 64), "stated.json", $"{number + 1}")],
            Circumstance = circumstance,
            Start = new InstantRange(began, began),
            End = hours is { } length
                ? new InstantRange(
                    began + Duration.FromHours(length),
                    began + Duration.FromHours(length)
                )
                : null,
        };
    }

    public static ClaimSignal Says(
        string source,
        string what,
        string? cause = null,
        Actor actor = Actor.Unknown
    ) =>
        new()
        {
            Id = $"claim {source} {what}",
            Source = source,
            Family = SignalFamily.Context,
            Place = Place.OfCountry("IR"),
            Origin = Origin.Reported,
            Marking = Marking.Public,
            Evidence = [new Evidence(new string('e', 64), "list.csv", "2")],
            Claim = new Claim(what, cause, actor, source, what, null, null, Origin.Reported),
        };

    /// <summary>As detection lays claims on a disruption.</summary>
    public static Disruption With(Disruption disruption, params ClaimSignal[] claims) =>
        disruption with
        {
            Claims = [.. claims.Select(claim => claim.Claim)],
            Signals = [.. disruption.Signals, .. claims.Select(claim => claim.Id)],
        };

    public static KindLikelihoods Weigh(
        Disruption disruption,
        IReadOnlyList<Disruption>? others = null,
        IReadOnlyList<ContextSignal>? context = null,
        IReadOnlyList<ClaimSignal>? claims = null
    ) =>
        KindsFromEvidence
            .Weigh(
                [disruption, .. (others ?? []).Where(other => other.Id != disruption.Id)],
                context ?? [],
                claims ?? [],
                KindProfile.Default
            )[0]
            .Kinds!;

    public static double Of(this KindLikelihoods kinds, DisruptionKind kind) =>
        kinds.Kinds.FirstOrDefault(item => item.Kind == kind)?.Probability.Probability ?? 0;

    public static DisruptionKind? First(this KindLikelihoods kinds) =>
        kinds.Kinds.Count > 0 ? kinds.Kinds[0].Kind : null;

    public static KindReason Reason(this KindLikelihoods kinds, DisruptionKind kind, string tag) =>
        kinds.Kinds.Single(item => item.Kind == kind).Reasons.Single(reason => reason.Tag == tag);

    /// <summary>Every reason of every kind.</summary>
    public static IEnumerable<KindReason> Reasons(this KindLikelihoods kinds) =>
        kinds.Kinds.SelectMany(kind => kind.Reasons);
}
