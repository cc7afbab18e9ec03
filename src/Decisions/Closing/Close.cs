using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Closing;

/// <summary>
/// Closes a decision by rough consensus across classes: it is adopted when at least the quorum of classes took part
/// and more than half of them lean towards it. Dissent stays on record. Consent of a party is recorded beside it and, by
/// design, neither required nor presumed.
/// </summary>
public static class Close
{
    public static (Decision Decision, DecisionRefused? Refusal) On(Decision decision, Instant now)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Outcome != DecisionOutcome.Open)
        {
            return (decision, new DecisionRefused("the decision is closed already"));
        }

        List<(StakeholderClass Class, int Lean)> leans =
        [
            .. decision
                .Positions.Where(position => position.Stand != Stand.Recuse)
                .GroupBy(position => position.Class)
                .Select(group => (group.Key, group.Sum(position => LeanOf(position.Stand)))),
        ];
        int towards = leans.Count(lean => lean.Lean > 0);
        int against = leans.Count(lean => lean.Lean < 0);
        if (leans.Count < decision.QuorumClasses && now < decision.Deadline)
        {
            return (
                decision,
                new DecisionRefused(
                    $"{leans.Count} classes took part, {decision.QuorumClasses} are needed; open until {decision.Deadline}"
                )
            );
        }

        bool isAdopted =
            leans.Count >= decision.QuorumClasses && towards > against && towards * 2 > leans.Count;
        int objections = decision.Positions.Count(position => position.Stand == Stand.Object);
        string reason = isAdopted
            ? $"{towards} of {leans.Count} classes in favour, quorum {decision.QuorumClasses}; {(objections == 0 ? "no objection" : $"{objections} objection{(objections == 1 ? "" : "s")} on record")}"
            : $"{leans.Count} classes took part, {towards} in favour, {against} against, quorum {decision.QuorumClasses}";
        return (
            decision with
            {
                Outcome = isAdopted ? DecisionOutcome.Adopted : DecisionOutcome.NotAdopted,
                OutcomeReason = reason,
                DecidedAt = now,
                AppealUntil = now + Duration.FromHours(72),
            },
            null
        );
    }

    private static int LeanOf(Stand stand) =>
        stand switch
        {
            Stand.Support or Stand.NoObjection => 1,
            Stand.Object => -1,
            _ => 0,
        };
}
