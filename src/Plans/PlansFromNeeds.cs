using Breakwater.Vocabulary;

namespace Breakwater.Plans;

/// <summary>From needs and offers to options that people can choose between.</summary>
public static class PlansFromNeeds
{
    public const int MethodVersion = 2;

    /// <summary>Lines for which the loss without them is worked out by solving again; beyond it the plan says nothing.</summary>
    private const int LostWithoutLimit = 12;

    /// <summary>Name of the solver, or null when its native library does not load on this machine.</summary>
    public static string? SolverVersion()
    {
        try
        {
            return $"OR-Tools {Google.OrTools.Init.OrToolsVersion.VersionString()}";
        }
        catch (Exception fault)
            when (fault
                    is DllNotFoundException
                        or TypeInitializationException
                        or BadImageFormatException
            )
        {
            return null;
        }
    }

    /// <returns>Options in a fixed order, or why there is none.</returns>
    public static (IReadOnlyList<Plan> Plans, PlanRefused? Refusal) Optimise(PlanningInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        IReadOnlyList<Demand> demands = Demand.From(inputs.Assessment);
        (IReadOnlyList<UsableOffer> usable, IReadOnlyList<string> unusable) = UsableOffer.Among(
            inputs
        );
        if (Refusal(inputs, demands, usable, unusable) is { } refusal)
        {
            return ([], refusal);
        }

        List<Plan> plans = [];
        (string Option, bool IsFairest, IReadOnlyList<UsableOffer> Offers)[] options =
        [
            ("most-people", false, usable),
            ("fairest", true, usable),
            (
                "safest",
                false,
                [.. usable.Where(offer => offer.Offer.Exposure <= inputs.ExposureCap)]
            ),
        ];
        // The bound of the option without limits of its own holds for the others too.
        double bound = 0;
        foreach ((string option, bool isFairest, IReadOnlyList<UsableOffer> offers) in options)
        {
            var optimiser = new Optimiser(demands, offers, inputs);
            if (offers.Count > 0 && optimiser.Solve(isFairest) is { } solution)
            {
                bound = Math.Max(bound, solution.Bound);
                plans.Add(
                    PlanFrom(
                        option,
                        isFairest,
                        optimiser,
                        solution,
                        bound,
                        demands,
                        offers,
                        unusable,
                        inputs
                    )
                );
            }
        }

        List<Plan> verified = [.. plans.Where(plan => plan.IsVerified)];
        return verified.Count > 0
            ? (verified, null)
            : (
                [],
                new PlanRefused(
                    "no plan meets the locks and limits",
                    [.. plans.SelectMany(plan => plan.Reasons), .. unusable]
                )
            );
    }

    private static PlanRefused? Refusal(
        PlanningInputs inputs,
        IReadOnlyList<Demand> demands,
        IReadOnlyList<UsableOffer> usable,
        IReadOnlyList<string> unusable
    ) =>
        inputs.BudgetUsd < 0 ? new PlanRefused("the budget is negative", [])
        : demands.Count == 0
            ? new PlanRefused(
                "no need has a known number of people",
                [
                    "A plan needs at least one disruption with confidence of 0.5 or more, at a place with a population count",
                ]
            )
        : usable.Count == 0 ? new PlanRefused("no offer can serve inside the horizon", unusable)
        : null;

    /// <summary>With what norms may ask of it, and what it stands under.</summary>
    private static PlanLine Told(PlanLine line, PlanningInputs inputs) =>
        line with
        {
            Conditions = Conditions(line, inputs),
            Agreements = inputs.AgreementsOf(line.OfferId),
        };

    private static Plan PlanFrom(
        string option,
        bool isFairest,
        Optimiser optimiser,
        Solution solution,
        double bound,
        IReadOnlyList<Demand> demands,
        IReadOnlyList<UsableOffer> offers,
        IReadOnlyList<string> unusable,
        PlanningInputs inputs
    )
    {
        List<PlanLine> lines = LinesOf(solution, demands, offers, inputs);
        long people = lines.Sum(line => line.Civilians + line.Responders);
        lines =
        [
            .. lines.Select(
                (line, index) =>
                    isFairest || index >= LostWithoutLimit
                        ? line
                        : line with
                        {
                            LostWithout = Lost(optimiser, line, people),
                        }
            ),
        ];
        lines = [.. lines.Select(line => Told(line, inputs))];
        double value = PlanVerification.Value(lines);
        double highest = Math.Max(bound, value);
        PlanVerification verification = PlanVerification.Check(lines, inputs);
        (string worst, double worstShare) = WorstServed(
            [.. Connected(lines)],
            demands,
            [.. offers.Where(offer => !offer.IsOneWay)]
        );
        bool isJudged = inputs.Findings.Count > 0;
        IReadOnlyList<string> findings =
        [
            .. lines
                .SelectMany(line => line.Conditions)
                .SelectMany(condition => condition.Findings)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        return new Plan
        {
            Id = ContentId.Of(
                "plan",
                new
                {
                    option,
                    inputs,
                    lines,
                    MethodVersion,
                }
            ),
            Option = option,
            Lines = lines,
            Value = Math.Round(value, 1),
            Bound = Math.Round(highest, 1),
            Gap =
                value > 0 ? Math.Round((highest - value) / value, 6)
                : highest > 0 ? 1
                : 0,
            IsVerified = verification.Mismatches.Count == 0,
            CostUsd = lines.Sum(line => line.CostUsd),
            BudgetUsd = inputs.BudgetUsd,
            Civilians = Connected(lines).Sum(line => line.Civilians),
            Responders = Connected(lines).Sum(line => line.Responders),
            Informed = lines
                .Where(line => line.Service == Service.Broadcast)
                .Sum(line => line.Civilians + line.Responders),
            WorstServed = worst,
            WorstServedShare = Math.Round(worstShare, 4),
            Exposure = lines.Count == 0 ? 0 : lines.Max(line => ExposureOf(line, offers)),
            ReadyCivilians = isJudged ? Ready(lines).Sum(line => line.Civilians) : null,
            ReadyResponders = isJudged ? Ready(lines).Sum(line => line.Responders) : null,
            Findings = findings,
            Unserved = Unserved(
                lines,
                demands,
                [.. offers.Where(offer => !offer.IsOneWay)],
                inputs
            ),
            Reasons =
            [
                .. verification.Mismatches,
                .. isFairest ? [] : Prices.Of(optimiser, solution, lines, offers, inputs),
                .. unusable,
                .. NotReady.Reasons(lines, inputs),
            ],
            HarmNote = HarmNote(lines, offers),
            Origin = Origin.Modelled,
            Marking = Marking.Strictest([
                .. inputs.Assessment.Needs.Select(need => need.Marking),
                .. inputs
                    .Findings.Where(finding => findings.Contains(finding.Id))
                    .Select(finding => finding.Marking),
            ]),
            Needs = [.. demands.Select(demand => demand.NeedId)],
        };
    }

    private static List<PlanLine> LinesOf(
        Solution solution,
        IReadOnlyList<Demand> demands,
        IReadOnlyList<UsableOffer> offers,
        PlanningInputs inputs
    )
    {
        var lines = new List<PlanLine>();
        foreach (UsableOffer usable in offers)
        {
            foreach (
                IGrouping<string, Demand> place in demands
                    .Where(usable.Serves)
                    .GroupBy(demand => demand.Place.Key)
            )
            {
                int units = solution.Units[(usable.Offer.Id, place.Key)];
                long Served(bool isResponders) =>
                    place
                        .Where(demand => demand.IsResponders == isResponders)
                        .Sum(demand => solution.Served[(usable.Offer.Id, demand.NeedId)]);
                (long civilians, long responders) = (Served(false), Served(true));
                if (units == 0 || civilians + responders == 0)
                {
                    continue;
                }

                // The solver may place a unit that nobody uses when money is left; the plan buys what is used, or what is locked.
                bool isLocked = inputs.Locks.Any(fixing =>
                    fixing.Offer == usable.Offer.Id && fixing.Place.Key == place.Key
                );
                int used = isLocked
                    ? units
                    : (int)
                        Math.Min(
                            units,
                            (civilians + responders + usable.Offer.PeoplePerUnit - 1)
                                / usable.Offer.PeoplePerUnit
                        );
                Demand first = place.First();
                lines.Add(
                    new PlanLine(
                        usable.Offer.Id,
                        usable.Offer.Stakeholder,
                        usable.Offer.Asset,
                        first.Place,
                        first.PlaceName,
                        used,
                        usable.Offer.Service,
                        civilians,
                        responders,
                        usable.ServiceAt,
                        usable.Until,
                        used * usable.Offer.UnitCostUsd,
                        usable.Offer.Clearances,
                        $"serves {civilians + responders} people for {usable.Days:0} days at {used * usable.Offer.UnitCostUsd:0} USD",
                        null
                    )
                );
            }
        }

        return
        [
            .. lines
                .OrderByDescending(line => line.Civilians + line.Responders)
                .ThenBy(line => line.OfferId, StringComparer.Ordinal)
                .ThenBy(line => line.Place.Key, StringComparer.Ordinal),
        ];
    }

    private static long? Lost(Optimiser optimiser, PlanLine line, long people) =>
        optimiser.Solve(isFairest: false, dropped: (line.OfferId, line.Place.Key)) is { } without
            ? Math.Max(0, people - without.Served.Values.Sum())
            : null;

    private static (string Name, double Share) WorstServed(
        List<PlanLine> lines,
        IReadOnlyList<Demand> demands,
        IReadOnlyList<UsableOffer> offers
    ) =>
        demands
            .Where(demand =>
                !demand.IsResponders
                && demand.People > 0
                && offers.Any(offer => offer.Serves(demand))
            )
            .GroupBy(demand => demand.Place.Key)
            .Select(place =>
                (
                    Name: place.First().PlaceName,
                    Share: (double)
                        lines.Where(line => line.Place.Key == place.Key).Sum(line => line.Civilians)
                        / place.Sum(demand => demand.People)
                )
            )
            .OrderBy(item => item.Share)
            .ThenBy(item => item.Name, StringComparer.Ordinal)
            .FirstOrDefault(("none can be reached", 0));

    private static IEnumerable<PlanLine> Connected(IEnumerable<PlanLine> lines) =>
        lines.Where(line => line.Service != Service.Broadcast);

    private static IReadOnlyList<PlanCondition> Conditions(PlanLine line, PlanningInputs inputs) =>
        ConditionsFromFindings.Of(
            inputs.Offers.First(offer => offer.Id == line.OfferId),
            line.Place,
            line.ServiceAt,
            inputs
        );

    private static IEnumerable<PlanLine> Ready(IEnumerable<PlanLine> lines) =>
        Connected(lines).Where(line => line.IsReady);

    private static double ExposureOf(PlanLine line, IReadOnlyList<UsableOffer> offers) =>
        offers.First(offer => offer.Offer.Id == line.OfferId).Offer.Exposure;

    private static List<UnservedNeed> Unserved(
        List<PlanLine> lines,
        IReadOnlyList<Demand> demands,
        IReadOnlyList<UsableOffer> offers,
        PlanningInputs inputs
    )
    {
        decimal left = inputs.BudgetUsd - lines.Sum(line => line.CostUsd);
        var unserved = new List<UnservedNeed>();
        foreach (
            IGrouping<(string Key, bool IsResponders), Demand> group in demands.GroupBy(demand =>
                (demand.Place.Key, demand.IsResponders)
            )
        )
        {
            long served = Connected(lines)
                .Where(line => line.Place.Key == group.Key.Key)
                .Sum(line => group.Key.IsResponders ? line.Responders : line.Civilians);
            long open = group.Sum(demand => demand.People) - served;
            if (open > 0)
            {
                List<UsableOffer> reaching = [.. offers.Where(offer => group.Any(offer.Serves))];
                string why =
                    reaching.Count == 0 ? "no usable offer reaches this area"
                    : reaching.TrueForAll(offer =>
                        lines.Where(line => line.OfferId == offer.Offer.Id).Sum(line => line.Units)
                        >= offer.Offer.Quantity
                    )
                        ? "every offer that reaches it is used up"
                    : reaching.Exists(offer => offer.Offer.UnitCostUsd > left)
                        ? "the budget is used up"
                    : "the offers that reach it cannot be used by more people there";
                unserved.Add(
                    new UnservedNeed(
                        group.First().NeedId,
                        group.First().Place,
                        group.First().PlaceName,
                        Service.Messaging,
                        group.First().Group,
                        open,
                        why
                    )
                );
            }
        }

        return unserved;
    }

    private static string HarmNote(List<PlanLine> lines, IReadOnlyList<UsableOffer> offers)
    {
        List<string> exposed =
        [
            .. lines
                .Where(line => ExposureOf(line, offers) >= 0.5)
                .Select(line => line.Asset)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        return exposed.Count == 0
            ? "No line of this plan is known to endanger the people who use or run it; what is not known is not safe."
            : $"Users and crews may be endangered by: {string.Join(", ", exposed)}. Positions are not published; use is the choice of those at risk.";
    }
}
