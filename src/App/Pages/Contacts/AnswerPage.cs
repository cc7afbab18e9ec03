using Breakwater.App.Accounts.Pages;
using Breakwater.App.Contacts;
using Breakwater.App.Limiting;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Contacts;

/// <summary>
/// Where a contact answers its ping, without an account: behind the link a page with one button, and a page for the code. Programs
/// that open links in mail read pages and press nothing. Who holds link or code proves itself by it, so the forms need no session.
/// </summary>
internal sealed class AnswerPage(IRecords records, Roll roll, IClock clock)
{
    private const int TriesMax = 20;
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(10);

    /// <summary>Nobody has an account here; an answer is authored by the door it came through.</summary>
    private static readonly Participant _contact = new(
        "contact",
        null,
        StakeholderClass.AffectedCommunity,
        new HashSet<Role>()
    );

    private readonly Floods _floods = new(TimeProvider.System, TriesMax, _window);

    /// <summary>The page behind the link. It changes nothing.</summary>
    public async Task Show(Visit visit)
    {
        string link = visit.Http.Request.Query["link"].ToString();
        (ContactPing? ping, Contact? contact) = await Found(IdOf(visit)).ConfigureAwait(false);
        Refusal? no = AnswerByLink
            .Decide(ping, new AnswerByLink(link), _contact, clock.GetCurrentInstant())
            .Refusal;
        if (no is not null || contact is null)
        {
            await Told(visit, no ?? Gone).ConfigureAwait(false);
            return;
        }

        Markup page = Titled(visit);
        page.Say(
                page.Texts.Html(
                    "contacts.answer.asked",
                    ("role", new Free(contact.Entry.Role)),
                    ("name", new Free(contact.Entry.Name))
                )
            )
            .Say(page.Texts.Html("contacts.answer.kept"), "quiet")
            .Raw(
                $"<form class=\"stack\" method=\"post\" action=\"{Spoken.Html(visit.Address($"{PingMessage.AnswerPath}/{ping!.Id}"))}\">\n"
            )
            .Hidden("link", link)
            .Close("contacts.answer.button");
        await Send(visit, page, StatusCodes.Status200OK).ConfigureAwait(false);
    }

    /// <summary>The button was pressed.</summary>
    public async Task Link(Visit visit)
    {
        visit = await Read(visit).ConfigureAwait(false);
        await Take(
                visit,
                IdOf(visit),
                (ping, now) =>
                    AnswerByLink.Decide(ping, new AnswerByLink(visit.Field("link")), _contact, now)
            )
            .ConfigureAwait(false);
    }

    public static Task Ask(Visit visit) => Form(visit, null, StatusCodes.Status200OK);

    /// <summary>A code was typed.</summary>
    public async Task Code(Visit visit)
    {
        visit = await Read(visit).ConfigureAwait(false);
        string reference = visit.Field("reference");
        await Take(
                visit,
                reference.Length <= Checks.IdLengthMax ? PingReference.Plain(reference) : "",
                (ping, now) =>
                    AnswerByCode.Decide(ping, new AnswerByCode(visit.Field("code")), _contact, now)
            )
            .ConfigureAwait(false);
    }

    private async Task Take(
        Visit visit,
        string id,
        Func<ContactPing?, Instant, Decided<ContactPingEvent>> decide
    )
    {
        // Counted before anything is looked up: a guess costs as much as an answer.
        if (!_floods.Allows(visit.Http.Connection.RemoteIpAddress))
        {
            visit.Http.Response.Headers.RetryAfter = "600";
            await Form(visit, "contacts.answer.slow", StatusCodes.Status429TooManyRequests)
                .ConfigureAwait(false);
            return;
        }

        Instant now = clock.GetCurrentInstant();
        (ContactPing? after, Refusal? no) = await ContactActs
            .Do<ContactPing, ContactPingEvent>(
                records,
                id,
                _contact.Person,
                ping => decide(ping, now),
                now,
                work => roll.Commit(work, null, visit.Cancel)
            )
            .ConfigureAwait(false);
        if (no is not null)
        {
            await Told(visit, no).ConfigureAwait(false);
            return;
        }

        if (after?.State != PingState.Answered)
        {
            await Form(visit, "contacts.answer.wrong", StatusCodes.Status422UnprocessableEntity)
                .ConfigureAwait(false);
            return;
        }

        Markup page = Titled(visit);
        page.Raw(
            $"<p class=\"done\" role=\"status\">{page.Texts.Html("contacts.answer.done")}</p>\n"
        );
        await Send(visit, page, StatusCodes.Status200OK).ConfigureAwait(false);
    }

    private static async Task Form(Visit visit, string? why, int status)
    {
        Markup page = Titled(visit);
        if (why is not null)
        {
            page.Raw($"<p role=\"alert\">{page.Texts.Html(why)}</p>\n");
        }

        page.Say(page.Texts.Html("contacts.answer.how"))
            .Say(page.Texts.Html("contacts.answer.kept"), "quiet")
            .Raw(
                $"<form class=\"stack\" method=\"post\" action=\"{Spoken.Html(visit.Address(PingMessage.AnswerPath))}\">\n"
            );
        foreach (string name in (string[])["reference", "code"])
        {
            page.Raw(
                $"<div class=\"field\"><label for=\"{name}\">{page.Texts.Html($"contacts.answer.{name}")}</label>\n<input id=\"{name}\" name=\"{name}\" type=\"text\" dir=\"ltr\" required maxlength=\"40\" autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\"></div>\n"
            );
        }

        page.Close("contacts.answer.button");
        await Send(visit, page, status).ConfigureAwait(false);
    }

    private static Refusal Gone { get; } =
        Refusal.WrongState(
            "this ping is no longer open; ask those who keep the directory for a new one"
        );

    private static Task Told(Visit visit, Refusal no)
    {
        Markup page = Titled(visit);
        page.Raw($"<div role=\"alert\"><p>{page.Texts.Refused(no.Reason)}</p></div>\n")
            .Items([page.Link(PingMessage.AnswerPath, page.Texts.Html("contacts.answer.by-code"))]);
        return Send(
            visit,
            page,
            no.Kind == RefusalKind.WrongState
                ? StatusCodes.Status410Gone
                : StatusCodes.Status422UnprocessableEntity
        );
    }

    private async Task<(ContactPing? Ping, Contact? Contact)> Found(string id)
    {
        var work = new Workspace(records);
        ContactPing? ping = (
            await work.Load<ContactPing, ContactPingEvent>(id).ConfigureAwait(false)
        ).State;
        return ping is null
            ? (null, null)
            : (
                ping,
                (await work.Load<Contact, ContactEvent>(ping.Contact).ConfigureAwait(false)).State
            );
    }

    /// <summary>What is no form says nothing, and is answered as an empty one.</summary>
    private static async Task<Visit> Read(Visit visit)
    {
        try
        {
            return visit.Http.Request.HasFormContentType
                ? visit with
                {
                    Fields = await visit
                        .Http.Request.ReadFormAsync(visit.Cancel)
                        .ConfigureAwait(false),
                }
                : visit;
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            return visit;
        }
    }

    private static string IdOf(Visit visit) =>
        visit.Http.Request.RouteValues["id"] is string { Length: <= Checks.IdLengthMax } id
            ? PingReference.Plain(id)
            : "";

    private static Markup Titled(Visit visit) =>
        new Markup(visit.Texts).Title("contacts.answer.title");

    private static Task Send(Visit visit, Markup page, int status) =>
        visit.Show(
            Layout.Page(
                page.Texts,
                PingMessage.AnswerPath,
                page.Texts.Plain("contacts.answer.title"),
                page.ToString()
            ),
            status
        );
}
