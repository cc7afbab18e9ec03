using System.Text;

namespace Breakwater.Publications.Consultations;

/// <summary>Writes a report as one HTML file: no script, no outside asset, prints as it stands.</summary>
public static class ConsultationReportHtml
{
    public static string Write(ConsultationReport report, string language)
    {
        ArgumentNullException.ThrowIfNull(report);
        Texts texts = ConsultationTexts.For(language);
        var html = new StringBuilder();
        html.Append(
            $"""
            <!doctype html>
            <html lang="{texts.Language}" dir="{(texts.IsRightToLeft ? "rtl" : "ltr")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Spoken.Html(report.Title)} · {texts.Html("consultation.form")}</title>
            <style>{ReportHtml.Style}</style>
            </head>
            <body class="report">
            <main>
            <header>
            <p class="form">{texts.Html("consultation.form")}</p>
            <h1 dir="auto">{Spoken.Html(report.Title)}</h1>
            </header>

            """
        );
        foreach (ConsultationBlock block in ConsultationBlocks.Of(report, texts))
        {
            Block(html, block);
        }

        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Block(StringBuilder html, ConsultationBlock block)
    {
        switch (block)
        {
            case Head head:
                html.Append(
                    $"<h{head.Level} id=\"{Spoken.Html(head.Anchor)}\">{Spoken.Html(head.Text)}</h{head.Level}>\n"
                );
                break;
            case Told told:
                html.Append(
                    told.IsCaution
                        ? $"<p class=\"caution\">{Spoken.Html(told.Text)}</p>\n"
                        : $"<p class=\"quiet\">{Spoken.Html(told.Text)}</p>\n"
                );
                break;
            case Wrote said:
                html.Append(
                    $"<p dir=\"auto\">{Spoken.Html(said.Text).Replace("\n", "<br>\n", StringComparison.Ordinal)}</p>\n"
                );
                break;
            case Listed listed:
                html.Append(
                    $"<div class=\"scroll\"><table>\n<caption>{Spoken.Html(listed.Title)}</caption>\n<thead><tr>"
                );
                html.AppendJoin(
                        "",
                        listed.Columns.Select(column =>
                            $"<th scope=\"col\">{Spoken.Html(column)}</th>"
                        )
                    )
                    .Append("</tr></thead>\n<tbody>\n");
                foreach (IReadOnlyList<string> row in listed.Rows)
                {
                    html.Append("<tr>")
                        .AppendJoin(
                            "",
                            row.Select(cell => $"<td dir=\"auto\">{Spoken.Html(cell)}</td>")
                        )
                        .Append("</tr>\n");
                }

                html.Append("</tbody></table></div>\n");
                break;
        }
    }
}
