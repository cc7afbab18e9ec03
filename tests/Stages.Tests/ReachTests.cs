using Breakwater.Decisions;
using Breakwater.Needs;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Whom a response has reached is what somebody independent saw working, for civilians and for responders apart.</summary>
public sealed class ReachTests
{
    private static readonly Place _area = Place.OfArea("SD", "Khartoum");
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 1, 0, 0);

    private static Need Of(
        PopulationGroup group = PopulationGroup.Residents,
        CountRange? without = null,
        Service service = Service.Messaging,
        Place? place = null
    ) =>
        new()
        {
            Id = $"need-{group}-{service}-{place ?? _area}",
            Place = place ?? _area,
            PlaceName = "Khartoum",
            Group = group,
            Service = service,
            Population = without,
            PopulationSource = "a census",
            WithoutService = without,
            ByNetwork = [],
            Sum = "",
            Since = _now,
            Priority = 1,
            PriorityReason = "",
            Conditions = [],
            Unknowns = [],
            Disruptions = [],
            Origin = Origin.Modelled,
            Marking = Marking.Public,
        };

    private static Commitment Kit(
        string id,
        long civilians,
        long responders = 0,
        CommitmentState state = CommitmentState.Working,
        Service service = Service.Messaging,
        Place? place = null,
        PopulationGroup? only = null
    ) =>
        new()
        {
            Id = id,
            PlanId = "plan",
            OfferId = "offer",
            Stakeholder = "a supplier",
            Asset = "kit",
            Place = place ?? _area,
            PlaceName = "Khartoum",
            Networks = null,
            Service = service,
            Units = 1,
            Civilians = civilians,
            Responders = responders,
            Earmarks = only is null ? [] : [new Earmark("given for them", null, only)],
            Until = null,
            State = state,
            History = [],
            Marking = Marking.Public,
        };

    private static Restoration Saw(
        string id,
        RestorationState state = RestorationState.Confirmed,
        string by = "residents"
    ) =>
        new()
        {
            Id = $"restoration-{id}",
            DisruptionId = "disruption",
            Place = _area,
            ServiceSeen = "messaging",
            Supply = id,
            State = state,
            Start = new InstantRange(_now, _now),
            ShareRestored = null,
            MeasuredBy = by,
            Commitments = [id],
            Notes = [],
            Origin = Origin.Reported,
            Marking = Marking.Public,
            Evidence = [],
            AsOf = _now,
        };

    private static Reach One(
        Need need,
        IReadOnlyList<Commitment> commitments,
        params IReadOnlyList<Restoration> measured
    ) => Assert.Single(ReachFromRestorations.Of([need], commitments, measured));

    private static CountRange Range(long low, long high) => new(low, high);

    [Fact]
    public void INV_05_Civilians_and_responders_reached_are_two_numbers_and_no_third()
    {
        Reach reach = One(Of(without: Range(900, 1_000)), [Kit("kit", 300, 20)], Saw("kit"));
        Assert.Equal(Range(300, 300), reach.Civilians);
        Assert.Equal(Range(20, 20), reach.Responders);
        Assert.Equal(Range(600, 700), reach.Unserved);
        Assert.Equal((_now, Origin.Modelled), (reach.AsOf, reach.Origin));
        Assert.Equal(["residents"], reach.MeasuredBy);
    }

    [Theory]
    [InlineData(CommitmentState.Pledged)]
    [InlineData(CommitmentState.Cleared)]
    [InlineData(CommitmentState.Delivered)]
    [InlineData(CommitmentState.Lapsed)]
    [InlineData(CommitmentState.Withdrawn)]
    public void INV_06_What_is_not_working_reaches_nobody_whatever_was_seen(CommitmentState state)
    {
        Reach reach = One(Of(without: Range(900, 1_000)), [Kit("kit", 300, 20, state)], Saw("kit"));
        Assert.Null(reach.Civilians);
        Assert.Null(reach.Responders);
        Assert.Equal(Range(900, 1_000), reach.Unserved);
    }

    [Fact]
    public void INV_19_What_works_by_the_word_of_people_alone_is_unknown_and_not_counted()
    {
        Commitment kit = Kit("kit", 300, 20);
        foreach (
            Reach reach in new[]
            {
                One(Of(without: Range(900, 1_000)), [kit]),
                One(
                    Of(without: Range(900, 1_000)),
                    [kit],
                    Saw("kit", RestorationState.Unconfirmed)
                ),
            }
        )
        {
            Assert.Null(reach.Civilians);
            Assert.Equal(["kit"], reach.NotCounted);
            Assert.Equal(Range(600, 1_000), reach.Unserved);
        }
    }

    [Theory]
    [InlineData(RestorationState.NotRestored)]
    [InlineData(RestorationState.Relapsed)]
    public void Zero_is_told_only_where_somebody_saw_that_nothing_works(RestorationState state)
    {
        Need need = Of(without: Range(900, 1_000));
        Assert.Equal(Range(0, 0), One(need, [Kit("kit", 300)], Saw("kit", state)).Civilians);
        // Of two, the one that nobody saw may work.
        Assert.Null(One(need, [Kit("kit", 300), Kit("other", 50)], Saw("kit", state)).Civilians);
    }

    [Fact]
    public void A_return_in_part_may_reach_nobody_and_at_most_all_whom_it_was_planned_for() =>
        Assert.Equal(
            Range(0, 300),
            One(
                Of(without: Range(900, 1_000)),
                [Kit("kit", 300)],
                Saw("kit", RestorationState.Partial)
            ).Civilians
        );

    [Fact]
    public void Two_commitments_for_one_place_do_not_add_up_beyond_the_people_in_need()
    {
        Need need = Of(without: Range(400, 500));
        Reach reach = One(
            need,
            [Kit("a", 300), Kit("b", 350)],
            Saw("a"),
            Saw("b", by: "measurers")
        );
        Assert.Equal(Range(350, 500), reach.Civilians);
        Assert.Equal(Range(0, 150), reach.Unserved);
        Assert.Equal(["measurers", "residents"], reach.MeasuredBy);
        Assert.Equal(Range(500, 500), One(need, [Kit("a", 900)], Saw("a")).Civilians);
    }

    [Fact]
    public void A_broadcast_or_a_lower_service_reaches_nobody_who_lacks_a_higher_one()
    {
        Need web = Of(without: Range(900, 1_000), service: Service.Web);
        Assert.Null(One(web, [Kit("kit", 300)], Saw("kit")).Civilians);
        Assert.Null(
            One(
                Of(without: Range(900, 1_000)),
                [Kit("radio", 300, service: Service.Broadcast)],
                Saw("radio")
            ).Civilians
        );
        Assert.Equal(
            Range(300, 300),
            One(
                Of(without: Range(900, 1_000)),
                [Kit("kit", 300, service: Service.Web)],
                Saw("kit")
            ).Civilians
        );
    }

    [Fact]
    public void What_covers_more_than_the_place_may_serve_people_elsewhere() =>
        Assert.Equal(
            Range(0, 300),
            One(
                Of(without: Range(900, 1_000)),
                [Kit("esim", 300, place: Place.OfCountry("SD"))],
                Saw("esim")
            ).Civilians
        );

    [Fact]
    public void Whom_of_several_groups_it_serves_is_unknown_unless_it_was_given_for_one()
    {
        Need residents = Of(without: Range(900, 1_000));
        Need displaced = Of(PopulationGroup.Displaced, Range(200, 200));
        IReadOnlyList<Reach> shared = ReachFromRestorations.Of(
            [residents, displaced],
            [Kit("kit", 300)],
            [Saw("kit")]
        );
        Assert.Equal(Range(300, 300), shared.Single(one => one.NeedId == residents.Id).Civilians);
        Assert.Equal(Range(0, 200), shared.Single(one => one.NeedId == displaced.Id).Civilians);
        IReadOnlyList<Reach> given = ReachFromRestorations.Of(
            [residents, displaced],
            [Kit("kit", 150, only: PopulationGroup.Displaced)],
            [Saw("kit")]
        );
        Assert.Null(given.Single(one => one.NeedId == residents.Id).Civilians);
    }

    [Fact]
    public void Who_is_counted_in_a_wider_or_a_narrower_place_may_be_those_served()
    {
        Need displaced = Of(PopulationGroup.Displaced, Range(200, 200));
        foreach (
            Place place in (Place[])[Place.OfCountry("SD"), Place.OfArea("SD", "Khartoum", "Bahri")]
        )
        {
            Need residents = Of(without: Range(900, 1_000), place: place);
            Assert.Equal(
                Range(0, 200),
                ReachFromRestorations
                    .Of([residents, displaced], [Kit("kit", 300)], [Saw("kit")])
                    .Single(one => one.NeedId == displaced.Id)
                    .Civilians
            );
        }
    }

    [Fact]
    public void Who_is_left_of_an_unknown_number_is_unknown()
    {
        Reach reach = One(Of(without: null), [Kit("kit", 300)], Saw("kit"));
        Assert.Equal(Range(300, 300), reach.Civilians);
        Assert.Null(reach.Unserved);
    }

    [Fact]
    public void Responders_in_need_are_left_by_the_responders_reached_alone()
    {
        Reach reach = One(
            Of(PopulationGroup.Responders, Range(50, 50)),
            [Kit("kit", 300, 20)],
            Saw("kit")
        );
        Assert.Equal(Range(30, 30), reach.Unserved);
    }
}
