using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Breakwater.App.Accounts;
using Breakwater.App.Accounts.Sessions;
using Breakwater.App.Limiting;
using Breakwater.App.Subjects;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>
/// Changes as they come, as server-sent events. A reader that was cut off goes on from the last sequence it saw; one that reads
/// too slowly, or has stayed long, is let go and does the same.
/// </summary>
internal sealed class LiveChanges(
    IRecords records,
    Catalogue catalogue,
    Callers callers,
    IClock clock,
    IHostApplicationLifetime lifetime
)
{
    private const int AtOnce = 200;

    /// <summary>Whoever asks from long ago gets there in stretches, so that no question holds the store up.</summary>
    private const long EventsAtOnce = 20_000;
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _writeWithin = TimeSpan.FromSeconds(10);
    private static readonly byte[] _alive = ": alive\n\n"u8.ToArray();

    private readonly Listeners _listeners = new();

    /// <summary>Marks origins; it counts nothing here.</summary>
    private readonly Floods _origins = new(TimeProvider.System, 1, TimeSpan.FromMinutes(1));

    public void Map(IEndpointRouteBuilder site) =>
        site.Get($"{SubjectRoutes.Root}/changes", Listen)
            .WithMetadata(new Described(null, null, "changes"))
            .WithName("changes")
            .WithTags("changes")
            .Produces<Change>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private async Task Listen(HttpContext context)
    {
        if (!TryAfter(context, out long? after))
        {
            await Problem
                .Query("after, or Last-Event-ID, is the sequence of a change.")
                .Send(context)
                .ConfigureAwait(false);
            return;
        }

        long end = await records.Count().ConfigureAwait(false);
        if (after > end)
        {
            await Problem
                .Query(
                    $"The ledger of this node ends at {end}: it was restored, or after is of another node. Read the lists again, and follow from after={end}."
                )
                .Send(context)
                .ConfigureAwait(false);
            return;
        }

        using IDisposable? place = _listeners.TryEnter(
            SignedIn.Of(context)?.AnsweredForBy,
            // Behind a proxy on this machine everybody comes from here.
            context.Connection.RemoteIpAddress
                is { } origin
            && !IPAddress.IsLoopback(origin)
                ? _origins.Mark(origin)
                : null
        );
        if (place is null)
        {
            await Problem.Busy(30).Send(context).ConfigureAwait(false);
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        // A stay ends when nobody prolongs it, and so does what it listens to; whoever may, goes on with another request.
        ends.CancelAfter(Session.Idle);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            await Follow(context, after ?? end, ends.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The reader went away, was too slow or stayed long, or the node stops.
        }
    }

    private async Task Follow(HttpContext context, long from, CancellationToken ends)
    {
        // Sets where a reader goes on that is let go before anything came.
        await Write(context, Encoding.UTF8.GetBytes(Place(from)), ends).ConfigureAwait(false);
        // Asked anew each time: a token that was revoked or ended, or a stay that did, ends the stream.
        while (await callers.StillHolds(context).ConfigureAwait(false))
        {
            long until = Math.Min(await records.Count().ConfigureAwait(false), from + EventsAtOnce);
            IReadOnlyList<Document> changed = await records
                .ChangedSince(from, until, AtOnce)
                .ConfigureAwait(false);
            if (changed.Count == 0)
            {
                if (until > from)
                {
                    // Events without documents, or such that later ones made old.
                    from = until;
                }
                else if (!await IsNews(from, ends).ConfigureAwait(false))
                {
                    await Write(context, _alive, ends).ConfigureAwait(false);
                }

                continue;
            }

            // A role that was taken away ends what it may see.
            Caller caller = await callers.Of(context).ConfigureAwait(false);
            from = changed.Count < AtOnce ? until : changed[^1].Sequence;
            byte[] lines = Lines(changed, caller, clock.GetCurrentInstant());
            if (lines.Length > 0)
            {
                await Write(context, lines, ends).ConfigureAwait(false);
            }
        }
    }

    /// <returns>False when nothing came for a while.</returns>
    private async Task<bool> IsNews(long after, CancellationToken ends)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ends);
        silence.CancelAfter(_silence);
        try
        {
            await records.WaitForNews(after, silence.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!ends.IsCancellationRequested)
        {
            return false;
        }
    }

    private byte[] Lines(IReadOnlyList<Document> changed, Caller caller, Instant now)
    {
        var lines = new StringBuilder();
        foreach (Document document in changed)
        {
            if (
                catalogue.Of(document.Kind) is { } kind
                && Representation.May(caller.ReaderOf(document.Kind), document, now)
            )
            {
                string change = JsonSerializer.Serialize(
                    new Change(
                        document.Sequence,
                        document.Kind,
                        document.Subject[(kind.Kind.Length + 1)..],
                        document.Version,
                        document.Standing
                    ),
                    Json.Compact
                );
                lines.Append(
                    CultureInfo.InvariantCulture,
                    $"id: {document.Sequence}\nevent: change\ndata: {change}\n\n"
                );
            }
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static string Place(long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"id: {sequence}\n\n");

    private static async Task Write(HttpContext context, byte[] octets, CancellationToken ends)
    {
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(ends);
        slow.CancelAfter(_writeWithin);
        await context.Response.Body.WriteAsync(octets, slow.Token).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(slow.Token).ConfigureAwait(false);
    }

    private static bool TryAfter(HttpContext context, out long? after)
    {
        string given = context.Request.Headers["Last-Event-ID"].ToString();
        given = given.Length > 0 ? given : context.Request.Query["after"].ToString();
        after = null;
        if (given.Length == 0)
        {
            return true;
        }

        bool isRead = long.TryParse(
            given,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long sequence
        );
        after = sequence;
        return isRead;
    }
}
