using Breakwater.Ledger;

namespace Breakwater.Records;

/// <summary>One thing for the writer to do, and somebody who waits for it to be durable.</summary>
internal abstract class Work
{
    /// <summary>Has the writer's transaction to itself.</summary>
    public virtual bool IsAlone => false;

    /// <summary>What must be known before it is linked.</summary>
    public virtual IEnumerable<string> Subjects => [];

    public virtual string? OnceKey => null;

    /// <summary>How large it is, where that is more than some thousand octets.</summary>
    public virtual int Octets => 0;

    /// <summary>Puts what it adds into the batch. Nothing is signed or stored yet.</summary>
    public virtual void Link(Batch batch) { }

    /// <summary>Only for what is alone: within the transaction.</summary>
    public virtual void Run() { }

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
    IReadOnlyList<Write> writes,
    IReadOnlyList<ProductRow?[]> products,
    Once? once
) : Work<AppendOutcome>
{
    public override IEnumerable<string> Subjects => writes.Select(write => write.Subject);

    public override string? OnceKey => once?.Key;

    public override void Link(Batch batch) =>
        Result = Again(batch) ?? (AppendOutcome?)Conflict(batch) ?? All(batch);

    private AppendOutcome? Again(Batch batch) =>
        once is null || batch.Answer(once.Key) is not { } answered ? null
        : answered.Digest == once.Digest ? new Repeated(answered.Versions)
        : new KeyReused(once.Key);

    /// <summary>All versions are looked at before anything is linked, so that of a refused append nothing is in the batch.</summary>
    private Conflict? Conflict(Batch batch) =>
        writes
            .Where(write => batch.Version(write.Subject) != write.ExpectedVersion)
            .Select(write => new Conflict(
                write.Subject,
                write.ExpectedVersion,
                batch.Version(write.Subject)
            ))
            .FirstOrDefault();

    private Appended All(Batch batch)
    {
        var events = new List<Event>();
        var documents = new List<Document>();
        for (int i = 0; i < writes.Count; i++)
        {
            Write write = writes[i];
            for (int j = 0; j < write.Drafts.Count; j++)
            {
                events.Add(batch.Link(write.Drafts[j], write.Subject, products[i][j]));
                if (StoredKeys.DestroyedBy(write.Drafts[j]) is { } destroyed)
                {
                    batch.Destroyed.Add(destroyed);
                }
            }

            batch.Keys.AddRange(write.Keys);

            if (write.Document is { } document)
            {
                documents.Add(batch.Show(write.Subject, document));
            }
        }

        SubjectVersion[] versions =
        [
            .. writes.Select(write => new SubjectVersion(
                write.Subject,
                batch.Version(write.Subject)
            )),
        ];
        if (once is not null)
        {
            batch.Remember(once.Key, new Answered(once.Digest, once.Until, versions));
        }

        return new Appended(versions, events, documents);
    }
}

internal sealed class KeepWork(string sha256, byte[] content) : Work<string>
{
    public override int Octets => content.Length;

    public override void Link(Batch batch)
    {
        batch.Evidence.Add((sha256, content));
        Result = sha256;
    }
}

/// <summary>Anything that must have the writer's connection to itself, such as rebuilding.</summary>
internal sealed class AloneWork<T>(Func<T> run) : Work<T>
{
    public override bool IsAlone => true;

    public override void Run() => Result = run();
}
