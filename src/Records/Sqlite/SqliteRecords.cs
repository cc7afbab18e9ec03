using Breakwater.Ledger;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Breakwater.Records;

/// <summary>A node's store in one SQLite file: no set-up, one writer, any number of readers in this process.</summary>
public sealed class SqliteRecords : SqlRecords
{
    private readonly DataFolder folder;
    private readonly SqliteConnection connection;

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
            if (failure is SqliteException sqlite)
            {
                throw RecordsFault.Of(sqlite, folder.Store);
            }

            if (failure is IOException and not RecordsFault or UnauthorizedAccessException)
            {
                throw RecordsFault.Of(failure, folder.Store);
            }

            throw;
        }
    }

    /// <summary>Asks the writer's connection, so that a test can make its disk small or its log short.</summary>
    internal Task<long> Ask(string sql) =>
        Alone(() => connection.Number(sql), CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        folder.Dispose();
    }
}
