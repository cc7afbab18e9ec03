using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Stages.Tests;

/// <summary>Disruptions, counts and shares with one line each.</summary>
internal static class NeedsFixture
{
    public static readonly Instant AsOf = Instant.FromUtc(2024, 2, 9, 0, 0);
    public static readonly Place Sudan = Place.OfCountry("SD");
    public static readonly Place RedSea = Place.OfArea("SD", "Red Sea");
    public static readonly Place Kassala = Place.OfArea("SD", "Kassala");

    public static Disruption Lost(
        double dropShare,
        string? network = null,
        Place? place = null,
        SignalFamily family = SignalFamily.Application,
        double confidence = 0.8,
        Marking? marking = null
    ) =>
        new()
        {
            Id = $"disruption-{network}-{place?.Key}-{family}",
            Kind = DisruptionKind.Outage,
            State = DisruptionState.Confirmed,
            Place = place ?? Sudan,
            Network = network,
            Asns = [],
            Start = AsOf - Duration.FromDays(2),
            Onset = new InstantRange(
                AsOf - Duration.FromDays(2) - Duration.FromHours(6),
                AsOf - Duration.FromDays(2)
            ),
            End = null,
            Confidence = new Confidence(confidence),
            Severity = [new Severity(family, dropShare, 2880)],
            Sources = [new SourceVerdict(family.ToString(), family, Verdict.Agrees, "drop", 3)],
            Claims = [],
            Links = [],
            Notes = [],
            Origin = Origin.Measured,
            Marking = marking ?? Marking.Public,
            Signals = [$"signal-{network}"],
            Evidence = [],
            Detector = "default 1, method 1",
        };

    public static Population People(
        long? count,
        PopulationGroup group = PopulationGroup.Residents,
        Place? place = null,
        bool isUsed = true,
        string source = "a census"
    ) =>
        new(
            place ?? RedSea,
            (place ?? RedSea).Area?[^1] ?? "Sudan",
            null,
            group,
            count is { } known ? CountRange.Exactly(known) : null,
            isUsed,
            source,
            Origin.Reported
        );

    public static NetworkShare Share(string network, double share) =>
        new(network, Sudan, share, "a regulator", Origin.Reported);

    public static Assessment Assess(
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<Population> populations,
        IReadOnlyList<NetworkShare>? shares = null,
        IReadOnlyList<Site>? sites = null
    ) => NeedsFromDisruptions.Assess(disruptions, populations, shares ?? [], sites ?? [], AsOf);

    public static Need Messaging(
        Assessment assessment,
        PopulationGroup group = PopulationGroup.Residents
    ) => assessment.Needs.Single(need => need.Service == Service.Messaging && need.Group == group);

    public static Site SiteOf(
        string id,
        double? batteryHours,
        double? litres,
        double? litresPerHour
    ) =>
        new(
            id,
            RedSea,
            "One",
            batteryHours,
            litres,
            litresPerHour,
            null,
            "an operator",
            Origin.Reported,
            Marking.Sealed
        );
}
