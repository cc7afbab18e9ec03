using System.Text.Json.Serialization;
using Breakwater.Decisions.Closing;
using Breakwater.Decisions.Opening;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>
/// Carries out what was decided on the activation, where it has not followed by itself. It rests on a quorum across classes, never
/// on the request of one State, nor of one class.
/// </summary>
public sealed record ActivateResponse
{
    public const int ClassesMin = OpenDecision.QuorumMin;

    /// <summary>The decision as it stands. Who calls reads it from the store.</summary>
    [JsonIgnore]
    public Decision? Decision { get; init; }

    /// <summary>Responses to the same disruption. Who calls reads them from the store.</summary>
    [JsonIgnore]
    public IReadOnlyList<Response> OnTheSame { get; init; } = [];

    public static Decided<ResponseEvent> Decide(
        Response? state,
        ActivateResponse command,
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

        if ((Responder.WhyNot(state, by, now) ?? WhyNot(state, command)) is { } no)
        {
            return no;
        }

        return state.State == ResponseState.Active
            ? Decided<ResponseEvent>.Nothing
            : Of(command.Decision!, by, now);
    }

    /// <summary>What the outcome of the decision makes of a response that is proposed.</summary>
    internal static Decided<ResponseEvent> Of(Decision decision, Participant by, Instant now)
    {
        if (decision.Outcome == DecisionOutcome.NotAdopted)
        {
            return new ResponseNotActivated(now, by.Person, decision.Id, decision.OutcomeReason);
        }

        IReadOnlyList<StakeholderClass> classes = Tally.InFavour(decision);
        return
            classes.Count >= ClassesMin
            && decision
                is {
                    DecidedAt: { } decided,
                    FirstServiceDue: { } first,
                    ExtendedServiceDue: { } extended,
                }
            ? new ResponseActivated(
                now,
                by.Person,
                decision.Id,
                decision.OutcomeReason,
                decided,
                first,
                extended,
                classes
            )
            : Refusal.NotAllowed($"an activation rests on at least {ClassesMin} classes in favour");
    }

    private static Refusal? WhyNot(Response state, ActivateResponse command) =>
        state.State is not (ResponseState.Proposed or ResponseState.Active)
            ? Refusal.WrongState($"the response is {state.Standing}")
        : command.Decision is null || command.Decision.Id != state.ActivationDecision
            ? Refusal.WrongState("nobody has been asked whether to activate it")
        : command.Decision.Outcome == DecisionOutcome.Open
            ? Refusal.WrongState("the activation is not decided")
        : Responder.ActiveOnTheSame(state, command.OnTheSame) is { } active
            ? Refusal.WrongState($"{active.Id} responds to it already")
        : null;
}
