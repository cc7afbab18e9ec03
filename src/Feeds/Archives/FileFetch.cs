using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Breakwater.Feeds.Archives;

/// <summary>Fetches one file: whatever happens, its name in the folder stands for all of it or for nothing.</summary>
internal sealed class FileFetch(
    HttpClient http,
    ArchiveSettings settings,
    TimeProvider clock,
    Func<double> random
)
{
    private const int BufferLength = 1 << 16;

    private sealed record Attempt(KeptRecord? Whole, bool IsMissing, bool IsFinal, string? Reason)
    {
        public TimeSpan? RetryAfter { get; init; }

        public static Attempt Again(string reason) => new(null, false, false, reason);

        public static Attempt Final(string reason) => new(null, false, true, reason);
    }

    private sealed class Progress
    {
        public long Received { get; set; }

        public bool HasResumed { get; set; }
    }

    public async Task<FetchedFile> Fetch(ArchiveFile file, CancellationToken cancellation)
    {
        var kept = new KeptFile(System.IO.Path.Combine([settings.Folder, .. file.Path.Split('/')]));
        var url = new Uri(settings.Root, file.Path);
        string? reason = null;
        KeptRecord? known = kept.Record;
        if (known is not null && kept.IsWhole(known))
        {
            if (!settings.Revalidates)
            {
                return There(file, kept, known, FetchOutcome.Kept, 0, null);
            }
        }
        else
        {
            reason =
                known is not null && File.Exists(kept.Path)
                    ? "what was kept did not match its checksum and was fetched again"
                    : null;
            known = null;
        }

        var progress = new Progress();
        Attempt attempt = Attempt.Final("was not asked for");
        for (int count = 1; count <= settings.AttemptsMax; count++)
        {
            attempt = await TryOnce(kept, url, known, progress, cancellation);
            if (attempt.Whole is { } whole)
            {
                FetchOutcome outcome =
                    ReferenceEquals(whole, known) ? FetchOutcome.Kept
                    : progress.HasResumed ? FetchOutcome.Resumed
                    : FetchOutcome.Fetched;
                return There(file, kept, whole, outcome, progress.Received, reason);
            }

            if (attempt.IsMissing || attempt.IsFinal)
            {
                break;
            }

            if (count < settings.AttemptsMax)
            {
                TimeSpan wait = settings.BackOff(count, random());
                TimeSpan asked = attempt.RetryAfter ?? TimeSpan.Zero;
                asked = asked < settings.BackOffMax ? asked : settings.BackOffMax;
                await Task.Delay(wait > asked ? wait : asked, clock, cancellation);
            }
        }

        if (known is not null)
        {
            reason = $"could not be compared with the archive: {attempt.Reason}";
            return There(file, kept, known, FetchOutcome.Kept, progress.Received, reason);
        }

        return new FetchedFile(
            file,
            attempt.IsMissing ? FetchOutcome.Missing : FetchOutcome.Failed,
            null,
            0,
            null,
            progress.Received,
            attempt.Reason
        );
    }

    private static FetchedFile There(
        ArchiveFile file,
        KeptFile kept,
        KeptRecord record,
        FetchOutcome outcome,
        long received,
        string? reason
    ) => new(file, outcome, kept.Path, record.Octets ?? 0, record.Sha256, received, reason);

    private async Task<Attempt> TryOnce(
        KeptFile kept,
        Uri url,
        KeptRecord? known,
        Progress progress,
        CancellationToken cancellation
    )
    {
        using var stall = new CancellationTokenSource(settings.StalledAfter, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            stall.Token,
            cancellation
        );
        try
        {
            return await Ask(kept, url, known, progress, stall, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Attempt.Again(
                $"the server said nothing for {settings.StalledAfter.TotalSeconds:0.###} s"
            );
        }
        catch (Exception error) when (error is HttpRequestException or HttpIOException)
        {
            return error.InnerException is AuthenticationException untrusted
                ? Attempt.Final($"cannot be trusted: {untrusted.Message.TrimEnd('.')}")
                : Attempt.Again(error.Message.TrimEnd('.'));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.InnerException is System.Net.Sockets.SocketException
                ? Attempt.Again(error.Message.TrimEnd('.'))
                : Attempt.Final($"cannot be kept: {error.Message.TrimEnd('.')}");
        }
    }

    private async Task<Attempt> Ask(
        KeptFile kept,
        Uri url,
        KeptRecord? known,
        Progress progress,
        CancellationTokenSource stall,
        CancellationToken cancellation
    )
    {
        long have = 0;
        KeptRecord? begun = known is null ? kept.PartRecord : null;
        if (
            begun is { } part
            && part.Url == url.AbsoluteUri
            && FileRequest.Validator(part) is not null
        )
        {
            have = kept.PartLength;
        }

        Uri at = url;
        for (int redirects = 0; ; redirects++)
        {
            using HttpRequestMessage request = FileRequest.Of(
                at,
                known,
                have > 0 ? begun : null,
                have
            );
            using HttpResponseMessage response = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellation
            );
            if (
                response.Headers.Location is { } to
                && (int)response.StatusCode is >= 301 and <= 308
            )
            {
                var next = new Uri(at, to);
                if (
                    redirects == settings.RedirectsMax
                    || !FileRequest.IsAllowed(settings.Url, next)
                )
                {
                    return Attempt.Final($"redirects to {next}, which is not followed");
                }

                at = next;
                continue;
            }

            return response.StatusCode switch
            {
                HttpStatusCode.NotModified when known is not null => new(known, false, true, null),
                HttpStatusCode.OK => await Receive(
                    kept,
                    url,
                    response,
                    0,
                    progress,
                    stall,
                    cancellation
                ),
                HttpStatusCode.PartialContent when have > 0 => await GoOn(
                    kept,
                    begun!,
                    response,
                    have,
                    progress,
                    stall,
                    cancellation
                ),
                HttpStatusCode.RequestedRangeNotSatisfiable => StartAgain(
                    kept,
                    "the range is not there"
                ),
                HttpStatusCode.NotFound or HttpStatusCode.Gone => new(
                    null,
                    true,
                    true,
                    $"the archive answers {(int)response.StatusCode}"
                ),
                HttpStatusCode.TooManyRequests
                or HttpStatusCode.RequestTimeout
                or >= (HttpStatusCode)500 => Attempt.Again(
                    $"the server answers {(int)response.StatusCode}"
                ) with
                {
                    RetryAfter = response.Headers.RetryAfter?.Delta,
                },
                _ => Attempt.Final($"the server answers {(int)response.StatusCode}"),
            };
        }
    }

    private static Attempt StartAgain(KeptFile kept, string reason)
    {
        kept.DropPart();
        return Attempt.Again(reason);
    }

    private async Task<Attempt> GoOn(
        KeptFile kept,
        KeptRecord begun,
        HttpResponseMessage response,
        long have,
        Progress progress,
        CancellationTokenSource stall,
        CancellationToken cancellation
    )
    {
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        bool isSame =
            response.Headers.ETag is not { } tag
            || begun.ETag is null
            || tag.ToString() == begun.ETag;
        if (range?.From != have || !isSame || (begun.Octets ?? range.Length) != range.Length)
        {
            return StartAgain(kept, "the server goes on with something else");
        }

        progress.HasResumed = true;
        return await Receive(kept, null, response, have, progress, stall, cancellation);
    }

    /// <param name="url">Null when the answer goes on with what was begun.</param>
    private async Task<Attempt> Receive(
        KeptFile kept,
        Uri? url,
        HttpResponseMessage response,
        long have,
        Progress progress,
        CancellationTokenSource stall,
        CancellationToken cancellation
    )
    {
        HttpContentHeaders headers = response.Content.Headers;
        long? whole = url is null ? headers.ContentRange!.Length : headers.ContentLength;
        if (whole > settings.OctetsMax)
        {
            return TooLarge();
        }

        KeptRecord record;
        if (url is null)
        {
            record = kept.PartRecord!;
        }
        else
        {
            progress.HasResumed = false;
            record = new KeptRecord(
                url.AbsoluteUri,
                null,
                whole,
                response.Headers.ETag?.ToString(),
                headers.LastModified?.ToString("R", CultureInfo.InvariantCulture)
            );
            kept.Begin(record);
        }

        long length = have;
        using (var part = new FileStream(kept.Part, FileMode.Append, FileAccess.Write))
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
            byte[] buffer = new byte[BufferLength];
            while (await body.ReadAsync(buffer, cancellation) is > 0 and var count)
            {
                stall.CancelAfter(settings.StalledAfter);
                length += count;
                progress.Received += count;
                if (length > settings.OctetsMax || length > whole)
                {
                    break;
                }

                part.Write(buffer.AsSpan(0, count));
            }
        }

        if (length > settings.OctetsMax)
        {
            kept.DropPart();
            return TooLarge();
        }

        if (whole is { } expected && length != expected)
        {
            return length < expected
                ? Attempt.Again($"ended after {length} of {expected} octets")
                : StartAgain(kept, $"gives more than the {expected} octets that it says");
        }

        if (
            url is not null
            && headers.ContentMD5 is { } md5
            && !md5.SequenceEqual(Md5Of(kept.Part))
        )
        {
            return StartAgain(kept, "does not match its Content-MD5");
        }

        return new Attempt(kept.Finish(record), false, true, null);
    }

    private Attempt TooLarge() =>
        Attempt.Final($"is larger than the limit of {settings.OctetsMax} octets");

#pragma warning disable CA5351 // What the server sends is MD5; it guards against accidents in transit only.
    private static byte[] Md5Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        return MD5.HashData(file);
    }
#pragma warning restore CA5351
}
