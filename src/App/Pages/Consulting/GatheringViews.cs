using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Views;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Cycles;
using Breakwater.Preparedness.Meetings;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Consulting;

/// <summary>A meeting: when in its own wall clock, agenda, summary, actions, and how many of each class were there.</summary>
internal static class MeetingView
{
    public static void Write(Markup page, Seen seen)
    {
        if (seen.State.Deserialize<Meeting>(Json.Compact) is not { } meeting)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Facts([
            (
                texts.Html("field.starts-at"),
                $"{Values.Moment(texts, meeting.StartsAt)} · {Local(texts, meeting)}"
            ),
            (texts.Html("field.length"), Values.Length(texts, meeting.Length)),
            .. First.Facts(page, seen, "Where", "About", "Convener"),
            (
                texts.Html("consulting.calendar"),
                page.Link($"{seen.Path}/calendar", texts.Html("consulting.calendar.get"))
            ),
        ]);
        page.Head("agenda", texts.Html("field.agenda"))
            .Raw("<ol>\n")
            .Raw(
                string.Concat(
                    meeting.Agenda.Select(item =>
                        $"<li dir=\"auto\">{texts.Html(new Free(item))}</li>\n"
                    )
                )
            )
            .Raw("</ol>\n");
        if (meeting.Summary is { } summary)
        {
            page.Head("summary", texts.Html("field.summary"));
            CommonPositionView.Words(page, summary);
        }

        First.Table(page, seen, "Actions");
        if (meeting.State == MeetingState.Held)
        {
            page.Head("attendance", texts.Html("field.attendance"))
                .Say(texts.Html("consulting.attendance.is"), "quiet");
            First.Table(page, seen, "Attendance");
        }
    }

    /// <summary>In the wall clock of where it was called.</summary>
    private static string Local(PageTexts texts, Meeting meeting) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(meeting.Zone) is { } zone
            ? $"{texts.Html(new Code(NodaTime.Text.ZonedDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm o<g>", null).Format(meeting.StartsAt.InZone(zone))))} {texts.Html(new Code(meeting.Zone))}"
            : texts.Html(new Code(meeting.Zone));
}

/// <summary>A work area with its concept note, what other streams say to it, and its consultations.</summary>
internal static class WorkAreaView
{
    public static async Task Write(Markup page, Seen seen, Reading reading, Caller caller)
    {
        PageTexts texts = page.Texts;
        page.Facts([
            .. First.Facts(page, seen, "Stream", "AffectedStreams", "Cycle", "Convener"),
            .. First.Facts(page, seen, "OpenedAt", "ClosedAt"),
        ]);
        page.Head("note", texts.Html("field.concept-note"));
        CommonPositionView.Words(page, seen.Text("conceptNote") ?? "");
        await Parts
            .Write(page, "cross-stream-act", seen.Subject, reading, caller)
            .ConfigureAwait(false);
        await Parts
            .Of(page, "consultation", "workArea", seen.Id, reading, caller)
            .ConfigureAwait(false);
        await Parts.Write(page, "meeting", seen.Subject, reading, caller).ConfigureAwait(false);
    }
}

/// <summary>A cycle as a timeline, with its work areas, consultations and meetings.</summary>
internal static class CycleView
{
    public static async Task Write(Markup page, Seen seen, Reading reading, Caller caller)
    {
        if (seen.State.Deserialize<Cycle>(Json.Compact) is not { } cycle)
        {
            return;
        }

        PageTexts texts = page.Texts;
        CommonPositionView.Words(page, cycle.Purpose);
        page.Facts([.. First.Facts(page, seen, "Secretariat", "OpenedAt", "ClosedAt")]);
        Timeline(page, cycle.Milestones);
        if (cycle.Proposal is { } proposal)
        {
            page.Head("proposal", texts.Html("field.proposal"));
            CommonPositionView.Words(page, proposal);
        }

        await Parts.Of(page, "work-area", "cycle", seen.Id, reading, caller).ConfigureAwait(false);
        await Parts
            .Of(page, "consultation", "cycle", seen.Id, reading, caller)
            .ConfigureAwait(false);
        await Parts.Write(page, "meeting", seen.Subject, reading, caller).ConfigureAwait(false);
    }

    public static void Timeline(Markup page, IReadOnlyList<Milestone> milestones)
    {
        PageTexts texts = page.Texts;
        page.Head("timeline", texts.Html("consulting.timeline"))
            .Rows(
                texts.Html("consulting.timeline"),
                [texts.Html("field.when"), texts.Html("field.what"), texts.Html("field.source")],
                [
                    .. milestones.Select(each => new GridRow([
                        each.When is { } when
                            ? $"<span class=\"date\">{texts.Html(new Code(when))}</span>"
                            : texts.Html("consulting.date-unknown"),
                        texts.Html(new Free(each.What)),
                        each.Source is { } source ? texts.Html(new Free(source)) : "—",
                    ])),
                ]
            );
    }
}

/// <summary>What belongs to something, as lists under it.</summary>
internal static class Parts
{
    public static async Task Write(
        Markup page,
        string kindName,
        string parent,
        Reading reading,
        Caller caller
    )
    {
        SubjectKind kind = Catalogue.Known.Of(kindName)!;
        Show(page, kind, await reading.All(kind, caller, parent).ConfigureAwait(false), reading);
    }

    /// <param name="member">Of the state, as in JSON, that names the id.</param>
    public static async Task Of(
        Markup page,
        string kindName,
        string member,
        string id,
        Reading reading,
        Caller caller
    )
    {
        SubjectKind kind = Catalogue.Known.Of(kindName)!;
        Show(
            page,
            kind,
            [
                .. (await reading.All(kind, caller).ConfigureAwait(false)).Where(one =>
                    one.Text(member) == id
                ),
            ],
            reading
        );
    }

    private static void Show(
        Markup page,
        SubjectKind kind,
        IReadOnlyList<Seen> found,
        Reading reading
    )
    {
        if (found.Count > 0)
        {
            page.Head(kind.Plural, Labels.Kinds(page.Texts, kind));
            Columns.Write(page, kind, found, reading.Now);
        }
    }
}
