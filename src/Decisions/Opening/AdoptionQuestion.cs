using Breakwater.Decisions.Responding;
using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Opening;

/// <summary>
/// Whether people can be asked to adopt a plan. A yes that no response carries out would bind nobody, and nobody would see that it
/// did not.
/// </summary>
public static class AdoptionQuestion
{
    /// <param name="response">The response that the question is part of; null when there is none.</param>
    public static Refusal? WhyNot(OpenDecision command, Response? response)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.Kind != DecisionKind.PlanAdoption ? null
            : response is null || command.Parent != $"response/{response.Id}"
                ? Refusal.Invalid(
                    "a plan is adopted in the response that proposed it; name that as what the decision is part of, as response/ and its id"
                )
            : BindPlan.WhyNotIn(response, command.Subject) is { } reason
                ? Refusal.WrongState(reason)
            : null;
    }
}
