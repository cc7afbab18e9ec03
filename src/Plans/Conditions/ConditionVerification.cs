using Breakwater.Vocabulary;

namespace Breakwater.Plans;

/// <summary>Works out again what norms ask of a line, from the offer, the findings and the clearances alone.</summary>
internal static class ConditionVerification
{
    public static IEnumerable<string> Check(PlanLine line, Offer offer, PlanningInputs inputs)
    {
        string name = $"{line.OfferId} at {line.Place}";
        var said = line.Conditions.ToLookup(condition => condition.Rule);
        foreach (AskedOfMeans asked in AskedOfMeans.All)
        {
            bool isAsked =
                offer.Means?.Contains(asked.Means) == true
                && inputs.Findings.Any(finding =>
                    IsOf(finding.Disruption, line, inputs) && IsOpen(finding, asked.Rule)
                );
            PlanCondition? condition = said[asked.Rule].FirstOrDefault();
            if (isAsked != (condition is not null))
            {
                yield return isAsked
                    ? $"{name}: what {asked.Rule} may ask of it is left out"
                    : $"{name}: {asked.Rule} asks nothing of it";
            }
            else if (
                condition is not null
                && condition.State != StateOf(asked.By, line, offer, inputs)
            )
            {
                yield return $"{name}: whether what {asked.Rule} asks for is on record is told wrong";
            }
        }

        if (line.Conditions.Any(one => AskedOfMeans.All.All(asked => asked.Rule != one.Rule)))
        {
            yield return $"{name}: a condition names a rule that asks nothing of plans";
        }
    }

    private static bool IsOf(string disruption, PlanLine line, PlanningInputs inputs) =>
        inputs.Assessment.Needs.Any(need =>
            need.Place.Equals(line.Place) && need.Disruptions.Contains(disruption)
        );

    /// <summary>Not told at all, it does not apply under any reading; told or lacking facts, it may.</summary>
    private static bool IsOpen(Disruptions.Law.DisruptionFindings finding, string rule) =>
        finding.Undetermined.Any(one => one == rule)
        || finding
            .Rules.Where(one => one.Rule == rule)
            .SelectMany(one => one.Outcomes)
            .Any(one => one.Outcome != "not_applicable");

    private static ConditionState StateOf(
        ShownBy by,
        PlanLine line,
        Offer offer,
        PlanningInputs inputs
    )
    {
        if (by == ShownBy.Conduct)
        {
            return ConditionState.Throughout;
        }

        foreach (string id in offer.Clearances)
        {
            if (
                inputs.Clearances.FirstOrDefault(clearance => clearance.Id == id) is { } permit
                && (
                    by == ShownBy.Licence
                        ? permit.Kind is ClearanceKind.Licence or ClearanceKind.Spectrum
                        : by == ShownBy.Consent
                            && permit.Kind is ClearanceKind.Import or ClearanceKind.Access
                )
                && (
                    permit.Answer == ClearanceAnswer.NotRequired
                    || (
                        permit.Answer == ClearanceAnswer.Given
                        && permit.EffectiveAt is { } effective
                        && effective <= line.ServiceAt
                        && !(permit.Until <= line.ServiceAt)
                    )
                )
            )
            {
                return ConditionState.OnRecord;
            }
        }

        return ConditionState.NotOnRecord;
    }
}
