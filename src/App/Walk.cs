using Breakwater.Decisions;
using Breakwater.Decisions.Opening;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Law;
using Breakwater.Feeds;
using Breakwater.Feeds.Law;
using Breakwater.Needs;
using Breakwater.Norms.Packs;
using Breakwater.Plans;
using Breakwater.Publications;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App;

/// <summary>The whole flow, from signals to publications, on one scenario. Reading this method is reading Breakwater.</summary>
public static class Walk
{
    /// <summary>Days of service that a plan is valued over, from the decision.</summary>
    public const int HorizonDays = 28;

    /// <summary>The <c>safest</c> plan uses nothing above this exposure.</summary>
    public const double ExposureCap = 0.4;

    private static readonly string[] _languages = ["en", "fr", "ar"];

    /// <param name="law">The law pack that findings follow from; null: the one that comes with the executable.</param>
    public static WalkResult Run(
        Scenario scenario,
        PlanHand hand,
        Action<string>? progress = null,
        LawPackRead? law = null
    )
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(hand);

        if (law is null)
        {
            LawAtHand.ReadAhead();
        }

        progress?.Invoke("signals");
        SignalsRead read = SignalsOfScenario.Read(scenario);

        progress?.Invoke("disruptions");
        Detection known = DisruptionsFromSignals.Detect(
            read.Signals,
            DetectorProfile.Default,
            scenario.Window.Since,
            scenario.PlanAt
        );
        Detection latest = DisruptionsFromSignals.Detect(
            read.Signals,
            DetectorProfile.Default,
            scenario.Window.Since,
            scenario.AsOf
        );

        progress?.Invoke("needs");
        Assessment assessment = NeedsFromDisruptions.Assess(
            known.Disruptions,
            scenario.Populations,
            scenario.NetworkShares,
            scenario.Sites,
            scenario.PlanAt
        );

        progress?.Invoke("findings");
        LawPackRead pack = law ?? LawAtHand.Read;
        FindingsOnDisruptions findings = FindingsOf(known, read.Signals, pack, scenario);

        progress?.Invoke("plans");
        PlanningInputs inputs = PlanningInputsOf(scenario, assessment, hand, findings.Findings);
        (IReadOnlyList<Plan> plans, PlanRefused? refusal) = PlansFromNeeds.Optimise(inputs);

        progress?.Invoke("decisions");
        IReadOnlyList<OpenDecision> questions = DecisionsFromPlans.Open(
            known.Disruptions,
            plans,
            scenario.ConsentParties,
            scenario.QuorumClasses,
            scenario.PlanAt
        );
        ScriptPlayed played = Script.Play(scenario, questions, plans, known.Disruptions);
        Commitment[] commitments = [.. played.Commitments.Select(commitment => commitment.State!)];

        progress?.Invoke("restorations");
        IReadOnlyList<Restoration> restorations = RestorationsFromDecisions.Confirm(
            known.Disruptions,
            commitments,
            DisruptionsFromSignals.KnownBy(read.Signals, scenario.AsOf),
            scenario.AsOf
        );

        progress?.Invoke("publications");
        IReadOnlyList<InputFault> faults =
        [
            .. read.Faults,
            .. pack.Faults,
            .. pack.Pack is { } core ? StatedFaults(scenario, core) : [],
        ];
        var walked = new Walked(
            scenario.Id,
            scenario.Title,
            scenario.Origin,
            scenario.Window,
            scenario.AsOf,
            read.Signals,
            latest,
            assessment,
            scenario.Populations,
            plans,
            [.. played.Decisions.Select(decision => decision.State!)],
            commitments,
            restorations,
            scenario.Funding,
            scenario.Outline ?? new Outline([], [], ""),
            Faults: faults,
            Norms: pack.Pack is null ? null : new NormsTold(findings, pack.Pack, pack.Texts)
        )
        {
            Cases = [.. played.Cases.Select(one => one.State!)],
        };
        IReadOnlyList<Publication> publications =
        [
            .. _languages.Select(language =>
                PublicationsFromWalk.Compose(walked, Audience.Public, language)
            ),
        ];
        return new WalkResult(
            scenario,
            walked,
            known,
            publications,
            refusal,
            faults,
            played.Refusals
        )
        {
            Played = played,
        };
    }

    /// <summary>By the law and the readings of the day on which the plan is made.</summary>
    internal static FindingsOnDisruptions FindingsOf(
        Detection known,
        IReadOnlyList<Signal> signals,
        LawPackRead law,
        Scenario scenario
    ) =>
        law.Pack is null
            ? FindingsOnDisruptions.None
            : FindingsFromFacts.Assess(
                known.Disruptions,
                signals,
                law.Pack,
                scenario.PlanAt.InUtc().Date,
                Environment.ProcessorCount
            );

    /// <summary>What a scenario states of the law and the pack has no use for: said, so that nobody takes silence for an answer.</summary>
    private static IEnumerable<InputFault> StatedFaults(Scenario scenario, LawPack pack) =>
        scenario
            .Law.Where(stated => !FactsFromDisruptions.MayPropose(pack, stated.Fact))
            .Select(stated => new InputFault(
                stated.Evidence[0].File,
                $"line {stated.Evidence[0].Rows}",
                pack.FactOf(stated.Fact) is null
                    ? $"'{stated.Fact}' is no fact of {pack.Id}, and is not used"
                    : $"'{stated.Fact}' needs an assessment or a desk, and is not taken from a scenario",
                pack.FactOf(stated.Fact) is null
                    ? Nearest.Remedy(stated.Fact, [.. pack.Facts.Select(fact => fact.Id)])
                    : "Answer it on a fact sheet, by the role that assesses it"
            ));

    public static PlanningInputs PlanningInputsOf(
        Scenario scenario,
        Assessment assessment,
        PlanHand hand,
        IReadOnlyList<DisruptionFindings> findings
    )
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(hand);
        return new PlanningInputs(
            assessment,
            scenario.Offers,
            scenario.Clearances,
            hand.BudgetUsd ?? scenario.BudgetUsd,
            scenario.PlanAt,
            scenario.PlanAt + Duration.FromDays(HorizonDays),
            ExposureCap,
            hand.Locks,
            hand.Forbids
        )
        {
            Findings = findings,
        };
    }
}

/// <summary>What a person changes about a plan before it is made.</summary>
public sealed record PlanHand(
    decimal? BudgetUsd,
    IReadOnlyList<FixedPlacement> Locks,
    IReadOnlyList<FixedPlacement> Forbids
)
{
    public static PlanHand None { get; } = new(null, [], []);
}

/// <summary>What a walk gave.</summary>
/// <param name="Known">Disruptions as they stood when the plan was made.</param>
/// <param name="Refusal">Why there is no plan; null when there is one.</param>
/// <param name="Faults">Input that could not be used.</param>
/// <param name="Refused">Scripted acts that the rules refused.</param>
public sealed record WalkResult(
    Scenario Scenario,
    Walked Walked,
    Detection Known,
    IReadOnlyList<Publication> Publications,
    PlanRefused? Refusal,
    IReadOnlyList<InputFault> Faults,
    IReadOnlyList<string> Refused
)
{
    /// <summary>What the script did, act for act.</summary>
    internal ScriptPlayed Played { get; init; } = new([], [], []);

    /// <summary>True when people have yet to decide: the walk stops there.</summary>
    public bool StopsAtDecision => Scenario.Script is null;
}
