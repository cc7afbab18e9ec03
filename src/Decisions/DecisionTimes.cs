using System.Globalization;
using Breakwater.Decisions.Closing;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>What happens to a decision when nobody does anything: a reminder at half time, an escalation, its end.</summary>
internal static class DecisionTimes
{
    /// <summary>With less than this share of the time left, what is missing goes to everybody and not to those concerned alone.</summary>
    private const double EscalationShare = 0.1;

    private static readonly Duration _appealReminder = Duration.FromDays(2);

    /// <summary>
    /// After so long everybody is told that nobody hears an appeal: perhaps every organisation took part, and one must be found that
    /// did not.
    /// </summary>
    private static readonly Duration _appealEscalation = Duration.FromDays(7);

    /// <summary>What still stands in the way, in words: of its outcome while it is open, of its appeals afterwards.</summary>
    public static IReadOnlyList<string> Lacking(Decision decision)
    {
        if (decision.Outcome != DecisionOutcome.Open)
        {
            return Waiting(decision) is { } appeal ? [Unheard(appeal)] : [];
        }

        var tally = Tally.Of(decision);
        var lacking = new List<string>();
        if (tally.Classes < decision.QuorumClasses)
        {
            lacking.Add($"{tally.Classes} of {decision.QuorumClasses} classes took part");
        }

        lacking.AddRange(
            tally
                .Unanswered.Concat(tally.Voices)
                .Select(position => $"the objection of {position.Stakeholder} is not answered")
        );
        lacking.AddRange(
            decision.WaitsFor.Select(stream =>
                $"the stream {Checks.Word(stream)} has not acknowledged"
            )
        );
        return lacking;
    }

    public static Instant? DueAt(Decision decision)
    {
        if (decision.Outcome != DecisionOutcome.Open)
        {
            return Waiting(decision) is not { } appeal ? null
                : IsEscalated(decision, appeal) ? ReminderAt(appeal)
                : Instant.Min(ReminderAt(appeal), appeal.LodgedAt + _appealEscalation);
        }

        Instant since = decision.ReopenedAt ?? decision.OpenedAt;
        Duration length = decision.Deadline - since;
        if (decision.EscalatedAt is { } escalated)
        {
            return
                escalated >= decision.Deadline
                && Closure.WhyNot(decision, decision.Deadline) is not null
                ? Again(decision.Deadline, escalated, Duration.FromDays(1))
                : decision.Deadline;
        }

        return Lacking(decision).Count == 0 ? decision.Deadline
            : decision.RemindedAt is null ? since + (length / 2)
            : decision.Deadline - (length * EscalationShare);
    }

    public static Decided<DecisionEvent> Elapse(Decision decision, Instant now)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.DueAt is not { } due || now < due)
        {
            return Decided<DecisionEvent>.Nothing;
        }

        if (decision.Outcome != DecisionOutcome.Open)
        {
            return OfAppeal(decision, Waiting(decision)!, now);
        }

        if (now >= decision.Deadline)
        {
            Decided<DecisionEvent> closed = Closure.Of(decision, Checks.Time, now);
            return closed.Refusal is null
                ? closed
                : new DecisionEscalated(now, Checks.Time, decision.Lacking);
        }

        Duration length = decision.Deadline - (decision.ReopenedAt ?? decision.OpenedAt);
        return now >= decision.Deadline - (length * EscalationShare)
            ? new DecisionEscalated(now, Checks.Time, decision.Lacking)
            : new DecisionReminded(now, Checks.Time, decision.Lacking);
    }

    private static DecisionEvent OfAppeal(Decision decision, Appeal appeal, Instant now) =>
        !IsEscalated(decision, appeal) && appeal.LodgedAt + _appealEscalation <= now
            ? new DecisionEscalated(
                now,
                Checks.Time,
                [
                    Unheard(appeal),
                    "a representative of an organisation that took no part is needed to hear it; if there is none, an organisation that is vetted for it",
                ]
            )
            : new DecisionReminded(now, Checks.Time, [Unheard(appeal)]);

    private static string Unheard(Appeal appeal) =>
        $"nobody has heard the appeal of {appeal.LodgedAt.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}";

    /// <summary>The appeal that waits longest; hearing it settles all.</summary>
    private static Appeal? Waiting(Decision decision) =>
        decision.Appeals.FirstOrDefault(appeal => appeal.State == AppealState.Open);

    private static bool IsEscalated(Decision decision, Appeal appeal) =>
        decision.EscalatedAt >= appeal.LodgedAt;

    private static Instant ReminderAt(Appeal appeal) =>
        Again(appeal.LodgedAt, appeal.RemindedAt ?? appeal.LodgedAt, _appealReminder);

    /// <summary>Reminders by age: each comes after as long again, so that an old matter is not forgotten and does not flood.</summary>
    public static Instant Again(Instant since, Instant last, Duration least) =>
        last + Duration.Max(least, last - since);
}
