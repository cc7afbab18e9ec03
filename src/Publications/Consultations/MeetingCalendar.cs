using Breakwater.Preparedness.Meetings;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;

namespace Breakwater.Publications.Consultations;

/// <summary>A meeting for calendars, in the wall clock of where it was called. [RFC 5545]</summary>
public static class MeetingCalendar
{
    public static string Write(Meeting meeting)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        DateTimeZone zone =
            DateTimeZoneProviders.Tzdb.GetZoneOrNull(meeting.Zone) ?? DateTimeZone.Utc;
        var calendar = new Calendar
        {
            ProductId = "-//Breakwater//Meetings//EN",
            Method = "PUBLISH",
        };
        bool isUtc = zone == DateTimeZone.Utc || meeting.Zone is "UTC" or "Etc/UTC";
        if (!isUtc)
        {
            // Rules of the zone as they are around the meeting, so that a calendar without tables of its own shows the right hour.
            calendar.AddTimeZone(
                VTimeZone.FromDateTimeZone(
                    meeting.Zone,
                    meeting.StartsAt.Minus(NodaTime.Duration.FromDays(400)).ToDateTimeUtc(),
                    includeHistoricalData: false
                )
            );
        }

        calendar.Events.Add(
            new CalendarEvent
            {
                Uid = $"{meeting.Id}@breakwater",
                DtStamp = Utc(meeting.ChangedAt),
                Created = Utc(meeting.CalledAt),
                LastModified = Utc(meeting.ChangedAt),
                Start = isUtc ? Utc(meeting.StartsAt) : Local(meeting.StartsAt, zone),
                End = isUtc ? Utc(meeting.EndsAt) : Local(meeting.EndsAt, zone),
                Summary = meeting.Title,
                Location = meeting.Where,
                Description = string.Join(
                    '\n',
                    meeting.Agenda.Select(
                        (item, at) => FormattableString.Invariant($"{at + 1}. {item}")
                    )
                ),
                Sequence = meeting.Revision,
                Status =
                    meeting.State == MeetingState.Cancelled
                        ? EventStatus.Cancelled
                        : EventStatus.Confirmed,
            }
        );
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static CalDateTime Utc(Instant at) =>
        new(at.ToDateTimeUtc(), CalDateTime.UtcTzId, hasTime: true);

    private static CalDateTime Local(Instant at, DateTimeZone zone) =>
        new(at.InZone(zone).ToDateTimeUnspecified(), zone.Id, hasTime: true);
}
