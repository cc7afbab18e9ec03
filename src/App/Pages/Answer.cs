using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Breakwater.App.Pages;

/// <summary>How an answer leaves: the headers that every answer has, and a tag by which an unchanged one is not sent twice.</summary>
internal static class Answer
{
    public const string Html = "text/html; charset=utf-8";

    /// <summary>No script at all. A report carries its own style, which its hash lets through.</summary>
    public static string Policy(string? style = null) =>
        $"default-src 'none'; style-src 'self'{(style is null ? "" : $" 'sha256-{style}'")}; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static void Guard(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = Policy();
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Language";
    }

    public static Task Page(HttpContext context, int status, string html) =>
        Send(context, status, Html, Encoding.UTF8.GetBytes(html));

    /// <summary>A published report: its octets as they are, and a policy that names its style elements.</summary>
    public static Task Report(HttpContext context, byte[] html)
    {
        string text = Encoding.UTF8.GetString(html);
        int from = text.IndexOf("<style>", StringComparison.Ordinal);
        int to = text.IndexOf("</style>", StringComparison.Ordinal);
        if (from >= 0 && to > from)
        {
            byte[] style = Encoding.UTF8.GetBytes(text[(from + "<style>".Length)..to]);
            context.Response.Headers.ContentSecurityPolicy = Policy(
                Convert.ToBase64String(SHA256.HashData(style))
            );
        }

        return Send(context, StatusCodes.Status200OK, Html, html);
    }

    /// <summary>An answer that was made before, compressed already where the reader's browser can take it so.</summary>
    public static Task Packed(HttpContext context, PackedAnswer answer, string type = Html)
    {
        bool isCompressed = context
            .Request.GetTypedHeaders()
            .AcceptEncoding.Any(each =>
                each.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && each.Quality is not 0
            );
        if (isCompressed)
        {
            context.Response.Headers.ContentEncoding = "br";
            context.Response.Headers.Append("Vary", "Accept-Encoding");
        }

        return Send(
            context,
            StatusCodes.Status200OK,
            type,
            isCompressed ? answer.Brotli : answer.Plain,
            answer.Tag
        );
    }

    public static Task Send(HttpContext context, int status, string type, byte[] octets) =>
        Send(context, status, type, octets, Tag(octets));

    public static EntityTagHeaderValue Tag(byte[] octets) =>
        new(
            $"\"{Base64Url.EncodeToString(SHA256.HashData(octets).AsSpan(0, 16))}\"",
            // Weak, because the same page may leave compressed or not.
            isWeak: true
        );

    private static async Task Send(
        HttpContext context,
        int status,
        string type,
        byte[] octets,
        EntityTagHeaderValue tag
    )
    {
        HttpResponse response = context.Response;
        if (status == StatusCodes.Status200OK)
        {
            response.Headers.ETag = tag.ToString();
            if (
                context
                    .Request.GetTypedHeaders()
                    .IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))
            )
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.StatusCode = status;
        response.ContentType = type;
        response.ContentLength = octets.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(octets, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
