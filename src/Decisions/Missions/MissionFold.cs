using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>The state of a mission after each of its events.</summary>
internal static class MissionFold
{
    public static Mission Proposed(MissionProposed proposed) =>
        new()
        {
            Id = proposed.Id,
            Parent = proposed.Parent,
            Terms = proposed.Terms,
            TermsId = proposed.TermsId,
            State = MissionState.Proposed,
            ProposedBy = proposed.By,
            Origin = proposed.Origin,
            Marking = proposed.Marking,
        };

    public static Mission Next(Mission before, MissionEvent happened) =>
        happened switch
        {
            MissionRevised revised => before with
            {
                Terms = revised.Terms,
                TermsId = revised.TermsId,
                ProposedBy = revised.By,
                State = MissionState.Proposed,
                Approvals = [],
            },
            MissionApproved approved => Approved(before, approved),
            MissionPermitNoted noted => before with
            {
                Permits =
                [
                    .. before.Permits.Where(permit => permit.Clearance != noted.Permit.Clearance),
                    noted.Permit,
                ],
            },
            MissionStarted started => before with
            {
                State = MissionState.UnderWay,
                Permits = started.Relied,
                StartedAt = started.At,
                LastSeenAt = started.At,
                Watch = MissionWatching.From(started.At, before.Terms),
            },
            _ => Watched(before, happened),
        };

    private static Mission Approved(Mission before, MissionApproved approved)
    {
        MissionApproval[] approvals =
        [
            .. before.Approvals,
            new(approved.By, approved.Organisation, approved.At),
        ];
        return before with
        {
            Approvals = approvals,
            State =
                approvals.Length >= ApproveMission.PeopleNeeded
                    ? MissionState.Approved
                    : before.State,
        };
    }

    private static Mission Watched(Mission before, MissionEvent happened) =>
        happened switch
        {
            MissionCheckedIn seen => before with
            {
                LastSeenAt = seen.At,
                Watch = MissionWatching.From(seen.At, before.Terms),
                Alarms = MissionAlarms.Answered(before.Alarms, seen.Word),
            },
            CheckInMissed => before with { Watch = At(before, WatchLevel.Reminded) },
            MissionAlarmRaised raised => before with
            {
                Watch =
                    raised.Reason == AlarmReason.CheckInMissed
                        ? At(before, WatchLevel.Alarmed)
                        : before.Watch,
                Alarms = MissionAlarms.Raised(before.Alarms, new(raised.Reason, raised.At)),
            },
            MissionAlarmAnswered answered => before with
            {
                Alarms = MissionAlarms.Without(before.Alarms, answered.Reason),
            },
            MissionOverdue overdue => before with
            {
                Watch = At(before, WatchLevel.Overdue) is { } watch
                    ? watch with
                    {
                        Overdues = overdue.Number,
                        OverdueAt = overdue.At,
                    }
                    : null,
            },
            _ => Ended(before, happened),
        };

    private static MissionWatch? At(Mission before, WatchLevel level) =>
        before.Watch is { } watch ? watch with { Level = level } : null;

    private static Mission Ended(Mission before, MissionEvent happened) =>
        happened switch
        {
            // The crew may still be out: the watch goes on until they are back.
            MissionAborted aborted => before with
            {
                State = MissionState.Aborted,
                Note = aborted.Reason,
                EndedAt = aborted.At,
            },
            MissionCrewReturned back => Back(before, back.Casualties, back.At),
            MissionCompleted completed => Back(before, completed.Casualties, completed.At) with
            {
                State = MissionState.Completed,
                Outcome = completed.Outcome,
                Note = completed.Note,
                Origin = completed.Origin,
            },
            MissionLapsed lapsed => before with
            {
                State = MissionState.Lapsed,
                EndedAt = lapsed.At,
            },
            MissionClosed closed => before with
            {
                State = MissionState.Closed,
                Lessons = closed.Lessons,
            },
            _ => throw new InvalidOperationException(
                $"a mission knows no {happened.GetType().Name}"
            ),
        };

    private static Mission Back(Mission before, Casualties casualties, Instant at) =>
        before with
        {
            Watch = null,
            Alarms = [],
            Casualties = casualties,
            LastSeenAt = at,
            EndedAt = at,
        };
}
