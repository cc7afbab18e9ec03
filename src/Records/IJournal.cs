using System.Data.Common;
using Breakwater.Ledger;
using NodaTime;

namespace Breakwater.Records;

/// <summary>Where a subject stands in the ledger: how many events it has and the sequence of its first; zeros for none.</summary>
internal readonly record struct SubjectHead(long Version, long First);

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

    /// <summary>What a person can do about a failure of this database; null when it was none of the database's.</summary>
    RecordsFault? FaultOf(Exception failure);

    /// <summary>The connection that the transaction is on.</summary>
    DbConnection Connection { get; }

    /// <summary>Replaces the tables that follow from the events by empty ones, without what makes them quick to search.</summary>
    void ClearProjections();

    void Put(IReadOnlyList<(ProductRow Product, long Sequence)> products);

    /// <summary>Into cleared tables; a document may come again.</summary>
    void Put(IReadOnlyList<Document> documents);

    /// <summary>Makes what <see cref="ClearProjections"/> left out.</summary>
    void CompleteProjections();
}
