using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Breakwater.Records;

/// <summary>The tables, their version, and how a connection to them is set up.</summary>
internal static class SqliteSchema
{
    public const int Version = 3;

    /// <summary>"BWTR": marks the file as ours in the header of the database.</summary>
    private const int ApplicationId = 0x42575452;

    /// <summary>Only appended to.</summary>
    private const string Truth = """
        CREATE TABLE events (
            sequence INTEGER PRIMARY KEY, subject TEXT NOT NULL, version INTEGER NOT NULL,
            envelope BLOB NOT NULL, payload BLOB NOT NULL, signature BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX events_by_subject ON events (subject, version);
        CREATE TABLE evidence (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
        CREATE TABLE nodes (name TEXT PRIMARY KEY, verifier TEXT NOT NULL) STRICT;
        CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
        """;

    /// <summary>
    /// Beside the ledger, because they must be possible to destroy: a key without a box was. Tiles follow from the events;
    /// each is written once and read by proofs.
    /// </summary>
    private const string Keys = """
        CREATE TABLE keys (
            id TEXT PRIMARY KEY, subject TEXT NOT NULL, custody TEXT NOT NULL, box TEXT) STRICT, WITHOUT ROWID;
        CREATE INDEX keys_by_subject ON keys (subject);
        CREATE TABLE tiles (
            level INTEGER NOT NULL, place INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, place)) STRICT;
        """;

    /// <summary>Neither truth nor its consequence: what was answered lately, so that a request sent again is recognised.</summary>
    private const string Operation = """
        CREATE TABLE once (
            key TEXT PRIMARY KEY, digest TEXT NOT NULL, until INTEGER NOT NULL, versions TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX once_by_until ON once (until);
        """;

    /// <summary>
    /// Follow from the events. A product's body stays in its event, so that it is stored once; links hang on the event too,
    /// so that they are only added to, in the order of the ledger, and never touch a page twice.
    /// </summary>
    private const string Products = """
        CREATE TABLE products (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX products_by_kind ON products (kind, sequence);
        CREATE TABLE links (
            sequence INTEGER NOT NULL, relation INTEGER NOT NULL, target TEXT NOT NULL,
            PRIMARY KEY (sequence, relation, target)) STRICT, WITHOUT ROWID;
        """;

    /// <summary>
    /// The first sequence is the row's number, so documents lie in the order in which they are listed, and searches give
    /// them in that order without sorting.
    /// </summary>
    private const string Documents = """
        CREATE TABLE documents (
            first_sequence INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
            sequence INTEGER NOT NULL, kind TEXT NOT NULL, marking TEXT NOT NULL, parent TEXT, standing TEXT NOT NULL,
            due_at INTEGER, place TEXT, west REAL, south REAL, east REAL, north REAL, words TEXT NOT NULL,
            body BLOB NOT NULL) STRICT;
        """;

    /// <summary>
    /// What the public is listed, so that no stranger makes the node go through what is hidden. Stores of this version may be
    /// without them; a program that does not know of them keeps them all the same.
    /// </summary>
    private const string PublicIndexes = $"""
        CREATE INDEX IF NOT EXISTS documents_public ON documents (kind, first_sequence) WHERE {DocumentRow.Public};
        CREATE INDEX IF NOT EXISTS documents_public_by_standing ON documents (kind, standing, first_sequence)
            WHERE {DocumentRow.Public};
        """;

    /// <summary>Made last when rebuilding: an index costs less at once than row by row.</summary>
    private const string DocumentIndexes = $"""
        {PublicIndexes}
        CREATE INDEX documents_by_kind ON documents (kind, first_sequence);
        CREATE INDEX documents_by_standing ON documents (kind, standing, first_sequence);
        CREATE INDEX documents_by_parent ON documents (parent, kind, first_sequence) WHERE parent IS NOT NULL;
        CREATE INDEX documents_by_parent_and_standing ON documents (parent, kind, standing, first_sequence)
            WHERE parent IS NOT NULL;
        CREATE INDEX documents_by_due ON documents (due_at, first_sequence) WHERE due_at IS NOT NULL;
        CREATE VIRTUAL TABLE document_terms USING fts5 (
            terms, content='', contentless_delete=1, detail='none', tokenize='ascii');
        CREATE VIRTUAL TABLE document_boxes USING rtree (first_sequence, west, east, south, north);
        """;

    public static SqliteConnection Connect(string store, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(Name(store, mode));
        connection.Open();
        return connection;
    }

    /// <summary>The connection string.</summary>
    public static string Name(string store, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = store,
            Mode = mode,
            // The writer lives as long as the store, and readers have a pool of their own.
            Pooling = false,
        }.ToString();

    /// <summary>Refuses what is not ours before anything is written to it.</summary>
    public static void Recognise(SqliteConnection connection, string store)
    {
        long application = connection.Number("PRAGMA application_id");
        long version = connection.Number("PRAGMA user_version");
        bool isEmpty = connection.Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != ApplicationId && !(isEmpty && application == 0 && version == 0))
        {
            throw new RecordsFault(
                RecordsFaultKind.Corrupt,
                "the file is a database, but not a store of Breakwater",
                store,
                "Move it away, or give another folder with --data"
            );
        }

        if (version > Version)
        {
            throw RecordsFault.Newer(version, Version, store);
        }
    }

    /// <summary>False while whoever writes to it has not made its tables, or not brought them up to date.</summary>
    public static bool IsCurrent(SqliteConnection connection) =>
        connection.Number("PRAGMA user_version") == Version;

    /// <summary>Makes the tables when there are none. One transaction: a kill leaves all of them or none.</summary>
    public static void Prepare(SqliteConnection connection, string store)
    {
        // The write-ahead log is what lets pages read while the writer writes. FULL syncs it at each commit, before
        // anyone is told; fullfsync makes macOS mean it.
        connection.Run("PRAGMA journal_mode=WAL");
        connection.Run("PRAGMA synchronous=FULL");
        connection.Run("PRAGMA fullfsync=1");
        // What is deleted is overwritten with zeros where that writes no other page; see StoredKeys.
        connection.Run("PRAGMA secure_delete=FAST");
        // Pages of 4 KiB: the log goes back into the database each 16 MiB, and 64 MiB of pages stay in memory.
        connection.Run("PRAGMA wal_autocheckpoint=4096");
        connection.Run("PRAGMA cache_size=-65536");
        // Rebuilding makes a long log once; it is cut back afterwards.
        connection.Run("PRAGMA journal_size_limit=67108864");
        switch (connection.Number("PRAGMA user_version"))
        {
            case 0:
                Migrate(
                    connection,
                    $"{Truth} {Keys} {Operation} {Products} {Documents} {DocumentIndexes}"
                );
                break;
            case 1:
                Backup(connection, store + ".v1.bak");
                // No event of a store of version 1 belongs to a document, so the new tables begin empty.
                Migrate(connection, $"{Keys} {Operation} {Documents} {DocumentIndexes}");
                break;
            case 2:
                Backup(connection, store + ".v2.bak");
                Migrate(connection, "DROP INDEX documents_by_change;");
                break;
            default:
                break;
        }

        connection.Run(PublicIndexes);
    }

    /// <summary>The documents that were stay as <c>documents_before</c> until the transaction ends with them compared.</summary>
    public static void ClearProjections(SqliteConnection connection) =>
        connection.Run(
            $"""
            DROP TABLE products; DROP TABLE links; {Products}
            DROP TABLE document_terms; DROP TABLE document_boxes;
            DROP INDEX documents_by_kind; DROP INDEX documents_by_standing; DROP INDEX documents_by_parent;
            DROP INDEX documents_by_parent_and_standing; DROP INDEX documents_by_due;
            DROP INDEX documents_public; DROP INDEX documents_public_by_standing;
            ALTER TABLE documents RENAME TO documents_before; {Documents}
            """
        );

    public static void CompleteProjections(SqliteConnection connection) =>
        connection.Run(DocumentIndexes);

    public static void AdoptProjections(SqliteConnection connection) =>
        connection.Run("DROP TABLE documents_before");

    private static void Migrate(SqliteConnection connection, string statements) =>
        connection.Run(
            $"""
            BEGIN IMMEDIATE;
            {statements}
            PRAGMA application_id={ApplicationId};
            PRAGMA user_version={Version};
            COMMIT;
            """
        );

    /// <summary>A whole copy under its name or none: what a kill left half-made is made anew.</summary>
    private static void Backup(SqliteConnection connection, string copy)
    {
        string aside = copy + ".new";
        File.Delete(aside);
        using (DbCommand command = connection.Statement("VACUUM INTO $1", aside))
        {
            command.ExecuteNonQuery();
        }

        using (var file = new FileStream(aside, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, copy, overwrite: true);
    }
}
