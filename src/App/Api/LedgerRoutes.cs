using System.Text;
using Breakwater.Ledger.Tiles;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>
/// The tree of the ledger for any monitor of C2SP logs: the signed checkpoint, and tiles of hashes. Bundles of entries are not
/// served: they are envelopes, with subjects and pseudonyms.
/// </summary>
internal sealed class LedgerRoutes(IRecords records, IClock clock) : IDisposable
{
    /// <summary>What C2SP calls the prefix of the log.</summary>
    public const string Root = "/ledger";

    /// <summary>A reader makes the node sign no more often than this.</summary>
    private static readonly Duration _fresh = Duration.FromMinutes(1);

    private readonly SemaphoreSlim _signing = new(1);
    private (Instant At, string Note)? _last;

    public void Map(IEndpointRouteBuilder site)
    {
        site.Get($"{Root}/checkpoint", Checkpoint)
            .WithMetadata(new Described(null, null, "checkpoint"))
            .ExcludeFromDescription();
        site.Get($"{Root}/tile/{{level:int}}/{{**index}}", One)
            .WithMetadata(new Described(null, null, "tile"))
            .ExcludeFromDescription();
    }

    public void Dispose() => _signing.Dispose();

    private async Task Checkpoint(HttpContext context)
    {
        string note = await Note(context.RequestAborted).ConfigureAwait(false);
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        await context
            .Response.Body.WriteAsync(Encoding.UTF8.GetBytes(note), context.RequestAborted)
            .ConfigureAwait(false);
    }

    private async Task<string> Note(CancellationToken cancel)
    {
        await _signing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            Instant now = clock.GetCurrentInstant();
            if (_last is not { } last || now - last.At >= _fresh || now < last.At)
            {
                last = (now, await records.Checkpoint(cancel).ConfigureAwait(false));
                _last = last;
            }

            return last.Note;
        }
        finally
        {
            _signing.Release();
        }
    }

    private async Task One(HttpContext context)
    {
        if (
            !Tile.TryParse(context.Request.Path.Value![(Root.Length + 1)..], out Tile tile)
            || await records.Tile(tile).ConfigureAwait(false) is not { } octets
        )
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        // A tile of this width never changes.
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.ContentLength = octets.Length;
        await context
            .Response.Body.WriteAsync(octets, context.RequestAborted)
            .ConfigureAwait(false);
    }
}
