using Breakwater.Norms.Packs;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions.Law;

/// <summary>
/// From a disruption to the facts that it can speak for: what was measured, and what attributed claims say. Whether something was
/// necessary, proportionate or meant is nothing that a sensor or a parser knows, and what could expose people is not taken from feeds.
/// </summary>
public static class FactsFromDisruptions
{
    public const int MethodVersion = 1;

    /// <summary>A measured drop from here on leaves nearly nobody with access; the same as dark in the weighing of kinds.</summary>
    public const double NearTotal = 0.9;

    /// <summary>
    /// From here on a loss counts as a shutdown that no claim made one. Looks alone end at 0.9 by policy of the weighing of kinds, so that
    /// a signature never says that somebody decided.
    /// </summary>
    public const double LikelyAbove = 0.9;

    /// <summary>Claims of one disruption that are read: more add no fact that the first do not have.</summary>
    public const int ClaimsMax = 200;

    /// <summary>True for a fact that may be proposed at all: in the vocabulary, not evaluative, and safe to collect without a desk.</summary>
    public static bool MayPropose(LawPack pack, string fact)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return pack.FactOf(fact) is { IsEvaluative: false, Safety: not Safety.Guarded };
    }

    /// <param name="signals">At least those that the disruption names, by id; what is missing is not asked.</param>
    /// <param name="knownBy">The day as of which it is told.</param>
    /// <param name="stated">What sources state of places, of any place and day; null: nothing.</param>
    public static ProposedFacts Propose(
        Disruption disruption,
        IReadOnlyDictionary<string, Signal> signals,
        LawPack pack,
        LocalDate knownBy,
        IReadOnlyList<AssertionSignal>? stated = null
    )
    {
        ArgumentNullException.ThrowIfNull(disruption);
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(pack);
        List<Signal> own =
        [
            .. disruption
                .Signals.Distinct(StringComparer.Ordinal)
                .Select(signals.GetValueOrDefault)
                .OfType<Signal>(),
        ];
        IReadOnlyList<ProposedFact> facts =
        [
            .. Measured(disruption)
                .Concat(FactsFromClaims.Of(disruption, [.. own.OfType<ClaimSignal>()]))
                .Concat(Circumstances(disruption, [.. own.OfType<ContextSignal>()]))
                .Concat(OfPlace(disruption, stated ?? [], knownBy))
                .Where(fact => MayPropose(pack, fact.Fact))
                .DistinctBy(fact => (fact.Fact, fact.Value, fact.Source))
                .OrderBy(fact => fact.Fact, StringComparer.Ordinal)
                .ThenBy(fact => fact.Source, StringComparer.Ordinal)
                .ThenByDescending(fact => fact.Value),
        ];
        var proposed = new ProposedFacts
        {
            Id = "",
            Disruption = disruption.Id,
            Conduct = ConductOf(disruption),
            KnownBy = PartialDate.Of(knownBy).Text,
            Facts = facts,
            Marking = disruption.Marking,
        };
        return proposed with
        {
            Id = ContentId.Of(ProposedFacts.IdKind, new { proposed, MethodVersion }),
        };
    }

    private static IEnumerable<ProposedFact> Measured(Disruption disruption)
    {
        string source = $"measured: {disruption.Detector}";
        ProposedFact Fact(string id, Confidence confidence, string because) =>
            new(id, true, source, confidence, disruption.Origin, because, [disruption.Id]);

        Confidence sure = disruption.Confidence;
        if (IsBlanket(disruption))
        {
            yield return Fact(
                "m.blanket",
                sure,
                "a shutdown, and in all that could be seen nearly all access went, over the whole place"
            );
        }

        if (IsServiceLost(disruption))
        {
            yield return Fact(
                "m.service_block",
                sure,
                "a shutdown of one service as a whole; other access is not part of this loss"
            );
        }

        if (disruption.Kind == DisruptionKind.RegistryFailure && IsOfRegistry(disruption.Place))
        {
            yield return Fact(
                "gov.registry",
                sure,
                "the function that fails is one that a registry keeps"
            );
            if (IsMeasured(disruption))
            {
                yield return Fact(
                    "gov.service_interrupted",
                    sure,
                    "it was measured that the function is not performed"
                );
            }
        }

        if (
            disruption.Kind == DisruptionKind.Destruction
            && disruption.Network is not null
            && IsNearTotal(disruption)
        )
        {
            yield return Fact(
                "op.loss_functionality",
                sure,
                "the network is said to be destroyed, and nearly all access over it went"
            );
        }
    }

    /// <summary>What sources state of the days of a restriction. It is proposed where somebody says that there is one.</summary>
    private static IEnumerable<ProposedFact> Circumstances(
        Disruption disruption,
        IReadOnlyList<ContextSignal> all
    )
    {
        ContextSignal[] context = [.. all.Where(stated => Covers(stated, disruption))];
        bool isRestriction =
            FactsFromClaims.SaysRestriction(disruption)
            || context.Any(stated => stated.Circumstance == Circumstance.ShutdownOrder);
        foreach (ContextSignal stated in context)
        {
            (string Fact, string Because)? said = stated.Circumstance switch
            {
                Circumstance.ShutdownOrder => ("m.restricts", "it states an order to shut down"),
                Circumstance.Election when isRestriction => (
                    "m.during_election",
                    "it states a vote on days of the restriction"
                ),
                Circumstance.Protest when isRestriction => (
                    "m.during_assembly",
                    "it states protests on days of the restriction"
                ),
                _ => null,
            };
            if (said is { } fact)
            {
                yield return new ProposedFact(
                    fact.Fact,
                    true,
                    stated.Source,
                    Confidence: null,
                    stated.Origin,
                    fact.Because,
                    [disruption.Id, stated.Id]
                );
            }
        }
    }

    /// <summary>What is stated of a whole place holds in each part of it, and what is stated of a part says nothing of the whole.</summary>
    private static IEnumerable<ProposedFact> OfPlace(
        Disruption disruption,
        IReadOnlyList<AssertionSignal> stated,
        LocalDate knownBy
    ) =>
        stated
            .Where(one => one.StatedOn <= knownBy && disruption.Place.IsWithin(one.Place))
            .Select(one => new ProposedFact(
                one.Fact,
                one.Value,
                one.Source,
                Confidence: null,
                one.Origin,
                "it states this of the place",
                [disruption.Id, one.Id]
            ));

    private static bool IsShutdown(Disruption disruption) =>
        disruption.Kind == DisruptionKind.Shutdown
        || disruption.Kinds?.Kinds.Any(kind =>
            kind.Kind == DisruptionKind.Shutdown && kind.Probability.Probability > LikelyAbove
        ) == true;

    /// <summary>One operator, one service or one dark area says nothing of nearly everybody at the place.</summary>
    private static bool IsBlanket(Disruption disruption) =>
        IsShutdown(disruption)
        && disruption is { Network: null, Target: null, Place.Country: not null }
        && disruption.State != DisruptionState.Contradictory
        && IsNearTotal(disruption)
        && disruption.Areas?.Any(area => area.State == AreaState.Up) != true;

    private static bool IsServiceLost(Disruption disruption) =>
        disruption.Target is not null && IsShutdown(disruption) && IsNearTotal(disruption);

    /// <summary>Every family that measures access saw nearly all of it go, and at least one did.</summary>
    private static bool IsNearTotal(Disruption disruption)
    {
        List<Severity> access =
        [
            .. disruption.Severity.Where(severity =>
                severity.Family
                    is SignalFamily.Probing
                        or SignalFamily.Telescope
                        or SignalFamily.Application
            ),
        ];
        return access.Count > 0 && access.TrueForAll(severity => severity.DropShare >= NearTotal);
    }

    private static bool IsMeasured(Disruption disruption) =>
        disruption.Severity.Any(severity => severity.DropShare >= NearTotal);

    private static bool IsOfRegistry(Place place) =>
        place.Tld is not null || place.Function?.Split(':')[0] is "rir" or "nir" or "iana";

    private static bool Covers(ContextSignal stated, Disruption disruption) =>
        (stated.Place.IsWithin(disruption.Place) || disruption.Place.IsWithin(stated.Place))
        && stated.Start.Earliest <= (disruption.End?.Latest ?? Instant.MaxValue)
        && disruption.Onset.Earliest
            <= (stated.End?.Latest ?? stated.Start.Latest + Duration.FromDays(1));

    /// <summary>The epoch is how a beginning is written that nobody knows.</summary>
    private static string ConductOf(Disruption disruption)
    {
        string first = disruption.Start == NodaConstants.UnixEpoch ? ".." : DayOf(disruption.Start);
        string last = disruption.End is { } end ? DayOf(end.Latest) : "..";
        return (first, last) == ("..", "..") ? "undated" : $"{first}/{last}";
    }

    private static string DayOf(Instant at) => PartialDate.Of(at.InUtc().Date).Text;
}
