using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Breakwater.Ledger;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Breakwater.Records;

/// <summary>A node's store in one SQLite file: no set-up, one writer, any number of readers in this process.</summary>
public sealed class SqliteRecords : IRecords
{
    /// <summary>SQLite holds a blob of at most 2^30 octets; larger inputs stay where they are and are named by their hash.</summary>
    public const int EvidenceOctetsMax = 512 * 1024 * 1024;

    private readonly DataFolder folder;
    private readonly Signer signer;
    private readonly SqliteConnection connection;
    private readonly Writer writer;
    private readonly Readers readers;

    private SqliteRecords(
        DataFolder folder,
        Signer signer,
        SqliteConnection connection,
        IClock clock
    )
    {
        (this.folder, this.signer, this.connection) = (folder, signer, connection);
        writer = new Writer(connection, signer, clock);
        readers = new Readers(folder.Store);
    }

    public Verifier Node => signer.Verifier;

    /// <summary>Opens the store of a folder, which is made when it is absent.</summary>
    /// <exception cref="RecordsFault">It cannot be opened; whatever is there was left as it is.</exception>
    public static SqliteRecords Open(string path, IClock? clock = null) =>
        Open(path, clock ?? SystemClock.Instance, maxPages: null);

    internal static SqliteRecords Open(string path, IClock clock, int? maxPages)
    {
        var folder = DataFolder.Open(path);
        SqliteConnection? connection = null;
        Signer? signer = null;
        try
        {
            connection = Schema.Connect(folder.Store, SqliteOpenMode.ReadWriteCreate);
            Schema.Recognise(connection, folder.Store);
            Schema.Prepare(connection, maxPages);
            signer = Identify(folder, connection);
            return new SqliteRecords(folder, signer, connection, clock);
        }
        catch (Exception failure)
        {
            signer?.Dispose();
            connection?.Dispose();
            folder.Dispose();
            if (failure is SqliteException sqlite)
            {
                throw RecordsFault.Of(sqlite, folder.Store);
            }

            throw;
        }
    }

    public async Task<AppendOutcome> Append(
        string subject,
        long expectedVersion,
        IReadOnlyList<Draft> drafts,
        CancellationToken cancel = default
    )
    {
        var products = new ProductRow?[drafts.Count];
        for (int i = 0; i < products.Length; i++)
        {
            Draft draft = drafts[i];
            products[i] = ProductRow.Of(draft.Type, draft.Payload, draft.Evidence);
            if (products[i] is null && ProductRecorded.IsType(draft.Type))
            {
                throw new ArgumentException($"{draft.Type} needs the payload of a product");
            }
        }

        return await writer
            .Do(new AppendWork(subject, expectedVersion, drafts, products), cancel)
            .ConfigureAwait(false);
    }

    public Task<long> Version(string subject) =>
        readers.Ask(reader =>
        {
            using SqliteCommand command = reader.Statement(
                "SELECT max(version) FROM events WHERE subject = $1",
                subject
            );
            return command.ExecuteScalar() as long? ?? 0;
        });

    public Task<long> Count() =>
        readers.Ask(reader => reader.Number("SELECT max(sequence) FROM events"));

    public IAsyncEnumerable<Event> EventsOf(string subject, CancellationToken cancel = default) =>
        readers.Events(Rows.OfSubject, 1, row => row.Version, subject, cancel);

    public IAsyncEnumerable<Event> EventsFrom(long sequence, CancellationToken cancel = default) =>
        readers.Events(Rows.FromSequence, sequence, row => row.Sequence, null, cancel);

    public Task<string> Keep(ReadOnlyMemory<byte> evidence, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(evidence.Length, EvidenceOctetsMax);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(evidence.Span));
        return writer.Do(new KeepWork(sha256, evidence.ToArray()), cancel);
    }

    public Task<byte[]?> Evidence(string sha256) =>
        readers.Ask(reader =>
        {
            using SqliteCommand command = reader.Statement(
                "SELECT content FROM evidence WHERE sha256 = $1",
                sha256
            );
            return command.ExecuteScalar() as byte[];
        });

    public Task<Product?> Product(string id) =>
        readers.Ask(reader =>
        {
            using SqliteCommand command = reader.Statement(Rows.OfProduct, id);
            return Rows.Read(command).Select(row => ProductOf(row.Event)).FirstOrDefault();
        });

    public async IAsyncEnumerable<Product> Products(
        string kind,
        [EnumeratorCancellation] CancellationToken cancel = default
    )
    {
        await foreach (
            Event entry in readers
                .Events(Rows.OfKind, 1, row => row.Sequence, kind, cancel)
                .ConfigureAwait(false)
        )
        {
            yield return ProductOf(entry);
        }
    }

    public Task<IReadOnlyList<Link>> Links(string productId) =>
        readers.Ask<IReadOnlyList<Link>>(reader =>
        {
            using SqliteCommand command = reader.Statement(
                """
                SELECT relation, target FROM links JOIN products USING (sequence)
                WHERE products.id = $1 ORDER BY relation, target
                """,
                productId
            );
            using SqliteDataReader rows = command.ExecuteReader();
            var links = new List<Link>();
            while (rows.Read())
            {
                links.Add(new Link((LinkRelation)rows.GetInt32(0), rows.GetString(1)));
            }

            return links;
        });

    public async Task<string> Checkpoint(CancellationToken cancel = default)
    {
        MerkleTree tree = await readers.Ask(Inspector.Tree).ConfigureAwait(false);
        string note = Ledger.Checkpoint.Of(signer.Name, tree).Sign(signer);
        return await writer
            .Do(
                new AloneWork<string>(_ =>
                {
                    using SqliteCommand command = connection.Statement(
                        "INSERT OR REPLACE INTO checkpoints VALUES ($1, $2)",
                        (long)tree.Size,
                        note
                    );
                    command.ExecuteNonQuery();
                    return note;
                }),
                cancel
            )
            .ConfigureAwait(false);
    }

    public Task<Inspection> Verify(CancellationToken cancel = default) =>
        readers.Ask(reader => new Inspector(reader, Node).Inspect(cancel));

    public Task<Rebuilt> Rebuild(CancellationToken cancel = default) =>
        writer.Do(
            new AloneWork<Rebuilt>(statements =>
                Projections.Rebuild(connection, statements, cancel)
            ),
            cancel
        );

    public Task DumpProjections(Stream to, CancellationToken cancel = default) =>
        readers.Ask(reader =>
        {
            using SqliteTransaction moment = reader.BeginTransaction(deferred: true);
            Projections.Dump(reader, to, cancel);
            return true;
        });

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync().ConfigureAwait(false);
        readers.Dispose();
        signer.Dispose();
        folder.Dispose();
    }

    /// <summary>The node's key, and its name in the store from the first start on.</summary>
    private static Signer Identify(DataFolder folder, SqliteConnection connection)
    {
        string? known;
        using (SqliteCommand command = connection.Statement("SELECT name FROM nodes"))
        {
            known = command.ExecuteScalar() as string;
        }

        Signer signer = folder.Key(known);
        if (known is null)
        {
            using SqliteCommand command = connection.Statement(
                "INSERT INTO nodes VALUES ($1, $2)",
                signer.Name,
                signer.Verifier.ToString()
            );
            command.ExecuteNonQuery();
        }

        return signer;
    }

    private static Product ProductOf(Event entry) =>
        ProductRecorded.TryRead(entry.Payload, out ProductRecorded? product)
            ? new Product(
                product.Id,
                product.Kind,
                entry.Envelope.Sequence,
                product.Body,
                product.Inputs,
                entry.Envelope.Evidence,
                entry.Envelope.Marking
            )
            : throw new RecordsFault(
                RecordsFaultKind.Corrupt,
                "the tables name an event that records no product",
                $"event {entry.Envelope.Sequence}",
                "Run `breakwater verify --rebuild`"
            );
}
