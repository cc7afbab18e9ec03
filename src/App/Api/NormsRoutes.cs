using Breakwater.App.Law;
using Breakwater.App.Pages.Response;
using Breakwater.App.Subjects;
using Breakwater.Decisions.FactSheets;
using Breakwater.Norms.Findings;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>What the law pack says of a fact sheet, in the shapes of <c>norms assess</c>, and what to ask next.</summary>
internal sealed class NormsRoutes(IRecords records, Callers callers, IClock clock)
{
    public const string FindingsName = "findings";
    public const string QuestionsName = "questions";

    private const int QuestionsMax = 20;

    private static readonly Problem _noDay = Problem.Query(
        "as-of is no day that has come. Write 2020-04-22."
    );
    private static readonly Problem _noRespondent = Problem.Query(
        "respondent is one of field, documenter, desk."
    );

    public void Map(IEndpointRouteBuilder site)
    {
        SubjectKind sheets = Catalogue.Known.Of(FactSheetFile.Kind)!;
        string one = $"{SubjectRoutes.Root}/{sheets.Plural}/{{id}}";
        site.Get($"{one}/findings", Findings)
            .Describe(sheets, FindingsName, typeof(object))
            .ProducesProblem(StatusCodes.Status400BadRequest);
        site.Get($"{one}/questions", Questions)
            .Describe(sheets, QuestionsName, typeof(object))
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private Task Findings(HttpContext context) =>
        Ask(context, (_, assessed) => AssessDocument.Of(assessed, positions: null));

    /// <summary>A question that may not be put to the respondent is not in it: its words alone can do harm.</summary>
    private Task Questions(HttpContext context)
    {
        string asked = context.Request.Query["respondent"].ToString();
        RespondentRole? respondent =
            asked.Length == 0
                ? RespondentRole.Documenter
                : Enum.GetValues<RespondentRole>()
                    .Where(role => Members.Kebab(role.ToString()) == asked)
                    .Select(role => (RespondentRole?)role)
                    .FirstOrDefault();
        return respondent is { } role
            ? Ask(
                context,
                (file, assessed) =>
                    new
                    {
                        respondent = role,
                        questions = SheetAssessed
                            .Questions(file, assessed, role)
                            .Take(QuestionsMax)
                            .Select(AssessDocument.QuestionOf),
                    }
            )
            : _noRespondent.Send(context);
    }

    private async Task Ask(HttpContext context, Func<FactSheetFile, Assessed, object> tell)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        Instant now = clock.GetCurrentInstant();
        string id = (string)context.Request.RouteValues["id"]!;
        if (
            await records.Document($"{FactSheetFile.Kind}/{id}").ConfigureAwait(false)
                is not { } document
            || !Representation.May(caller.Reader, document, now)
        )
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        string given = context.Request.Query["as-of"].ToString();
        LocalDate? day = given.Length > 0 ? SheetAssessed.Day(given, now) : null;
        if (given.Length > 0 && day is null)
        {
            await _noDay.Send(context).ConfigureAwait(false);
            return;
        }

        FactSheetFile file = SubjectKind<FactSheetFile, FactSheetEvent>.Read(document.Body);
        if (SheetAssessed.Of(file, day) is not { } assessed)
        {
            await Problem.NoLaw.Send(context).ConfigureAwait(false);
            return;
        }

        Representation.ForOneReader(context.Response);
        await context
            .Response.WriteAsJsonAsync(tell(file, assessed), Json.Compact, context.RequestAborted)
            .ConfigureAwait(false);
    }
}
