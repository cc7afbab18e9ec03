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
    /// <summary>A plan is solved to a thousandth; a question about a plan ("what if one unit more?") to a two-hundredth.</summary>
    private static string Limits(bool isQuestion) =>
        $"limits/nodes = {(isQuestion ? 50 : 1000)}\nlimits/gap = {(isQuestion ? "0.005" : "0.001")}\nrandomization/randomseedshift = 1\nlp/threads = 1\n";

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
        double floor = 0;
        if (isFairest)
        {
            if (SolveOnce(true, 0, dropped, budgetUsd, extra) is not { } fair)
            {
                return null;
            }

            // A hair below the optimum: the second programme must stay feasible under the solver's tolerance.
            floor = Math.Max(0, fair.WorstShare - 1e-6);
        }

        return SolveOnce(false, floor, dropped, budgetUsd, extra);
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
        solver.SetSolverSpecificParametersAsString(
            Limits(dropped is not null || budgetUsd is not null || extra is not null)
        );
        var units = new SortedDictionary<(string Offer, string Place), Variable>();
        var served = new SortedDictionary<(string Offer, string NeedId), Variable>();
        Constraint budget = solver.MakeConstraint(0, (double)(budgetUsd ?? inputs.BudgetUsd));
        Variable worst = solver.MakeNumVar(floor, 1, "worst");
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
                Variable count = solver.MakeIntVar(low, high, "");
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
                    servedOf[demand.NeedId].SetCoefficient(people, 1);
                    objective.SetCoefficient(people, isWorstObjective ? 0 : usable.ValuePerPerson);
                }
            }
        }

        if (isWorstObjective || floor > 0)
        {
            BindWorst(solver, worst, served);
        }

        objective.SetCoefficient(worst, isWorstObjective ? 1 : 0);
        Solver.ResultStatus status = solver.Solve();
        return status is Solver.ResultStatus.OPTIMAL or Solver.ResultStatus.FEASIBLE
            ? Read(objective, worst, units, served)
            : null;
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
                    .Where(item => item.Key.NeedId == demand.NeedId)
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
