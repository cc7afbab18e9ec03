using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>
/// Links the decision on which the activation rests: one that was put for this proposal and that people can still speak to. One
/// that an appeal puts again is open too, and was put for what was proposed then.
/// </summary>
public sealed record AskActivation(string DecisionId)
{
    /// <summary>The decision as it stands. Who calls reads it from the store.</summary>
    [JsonIgnore]
    public Decision? Decision { get; init; }

    /// <summary>Why nobody responds to the disruption; null when somebody may. Who calls asks the scope guard.</summary>
    [JsonIgnore]
    public Refusal? OutOfScope { get; init; }

    public static Decided<ResponseEvent> Decide(
        Response? state,
        AskActivation command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("response");
        }

        Refusal? no =
            Responder.WhyNot(state, by, now)
            ?? Responder.WhyNotDecision(
                command.Decision,
                DecisionKind.Activation,
                state.Id,
                $"response/{state.Id}",
                state.DisruptionId
            )
            ?? (
                state.State != ResponseState.Proposed
                    ? Refusal.WrongState($"the response is {state.Standing}")
                : command.Decision!.Id != command.DecisionId
                    ? Refusal.Invalid("there is no such decision")
                : null
            )
            ?? command.OutOfScope;
        return no is not null ? no
            : state.ActivationDecision == command.DecisionId ? Decided<ResponseEvent>.Nothing
            : state.ActivationDecision is not null
                ? Refusal.WrongState("people have been asked already")
            : command.Decision!.OpenedAt < state.ProposedAt
                ? Refusal.WrongState(
                    "the decision was opened before this was proposed; open one for this proposal"
                )
            : command.Decision.Outcome != DecisionOutcome.Open
                ? Refusal.WrongState("the decision is closed already; open one for this proposal")
            : new ActivationAsked(now, by.Person, command.DecisionId);
    }
}
