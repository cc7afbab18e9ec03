using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>
/// That people did not want its stand-down; it follows by itself, so that another can be proposed. One that they did want needs
/// somebody to say why it ends although something is open: <see cref="StandDown"/>.
/// </summary>
public sealed record DropStandDown
{
    /// <summary>The decision as it stands. Who calls reads it from the store.</summary>
    [JsonIgnore]
    public required Decision Decision { get; init; }

    public static Decided<ResponseEvent> Decide(
        Response? state,
        DropStandDown command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Decision decision = command.Decision;
        return state is null ? Checks.Missing("response")
            : state.State == ResponseState.Active
            && state.StandDownDecision == decision.Id
            && decision.Outcome == DecisionOutcome.NotAdopted
                ? new StandDownDropped(now, by.Person, decision.Id, decision.OutcomeReason)
            : Decided<ResponseEvent>.Nothing;
    }
}
