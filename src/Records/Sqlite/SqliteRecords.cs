using Breakwater.Ledger;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Breakwater.Records;

/// <summary>A node's store in one SQLite file: no set-up, one writer, any number of readers in this process.</summary>
public sealed class SqliteRecords : SqlRecords
{
    private readonly DataFolder folder;
    private readonly SqliteConnection? connection;

    private SqliteRecords(
        DataFolder folder,
        Signer signer,
        SqliteConnection connection,
        IClock? clock,
        FoldingOf? foldings
    )
        : base(
            signer,
            new SqliteJournal(connection),
            new SqliteReaders(folder.Store),
            new SqliteSearch(),
            clock,
            foldings
        ) => (this.folder, this.connection) = (folder, connection);

    private SqliteRecords(DataFolder folder, Signer signer, RecordsFault held)
        : base(signer, new SqliteReaders(folder.Store), new SqliteSearch(), held) =>
        this.folder = folder;

    /// <summary>Opens the store of a folder, which is made when it is absent.</summary>
    /// <param name="foldings">What documents are remade with; null when no subject has one.</param>
    /// <param name="isExercise">What a folder without a node becomes; a node that is there stays what it is.</param>
    /// <exception cref="RecordsFault">It cannot be opened; whatever is there was left as it is.</exception>
    public static SqliteRecords Open(
        string path,
        IClock? clock = null,
        FoldingOf? foldings = null,
        bool isExercise = false
    )
    {
        var folder = DataFolder.Open(path);
        SqliteConnection? connection = null;
        Signer? signer = null;
        try
        {
            connection = SqliteSchema.Connect(folder.Store, SqliteOpenMode.ReadWriteCreate);
            SqliteSchema.Recognise(connection, folder.Store);
            SqliteSchema.Prepare(connection, folder.Store);
            signer = folder.Identify(connection, isExercise);
            return new SqliteRecords(folder, signer, connection, clock, foldings);
        }
        catch (Exception failure)
        {
            signer?.Dispose();
            connection?.Dispose();
            folder.Dispose();
            if (FaultOf(failure, folder.Store) is { } fault)
            {
                throw fault;
            }

            throw;
        }
    }

    /// <summary>
    /// Opens a store to read it. Where another process writes to it, nothing of it is written here: neither tables nor a log
    /// nor what a crash left, for the other one has put that right.
    /// </summary>
    /// <exception cref="RecordsFault">It cannot be opened, or the other process is still putting it right.</exception>
    public static SqliteRecords OpenToRead(
        string path,
        IClock? clock = null,
        FoldingOf? foldings = null,
        bool isExercise = false
    )
    {
        try
        {
            return Open(path, clock, foldings, isExercise);
        }
        catch (RecordsFault held) when (held.Kind == RecordsFaultKind.InUse)
        {
            return Beside(path, held);
        }
    }

    private static SqliteRecords Beside(string path, RecordsFault held)
    {
        var folder = DataFolder.Beside(path);
        try
        {
            using SqliteConnection reader = SqliteSchema.Connect(
                folder.Store,
                SqliteOpenMode.ReadOnly
            );
            SqliteSchema.Recognise(reader, folder.Store);
            return SqliteSchema.IsCurrent(reader) && folder.Identified(reader) is { } signer
                ? new SqliteRecords(folder, signer, held)
                : throw held;
        }
        catch (Exception failure) when (FaultOf(failure, folder.Store) is { } fault)
        {
            throw fault;
        }
    }

    private static RecordsFault? FaultOf(Exception failure, string store) =>
        failure switch
        {
            SqliteException sqlite => RecordsFault.Of(sqlite, store),
            RecordsFault => null,
            IOException or UnauthorizedAccessException => RecordsFault.Of(failure, store),
            _ => null,
        };

    /// <summary>Asks the writer's connection, so that a test can make its disk small or its log short.</summary>
    internal Task<long> Ask(string sql) =>
        Alone(() => connection!.Number(sql), CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        folder.Dispose();
    }
}
