using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages;

/// <summary>What stands over every page about one record: the situation it belongs to, as of when, and how real it is.</summary>
internal static class SituationLine
{
    /// <param name="own">How the record itself came to be, for one that no report speaks of.</param>
    public static void Write(Markup page, Situation? situation, Origin? own)
    {
        if (situation is null)
        {
            page.Banner(own ?? Origin.Measured);
            return;
        }

        PageTexts texts = page.Texts;
        Recorded<ReportBody> report = situation.Report(texts.Language);
        page.Banner(report.Body.Origin)
            .Say(
                $"{page.Link("/", Title(texts, report.Body))} · {texts.Words.Html(new Said("report.asof", ("at", new Moment(report.Body.AsOf))))} · {page.LinkTo("reports", report.Product.Id, texts.Html("list.report"))}",
                "under"
            );
    }

    /// <summary>A title in another language than the page's is isolated from its sentence.</summary>
    public static string Title(PageTexts texts, ReportBody report) =>
        texts.Html(
            report.Language == texts.Language ? new Native(report.Title) : new Free(report.Title)
        );
}
