using Breakwater.App.Responding;
using Breakwater.Decisions;
using Breakwater.Vocabulary;

namespace Breakwater.App.Api;

/// <summary>Warns of work that looks as if it were done twice.</summary>
internal sealed class OverlapRoutes(OverlapsOnRecord overlaps, Callers callers)
{
    private static readonly Problem _busy = new(
        "urn:breakwater:problem:busy",
        "Others are looking already",
        StatusCodes.Status503ServiceUnavailable,
        "It looks at all that is under way, for one reader at a time. Ask again in 10 s."
    );

    public void Map(IEndpointRouteBuilder site) =>
        site.Get($"{SubjectRoutes.Root}/overlaps", Find)
            .WithMetadata(
                new Described(null, null, "find-overlaps") { Roles = OverlapsOnRecord.Roles }
            )
            .WithName("find-overlaps")
            .WithTags("overlaps")
            .Produces<OverlapsFound>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private async Task Find(HttpContext context)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        if (caller.WhyNotLook(OverlapsOnRecord.Roles) is { } refused)
        {
            await refused.Send(context).ConfigureAwait(false);
            return;
        }

        OverlapsFound? found = await overlaps
            .For(caller.ReaderOf, context.RequestAborted)
            .ConfigureAwait(false);
        if (found is null)
        {
            context.Response.Headers.RetryAfter = "10";
            await _busy.Send(context).ConfigureAwait(false);
            return;
        }

        await context
            .Response.WriteAsJsonAsync(found, Json.Compact, context.RequestAborted)
            .ConfigureAwait(false);
    }
}
