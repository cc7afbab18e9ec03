using System.Text;
using Breakwater.Preparedness.Exercises;

namespace Breakwater.Publications.AfterAction;

/// <summary>The report as one HTML file that prints as it stands.</summary>
public static class AfterActionHtml
{
    private const int EventsShown = 12;

    private static readonly Dictionary<string, Texts> _byLanguage = Texts.AllOf("after-action");

    /// <param name="named">What a type of event is called in the language, as plain text.</param>
    public static string Write(
        AfterActionReport report,
        string language,
        Func<string, string> named
    )
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(named);
        var texts = Texts.For(language, _byLanguage);
        string title =
            report.Titles.GetValueOrDefault(texts.Language)
            ?? report.Titles.GetValueOrDefault("en")
            ?? report.Scenario;
        var html = new StringBuilder();
        html.Append(
            $"""
            <!doctype html>
            <html lang="{texts.Language}" dir="{(texts.IsRightToLeft ? "rtl" : "ltr")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{Spoken.Html(
                Spoken.Plain(title)
            )} · {texts.Html("after.form")}</title>
            <style>{ReportHtml.Style}</style>
            </head>
            <body class="report">
            <main>
            <header>
            <p class="banner exercise" role="note">{texts.Html("banner.exercise")}</p>
            <p class="form">{texts.Html("after.form")}</p>
            <h1>{Spoken.Html(Spoken.Plain(title))}</h1>
            <p class="under">{texts.Html(
                new Said(
                    "after.under",
                    ("node", new Code(report.Node)),
                    ("from", new Moment(report.StartedAt)),
                    ("to", new Moment(report.ReportedAt)),
                    ("n", new Count(report.Size))
                )
            )}</p>

            """
        );
        html.Append(
            report.BranchOf is { } parent
                ? $"<p>{texts.Html(new Said("after.branch", ("node", new Code(parent))))}</p>\n"
                : ""
        );
        html.Append(
            $"<p>{texts.Html(report.State == RunState.Ended ? new Said("after.ended", ("why", new Free(report.EndReason))) : new Said("after.open"))}</p>\n</header>\n"
        );
        Section(html, texts, "figures");
        html.Append(
            $"<p>{texts.Html(report.Truth is { } truth ? new Said("after.truth", ("what", new Free(truth.What)), ("onset", Word.Of(truth.Onset)), ("source", new Free(truth.Source))) : new Said("after.truth.unknown"))}</p>\n<dl class=\"facts\">\n"
        );
        foreach (AfterActionFigure figure in report.Figures)
        {
            html.Append(
                $"<div id=\"{figure.Key}\"{(figure.At is null || figure.IsInTime(report.ReportedAt) == false ? " class=\"caution\"" : "")}><dt>{texts.Html($"after.figure.{figure.Key}")}</dt><dd>{Took(figure, texts)} {Events(figure.Events)}{Expected(figure, report, texts)}</dd></div>\n"
            );
        }

        html.Append("</dl>\n</section>\n");
        Section(html, texts, "missed");
        Table(
            html,
            texts,
            "after.missed",
            ["after.what", "after.subject", "after.at", "after.events"],
            report.Missed.Select(one =>
                (string[])
                    [
                        Spoken.Html(named(one.What)),
                        one.What == MissedMoment.Expected
                            ? texts.Html($"after.figure.{one.Subject}")
                            : texts.Html(new Code(one.Subject)),
                        texts.Html(new Moment(one.At)),
                        one.Event is { } sequence ? Events([sequence]) : "",
                    ]
            )
        );
        html.Append("</section>\n");
        Section(html, texts, "roles");
        Table(
            html,
            texts,
            "after.roles",
            [
                "after.role",
                "after.people",
                "after.acts",
                "after.first",
                "after.last",
                "after.events",
            ],
            report.Roles.Select(role =>
                (string[])
                    [
                        texts.Html(Word.Of("after.role", role.Role)),
                        role.People.Count == 0
                            ? texts.Html("after.nobody")
                            : texts.Html(new Listed([.. role.People.Select(p => new Code(p))])),
                        role.Count == 0
                            ? texts.Html("after.never")
                            : string.Join(
                                "<br>",
                                role.Acts.Select(act =>
                                    $"{Spoken.Html(named(act.Type))} × {texts.Html(new Count(act.Count))}"
                                )
                            ),
                        role.First is { } first ? texts.Html(new Moment(first)) : "—",
                        role.Last is { } last ? texts.Html(new Moment(last)) : "—",
                        Events(role.Events),
                    ]
            )
        );
        html.Append("</section>\n");
        Section(html, texts, "unseen");
        Table(
            html,
            texts,
            "after.unseen",
            ["after.what", "after.id", "after.at", "after.role"],
            report.NeverSeen.Select(one =>
                (string[])
                    [
                        texts.Html($"after.unseen.{one.Kind}"),
                        texts.Html(new Code(one.Id)),
                        one.Since is { } since ? texts.Html(new Moment(since)) : "—",
                        texts.Html(
                            one.Roles.Count == 0
                                ? new Said("after.everybody")
                                : new Listed([
                                    .. one.Roles.Select(role => Word.Of("after.role", role)),
                                ])
                        ),
                    ]
            )
        );
        html.Append("</section>\n");
        Section(html, texts, "injects");
        Table(
            html,
            texts,
            "after.injects",
            ["after.id", "after.at", "after.state", "after.text", "after.outcome"],
            report.Injects.Select(one =>
                (string[])
                    [
                        texts.Html(new Code(one.Inject.Id)),
                        texts.Html(new Moment(one.FiredAt ?? one.Inject.At)),
                        texts.Html(Word.Of("after.inject", one.State)),
                        texts.Html(new Translated(one.Inject.Text["en"], one.Inject.Text)),
                        one.Outcome.Length == 0 ? "—" : texts.Html(new Free(one.Outcome)),
                    ]
            )
        );
        return html.Append("</section>\n<footer><p>")
            .Append(texts.Html("after.end"))
            .Append("</p></footer>\n</main>\n</body>\n</html>\n")
            .ToString();
    }

    private static string Took(AfterActionFigure figure, Texts texts) =>
        figure switch
        {
            { At: null } => texts.Html("after.never"),
            { Took: { } took, At: { } at } => texts.Html(
                new Said(
                    "after.took",
                    ("hours", new Count((long)took.TotalHours)),
                    ("minutes", new Count(took.Minutes)),
                    ("at", new Moment(at))
                )
            ),
            { At: { } at } => texts.Html(new Moment(at)),
        };

    /// <summary>By when the plan expected it, and whether it came by then.</summary>
    private static string Expected(
        AfterActionFigure figure,
        AfterActionReport report,
        Texts texts
    ) =>
        figure.ExpectedBy is not { } by
            ? ""
            : $"<br>{texts.Html(new Said(figure.IsInTime(report.ReportedAt) switch { true => "after.expected.kept", false => "after.expected.missed", null => "after.expected" }, ("at", new Moment(by))))}";

    /// <summary>Where in the ledger it stands.</summary>
    private static string Events(IReadOnlyList<long> events) =>
        events.Count == 0
            ? ""
            : $"<span class=\"ref\" dir=\"ltr\">{string.Join(" ", events.Take(EventsShown).Select(sequence => $"#{sequence.ToString(System.Globalization.CultureInfo.InvariantCulture)}"))}{(events.Count > EventsShown ? " …" : "")}</span>";

    private static void Section(StringBuilder html, Texts texts, string key) =>
        html.Append(
            $"<section id=\"{key}\" aria-labelledby=\"{key}-h\">\n<h2 id=\"{key}-h\">{texts.Html($"after.section.{key}")}</h2>\n"
        );

    private static void Table(
        StringBuilder html,
        Texts texts,
        string caption,
        IReadOnlyList<string> columns,
        IEnumerable<string[]> rows
    )
    {
        string[][] all = [.. rows];
        if (all.Length == 0)
        {
            html.Append($"<p>{texts.Html($"{caption}.none")}</p>\n");
            return;
        }

        html.Append(
            $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{texts.Html(caption)}\">\n<table class=\"cards\">\n<caption>{texts.Html(caption)}</caption>\n<thead><tr>"
        );
        foreach (string column in columns)
        {
            html.Append($"<th scope=\"col\">{texts.Html(column)}</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (string[] row in all)
        {
            html.Append("<tr>");
            for (int i = 0; i < columns.Count; i++)
            {
                html.Append(
                    $"<td data-label=\"{texts.Html(columns[i])}\"><div>{row[i]}</div></td>"
                );
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
    }
}
