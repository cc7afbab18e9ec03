using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>Links the decision on which the stand-down rests.</summary>
public sealed record ProposeStandDown(string DecisionId, string Reason)
{
    /// <summary>The decision as it stands. Who calls reads it from the store.</summary>
    [JsonIgnore]
    public Decision? Decision { get; init; }

    public static Decided<ResponseEvent> Decide(
        Response? state,
        ProposeStandDown command,
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
            Checks.Needed(command.Reason, "the reason")
            ?? Responder.WhyNot(state, by, now)
            ?? Responder.WhyNotActive(state)
            ?? Responder.WhyNotDecision(
                command.Decision,
                DecisionKind.StandDown,
                state.Id,
                $"response/{state.Id}"
            )
            ?? (
                command.Decision!.Id != command.DecisionId
                    ? Refusal.Invalid("there is no such decision")
                    : null
            );
        return no is not null ? no
            : state.StandDownDecision == command.DecisionId ? Decided<ResponseEvent>.Nothing
            : state.StandDownDecision is not null
                ? Refusal.WrongState("a stand-down is proposed already")
            : new StandDownProposed(now, by.Person, command.DecisionId, command.Reason);
    }
}
