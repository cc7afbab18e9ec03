using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Closing;

/// <summary>
/// Rough consensus across classes: adopted when at least the quorum of classes took part and more than half of them lean
/// towards it. Dissent stays on record. Consent of a party is recorded beside it and, by design, neither required nor
/// presumed.
/// </summary>
internal static class Closure
{
    public static Decided<DecisionEvent> Of(Decision decision, string by, Instant now)
    {
        if (decision.WaitsFor is [_, ..] streams)
        {
            return Refusal.WrongState(
                $"it touches {string.Join(", ", streams.Select(Checks.Word))} and waits for the acknowledgement"
            );
        }

        var tally = Tally.Of(decision);
        if (tally.Classes < decision.QuorumClasses && now < decision.Deadline)
        {
            return Refusal.WrongState(
                $"{tally.Classes} classes took part, {decision.QuorumClasses} are needed; open until {decision.Deadline}"
            );
        }

        bool isAdopted =
            tally.Classes >= decision.QuorumClasses
            && tally.Towards > tally.Against
            && tally.Towards * 2 > tally.Classes;
        if (isAdopted && tally.Unanswered.Count > 0 && now < decision.Deadline)
        {
            return Refusal.WrongState(
                $"the objection of {tally.Unanswered[0].Stakeholder} is not answered; open until {decision.Deadline}"
            );
        }

        if (isAdopted && tally.Voices.Count > 0 && now < decision.Deadline)
        {
            return Refusal.WrongState(
                $"the objection of {tally.Voices[0].Stakeholder} is not answered; answer it, or answer all voices in closing"
            );
        }

        return new DecisionClosed(
            now,
            by,
            isAdopted ? DecisionOutcome.Adopted : DecisionOutcome.NotAdopted,
            isAdopted
                ? $"{tally.Towards} of {tally.Classes} classes in favour, quorum {decision.QuorumClasses}; {Objections(decision)}"
                : $"{tally.Classes} classes took part, {tally.Towards} in favour, {tally.Against} against, quorum {decision.QuorumClasses}",
            DissentOf(decision)
        );
    }

    private static string Objections(Decision decision)
    {
        List<Position> objections =
        [
            .. decision.Positions.Where(position => position.Stand == Stand.Object),
        ];
        int unanswered = objections.Count(position => position.Answer is null);
        return objections.Count == 0
            ? "no objection"
            : $"{objections.Count} objection{(objections.Count == 1 ? "" : "s")} on record"
                + (unanswered == 0 ? "" : $", {unanswered} not answered");
    }

    private static List<Dissent> DissentOf(Decision decision) =>
        [
            .. decision
                .Positions.Where(position => position.Stand == Stand.Object)
                .Select(position => new Dissent(
                    position.Stakeholder,
                    position.Class,
                    position.Reason,
                    position.Answer?.Text
                )),
            .. decision
                .Acknowledgements.Where(said => said.Answer == AcknowledgementAnswer.Objects)
                .Select(said => new Dissent(
                    $"the stream {Checks.Word(said.Stream)}",
                    null,
                    said.Text,
                    null
                )),
        ];
}
