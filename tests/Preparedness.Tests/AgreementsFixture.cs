using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Agreements.Proposing;
using Breakwater.Preparedness.Agreements.Signing;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Preparedness.Tests;

/// <summary>Two operators and a fuel supplier who agree in advance; all invented.</summary>
internal static class AgreementsFixture
{
    public static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);
    public static readonly Place Sudan = Place.OfCountry("SD");
    public static readonly string[] Kinds = ["outage", "shutdown", "power-loss", "hijack"];

    public static readonly Participant Operator = Of("operator", StakeholderClass.PrivateSector);
    public static readonly Participant Supplier = Of("supplier", StakeholderClass.PrivateSector);
    public static readonly Participant Stranger = Of("stranger", StakeholderClass.CivilSociety);

    public static Participant Of(string organisation, StakeholderClass of) =>
        new(
            $"person-of-{organisation}",
            organisation,
            of,
            new HashSet<Role> { Role.Representative }
        );

    public static readonly AgreementParty[] Two =
    [
        new("An operator", StakeholderClass.PrivateSector, "operator"),
        new("A fuel supplier", StakeholderClass.PrivateSector, "supplier"),
    ];

    public static AgreementsOnRecord Known(params (string Id, string[] Waits)[] others) =>
        new(
            Kinds,
            others.ToDictionary(
                one => one.Id,
                one => (IReadOnlyList<string>)one.Waits,
                StringComparer.Ordinal
            )
        );

    public static AgreementTerms Terms(params TriggerCondition[] trigger) =>
        new(
            AgreementKind.FuelPriority,
            [Sudan],
            "Exchanges get fuel before other customers",
            [PopulationGroup.Residents],
            trigger,
            ["Paid within ninety days"],
            Start,
            Start + Duration.FromDays(365),
            20_000,
            "litres",
            12
        );

    public static ProposeAgreement Proposal(AgreementTerms? terms = null) =>
        new("fuel-sd", "Fuel for exchanges", Two, terms ?? Terms(), Marking.Public)
        {
            Known = Known(),
        };

    public static Agreement Proposed(AgreementTerms? terms = null) =>
        Taken(null, ProposeAgreement.Decide(null, Proposal(terms), Operator, Start));

    public static Agreement InForce(AgreementTerms? terms = null) =>
        Signed(Signed(Proposed(terms), Operator), Supplier);

    public static Agreement Signed(Agreement state, Participant by) =>
        Taken(state, SignAgreement.Decide(state, new SignAgreement(), by, state.ChangedAt));

    public static Agreement Taken(Agreement? state, Decided<AgreementEvent> decided)
    {
        Assert.Null(decided.Refusal);
        return decided.Events.Aggregate(state, Agreement.Apply)!;
    }

    public static string Reason(Decided<AgreementEvent> decided)
    {
        Assert.NotNull(decided.Refusal);
        return decided.Refusal.Reason;
    }

    public static DisruptionFacts Facts(
        string kind = "shutdown",
        string place = "SD",
        HowSure howSure = HowSure.Confirmed,
        double confidence = 0.9,
        Instant? onset = null,
        Instant? end = null,
        Instant? seenUntil = null,
        double? low = null,
        double? high = null,
        string[]? mayBe = null,
        (Place, AreaSeen)[]? areas = null
    ) =>
        new(
            "disruption-1",
            kind,
            mayBe ?? [],
            Place.TryParse(place, out Place where) ? where : throw new ArgumentException(place),
            areas ?? [],
            howSure,
            new Confidence(confidence),
            new InstantRange(onset ?? Start, onset ?? Start),
            end is { } ended ? new InstantRange(ended, ended) : null,
            seenUntil,
            low,
            high
        );
}
