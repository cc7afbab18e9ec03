using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Answering;

/// <summary>Answers an objection. Whether the answer is good is for those who read it; that there is one is on record.</summary>
/// <param name="Stakeholder">Who objects.</param>
public sealed record AnswerObjection(string Stakeholder, string Text)
{
    public static Decided<DecisionEvent> Decide(
        Decision? state,
        AnswerObjection command,
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
                Checks.Needed(command.Text, "the answer")
                ?? Checks.Order(state.ChangedAt, now)
                ?? Acting.WhyNot(state, by)
            ) is
            { } no
        )
        {
            return no;
        }

        if (
            state.Positions.FirstOrDefault(position =>
                position.Stand == Stand.Object && position.Stakeholder == command.Stakeholder
            )
            is not { } objection
        )
        {
            return Refusal.WrongState("there is no such objection");
        }

        if (objection.Stakeholder == by.Organisation || objection.Person == by.Person)
        {
            return Refusal.NotAllowed("nobody answers their own objection");
        }

        return objection.Answer?.Text == command.Text
            ? Decided<DecisionEvent>.Nothing
            : new ObjectionAnswered(
                now,
                by.Person,
                by.Organisation!,
                objection.Stakeholder,
                command.Text
            );
    }
}
