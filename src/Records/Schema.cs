using Microsoft.Data.Sqlite;

namespace Breakwater.Records;

/// <summary>The tables, their version, and how a connection to them is set up.</summary>
internal static class Schema
{
    public const int Version = 1;

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
    /// Follow from the events. A product's body stays in its event, so that it is stored once; links hang on the event too,
    /// so that they are only added to, in the order of the ledger, and never touch a page twice.
    /// </summary>
    private const string Projections = """
        CREATE TABLE products (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX products_by_kind ON products (kind, sequence);
        CREATE TABLE links (
            sequence INTEGER NOT NULL, relation INTEGER NOT NULL, target TEXT NOT NULL,
            PRIMARY KEY (sequence, relation, target)) STRICT, WITHOUT ROWID;
        """;

    public static SqliteConnection Connect(string store, SqliteOpenMode mode)
    {
        SqliteConnection connection = Closed(store, mode);
        connection.Open();
        return connection;
    }

    public static SqliteConnection Closed(string store, SqliteOpenMode mode) =>
        new(
            new SqliteConnectionStringBuilder
            {
                DataSource = store,
                Mode = mode,
                // The writer lives as long as the store; readers come and go.
                Pooling = mode == SqliteOpenMode.ReadOnly,
            }.ToString()
        );

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
            throw new RecordsFault(
                RecordsFaultKind.Newer,
                $"the store has version {version} and this program knows {Version}",
                store,
                "Use the newer program; nothing was changed"
            );
        }
    }

    /// <summary>Makes the tables when there are none. One transaction: a kill leaves all of them or none.</summary>
    public static void Prepare(SqliteConnection connection, int? maxPages)
    {
        // The write-ahead log is what lets pages read while the writer writes. FULL syncs it at each commit, before
        // anyone is told; fullfsync makes macOS mean it.
        connection.Run("PRAGMA journal_mode=WAL");
        connection.Run("PRAGMA synchronous=FULL");
        connection.Run("PRAGMA fullfsync=1");
        // Pages of 4 KiB: the log goes back into the database each 16 MiB, and 64 MiB of pages stay in memory.
        connection.Run("PRAGMA wal_autocheckpoint=4096");
        connection.Run("PRAGMA cache_size=-65536");
        if (maxPages is { } pages)
        {
            connection.Run($"PRAGMA max_page_count={pages}");
        }

        if (connection.Number("PRAGMA user_version") == 0)
        {
            connection.Run(
                $"""
                BEGIN IMMEDIATE;
                {Truth}
                {Projections}
                PRAGMA application_id={ApplicationId};
                PRAGMA user_version={Version};
                COMMIT;
                """
            );
        }
    }

    public static void DropProjections(SqliteConnection connection) =>
        connection.Run($"DROP TABLE products; DROP TABLE links; {Projections}");

    public static void Run(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Number(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long? ?? 0;
    }

    /// <summary>A statement with its parameters <c>$1</c>, <c>$2</c> ... in order.</summary>
    public static SqliteCommand Statement(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<object> values
    )
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        return command;
    }
}
