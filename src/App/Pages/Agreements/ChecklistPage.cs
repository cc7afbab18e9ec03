using Breakwater.App.Accounts.Pages;
using Breakwater.App.CountryPlans;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Agreements;

/// <summary><c>/checklist</c>: what country plans are asked, what is meant by it, what would show it, and where it comes from.</summary>
internal static class ChecklistPage
{
    public const string Path = "/checklist";

    private const int FaultsShown = 10;

    public static Task Show(Visit visit)
    {
        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("checklist.title")}</h1>\n");
        if (ChecklistAtHand.Read.Checklist is not { } checklist)
        {
            Damaged(page);
            return visit.Show(
                Layout.Page(texts, Path, texts.Plain("checklist.title"), page.ToString()),
                StatusCodes.Status503ServiceUnavailable
            );
        }

        page.Say(texts.Html("checklist.is", ("version", new Code(checklist.Version))))
            .Items([
                page.Link("/country-plans", texts.Html("kinds.country-plans")),
                .. checklist.Chapters.Select(chapter =>
                    $"<a href=\"#{chapter.Id}\">{ChecklistWords.Html(texts, chapter.Title)}</a>"
                ),
            ]);
        foreach (ChecklistChapter chapter in checklist.Chapters)
        {
            page.Head(chapter.Id, ChecklistWords.Html(texts, chapter.Title));
            foreach (ChecklistItem item in chapter.Items)
            {
                page.Raw(
                    $"<h3 id=\"{item.Id}\">{ChecklistWords.Html(texts, item.Question)}{(item.IsFirst ? $" <span class=\"state\">{texts.Html("checklist.first")}</span>" : "")}</h3>\n"
                );
                page.Say(ChecklistWords.Html(texts, item.Help));
                page.Facts([
                    (texts.Html("checklist.shows"), ChecklistWords.Html(texts, item.Evidence)),
                    (
                        texts.Html("checklist.source"),
                        $"{texts.Html(new Code(item.Source))} · {texts.Html("checklist.review", ("n", new Count(item.ReviewMonths)))}"
                    ),
                ]);
            }
        }

        page.Head("sources", texts.Html("checklist.sources"))
            .Items(
                checklist.Sources.Select(source =>
                    $"{texts.Html(new Code(source.Id))}: {(source.Url is { } url ? $"<a href=\"{Spoken.Html(url)}\" rel=\"noreferrer\">{texts.Html(new Free(source.Title))}</a>" : texts.Html(new Free(source.Title)))}. {texts.Html(new Free(source.Publisher))}, {source.Year}"
                )
            );
        return visit.Show(
            Layout.Page(texts, Path, texts.Plain("checklist.title"), page.ToString())
        );
    }

    public static void Damaged(Markup page)
    {
        page.Raw($"<p role=\"alert\">{page.Texts.Html("checklist.damaged")}</p>\n");
        page.Items(
            ChecklistAtHand
                .Read.Faults.Take(FaultsShown)
                .Select(fault => page.Texts.Html(new Free(fault.ToString())))
        );
    }
}
