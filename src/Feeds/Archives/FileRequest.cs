using System.Net.Http.Headers;

namespace Breakwater.Feeds.Archives;

/// <summary>What is asked for a file: all of it, the rest of it, or whether it changed (RFC 9110 sections 13 and 14).</summary>
internal static class FileRequest
{
    /// <summary>The same host and port, and never from https to http; http may become https.</summary>
    public static bool IsAllowed(Uri from, Uri to) =>
        to.IdnHost == from.IdnHost
        && to.UserInfo.Length == 0
        && (
            (to.Scheme == from.Scheme && to.Port == from.Port)
            || (
                from.Scheme == Uri.UriSchemeHttp
                && from.IsDefaultPort
                && to.Scheme == Uri.UriSchemeHttps
                && to.IsDefaultPort
            )
        );

    public static HttpRequestMessage Of(Uri url, KeptRecord? known, KeptRecord? begun, long have)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (known?.ETag is { } tag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }
        else if (known?.LastModified is { } modified)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }

        if (begun is not null)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
            request.Headers.TryAddWithoutValidation("If-Range", Validator(begun));
        }

        return request;
    }

    /// <summary>What If-Range may carry: a strong tag, else a date (RFC 9110 section 13.1.5); null when there is neither.</summary>
    public static string? Validator(KeptRecord record) =>
        record.ETag is { } tag && !tag.StartsWith("W/", StringComparison.Ordinal)
            ? tag
            : record.LastModified;
}
