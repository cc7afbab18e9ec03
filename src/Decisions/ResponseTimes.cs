using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>What happens to a response when nobody does anything.</summary>
internal static class ResponseTimes
{
    private const double ReminderShare = 0.5;
    private const double EscalationShare = 0.9;

    /// <summary>A proposal that waits for people is soon out of date; lessons can wait longer.</summary>
    private static readonly Duration _proposalReminder = Duration.FromHours(12);
    private static readonly Duration _lessonReminder = Duration.FromDays(7);

    public static Instant? DueAt(Response response) =>
        response.State switch
        {
            ResponseState.Proposed => DecisionTimes.Again(
                response.ProposedAt,
                response.RemindedAt ?? response.ProposedAt,
                _proposalReminder
            ),
            ResponseState.Active => response.Clocks.Select(NextOf).Min(),
            // While the stand-down is decided again it is the decision that waits for people.
            ResponseState.StoodDown
                when response is { EndedAt: { } ended, StandDown.ReopenedAt: null } =>
                DecisionTimes.Again(ended, response.RemindedAt ?? ended, _lessonReminder),
            _ => null,
        };

    public static Decided<ResponseEvent> Elapse(Response response, Instant now)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.DueAt is not { } due || now < due)
        {
            return Decided<ResponseEvent>.Nothing;
        }

        return response.State switch
        {
            ResponseState.Proposed => new ResponseReminded(
                now,
                Checks.Time,
                null,
                response.ActivationDecision is null
                    ? "nobody has been asked whether to activate it"
                    : "the activation is not decided"
            ),
            ResponseState.StoodDown => new ResponseReminded(
                now,
                Checks.Time,
                null,
                response.Lessons.Count == 0 ? "no lesson is recorded" : "it is not closed"
            ),
            _ => response
                .Clocks.Where(clock => NextOf(clock) <= now)
                .Select(clock => Of(clock, now))
                .ToArray(),
        };
    }

    private static ResponseEvent Of(Clock clock, Instant now)
    {
        string about = $"{Checks.Word(clock.Which)} is due at {clock.Due}";
        return now >= clock.Due ? new ClockMissed(now, Checks.Time, clock.Which)
            : now >= At(clock, EscalationShare)
                ? new ResponseEscalated(now, Checks.Time, clock.Which, about)
            : new ResponseReminded(now, Checks.Time, clock.Which, about);
    }

    private static Instant? NextOf(Clock clock) =>
        clock.State != ClockState.Running ? null
        : clock.EscalatedAt is not null ? clock.Due
        : clock.RemindedAt is not null ? At(clock, EscalationShare)
        : At(clock, ReminderShare);

    private static Instant? At(Clock clock, double share) =>
        clock is { Since: { } since, Due: { } due } ? since + ((due - since) * share) : null;
}
