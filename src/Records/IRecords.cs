using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Breakwater.Ledger.Tiles;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Records;

/// <summary>
/// The store of a node: its ledger, its evidence, and tables that follow from the ledger. The one port with two
/// implementations. Faults of the machine are <see cref="RecordsFault"/>; everything else that can be expected is a value.
/// </summary>
public interface IRecords : IAsyncDisposable
{
    /// <summary>Name and public key of this node, made when its store was first opened.</summary>
    Verifier Node { get; }

    /// <summary>
    /// Appends all of the writes or none. The task ends when they are on disk and would survive a loss of power.
    /// </summary>
    /// <param name="writes">Of different subjects; a document needs at least one draft.</param>
    /// <param name="once">Null when the request may be carried out again if it comes again.</param>
    /// <exception cref="RecordsFault">Nothing of it was kept; the store goes on.</exception>
    Task<AppendOutcome> Append(
        IReadOnlyList<Write> writes,
        Once? once = null,
        CancellationToken cancel = default
    );

    /// <summary>How many events a subject has: what the next append should expect.</summary>
    Task<long> Version(string subject);

    /// <summary>Events in the ledger.</summary>
    Task<long> Count();

    /// <summary>How busy the one writer is and has been since the store was opened.</summary>
    WriterLoad Load { get; }

    /// <summary>Grows when products are recorded, and only then: what was made from products is good until it does. 0 for an empty ledger.</summary>
    long ProductsAsOf { get; }

    /// <param name="after">Versions up to this one are left out; 0 for none.</param>
    IAsyncEnumerable<Event> EventsOf(
        string subject,
        long after = 0,
        CancellationToken cancel = default
    );

    IAsyncEnumerable<Event> EventsFrom(long sequence, CancellationToken cancel = default);

    /// <summary>Keeps octets under their SHA-256, which it gives in lower-case hexadecimal; the same octets are kept once.</summary>
    Task<string> Keep(ReadOnlyMemory<byte> evidence, CancellationToken cancel = default);

    /// <summary>Null when this node does not hold it.</summary>
    Task<byte[]?> Evidence(string sha256);

    /// <summary>
    /// Takes octets out of the store, such as those of another node's publication that was taken back. The ledger keeps their hash.
    /// What is on record of this node's own names its octets for good: who calls makes sure that nothing else names these.
    /// </summary>
    /// <returns>False when they were not here.</returns>
    Task<bool> Forget(string sha256, CancellationToken cancel = default);

    /// <summary>The version recorded last; null when there is none.</summary>
    Task<Product?> Product(string id);

    /// <summary>Products of a kind, in the order in which their present versions were recorded.</summary>
    /// <param name="after">Those recorded up to this sequence are left out; 0 for all.</param>
    IAsyncEnumerable<Product> Products(
        string kind,
        long after = 0,
        CancellationToken cancel = default
    );

    /// <summary>The same, one page of at most so many.</summary>
    /// <param name="limit">1 to <see cref="Records.Product.AtOnceMax"/>.</param>
    Task<IReadOnlyList<Product>> Products(string kind, long after, int limit);

    /// <summary>The versions recorded last of those that there are, in no particular order.</summary>
    /// <param name="ids">At most <see cref="Records.Product.AtOnceMax"/>.</param>
    Task<IReadOnlyList<Product>> Products(IReadOnlyCollection<string> ids);

    /// <summary>What a product was made from; empty for a product without inputs and for an unknown id.</summary>
    Task<IReadOnlyList<Link>> Links(string productId);

    /// <summary>The present state of a subject; null for one without a document.</summary>
    Task<Document?> Document(string subject);

    /// <summary>Documents of a kind, at most as many as the query's limit.</summary>
    Task<IReadOnlyList<Document>> Documents(DocumentQuery query);

    /// <summary>
    /// Documents of a kind as one reader may see them. What is hidden from the reader is passed over, so that nothing in the
    /// answer, and not how it goes on either, depends on it.
    /// </summary>
    Task<DocumentPage> Documents(DocumentQuery query, Reader reader, Instant now);

    /// <summary>Documents that are due, the one due longest first.</summary>
    /// <param name="limit">1 to <see cref="DocumentQuery.LimitMax"/>.</param>
    Task<IReadOnlyList<Document>> Due(Instant now, int limit);

    /// <summary>Documents whose last event is in a stretch of the ledger, in the order of their last events; each as it is now.</summary>
    /// <param name="after">The sequence before the stretch.</param>
    /// <param name="until">The last sequence of the stretch: all its events are read, so a long one takes long.</param>
    /// <param name="limit">1 to <see cref="DocumentQuery.LimitMax"/>.</param>
    Task<IReadOnlyList<Document>> ChangedSince(long after, long until, int limit);

    /// <summary>Ends as soon as the ledger has an event later than <paramref name="sequence"/>; gives the last one's sequence.</summary>
    Task<long> WaitForNews(long sequence, CancellationToken cancel = default);

    /// <summary>Signs and keeps the root of the whole ledger, so that a later loss of its end can be proved. Gives the note.</summary>
    Task<string> Checkpoint(CancellationToken cancel = default);

    /// <summary>
    /// Proves to anybody with this node's public key that an event is in its ledger, by the last checkpoint that covers it
    /// or by a new one. Null when there is no such event.
    /// </summary>
    /// <param name="document">SHA-256 of the document that the proof goes with; null when it goes with none.</param>
    Task<TlogProof?> Prove(
        long sequence,
        string? document = null,
        CancellationToken cancel = default
    );

    /// <summary>A secret of this node for one purpose, which follows from its key and says nothing of it.</summary>
    byte[] Secret(string purpose);

    /// <summary>A tile of the tree over the ledger; null when the ledger does not reach so far.</summary>
    Task<ReadOnlyMemory<byte>?> Tile(Tile tile);

    /// <summary>A key as the custody can unwrap it; null when it was destroyed or never here.</summary>
    Task<WrappedKey?> Key(string id);

    /// <summary>The keys under which fields of a subject are sealed, without those that were destroyed.</summary>
    Task<IReadOnlyList<WrappedKey>> KeysOf(string subject);

    /// <summary>Recomputes every hash, signature and link of the ledger, every hash of evidence, and the tree.</summary>
    Task<Inspection> Verify(CancellationToken cancel = default);

    /// <summary>Drops the tables that follow from the ledger and makes them again from the events.</summary>
    Task<Rebuilt> Rebuild(CancellationToken cancel = default);

    /// <summary>Writes those tables as lines of canonical JSON in a fixed order: equal tables give equal octets in every store.</summary>
    Task DumpProjections(Stream to, CancellationToken cancel = default);
}
