using System.Text;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.NeedsFixture;
using static Breakwater.Stages.Tests.PlansFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Small instances solved by counting every possibility; the optimiser must be as good, within the gap it states.</summary>
public sealed class PlansOptimalTests
{
    /// <summary>People are whole, so a line may lose one person against a plan in fractions.</summary>
    private const double PersonDays = 1.6 * 28;

    private static readonly Gen<PlanningInputs> GenInputs =
        from places in Gen.Int[1, 3]
        from people in Gen.Long[0, 20_000].Array[places]
        from offers in Gen.Select(
            Gen.Int[0, 3],
            Gen.Long[100, 8_000],
            Gen.Int[0, 500],
            Gen.Enum<Service>()
                .Where(service => service is not (Service.Broadcast or Service.CoreFunction)),
            Gen.Double[0, 30],
            Gen.Double[0.05, 1],
            Gen.Int[0, 7]
        ).Array[1, 3]
        from budget in Gen.Int[0, 2_500]
        select Inputs(
            [.. people.Select((count, i) => NeedOf(count, PlaceOf(i)))],
            [
                .. offers.Select(
                    (offer, i) =>
                        OfferOf(
                            $"offer-{i}",
                            offer.Item1,
                            offer.Item2,
                            offer.Item3,
                            offer.Item4,
                            offer.Item5,
                            offer.Item6,
                            // Bits say which places the offer is for; none means everywhere.
                            places: offer.Item7 == 0
                                ? [Sudan]
                                :
                                [
                                    .. Enumerable
                                        .Range(0, 3)
                                        .Where(p => (offer.Item7 & (1 << p)) != 0)
                                        .Select(PlaceOf),
                                ]
                        )
                ),
            ],
            budget
        );

    [Fact]
    public void The_value_agrees_with_enumeration_within_the_stated_gap_and_the_bound_holds() =>
        GenInputs.Sample(
            inputs =>
            {
                double best = BestByEnumeration(inputs);
                (IReadOnlyList<Plan> plans, PlanRefused? refusal) = PlansFromNeeds.Optimise(inputs);
                if (refusal is not null)
                {
                    Assert.Equal("no offer can serve inside the horizon", refusal.Reason);
                    Assert.Equal(0, best);
                    return;
                }

                Plan plan = plans.Single(plan => plan.Option == "most-people");
                double slack = PersonDays * 9;
                Assert.True(plan.Value <= best + 1, $"{plan.Value} above the best {best}");
                Assert.True(plan.Bound >= best - 1, $"bound {plan.Bound} below the best {best}");
                Assert.True(
                    plan.Value >= (best * 0.999) - slack,
                    $"{plan.Value} far below the best {best}"
                );
                Assert.All(
                    plans,
                    option => Assert.Empty(PlanVerification.Check(option.Lines, inputs).Mismatches)
                );
            },
            iter: 40
        );

    [Fact]
    public void More_budget_is_never_worse() =>
        Gen.Select(GenInputs, Gen.Int[0, 2_000])
            .Sample(
                (inputs, more) =>
                {
                    double poor = ValueOf(inputs);
                    double rich = ValueOf(inputs with { BudgetUsd = inputs.BudgetUsd + more });
                    return rich >= (poor * 0.999) - (PersonDays * 9);
                },
                iter: 25
            );

    [Fact]
    public void The_order_of_needs_and_offers_changes_no_line() =>
        GenInputs.Sample(
            inputs =>
            {
                PlanningInputs turned = inputs with
                {
                    Offers = [.. inputs.Offers.Reverse()],
                    Assessment = inputs.Assessment with
                    {
                        Needs = [.. inputs.Assessment.Needs.Reverse()],
                    },
                };
                return Lines(inputs) == Lines(turned);
            },
            iter: 15
        );

    [Fact]
    public void Other_ids_for_the_same_offers_change_names_and_not_the_value() =>
        GenInputs.Sample(
            inputs =>
            {
                int last = inputs.Offers.Count - 1;
                PlanningInputs renamed = inputs with
                {
                    Offers =
                    [
                        .. inputs.Offers.Select(
                            (offer, i) => offer with { Id = $"offer-{last - i}" }
                        ),
                    ],
                };
                double one = ValueOf(inputs);
                return Math.Abs(one - ValueOf(renamed)) <= (one * 0.001) + (PersonDays * 9);
            },
            iter: 15
        );

    [Fact]
    public void A_repeat_gives_the_same_bytes() =>
        GenInputs.Sample(inputs => Everything(inputs) == Everything(inputs), iter: 8);

    private static double ValueOf(PlanningInputs inputs) =>
        PlansFromNeeds
            .Optimise(inputs)
            .Plans.Where(plan => plan.Option == "most-people")
            .Select(plan => plan.Value)
            .SingleOrDefault();

    private static string Lines(PlanningInputs inputs) =>
        Encoding.UTF8.GetString(
            CanonicalJson.Of(
                PlansFromNeeds
                    .Optimise(inputs)
                    .Plans.Select(plan => new { plan.Option, plan.Lines })
            )
        );

    private static string Everything(PlanningInputs inputs)
    {
        (IReadOnlyList<Plan> plans, PlanRefused? refusal) = PlansFromNeeds.Optimise(inputs);
        return Encoding.UTF8.GetString(CanonicalJson.Of(new { plans, refusal }));
    }

    /// <summary>
    /// Tries every way to put units at places. With the units fixed, each place is filled by the most valuable offer
    /// first, which is best because all offers there compete for the same people.
    /// </summary>
    private static double BestByEnumeration(PlanningInputs inputs)
    {
        long[] people = [.. inputs.Assessment.Needs.Select(need => need.WithoutService!.High)];
        Place[] places = [.. inputs.Assessment.Needs.Select(need => need.Place)];
        int[][] units = [.. inputs.Offers.Select(_ => new int[places.Length])];
        double best = 0;
        void Place(int offer, int place, int left, decimal money)
        {
            if (offer == inputs.Offers.Count)
            {
                best = Math.Max(best, Filled(inputs, people, units));
                return;
            }

            Offer it = inputs.Offers[offer];
            if (place == places.Length)
            {
                Place(
                    offer + 1,
                    0,
                    offer + 1 < units.Length ? inputs.Offers[offer + 1].Quantity : 0,
                    money
                );
                return;
            }

            bool isFor = it.Places.Any(places[place].IsWithin);
            for (int n = 0; n <= (isFor ? left : 0) && n * it.UnitCostUsd <= money; n++)
            {
                units[offer][place] = n;
                Place(offer, place + 1, left - n, money - (n * it.UnitCostUsd));
            }

            units[offer][place] = 0;
        }

        Place(0, 0, inputs.Offers[0].Quantity, inputs.BudgetUsd);
        return best;
    }

    private static double Filled(PlanningInputs inputs, long[] people, int[][] units)
    {
        double value = 0;
        for (int place = 0; place < people.Length; place++)
        {
            long open = people[place];
            foreach (
                (Offer offer, int n) in inputs
                    .Offers.Zip(units.Select(row => row[place]))
                    .OrderByDescending(item => PerPerson(item.First, inputs))
            )
            {
                long served = Math.Min(
                    open,
                    Math.Min(
                        n * offer.PeoplePerUnit,
                        (long)Math.Floor(people[place] * offer.UsableShare)
                    )
                );
                value += served * PerPerson(offer, inputs);
                open -= served;
            }
        }

        return value;
    }

    private static double PerPerson(Offer offer, PlanningInputs inputs)
    {
        Duration days = inputs.HorizonEnd - inputs.DecisionAt - Duration.FromDays(offer.LeadDays);
        double weight = offer.Service switch
        {
            Service.Messaging => 1,
            Service.Voice => 1.3,
            Service.Web => 1.5,
            _ => 1.6,
        };
        return Math.Max(0, days.TotalDays) * weight;
    }
}
