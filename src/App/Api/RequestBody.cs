using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.App.Sealing;
using Breakwater.Ledger.Sealing;
using Breakwater.Vocabulary;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.App.Api;

/// <summary>The body of a command: read whole within its limit, and into the record that the command takes.</summary>
/// <param name="Request">Null when <paramref name="Problem"/> says why not.</param>
/// <param name="Digest">
/// Of method, path and octets, keyed by the Idempotency-Key: the same key must come with the same request, and nobody who reads
/// the store can try out what a sealed text said.
/// </param>
internal sealed record RequestBody(object? Request, string Digest, Problem? Problem)
{
    /// <summary>Commands are words and numbers; files have routes of their own.</summary>
    public const int OctetsMax = 64 << 10;

    /// <summary>Keys under which texts of the body were sealed, to be stored with what comes of it.</summary>
    public IReadOnlyList<WrappedKey> Keys { get; private init; } = [];

    private static readonly JsonDocumentOptions _strict = new()
    {
        AllowDuplicateProperties = false,
    };

    /// <param name="newId">Of a subject that the command begins: the node gives it, so that nobody can begin one twice.</param>
    /// <param name="subject">Whose the sealed fields of the body are; null when the type has none.</param>
    public static async Task<RequestBody> Read(
        HttpContext context,
        Type type,
        string? newId,
        string? subject = null
    )
    {
        (byte[] octets, bool isWhole) = await Octets(context, OctetsMax).ConfigureAwait(false);
        if (!isWhole)
        {
            return new RequestBody(null, "", Problem.TooLarge(OctetsMax));
        }

        string digest = DigestOf(context.Request, octets);
        if (octets.Length > 0 && !context.Request.HasJsonContentType())
        {
            return new RequestBody(null, digest, Problem.OtherMediaType(["application/json"]));
        }

        octets = octets.Length == 0 ? "{}"u8.ToArray() : octets;
        if (!SealingOnEntry.IsIn(type))
        {
            return Parse(octets, type, newId, digest, null);
        }

        Custody? custody = await context
            .RequestServices.GetRequiredService<KnownCustody>()
            .Find(context.RequestAborted)
            .ConfigureAwait(false);
        using var sealing = new SealingOnEntry(
            custody,
            subject ?? throw new InvalidOperationException($"{type.Name} is sealed for nobody")
        );
        return Parse(octets, type, newId, digest, sealing);
    }

    private static RequestBody Parse(
        byte[] octets,
        Type type,
        string? newId,
        string digest,
        SealingOnEntry? sealing
    )
    {
        RequestBody No(string detail) => new(null, digest, Problem.Malformed(detail));
        try
        {
            return Parse(octets, type, newId, sealing?.Reading ?? Json.Compact) is { } request
                ? new RequestBody(request, digest, null) { Keys = sealing?.Keys ?? [] }
                : No("The body is null.");
        }
        catch (JsonException) when (sealing?.Refusal is { } refusal)
        {
            return new RequestBody(null, digest, Problem.Of(refusal));
        }
        catch (JsonException fault)
        {
            return No(Where(fault));
        }
        catch (Exception fault)
            when (fault
                    is FormatException
                        or OverflowException
                        or ArgumentException
                        or InvalidOperationException
            )
        {
            return No("A value is out of its range.");
        }
    }

    /// <summary>Strict for every body: a member that stands twice would be read one way here and another way elsewhere.</summary>
    private static object? Parse(
        byte[] octets,
        Type type,
        string? newId,
        JsonSerializerOptions reading
    )
    {
        // Half a character, and the one that PostgreSQL cannot keep, are refused wherever they stand.
        if (octets.AsSpan().IndexOf("\\u0000"u8) >= 0)
        {
            throw new FormatException();
        }

        using JsonDocument body = JsonDocument.Parse(octets, _strict);
        if (newId is null || type.GetProperty("Id") is null)
        {
            return body.Deserialize(type, reading);
        }

        if (JsonNode.Parse(octets) is not JsonObject members || members.ContainsKey("id"))
        {
            throw new JsonException();
        }

        members["id"] = newId;
        return members.Deserialize(type, reading);
    }

    /// <summary>Lets one route take more than commands do.</summary>
    public static void Widen(HttpContext context, long octetsMax)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = octetsMax;
        }
    }

    /// <summary>At most <paramref name="octetsMax"/> octets; <c>isWhole</c> is false when there were more.</summary>
    public static async Task<(byte[] Octets, bool IsWhole)> Octets(
        HttpContext context,
        int octetsMax
    )
    {
        if (context.Request.ContentLength > octetsMax)
        {
            return ([], false);
        }

        using var whole = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(8 << 10);
        try
        {
            while (
                await context
                    .Request.Body.ReadAsync(buffer, context.RequestAborted)
                    .ConfigureAwait(false)
                    is > 0
                        and var read
            )
            {
                whole.Write(buffer, 0, read);
                if (whole.Length > octetsMax)
                {
                    return ([], false);
                }
            }
        }
        finally
        {
            // It may have held what will be sealed.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        return (whole.Length == whole.Capacity ? whole.GetBuffer() : whole.ToArray(), true);
    }

    /// <summary>
    /// Under the sender's own key, of which the store has a hash only: the body may hold what will be sealed, and a plain hash of
    /// a short text is a way to guess it.
    /// </summary>
    public static string DigestOf(HttpRequest request, byte[] octets)
    {
        using var hash = IncrementalHash.CreateHMAC(
            HashAlgorithmName.SHA256,
            System.Text.Encoding.UTF8.GetBytes(request.Headers["Idempotency-Key"].ToString())
        );
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        hash.AppendData(octets);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Where in the body, without repeating what stood there.</summary>
    private static string Where(JsonException fault) =>
        fault switch
        {
            { Path: { Length: > 1 } path } =>
                $"At {Ascii(path)}: not what the OpenAPI document says.",
            { LineNumber: { } line } =>
                $"Line {line + 1}, octet {fault.BytePositionInLine + 1}: not JSON.",
            _ =>
                "A required member is missing, or a member is not known. See the OpenAPI document.",
        };

    private static string Ascii(string path) =>
        new([.. path.Take(200).Select(letter => letter is >= ' ' and < '\u007f' ? letter : '?')]);
}
