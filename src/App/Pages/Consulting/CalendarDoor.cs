using System.Text;
using System.Text.Json;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Meetings;
using Breakwater.Publications.Consultations;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Consulting;

/// <summary>A meeting as a file for calendars.</summary>
internal sealed class CalendarDoor(Callers callers, Reading reading)
{
    public const string Path = "/meetings/{id}/calendar";

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        if (
            await reading.One(visit, Catalogue.Known.Of("meeting")!, caller).ConfigureAwait(false)
                is not { } seen
            || seen.State.Deserialize<Meeting>(Json.Compact) is not { } meeting
        )
        {
            await Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        visit.Http.Response.Headers.ContentDisposition = "attachment; filename=\"meeting.ics\"";
        await Answer
            .Send(
                visit.Http,
                StatusCodes.Status200OK,
                "text/calendar; charset=utf-8",
                Encoding.UTF8.GetBytes(MeetingCalendar.Write(meeting))
            )
            .ConfigureAwait(false);
    }
}
