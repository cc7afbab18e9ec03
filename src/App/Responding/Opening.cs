using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Opening;
using Breakwater.Vocabulary;

namespace Breakwater.App.Responding;

/// <summary>Puts a question to stakeholders. One about a plan is asked of the response that proposed it.</summary>
internal static class Opening
{
    public static CommandKind Command { get; } =
        new(
            KindOf<Decision, DecisionEvent>.NameOf<OpenDecision>(),
            typeof(OpenDecision),
            IsStart: true,
            Admission.Roles,
            [Role.Representative, Role.Planner, Role.Analyst],
            Do
        );

    private static async Task<Refusal?> Do(Act act)
    {
        var command = (OpenDecision)act.Request;
        Response? response =
            command is { Kind: DecisionKind.PlanAdoption, Parent: { } parent }
            && parent.StartsWith(Consequences.ResponsePrefix, StringComparison.Ordinal)
                ? (
                    await act
                        .Work.Load<Response, ResponseEvent>(
                            parent[Consequences.ResponsePrefix.Length..]
                        )
                        .ConfigureAwait(false)
                ).State
                : null;
        return AdoptionQuestion.WhyNot(command, response)
            ?? await act.On<Decision, DecisionEvent, OpenDecision>(OpenDecision.Decide)
                .ConfigureAwait(false);
    }
}
