using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;
using static Breakwater.Stages.Tests.NeedsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Needs, offers and limits of small planning problems.</summary>
internal static class PlansFixture
{
    public static readonly Instant Horizon = AsOf + Duration.FromDays(28);

    public static Place PlaceOf(int i) => Place.OfArea("SD", $"P{i}");

    public static Need NeedOf(
        long? people,
        Place? place = null,
        PopulationGroup group = PopulationGroup.Residents
    )
    {
        Place where = place ?? PlaceOf(0);
        CountRange? count = people is { } known ? CountRange.Exactly(known) : null;
        return new Need
        {
            Id = $"need-{where.Key}-{group}",
            Place = where,
            PlaceName = where.Area![^1],
            Group = group,
            Service = Service.Messaging,
            Population = count,
            PopulationSource = "a census",
            WithoutService = count,
            ByNetwork = [],
            Sum = "whole place",
            Since = AsOf,
            Priority = 1,
            PriorityReason = "",
            Conditions = [],
            Unknowns = [],
            Disruptions = ["disruption-1"],
            Origin = Origin.Reported,
            Marking = Marking.Public,
        };
    }

    public static Offer OfferOf(
        string id,
        int quantity = 10,
        long peoplePerUnit = 100,
        decimal cost = 10,
        Service service = Service.Web,
        double leadDays = 2,
        double usableShare = 1,
        double exposure = 0,
        IReadOnlyList<string>? clearances = null,
        IReadOnlyList<Place>? places = null,
        IReadOnlyList<PopulationGroup>? groups = null,
        Instant? until = null
    ) =>
        new(
            id,
            $"supplier of {id}",
            $"asset {id}",
            quantity,
            peoplePerUnit,
            service,
            groups
                ?? [PopulationGroup.Residents, PopulationGroup.Displaced, PopulationGroup.Refugees],
            places ?? [Sudan],
            null,
            usableShare,
            cost,
            leadDays,
            until,
            clearances ?? [],
            [],
            exposure,
            "a supplier",
            Origin.Modelled
        );

    public static Clearance ClearanceOf(
        string id,
        ClearanceAnswer answer,
        Instant? effectiveAt = null
    ) =>
        new(
            id,
            ClearanceKind.Import,
            "a customs office",
            answer,
            AsOf,
            effectiveAt,
            "own",
            Origin.Modelled
        );

    public static PlanningInputs Inputs(
        IReadOnlyList<Need> needs,
        IReadOnlyList<Offer> offers,
        decimal budget = 1_000_000,
        IReadOnlyList<Clearance>? clearances = null,
        IReadOnlyList<FixedPlacement>? locks = null,
        IReadOnlyList<FixedPlacement>? forbids = null
    ) =>
        new(
            new Assessment(AsOf, needs, []),
            offers,
            clearances ?? [],
            budget,
            AsOf,
            Horizon,
            0.3,
            locks ?? [],
            forbids ?? []
        );

    public static Plan MostPeople(PlanningInputs inputs)
    {
        (IReadOnlyList<Plan> plans, PlanRefused? refusal) = PlansFromNeeds.Optimise(inputs);
        Xunit.Assert.Null(refusal);
        return plans.Single(plan => plan.Option == "most-people");
    }

    public static PlanRefused Refused(PlanningInputs inputs)
    {
        (IReadOnlyList<Plan> plans, PlanRefused? refusal) = PlansFromNeeds.Optimise(inputs);
        Xunit.Assert.Empty(plans);
        return Xunit.Assert.IsType<PlanRefused>(refusal);
    }
}
