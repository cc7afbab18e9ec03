using System.Data.Common;
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

    /// <summary>Evidence that goes into one commit, unless a single piece is larger.</summary>
    private const int OctetsLimit = 32 << 20;

    private const int QueueLimit = 1024;

    /// <summary>How long those wait whose commit is in doubt: longer than a server takes to start again.</summary>
    private const long DoubtMs = 30_000;
    private const int PauseMs = 50;

    /// <summary>How often what was destroyed is looked for again in files that somebody was reading.</summary>
    private static readonly TimeSpan _scrubPause = TimeSpan.FromSeconds(1);

    private readonly IJournal journal;
    private readonly Signer signer;
    private readonly KnownHeads heads;
    private readonly IClock clock;
    private readonly Task loop;
    private readonly Channel<Work> queue = Channel.CreateBounded<Work>(
        new BoundedChannelOptions(QueueLimit) { SingleReader = true }
    );

    /// <summary>Null when a commit failed: then only the store knows where the chain ends.</summary>
    private ChainHead? head;

    /// <summary>The right edge of the tree over what is committed; null when only the store knows it.</summary>
    private GrowingTree? tree;

    /// <summary>False when a destroyed key may still lie in the files: somebody was reading, or the node was killed before.</summary>
    private bool isScrubbed;

    /// <summary>The last event that anybody was told of.</summary>
    private long announced;
    private long productsAsOf;
    private long commits;
    private long events;

    public Writer(IJournal journal, Signer signer, IClock clock)
    {
        (this.journal, this.signer, this.clock) = (journal, signer, clock);
        heads = new KnownHeads(journal);
        if (!StoredTiles.AreComplete(journal.Connection))
        {
            journal.Transact(() => StoredTiles.Make(journal.Connection));
        }

        head = journal.Head();
        announced = ProductsAsOf = head.Sequence;
        News = new News(announced);
        loop = Task.Run(Run);
    }

    public News News { get; }

    public WriterLoad Load =>
        new(queue.Reader.Count, QueueLimit, Volatile.Read(ref commits), Volatile.Read(ref events));

    /// <summary>No product was recorded later.</summary>
    public long ProductsAsOf
    {
        get => Volatile.Read(ref productsAsOf);
        private set => Volatile.Write(ref productsAsOf, value);
    }

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
        while (await Next().ConfigureAwait(false))
        {
            await Gather(batch.Count).ConfigureAwait(false);
            batch.Clear();
            int octets = 0;
            while (batch.Count < BatchLimit && queue.Reader.TryPeek(out Work? next))
            {
                if (
                    batch.Count > 0
                    && (next.IsAlone || batch[0].IsAlone || octets > OctetsLimit - next.Octets)
                )
                {
                    break;
                }

                queue.Reader.TryRead(out _);
                octets += next.Octets;
                batch.Add(next);
            }

            await Commit(batch).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for work, and scrubs while there is none.</summary>
    /// <returns>False when nothing more is to come.</returns>
    private async Task<bool> Next()
    {
        Task<bool> work = queue.Reader.WaitToReadAsync().AsTask();
        while (
            !isScrubbed
            && await Task.WhenAny(work, Task.Delay(_scrubPause)).ConfigureAwait(false) != work
        )
        {
            Scrub();
        }

        return await work.ConfigureAwait(false);
    }

    /// <summary>
    /// Lets those go first who are about to append, until half as many wait as the last commit released. Without this the writer
    /// commits for the first of them alone while all others wait out a sync that they could have shared; with all of them it
    /// would be idle while they think, and they while it syncs.
    /// </summary>
    private async Task Gather(int released)
    {
        int waiting = queue.Reader.Count;
        while (waiting < released / 2)
        {
            await Task.Yield();
            int before = waiting;
            waiting = queue.Reader.Count;
            if (waiting <= before)
            {
                return;
            }
        }
    }

    private async Task Commit(List<Work> works, bool isAgain = false)
    {
        ChainHead intended = ChainHead.Empty;
        try
        {
            if (works[0].IsAlone)
            {
                journal.Transact(works[0].Run);
            }
            else
            {
                Append(works, out intended);
            }
        }
#pragma warning disable CA1031 // Whatever it was, those who wait must hear of it, and the writer must go on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            (head, tree) = (null, null);
            heads.Forget();
            await Settle(works, intended, failure, isAgain).ConfigureAwait(false);
            return;
        }

        works.ForEach(work => work.Acknowledge());
    }

    private void Append(List<Work> works, out ChainHead intended)
    {
        if (head is null)
        {
            head = journal.Head();
            // A commit of which nobody heard in time may have been kept.
            Announce(head, hasProducts: head.Sequence > announced);
        }

        intended = head;
        var batch = new Batch(journal, heads, works, head, signer, clock.GetCurrentInstant());
        works.ForEach(work => work.Link(batch));
        batch.Sign();
        Grow(batch);
        intended = batch.Head;
        journal.Transact(() =>
        {
            journal.Store(batch);
            StoredTiles.Put(journal.Connection, batch.Tiles);
            batch.Keys.ForEach(key => StoredKeys.Put(journal.Connection, key));
            batch.Destroyed.ForEach(gone => StoredKeys.Destroy(journal.Connection, gone));
        });
        Volatile.Write(ref commits, commits + 1);
        Volatile.Write(ref events, events + batch.Events.Count);
        heads.Keep(batch.Heads);
        Announce(batch.Head, batch.Products.Count > 0);
        if (batch.Destroyed.Count > 0)
        {
            isScrubbed = false;
            Scrub();
        }
    }

    /// <summary>What cannot be taken out of the log now is taken out later; the commit stands either way.</summary>
    private void Scrub()
    {
        try
        {
            isScrubbed = StoredKeys.Scrub(journal.Connection);
        }
        catch (Exception failure) when (failure is DbException or RecordsFault) { }
    }

    private void Announce(ChainHead now, bool hasProducts)
    {
        head = now;
        if (hasProducts)
        {
            ProductsAsOf = now.Sequence;
        }

        if (now.Sequence > announced)
        {
            announced = now.Sequence;
            News.Publish(announced);
        }
    }

    /// <summary>Tells those who wait what became of their batch, and not before it is known, unless it takes too long.</summary>
    private async Task Settle(List<Work> works, ChainHead intended, Exception failure, bool isAgain)
    {
        long start = Environment.TickCount64;
        // A batch without events may be carried out again without harm, so nobody needs to wait for its fate.
        bool matters = intended.Sequence > announced;
        Fate fate = matters ? journal.FateOf(intended) : Fate.Undone;
        while (fate == Fate.Unknown && Environment.TickCount64 - start < DoubtMs)
        {
            Refuse();
            await Task.Delay(PauseMs).ConfigureAwait(false);
            fate = journal.FateOf(intended);
        }

        if (fate == Fate.Kept)
        {
            Announce(intended, hasProducts: true);
            works.ForEach(work => work.Acknowledge());
            return;
        }

        Exception reason =
            fate == Fate.Unknown
                ? RecordsFault.OutcomeUnknown(journal.Place, failure)
                : journal.FaultOf(failure) ?? failure;
        bool isLost = reason is RecordsFault { Kind: RecordsFaultKind.Unreachable };
        if (isLost && !isAgain && !works[0].IsAlone)
        {
            // A server that was restarted meanwhile is noticed only now, and it may well be back.
            await Commit(works, isAgain: true).ConfigureAwait(false);
            return;
        }

        works.ForEach(work => work.Fail(reason));
    }

    /// <summary>While a batch is in doubt, those behind it hear so at once instead of queueing for a server that is away.</summary>
    private void Refuse()
    {
        while (queue.Reader.TryRead(out Work? waiting))
        {
            waiting.Fail(RecordsFault.Unreachable(journal.Place, "it went away during a commit"));
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
