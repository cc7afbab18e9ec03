using Breakwater.Decisions;
using Breakwater.Decisions.Clearances;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Publications;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Stages.Tests;

/// <summary>Two small, whole walks made for tests: operators cut one after another, and a shutdown while routing stays up.</summary>
internal static class PublicationsFixture
{
    public const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly Place Sudan = Place.OfCountry("SD");
    private static readonly Place Khartoum = Place.OfArea("SD", "Khartoum");
    private static readonly Place RedSea = Place.OfArea("SD", "Red Sea");
    private static readonly Place NorthDarfur = Place.OfArea("SD", "North Darfur");

    public static Instant At(int month, int day, int hour = 0, int minute = 0) =>
        Instant.FromUtc(2024, month, day, hour, minute);

    public static SeriesSignal Series(
        string source,
        string? network,
        Place place,
        TimeWindow window,
        Duration step,
        Func<Instant, double?> value,
        SignalFamily family = SignalFamily.Routing
    )
    {
        var samples = new List<Sample>();
        int row = 2;
        for (Instant at = window.Since; at < window.Until; at += step)
        {
            samples.Add(new Sample(at, value(at), row++));
        }

        return new SeriesSignal
        {
            Id = ContentId.Of(
                "sig",
                new
                {
                    source,
                    network,
                    place.Key,
                }
            ),
            Source = source,
            Family = family,
            Place = place,
            Network = network,
            Origin = Origin.Reconstructed,
            Marking = Marking.Public,
            Evidence = [new Evidence(Hash, "operators.csv", $"2-{row}", source)],
            Metric = "connectivity",
            Unit = "percent of series maximum",
            Step = step,
            Samples = samples,
        };
    }

    public static Disruption Disruption(
        string id,
        SeriesSignal signal,
        InstantRange onset,
        InstantRange? end,
        double confidence,
        IReadOnlyList<Claim> claims,
        params string[] notes
    ) =>
        new()
        {
            Id = id,
            Kind = DisruptionKind.Outage,
            State = end is null ? DisruptionState.Confirmed : DisruptionState.Closed,
            Place = signal.Place,
            Network = signal.Network,
            Asns = [],
            Start = onset.Latest,
            Onset = onset,
            End = end,
            Confidence = new Confidence(confidence),
            Severity = [new Severity(signal.Family, 0.97, 7_400)],
            Sources =
            [
                new SourceVerdict(
                    signal.Source,
                    signal.Family,
                    Verdict.Agrees,
                    "routes_withdrawn",
                    3.2
                ),
                new SourceVerdict(
                    "telescope",
                    SignalFamily.Telescope,
                    Verdict.Absent,
                    "no_samples",
                    0
                ),
                new SourceVerdict(
                    "field reports",
                    SignalFamily.HumanReport,
                    Verdict.Disagrees,
                    "working_here",
                    -0.8
                ),
            ],
            Claims = claims,
            Links = id == "dis-sudani" ? [] : [new DisruptionLink("part-of", "dis-sudani")],
            Notes = notes,
            Origin = Origin.Reconstructed,
            Marking = Marking.Public,
            Signals = [signal.Id],
            Evidence = signal.Evidence,
            Detector = "robust-median/1",
        };

    /// <summary>Asked nine days ago, and nobody answered.</summary>
    public static ClearanceFile Permit(string authority) =>
        new()
        {
            Id = $"permit-{authority}",
            Parent = "response/1",
            Permit = ClearanceKind.Spectrum,
            Authority = authority,
            AuthorityOrganisation = null,
            About = $"a mast for {authority}",
            Place = Place.OfCountry("SD"),
            For = null,
            Waiting = [],
            RemindAfterDays = 3,
            EscalateAfterDays = 7,
            EscalateTo = "the desk",
            Answer = ClearanceAnswer.NoAnswer,
            AskedAt = SudanLike().AsOf - Duration.FromDays(9),
            Origin = Origin.Reported,
            Marking = Marking.Public,
        };

    public static Walked SudanLike()
    {
        var window = new TimeWindow(At(1, 25), At(3, 1));
        var hour = Duration.FromHours(1);
        double Wave(Instant at) => 94 + (4 * Math.Sin(at.ToUnixTimeSeconds() / 13_750.0));
        SeriesSignal Operator(string name, Instant cut, Instant? back, double share) =>
            Series(
                name,
                name,
                Sudan,
                window,
                hour,
                at =>
                    at > At(2, 18) && at < At(2, 19, 12) ? null
                    : at < cut ? Wave(at)
                    : back is { } b && at >= b ? share * Wave(at)
                    : 2
            );
        SeriesSignal mtn = Operator("MTN", At(2, 5, 10), null, 0);
        SeriesSignal sudani = Operator("Sudani", At(2, 6, 4), At(2, 12, 9), 0.4);
        SeriesSignal zain = Operator("Zain", At(2, 7, 11), null, 0);
        Claim[] claims =
        [
            new(
                "shutdown",
                "control of territory",
                Actor.NonStateGroup,
                "KeepItOn list, row 1",
                "Nationwide shutdown attributed to an armed group",
                new InstantRange(At(2, 2), At(2, 2)),
                new InstantRange(At(5, 25), At(5, 25)),
                Origin.Reported
            ),
            new(
                "shutdown",
                null,
                Actor.State,
                "KeepItOn list, row 2",
                "Army-ordered cut in Darfur since January",
                new InstantRange(At(2, 6), At(2, 6)),
                null,
                Origin.Reported
            ),
        ];
        Disruption[] disruptions =
        [
            Disruption(
                "dis-mtn",
                mtn,
                new(At(2, 5, 9), At(2, 5, 10)),
                null,
                0.93,
                claims,
                "routes withdrawn",
                "one healthy family of signals only"
            ),
            Disruption(
                "dis-sudani",
                sudani,
                new(At(2, 6, 3), At(2, 6, 4)),
                new(At(2, 12, 8), At(2, 12, 9)),
                0.96,
                claims,
                "routes withdrawn"
            ),
            Disruption(
                "dis-zain",
                zain,
                new(At(2, 6, 20), At(2, 7, 11)),
                null,
                0.79,
                claims,
                "a note that no table knows"
            ),
        ];
        Need[] needs =
        [
            Need(
                "need-kh-r-m",
                Khartoum,
                "SD01",
                PopulationGroup.Residents,
                Service.Messaging,
                new(3_100_000, 4_200_000),
                1
            ),
            Need(
                "need-kh-r-v",
                Khartoum,
                "SD01",
                PopulationGroup.Residents,
                Service.Voice,
                new(3_100_000, 4_200_000),
                2
            ),
            Need(
                "need-kh-d-m",
                Khartoum,
                "SD01",
                PopulationGroup.Displaced,
                Service.Messaging,
                null,
                3
            ),
            Need(
                "need-rs-r-m",
                RedSea,
                "SD10",
                PopulationGroup.Residents,
                Service.Messaging,
                new(400_000, 900_000),
                4
            ),
            Need(
                "need-rs-p-m",
                RedSea,
                "SD10",
                PopulationGroup.Responders,
                Service.Messaging,
                new(265, 265),
                6
            ),
            Need(
                "need-nd-r-m",
                NorthDarfur,
                "SD02",
                PopulationGroup.Residents,
                Service.Messaging,
                null,
                5
            ),
        ];
        return new Walked(
            "sudan-like",
            new Dictionary<string, string>
            {
                ["en"] = "Sudan: operators cut one after another",
                ["fr"] = "Soudan : les opérateurs coupés l’un après l’autre",
                ["ar"] = "السودان: انقطاع المشغّلين واحدًا بعد آخر",
            },
            Origin.Reconstructed,
            window,
            At(3, 1),
            [mtn, sudani, zain],
            new Detection(
                disruptions,
                [new Blind("telescope", window.Since, window.Until, "no samples")]
            ),
            new Assessment(At(3, 1), needs, Power()),
            [
                new Population(
                    Sudan,
                    "Sudan",
                    null,
                    PopulationGroup.Residents,
                    CountRange.Exactly(30_000_000),
                    true,
                    "a humanitarian statement",
                    Origin.Reported
                ),
                new Population(
                    Sudan,
                    "Sudan",
                    null,
                    PopulationGroup.Residents,
                    CountRange.Exactly(14_000_000),
                    false,
                    "a press figure, users",
                    Origin.Reported
                ),
            ],
            Plans(needs),
            Decisions(),
            Commitments(),
            [
                Restored(
                    "res-sudani",
                    "dis-sudani",
                    RedSea,
                    "Sudani",
                    RestorationState.Partial,
                    new(At(2, 12, 8), At(2, 12, 9)),
                    0.4,
                    "Sudani"
                ),
                Restored(
                    "res-mtn",
                    "dis-mtn",
                    Sudan,
                    "MTN",
                    RestorationState.NotRestored,
                    null,
                    0.02,
                    "MTN"
                ),
                Restored(
                    "res-zain",
                    "dis-zain",
                    Khartoum,
                    "Zain",
                    RestorationState.Unconfirmed,
                    null,
                    null,
                    "nobody",
                    "no independent source can see"
                ),
            ],
            [
                new FundingFigure(
                    "Emergency Telecommunications Sector, 2024",
                    6_300_000,
                    311_361,
                    new LocalDate(2024, 12, 31),
                    "sector report, March",
                    Origin.Reported
                ),
                new FundingFigure(
                    "Emergency Telecommunications Sector, 2024",
                    6_300_000,
                    290_000,
                    new LocalDate(2024, 2, 1),
                    "financial tracking page",
                    Origin.Reported
                ),
                new FundingFigure(
                    "Appeal for next year",
                    13_900_000,
                    null,
                    null,
                    "sector plan",
                    Origin.Reported
                ),
            ],
            Outline()
        );
    }

    public static Need Need(
        string id,
        Place place,
        string pcode,
        PopulationGroup group,
        Service service,
        CountRange? without,
        int priority
    ) =>
        new()
        {
            Id = id,
            Place = place,
            PlaceName = place.Area![^1],
            Pcode = pcode,
            Group = group,
            Service = service,
            Population = without,
            ByNetwork = [],
            PopulationSource = "population baseline 2024",
            WithoutService = without,
            Sum = without is null
                ? "no count, so no sum"
                : "population x share of the networks that are cut",
            Since = At(2, 5, 10),
            Priority = priority,
            PriorityReason = "low bandwidth first",
            Conditions = ["a charged handset"],
            Unknowns = without is null ? ["how many people moved"] : [],
            Disruptions = ["dis-mtn", "dis-zain"],
            Origin = Origin.Reconstructed,
            Marking = Marking.Public,
        };

    private static Plan[] Plans(IReadOnlyList<Need> needs) =>
        [
            .. new[] { "most-people", "fairest" }.Select(
                (option, i) =>
                    new Plan
                    {
                        Id = $"plan-{option}",
                        Option = option,
                        Lines =
                        [
                            new PlanLine(
                                "offer-core",
                                "a mobile operator",
                                "backup core in Port Sudan",
                                RedSea,
                                "Red Sea",
                                1,
                                Service.Web,
                                700_000 - (i * 200_000),
                                0,
                                At(2, 20),
                                At(4, 30),
                                240_000,
                                ["clr-import"],
                                "Most people for its cost.",
                                700_000
                            ),
                            new PlanLine(
                                "offer-kits",
                                "a satellite operator",
                                "satellite terminal with hotspot",
                                Khartoum,
                                "Khartoum",
                                40,
                                Service.Messaging,
                                32_000,
                                120,
                                At(3, 8),
                                At(4, 30),
                                96_000,
                                ["clr-import"],
                                "Reaches places without a mast.",
                                1
                            ),
                        ],
                        Value = 1_000_000,
                        Bound = 1_004_000,
                        Gap = 0.004 + (i * 0.018),
                        IsVerified = true,
                        CostUsd = 336_000,
                        BudgetUsd = 400_000,
                        Civilians = 732_000 - (i * 200_000),
                        Responders = 120,
                        Informed = 0,
                        WorstServed = "North Darfur",
                        WorstServedShare = 0.01 + (i * 0.1),
                        Exposure = 0.6,
                        Unserved =
                        [
                            new UnservedNeed(
                                "need-kh-r-m",
                                Khartoum,
                                "Khartoum",
                                Service.Messaging,
                                PopulationGroup.Residents,
                                4_168_000,
                                "no offer with stock left reaches here before the end date"
                            ),
                        ],
                        Reasons = ["The import approval of 5 March sets the start."],
                        HarmNote = "Holders of terminals can be searched for and punished.",
                        Origin = Origin.Modelled,
                        Marking = Marking.Public,
                        Needs = [.. needs.Select(need => need.Id)],
                    }
            ),
        ];

    private static Decision[] Decisions() =>
        [
            Decision(
                "dec-1",
                DecisionKind.Activation,
                "Activate for civilians in Sudan?",
                "dis-sudani",
                At(2, 8)
            ),
            Decision(
                "dec-2",
                DecisionKind.PlanAdoption,
                "Adopt the option that reaches most people?",
                "plan-most-people",
                At(2, 9)
            ),
        ];

    private static Decision Decision(
        string id,
        DecisionKind kind,
        string question,
        string subject,
        Instant opened
    ) =>
        new()
        {
            Id = id,
            Kind = kind,
            Question = question,
            Subject = subject,
            QuorumClasses = 3,
            OpenedAt = opened,
            Deadline = opened + Duration.FromHours(24),
            Positions =
            [
                new Position(
                    "a mobile operator",
                    StakeholderClass.PrivateSector,
                    Stand.Support,
                    "The core is ready.",
                    opened,
                    Origin.Modelled
                ),
                new Position(
                    "a digital rights group",
                    StakeholderClass.CivilSociety,
                    Stand.Object,
                    "Terminals endanger those who hold them.",
                    opened,
                    Origin.Modelled
                ),
                new Position(
                    "a displaced people's committee",
                    StakeholderClass.AffectedCommunity,
                    Stand.Support,
                    "Family links come first.",
                    opened,
                    Origin.Modelled
                ),
            ],
            Consents =
            [
                new ConsentRecord(
                    "the authority in Port Sudan",
                    Consent.Given,
                    opened,
                    "Import approved from 5 March.",
                    Origin.Reported
                ),
                new ConsentRecord(
                    "the force that holds Khartoum",
                    Consent.NoAnswer,
                    opened,
                    "Asked twice.",
                    Origin.Modelled
                ),
            ],
            Outcome = DecisionOutcome.Adopted,
            OutcomeReason = "Three classes took part; the objection is answered with a harm note.",
            DecidedAt = opened + Duration.FromHours(20),
            FirstServiceDue =
                kind == DecisionKind.Activation ? opened + Duration.FromHours(68) : null,
            ExtendedServiceDue =
                kind == DecisionKind.Activation ? opened + Duration.FromDays(29) : null,
            AppealUntil = opened + Duration.FromDays(7),
            Origin = Origin.Modelled,
            Marking = Marking.Public,
        };

    private static Commitment[] Commitments() =>
        [
            Commitment(
                "com-core",
                "offer-core",
                "a mobile operator",
                "backup core in Port Sudan",
                RedSea,
                700_000,
                0,
                CommitmentState.Working
            ),
            Commitment(
                "com-kits",
                "offer-kits",
                "a satellite operator",
                "satellite terminal with hotspot",
                Khartoum,
                32_000,
                120,
                CommitmentState.Pledged
            ),
        ];

    private static Commitment Commitment(
        string id,
        string offer,
        string who,
        string asset,
        Place place,
        long civilians,
        long responders,
        CommitmentState state
    ) =>
        new()
        {
            Id = id,
            PlanId = "plan-most-people",
            OfferId = offer,
            Stakeholder = who,
            Asset = asset,
            Place = place,
            PlaceName = place.Area![^1],
            Networks = null,
            Service = Service.Messaging,
            Units = state == CommitmentState.Working ? 1 : 40,
            Civilians = civilians,
            Responders = responders,
            Until = At(4, 30),
            State = state,
            History =
            [
                new CommitmentStep(
                    state,
                    At(2, 12, 9),
                    "operator status, confirmed by routing",
                    Origin.Reported
                ),
            ],
            Marking = Marking.Public,
        };

    private static Restoration Restored(
        string id,
        string disruption,
        Place place,
        string network,
        RestorationState state,
        InstantRange? start,
        double? share,
        string by,
        params string[] notes
    ) =>
        new()
        {
            Id = id,
            DisruptionId = disruption,
            Place = place,
            Network = network,
            ServiceSeen = "prefixes visible in global routing",
            State = state,
            Start = start,
            ShareRestored = share,
            MeasuredBy = by,
            Commitments = network == "Sudani" ? ["com-core"] : [],
            Notes = notes,
            Origin = Origin.Reconstructed,
            Marking = Marking.Public,
            Evidence = [],
        };

    private static TimeToDark[] Power() =>
        [
            Site("site-public", RedSea, 30, Marking.Public, 1),
            Site("site-sealed-1", Khartoum, 5.5, Marking.Sealed, 2),
            Site("site-sealed-2", Khartoum, 18, Marking.Sealed, 3),
            Site("site-sealed-3", Khartoum, null, Marking.Sealed, null),
            Site("site-sealed-4", NorthDarfur, 44, Marking.Sealed, 4),
        ];

    public static TimeToDark Site(
        string id,
        Place place,
        double? hours,
        Marking marking,
        int? order
    ) =>
        new(
            id,
            place,
            "Sudani",
            hours,
            hours is { } h ? At(3, 1) + Duration.FromMinutes((long)(h * 60)) : null,
            order,
            new CountRange(20_000, 30_000),
            "battery 6 h + 120 L / 5 L/h",
            Origin.Modelled,
            marking
        );

    public static Walked IranLike()
    {
        var window = new TimeWindow(
            Instant.FromUtc(2026, 1, 5, 0, 0),
            Instant.FromUtc(2026, 1, 30, 0, 0)
        );
        Instant cut = Instant.FromUtc(2026, 1, 8, 16, 30);
        Instant back = Instant.FromUtc(2026, 1, 27, 9, 30);
        var half = Duration.FromMinutes(30);
        Place iran = Place.OfCountry("IR");
        SeriesSignal probing = Series(
            "ioda probing",
            null,
            iran,
            window,
            half,
            at =>
                at < cut || at >= back ? 92
                : at == Instant.FromUtc(2026, 1, 24, 8, 0) ? 18.5
                : 3.4,
            SignalFamily.Probing
        );
        SeriesSignal bgp = Series(
            "ioda bgp",
            null,
            iran,
            window,
            half,
            at => at > cut && at < cut + Duration.FromHours(16) ? 87 : 99
        );
        SeriesSignal telescope = Series(
            "ioda telescope",
            null,
            iran,
            window,
            half,
            at => at > cut ? null : 61,
            SignalFamily.Telescope
        );
        Disruption nationwide = Disruption(
            "dis-iran",
            probing,
            new InstantRange(
                Instant.FromUtc(2026, 1, 8, 16, 0),
                Instant.FromUtc(2026, 1, 8, 17, 0)
            ),
            null,
            0.97,
            [
                new Claim(
                    "shutdown",
                    "protests",
                    Actor.State,
                    "KeepItOn list",
                    "Earlier shutdown and throttling in eight places",
                    null,
                    null,
                    Origin.Reported
                ),
            ],
            "routing stays up, access is dark"
        ) with
        {
            Kind = DisruptionKind.Shutdown,
            Links = [],
            Signals = [probing.Id, bgp.Id, telescope.Id],
        };
        Walked sudan = SudanLike();
        return sudan with
        {
            Scenario = "iran-like",
            Titles = new Dictionary<string, string>
            {
                ["en"] = "Iran: shutdown while routing stays up",
            },
            Window = window,
            AsOf = window.Until,
            Signals = [probing, bgp, telescope],
            Detection = new Detection(
                [nationwide],
                [new Blind("ioda telescope", cut, window.Until, "no samples")]
            ),
            Assessment = new Assessment(window.Until, [], []),
            Populations = [],
            Plans = [],
            Decisions = [],
            Commitments = [],
            Restorations =
            [
                Restored(
                    "res-iran",
                    "dis-iran",
                    iran,
                    "",
                    RestorationState.Confirmed,
                    new InstantRange(Instant.FromUtc(2026, 1, 27, 0, 0), back),
                    0.98,
                    "ioda probing"
                ) with
                {
                    Network = null,
                },
            ],
            Funding = [],
            Outline = new Outline([], [], ""),
        };
    }

    private static Outline Outline() =>
        new(
            [
                new OutlineShape(
                    "Sudan",
                    "affected",
                    [
                        [
                            [25, 22],
                            [31.4, 22.2],
                            [36.9, 22],
                            [37.2, 20.8],
                            [37.3, 18.7],
                            [38.6, 18],
                            [37.2, 17],
                            [36.4, 15.1],
                            [36.3, 13.6],
                            [34.9, 11.2],
                            [34.1, 10.6],
                            [33.2, 12.2],
                            [32.7, 12],
                            [32.1, 11.9],
                            [30.8, 9.7],
                            [28.9, 9.5],
                            [27.8, 9.6],
                            [26.5, 9.5],
                            [25, 10.3],
                            [23.5, 8.7],
                            [22.9, 11],
                            [21.9, 12.6],
                            [22.9, 15.7],
                            [24, 15.7],
                            [24, 19.5],
                            [25, 20],
                        ],
                    ]
                ),
                new OutlineShape(
                    "Egypt",
                    "neighbour",
                    [
                        [
                            [25, 22],
                            [36.9, 22],
                            [34, 27],
                            [25, 27],
                        ],
                    ]
                ),
            ],
            [
                new OutlinePoint("Khartoum", Khartoum, 32.5, 15.6),
                new OutlinePoint("Port Sudan", RedSea, 37.2, 19.6),
                new OutlinePoint("El Fasher", NorthDarfur, 25.35, 13.6),
                new OutlinePoint("Kassala", Place.OfArea("SD", "Kassala"), 36.4, 15.45),
            ],
            "hand-drawn for tests"
        );
}
