using System.Globalization;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Pages.Response.Views;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Interpreting;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Response;

/// <summary>What one version of a common position changed from the one before it, or from another that the address names.</summary>
internal sealed class VersionPage(Callers callers, Reading reading)
{
    public const string Path = "/common-positions/{id}/versions/{number}";

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        SubjectKind kind = Catalogue.Known.Of(CommonPosition.Kind)!;
        if (
            await reading.One(visit, kind, caller).ConfigureAwait(false) is not { } seen
            || CommonPositionView.Of(seen) is not { } position
            || Number(visit.Http.Request.RouteValues["number"] as string) is not { } to
            || position.Diff(
                Number(visit.Http.Request.Query["from"].ToString()) ?? Math.Max(1, to - 1),
                to
            )
                is not { } diff
        )
        {
            await Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        var page = new Markup(visit.Texts);
        page.Raw(
            $"<p class=\"quiet\">{page.Link(seen.Path, Titles.Html(page, seen))}</p>\n<h1>{visit.Texts.Html("response.position.version", ("n", new Count(to)))}</h1>\n"
        );
        if (position.Versions[to - 1].Note is { Length: > 0 } note)
        {
            page.Say(visit.Texts.Html(new Free(note)));
        }

        DiffPart.Write(page, diff);
        await visit
            .Show(
                Layout.Page(
                    visit.Texts,
                    $"{seen.Path}/versions/{to}",
                    ActPage.Plain(
                        $"{Titles.Html(page, seen)}: {visit.Texts.Html("response.position.version", ("n", new Count(to)))}"
                    ),
                    page.ToString()
                )
            )
            .ConfigureAwait(false);
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
}
