using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Api;

/// <param name="Sha256">Lower-case hexadecimal; name the octets by it from now on.</param>
internal sealed record EvidenceKept(string Sha256, long Octets);

/// <summary>Takes octets in as evidence. What they mean is said by whoever names them.</summary>
internal sealed class EvidenceRoutes(IRecords records, Callers callers)
{
    /// <summary>A year of half-hourly values of a country has about 2 MiB.</summary>
    public const int OctetsMax = 64 << 20;

    public static IReadOnlyList<Role> Roles { get; } = [Role.Analyst];

    public void Map(IEndpointRouteBuilder site) =>
        site.MapPost($"{SubjectRoutes.Root}/evidence", (Delegate)Keep)
            .WithMetadata(
                new Described(null, null, "keep-evidence") { Roles = Roles, IsSameAgain = true }
            )
            .WithName("keep-evidence")
            .WithTags("evidence")
            .Accepts<IFormFile>("application/octet-stream")
            .Produces<EvidenceKept>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    private async Task Keep(HttpContext context)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        if (caller.WhyNot("input-file", Roles) is { } refused)
        {
            await refused.Send(context).ConfigureAwait(false);
            return;
        }

        RequestBody.Widen(context, OctetsMax);
        (byte[] octets, bool isWhole) = await RequestBody
            .Octets(context, OctetsMax)
            .ConfigureAwait(false);
        if (!isWhole || octets.Length == 0)
        {
            await (
                isWhole ? Problem.Malformed("There are no octets.") : Problem.TooLarge(OctetsMax)
            )
                .Send(context)
                .ConfigureAwait(false);
            return;
        }

        string sha256 = await records.Keep(octets, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context
            .Response.WriteAsJsonAsync(
                new EvidenceKept(sha256, octets.Length),
                Json.Compact,
                context.RequestAborted
            )
            .ConfigureAwait(false);
    }
}
