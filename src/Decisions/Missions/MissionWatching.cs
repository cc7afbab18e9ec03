using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>Reminder when a check-in is missed, alarm after a grace, overdue after another, and then again and again.</summary>
internal static class MissionWatching
{
    public static MissionWatch From(Instant lastSeen, MissionTerms terms) =>
        new(lastSeen + Duration.FromMinutes(terms.CheckInMinutes), WatchLevel.Awaiting, 0, null);

    public static Instant? DueAt(MissionWatch watch, MissionTerms terms) =>
        watch.Level switch
        {
            WatchLevel.Awaiting => watch.DueAt,
            WatchLevel.Reminded => AlarmAt(watch, terms),
            WatchLevel.Alarmed => OverdueAt(watch, terms),
            _ => watch.Overdues < Mission.OverduesMax && watch.OverdueAt is { } last
                ? last + Duration.FromMinutes(terms.CheckInMinutes)
                : null,
        };

    /// <summary>All that was missed until now, in order: after a restart nothing is left out.</summary>
    public static IEnumerable<MissionEvent> Missed(
        MissionWatch watch,
        MissionTerms terms,
        Instant now
    )
    {
        if (watch.Level < WatchLevel.Reminded && watch.DueAt <= now)
        {
            yield return new CheckInMissed(watch.DueAt, now);
        }

        if (watch.Level < WatchLevel.Alarmed && AlarmAt(watch, terms) <= now)
        {
            yield return new MissionAlarmRaised(AlarmReason.CheckInMissed, now);
        }

        if (
            watch.Level == WatchLevel.Overdue
                ? DueAt(watch, terms) <= now
                : OverdueAt(watch, terms) <= now
        )
        {
            yield return new MissionOverdue(watch.Overdues + 1, watch.DueAt, now);
        }
    }

    private static Instant AlarmAt(MissionWatch watch, MissionTerms terms) =>
        watch.DueAt + Duration.FromMinutes(terms.GraceMinutes);

    private static Instant OverdueAt(MissionWatch watch, MissionTerms terms) =>
        watch.DueAt + Duration.FromMinutes(2L * terms.GraceMinutes);
}
