using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Breakwater.Ledger.Tiles;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Records;

/// <summary>All that a store does alike in both databases. They differ in how they are opened, written and searched.</summary>
public abstract class SqlRecords : IRecords
{
    /// <summary>What a database holds in one value, with room to spare; larger inputs stay where they are and are named by their hash.</summary>
    public const int EvidenceOctetsMax = 512 * 1024 * 1024;

    /// <summary>What one transaction may hold in memory.</summary>
    public const int DraftsMax = 10_000;

    private readonly Signer signer;

    /// <summary>Both are null where another process writes to the store and this one only reads it.</summary>
    private readonly IJournal? journal;
    private readonly Writer? writer;

    /// <summary>Why this one only reads; null when it writes.</summary>
    private readonly RecordsFault? held;
    private readonly Readers readers;
    private readonly DocumentSearch search;
    private readonly FoldingOf foldings;

    private protected SqlRecords(
        Signer signer,
        IJournal journal,
        Readers readers,
        DocumentSearch search,
        IClock? clock,
        FoldingOf? foldings
    )
    {
        (this.signer, this.journal, this.readers) = (signer, journal, readers);
        this.search = search;
        this.foldings = foldings ?? ((_, _) => null);
        writer = new Writer(journal, signer, clock ?? SystemClock.Instance);
    }

    /// <summary>A store that another process writes to: all that reads it is as ever, and whatever would write is refused.</summary>
    private protected SqlRecords(
        Signer signer,
        Readers readers,
        DocumentSearch search,
        RecordsFault held
    )
    {
        (this.signer, this.readers, this.search, this.held) = (signer, readers, search, held);
        foldings = (_, _) => null;
    }

    private bool IsBeside => writer is null;

    private Writer Writing => writer ?? throw held!;

    private IJournal Journal => journal ?? throw held!;

    public Verifier Node => signer.Verifier;

    /// <summary>True when the node of a folder is an exercise; false also where there is none yet.</summary>
    public static bool IsOfExercise(string folder) => DataFolder.IsExercise(folder);

    public byte[] Secret(string purpose) => signer.Derive(purpose);

    public async Task<AppendOutcome> Append(
        IReadOnlyList<Write> writes,
        Once? once = null,
        CancellationToken cancel = default
    ) =>
        await Writing
            .Do(new AppendWork(writes, Admission.Products(writes), once), cancel)
            .ConfigureAwait(false);

    public Task<long> Version(string subject) =>
        readers.Ask(reader =>
        {
            using DbCommand command = reader.Statement(
                "SELECT max(version) FROM events WHERE subject = $1",
                subject
            );
            return command.ExecuteScalar() as long? ?? 0;
        });

    public Task<long> Count() =>
        readers.Ask(reader => reader.Number("SELECT max(sequence) FROM events"));

    public WriterLoad Load => writer?.Load ?? default;

    public long ProductsAsOf => writer?.ProductsAsOf ?? long.MaxValue;

    public IAsyncEnumerable<Event> EventsOf(
        string subject,
        long after = 0,
        CancellationToken cancel = default
    ) => readers.Events(Rows.OfSubject, after + 1, row => row.Version, subject, cancel);

    public IAsyncEnumerable<Event> EventsFrom(long sequence, CancellationToken cancel = default) =>
        readers.Events(Rows.FromSequence, sequence, row => row.Sequence, null, cancel);

    public Task<string> Keep(ReadOnlyMemory<byte> evidence, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(evidence.Length, EvidenceOctetsMax);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(evidence.Span));
        return Writing.Do(new KeepWork(sha256, evidence.ToArray()), cancel);
    }

    public Task<byte[]?> Evidence(string sha256) =>
        readers.Ask(reader =>
        {
            using DbCommand command = reader.Statement(
                "SELECT content FROM evidence WHERE sha256 = $1",
                sha256
            );
            return command.ExecuteScalar() as byte[];
        });

    public Task<bool> Forget(string sha256, CancellationToken cancel = default) =>
        Alone(
            () =>
            {
                using DbCommand command = Journal.Connection.Statement(
                    "DELETE FROM evidence WHERE sha256 = $1",
                    sha256
                );
                return command.ExecuteNonQuery() > 0;
            },
            cancel
        );

    public Task<Product?> Product(string id) =>
        readers.Ask(reader =>
        {
            using DbCommand command = reader.Statement(Rows.OfProduct, id);
            return Rows.Read(command).Select(row => Records.Product.Of(row.Event)).FirstOrDefault();
        });

    public async IAsyncEnumerable<Product> Products(
        string kind,
        long after = 0,
        [EnumeratorCancellation] CancellationToken cancel = default
    )
    {
        await foreach (
            Event entry in readers
                .Events(Rows.OfKind, after + 1, row => row.Sequence, kind, cancel)
                .ConfigureAwait(false)
        )
        {
            yield return Records.Product.Of(entry);
        }
    }

    public Task<IReadOnlyList<Product>> Products(string kind, long after, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Records.Product.AtOnceMax);
        return readers.Ask<IReadOnlyList<Product>>(reader =>
        {
            using DbCommand command = reader.Statement(Rows.OfKind, after + 1, (long)limit, kind);
            return [.. Rows.Read(command).Select(row => Records.Product.Of(row.Event))];
        });
    }

    public Task<IReadOnlyList<Product>> Products(IReadOnlyCollection<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, Records.Product.AtOnceMax);
        return ids.Count == 0
            ? Task.FromResult<IReadOnlyList<Product>>([])
            : readers.Ask<IReadOnlyList<Product>>(reader =>
            {
                using DbCommand command = reader.Statement(Rows.OfProducts(ids.Count), [.. ids]);
                return [.. Rows.Read(command).Select(row => Records.Product.Of(row.Event))];
            });
    }

    public Task<IReadOnlyList<Link>> Links(string productId) =>
        readers.Ask<IReadOnlyList<Link>>(reader =>
        {
            using DbCommand command = reader.Statement(
                """
                SELECT relation, target FROM links JOIN products USING (sequence)
                WHERE products.id = $1 ORDER BY relation, target
                """,
                productId
            );
            using DbDataReader rows = command.ExecuteReader();
            var links = new List<Link>();
            while (rows.Read())
            {
                links.Add(new Link((LinkRelation)rows.GetInt64(0), rows.GetString(1)));
            }

            return links;
        });

    public Task<Document?> Document(string subject) =>
        readers.Ask(reader =>
        {
            using DbCommand command = reader.Statement(DocumentRow.OfSubject, subject);
            return DocumentRow.Read(command).SingleOrDefault();
        });

    public Task<IReadOnlyList<Document>> Documents(DocumentQuery query) =>
        readers.Ask(reader => search.Find(reader, query));

    public Task<DocumentPage> Documents(DocumentQuery query, Reader reader, Instant now) =>
        readers.Ask(connection => search.Find(connection, query, reader, now));

    public Task<IReadOnlyList<Document>> Due(Instant now, int limit) =>
        Documents(
            $"{DocumentRow.Select} WHERE due_at IS NOT NULL AND due_at <= $2 ORDER BY due_at, first_sequence LIMIT $1",
            limit,
            now.ToUnixTimeTicks()
        );

    public Task<IReadOnlyList<Document>> ChangedSince(long after, long until, int limit) =>
        Documents(DocumentRow.ChangedSince, limit, after, until);

    public Task<long> WaitForNews(long sequence, CancellationToken cancel = default) =>
        Writing.News.After(sequence, cancel);

    public Task<string> Checkpoint(CancellationToken cancel = default) =>
        IsBeside
            ? readers.Ask(reader => new Proving(reader, signer).CheckpointBeside())
            : Alone(() => new Proving(Journal.Connection, signer).Checkpoint(Writing.Tree), cancel);

    public async Task<TlogProof?> Prove(
        long sequence,
        string? document = null,
        CancellationToken cancel = default
    )
    {
        Task<TlogProof?> Try() =>
            readers.Ask(reader => new Proving(reader, signer).Proof(sequence, document, IsBeside));
        if (await Try().ConfigureAwait(false) is { } proof)
        {
            return proof;
        }

        if (IsBeside || sequence < 1 || sequence > await Count().ConfigureAwait(false))
        {
            return null;
        }

        // Signed only where no checkpoint reaches so far, so that readers do not make the writer work.
        await Checkpoint(cancel).ConfigureAwait(false);
        return await Try().ConfigureAwait(false);
    }

    public Task<ReadOnlyMemory<byte>?> Tile(Tile tile) =>
        readers.Ask(reader => tile.IsOne ? StoredTiles.Read(reader, tile) : null);

    public Task<WrappedKey?> Key(string id) => readers.Ask(reader => StoredKeys.Of(reader, id));

    public Task<IReadOnlyList<WrappedKey>> KeysOf(string subject) =>
        readers.Ask(reader => StoredKeys.OfSubject(reader, subject));

    public Task<Inspection> Verify(CancellationToken cancel = default) =>
        readers.Ask(reader => new Inspector(reader, Node).Inspect(cancel));

    /// <summary>Runs within the writer's transaction: readers see the old tables until the new ones are whole.</summary>
    public Task<Rebuilt> Rebuild(CancellationToken cancel = default) =>
        Alone(() => new Rebuilding(Journal, readers, foldings, cancel).Run(), cancel);

    public Task DumpProjections(Stream to, CancellationToken cancel = default) =>
        readers.Ask(reader =>
        {
            using DbTransaction moment = reader.Moment();
            Projections.Dump(reader, to, cancel);
            return true;
        });

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (writer is not null)
        {
            await writer.DisposeAsync().ConfigureAwait(false);
        }

        readers.Dispose();
        // Last, because whoever closes SQLite's file last moves its log into it, and readers may not.
        journal?.Dispose();
        signer.Dispose();
    }

    /// <summary>Fills tables of a store that nobody has written to yet; it must be opened again afterwards.</summary>
    internal Task Fill(Action<IJournal> fill, CancellationToken cancel) =>
        Alone(
            () =>
            {
                fill(Journal);
                return true;
            },
            cancel
        );

    /// <summary>Runs in the writer's turn and transaction.</summary>
    private protected Task<T> Alone<T>(Func<T> run, CancellationToken cancel) =>
        Writing.Do(new AloneWork<T>(run), cancel);

    /// <param name="sql">Takes the limit first.</param>
    private Task<IReadOnlyList<Document>> Documents(string sql, int limit, params long[] values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, DocumentQuery.LimitMax);
        return readers.Ask(reader =>
        {
            object[] all = [(long)limit, .. values];
            using DbCommand command = reader.Statement(sql, all);
            return DocumentRow.Read(command);
        });
    }
}
