using Breakwater.App.Responding;
using Breakwater.App.Subjects;
using Breakwater.Needs.Baselines;
using Breakwater.Vocabulary;

namespace Breakwater.App.Api;

/// <summary>Which sites go dark first. What is not known stands apart and never at the end of the order.</summary>
internal sealed class OutlookRoutes(DarkForecast forecast, Callers callers)
{
    public void Map(IEndpointRouteBuilder site)
    {
        // It says of sites what baselines say, so a token for baselines reads it.
        site.MapGet($"{SubjectRoutes.Root}/fuel-forecast", (Delegate)Forecast)
            .WithMetadata(new Described(Catalogue.Known.Of(Baseline.Kind), null, "fuel-forecast"))
            .WithName("fuel-forecast")
            .WithTags("fuel")
            .Produces<DarkOrder>();
    }

    private async Task Forecast(HttpContext context)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        await Answer(context, await forecast.For(caller.ReaderOf).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    private static Task Answer<T>(HttpContext context, T told) =>
        context.Response.WriteAsJsonAsync(told, Json.Compact, context.RequestAborted);
}
