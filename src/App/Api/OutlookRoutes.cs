using Breakwater.App.Responding;
using Breakwater.App.Subjects;
using Breakwater.Needs.Baselines;
using Breakwater.Vocabulary;

namespace Breakwater.App.Api;

/// <summary>
/// What is worked out from what is on record: which sites go dark first, and whom a response has reached. What is not known stands
/// apart, never at the end of an order and never as zero.
/// </summary>
internal sealed class OutlookRoutes(DarkForecast forecast, ReachOnRecord reach, Callers callers)
{
    public void Map(IEndpointRouteBuilder site)
    {
        // It says of sites what baselines say, so a token for baselines reads it.
        site.Get($"{SubjectRoutes.Root}/fuel-forecast", Forecast)
            .WithMetadata(new Described(Catalogue.Known.Of(Baseline.Kind), null, "fuel-forecast"))
            .WithName("fuel-forecast")
            .WithTags("fuel")
            .Produces<DarkOrder>();
        SubjectKind responses = Catalogue.Known.Of(
            KindName.Of<Decisions.Response, Decisions.ResponseEvent>()
        )!;
        site.Get($"{SubjectRoutes.Root}/{responses.Plural}/{{id}}/reach", Reach)
            .WithMetadata(new Described(responses, null, "reach"))
            .WithName("reach")
            .WithTags(responses.Plural)
            .Produces<ReachSoFar>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private async Task Forecast(HttpContext context)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        await Answer(context, await forecast.For(caller.ReaderOf).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    private async Task Reach(HttpContext context)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        string id = (string)context.Request.RouteValues["id"]!;
        ReachSoFar? told = await reach.For(id, caller.ReaderOf).ConfigureAwait(false);
        await (
            told is null ? Problem.NotFound.Send(context) : Answer(context, told)
        ).ConfigureAwait(false);
    }

    private static Task Answer<T>(HttpContext context, T told)
    {
        Representation.ForOneReader(context.Response);
        return context.Response.WriteAsJsonAsync(told, Json.Compact, context.RequestAborted);
    }
}
