using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Gaps.Matrix;
using Breakwater.App.Pages.Response;
using Breakwater.App.Publishing.Forms;
using Breakwater.Preparedness.Gaps;
using Breakwater.Publications;
using Breakwater.Publications.Gaps;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Resilience;

/// <summary><c>/gap-matrix</c>: for each phase, actor and population group what covers it, or that nothing does, or that nobody knows.</summary>
internal sealed class MatrixPage(Callers callers, MatrixOnRecord matrix)
{
    public const string Path = "/gap-matrix";
    public const string CsvPath = "/gap-matrix.csv";
    public const string CellPath = "/gap-matrix/{phase}/{actor}/{group}";

    /// <summary>Records that a cell names; the rest is counted.</summary>
    private const int NamedMax = 500;

    public async Task Show(Visit visit)
    {
        if (await Asked(visit).ConfigureAwait(false) is not { } seen)
        {
            return;
        }

        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("matrix.title")}</h1>\n")
            .Say(texts.Html("matrix.intro"))
            .Say(texts.Html("matrix.seen"), "quiet");
        new MatrixParts(page, seen).Write();
        page.Say(
            $"<a href=\"{CsvPath}{Query(seen, "?")}\">{texts.Html("matrix.csv")}</a> · <a href=\"{SubjectRoutes.Root}/gap-matrix{Query(seen, "?")}\">JSON</a> · {page.Link(IndexPage.Path, texts.Html("index.title"))}"
        );
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        PublishPart.Write(page, caller, GapForm.Kind, seen.Country ?? GapForm.All);
        await visit
            .Show(Layout.Page(texts, Path, texts.Plain("matrix.title"), page.ToString()))
            .ConfigureAwait(false);
    }

    public async Task Download(Visit visit)
    {
        if (await Asked(visit).ConfigureAwait(false) is not { } seen)
        {
            return;
        }

        Representation.ForOneReader(visit.Http.Response);
        visit.Http.Response.ContentType = "text/csv; charset=utf-8";
        await visit
            .Http.Response.Body.WriteAsync(MatrixTable.Of(seen).ToCsv(), visit.Cancel)
            .ConfigureAwait(false);
    }

    /// <summary>The records behind each number of a cell.</summary>
    public async Task ShowCell(Visit visit)
    {
        if (
            !TryWord(visit, "phase", out Phase phase)
            || !TryWord(visit, "actor", out StakeholderClass actor)
            || !TryWord(visit, "group", out PopulationGroup group)
        )
        {
            await Response.Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        if (await Asked(visit).ConfigureAwait(false) is not { } seen)
        {
            return;
        }

        PageTexts texts = visit.Texts;
        GapCell cell = seen.At(phase, actor, group);
        var page = new Markup(texts);
        page.Raw(
            $"<p class=\"quiet\"><a href=\"{Path}?lang={texts.Language}{Query(seen, "&amp;")}\">{texts.Html("matrix.title")}</a></p>\n<h1>{MatrixParts.Phase(texts, phase)}</h1>\n"
        );
        page.Facts([
            (texts.Html("matrix.actor"), MatrixParts.Actor(texts, actor)),
            (texts.Html("matrix.group"), MatrixParts.Group(texts, group)),
            (texts.Html("matrix.state"), texts.Html($"matrix.state.{Checks.Word(cell.State)}")),
            (texts.Html("matrix.capacity"), texts.Html(Word.Of(cell.Capacity))),
            (
                texts.Html("matrix.lacking"),
                cell.Needs.Count == 0 ? "—" : texts.Html(People.Printed(cell.Lacking))
            ),
        ]);
        foreach (
            (string key, IReadOnlyList<string> ids) in ((string, IReadOnlyList<string>)[])
                [
                    ("matrix.offers", cell.Offers),
                    ("matrix.agreements", cell.Agreements),
                    ("matrix.promised", cell.Promised),
                    ("matrix.working", cell.Working),
                    ("matrix.needs", cell.Needs),
                    ("matrix.perhaps", cell.Perhaps),
                ]
        )
        {
            if (ids.Count > 0)
            {
                page.Raw($"<h2>{texts.Html(key, ("n", new Count(ids.Count)))}</h2>\n")
                    .Items(ids.Take(NamedMax).Select(id => Named(page, id)));
            }
        }

        await visit
            .Show(
                Layout.Page(
                    texts,
                    visit.Http.Request.Path,
                    texts.Plain("matrix.title"),
                    page.ToString()
                )
            )
            .ConfigureAwait(false);
    }

    /// <returns>Null after the visitor was told that there is no such country.</returns>
    private async Task<GapMatrix?> Asked(Visit visit)
    {
        string given = visit.Http.Request.Query["country"].ToString().Trim();
        string? country = Countries.OfCode(given);
        if (given.Length > 0 && country is null)
        {
            await Response.Reading.NotFound(visit).ConfigureAwait(false);
            return null;
        }

        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        return await matrix
            .For(ResilienceDoor.ReaderOf(caller), country, visit.Cancel)
            .ConfigureAwait(false);
    }

    public static string Query(GapMatrix seen, string separator) =>
        seen.Country is { } country ? $"{separator}country={country}" : "";

    private static bool TryWord<T>(Visit visit, string name, out T value)
        where T : struct, Enum
    {
        string given = (string)visit.Http.Request.RouteValues[name]!;
        foreach (T each in Enum.GetValues<T>())
        {
            if (Checks.Word(each) == given)
            {
                value = each;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Subjects have pages of their own; what was worked out leads to where it comes from.</summary>
    private static string Named(Markup page, string id) =>
        id.Split('/', 2) is [var kind, var own] && Subjects.Catalogue.Known.Of(kind) is { } known
            ? page.Link(
                $"{Addresses.Of(known)}/{Uri.EscapeDataString(own)}",
                $"{Labels.Kind(page.Texts, known)} {page.Texts.Html(new Code(own))}"
            )
            : page.Chain(id);
}
