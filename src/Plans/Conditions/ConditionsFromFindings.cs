using Breakwater.Disruptions.Law;
using Breakwater.Norms.Findings;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Plans;

/// <summary>
/// From findings to what they ask of a plan. A rule counts while some reading may come to anything but that it does not apply. Nothing
/// is dropped for it: the line says what it waits for, and is not counted as ready.
/// </summary>
public static class ConditionsFromFindings
{
    private const int QuestionsMax = 2;

    public static IReadOnlyList<PlanCondition> Of(
        Offer offer,
        Place place,
        Instant serviceAt,
        PlanningInputs inputs
    )
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(inputs);
        if (offer.Means is not { Count: > 0 } means || inputs.Findings.Count == 0)
        {
            return [];
        }

        IReadOnlyList<DisruptionFindings> findings = At(place, inputs);
        return
        [
            .. AskedOfMeans
                .All.Where(asked => means.Contains(asked.Means))
                .Select(asked =>
                    (
                        Asked: asked,
                        By: findings.Where(finding => finding.MayApply(asked.Rule)).ToList()
                    )
                )
                .Where(asked => asked.By.Count > 0)
                .Select(asked => Of(asked.Asked, asked.By, offer, serviceAt, inputs)),
        ];
    }

    /// <summary>Findings on the disruptions that cause a need at the place.</summary>
    private static IReadOnlyList<DisruptionFindings> At(Place place, PlanningInputs inputs)
    {
        var disruptions = inputs
            .Assessment.Needs.Where(need => need.Place.Equals(place))
            .SelectMany(need => need.Disruptions)
            .ToHashSet(StringComparer.Ordinal);
        return [.. inputs.Findings.Where(finding => disruptions.Contains(finding.Disruption))];
    }

    private static PlanCondition Of(
        AskedOfMeans asked,
        List<DisruptionFindings> by,
        Offer offer,
        Instant serviceAt,
        PlanningInputs inputs
    )
    {
        RuleReadings? told = by.SelectMany(finding => finding.Rules)
            .FirstOrDefault(rule => rule.Rule == asked.Rule);
        (ConditionState state, string because) = State(asked.By, offer, serviceAt, inputs);
        return new PlanCondition(
            asked.Rule,
            asked.Gap,
            asked.Asks,
            state,
            because,
            told?.Standing ?? Standing.Undetermined,
            told?.Outcomes ?? [],
            [
                .. by.SelectMany(finding => finding.NextQuestions)
                    .Where(question => question.Settles.Contains(asked.Rule))
                    .Select(question => question.Fact)
                    .Distinct(StringComparer.Ordinal)
                    .Take(QuestionsMax),
            ],
            [.. by.Select(finding => finding.Id)]
        );
    }

    private static (ConditionState State, string Because) State(
        ShownBy by,
        Offer offer,
        Instant serviceAt,
        PlanningInputs inputs
    ) =>
        by switch
        {
            ShownBy.Licence => Permitted(
                offer,
                serviceAt,
                inputs,
                [ClearanceKind.Licence, ClearanceKind.Spectrum],
                "no licence or frequency clearance that the offer names is in force by then"
            ),
            ShownBy.Consent => Permitted(
                offer,
                serviceAt,
                inputs,
                [ClearanceKind.Import, ClearanceKind.Access],
                "no import or access clearance that the offer names is in force by then"
            ),
            ShownBy.Notification => (
                ConditionState.NotOnRecord,
                "notifications are sent with the mission, once the plan is adopted"
            ),
            _ => (ConditionState.Throughout, "it is asked of how the line is carried out"),
        };

    private static (ConditionState State, string Because) Permitted(
        Offer offer,
        Instant serviceAt,
        PlanningInputs inputs,
        ClearanceKind[] kinds,
        string otherwise
    ) =>
        inputs.Clearances.FirstOrDefault(clearance =>
            offer.Clearances.Contains(clearance.Id)
            && kinds.Contains(clearance.Kind)
            && clearance.AllowsAt(serviceAt)
        )
            is { } permit
            ? (ConditionState.OnRecord, $"clearance '{permit.Id}'")
            : (ConditionState.NotOnRecord, otherwise);
}
