using Breakwater.App.Gaps.Matrix;
using Breakwater.App.Law;
using Breakwater.App.Pages.Resilience;
using Breakwater.App.Resilience;
using Breakwater.Preparedness.Gaps;
using Breakwater.Preparedness.Resilience;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>One country of the index, with what would raise it most.</summary>
internal sealed record CountryIndex(
    string Set,
    string Version,
    LocalDate AsOf,
    CountryResilience Country,
    Improvements Improvements
);

/// <summary>The resilience index and the gap matrix, as far as the reader may see what they are made from.</summary>
internal sealed class ResilienceRoutes(
    Callers callers,
    IndexOnRecord index,
    MatrixOnRecord matrix,
    IClock clock
)
{
    public void Map(IEndpointRouteBuilder site)
    {
        site.Get($"{SubjectRoutes.Root}/index", Index)
            .WithMetadata(new Described(null, null, "list"))
            .WithName("list-index")
            .WithTags("index")
            .WithDescription(
                "Countries in the order of their codes; ?as-of=2026-06-30 for another day."
            )
            .Produces<ResilienceIndex>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        site.Get($"{SubjectRoutes.Root}/index/{{country}}", Country)
            .WithMetadata(new Described(null, null, "read"))
            .WithName("read-index")
            .WithTags("index")
            .Produces<CountryIndex>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        site.Get($"{SubjectRoutes.Root}/gap-matrix", Matrix)
            .WithMetadata(new Described(null, null, "read"))
            .WithName("read-gap-matrix")
            .WithTags("gap-matrix")
            .WithDescription("?country=SD for one country.")
            .Produces<GapMatrix>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private async Task Index(HttpContext context)
    {
        if (await Seen(context).ConfigureAwait(false) is { } seen)
        {
            await Answer(context, seen.Index).ConfigureAwait(false);
        }
    }

    private async Task Country(HttpContext context)
    {
        if (await Seen(context).ConfigureAwait(false) is not { } seen)
        {
            return;
        }

        string? code = Countries.OfCode((string)context.Request.RouteValues["country"]!);
        await (
            code is not null
                ? Answer(
                    context,
                    new CountryIndex(
                        seen.Index.Set,
                        seen.Index.Version,
                        seen.Index.AsOf,
                        seen.Of(code),
                        Improvements.Of(seen.Set, seen.Of(code), seen.Index.AsOf)
                    )
                )
                : Problem.NotFound.Send(context)
        ).ConfigureAwait(false);
    }

    private async Task Matrix(HttpContext context)
    {
        string given = context.Request.Query["country"].ToString();
        string? country = Countries.OfCode(given);
        if (given.Length > 0 && country is null)
        {
            await Problem.NoCountry.Send(context).ConfigureAwait(false);
            return;
        }

        Caller caller = await callers.Of(context).ConfigureAwait(false);
        await Answer(
                context,
                await matrix
                    .For(ResilienceDoor.ReaderOf(caller), country, context.RequestAborted)
                    .ConfigureAwait(false)
            )
            .ConfigureAwait(false);
    }

    /// <returns>Null after the caller was told that the day is none.</returns>
    private async Task<IndexSeen?> Seen(HttpContext context)
    {
        string given = context.Request.Query["as-of"].ToString();
        LocalDate? day = SheetAssessed.Day(given, clock.GetCurrentInstant());
        if (given.Length > 0 && day is null)
        {
            await Problem
                .Malformed("as-of is no day that has come. Write 2026-06-30.")
                .Send(context)
                .ConfigureAwait(false);
            return null;
        }

        Caller caller = await callers.Of(context).ConfigureAwait(false);
        return await index
            .For(ResilienceDoor.ReaderOf(caller), day ?? index.Today, context.RequestAborted)
            .ConfigureAwait(false);
    }

    private static Task Answer<T>(HttpContext context, T told)
    {
        Representation.ForOneReader(context.Response);
        return context.Response.WriteAsJsonAsync(told, Json.Compact, context.RequestAborted);
    }
}
