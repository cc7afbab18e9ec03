using Breakwater.Ledger;

namespace Breakwater.Records;

/// <summary>One thing for the writer to do, and somebody who waits for it to be durable.</summary>
internal abstract class Work
{
    /// <summary>Runs outside the writer's transaction, with nothing else in its batch.</summary>
    public virtual bool IsAlone => false;

    /// <summary>Links what it appends behind the batch so far. Nothing is signed or stored yet.</summary>
    public virtual void Link(Batch batch) { }

    public abstract void Store(Statements statements);

    public abstract void Acknowledge();

    public abstract void Fail(Exception reason);
}

internal abstract class Work<T> : Work
{
    // Continuations run elsewhere, or a waiting page would hold up the one writer.
    private readonly TaskCompletionSource<T> done = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public Task<T> Done => done.Task;

    protected T? Result { get; set; }

    public override void Acknowledge() => done.SetResult(Result!);

    public override void Fail(Exception reason) => done.SetException(reason);
}

internal sealed class AppendWork(
    string subject,
    long expectedVersion,
    IReadOnlyList<Draft> drafts,
    IReadOnlyList<ProductRow?> products
) : Work<AppendOutcome>
{
    private readonly List<Event> events = new(drafts.Count);

    public override void Link(Batch batch)
    {
        long actual = batch.Version(subject);
        if (actual != expectedVersion)
        {
            Result = new Conflict(subject, expectedVersion, actual);
            return;
        }

        foreach (Draft draft in drafts)
        {
            events.Add(batch.Link(draft, subject));
        }

        Result = new Appended(actual + drafts.Count, events);
    }

    public override void Store(Statements statements)
    {
        for (int i = 0; i < events.Count; i++)
        {
            statements.Add(events[i]);
            if (products[i] is { } product)
            {
                statements.Set(product, events[i].Envelope.Sequence);
            }
        }
    }
}

internal sealed class KeepWork(string sha256, byte[] content) : Work<string>
{
    public override void Store(Statements statements)
    {
        statements.Add(sha256, content);
        Result = sha256;
    }
}

/// <summary>Anything that must have the writer's connection to itself, such as rebuilding.</summary>
internal sealed class AloneWork<T>(Func<Statements, T> run) : Work<T>
{
    public override bool IsAlone => true;

    public override void Store(Statements statements) => Result = run(statements);
}
