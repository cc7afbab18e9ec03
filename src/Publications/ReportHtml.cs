using System.Text;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>Writes a report as one HTML file: no script, no outside asset, prints as it stands. Web pages use its parts.</summary>
public static class ReportHtml
{
    /// <summary>The whole look, for the one style element of a page.</summary>
    public static string Style { get; } = Css();

    public static string Write(
        Report report,
        Texts texts,
        string title,
        string id,
        string? cite = null
    )
    {
        var html = new StringBuilder();
        html.Append(
            $"""
            <!doctype html>
            <html lang="{texts.Language}" dir="{(texts.IsRightToLeft ? "rtl" : "ltr")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{Spoken.Html(Spoken.Plain(title))} · {Form(report, texts)}</title>
            <style>{Style}</style>
            </head>
            <body class="report">
            <main>

            """
        );
        Head(html, report, texts, title);
        foreach (Section section in report.Sections)
        {
            html.Append(Section(section, texts));
            if (section.Key == "headline")
            {
                Contents(html, report, texts);
            }
        }

        html.Append(cite)
            .Append("<footer><p>")
            .Append(texts.Html("report.end"))
            .Append("</p><p>")
            .Append(
                report.Form == SituationReport.Form
                    ? texts.Html("report.ref")
                    : $"Breakwater, {Form(report, texts)}"
            )
            .Append(" · ")
            .Append(texts.Html(new Code(id)))
            .Append(" · ")
            .Append(texts.Html(new Said("report.asof", ("at", new Moment(report.Front.AsOf)))))
            .Append("</p></footer>\n</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>One section with its heading.</summary>
    public static string Section(Section section, Texts texts)
    {
        var html = new StringBuilder();
        html.Append(
            $"<section id=\"{section.Key}\" class=\"{section.Key}\" aria-labelledby=\"{section.Key}-h\">\n<h2 id=\"{section.Key}-h\">{texts.Html($"section.{section.Key}")}</h2>\n"
        );
        bool isInFacts = false;
        for (int i = 0; i < section.Blocks.Count; i++)
        {
            Block block = section.Blocks[i];
            bool isFact = block is Para { Label: not null };
            if (isFact != isInFacts)
            {
                html.Append(isFact ? "<dl class=\"facts\">\n" : "</dl>\n");
                isInFacts = isFact;
            }

            if (
                block is MapFigure
                && i + 1 < section.Blocks.Count
                && section.Blocks[i + 1] is Table table
            )
            {
                html.Append("<div class=\"pair\">\n")
                    .Append(Block(block, texts))
                    .Append(Block(table, texts))
                    .Append("</div>\n");
                i++;
                continue;
            }

            html.Append(Block(block, texts));
        }

        return html.Append(isInFacts ? "</dl>\n" : "").Append("</section>\n").ToString();
    }

    /// <summary>One paragraph, table or figure as it stands in the report.</summary>
    public static string Block(Block block, Texts texts) =>
        block switch
        {
            Heading heading => $"<h3>{texts.Html(heading.Text)}</h3>\n",
            Para { Label: { } label } fact =>
                $"<div id=\"{fact.Id}\"{Look(fact.Tone)}><dt>{texts.Html($"label.{label}")}</dt><dd>{texts.Html(fact.Text)} {Reference(fact.Id, fact.Origins, texts)}</dd></div>\n",
            Para para =>
                $"<p id=\"{para.Id}\"{Look(para.Tone)}>{texts.Html(para.Text)} {Reference(para.Id, para.Origins, texts)}</p>\n",
            Table table => TableHtml.Write(table, texts),
            MapFigure map => Map(map, texts),
            TimelineFigure timeline => Timeline(timeline, texts),
            _ => throw new ArgumentOutOfRangeException(nameof(block), block, null),
        };

    /// <summary>A quiet mark beside what is said: how it came to be, and the code to ask for its chain.</summary>
    internal static string Reference(string id, IReadOnlyList<Origin> origins, Texts texts)
    {
        string how = string.Join(
            ", ",
            origins.Select(origin => texts.Html(Word.Of("origin", origin)))
        );
        string explain = Spoken.Html(texts.Plain(new Said("report.explain", ("id", new Code(id)))));
        return $"<span class=\"ref\">{(how.Length == 0 ? "" : $"<span class=\"origin\">{how}</span> ")}<a href=\"#{id}\" title=\"{explain}\"><bdi dir=\"ltr\">¶ {Ids.Short(id)}</bdi></a></span>";
    }

    private static string Look(Tone tone) =>
        tone switch
        {
            Tone.Caution => " class=\"caution\"",
            Tone.Quiet => " class=\"quiet\"",
            _ => "",
        };

    /// <summary>The form by name. A situation report is called so by the tables that every kind of document shares.</summary>
    private static string Form(Report report, Texts texts) =>
        texts.Html(report.Form == SituationReport.Form ? "report.form" : $"form.{report.Form}");

    private static void Head(StringBuilder html, Report report, Texts texts, string title)
    {
        Front front = report.Front;
        html.Append("<header>\n");
        if (front.IsExercise)
        {
            Banner(html, texts, "exercise");
        }

        if (front.Origin is Origin.Reconstructed or Origin.Modelled)
        {
            Banner(
                html,
                texts,
                front.Origin == Origin.Reconstructed ? "reconstructed" : "modelled"
            );
        }

        html.Append("<p class=\"form\">")
            .Append(Form(report, texts))
            .Append("</p>\n<h1>")
            .Append(texts.Html(Titled(front, texts, title)))
            .Append("</h1>\n<p class=\"under\">")
            .Append(texts.Html(new Said("report.asof", ("at", new Moment(front.AsOf)))))
            .Append(" · ")
            .Append(
                texts.Html(
                    new Said(
                        "report.for",
                        (
                            "audience",
                            new Term("audience", front.Audience.ToString().ToLowerInvariant())
                        )
                    )
                )
            )
            .Append(" · ")
            .Append(texts.Html("report.origins"))
            .Append("</p>\n</header>\n");
    }

    /// <summary>A title that the scenario has in this language is this language's own text; another is isolated.</summary>
    private static Word Titled(Front front, Texts texts, string title) =>
        front.Titles.ContainsKey(texts.Language) ? new Native(title) : new Free(title);

    private static void Banner(StringBuilder html, Texts texts, string key) =>
        html.Append($"<p class=\"banner {key}\">{texts.Html($"banner.{key}")}</p>\n");

    private static void Contents(StringBuilder html, Report report, Texts texts)
    {
        html.Append($"<nav aria-label=\"{texts.Html("report.contents")}\"><ul>\n");
        foreach (Section section in report.Sections.Skip(1))
        {
            html.Append(
                $"<li><a href=\"#{section.Key}\">{texts.Html($"section.{section.Key}")}</a></li>\n"
            );
        }

        html.Append("</ul></nav>\n");
    }

    private static string Map(MapFigure map, Texts texts) =>
        Figure(
            map.Id,
            texts.Html("map.title"),
            MapSvg.Draw(map, texts),
            [
                ("disc", texts.Html("map.legend.disc")),
                ("diamond", texts.Html("map.legend.unknown")),
                ("circle", texts.Html("map.legend.none")),
            ],
            texts.Html(new Said("map.attribution", ("source", new Free(map.Outline.Attribution)))),
            texts
        );

    private static string Timeline(TimelineFigure figure, Texts texts) =>
        Figure(
            figure.Id,
            texts.Html("timeline.title"),
            TimelineSvg.Draw(figure, texts),
            [
                ("gap", texts.Html("timeline.legend.gap")),
                ("onset", texts.Html("timeline.legend.onset")),
                ("end", texts.Html("timeline.legend.end")),
                ("return", texts.Html("timeline.legend.return")),
            ],
            texts.Html(TimelineSvg.Described(figure.Timeline)),
            texts
        );

    private static string Figure(
        string id,
        string title,
        string drawing,
        IReadOnlyList<(string Sign, string Meaning)> legend,
        string note,
        Texts texts
    )
    {
        var html = new StringBuilder();
        html.Append(
            $"<figure id=\"{id}\">\n<figcaption>{title} {Reference(id, [], texts)}</figcaption>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\">{drawing}</div>\n<ul class=\"legend\">\n"
        );
        foreach ((string sign, string meaning) in legend)
        {
            html.Append($"<li>{Legend.Sign(sign)}<span>{meaning}</span></li>\n");
        }

        return html.Append($"</ul>\n<p class=\"quiet\">{note}</p>\n</figure>\n").ToString();
    }

    private static string Css()
    {
        using var reader = new StreamReader(
            typeof(ReportHtml).Assembly.GetManifestResourceStream("report.css")!
        );
        return reader.ReadToEnd();
    }
}
