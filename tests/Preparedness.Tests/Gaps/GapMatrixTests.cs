using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Gaps;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Preparedness.Tests.Gaps;

public sealed class GapMatrixTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 11, 1, 0, 0);
    private static readonly Place _sudan = Place.OfCountry("SD");

    private static readonly Cover _offer = new(
        "offer/a",
        CoverKind.Offer,
        CoverStanding.Counts,
        [Phase.Mitigate],
        [StakeholderClass.PrivateSector],
        [PopulationGroup.Residents],
        [_sudan],
        CountRange.Exactly(600),
        null
    );

    private static readonly Cover _need = new(
        "need/a",
        CoverKind.Need,
        CoverStanding.Counts,
        [Phase.Mitigate],
        null,
        [PopulationGroup.Residents],
        [_sudan],
        new CountRange(1_000, 2_000),
        null
    );

    private static GapMatrix Of(params Cover[] covers) =>
        GapMatrixFromCover.Compute(covers, null, _now, []);

    private static GapCell Cell(
        GapMatrix matrix,
        Phase phase = Phase.Mitigate,
        StakeholderClass actor = StakeholderClass.PrivateSector,
        PopulationGroup group = PopulationGroup.Residents
    ) => matrix.At(phase, actor, group);

    [Fact]
    public void A_cell_names_what_covers_it_and_what_is_lacked_there()
    {
        GapCell cell = Cell(Of(_offer, _need));
        Assert.Equal(CellState.Covered, cell.State);
        Assert.Equal(["offer/a"], cell.Offers);
        Assert.Equal(["need/a"], cell.Needs);
        Assert.Equal(CountRange.Exactly(600), cell.Capacity);
        Assert.Equal(new CountRange(1_000, 2_000), cell.Lacking);
    }

    [Fact]
    public void Empty_uncovered_and_unknown_differ()
    {
        GapMatrix matrix = Of(_need);
        Assert.Equal(CellState.Uncovered, Cell(matrix).State);
        Assert.Equal(CellState.Empty, Cell(matrix, Phase.Recover).State);
        Cover somebody = _offer with { Actors = null };
        Assert.Equal(CellState.Unknown, Cell(Of(_need, somebody)).State);
        Assert.Equal(["offer/a"], Cell(Of(somebody)).Perhaps);
        Assert.Equal(CellState.Empty, Cell(Of(somebody), Phase.Recover).State);
    }

    [Fact]
    public void What_was_not_looked_at_is_unknown_and_never_empty()
    {
        GapMatrix matrix = GapMatrixFromCover.Compute([_offer], null, _now, [CoverKind.Agreement]);
        Assert.Equal(CellState.Covered, Cell(matrix).State);
        Assert.Equal(CellState.Unknown, Cell(matrix, Phase.Recover).State);
        Assert.Equal([CoverKind.Agreement], matrix.NotLookedAt);
    }

    [Theory]
    [InlineData(CoverStanding.Ended)]
    [InlineData(CoverStanding.NotAccepted)]
    [InlineData(CoverStanding.Denied)]
    [InlineData(CoverStanding.NothingLeft)]
    public void What_ended_or_was_not_accepted_covers_nothing_and_is_said(CoverStanding standing)
    {
        GapMatrix matrix = Of(_offer with { Standing = standing });
        Assert.Equal(CellState.Empty, Cell(matrix).State);
        NotCounted said = Assert.Single(matrix.NotCounted);
        Assert.Equal(
            (CoverKind.Offer, standing, "offer/a"),
            (said.Kind, said.Standing, said.Ids[0])
        );
    }

    [Fact]
    public void A_promise_is_no_working_commitment()
    {
        Cover promise = _offer with { Id = "commitment/a", Kind = CoverKind.Commitment };
        GapCell cell = Cell(Of(promise, promise with { Id = "commitment/b", IsWorking = true }));
        Assert.Equal(["commitment/a"], cell.Promised);
        Assert.Equal(["commitment/b"], cell.Working);
    }

    [Fact]
    public void INV_05_civilians_and_responders_are_never_added()
    {
        Cover shared = _offer with
        {
            Groups = [PopulationGroup.Residents, PopulationGroup.Responders],
            Civilians = new CountRange(0, 600),
            Responders = new CountRange(0, 600),
        };
        GapMatrix matrix = Of(shared, _offer with { Id = "offer/b" });
        Assert.Equal(new CountRange(600, 1_200), matrix.Offered.Civilians);
        Assert.Equal(new CountRange(0, 600), matrix.Offered.Responders);
        Assert.Equal(new CountRange(600, 1_200), Cell(matrix).Capacity);
        Assert.Equal(
            new CountRange(0, 600),
            Cell(matrix, group: PopulationGroup.Responders).Capacity
        );
    }

    [Fact]
    public void An_offer_that_several_groups_share_may_serve_none_of_one()
    {
        GapMatrix matrix = Of(
            _offer with
            {
                Groups = [PopulationGroup.Residents, PopulationGroup.Displaced],
            }
        );
        Assert.Equal(new CountRange(0, 600), Cell(matrix).Capacity);
        Assert.Equal(CountRange.Exactly(600), matrix.Offered.Civilians);
    }

    [Fact]
    public void People_who_lack_several_services_or_live_in_a_counted_area_are_counted_once()
    {
        GapMatrix matrix = Of(
            _need,
            _need with
            {
                Id = "need/voice",
                Civilians = CountRange.Exactly(500),
            },
            _need with
            {
                Id = "need/inside",
                Places = [Place.OfArea("SD", "Kassala")],
            }
        );
        Assert.Equal(3, Cell(matrix).Needs.Count);
        Assert.Equal(new CountRange(1_000, 2_000), Cell(matrix).Lacking);
    }

    [Fact]
    public void A_country_has_what_holds_in_it_and_doubts_what_is_in_no_known_country()
    {
        Cover elsewhere = _offer with { Id = "offer/b", Places = [Place.OfCountry("ET")] };
        Cover network = _offer with { Id = "offer/c", Places = [Place.OfTld("sd")] };
        GapMatrix matrix = GapMatrixFromCover.Compute([_offer, elsewhere], "SD", _now, []);
        Assert.Equal(["offer/a"], Cell(matrix).Offers);
        Assert.Equal(1, matrix.Elsewhere);
        GapCell doubted = Cell(GapMatrixFromCover.Compute([network], "SD", _now, []));
        Assert.Equal((CellState.Unknown, "offer/c"), (doubted.State, doubted.Perhaps[0]));
    }

    [Fact]
    public void Every_cell_is_there_and_stands_where_it_is_asked_for()
    {
        GapMatrix matrix = Of();
        Assert.Equal(5 * 7 * 4, matrix.Cells.Count);
        Assert.All(
            matrix.Cells,
            cell => Assert.Same(cell, matrix.At(cell.Phase, cell.Actor, cell.Group))
        );
    }

    [Fact]
    public void What_brings_networks_back_recovers_and_what_serves_beside_them_mitigates()
    {
        var offer = new Offer(
            "a",
            "s",
            "asset",
            1,
            10,
            Service.Web,
            [PopulationGroup.Residents],
            [_sudan],
            null,
            1,
            0,
            1,
            null,
            [],
            [],
            0,
            "made",
            Origin.Modelled
        );
        Assert.Equal([Phase.Prepare, Phase.Mitigate], PhasesOf.Offer(offer, isStanding: true));
        Assert.Equal([Phase.Mitigate], PhasesOf.Offer(offer, isStanding: false));
        Assert.Equal([Phase.Recover], PhasesOf.Offer(offer with { Networks = ["a"] }, false));
        Assert.Equal(
            [Phase.Recover],
            PhasesOf.Offer(offer with { Means = [OfferMeans.RepairCrew] }, false)
        );
        Assert.Equal(
            [Phase.Resilience],
            PhasesOf.Offer(offer with { Service = Service.CoreFunction }, false)
        );
        Assert.Equal([Phase.Resilience], PhasesOf.Agreement(AgreementKind.FuelPriority));
        Assert.All(
            Enum.GetValues<AgreementKind>(),
            kind => Assert.NotEmpty(PhasesOf.Agreement(kind))
        );
    }

    [Fact]
    public void More_cover_never_empties_a_cell() =>
        Gen.Select(
                Gen.Enum<Phase>(),
                Gen.Enum<StakeholderClass>(),
                Gen.Enum<PopulationGroup>(),
                Gen.Enum<CoverStanding>(),
                Gen.Enum<CoverKind>()
            )
            .Select(
                (phase, actor, group, standing, kind) =>
                    _offer with
                    {
                        Phases = [phase],
                        Actors = [actor],
                        Groups = [group],
                        Standing = standing,
                        Kind = kind,
                    }
            )
            .Array[1, 20]
            .Sample(covers =>
            {
                GapMatrix all = Of(covers);
                GapMatrix fewer = Of(covers[1..]);
                Assert.All(
                    fewer.Cells.Zip(all.Cells),
                    pair =>
                        Assert.True(
                            pair.First.State != CellState.Covered
                                || pair.Second.State == CellState.Covered
                        )
                );
            });
}
