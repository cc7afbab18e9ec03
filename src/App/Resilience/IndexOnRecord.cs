using Breakwater.Preparedness.Resilience;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Resilience;

/// <summary>An index as one reader may see it, with the set that it was computed by.</summary>
internal sealed record IndexSeen(
    IndicatorSet Set,
    ResilienceIndex Index,
    IReadOnlyList<InputFault> Faults
)
{
    /// <summary>One country of it. That the reader sees no value of it looks the same whether there is none or it is not for this reader.</summary>
    public CountryResilience Of(string country) =>
        Index.Of(country) ?? ResilienceFromValues.Unknown(Set, country, Index.AsOf);
}

/// <summary>The resilience index of what is on record. That of the public is computed once for each state of the store and day.</summary>
internal sealed class IndexOnRecord(IRecords records, ValuesOnRecord values, IClock clock)
    : IDisposable
{
    private const int KeptMax = 16;

    /// <summary>It reads every file of values, so readers take turns.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    private readonly Dictionary<LocalDate, (long Count, LocalDate On, IndexSeen Seen)> _public = [];

    public LocalDate Today => clock.GetCurrentInstant().InUtc().Date;

    public void Dispose() => _turn.Dispose();

    /// <param name="readerOf">As whom each kind is read; null for the public.</param>
    /// <param name="asOf">What is dated later is left out.</param>
    public async Task<IndexSeen> For(
        Func<string, Reader>? readerOf,
        LocalDate asOf,
        CancellationToken cancel
    )
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            long count = await records.Count().ConfigureAwait(false);
            if (
                readerOf is null
                && _public.TryGetValue(asOf, out (long Count, LocalDate On, IndexSeen Seen) kept)
                && (kept.Count, kept.On) == (count, Today)
            )
            {
                return kept.Seen;
            }

            IndexSeen seen = await Compute(
                    values,
                    readerOf ?? (_ => Reader.Anonymous),
                    asOf,
                    clock.GetCurrentInstant()
                )
                .ConfigureAwait(false);
            if (readerOf is null)
            {
                if (_public.Count >= KeptMax)
                {
                    _public.Clear();
                }

                _public[asOf] = (count, Today, seen);
            }

            return seen;
        }
        finally
        {
            _turn.Release();
        }
    }

    public static async Task<IndexSeen> Compute(
        ValuesOnRecord values,
        Func<string, Reader> readerOf,
        LocalDate asOf,
        Instant now
    )
    {
        IndicatorSet set = SetAtHand.Set;
        ValuesFound found = await values.For(readerOf, now).ConfigureAwait(false);
        ResilienceIndex index = ResilienceFromValues.Compute(set, found.Values, asOf);
        return new IndexSeen(
            set,
            index with
            {
                Notes = [.. index.Notes, .. found.Notes],
            },
            found.Faults
        );
    }
}
