using System.Buffers;
using System.Data.Common;
using System.Text.Json;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using Breakwater.Vocabulary;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Breakwater.Records;

/// <summary>
/// A store as it was at one moment, read beside whoever has it open and writes on: one read transaction, without the
/// folder's lock. For backups and for comparing with one.
/// </summary>
public sealed class StoreMoment : IDisposable
{
    private readonly IDisposable? owner;
    private readonly DbConnection connection;
    private readonly DbTransaction moment;
    private readonly string place;
    private GrowingTree? tree;
    private string? projections;

    private StoreMoment(DbConnection connection, IDisposable? owner, string place)
    {
        (this.connection, this.owner, this.place) = (connection, owner, place);
        moment = connection.Moment();
        // The first reading fixes the moment in both databases.
        Events = connection.Number("SELECT max(sequence) FROM events");
        Evidence = connection.Number("SELECT count(*) FROM evidence");
        Keys = connection.Number("SELECT count(*) FROM keys WHERE box IS NOT NULL");
        KeysDestroyed = connection.Number("SELECT count(*) FROM keys WHERE box IS NULL");
    }

    public long Events { get; }

    public long Evidence { get; }

    public long Keys { get; }

    public long KeysDestroyed { get; }

    /// <summary>SHA-256 of the tables that follow from the events, as <see cref="IRecords.DumpProjections"/> writes them.</summary>
    public string Projections =>
        projections ??= Records.Projections.Hash(connection, CancellationToken.None);

    /// <param name="store">Connection to PostgreSQL; empty for SQLite in the folder.</param>
    /// <exception cref="RecordsFault">There is no store, or not of this version.</exception>
    public static StoreMoment Of(string folder, string store) =>
        store.Length > 0 ? OfServer(store) : OfFile(Path.Combine(folder, "breakwater.db"));

    /// <summary>Octets of a leaf below this tree's root over the first <paramref name="size"/> events, in hexadecimal.</summary>
    public string RootAt(long size) =>
        Convert.ToHexStringLower(StoredTiles.Tree(connection, Events).Root(size));

    /// <summary>Who the store says wrote it; null for nobody yet.</summary>
    public string? NodeName()
    {
        using DbCommand command = connection.Statement("SELECT name FROM nodes");
        return command.ExecuteScalar() as string;
    }

    /// <summary>Everything that follows from nothing else, as files of a backup. To be read to its end, once.</summary>
    /// <exception cref="RecordsFault">An event is damaged: a backup of it could not be restored.</exception>
    public IEnumerable<(string Name, ReadOnlyMemory<byte> Octets)> Parts(CancellationToken cancel)
    {
        foreach ((string, ReadOnlyMemory<byte>) part in Tables().Concat(EventParts(cancel)))
        {
            yield return part;
        }

        foreach (string sha256 in Hashes())
        {
            cancel.ThrowIfCancellationRequested();
            yield return (KeptRows.Evidence + sha256, Content(sha256));
        }
    }

    /// <summary>Signs the root of what <see cref="Parts"/> gave.</summary>
    public string Checkpoint(Signer signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return tree?.Size == Events
            ? Ledger.Checkpoint.Of(signer.Name, tree.Size, tree.Root()).Sign(signer)
            : throw new InvalidOperationException("the events were not read to their end");
    }

    public void Dispose()
    {
        moment.Dispose();
        connection.Dispose();
        owner?.Dispose();
    }

    private IEnumerable<(string Name, ReadOnlyMemory<byte> Octets)> Tables() =>
        Lines(
                KeptRows.Nodes,
                "SELECT name, verifier FROM nodes ORDER BY name",
                row => new KeptNode(row.GetString(0), row.GetString(1))
            )
            .Concat(
                Lines(
                    KeptRows.Checkpoints,
                    "SELECT size, note FROM checkpoints ORDER BY size",
                    row => new KeptCheckpoint(row.GetInt64(0), row.GetString(1))
                )
            )
            .Concat(
                Lines(
                    KeptRows.Keys,
                    "SELECT id, subject, custody, box FROM keys ORDER BY id",
                    row => new KeptKey(
                        row.GetString(0),
                        row.GetString(1),
                        row.GetString(2),
                        row.IsDBNull(3) ? null : row.GetString(3)
                    )
                )
            )
            .Concat(
                Lines(
                    KeptRows.Once,
                    "SELECT key, digest, until, versions FROM once ORDER BY key",
                    row => new KeptAnswer(
                        row.GetString(0),
                        row.GetString(1),
                        row.GetInt64(2),
                        row.GetString(3)
                    )
                )
            );

    private IEnumerable<(string Name, ReadOnlyMemory<byte> Octets)> EventParts(
        CancellationToken cancel
    )
    {
        tree = new GrowingTree();
        var chain = new Chain();
        var part = new ArrayBufferWriter<byte>();
        long first = 1;
        using DbCommand all = connection.Statement(Rows.All);
        all.CommandTimeout = 0;
        foreach (Row row in Rows.Read(all))
        {
            cancel.ThrowIfCancellationRequested();
            IReadOnlyList<Damage> breaks = chain.Follow(row.Event);
            if (breaks.Count > 0)
            {
                throw Damaged(breaks[0]);
            }

            tree.Append(row.Event.LeafHash.Span, filled: null);
            EventPart.Append(part, row);
            if (
                row.Sequence - first + 1 >= EventPart.EventsMax
                || part.WrittenCount >= EventPart.OctetsMax
            )
            {
                yield return (EventPart.NameOf(first), part.WrittenMemory);
                part.ResetWrittenCount();
                first = row.Sequence + 1;
            }
        }

        if (part.WrittenCount > 0)
        {
            yield return (EventPart.NameOf(first), part.WrittenMemory);
        }
    }

    private RecordsFault Damaged(Damage damage) =>
        new(
            RecordsFaultKind.Corrupt,
            $"event {damage.Sequence} is damaged ({damage.Detail}), and no backup was made",
            place,
            "Run `breakwater verify`, keep the store as evidence, and restore an earlier backup into a fresh folder"
        );

    private List<string> Hashes()
    {
        using DbCommand command = connection.Statement(
            "SELECT sha256 FROM evidence ORDER BY sha256"
        );
        using DbDataReader row = command.ExecuteReader();
        var hashes = new List<string>();
        while (row.Read())
        {
            hashes.Add(row.GetString(0));
        }

        return hashes;
    }

    private byte[] Content(string sha256)
    {
        using DbCommand command = connection.Statement(
            "SELECT content FROM evidence WHERE sha256 = $1",
            sha256
        );
        return (byte[])command.ExecuteScalar()!;
    }

    /// <summary>In parts as large as those of events: a busy node remembers millions of answers.</summary>
    private IEnumerable<(string Name, ReadOnlyMemory<byte> Octets)> Lines(
        string table,
        string sql,
        Func<DbDataReader, object> of
    )
    {
        using DbCommand command = connection.Statement(sql);
        command.CommandTimeout = 0;
        using DbDataReader row = command.ExecuteReader();
        var lines = new ArrayBufferWriter<byte>();
        int part = 1;
        while (row.Read())
        {
            object line = of(row);
            lines.Write(JsonSerializer.SerializeToUtf8Bytes(line, line.GetType(), Json.Compact));
            lines.Write("\n"u8);
            if (lines.WrittenCount >= EventPart.OctetsMax)
            {
                yield return (KeptRows.PartOf(table, part++), lines.WrittenMemory);
                lines.ResetWrittenCount();
            }
        }

        if (lines.WrittenCount > 0)
        {
            yield return (KeptRows.PartOf(table, part), lines.WrittenMemory);
        }
    }

    private static StoreMoment OfFile(string file)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = file,
                    Mode = SqliteOpenMode.ReadOnly,
                    Pooling = false,
                }.ToString()
            );
            connection.Open();
            SqliteSchema.Recognise(connection, file);
            RequirePresent(
                connection.Number("PRAGMA user_version"),
                SqliteSchema.Version,
                SqliteSchema.Version,
                file
            );
            return new StoreMoment(connection, owner: null, file);
        }
        catch (SqliteException failure)
        {
            connection?.Dispose();
            throw RecordsFault.Of(failure, file);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private static StoreMoment OfServer(string store)
    {
        var server = new PostgresServer(store);
        NpgsqlConnection? connection = null;
        try
        {
            connection = server.Reader().AsTask().GetAwaiter().GetResult();
            RequirePresent(
                PostgresSchema.Recognise(connection, server.Schema, server.Place),
                PostgresSchema.VersionOldest,
                PostgresSchema.Version,
                server.Place
            );
            return new StoreMoment(connection, server, server.Place);
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            server.Dispose();
            throw PostgresFaults.Of(failure, server.Place) ?? failure;
        }
    }

    private static void RequirePresent(long version, int oldest, int known, string place)
    {
        if (version > known)
        {
            throw RecordsFault.Newer(version, known, place);
        }

        if (version < oldest)
        {
            throw new RecordsFault(
                RecordsFaultKind.Unwritable,
                $"the store has version {version} and not {oldest} yet",
                place,
                "Run `breakwater verify` once, which takes it over and copies it first"
            );
        }
    }
}
