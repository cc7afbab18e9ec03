using System.Security.Cryptography;
using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Breakwater.Ledger.Tiles;
using NodaTime;

namespace Breakwater.Records;

/// <summary>What one group commit adds, while it is linked and signed and before any of it is stored.</summary>
internal sealed class Batch
{
    /// <summary>Below this, handing work to other processors costs more than it saves: a signature takes about 30 us.</summary>
    private const int ParallelFrom = 4;

    private readonly Dictionary<string, SubjectHead> heads;
    private readonly Dictionary<string, Answered> answers;
    private readonly Dictionary<string, Document> documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Answered> newAnswers = new(StringComparer.Ordinal);
    private readonly Signer signer;
    private readonly byte[] random = new byte[EventId.RandomOctets];

    public Batch(
        IJournal journal,
        KnownHeads known,
        IReadOnlyList<Work> works,
        ChainHead start,
        Signer signer,
        Instant now
    )
    {
        (this.signer, Head, Now) = (signer, start, now);
        heads = known.Of(works.SelectMany(work => work.Subjects));
        answers = new(
            journal.Answers([.. works.Select(work => work.OnceKey).OfType<string>().Distinct()]),
            StringComparer.Ordinal
        );
    }

    public ChainHead Head { get; private set; }

    /// <summary>Of the subjects that it looked at or adds to.</summary>
    public IReadOnlyDictionary<string, SubjectHead> Heads => heads;

    public Instant Now { get; }

    public List<Event> Events { get; } = [];

    public List<(ProductRow Product, long Sequence)> Products { get; } = [];

    /// <summary>Of each subject the last one: those before it are history by the time the batch is stored.</summary>
    public IReadOnlyCollection<Document> Documents => documents.Values;

    public IReadOnlyDictionary<string, Answered> NewAnswers => newAnswers;

    public List<(string Sha256, byte[] Content)> Evidence { get; } = [];

    public List<WrappedKey> Keys { get; } = [];

    public List<KeyDestroyed> Destroyed { get; } = [];

    /// <summary>The tiles that its events complete.</summary>
    public List<(Tile Tile, ReadOnlyMemory<byte> Octets)> Tiles { get; } = [];

    /// <summary>The subject's version, counting what this batch already holds.</summary>
    public long Version(string subject) => heads.GetValueOrDefault(subject).Version;

    /// <summary>Null for a key that is new, or so old that it may be forgotten.</summary>
    public Answered? Answer(string key) =>
        answers.GetValueOrDefault(key) is { } answered && answered.Until > Now ? answered : null;

    public void Remember(string key, Answered answered) =>
        answers[key] = newAnswers[key] = answered;

    public Event Link(Draft draft, string subject, ProductRow? product)
    {
        SubjectHead before = heads.GetValueOrDefault(subject);
        RandomNumberGenerator.Fill(random);
        var linked = Event.Link(
            draft,
            subject,
            before.Version + 1,
            Head,
            HybridClock.Tick(Head.Clock, Now),
            signer.Name,
            random
        );
        Head = linked.Head;
        heads[subject] = new SubjectHead(
            before.Version + 1,
            before.Version == 0 ? Head.Sequence : before.First
        );
        Events.Add(linked);
        if (product is not null)
        {
            Products.Add((product, Head.Sequence));
        }

        return linked;
    }

    /// <summary>Call behind the last event of the subject's write.</summary>
    public Document Show(string subject, DocumentState state) =>
        documents[subject] = Document.Of(state, subject, heads[subject], Head.Sequence);

    public void Sign()
    {
        if (Events.Count < ParallelFrom)
        {
            Events.ForEach(linked => linked.Sign(signer));
            return;
        }

        Parallel.ForEach(Events, linked => linked.Sign(signer));
    }
}
