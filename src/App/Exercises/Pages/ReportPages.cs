using System.Text;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages;
using Breakwater.App.Pages.Response;
using Breakwater.Preparedness.Exercises;
using Breakwater.Publications;
using Breakwater.Publications.AfterAction;
using Breakwater.Vocabulary;

namespace Breakwater.App.Exercises.Pages;

/// <summary>The after-action report: for players once the exercise has ended, for those who run it at any moment.</summary>
internal sealed class ReportPages(Callers callers, ExerciseNode node)
{
    public const string Path = "/exercise/report";

    /// <summary>How to get it, and the line by which another node takes the result over.</summary>
    public async Task Show(Visit visit)
    {
        if (await Report(visit).ConfigureAwait(false) is not { } report)
        {
            await Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("exercise.report")}</h1>\n")
            .Say(texts.Html("exercise.report.read"))
            .Items(
                PageTexts
                    .Languages.Select(language =>
                        $"<a href=\"{Path}.html?lang={language}\" lang=\"{language}\">{PageTexts.For(language).Html("language.name")}</a>"
                    )
                    .Append($"<a href=\"{Path}.json\">JSON</a>")
            );
        string? line = await Reporting
            .Signed(node.Records, report, node.Clock.GetCurrentInstant(), visit.Cancel)
            .ConfigureAwait(false);
        if (line is null)
        {
            page.Say(texts.Html("exercise.report.open"), "caution");
        }
        else
        {
            page.Say(texts.Html("exercise.report.take"))
                .Raw(
                    $"<h2>{texts.Html("field.verifier")}</h2>\n<pre class=\"once\" dir=\"ltr\" tabindex=\"0\">{Spoken.Html(node.Records.Node.ToString())}</pre>\n<h2>{texts.Html("field.note")}</h2>\n<pre class=\"once\" dir=\"ltr\" tabindex=\"0\">{Spoken.Html(line)}</pre>\n"
                );
        }

        await visit
            .Show(Layout.Page(texts, Path, texts.Plain("exercise.report"), page.ToString()))
            .ConfigureAwait(false);
    }

    public async Task Give(Visit visit)
    {
        string format = visit.Http.Request.RouteValues["format"] as string ?? "";
        if (
            format is not ("html" or "json")
            || await Report(visit).ConfigureAwait(false) is not { } report
        )
        {
            await Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        visit.Http.Response.Headers.CacheControl = "no-store";
        await (
            format == "html"
                ? Answer.Report(visit.Http, Encoding.UTF8.GetBytes(Html(report, visit.Texts)))
                : Answer.Send(
                    visit.Http,
                    StatusCodes.Status200OK,
                    "application/json; charset=utf-8",
                    AfterActionJson.Write(report)
                )
        ).ConfigureAwait(false);
    }

    public static string Html(AfterActionReport report, PageTexts texts) =>
        AfterActionHtml.Write(
            report,
            texts.Language,
            type =>
                texts.Keys.Contains($"event.{Members.Kebab(type)}")
                    ? texts.Plain($"event.{Members.Kebab(type)}")
                    : Members.Kebab(type).Replace('-', ' ')
        );

    private async Task<AfterActionReport?> Report(Visit visit)
    {
        Participant by = (await callers.Of(visit.Http).ConfigureAwait(false)).Participant;
        AfterActionReport report = await Reporting
            .Compose(node.Records, visit.Cancel)
            .ConfigureAwait(false);
        return
            report.State == RunState.Ended
            || (by.Organisation == ExerciseCharter.Control && by.Is(Role.Operator))
            ? report
            : null;
    }
}
