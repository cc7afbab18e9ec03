using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>What happens to a commitment when nobody does anything.</summary>
internal static class CommitmentTimes
{
    /// <summary>After this share of the time to the next confirmation somebody is reminded of it.</summary>
    private const double ReminderShare = 0.8;

    public static Instant? DueAt(Commitment commitment) =>
        commitment.IsEnded
            ? null
            : Earliest(
                commitment.Until,
                commitment.NextConfirmationBy,
                ReminderAt(commitment),
                OverdueAt(commitment)
            );

    /// <summary>When it lapses by itself; null for never.</summary>
    public static Instant? LapsesAt(Commitment commitment) =>
        Earliest(commitment.Until, commitment.NextConfirmationBy);

    public static LapseCause Cause(Commitment commitment) =>
        LapsesAt(commitment) == commitment.Until
            ? LapseCause.EndDate
            : LapseCause.MissedConfirmation;

    public static Decided<CommitmentEvent> Elapse(Commitment commitment, Instant now)
    {
        ArgumentNullException.ThrowIfNull(commitment);
        if (commitment.IsEnded)
        {
            return Decided<CommitmentEvent>.Nothing;
        }

        if (LapsesAt(commitment) is { } over && over <= now)
        {
            LapseCause cause = Cause(commitment);
            return new CommitmentLapsed(
                now,
                Checks.Time,
                null,
                cause,
                over,
                cause == LapseCause.EndDate
                    ? "its end date passed"
                    : "nobody confirmed in time that it still works",
                [],
                Origin.Modelled
            );
        }

        return OverdueAt(commitment) is { } expected && expected <= now
                ? new CommitmentOverdue(now, Checks.Time, expected)
            : ReminderAt(commitment) is { } reminder && reminder <= now
                ? new CommitmentReminded(now, Checks.Time, commitment.NextConfirmationBy!.Value)
            : Decided<CommitmentEvent>.Nothing;
    }

    private static Instant? ReminderAt(Commitment commitment)
    {
        if (commitment.NextConfirmationBy is not { } next || commitment.RemindedAt is not null)
        {
            return null;
        }

        Instant last = commitment.History[^1].At;
        return last + ((next - last) * ReminderShare);
    }

    private static Instant? OverdueAt(Commitment commitment) =>
        commitment is { IsOverdue: false, State: < CommitmentState.Working }
            ? commitment.ExpectedBy
            : null;

    private static Instant? Earliest(params ReadOnlySpan<Instant?> times)
    {
        Instant? earliest = null;
        foreach (Instant? time in times)
        {
            earliest = time is { } at && (earliest is not { } other || at < other) ? at : earliest;
        }

        return earliest;
    }
}
