using Breakwater.App.Responding;
using Breakwater.Decisions;
using Breakwater.Vocabulary;

namespace Breakwater.App.Api;

/// <summary>Warns of work that looks as if it were done twice.</summary>
internal sealed class OverlapRoutes(OverlapsOnRecord overlaps, Callers callers)
{
    public void Map(IEndpointRouteBuilder site) =>
        site.MapGet($"{SubjectRoutes.Root}/overlaps", (Delegate)Find)
            .WithMetadata(
                new Described(null, null, "find-overlaps") { Roles = OverlapsOnRecord.Roles }
            )
            .WithName("find-overlaps")
            .WithTags("overlaps")
            .Produces<OverlapsFound>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private async Task Find(HttpContext context)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        if (caller.WhyNotLook(OverlapsOnRecord.Roles) is { } refused)
        {
            await refused.Send(context).ConfigureAwait(false);
            return;
        }

        await context
            .Response.WriteAsJsonAsync(
                await overlaps.For(caller.ReaderOf).ConfigureAwait(false),
                Json.Compact,
                context.RequestAborted
            )
            .ConfigureAwait(false);
    }
}
