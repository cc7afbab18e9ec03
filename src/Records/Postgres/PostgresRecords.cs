using Breakwater.Ledger;
using NodaTime;
using Npgsql;

namespace Breakwater.Records;

/// <summary>A node's store in a schema of a PostgreSQL database with PostGIS. The node's key stays in the folder.</summary>
public sealed class PostgresRecords : SqlRecords
{
    private readonly DataFolder folder;

    private PostgresRecords(
        DataFolder folder,
        Signer signer,
        PostgresServer server,
        NpgsqlConnection writer,
        IClock? clock,
        FoldingOf? foldings
    )
        : base(
            signer,
            new PostgresJournal(server, writer),
            new PostgresReaders(server),
            new PostgresSearch(),
            clock,
            foldings
        ) => this.folder = folder;

    private PostgresRecords(
        DataFolder folder,
        Signer signer,
        PostgresServer server,
        RecordsFault held
    )
        : base(signer, new PostgresReaders(server), new PostgresSearch(), held) =>
        this.folder = folder;

    /// <summary>Opens the store, which is made when it is absent.</summary>
    /// <param name="path">The folder of the node's key.</param>
    /// <param name="connectionString">Of Npgsql; the first name of its search path is the schema, else <c>breakwater</c>.</param>
    /// <param name="foldings">What documents are remade with; null when no subject has one.</param>
    /// <exception cref="RecordsFault">It cannot be opened; whatever is there was left as it is.</exception>
    public static PostgresRecords Open(
        string path,
        string connectionString,
        IClock? clock = null,
        FoldingOf? foldings = null,
        bool isExercise = false
    )
    {
        var folder = DataFolder.Open(path);
        PostgresServer? server = null;
        NpgsqlConnection? writer = null;
        Signer? signer = null;
        try
        {
            server = new PostgresServer(connectionString);
            writer = server.FirstWriter();
            PostgresSchema.Prepare(
                writer,
                server.Schema,
                server.Place,
                version => VersionCopy.Write(path, connectionString, version)
            );
            signer = folder.Identify(writer, isExercise);
            return new PostgresRecords(folder, signer, server, writer, clock, foldings);
        }
        catch (Exception failure)
        {
            signer?.Dispose();
            writer?.Dispose();
            server?.Dispose();
            folder.Dispose();
            throw server is not null && PostgresFaults.Of(failure, server.Place) is { } fault
                ? fault
            : failure is RecordsFault ? failure
            : new InvalidOperationException("the store could not be opened", failure);
        }
    }

    /// <summary>Opens a store to read it. Where another process writes to it, nothing of it is written here.</summary>
    /// <exception cref="RecordsFault">It cannot be opened, or the other process is still putting it right.</exception>
    public static PostgresRecords OpenToRead(
        string path,
        string connectionString,
        IClock? clock = null,
        FoldingOf? foldings = null,
        bool isExercise = false
    )
    {
        try
        {
            return Open(path, connectionString, clock, foldings, isExercise);
        }
        catch (RecordsFault held) when (held.Kind == RecordsFaultKind.InUse)
        {
            return Beside(path, connectionString, held);
        }
    }

    private static PostgresRecords Beside(string path, string connectionString, RecordsFault held)
    {
        var folder = DataFolder.Beside(path);
        var server = new PostgresServer(connectionString);
        try
        {
            using NpgsqlConnection reader = server.FirstReader();
            return
                PostgresSchema.IsCurrent(reader, server.Schema, server.Place)
                && folder.Identified(reader) is { } signer
                ? new PostgresRecords(folder, signer, server, held)
                : throw held;
        }
        catch (Exception failure)
        {
            server.Dispose();
            if (PostgresFaults.Of(failure, server.Place) is { } fault)
            {
                throw fault;
            }

            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        folder.Dispose();
    }
}
