using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>
/// What the decision on its activation means for a response; it follows by itself, because the clocks run from the decision and
/// not from when somebody notes it. While an appeal puts the question again the response goes on and says so: one organisation
/// that hears an appeal cannot switch off help. When the question ends otherwise, the response ends, and what was promised in it
/// is named.
/// </summary>
public sealed record FollowActivation
{
    /// <summary>The decision as it stands. Who calls reads it from the store.</summary>
    [JsonIgnore]
    public required Decision Decision { get; init; }

    /// <summary>Who calls takes it from the store.</summary>
    [JsonIgnore]
    public Unfinished Unfinished { get; init; } = Unfinished.Nothing;

    /// <summary>Responses to the same disruption. Who calls reads them from the store.</summary>
    [JsonIgnore]
    public IReadOnlyList<Response> OnTheSame { get; init; } = [];

    public static Decided<ResponseEvent> Decide(
        Response? state,
        FollowActivation command,
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

        Decision decision = command.Decision;
        if (decision.Id != state.ActivationDecision)
        {
            return Decided<ResponseEvent>.Nothing;
        }

        bool isReopened = state.ActivationReopenedAt is not null;
        return (state.State, decision.Outcome) switch
        {
            (ResponseState.NotActivated, DecisionOutcome.Open) => Reopened(),
            (ResponseState.Proposed, DecisionOutcome.Adopted)
                when Responder.ActiveOnTheSame(state, command.OnTheSame) is { } active =>
                new ResponseNotActivated(
                    now,
                    by.Person,
                    decision.Id,
                    $"{active.Id} responds to it already"
                ),
            (ResponseState.Proposed, DecisionOutcome.Adopted or DecisionOutcome.NotAdopted) =>
                ActivateResponse.Of(decision, by, now),
            (ResponseState.Active, DecisionOutcome.Open) when !isReopened => Reopened(),
            (ResponseState.Active, DecisionOutcome.Adopted) when isReopened => new ActivationUpheld(
                now,
                by.Person,
                decision.Id,
                decision.OutcomeReason
            ),
            (ResponseState.Active, DecisionOutcome.NotAdopted) when isReopened => new StoodDown(
                now,
                by.Person,
                decision.Id,
                $"the activation did not stand on appeal: {decision.OutcomeReason}",
                command.Unfinished.StillOpen,
                command.Unfinished.Unmeasured,
                decision.Dissent
            )
            {
                GoesOn = command.Unfinished.GoesOn,
            },
            _ => Decided<ResponseEvent>.Nothing,
        };

        ActivationReopened Reopened() => new(now, by.Person, decision.Id, decision.OutcomeReason);
    }
}
