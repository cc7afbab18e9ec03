namespace Breakwater.App.Pages;

/// <summary>Pages for what is not there and for our own faults: what happened and what to do, never how it broke.</summary>
internal static class TroublePages
{
    public static string NotFound(PageTexts texts) => Plain(texts, "missing");

    public static string Fault(PageTexts texts) => Plain(texts, "fault");

    private static string Plain(PageTexts texts, string key)
    {
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html($"{key}.title")}</h1>\n")
            .Say(texts.Html($"{key}.what"))
            .Items([
                page.Link("/", texts.Html($"{key}.next")),
                page.Link("/reports", texts.Html("nav.reports")),
            ]);
        return Layout.Page(texts, "/", texts.Plain($"{key}.title"), page.ToString());
    }
}
