using System.Text.Json;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Publications;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Stages.Tests;

public sealed class PublicationsReleaseTests
{
    private const string Canary = "CANARY-7c1f";

    [Theory]
    [InlineData(Distribution.Public, Tlp.Clear, true, true, true)]
    [InlineData(Distribution.Public, Tlp.Green, false, false, true)]
    [InlineData(Distribution.Partners, Tlp.Clear, false, true, true)]
    [InlineData(Distribution.Community, Tlp.Green, false, false, true)]
    [InlineData(Distribution.Community, Tlp.Amber, false, false, false)]
    [InlineData(Distribution.Group, Tlp.Clear, false, false, false)]
    [InlineData(Distribution.Sealed, Tlp.Clear, false, false, false)]
    public void The_narrower_of_distribution_and_TLP_wins(
        Distribution distribution,
        Tlp tlp,
        bool toPublic,
        bool toPartners,
        bool toCommunity
    )
    {
        var marking = new Marking(distribution, tlp);
        Assert.Equal(toPublic, ReleaseCheck.Allows(marking, Audience.Public));
        Assert.Equal(toPartners, ReleaseCheck.Allows(marking, Audience.Partners));
        Assert.Equal(toCommunity, ReleaseCheck.Allows(marking, Audience.Community));
    }

    [Fact]
    public void No_marking_means_no_exit() =>
        Assert.False(ReleaseCheck.Allows(null, Audience.Community));

    /// <summary>Every kind of record is there once more, sealed, with a canary in every text that it has.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("ar")]
    public void INV_07_canaries_in_sealed_records_never_leave(string language)
    {
        Walked walk = PublicationsFixture.SudanLike();
        SeriesSignal signal = (SeriesSignal)walk.Signals[0] with
        {
            Id = Canary,
            Source = Canary,
            Network = Canary,
            Unit = Canary,
            Marking = Marking.Sealed,
            Evidence = [new Evidence(Canary, Canary)],
        };
        Claim claim = walk.Detection.Disruptions[0].Claims[0] with
        {
            Source = Canary,
            Wording = Canary,
        };
        var claimed = new ClaimSignal
        {
            Id = Canary + "c",
            Source = Canary,
            Family = SignalFamily.Context,
            Place = signal.Place,
            Origin = Origin.Reported,
            Marking = Marking.Sealed,
            Evidence = [],
            Claim = claim,
        };
        Disruption open = walk.Detection.Disruptions[0];
        Walked planted = walk with
        {
            Signals =
            [
                .. walk.Signals,
                signal,
                claimed,
                signal with
                {
                    Id = Canary + "l",
                    Source = "a feed of one town",
                    Place = Place.OfArea("SD", Canary),
                },
            ],
            Detection = new Detection(
                [
                    // A public record that quotes sealed ones: a claim, a feed, a link.
                    open with
                    {
                        Claims = [.. open.Claims, claim],
                        Sources =
                        [
                            .. open.Sources,
                            new SourceVerdict(
                                Canary,
                                SignalFamily.Probing,
                                Verdict.Agrees,
                                "probing_drop",
                                1
                            ),
                        ],
                        Links = [new DisruptionLink("part-of", Canary + "d")],
                    },
                    .. walk.Detection.Disruptions.Skip(1),
                    open with
                    {
                        Id = Canary + "d",
                        Network = Canary,
                        Notes = [Canary],
                        Marking = Marking.Sealed,
                    },
                    // Says public, but was computed from a sealed signal.
                    open with
                    {
                        Id = Canary + "e",
                        Network = Canary,
                        Signals = [Canary],
                    },
                ],
                [
                    .. walk.Detection.Blind,
                    new Blind(Canary, walk.Window.Since, walk.Window.Until, Canary),
                    // Of a town: it is named with its place.
                    new Blind(
                        Blind.NameOf("a feed of one town", Place.OfArea("SD", Canary)),
                        walk.Window.Since,
                        walk.Window.Until,
                        Canary
                    ),
                ]
            ),
            Assessment = walk.Assessment with
            {
                Needs =
                [
                    .. walk.Assessment.Needs,
                    walk.Assessment.Needs[0] with
                    {
                        Id = Canary + "n",
                        PlaceName = Canary,
                        Sum = Canary,
                        Marking = Marking.Sealed,
                    },
                ],
                TimeToDark =
                [
                    .. walk.Assessment.TimeToDark,
                    .. Enumerable
                        .Range(0, 4)
                        .Select(i =>
                            PublicationsFixture.Site(
                                Canary + i,
                                Place.OfArea("SD", "Khartoum", Canary),
                                7,
                                Marking.Sealed,
                                9
                            ) with
                            {
                                Network = Canary,
                                Sum = Canary,
                            }
                        ),
                ],
            },
            Plans =
            [
                .. walk.Plans,
                walk.Plans[0] with
                {
                    Id = Canary + "p",
                    HarmNote = Canary,
                    Marking = Marking.Sealed,
                },
            ],
            Decisions =
            [
                .. walk.Decisions,
                walk.Decisions[0] with
                {
                    Id = Canary + "q",
                    Question = Canary,
                    Marking = Marking.Sealed,
                },
            ],
            Commitments =
            [
                .. walk.Commitments,
                walk.Commitments[0] with
                {
                    Id = Canary + "m",
                    Asset = Canary,
                    Marking = Marking.Sealed,
                },
            ],
            Clearances =
            [
                PublicationsFixture.Permit(Canary) with
                {
                    Marking = Marking.Sealed,
                },
                PublicationsFixture.Permit("the regulator"),
            ],
            Restorations =
            [
                walk.Restorations[0] with
                {
                    Commitments = [Canary + "m"],
                },
                .. walk.Restorations.Skip(1),
                walk.Restorations[0] with
                {
                    Id = Canary + "r",
                    ServiceSeen = Canary,
                    Marking = Marking.Sealed,
                },
            ],
        };
        Publication report = PublicationsFromWalk.Compose(planted, Audience.Public, language);
        string json = JsonSerializer.Serialize(report, Json.Indented);
        Assert.DoesNotContain(Canary, report.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Canary, json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("site-sealed", report.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("site-sealed", json, StringComparison.Ordinal);
        Assert.Equal(
            [
                ("signal", 3),
                ("disruption", 2),
                ("blind", 2),
                ("need", 1),
                ("site", 8),
                ("plan", 1),
                ("decision", 1),
                ("commitment", 1),
                ("restoration", 1),
                ("clearance", 1),
            ],
            report.Withheld.Select(withheld => (withheld.Kind, withheld.Count))
        );
    }

    [Fact]
    public void Withheld_sites_are_shown_by_area_only_and_only_in_groups()
    {
        Released released = ReleaseCheck.For(PublicationsFixture.SudanLike(), Audience.Public);
        AreaPower area = Assert.Single(released.PowerByArea);
        Assert.Equal("SD/Khartoum", area.Place.Key);
        Assert.Equal(ReleaseCheck.SmallestGroupOfSites, area.Sites);
        Assert.Equal(5, area.FirstHours);
        Assert.Equal(1, area.Unknown);
        TimeToDark site = Assert.Single(released.Walk.Assessment.TimeToDark);
        Assert.Equal("site-public", site.SiteId);
    }

    [Fact]
    public void What_is_made_from_a_withheld_record_is_withheld_too()
    {
        Walked walk = PublicationsFixture.SudanLike();
        Released released = ReleaseCheck.For(
            walk with
            {
                Signals =
                [
                    .. walk.Signals.Select(
                        (signal, i) => i == 0 ? signal with { Marking = Marking.Sealed } : signal
                    ),
                ],
            },
            Audience.Public
        );
        Assert.DoesNotContain(
            released.Walk.Detection.Disruptions,
            disruption => disruption.Id == "dis-mtn"
        );
        Assert.Empty(released.Walk.Assessment.Needs);
        Assert.Empty(released.Walk.Plans);
        Assert.Empty(released.Walk.Commitments);
        Assert.DoesNotContain(
            released.Walk.Restorations,
            restoration => restoration.DisruptionId == "dis-mtn"
        );
    }

    [Fact]
    public void A_handful_of_people_is_not_named_by_its_number()
    {
        Walked walk = PublicationsFixture.SudanLike();
        Publication report = PublicationsFromWalk.Compose(
            walk with
            {
                Assessment = walk.Assessment with
                {
                    Needs =
                    [
                        walk.Assessment.Needs[0] with
                        {
                            WithoutService = CountRange.Exactly(7),
                        },
                    ],
                },
            },
            Audience.Public,
            "en"
        );
        Assert.Contains(
            report.Paragraphs,
            paragraph =>
                paragraph.Text.StartsWith(
                    "Residents without service: fewer than 10",
                    StringComparison.Ordinal
                )
        );
    }
}
