using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>
/// Carries out what was decided on the stand-down: with every commitment ended or handed over and every return measured, or
/// with a reason why not, and the dissent kept.
/// </summary>
/// <param name="Reason">Why it ends although something is open; may be empty when nothing is.</param>
public sealed record StandDown(string Reason)
{
    /// <summary>The decision as it stands. Who calls reads it from the store.</summary>
    [JsonIgnore]
    public Decision? Decision { get; init; }

    /// <summary>All commitments of the response. Who calls reads them from the store.</summary>
    [JsonIgnore]
    public IReadOnlyList<Commitment> Commitments { get; init; } = [];

    /// <summary>Services and areas that nobody independent has measured. Who calls takes them from the restorations.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Unmeasured { get; init; } = [];

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

        string[] open = StillOpen(command.Commitments);
        Refusal? no =
            Checks.Text(command.Reason, "the reason")
            ?? Responder.WhyNot(state, by, now)
            ?? Responder.WhyNotActive(state)
            ?? WhyNot(state, command, open);
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
                open,
                command.Unmeasured,
                decision.Dissent
            );
    }

    /// <summary>Commitments that have neither ended nor been handed over.</summary>
    internal static string[] StillOpen(IReadOnlyList<Commitment> commitments) =>
        [
            .. commitments
                .Where(one => !one.IsEnded && one.HandedOverTo is null)
                .Select(one => one.Id)
                .Order(StringComparer.Ordinal),
        ];

    private static Refusal? WhyNot(Response state, StandDown command, string[] open) =>
        command.Decision is null || command.Decision.Id != state.StandDownDecision
            ? Refusal.WrongState("no stand-down is proposed")
        : command.Decision.Outcome == DecisionOutcome.Open
            ? Refusal.WrongState("the stand-down is not decided")
        : command.Decision.Outcome == DecisionOutcome.NotAdopted ? null
        : !string.IsNullOrWhiteSpace(command.Reason) ? null
        : open.Length > 0
            ? Refusal.WrongState(
                $"{open.Length} commitments have neither ended nor been handed over, {open[0]} among them; end them, or give a reason"
            )
        : command.Unmeasured.Count > 0
            ? Refusal.WrongState(
                $"nobody independent has measured {command.Unmeasured[0]}; wait, or give a reason"
            )
        : null;
}
