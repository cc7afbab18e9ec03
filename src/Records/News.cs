namespace Breakwater.Records;

/// <summary>Tells who waits that the ledger has grown. There is one writer, in this process, so nothing needs to be polled.</summary>
internal sealed class News(long sequence) : IDisposable
{
    private TaskCompletionSource next = Fresh();
    private long latest = sequence;

    /// <summary>Call after the commit.</summary>
    public void Publish(long sequence)
    {
        Volatile.Write(ref latest, sequence);
        Interlocked.Exchange(ref next, Fresh()).TrySetResult();
    }

    /// <summary>The last sequence, once it is beyond <paramref name="after"/>.</summary>
    public async Task<long> After(long after, CancellationToken cancel)
    {
        while (true)
        {
            // Taken before the look, so that news between the look and the wait is not missed.
            Task coming = Volatile.Read(ref next).Task;
            long seen = Volatile.Read(ref latest);
            if (seen > after)
            {
                return seen;
            }

            await coming.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    public void Dispose() =>
        Volatile.Read(ref next).TrySetException(new ObjectDisposedException(nameof(IRecords)));

    private static TaskCompletionSource Fresh() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
