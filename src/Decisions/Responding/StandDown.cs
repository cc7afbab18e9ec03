using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>
/// Carries out what was decided on the stand-down: with every commitment ended or taken over and every return measured, or
/// with a reason why not, and the dissent kept.
/// </summary>
/// <param name="Reason">Why it ends although something is open; may be empty when nothing is.</param>
public sealed record StandDown(string Reason)
{
    /// <summary>The decision as it stands. Who calls reads it from the store.</summary>
    [JsonIgnore]
    public Decision? Decision { get; init; }

    /// <summary>Who calls takes it from the store.</summary>
    [JsonIgnore]
    public Unfinished Unfinished { get; init; } = Unfinished.Nothing;

    public static Decided<ResponseEvent> Decide(
        Response? state,
        StandDown command,
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
            Checks.Text(command.Reason, "the reason")
            ?? Responder.WhyNot(state, by, now)
            ?? Responder.WhyNotActive(state)
            ?? WhyNot(state, command);
        if (no is not null)
        {
            return no;
        }

        Decision decision = command.Decision!;
        return decision.Outcome == DecisionOutcome.NotAdopted
            ? new StandDownDropped(now, by.Person, decision.Id, decision.OutcomeReason)
            : new StoodDown(
                now,
                by.Person,
                decision.Id,
                command.Reason.Length > 0 ? command.Reason : decision.OutcomeReason,
                command.Unfinished.StillOpen,
                command.Unfinished.Unmeasured,
                decision.Dissent
            )
            {
                GoesOn = command.Unfinished.GoesOn,
            };
    }

    private static Refusal? WhyNot(Response state, StandDown command) =>
        command.Decision is null || command.Decision.Id != state.StandDownDecision
            ? Refusal.WrongState("no stand-down is proposed")
        : command.Decision.Outcome == DecisionOutcome.Open
            ? Refusal.WrongState("the stand-down is not decided")
        : command.Decision.Outcome == DecisionOutcome.NotAdopted ? null
        : !string.IsNullOrWhiteSpace(command.Reason) ? null
        : command.Unfinished.StillOpen is [var open, ..]
            ? Refusal.WrongState(
                $"{command.Unfinished.StillOpen.Count} commitments have neither ended nor been taken over, {open} among them; end them, or give a reason"
            )
        : command.Unfinished.Underway is [var underway, ..]
            ? Refusal.WrongState(
                $"{command.Unfinished.Underway.Count} of its missions, fuel requests and questions go on, {underway} among them; wait, or give a reason"
            )
        : command.Unfinished.Unmeasured is [var unmeasured, ..]
            ? Refusal.WrongState(
                $"nobody independent has measured {unmeasured}; wait, or give a reason"
            )
        : null;
}
