using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Closing;

/// <summary>
/// Rough consensus across classes: adopted when at least the quorum of classes took part and more than half of them lean
/// towards it, and when every counted objection is answered: the deadline answers none, and nobody is outvoted in silence. Dissent
/// stays on record. Consent of a party is recorded beside it and, by design, neither required nor presumed.
/// </summary>
internal static class Closure
{
    public static Decided<DecisionEvent> Of(Decision decision, string by, Instant now)
    {
        if (WhyNot(decision, now) is { } no)
        {
            return no;
        }

        var tally = Tally.Of(decision);
        bool isAdopted = IsAdopted(decision, tally);
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

    /// <summary>What must be done before it can close at that moment; null when nothing is in the way.</summary>
    public static Refusal? WhyNot(Decision decision, Instant at)
    {
        if (decision.WaitsFor is [_, ..] streams)
        {
            return Refusal.WrongState(
                $"it touches {string.Join(", ", streams.Select(Checks.Word))} and waits for the acknowledgement"
            );
        }

        var tally = Tally.Of(decision);
        return tally.Classes < decision.QuorumClasses && at < decision.Deadline
                ? Refusal.WrongState(
                    $"{tally.Classes} classes took part, {decision.QuorumClasses} are needed; open until {decision.Deadline}"
                )
            : !IsAdopted(decision, tally) ? null
            : tally.Unanswered is [var objection, ..]
                ? Refusal.WrongState(
                    $"the objection of {objection.Stakeholder} is not answered; answer it first, for an objection is answered and not outvoted in silence"
                )
            : tally.Voices is [var voice, ..] && at < decision.Deadline
                ? Refusal.WrongState(
                    $"the objection of {voice.Stakeholder} is not answered; answer it, or answer all voices in closing"
                )
            : null;
    }

    private static bool IsAdopted(Decision decision, Tally tally) =>
        tally.Classes >= decision.QuorumClasses
        && tally.Towards > tally.Against
        && tally.Towards * 2 > tally.Classes;

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
