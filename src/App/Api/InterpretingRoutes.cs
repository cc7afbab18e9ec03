using System.Globalization;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Contesting;
using Breakwater.Decisions.Interpreting;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>What follows from common positions and contests: the difference between two versions, and how contests end.</summary>
internal sealed class InterpretingRoutes(IRecords records, Callers callers, IClock clock)
{
    public const string DiffName = "diff";

    private static readonly Problem _noNumber = Problem.Malformed(
        "A version is named by its number, such as from=1&to=2."
    );

    public void Map(IEndpointRouteBuilder site)
    {
        SubjectKind positions = Catalogue.Known.Of(CommonPosition.Kind)!;
        site.Get($"{SubjectRoutes.Root}/{positions.Plural}/{{id}}/diff", Diff)
            .Describe(positions, DiffName, typeof(VersionDiff))
            .ProducesProblem(StatusCodes.Status400BadRequest);
        site.Get($"{SubjectRoutes.Root}/contest-rates", Rates)
            .WithMetadata(new Described(Catalogue.Known.Of(Contest.Kind), null, "contest-rates"))
            .WithName("contest-rates")
            .WithTags("contests")
            .Produces<ContestRates>();
    }

    private async Task Diff(HttpContext context)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        string id = (string)context.Request.RouteValues["id"]!;
        if (
            await records.Document($"{CommonPosition.Kind}/{id}").ConfigureAwait(false)
                is not { } document
            || !Representation.May(caller.Reader, document, clock.GetCurrentInstant())
        )
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        CommonPosition position = SubjectKind<CommonPosition, CommonPositionEvent>.Read(
            document.Body
        );
        int latest = position.Versions.Count;
        if (
            Number(context, "to", latest) is not { } to
            || Number(context, "from", Math.Max(1, to - 1)) is not { } from
        )
        {
            await _noNumber.Send(context).ConfigureAwait(false);
            return;
        }

        await (
            position.Diff(from, to) is { } diff
                ? Answer(context, diff)
                : Problem.NotFound.Send(context)
        ).ConfigureAwait(false);
    }

    private async Task Rates(HttpContext context)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        Instant now = clock.GetCurrentInstant();
        await Answer(
                context,
                ContestRates.Of([
                    .. (await records.AllOf(Contest.Kind).ConfigureAwait(false))
                        .Where(document => Representation.May(caller.Reader, document, now))
                        .Select(document => SubjectKind<Contest, ContestEvent>.Read(document.Body)),
                ])
            )
            .ConfigureAwait(false);
    }

    private static int? Number(HttpContext context, string name, int otherwise) =>
        context.Request.Query[name].ToString() is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
        : null;

    private static Task Answer<T>(HttpContext context, T told)
    {
        Representation.ForOneReader(context.Response);
        return context.Response.WriteAsJsonAsync(told, Json.Compact, context.RequestAborted);
    }
}
