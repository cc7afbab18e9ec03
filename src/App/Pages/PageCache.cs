using System.Collections.Concurrent;
using System.Text;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Pages;

/// <summary>A page that was made, and for how long it holds.</summary>
/// <param name="Sequence">That of the last product that it can show.</param>
/// <param name="Until">When an embargo ends, so that it has more to say; null when none does.</param>
/// <param name="Next">Where it goes on; null at the end.</param>
internal sealed record KeptPage(long Sequence, Instant? Until, string? Next, PackedAnswer Octets);

/// <summary>What a page says, and for how long.</summary>
internal sealed record WrittenPage(string Text, Instant? Until = null, string? Next = null);

/// <summary>
/// Pages that everybody sees alike, made once for each state of the products. However many ask at once, one of them makes the
/// page and all get the same octets. They show products only, so a busy mechanism does not make them old; the end of an
/// embargo does.
/// </summary>
internal sealed class PageCache(IRecords records, IClock clock)
{
    /// <summary>A crowd reads few pages; when more are asked for, all are made anew.</summary>
    private const int PagesMax = 256;

    private readonly ConcurrentDictionary<string, Lazy<Task<KeptPage?>>> _pages = new(
        StringComparer.Ordinal
    );

    /// <param name="key">Address and language.</param>
    /// <param name="write">Null when there is no such page.</param>
    public async Task<KeptPage?> Get(string key, Func<Task<WrittenPage?>> write)
    {
        long sequence = records.ProductsAsOf;
        if (sequence == 0)
        {
            // Such a page says whether anything is recorded at all, which does not follow from products; it is quickly made.
            return await Make(sequence, write).ConfigureAwait(false);
        }

        if (_pages.TryGetValue(key, out Lazy<Task<KeptPage?>>? kept))
        {
            KeptPage? known = await Value(key, kept).ConfigureAwait(false);
            if (known?.Sequence >= sequence && !(known.Until <= clock.GetCurrentInstant()))
            {
                return known;
            }

            _pages.TryRemove(KeyValuePair.Create(key, kept));
        }

        if (_pages.Count >= PagesMax)
        {
            _pages.Clear();
        }

        return await Value(key, _pages.GetOrAdd(key, _ => new(() => Make(sequence, write))))
            .ConfigureAwait(false);
    }

    private async Task<KeptPage?> Value(string key, Lazy<Task<KeptPage?>> kept)
    {
        try
        {
            KeptPage? page = await kept.Value.ConfigureAwait(false);
            if (page is null)
            {
                // What is not there is asked for by chance addresses: keeping it would fill the cache.
                _pages.TryRemove(KeyValuePair.Create(key, kept));
            }

            return page;
        }
        catch
        {
            _pages.TryRemove(KeyValuePair.Create(key, kept));
            throw;
        }
    }

    private static async Task<KeptPage?> Make(long sequence, Func<Task<WrittenPage?>> write)
    {
        if (await write().ConfigureAwait(false) is not { } written)
        {
            return null;
        }

        return new KeptPage(
            sequence,
            written.Until,
            written.Next,
            await PackedAnswer.Of(Encoding.UTF8.GetBytes(written.Text)).ConfigureAwait(false)
        );
    }
}
