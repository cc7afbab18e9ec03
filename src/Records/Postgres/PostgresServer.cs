using System.Data.Common;
using Npgsql;

namespace Breakwater.Records;

/// <summary>Where a store is in PostgreSQL, and how connections to it are set up.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string DefaultSchema = "breakwater";

    /// <summary>"BWTR": the first half of the advisory lock that one writer holds; the other half is the schema.</summary>
    private const int LockClass = 0x42575452;

    private const long PatienceMs = 2000;
    private const int PauseMs = 25;

    private readonly NpgsqlDataSource readers;
    private readonly NpgsqlDataSource writers;
    private readonly string[] rest;

    /// <exception cref="RecordsFault">It is no connection string.</exception>
    public PostgresServer(string connectionString)
    {
        NpgsqlConnectionStringBuilder given;
        try
        {
            given = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException)
        {
            // Without the cause: it may quote the password.
            throw new RecordsFault(
                RecordsFaultKind.Unwritable,
                "the setting 'store' is no connection string of PostgreSQL",
                "store",
                "Write 'Host=…;Database=…;Username=…'"
            );
        }

        string[] path = (given.SearchPath ?? "").Split(
            ',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        Schema = path.FirstOrDefault() ?? DefaultSchema;
        // Never the password or the account.
        Place = $"{given.Host}:{given.Port}/{given.Database} {Schema}";
        // PostGIS is in the public schema, unless the path says where else.
        rest = path.Length > 1 ? path[1..] : ["public"];
        ConnectionString = connectionString;
        given.SearchPath = string.Join(", ", rest.Prepend(Schema).Select(PostgresSchema.Quoted));
        given.Timeout = 5;
        bool isPatienceGiven = given.ContainsKey("Command Timeout");
        given.MaxAutoPrepare = 64;
        given.AutoPrepareMinUsages = 2;
        given.IncludeErrorDetail = false;
        Name = given.ApplicationName = $"breakwater-{Guid.NewGuid():n}";
        given.MaxPoolSize = Math.Min(given.MaxPoolSize, 24);
        readers = NpgsqlDataSource.Create(given);
        given.Pooling = false;
        given.Multiplexing = false;
        // A commit takes milliseconds. Rebuilding sets its own limit.
        given.CommandTimeout = isPatienceGiven ? given.CommandTimeout : 10;
        given.KeepAlive = 10;
        writers = NpgsqlDataSource.Create(given);
    }

    /// <summary>For messages.</summary>
    public string Place { get; }

    public string Schema { get; }

    /// <summary>As it was given. Secret: it may hold a password.</summary>
    public string ConnectionString { get; }

    /// <summary>The search path with another schema in the store's place.</summary>
    public string PathWith(string schema) => string.Join(", ", rest.Prepend(schema));

    /// <summary>Tells the connections of this opening from all others at the server.</summary>
    private string Name { get; }

    /// <summary>A connection that reads only, from the pool.</summary>
    public async ValueTask<NpgsqlConnection> Reader() =>
        await readers.OpenConnectionAsync().ConfigureAwait(false);

    public NpgsqlConnection FirstReader() => readers.OpenConnection();

    /// <summary>
    /// The connection that holds the store's lock. Whoever gets it knows that every transaction of the holder before has ended,
    /// so what the store says then is final.
    /// </summary>
    /// <exception cref="RecordsFault">Another connection holds it. One of our own, cut off and left over, is being ended.</exception>
    public NpgsqlConnection Writer()
    {
        NpgsqlConnection connection = writers.OpenConnection();
        try
        {
            // The second lets go of the lock soon when this process dies in the midst of something long.
            connection.Run(
                "SET synchronous_commit = on; SET client_connection_check_interval = '1s'"
            );
            using DbCommand take = connection.Statement(
                "SELECT pg_try_advisory_lock($1, hashtext($2))",
                LockClass,
                Schema
            );
            if (take.ExecuteScalar() is true)
            {
                return connection;
            }

            using DbCommand end = connection.Statement(
                """
                SELECT count(pg_terminate_backend(pid)) FROM pg_locks JOIN pg_stat_activity USING (pid)
                WHERE locktype = 'advisory' AND classid = $1 AND application_name = $2 AND pid <> pg_backend_pid()
                """,
                (long)LockClass,
                Name
            );
            throw end.ExecuteScalar() is > 0L
                ? RecordsFault.Unreachable(Place, "a connection that was cut off is still ending")
                : RecordsFault.InUse(Place, null);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The same for the first time. The process before this one may have died just now and its connection not yet have ended.
    /// </summary>
    public NpgsqlConnection FirstWriter()
    {
        long start = Environment.TickCount64;
        while (true)
        {
            try
            {
                return Writer();
            }
            catch (RecordsFault held)
                when (held.Kind == RecordsFaultKind.InUse
                    && Environment.TickCount64 - start < PatienceMs
                )
            {
                Thread.Sleep(PauseMs);
            }
        }
    }

    public void ForgetReaders() => readers.Clear();

    public void Dispose()
    {
        readers.Dispose();
        writers.Dispose();
    }
}
