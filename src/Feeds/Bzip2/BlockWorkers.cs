namespace Breakwater.Feeds.Bzip2;

/// <summary>Threads that decode pieces, in no order; started as work comes, ended by disposal.</summary>
/// <param name="threadsMax">At least 2: with one, whoever waits decodes.</param>
internal sealed class BlockWorkers(int threadsMax) : IDisposable
{
    private readonly object gate = new();
    private readonly Queue<Piece> waiting = new();
    private readonly List<Thread> threads = [];
    private int idle;
    private bool isStopped;

    public void Submit(Piece piece)
    {
        piece.IsSubmitted = true;
        lock (gate)
        {
            waiting.Enqueue(piece);
            if (idle < waiting.Count && threads.Count < threadsMax)
            {
                var thread = new Thread(Work) { IsBackground = true, Name = "bzip2" };
                threads.Add(thread);
                thread.Start();
            }

            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits until a submitted piece is done.</summary>
    public void Await(Piece piece)
    {
        lock (gate)
        {
            while (!piece.IsDone)
            {
                Monitor.Wait(gate);
            }
        }
    }

    /// <summary>Takes a piece back, waiting for it only when a thread is at it.</summary>
    public void Recall(IReadOnlySet<Piece> pieces)
    {
        lock (gate)
        {
            int count = waiting.Count;
            for (int index = 0; index < count; index++)
            {
                Piece piece = waiting.Dequeue();
                if (pieces.Contains(piece))
                {
                    piece.IsDone = true;
                }
                else
                {
                    waiting.Enqueue(piece);
                }
            }
        }

        foreach (Piece piece in pieces)
        {
            Await(piece);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isStopped = true;
            waiting.Clear();
            Monitor.PulseAll(gate);
        }

        threads.ForEach(thread => thread.Join());
    }

    private void Work()
    {
        var decoder = new BlockDecoder();
        while (Take() is { } piece)
        {
            try
            {
                piece.Decode(decoder);
            }
            catch (Exception failure)
            {
                piece.Failure = failure;
            }

            lock (gate)
            {
                piece.IsDone = true;
                Monitor.PulseAll(gate);
            }
        }
    }

    private Piece? Take()
    {
        lock (gate)
        {
            idle++;
            while (waiting.Count == 0 && !isStopped)
            {
                Monitor.Wait(gate);
            }

            idle--;
            return isStopped ? null : waiting.Dequeue();
        }
    }
}
