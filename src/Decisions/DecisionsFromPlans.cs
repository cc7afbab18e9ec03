using Breakwater.Decisions.Opening;
using Breakwater.Disruptions;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>From a plan to the questions that people must answer. Nothing is answered here.</summary>
public static class DecisionsFromPlans
{
    private static readonly Duration _answerTime = Duration.FromHours(48);
    private static readonly Duration _appealTime = Duration.FromHours(72);

    /// <summary>A question stays one that a person can read.</summary>
    private const int PlacesNamed = 40;

    /// <param name="quorumClasses">How many stakeholder classes must take part. None of them need be a government.</param>
    /// <param name="consentParties">Whose consent is sought and recorded; none of them can stop the clock by silence.</param>
    /// <returns>What to ask: the activation, and the adoption of a plan when there is one.</returns>
    public static IReadOnlyList<OpenDecision> Open(
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<Plan> plans,
        IReadOnlyList<string> consentParties,
        int quorumClasses,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(disruptions);
        ArgumentNullException.ThrowIfNull(plans);
        List<Disruption> open =
        [
            .. disruptions
                .Where(disruption =>
                    disruption.End is null
                    && (
                        disruption.Severity.Count > 0
                        || disruption.Place.IsCoreResource
                        || disruption.Routing is not null
                    )
                )
                .OrderByDescending(disruption => disruption.Confidence),
        ];
        if (open.Count == 0)
        {
            return [];
        }

        string[] named = [.. open.Select(Named).Distinct()];
        string what = string.Join(", ", named.Take(PlacesNamed));
        if (named.Length > PlacesNamed)
        {
            what += $" and {named.Length - PlacesNamed} more";
        }

        Marking marking = Marking.Strictest(open.Select(disruption => disruption.Marking));
        var decisions = new List<OpenDecision>
        {
            New(
                DecisionKind.Activation,
                $"Activate the response to the loss of {Lost(open)} ({what})?",
                open[0].Id,
                consentParties,
                quorumClasses,
                marking,
                now
            ) with
            {
                FirstServiceDue = now + Decision.FirstService,
                ExtendedServiceDue = now + Decision.ExtendedService,
            },
        };
        if (Proposed(plans) is { } plan)
        {
            decisions.Add(
                New(
                    DecisionKind.PlanAdoption,
                    $"Adopt the plan option '{plan.Option}'?",
                    plan.Id,
                    [],
                    quorumClasses,
                    marking,
                    now
                )
            );
        }

        return decisions;
    }

    /// <summary>Routes by who announces them: a person asked about a hundred prefixes reads none.</summary>
    private static string Named(Disruption disruption) =>
        disruption.Routing is not null && disruption.Asns is [var origin, ..]
            ? $"routes announced by {origin}"
        : disruption.Target is { } target ? $"{target} in {disruption.Place.Key}"
        : disruption.Network is { } network ? $"{network} in {disruption.Place.Key}"
        : disruption.Place.Key;

    private static string Lost(List<Disruption> open) =>
        open.TrueForAll(IsCore) ? "core-resource function"
        : open.Exists(IsCore) ? "connectivity and core-resource function"
        : "connectivity";

    private static bool IsCore(Disruption disruption) =>
        disruption.Place.IsCoreResource || disruption.Routing is not null;

    /// <summary>Above this an option puts people in grave danger; they may choose it, but it is not put to them while there is another.</summary>
    private const double GraveExposure = 0.8;

    /// <summary>Among options within a tenth of the best value, the one that serves its worst area best; people may choose another.</summary>
    private static Plan? Proposed(IReadOnlyList<Plan> plans)
    {
        List<Plan> bearable = [.. plans.Where(plan => plan.Exposure <= GraveExposure)];
        List<Plan> among = bearable.Count > 0 ? bearable : [.. plans];
        return among
            .Where(plan => plan.Value >= 0.9 * among.Max(other => other.Value))
            .MaxBy(plan => plan.WorstServedShare);
    }

    private static OpenDecision New(
        DecisionKind kind,
        string question,
        string subject,
        IReadOnlyList<string> consentParties,
        int quorumClasses,
        Marking marking,
        Instant now
    ) =>
        new()
        {
            Id = ContentId.Of(
                "decision",
                new
                {
                    kind,
                    question,
                    subject,
                    quorumClasses,
                    now,
                }
            ),
            Kind = kind,
            Question = question,
            Subject = subject,
            QuorumClasses = quorumClasses,
            ConsentParties = consentParties,
            Deadline = now + _answerTime,
            AppealWindow = _appealTime,
            Origin = Origin.Modelled,
            Marking = marking,
        };
}
