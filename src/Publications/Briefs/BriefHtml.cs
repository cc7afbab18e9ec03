using System.Text;

namespace Breakwater.Publications.Briefs;

/// <summary>Writes a brief as one HTML file: no script, no outside asset, prints as it stands.</summary>
public static class BriefHtml
{
    public static string Style { get; } = ReportHtml.Style + Css();

    /// <param name="isCarried">
    /// True for one that is read away from the node, from a copy or on paper: it leads to how to contest, and not to a form that is not there.
    /// </param>
    public static string Write(Brief brief, bool isCarried = false)
    {
        ArgumentNullException.ThrowIfNull(brief);
        Texts texts = BriefTexts.For(brief.Language);
        var html = new StringBuilder();
        html.Append(
            $"""
            <!doctype html>
            <html lang="{texts.Language}" dir="{(texts.IsRightToLeft ? "rtl" : "ltr")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{Spoken.Html(Stripped(texts.Plain(brief.Title)))} · {texts.Html(
                "brief.form"
            )}</title>
            <style>{Style}</style>
            </head>
            <body class="report brief">
            <main>

            """
        );
        html.Append(Body(brief, isCarried));
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static string Body(Brief brief, bool isCarried)
    {
        ArgumentNullException.ThrowIfNull(brief);
        Texts texts = BriefTexts.For(brief.Language);
        var marks = new BriefMarks(brief);
        var html = new StringBuilder();
        html.Append("<header>\n<p class=\"form\">")
            .Append(texts.Html("brief.form"))
            .Append("</p>\n<h1>")
            .Append(texts.Html(brief.Title))
            .Append("</h1>\n<div class=\"banner notices\" role=\"note\">\n")
            .Append($"<p id=\"{brief.Notices[0].Id}\">")
            .Append(Told(brief.Notices[0], marks, texts))
            .Append("</p>\n<ul>\n");
        foreach (Sentence notice in brief.Notices.Skip(1))
        {
            html.Append($"<li id=\"{notice.Id}\">{Told(notice, marks, texts)}</li>\n");
        }

        html.Append("</ul>\n</div>\n</header>\n");
        foreach (BriefSection section in brief.Sections)
        {
            html.Append(
                $"<section id=\"{section.Key}\" class=\"{(section.Key == "short" ? "headline" : $"part-{section.Key}")}\" aria-labelledby=\"{section.Key}-h\">\n<h2 id=\"{section.Key}-h\">{texts.Html($"brief.section.{section.Key}")}</h2>\n"
            );
            foreach (BriefBlock block in section.Blocks)
            {
                Block(html, block, brief, marks, texts, isCarried);
            }

            html.Append("</section>\n");
            if (section.Key == "short")
            {
                Contents(html, brief, texts);
            }
        }

        return html.Append("<footer><p>")
            .Append(texts.Html("brief.end"))
            .Append("</p></footer>\n")
            .ToString();
    }

    private static void Block(
        StringBuilder html,
        BriefBlock block,
        Brief brief,
        BriefMarks marks,
        Texts texts,
        bool isCarried
    )
    {
        switch (block)
        {
            case Titled titled:
                string anchor = titled.Anchor.Length > 0 ? $" id=\"{titled.Anchor}\"" : "";
                html.Append(
                    $"<h{titled.Level}{anchor}>{texts.Html(titled.Text)}</h{titled.Level}>\n"
                );
                break;
            case Sentence sentence:
                html.Append(
                    $"<p id=\"{sentence.Id}\"{Look(sentence.Tone)}>{Told(sentence, marks, texts)}</p>\n"
                );
                break;
            case Points points:
                html.Append("<ul>\n");
                foreach (Sentence point in points.Sentences)
                {
                    html.Append($"<li id=\"{point.Id}\">{Told(point, marks, texts)}</li>\n");
                }

                html.Append("</ul>\n");
                break;
            case Grid grid:
                Table(html, grid, marks, texts);
                break;
            case Contests contests:
                Contest(html, contests, texts, isCarried);
                break;
        }
    }

    private static void Table(StringBuilder html, Grid grid, BriefMarks marks, Texts texts)
    {
        string title = texts.Html(grid.Title);
        html.Append(
            $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Spoken.Html(texts.Plain(grid.Title))}\">\n<table class=\"cards\" role=\"table\">\n<caption>{title}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">"
        );
        foreach (Word column in grid.Columns)
        {
            html.Append($"<th scope=\"col\" role=\"columnheader\">{texts.Html(column)}</th>");
        }

        html.Append("</tr></thead>\n<tbody role=\"rowgroup\">\n");
        foreach (GridRow row in grid.Rows)
        {
            string id = row.Anchor.Length > 0 ? row.Anchor : row.Id;
            html.Append($"<tr id=\"{id}\" role=\"row\">");
            HashSet<string> known = [row.Anchor];
            for (int i = 0; i < row.Cells.Count; i++)
            {
                string label = Spoken.Html(texts.Plain(grid.Columns[i]));
                (string cell, IReadOnlySet<string> anchors) = marks.Linked(
                    texts.Html(row.Cells[i])
                );
                known.UnionWith(anchors);
                string reference =
                    i == row.Cells.Count - 1
                        ? $" {Reference(id, row.Trace, null, marks, known)}"
                        : "";
                // On a small screen, where each row is a card, an empty cell is only a line to read past.
                string none = row.Cells[i] is Said { Key: "not-of-this-row" }
                    ? " class=\"none\""
                    : "";
                html.Append(
                    $"<td role=\"cell\" data-label=\"{label}\"{none}><div>{cell}{reference}</div></td>"
                );
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
    }

    /// <summary>One address for each reading: what is contested is one body's finding and not the rule as such.</summary>
    private static void Contest(StringBuilder html, Contests contests, Texts texts, bool isCarried)
    {
        html.Append($"<p class=\"quiet contest\">{texts.Html("contest.this")} ");
        html.AppendJoin(
            " · ",
            contests.Readings.Select(reading =>
                $"<a href=\"{(isCarried ? "#sources" : Spoken.Html(reading.Address))}\">{texts.Html(new Code(reading.Profile))}</a>"
            )
        );
        html.Append("</p>\n");
    }

    private static void Contents(StringBuilder html, Brief brief, Texts texts)
    {
        html.Append($"<nav aria-label=\"{texts.Html("report.contents")}\"><ul>\n");
        foreach (BriefSection section in brief.Sections.Skip(1))
        {
            html.Append(
                $"<li><a href=\"#{section.Key}\">{texts.Html($"brief.section.{section.Key}")}</a></li>\n"
            );
        }

        html.Append("</ul></nav>\n");
    }

    private static string Told(Sentence sentence, BriefMarks marks, Texts texts)
    {
        (string text, IReadOnlySet<string> known) = marks.Linked(texts.Html(sentence.Text));
        return $"{text} {Reference(sentence.Id, sentence.Trace, sentence.About, marks, known)}";
    }

    private static string Reference(
        string id,
        Trace trace,
        string? about,
        BriefMarks marks,
        IReadOnlySet<string> known
    )
    {
        (IReadOnlyList<(string Anchor, string Text)> links, int more) = marks.Of(
            trace,
            about,
            known
        );
        var html = new StringBuilder();
        html.Append(
            $"<span class=\"ref\" dir=\"ltr\"><a href=\"#{id}\" title=\"{Spoken.Html($"{id} = {BriefMarks.Spelled(trace)}")}\">¶</a>"
        );
        foreach ((string anchor, string text) in links)
        {
            html.Append($" <a href=\"#{anchor}\">{text}</a>");
        }

        return html.Append(more > 0 ? $" +{more}</span>" : "</span>").ToString();
    }

    private static string Look(Tone tone) =>
        tone switch
        {
            Tone.Caution => " class=\"caution\"",
            Tone.Quiet => " class=\"quiet\"",
            _ => "",
        };

    private static string Stripped(string text) => text.Trim('\u2068', '\u2069');

    private static string Css()
    {
        using var reader = new StreamReader(
            typeof(BriefHtml).Assembly.GetManifestResourceStream("brief.css")!
        );
        return reader.ReadToEnd();
    }
}
