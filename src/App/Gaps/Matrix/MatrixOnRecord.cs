using Breakwater.Preparedness.Gaps;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Gaps.Matrix;

/// <summary>The gap matrix of what is on record. What the public may see is gathered once for each state of the store and minute.</summary>
internal sealed class MatrixOnRecord(IRecords records, IClock clock) : IDisposable
{
    private readonly CoverOnRecord _covers = new(records);

    /// <summary>It reads every offer, commitment and need, so readers take turns.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    private (long Count, long Minute, CoverFound Found)? _public;

    public void Dispose() => _turn.Dispose();

    /// <param name="readerOf">As whom each kind is read; null for the public.</param>
    /// <param name="country">Null for everywhere.</param>
    public async Task<GapMatrix> For(
        Func<string, Reader>? readerOf,
        string? country,
        CancellationToken cancel
    )
    {
        Instant now = clock.GetCurrentInstant();
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            CoverFound found = readerOf is null
                ? await Public(now).ConfigureAwait(false)
                : await _covers.For(readerOf, now).ConfigureAwait(false);
            return GapMatrixFromCover.Compute(found.Covers, country, now, found.NotLookedAt);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<CoverFound> Public(Instant now)
    {
        // An offer ends, and an embargo, without anything being recorded.
        long minute = now.ToUnixTimeSeconds() / 60;
        long count = await records.Count().ConfigureAwait(false);
        if (_public is { } kept && (kept.Count, kept.Minute) == (count, minute))
        {
            return kept.Found;
        }

        CoverFound found = await _covers.For(_ => Reader.Anonymous, now).ConfigureAwait(false);
        _public = (count, minute, found);
        return found;
    }
}
