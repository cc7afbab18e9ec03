using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response.Views;
using Breakwater.App.Subjects;
using Breakwater.Publications;
using Breakwater.Records;

namespace Breakwater.App.Pages.Response;

/// <summary>The list of one kind, with what its readers must see first above it.</summary>
internal sealed class Board(Callers callers, Reading reading, Naming naming)
{
    private const int LimitDefault = 50;

    public async Task Show(Visit visit, SubjectKind kind)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Raw($"<h1>{Labels.Kinds(texts, kind)}</h1>\n");
        SubjectPage.WasDone(page, visit, kind);
        page.Say(texts.Html("response.as-of.list", ("at", new Moment(reading.Now))), "quiet");
        Starts(page, kind, caller);
        if (Agreements.AgreementsDoor.Links(page, kind).ToArray() is { Length: > 0 } links)
        {
            page.Items(links);
        }

        Lists.ListsDoor.Beside(page, kind, caller);
        Resilience.ResilienceDoor.Beside(page, kind, caller);
        Consulting.ConsultingDoor.Beside(page, kind);
        await Sums.Write(page, kind, reading, caller).ConfigureAwait(false);
        ListQuery asked = ListQuery.Read(Asked(visit), kind.Kind, LimitDefault);
        Search(page, visit, kind);
        if (asked.Query is not { } query)
        {
            page.Raw($"<p role=\"alert\">{texts.Html("response.search.wrong")}</p>\n");
        }
        else
        {
            await Found(page, visit, kind, query, caller).ConfigureAwait(false);
        }

        await visit
            .Show(
                Layout.Page(
                    texts,
                    Addresses.Of(kind),
                    Acts.ActPage.Plain(Labels.Kinds(texts, kind)),
                    page.ToString()
                ),
                asked.Query is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK
            )
            .ConfigureAwait(false);
    }

    private async Task Found(
        Markup page,
        Visit visit,
        SubjectKind kind,
        DocumentQuery query,
        Caller caller
    )
    {
        PageTexts texts = page.Texts;
        (IReadOnlyList<Seen> found, long? next) = await reading
            .List(kind, query, caller)
            .ConfigureAwait(false);
        if (found.Count == 0)
        {
            page.Say(texts.Html("response.empty"), "quiet");
            Begins(page, kind, caller);
        }
        else
        {
            await naming.Learn(page, found, caller).ConfigureAwait(false);
            Columns.Write(page, kind, Columns.Urgent(found), reading.Now);
        }

        if (next is { } after)
        {
            string again = ListQuery.Again(Asked(visit), Cursor.Of(after));
            page.Items([
                $"<a href=\"{Spoken.Html(Addresses.Of(kind) + again)}\">{texts.Html("response.next")}</a>",
            ]);
        }
    }

    private static void Starts(Markup page, SubjectKind kind, Caller caller)
    {
        CommandKind[] starts =
        [
            .. kind.Commands.Where(command =>
                command.IsStart && caller.WhyNot(kind, command) is null
            ),
        ];
        if (starts.Length == 0)
        {
            return;
        }

        page.Raw("<ul class=\"acts\">\n");
        foreach (CommandKind command in starts)
        {
            page.Raw(
                $"<li>{page.Link(Addresses.Of(kind, command, null), Labels.Command(page.Texts, kind, command))}</li>\n"
            );
        }

        page.Raw("</ul>\n");
    }

    /// <summary>How the first one comes to be: an empty page that says no more leads nowhere.</summary>
    private static void Begins(Markup page, SubjectKind kind, Caller caller)
    {
        PageTexts texts = page.Texts;
        CommandKind[] starts =
        [
            .. kind.Commands.Where(command =>
                command.IsStart && command.Admission != Admission.Nobody
            ),
        ];
        if (starts.Length == 0)
        {
            page.Say(texts.Html("response.empty.arises"), "quiet");
        }
        else
        {
            page.Items(
                starts.Select(command =>
                    caller.WhyNot(kind, command) is null
                        ? page.Link(
                            Addresses.Of(kind, command, null),
                            Labels.Command(texts, kind, command)
                        )
                        : $"{Labels.Command(texts, kind, command)}: {Acts.ActPage.WhyNot(texts, command, caller)}"
                )
            );
        }

        if (caller.SignedIn is null)
        {
            page.Items([page.Link("/account/sign-in", texts.Html("account.sign-in.link"))]);
        }
    }

    private static void Search(Markup page, Visit visit, SubjectKind kind)
    {
        PageTexts texts = page.Texts;
        page.Raw(
            $"<form method=\"get\" action=\"{Addresses.Of(kind)}\" role=\"search\">\n<input type=\"hidden\" name=\"lang\" value=\"{texts.Language}\">\n<label for=\"q\">{texts.Html("response.search")}</label>\n<input id=\"q\" name=\"q\" type=\"search\" dir=\"auto\" maxlength=\"200\" value=\"{Spoken.Html(visit.Http.Request.Query["q"].ToString())}\">\n<button type=\"submit\">{texts.Html("response.search.go")}</button>\n</form>\n"
        );
    }

    /// <summary>The parameters of the list; what the page itself understands is left out.</summary>
    private static QueryCollection Asked(Visit visit) =>
        new(
            visit
                .Http.Request.Query.Where(parameter =>
                    parameter.Key != "done" && parameter.Value.ToString().Length > 0
                )
                .ToDictionary(parameter => parameter.Key, parameter => parameter.Value)
        );
}
