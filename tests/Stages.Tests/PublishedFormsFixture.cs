using Breakwater.Decisions.Continuity;
using Breakwater.Norms.Findings;
using Breakwater.Preparedness.Exercises;
using Breakwater.Preparedness.Gaps;
using Breakwater.Preparedness.Resilience;
using Breakwater.Publications;
using Breakwater.Publications.Gaps;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Stages.Tests;

/// <summary>One small thing of each kind that has a form of publication of its own.</summary>
internal static class PublishedFormsFixture
{
    public static Instant Now { get; } = Instant.FromUtc(2026, 3, 1, 8, 0);

    private static readonly LocalDate _today = new(2026, 3, 1);

    /// <summary>Two pillars: half of the weight is known of SD, all of KE.</summary>
    public static IndicatorSet Set { get; } =
        new(
            "small",
            "1",
            0.6,
            [
                new Pillar("infrastructure", Named("Infrastructure"), 1, [Of("diversity")]),
                new Pillar("market", Named("Market"), 1, [Of("concentration")]),
            ]
        );

    public static ResilienceIndex TwoCountries { get; } =
        ResilienceFromValues.Compute(
            Set,
            [
                Value("KE", "diversity", 40),
                Value("KE", "concentration", 70),
                Value("SD", "diversity", 10),
            ],
            _today
        );

    /// <summary>An offer of satellite terminals for residents, an offer of nobody knows whom, and a need.</summary>
    public static GapMatrix Matrix { get; } =
        GapMatrixFromCover.Compute(
            [
                new Cover(
                    "offer/kits",
                    CoverKind.Offer,
                    CoverStanding.Counts,
                    [Phase.Prepare, Phase.Mitigate],
                    [StakeholderClass.PrivateSector],
                    [PopulationGroup.Residents],
                    [Place.OfCountry("SD")],
                    CountRange.Exactly(600),
                    null
                ),
                new Cover(
                    "need-1",
                    CoverKind.Need,
                    CoverStanding.Counts,
                    [Phase.Mitigate],
                    null,
                    [PopulationGroup.Displaced],
                    [Place.OfCountry("SD")],
                    CountRange.Exactly(7),
                    null
                ),
                new Cover(
                    "offer/old",
                    CoverKind.Offer,
                    CoverStanding.Ended,
                    [Phase.Mitigate],
                    [StakeholderClass.PrivateSector],
                    [PopulationGroup.Residents],
                    [Place.OfCountry("SD")],
                    CountRange.Exactly(9),
                    null
                ),
            ],
            "SD",
            Now,
            []
        );

    public static GapLedger TwoGaps { get; } =
        new(
            "prima facie",
            3,
            [
                new GapCount(
                    "G1",
                    "no duty answers to a registry that fails",
                    2,
                    [
                        new GapMetAs(GapEntryKind.Silence, 2),
                        new GapMetAs(GapEntryKind.Divergence, 1),
                    ],
                    ["R1", "R2"],
                    ["ihl"],
                    [],
                    new GapHarm(new CountRange(1_000, 2_000), 1),
                    [
                        new GapIncident(
                            "disruption-1",
                            Place.OfCountry("SD"),
                            [GapEntryKind.Silence],
                            "finding-1",
                            "hash"
                        ),
                    ]
                ),
                new GapCount(
                    "G2",
                    "repair crews have no status",
                    0,
                    [],
                    [],
                    [],
                    [],
                    new GapHarm(null, 0),
                    []
                ),
            ]
        );

    public static ContinuityCase Case { get; } =
        new()
        {
            Id = "case-1",
            Type = ContinuityType.RegistryGovernance,
            Name = "Who answers for the registry",
            Place = Place.OfFunction("rir:made-up"),
            Institution = "a registry",
            Forum = null,
            Users = null,
            UsersSource = "nobody counts them",
            Functions = [FunctionSeen.Unseen(Place.OfFunction("rir:made-up/reverse-dns"))],
            Deadlines =
            [
                new CaseDeadline(
                    "d-1",
                    "an answer to the court",
                    Now - Duration.FromDays(1),
                    "the order",
                    DeadlineState.Missed,
                    ""
                ),
            ],
            Answers =
            [
                new CheckedItem(
                    CaseChecklists.Of(ContinuityType.RegistryGovernance)[0].Id,
                    ItemAnswered.Yes,
                    "a page of the registry",
                    "CANARYperson",
                    Now
                ),
            ],
            Parties =
            [
                new CaseParty(
                    "the registry",
                    StakeholderClass.TechnicalCommunity,
                    "keeps the records"
                ),
            ],
            Contacts = [new CaseContact("AS64500", "its routes depend on the registry")],
            Disruptions = [],
            OpenedAt = Now,
            ChangedAt = Now,
            Origin = Origin.Reported,
            Marking = Marking.Public,
        };

    public static ExerciseResult Result { get; } =
        new(
            "exercise-0123456789abcdef",
            "sudan-2024-02",
            Now,
            Now,
            new string('a', 64),
            Duration.FromMinutes(95),
            null,
            null,
            null,
            3
        );

    public static Exercise Held { get; } =
        new()
        {
            Id = "exercise-1",
            Name = "Networks fall one after another",
            Scenario = "sudan-2024-02",
            Place = Place.OfCountry("SD"),
            Aims = ["who notices a blind feed"],
            Roles = [Role.Analyst, Role.Planner],
            Organisations = ["relief"],
            HeldOn = Now,
            State = ExerciseState.Held,
            Result = Result,
            Tasks =
            [
                new ExerciseTask(
                    "t-1",
                    "agree on who watches the feeds at night",
                    "relief",
                    Now,
                    TaskState.Open,
                    true,
                    null,
                    ""
                ),
            ],
            ChangedAt = Now,
            Marking = Marking.Public,
        };

    public static Front Front(bool isExercise = false, Corrected? corrects = null) =>
        new(
            "thing/1",
            new Dictionary<string, string> { ["en"] = "A thing" },
            Now,
            Origin.Reported,
            isExercise,
            Audience.Public,
            [],
            new Citation("node-0", Citation.DefaultLicence),
            corrects
        );

    private static Indicator Of(string id) =>
        new(
            id,
            id == "diversity" ? "infrastructure" : "market",
            Named(id),
            IndicatorUnit.Percent,
            Better.Higher,
            0,
            100,
            10,
            1,
            ValuesFrom.Files,
            "a statistics office",
            400
        );

    private static Dictionary<string, string> Named(string name) => new() { ["en"] = name };

    public static IndicatorValue Value(string country, string indicator, double value) =>
        new(
            country,
            indicator,
            value,
            null,
            null,
            _today,
            "an office",
            "CC0-1.0",
            Origin.Measured,
            $"values.csv, line {value}"
        );
}
