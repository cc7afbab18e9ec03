using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>
/// What a stand-down that people did not want, and an appeal against one that they wanted, mean for a response; it follows by
/// itself, but for the first yes: somebody says why it ends although something is open (<see cref="StandDown"/>). While the question is put again the response
/// stays stood down and says so: one organisation that hears an appeal overturns nothing. When the question ends otherwise, the
/// response is open again, and its clocks go on from the activation: nobody was helped sooner because it stood down meanwhile.
/// What ended or was handed over before stays so, because nobody has promised it again.
/// </summary>
public sealed record FollowStandDown
{
    /// <summary>The decision as it stands. Who calls reads it from the store.</summary>
    [JsonIgnore]
    public required Decision Decision { get; init; }

    /// <summary>The decision on the activation as it stands. Who calls reads it from the store.</summary>
    [JsonIgnore]
    public Decision? Activation { get; init; }

    /// <summary>Responses to the same disruption. Who calls reads them from the store.</summary>
    [JsonIgnore]
    public IReadOnlyList<Response> OnTheSame { get; init; } = [];

    public static Decided<ResponseEvent> Decide(
        Response? state,
        FollowStandDown command,
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

        (string id, string reason) = (command.Decision.Id, command.Decision.OutcomeReason);
        if (state.State == ResponseState.Active)
        {
            return
                state.StandDownDecision == id
                && command.Decision.Outcome == DecisionOutcome.NotAdopted
                ? new StandDownDropped(now, by.Person, id, reason)
                : Decided<ResponseEvent>.Nothing;
        }

        if (!state.HasStoodDown || state.StandDown is not { } down || down.DecisionId != id)
        {
            return Decided<ResponseEvent>.Nothing;
        }

        return (Stands(command.Decision), down.ReopenedAt, down.Fall) switch
        {
            (null, null, _) => new StandDownReopened(now, by.Person, id, reason),
            (true, not null, _) => new StandDownUpheld(now, by.Person, id, reason),
            (false, not null, _) or (false, _, null) => new StandDownFell(
                now,
                by.Person,
                id,
                reason,
                WhyStaysDown(state, command)
            ),
            _ => Decided<ResponseEvent>.Nothing,
        };
    }

    /// <summary>A response stands down because its stand-down was adopted, or its activation was not; null while that is open.</summary>
    private static bool? Stands(Decision decision) =>
        decision.Outcome == DecisionOutcome.Open
            ? null
            : (decision.Outcome == DecisionOutcome.Adopted)
                == (decision.Kind != DecisionKind.Activation);

    /// <summary>
    /// Two responses to one disruption would send for the same things twice, and none runs that no quorum is for. When the other
    /// one ends later, nothing follows by itself: people propose anew, knowing what is needed then.
    /// </summary>
    private static string? WhyStaysDown(Response state, FollowStandDown command) =>
        Responder.ActiveOnTheSame(state, command.OnTheSame) is { } active
            ? $"{active.Id} responds to it already"
        : command.Activation?.Outcome == DecisionOutcome.NotAdopted
            ? "its activation did not stand on appeal"
        : null;
}
