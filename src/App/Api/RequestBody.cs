using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Vocabulary;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.App.Api;

/// <summary>The body of a command: read whole within its limit, and into the record that the command takes.</summary>
/// <param name="Request">Null when <paramref name="Problem"/> says why not.</param>
/// <param name="Digest">Of method, path and octets: the same key must come with the same request.</param>
internal sealed record RequestBody(object? Request, string Digest, Problem? Problem)
{
    /// <summary>Commands are words and numbers; files have routes of their own.</summary>
    public const int OctetsMax = 64 << 10;

    private static readonly JsonDocumentOptions _strict = new()
    {
        AllowDuplicateProperties = false,
    };

    public static async Task<RequestBody> Read(HttpContext context, Type type, string? newId)
    {
        (byte[] octets, bool isWhole) = await Octets(context, OctetsMax).ConfigureAwait(false);
        if (!isWhole)
        {
            return new RequestBody(null, "", Problem.TooLarge(OctetsMax));
        }

        string digest = DigestOf(context.Request, octets);
        if (octets.Length > 0 && !context.Request.HasJsonContentType())
        {
            return new RequestBody(
                null,
                digest,
                Problem.Malformed("Send application/json in UTF-8.")
            );
        }

        try
        {
            return Parse(octets.Length == 0 ? "{}"u8.ToArray() : octets, type, newId) is { } request
                ? new RequestBody(request, digest, null)
                : new RequestBody(null, digest, Problem.Malformed("The body is null."));
        }
        catch (JsonException fault)
        {
            return new RequestBody(null, digest, Problem.Malformed(Where(fault)));
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            return new RequestBody(null, digest, Problem.Malformed("A value is out of its range."));
        }
    }

    /// <param name="newId">Of a subject that the command begins: the node gives it, so that nobody can begin one twice.</param>
    private static object? Parse(byte[] octets, Type type, string? newId)
    {
        if (newId is null || type.GetProperty("Id") is null)
        {
            return JsonSerializer.Deserialize(octets, type, Json.Compact);
        }

        JsonNode? body = JsonNode.Parse(octets, documentOptions: _strict);
        if (body is not JsonObject members || members.ContainsKey("id"))
        {
            throw new JsonException();
        }

        members["id"] = newId;
        return members.Deserialize(type, Json.Compact);
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

        using var whole = new MemoryStream();
        byte[] buffer = new byte[8 << 10];
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

        return (whole.ToArray(), true);
    }

    /// <summary>
    /// Under the sender's own key, of which the store has a hash only: the body may hold what will be sealed, and a plain hash of
    /// a short text is a way to guess it.
    /// </summary>
    private static string DigestOf(HttpRequest request, byte[] octets)
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
            { Path: { Length: > 0 } path, LineNumber: { } line } =>
                $"Line {line + 1}, octet {fault.BytePositionInLine + 1}, at {Ascii(path)}: not what the OpenAPI document says.",
            { LineNumber: { } line } =>
                $"Line {line + 1}, octet {fault.BytePositionInLine + 1}: not JSON.",
            _ =>
                "A required member is missing, or a member is not known. See the OpenAPI document.",
        };

    private static string Ascii(string path) =>
        new([.. path.Take(200).Select(letter => letter is >= ' ' and < '\u007f' ? letter : '?')]);
}
