using System.Data.Common;
using Breakwater.Ledger;
using NodaTime;

namespace Breakwater.Records;

/// <summary>Where a subject stands in the ledger: how many events it has and the sequence of its first; zeros for none.</summary>
internal readonly record struct SubjectHead(long Version, long First);

/// <summary>What became of a transaction whose end was not heard of.</summary>
internal enum Fate
{
    /// <summary>The database does not answer; ask again.</summary>
    Unknown,
    Undone,
    Kept,
}

/// <summary>What was answered to a request that may come again.</summary>
internal sealed record Answered(
    string Digest,
    Instant Until,
    IReadOnlyList<SubjectVersion> Versions
);

/// <summary>
/// What the one writer asks of a database. Everything that is decided (versions, links, signatures, repeats) is decided
/// above it, once for both stores.
/// </summary>
internal interface IJournal : IDisposable
{
    /// <summary>Which store it is, for messages.</summary>
    string Place { get; }

    ChainHead Head();

    IReadOnlyDictionary<string, SubjectHead> Heads(IReadOnlyCollection<string> subjects);

    /// <summary>Those of the keys that are known, expired or not.</summary>
    IReadOnlyDictionary<string, Answered> Answers(IReadOnlyCollection<string> keys);

    /// <summary>Runs in one transaction, which is durable when this returns and undone when it throws.</summary>
    void Transact(Action act);

    /// <summary>Within a transaction.</summary>
    void Store(Batch batch);

    /// <summary>What became of a transaction that threw, by looking at the store. Does not throw.</summary>
    /// <param name="intended">Where the chain would end if it was kept.</param>
    Fate FateOf(ChainHead intended);

    /// <summary>What a person can do about a failure of this database; null when it was none of the database's.</summary>
    RecordsFault? FaultOf(Exception failure);

    /// <summary>The connection that the transaction is on.</summary>
    DbConnection Connection { get; }

    /// <summary>
    /// Puts empty tables in place of those that follow from the events, without what makes them quick to search. The documents
    /// that were are <c>documents_before</c>.
    /// </summary>
    void ClearProjections();

    /// <summary>Into an empty store, as they were written elsewhere.</summary>
    void Put(IReadOnlyList<Event> events);

    void Put(IReadOnlyList<(ProductRow Product, long Sequence)> products);

    /// <summary>Into cleared tables; a document may come again.</summary>
    void Put(IReadOnlyList<Document> documents);

    /// <summary>Makes what <see cref="ClearProjections"/> left out.</summary>
    void CompleteProjections();

    /// <summary>Gives up what was before.</summary>
    void AdoptProjections();
}
