using System.Text;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Law;
using Breakwater.App.Pages.Response;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;
using Breakwater.Publications.Briefs;
using NodaTime;

namespace Breakwater.App.Pages.Law;

/// <summary>The legal brief of a fact sheet as a document to read, print and hand on, in the language that the address asks for.</summary>
internal sealed class BriefDoor(Callers callers, Response.Reading reading)
{
    public const string Path = "/fact-sheets/{id}/brief.{format}";

    private static readonly string[] _formats = ["html", "md", "json"];

    public async Task Show(Visit visit)
    {
        if (await AskedSheet.Of(visit, callers, reading).ConfigureAwait(false) is not { } sheet)
        {
            return;
        }

        string given = visit.Http.Request.Query["as-of"].ToString();
        LocalDate? day = SheetAssessed.Day(given, reading.Now);
        if (
            visit.Http.Request.RouteValues["format"] is not string format
            || !_formats.Contains(format)
            || (given.Length > 0 && day is null)
        )
        {
            await Response.Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        Assessed assessed = SheetAssessed.Of(sheet.File, day)!;
        Brief brief = LegalBrief.Compose(
            assessed,
            LawAtHand.Read.Texts,
            // Nobody knows who will read it, so it holds no question that a documenter may not put.
            AssessDocument.Questions(assessed, Respondent.Documenter),
            PositionsFromFindings.Of(assessed),
            visit.Texts.Language,
            sheet.Seen.Subject
        );
        HttpResponse response = visit.Http.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition =
            $"{(format == "html" ? "inline" : "attachment")}; filename=\"brief-{visit.Texts.Language}.{format}\"";
        await (
            format switch
            {
                "html" => Answer.Report(visit.Http, Encoding.UTF8.GetBytes(BriefHtml.Write(brief))),
                "md" => Send("text/markdown; charset=utf-8", BriefMarkdown.Write(brief)),
                _ => Send("application/json; charset=utf-8", BriefJson.Write(brief)),
            }
        ).ConfigureAwait(false);

        Task Send(string type, string text) =>
            Answer.Send(visit.Http, StatusCodes.Status200OK, type, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>A row of formats for each language.</summary>
    public static void Links(Markup page, Seen seen, string day)
    {
        page.Head("brief", page.Texts.Html("norms.brief"));
        page.Say(page.Texts.Html("norms.brief.is"), "quiet");
        page.Items(
            PageTexts.Languages.Select(language =>
                $"<span lang=\"{language}\">{PageTexts.For(language).Html("language.name")}</span>: {string.Join(" · ", _formats.Select(format => $"<a href=\"{seen.Path}/brief.{format}?lang={language}{(day.Length > 0 ? $"&amp;as-of={day}" : "")}\">{page.Texts.Html($"norms.brief.{format}")}</a>"))}"
            )
        );
    }
}
