using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Closing;

/// <summary>Closes a decision that has its quorum, without waiting for the deadline. The rule makes the outcome, not who closes.</summary>
public sealed record Close
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

        return (Acting.WhyNot(state, by) ?? Checks.Order(state.ChangedAt, now)) is { } no
            ? no
            : Closure.Of(state, by.Person, now);
    }
}
