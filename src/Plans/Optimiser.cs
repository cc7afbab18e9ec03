using Google.OrTools.LinearSolver;

namespace Breakwater.Plans;

/// <summary>Units of one offer placed in one area.</summary>
internal readonly record struct Placement(UsableOffer Offer, string PlaceKey);

/// <param name="Served">People served, by offer and demand.</param>
/// <param name="Bound">Proven upper bound of the objective.</param>
internal sealed record Solution(
    IReadOnlyDictionary<(string Offer, string Place), int> Units,
    IReadOnlyDictionary<(string Offer, string NeedId), long> Served,
    double Value,
    double Bound,
    double WorstShare
);

/// <summary>
/// A mixed-integer programme: whole units at places, people served by them, under stock, capacity, reach and budget
/// (formulation sections 2 to 4, 6 and 7 of the planning design, one period). Solved by SCIP with a node limit, so that
/// the answer depends on the input alone and not on the machine's speed.
/// </summary>
internal sealed class Optimiser(
    IReadOnlyList<Demand> demands,
    IReadOnlyList<UsableOffer> offers,
    PlanningInputs inputs
)
{
    /// <summary>A plan, and every question about it, is solved to a ten-thousandth: what a change brings must not drown in it.</summary>
    private const string Limits =
        "limits/nodes = 1000\nlimits/gap = 0.0001\nrandomization/randomseedshift = 1\nlp/threads = 1\n";

    /// <summary>How much of the best possible worst share the fairest option keeps: the first of these that whole units allow.</summary>
    private static readonly double[] _floorShares = [0.9, 0.7, 0.5, 0.25];

    /// <summary>Extra worth of serving the first hundredth of an area: so small that it only decides between equals, and spreads them.</summary>
    private const double SpreadWorth = 0.002;
    private const double SpreadShare = 0.01;

    /// <param name="isFairest">Raise the worst-served area first, then the value.</param>
    /// <param name="dropped">A placement to leave out, for asking what is lost without it.</param>
    /// <param name="budgetUsd">Overrides the budget, for asking what more money would bring.</param>
    /// <param name="extra">An offer that gets one more unit, for asking what it would bring.</param>
    public Solution? Solve(
        bool isFairest,
        (string Offer, string Place)? dropped = null,
        decimal? budgetUsd = null,
        string? extra = null
    )
    {
        if (!isFairest)
        {
            return SolveOnce(false, 0, dropped, budgetUsd, extra);
        }

        // The best worst share with units that can be split; whole units reach most of it.
        double best = SolveOnce(true, 0, dropped, budgetUsd, extra)?.WorstShare ?? 0;
        return _floorShares
            .Select(share => SolveOnce(false, share * best, dropped, budgetUsd, extra))
            .FirstOrDefault(solution => solution is not null);
    }

    private Solution? SolveOnce(
        bool isWorstObjective,
        double floor,
        (string Offer, string Place)? dropped,
        decimal? budgetUsd,
        string? extra
    )
    {
        using var solver = Solver.CreateSolver("SCIP");
        solver.SetSolverSpecificParametersAsString(Limits);
        var units = new SortedDictionary<(string Offer, string Place), Variable>();
        var served = new SortedDictionary<(string Offer, string NeedId), Variable>();
        Constraint budget = solver.MakeConstraint(0, (double)(budgetUsd ?? inputs.BudgetUsd));
        Variable worst = solver.MakeNumVar(floor, 1, "worst");
        // Those who hear a broadcast still lack a connection: the two are limited apart.
        var heardOf = demands.ToDictionary(
            demand => demand.NeedId,
            demand => solver.MakeConstraint(0, demand.People)
        );
        var servedOf = demands.ToDictionary(
            demand => demand.NeedId,
            demand => solver.MakeConstraint(0, demand.People)
        );
        Objective objective = solver.Objective();
        objective.SetMaximization();
        foreach (UsableOffer usable in offers)
        {
            Constraint stock = solver.MakeConstraint(
                0,
                usable.Offer.Quantity + (usable.Offer.Id == extra ? 1 : 0)
            );
            foreach (
                IGrouping<string, Demand> place in demands
                    .Where(usable.Serves)
                    .GroupBy(demand => demand.Place.Key)
            )
            {
                (int low, int high) = UnitBounds(usable, place.Key, dropped, extra);
                Variable count = isWorstObjective
                    ? solver.MakeNumVar(low, high, "")
                    : solver.MakeIntVar(low, high, "");
                units.Add((usable.Offer.Id, place.Key), count);
                stock.SetCoefficient(count, 1);
                budget.SetCoefficient(count, (double)usable.Offer.UnitCostUsd);
                Constraint capacity = solver.MakeConstraint(double.NegativeInfinity, 0);
                capacity.SetCoefficient(count, -usable.Offer.PeoplePerUnit);
                foreach (Demand demand in place)
                {
                    Variable people = solver.MakeNumVar(0, usable.Reach(demand), "");
                    served.Add((usable.Offer.Id, demand.NeedId), people);
                    capacity.SetCoefficient(people, 1);
                    (usable.IsOneWay ? heardOf : servedOf)[demand.NeedId].SetCoefficient(people, 1);
                    objective.SetCoefficient(people, isWorstObjective ? 0 : usable.ValuePerPerson);
                }
            }
        }

        if (isWorstObjective || floor > 0)
        {
            BindWorst(solver, worst, served);
        }

        if (!isWorstObjective && floor == 0)
        {
            Spread(solver, objective, served);
        }

        objective.SetCoefficient(worst, isWorstObjective ? 1 : 0);
        Solver.ResultStatus status = solver.Solve();
        return status is Solver.ResultStatus.OPTIMAL or Solver.ResultStatus.FEASIBLE
            ? Read(objective, worst, units, served)
            : null;
    }

    private void Spread(
        Solver solver,
        Objective objective,
        SortedDictionary<(string Offer, string NeedId), Variable> served
    )
    {
        double worth = SpreadWorth * offers.Max(offer => offer.ValuePerPerson);
        foreach (Demand demand in demands.Where(demand => demand.People > 0))
        {
            Variable first = solver.MakeNumVar(0, demand.People * SpreadShare, "");
            Constraint reached = solver.MakeConstraint(0, double.PositiveInfinity);
            reached.SetCoefficient(first, -1);
            foreach (
                Variable people in served
                    .Where(item => item.Key.NeedId == demand.NeedId && !IsOneWay(item.Key.Offer))
                    .Select(item => item.Value)
            )
            {
                reached.SetCoefficient(people, 1);
            }

            objective.SetCoefficient(first, worth);
        }
    }

    /// <summary>The worst share is taken over the civilian areas that some offer can reach at all.</summary>
    private void BindWorst(
        Solver solver,
        Variable worst,
        SortedDictionary<(string Offer, string NeedId), Variable> served
    )
    {
        foreach (
            Demand demand in demands.Where(demand => !demand.IsResponders && demand.People > 0)
        )
        {
            List<Variable> people =
            [
                .. served
                    .Where(item => item.Key.NeedId == demand.NeedId && !IsOneWay(item.Key.Offer))
                    .Select(item => item.Value),
            ];
            if (people.Count > 0)
            {
                Constraint share = solver.MakeConstraint(0, double.PositiveInfinity);
                share.SetCoefficient(worst, -demand.People);
                people.ForEach(variable => share.SetCoefficient(variable, 1));
            }
        }
    }

    private bool IsOneWay(string offer) =>
        offers.Any(usable => usable.IsOneWay && usable.Offer.Id == offer);

    private (int Low, int High) UnitBounds(
        UsableOffer usable,
        string place,
        (string Offer, string Place)? dropped,
        string? extra
    )
    {
        (string, string) key = (usable.Offer.Id, place);
        if (key == dropped || inputs.Forbids.Any(forbid => (forbid.Offer, forbid.Place.Key) == key))
        {
            return (0, 0);
        }

        return
            inputs.Locks.FirstOrDefault(fixing => (fixing.Offer, fixing.Place.Key) == key)
                is { } fixing
            ? (fixing.Units, fixing.Units)
            : (0, usable.Offer.Quantity + (usable.Offer.Id == extra ? 1 : 0));
    }

    private static Solution Read(
        Objective objective,
        Variable worst,
        SortedDictionary<(string Offer, string Place), Variable> units,
        SortedDictionary<(string Offer, string NeedId), Variable> served
    ) =>
        new(
            units.ToDictionary(
                item => item.Key,
                item => checked((int)Math.Round(item.Value.SolutionValue()))
            ),
            // People are whole: rounding down keeps every constraint and costs less than one person each.
            served.ToDictionary(
                item => item.Key,
                item => checked((long)Math.Floor(item.Value.SolutionValue() + 1e-6))
            ),
            objective.Value(),
            objective.BestBound(),
            worst.SolutionValue()
        );
}
