using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Positioning;

/// <summary>A stakeholder says where it stands on a decision.</summary>
public sealed record TakePosition(
    Stakeholder Stakeholder,
    Stand Stand,
    string Reason,
    Origin Origin
)
{
    /// <summary>A later position of the same stakeholder replaces the earlier one until the decision is closed.</summary>
    public static (Decision Decision, DecisionRefused? Refusal) Take(
        Decision decision,
        TakePosition command,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(command);
        if (decision.Outcome != DecisionOutcome.Open)
        {
            return (
                decision,
                new DecisionRefused(
                    "the decision is closed; an appeal is open until " + decision.AppealUntil
                )
            );
        }

        if (now > decision.Deadline)
        {
            return (decision, new DecisionRefused("the time to take a position is over"));
        }

        if (command.Stand == Stand.Object && string.IsNullOrWhiteSpace(command.Reason))
        {
            return (
                decision,
                new DecisionRefused("an objection needs a reason, so that it can be answered")
            );
        }

        var position = new Position(
            command.Stakeholder.Id,
            command.Stakeholder.Class,
            command.Stand,
            command.Reason,
            now,
            command.Origin
        );
        return (
            decision with
            {
                Positions =
                [
                    .. decision.Positions.Where(earlier =>
                        earlier.Stakeholder != position.Stakeholder
                    ),
                    position,
                ],
            },
            null
        );
    }
}
