using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages;

/// <summary>What stands over every page about one record: the situation it belongs to, as of when, and how real it is.</summary>
internal static class SituationLine
{
    private const char FirstStrongIsolate = '\u2068';
    private const char PopIsolate = '\u2069';

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

    /// <summary>
    /// A paragraph of a report as it was published in plain text. Its isolates (UAX 9) become elements, because other
    /// marks of direction in a text are not trusted.
    /// </summary>
    public static string Published(PageTexts texts, ReportBody report, Paragraph paragraph)
    {
        string[] parts = paragraph.Text.Split(FirstStrongIsolate);
        string html =
            Spoken.Html(Spoken.Plain(parts[0]))
            + string.Concat(
                parts
                    .Skip(1)
                    .Select(part => part.Split(PopIsolate, 2))
                    .Select(part =>
                        $"<bdi>{Spoken.Html(Spoken.Plain(part[0]))}</bdi>{Spoken.Html(Spoken.Plain(part.ElementAtOrDefault(1) ?? ""))}"
                    )
            );
        return report.Language == texts.Language
            ? html
            : $"<bdi lang=\"{Spoken.Html(report.Language)}\">{html}</bdi>";
    }
}
