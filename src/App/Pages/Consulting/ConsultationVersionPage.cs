using System.Globalization;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Views;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Consulting;

/// <summary>What one version of the text of a consultation changed from the one before it.</summary>
internal sealed class ConsultationVersionPage(Callers callers, Reading reading)
{
    public const string Path = "/consultations/{id}/versions/{number}";

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        if (
            await reading
                .One(visit, Catalogue.Known.Of(Consultation.Kind)!, caller)
                .ConfigureAwait(false)
                is not { } seen
            || ConsultationView.Of(seen) is not { } consultation
            || !int.TryParse(
                visit.Http.Request.RouteValues["number"] as string,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int to
            )
            || consultation.Diff(Math.Max(1, to - 1), to) is not { } diff
        )
        {
            await Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        var page = new Markup(visit.Texts);
        page.Raw(
                $"<p class=\"quiet\">{page.Link(seen.Path, Titles.Html(page, seen))}</p>\n<h1>{visit.Texts.Html("response.position.version", ("n", new Count(to)))}</h1>\n"
            )
            .Say(visit.Texts.Html(new Free(consultation.Versions[to - 1].Note)));
        DiffPart.Write(page, diff);
        await visit
            .Show(
                Layout.Page(
                    visit.Texts,
                    $"{seen.Path}/versions/{to}",
                    visit.Texts.Plain("response.position.version", ("n", new Count(to))),
                    page.ToString()
                )
            )
            .ConfigureAwait(false);
    }
}
