using Breakwater.Decisions.Acknowledging;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Crossing;

/// <summary>A stream says that it has seen an act that touches it: it accepts, objects or notes.</summary>
public sealed record AcknowledgeAct(Workstream Stream, AcknowledgementAnswer Answer, string Text)
{
    public static Decided<CrossStreamActEvent> Decide(
        CrossStreamAct? state,
        AcknowledgeAct command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (state is null)
        {
            return Checks.Missing("act");
        }

        Refusal? no =
            Workstreams.WhyNot(by, command.Stream, command.Answer, command.Text, state.By)
            ?? Checks.Order(state.ChangedAt, now)
            ?? (
                state.AffectedStreams.Contains(command.Stream)
                    ? null
                    : Refusal.Invalid($"the act does not touch {Checks.Word(command.Stream)}")
            );
        if (no is not null)
        {
            return no;
        }

        return state.Acknowledgements.Any(said =>
            said.Stream == command.Stream
            && said.Answer == command.Answer
            && said.Text == command.Text
        )
            ? Decided<CrossStreamActEvent>.Nothing
            : new CrossStreamActAcknowledged(
                now,
                by.Person,
                command.Stream,
                command.Answer,
                command.Text
            );
    }
}
