using System.Collections.Concurrent;

namespace Breakwater.Feeds;

/// <summary>
/// Lets an input be decompressed on another thread while what came out before is still being decoded. The pieces and
/// their order are the same; so many are held at most.
/// </summary>
public static class ReadAhead
{
    private const int PiecesMax = 16;

    /// <param name="chunks">Walked once, on the other thread; each piece is copied before the next is asked for.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        using var full = new BlockingCollection<(byte[] Octets, int Count)>(PiecesMax);
        var used = new ConcurrentBag<byte[]>();
        using var stop = new CancellationTokenSource();
        Task reading = Task.Factory.StartNew(
            () => Read(chunks, full, used, stop.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        try
        {
            foreach ((byte[] octets, int count) in full.GetConsumingEnumerable())
            {
                yield return octets.AsMemory(0, count);
                used.Add(octets);
            }

            // An error of the source comes out here, as it would without the other thread.
            reading.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
        }
    }

    private static void Read(
        IEnumerable<ReadOnlyMemory<byte>> chunks,
        BlockingCollection<(byte[] Octets, int Count)> full,
        ConcurrentBag<byte[]> used,
        CancellationToken stop
    )
    {
        try
        {
            foreach (ReadOnlyMemory<byte> chunk in chunks)
            {
                if (!used.TryTake(out byte[]? octets) || octets.Length < chunk.Length)
                {
                    octets = GC.AllocateUninitializedArray<byte>(chunk.Length);
                }

                chunk.Span.CopyTo(octets);
                full.Add((octets, chunk.Length), stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever read has enough.
        }
        finally
        {
            full.CompleteAdding();
        }
    }
}
