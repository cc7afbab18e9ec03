using Breakwater.App.Pages.Response;
using Breakwater.Publications;

namespace Breakwater.App.Pages;

/// <summary>What stands around every page: where one is, which language, what to know before reading.</summary>
internal static class Layout
{
    public const string StylePath = "/style.css";

    /// <summary>The look of the reports, and what only pages have.</summary>
    public static string Style { get; } = ReportHtml.Style + Own();

    /// <param name="path">The page's own address, for the language links.</param>
    /// <param name="title">Plain text.</param>
    public static string Page(PageTexts texts, string path, string title, string body)
    {
        string address = Spoken.Html(path);
        var row = Navigation.Of(path);
        string languages = string.Join(
            "\n",
            PageTexts.Languages.Select(language =>
                $"<a href=\"{address}?lang={language}\" lang=\"{language}\" hreflang=\"{language}\"{(language == texts.Language ? " aria-current=\"true\"" : "")}>{PageTexts.For(language).Html("language.name")}</a>"
            )
        );
        return $"""
            <!doctype html>
            <html lang="{texts.Language}" dir="{(texts.IsRightToLeft ? "rtl" : "ltr")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Spoken.Html(Spoken.Plain(title))} · Breakwater</title>
            <link rel="stylesheet" href="{StylePath}">
            <link rel="icon" href="data:,">
            </head>
            <body class="report site">
            <a class="skip" href="#content">{texts.Html("nav.skip")}</a>
            <header class="bar">
            <div>
            <a class="home" href="/?lang={texts.Language}">Breakwater</a>
            <nav aria-label="{texts.Html("nav.name")}">
            <a href="/?lang={texts.Language}"{Current(path, "/")}>{texts.Html("nav.situations")}</a>
            <a href="/responses?lang={texts.Language}"{(row == Navigation.Response ? " aria-current=\"true\"" : "")}>{texts.Html(
                "nav.response"
            )}</a>
            <a href="/reports?lang={texts.Language}"{Current(path, "/reports")}>{texts.Html(
                "nav.reports"
            )}</a>
            <a href="/published?lang={texts.Language}"{Current(path, "/published")}>{texts.Html(
                "nav.published"
            )}</a>
            <a href="/norms?lang={texts.Language}"{Current(path, "/norms")}>{texts.Html(
                "nav.norms"
            )}</a>
            <a href="/index?lang={texts.Language}"{(row == Navigation.Preparedness ? " aria-current=\"true\"" : "")}>{texts.Html("nav.index")}</a>
            <a href="/explain?lang={texts.Language}"{Current(path, "/explain")}>{texts.Html(
                "nav.explain"
            )}</a>
            <a href="/account?lang={texts.Language}"{Current(path, "/account")}>{texts.Html(
                "nav.account"
            )}</a>
            </nav>
            <nav class="languages" aria-label="{texts.Html("nav.languages")}">
            {languages}
            </nav>
            </div>
            {row?.Html(texts, path)}
            </header>
            <main id="content">
            {body}
            <footer><p>{texts.Html("page.end")}</p></footer>
            </main>
            </body>
            </html>

            """;
    }

    private static string Current(string path, string link) =>
        path == link ? " aria-current=\"page\"" : "";

    private static string Own()
    {
        using var reader = new StreamReader(
            typeof(Layout).Assembly.GetManifestResourceStream("pages.pages.css")!
        );
        return reader.ReadToEnd();
    }
}
