using Breakwater.App.Pages;
using Breakwater.Ledger.Tiles;
using Breakwater.Publications;

namespace Breakwater.App.Publishing;

/// <summary><c>/published</c>: everything that this node has published, for people, with what machines and doubters need beside it.</summary>
internal static class PublishedPage
{
    public const string Path = "/published";

    public static async Task<string> Write(PublicView view, PageTexts texts)
    {
        PublishedList list = await PublishedList.Of(view).ConfigureAwait(false);
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("published.title")}</h1>\n");
        bool isNone = list.Items.Count + list.Gone.Count == 0;
        page.Say(texts.Html(isNone ? "published.none" : "published.intro"), "quiet");
        if (!isNone)
        {
            page.Grid(
                texts.Html("published.title"),
                ["publication", "form", "published-asof", "language", "files"],
                [
                    .. list.Items.Select(item => Row(page, item)),
                    .. list.Gone.Select(gone => Row(page, gone)),
                ]
            );
        }

        page.Head("feeds", texts.Html("published.feeds"))
            .Items([
                page.Link("/published.rss", texts.Html("published.rss")),
                $"<a href=\"/alerts.atom\">{texts.Html("published.atom")}</a>",
                $"<a href=\"{Ogc.OgcRoutes.Root}\">{texts.Html("published.open-data")}</a>",
                $"<a href=\"/{AlertKey.File}\">{texts.Html("published.key")}</a>",
            ]);
        return Layout.Page(texts, Path, texts.Plain("published.title"), page.ToString());
    }

    private static GridRow Row(Markup page, PublishedItem item)
    {
        PageTexts texts = page.Texts;
        Recorded<ReportBody> own = item.In(texts.Language);
        string newer = item.By is { } by
            ? $"<br><strong>{texts.Html("published.replaced")}</strong> {page.LinkTo("reports", by.By, texts.Html("published.newer"))}"
            : "";
        string licence = own.Body.Document.Cite is { } cite
            ? $"<br><span class=\"quiet\">{texts.Html("published.licence", ("licence", new Code(cite.Licence)))}</span>"
            : "";
        return new GridRow([
            $"{page.LinkTo("reports", own.Product.Id, texts.Html(new Free(own.Body.Title)))}{newer}{licence}",
            Spoken.Html(NewsFeeds.Form(texts, item.Form)),
            texts.Html(new Moment(own.Body.AsOf)),
            string.Join(
                " · ",
                item.Documents.Select(each =>
                    $"<a href=\"/reports/{Uri.EscapeDataString(each.Product.Id)}\" hreflang=\"{Spoken.Html(each.Body.Language)}\" lang=\"{Spoken.Html(each.Body.Language)}\">{Name(each.Body.Language)}</a> (<a href=\"/reports/{Uri.EscapeDataString(each.Product.Id)}{TlogProof.Extension}\">{texts.Html("published.proof")}</a>)"
                )
            ),
            item.Files.Count == 0
                ? "—"
                : string.Join("<br>", item.Files.Select(file => File(texts, file))),
        ]);
    }

    private static GridRow Row(Markup page, PublishedGone gone)
    {
        PageTexts texts = page.Texts;
        Withdrawn told = gone.In(texts.Language);
        return new GridRow([
            $"{page.LinkTo("reports", told.Publication, texts.Html(new Free(told.Title)))}<br><strong>{texts.Html("published.withdrawn", ("at", new Moment(told.At)))}</strong> {texts.Html(new Free(told.Reason))}",
            "—",
            texts.Html(new Moment(told.AsOf)),
            "—",
            gone.Cancellations.Count == 0
                ? "—"
                : string.Join("<br>", gone.Cancellations.Select(file => File(texts, file))),
        ]);
    }

    private static string File(PageTexts texts, PublishedFile file) =>
        $"<a href=\"{file.Path}\"><bdi dir=\"ltr\">{Spoken.Html(file.Name)}</bdi></a> (<a href=\"{file.Path}{TlogProof.Extension}\">{texts.Html("published.proof")}</a>)";

    private static string Name(string language) =>
        PageTexts.Languages.Contains(language)
            ? PageTexts.For(language).Html("language.name")
            : Spoken.Html(language);
}
