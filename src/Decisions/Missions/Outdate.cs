using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>
/// What becomes of a notification when its mission changes, and when its party is told anew. It follows by itself, and reaches neither
/// a mission nor an asset (INV-01).
/// </summary>
public static class Outdate
{
    /// <summary>What an event of a mission means for what parties were told of it; null for nothing.</summary>
    public static OutdatedBy? By(MissionEvent happened) =>
        happened switch
        {
            MissionRevised => OutdatedBy.Revision,
            MissionAborted or MissionLapsed => OutdatedBy.End,
            _ => null,
        };

    public static Decided<NotificationEvent> Decide(
        Notification? state,
        OutdatedBy because,
        Instant now
    ) =>
        state is not { WithdrawnAt: null }
        || state.Outdated is { CorrectedBy: not null }
        || state.Outdated?.Because == because
            ? Decided<NotificationEvent>.Nothing
            : new NotificationOutdated(because, now);

    /// <param name="sent">Another notification of the same mission, as it was sent.</param>
    public static Decided<NotificationEvent> Correct(
        Notification? state,
        Notification sent,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(sent);
        return
            state is { IsCorrectionDue: true, Outdated: { } outdated }
            && sent.Id != state.Id
            && sent.Mission == state.Mission
            && sent.Outdated is null
            && sent.SentAt >= outdated.Since
            && (
                sent.Corrects == state.Id
                || (
                    sent.Corrects is null
                    && string.Equals(
                        sent.Party.Trim(),
                        state.Party.Trim(),
                        StringComparison.OrdinalIgnoreCase
                    )
                )
            )
            ? new NotificationCorrected(sent.Id, now)
            : Decided<NotificationEvent>.Nothing;
    }
}
