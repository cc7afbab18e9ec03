using System.Threading.Channels;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using NodaTime;

namespace Breakwater.Records;

/// <summary>
/// The one writer: takes what waits, at most 256 at a time, and makes it durable in one commit. Who waits longer than the
/// queue is deep waits at the queue, so memory stays bounded.
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    public const int BatchLimit = 256;
    private const int QueueLimit = 1024;

    private readonly IJournal journal;
    private readonly Signer signer;
    private readonly IClock clock;
    private readonly Task loop;
    private readonly Channel<Work> queue = Channel.CreateBounded<Work>(
        new BoundedChannelOptions(QueueLimit) { SingleReader = true }
    );

    /// <summary>Null when a commit failed: then only the store knows where the chain ends.</summary>
    private ChainHead? head;

    /// <summary>The right edge of the tree over what is committed; null when only the store knows it.</summary>
    private GrowingTree? tree;

    public Writer(IJournal journal, Signer signer, IClock clock)
    {
        (this.journal, this.signer, this.clock) = (journal, signer, clock);
        if (!StoredTiles.AreComplete(journal.Connection))
        {
            journal.Transact(() => StoredTiles.Make(journal.Connection));
        }

        head = journal.Head();
        News = new News(head.Sequence);
        loop = Task.Run(Run);
    }

    public News News { get; }

    /// <summary>The tree over the whole ledger. In the writer's turn only.</summary>
    public GrowingTree Tree => tree ??= StoredTiles.Resume(journal.Connection);

    public async Task<T> Do<T>(Work<T> work, CancellationToken cancel)
    {
        try
        {
            await queue.Writer.WriteAsync(work, cancel).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(IRecords));
        }

        // Once queued it may be on disk at any moment, so waiting is no longer cancelled.
        return await work.Done.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop.ConfigureAwait(false);
        News.Dispose();
    }

    private async Task Run()
    {
        var batch = new List<Work>(BatchLimit);
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await Gather().ConfigureAwait(false);
            batch.Clear();
            while (batch.Count < BatchLimit && queue.Reader.TryPeek(out Work? next))
            {
                if (batch.Count > 0 && (next.IsAlone || batch[0].IsAlone))
                {
                    break;
                }

                queue.Reader.TryRead(out _);
                batch.Add(next);
            }

            Commit(batch);
        }
    }

    /// <summary>
    /// Lets those go first who are about to append: everyone the last commit released. Without this the writer commits
    /// for the first of them alone while all others wait out a sync that they could have shared.
    /// </summary>
    private async Task Gather()
    {
        int waiting;
        do
        {
            waiting = queue.Reader.Count;
            await Task.Yield();
        } while (queue.Reader.Count > waiting && waiting < BatchLimit);
    }

    private void Commit(List<Work> works)
    {
        try
        {
            if (works[0].IsAlone)
            {
                journal.Transact(works[0].Run);
            }
            else
            {
                Append(works);
            }
        }
#pragma warning disable CA1031 // Whatever it was, those who wait must hear of it, and the writer must go on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            (head, tree) = (null, null);
            Exception reason = journal.FaultOf(failure) ?? failure;
            works.ForEach(work => work.Fail(reason));
            return;
        }

        works.ForEach(work => work.Acknowledge());
    }

    private void Append(List<Work> works)
    {
        ChainHead before = head ??= journal.Head();
        var batch = new Batch(journal, works, before, signer, clock.GetCurrentInstant());
        works.ForEach(work => work.Link(batch));
        batch.Sign();
        Grow(batch);
        journal.Transact(() =>
        {
            journal.Store(batch);
            StoredTiles.Put(journal.Connection, batch.Tiles);
            batch.Keys.ForEach(key => StoredKeys.Put(journal.Connection, key));
            batch.Destroyed.ForEach(gone => StoredKeys.Destroy(journal.Connection, gone));
        });
        head = batch.Head;
        if (head.Sequence > before.Sequence)
        {
            News.Publish(head.Sequence);
        }

        if (batch.Destroyed.Count > 0)
        {
            StoredKeys.Scrub(journal.Connection);
        }
    }

    /// <summary>Before the commit; when that fails the tree is read again from what the store has.</summary>
    private void Grow(Batch batch)
    {
        GrowingTree growing = Tree;
        foreach (Event linked in batch.Events)
        {
            growing.Append(linked.LeafHash.Span, (tile, octets) => batch.Tiles.Add((tile, octets)));
        }
    }
}
