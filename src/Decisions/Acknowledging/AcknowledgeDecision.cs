using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Acknowledging;

/// <summary>A stream says that it has seen a decision that touches it: it accepts, objects or notes (INV-08).</summary>
public sealed record AcknowledgeDecision(
    Workstream Stream,
    AcknowledgementAnswer Answer,
    string Text
)
{
    public static Decided<DecisionEvent> Decide(
        Decision? state,
        AcknowledgeDecision command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("decision");
        }

        if (state.Outcome != DecisionOutcome.Open)
        {
            return Refusal.WrongState("the decision is closed already");
        }

        if (
            (
                Workstreams.WhyNot(by, command.Stream, command.Answer, command.Text, state.OpenedBy)
                ?? (
                    state.IsRecused(by) ? Refusal.NotAllowed("who has recused takes no part") : null
                )
                ?? Checks.Order(state.ChangedAt, now)
            ) is
            { } no
        )
        {
            return no;
        }

        if (!state.AffectedStreams.Contains(command.Stream))
        {
            return Refusal.Invalid($"the decision does not touch {Checks.Word(command.Stream)}");
        }

        return state.Acknowledgements.Any(said =>
            said.Stream == command.Stream
            && said.Answer == command.Answer
            && said.Text == command.Text
        )
            ? Decided<DecisionEvent>.Nothing
            : new StreamAcknowledged(now, by.Person, command.Stream, command.Answer, command.Text);
    }
}
