using System.Globalization;
using Breakwater.App.Pages;
using Breakwater.Ledger.Tiles;
using Breakwater.Publications;

namespace Breakwater.App.Publishing.StaticSite;

/// <summary>Where things lie in a static site. Every link is relative, so that it works from any folder of any server and from a stick.</summary>
internal static class SitePaths
{
    public const string Style = "style.css";
    public const string Key = "node.pub";
    public const string Checkpoint = "checkpoint.txt";
    public const string Alerts = "alerts.atom";
    public const string News = "publications.rss";

    public static string Page(string name, string language) =>
        language == "en" ? $"{name}.html" : $"{name}.{language}.html";

    public static string Folder(string id) => $"p/{Safe(id)}";

    public static string Document(string id, string language) =>
        $"{Folder(id)}/{Safe(language)}.html";

    public static string File(PublishedFile file) => $"{Folder(file.Of)}/{Safe(file.Name)}";

    /// <summary>Ids come from records; a name of a file holds nothing that a file system reads.</summary>
    private static string Safe(string text) =>
        string.Concat(
                text.Select(letter =>
                    char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_'
                )
            )
            .TrimStart('.');
}

/// <summary>The pages around what was published: one list, how to check, and what stands in the place of what was withdrawn.</summary>
internal sealed class SitePages(PublishedList list, string node, long events, bool hasKey)
{
    public string Index(PageTexts texts)
    {
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("site.title")}</h1>\n")
            .Say(texts.Html("site.intro", ("node", new Code(node))))
            .Say(texts.Html("site.asof", ("n", new Count(events))), "quiet");
        if (list.Items.Count + list.Gone.Count == 0)
        {
            page.Say(texts.Html("site.none"));
        }
        else
        {
            page.Grid(
                texts.Html("published.title"),
                ["publication", "form", "published-asof", "language", "files"],
                [
                    .. list.Items.Select(item => Row(texts, item)),
                    .. list.Gone.Select(gone => Row(texts, gone)),
                ]
            );
        }

        page.Head("data", texts.Html("site.data"))
            .Say(texts.Html("site.data.note"), "quiet")
            .Items([
                $"<a href=\"data/disruptions.geojson\">{texts.Html("site.data.disruptions")}</a>",
                $"<a href=\"data/restorations.geojson\">{texts.Html("site.data.restorations")}</a>",
            ])
            .Head("feeds", texts.Html("published.feeds"))
            .Items([
                $"<a href=\"{SitePaths.News}\">{texts.Html("published.rss")}</a>",
                $"<a href=\"{SitePaths.Alerts}\">{texts.Html("published.atom")}</a>",
                .. hasKey
                    ? (string[])[$"<a href=\"{AlertKey.File}\">{texts.Html("published.key")}</a>"]
                    : [],
                $"<a href=\"{SitePaths.Page("verify", texts.Language)}\">{texts.Html("site.verify")}</a>",
                $"<a href=\"{SiteFolder.List}\">{texts.Html("site.files")}</a>",
            ]);
        return Shell(texts, "index", "", texts.Plain("site.title"), page.ToString());
    }

    public string Verify(PageTexts texts)
    {
        PublishedItem? first = list.Items.Count == 0 ? null : list.Items[0];
        string document = first is null
            ? "p/ID/en.html"
            : SitePaths.Document(first.Id, first.Documents[0].Body.Language);
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("site.verify")}</h1>\n")
            .Say(texts.Html("site.verify.what"))
            .Say(texts.Html("site.verify.key"), "caution")
            .Items([
                $"<a href=\"{SitePaths.Key}\">{SitePaths.Key}</a>",
                $"<a href=\"{SitePaths.Checkpoint}\">{SitePaths.Checkpoint}</a>",
            ])
            .Say(texts.Html("site.verify.run"))
            .Raw(
                $"<pre class=\"command\" dir=\"ltr\"><code>{Spoken.Html($"breakwater verify --proof {document}{TlogProof.Extension} --file {document} --key {SitePaths.Key}")}</code></pre>\n"
            )
            .Say(texts.Html("site.verify.other"), "quiet")
            .Items([Back(texts, "")]);
        return Shell(texts, "verify", "", texts.Plain("site.verify"), page.ToString());
    }

    /// <summary>In the place of what was withdrawn: that, when and why, and nothing of what it said.</summary>
    public static string Stub(PageTexts texts, Withdrawn told)
    {
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("site.gone")}</h1>\n")
            .Say(texts.Html(new Native(told.Title)))
            .Say(texts.Html("site.gone.at", ("at", new Moment(told.At))), "caution")
            .Say(texts.Html(new Free(told.Reason)))
            .Say(texts.Html("site.gone.what"), "quiet")
            .Items([Back(texts, "../../")]);
        return Shell(texts, null, "../../", texts.Plain("site.gone"), page.ToString());
    }

    private static GridRow Row(PageTexts texts, PublishedItem item)
    {
        Recorded<ReportBody> own = item.In(texts.Language);
        string newer = item.By is null
            ? ""
            : $"<br><strong>{texts.Html("published.replaced")}</strong>";
        string cite = own.Body.Document.Cite is { } citation
            ? $"<br><span class=\"quiet\">{texts.Html("published.licence", ("licence", new Code(citation.Licence)))}</span>"
            : "";
        return new GridRow([
            $"<a href=\"{SitePaths.Document(item.Id, own.Body.Language)}\">{texts.Html(new Free(own.Body.Title))}</a>{newer}{cite}",
            Spoken.Html(NewsFeeds.Form(texts, item.Form)),
            texts.Html(new Moment(own.Body.AsOf)),
            string.Join(
                " · ",
                item.Documents.Select(each =>
                {
                    string path = SitePaths.Document(item.Id, each.Body.Language);
                    return $"<a href=\"{path}\" hreflang=\"{each.Body.Language}\" lang=\"{each.Body.Language}\">{PageTexts.For(each.Body.Language).Html("language.name")}</a> (<a href=\"{path}{TlogProof.Extension}\">{texts.Html("published.proof")}</a>)";
                })
            ),
            Files(texts, item.Files),
        ]);
    }

    private static GridRow Row(PageTexts texts, PublishedGone gone)
    {
        Withdrawn told = gone.In(texts.Language);
        return new GridRow([
            $"<a href=\"{SitePaths.Document(gone.Id, told.Language)}\">{texts.Html(new Free(told.Title))}</a><br><strong>{texts.Html("published.withdrawn", ("at", new Moment(told.At)))}</strong> {texts.Html(new Free(told.Reason))}",
            "—",
            texts.Html(new Moment(told.AsOf)),
            "—",
            Files(texts, gone.Cancellations),
        ]);
    }

    private static string Files(PageTexts texts, IReadOnlyList<PublishedFile> files) =>
        files.Count == 0
            ? "—"
            : string.Join(
                "<br>",
                files.Select(file =>
                    $"<a href=\"{SitePaths.File(file)}\"><bdi dir=\"ltr\">{Spoken.Html(file.Name)}</bdi></a> (<a href=\"{SitePaths.File(file)}{TlogProof.Extension}\">{texts.Html("published.proof")}</a>)"
                )
            );

    private static string Back(PageTexts texts, string up) =>
        $"<a href=\"{up}{SitePaths.Page("index", texts.Language)}\">{texts.Html("site.back")}</a>";

    /// <param name="name">Of the page in every language; null for one that has no others.</param>
    /// <param name="up">From the page to the root of the site.</param>
    private static string Shell(PageTexts texts, string? name, string up, string title, string body)
    {
        string languages = name is null
            ? ""
            : string.Join(
                "\n",
                PageTexts.Languages.Select(language =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"<a href=\"{up}{SitePaths.Page(name, language)}\" lang=\"{language}\" hreflang=\"{language}\"{(language == texts.Language ? " aria-current=\"true\"" : "")}>{PageTexts.For(language).Html("language.name")}</a>"
                    )
                )
            );
        return $"""
            <!doctype html>
            <html lang="{texts.Language}" dir="{(texts.IsRightToLeft ? "rtl" : "ltr")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:; img-src data:">
            <title>{Spoken.Html(Spoken.Plain(title))} · Breakwater</title>
            <link rel="stylesheet" href="{up}{SitePaths.Style}">
            <link rel="icon" href="data:,">
            <link rel="alternate" type="application/rss+xml" href="{up}{SitePaths.News}">
            <link rel="alternate" type="application/atom+xml" href="{up}{SitePaths.Alerts}">
            </head>
            <body class="report site">
            <header class="bar">
            <div>
            <a class="home" href="{up}{SitePaths.Page("index", texts.Language)}">Breakwater</a>
            <nav class="languages" aria-label="{texts.Html("nav.languages")}">
            {languages}
            </nav>
            </div>
            </header>
            <main id="content">
            {body}
            </main>
            </body>
            </html>

            """;
    }
}
