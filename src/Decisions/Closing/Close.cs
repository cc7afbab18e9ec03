using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Closing;

/// <summary>Closes a decision that has its quorum, without waiting for the deadline. The rule makes the outcome, not who closes.</summary>
/// <param name="AnswerToVoices">
/// What is said to voices, and to those with a conflict of interest, whose objections nobody has answered: they cannot hold a
/// decision up, and cannot be passed over in silence either. Null when all are answered.
/// </param>
public sealed record Close(string? AnswerToVoices = null)
{
    public static Decided<DecisionEvent> Decide(
        Decision? state,
        Close command,
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
                (
                    command.AnswerToVoices is null
                        ? null
                        : Checks.Needed(command.AnswerToVoices, "the answer")
                )
                ?? Acting.WhyNot(state, by)
                ?? Checks.Order(state.ChangedAt, now)
            ) is
            { } no
        )
        {
            return no;
        }

        List<ObjectionAnswered> answers = command.AnswerToVoices is { } text
            ?
            [
                .. Tally
                    .Of(state)
                    .Voices.Where(voice =>
                        voice.Person != by.Person && voice.Stakeholder != by.Organisation
                    )
                    .Select(voice => new ObjectionAnswered(
                        now,
                        by.Person,
                        by.Organisation!,
                        voice.Stakeholder,
                        text
                    )),
            ]
            : [];
        Decided<DecisionEvent> closed = Closure.Of(
            answers.Aggregate<DecisionEvent, Decision>(state, Decision.Apply),
            by.Person,
            now
        );
        return closed.Refusal is null
            ? new Decided<DecisionEvent>([.. answers, .. closed.Events], null)
            : closed;
    }
}
