using System.Security.Cryptography;
using Breakwater.Records;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;

namespace Breakwater.App.Api;

/// <param name="Sha256">
/// Lower-case hexadecimal, of the octets that are kept: of a picture, without what was removed. Name them by it from now on.
/// </param>
/// <param name="Sha512">Of the same octets. It stands in no record before a dossier names them: whoever states it has them.</param>
/// <param name="Octets">How many are kept.</param>
/// <param name="Removed">Parts that were taken out of a picture before it was kept; null for what is no picture.</param>
/// <param name="Note">That the hash is of other octets than were sent; null when it is of those.</param>
internal sealed record EvidenceKept(
    string Sha256,
    string Sha512,
    long Octets,
    IReadOnlyList<string>? Removed = null,
    string? Note = null
);

/// <summary>
/// Takes octets in as evidence. What they mean is said by whoever names them. Pictures are kept without what cameras and editors
/// wrote into them, which can lead to whoever took them; those that cannot be cleaned are not kept.
/// </summary>
internal sealed class EvidenceRoutes(IRecords records, Callers callers)
{
    /// <summary>A year of half-hourly values of a country has about 2 MiB.</summary>
    public const int OctetsMax = 64 << 20;

    public static IReadOnlyList<Role> Roles { get; } = [Role.Analyst];

    public void Map(IEndpointRouteBuilder site) =>
        site.Post($"{SubjectRoutes.Root}/evidence", Keep)
            .WithMetadata(
                new Described(null, null, "keep-evidence") { Roles = Roles, IsSameAgain = true }
            )
            .WithName("keep-evidence")
            .WithTags("evidence")
            .Accepts<IFormFile>("application/octet-stream")
            .Produces<EvidenceKept>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("keep evidence")
            .WithDescription(
                "Octets, kept under their SHA-256. Of a JPEG or PNG, what cameras and editors wrote into it (place, device, time, names, thumbnails) is removed first, and the hash is of the picture as it is kept; pictures and films of other kinds are refused, because they cannot be cleaned here."
            );

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

        (CleanImage? picture, Problem? problem) = Cleaned(octets);
        if (problem is not null)
        {
            await problem.Send(context).ConfigureAwait(false);
            return;
        }

        ReadOnlyMemory<byte> kept = picture?.Octets ?? octets;
        string sha256 = await records.Keep(kept, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context
            .Response.WriteAsJsonAsync(
                new EvidenceKept(
                    sha256,
                    Convert.ToHexStringLower(SHA512.HashData(kept.Span)),
                    kept.Length,
                    picture?.Removed,
                    kept.Span.SequenceEqual(octets)
                        ? null
                        : "sha256 is of the picture as it is kept, without what was removed; the file that you sent has another"
                ),
                Json.Compact,
                context.RequestAborted
            )
            .ConfigureAwait(false);
    }

    /// <summary>A picture without its metadata, or why it is not taken; neither for what is no picture.</summary>
    private static (CleanImage? Picture, Problem? Problem) Cleaned(byte[] octets)
    {
        if (!ImageMetadata.IsPicture(octets))
        {
            return (null, null);
        }

        if (octets.Length > ImageMetadata.OctetsMax)
        {
            return (null, Problem.TooLarge(ImageMetadata.OctetsMax));
        }

        (CleanImage? picture, Refusal? refusal) = ImageMetadata.Strip(octets);
        return refusal is null
            ? (picture, null)
            : (
                null,
                Problem.Of(
                    Refusal.Invalid(
                        $"what the camera wrote into this picture, such as where it was taken, cannot be removed from it: {refusal.Reason}. Save it as a new JPEG or PNG, and send that"
                    )
                )
            );
    }
}
