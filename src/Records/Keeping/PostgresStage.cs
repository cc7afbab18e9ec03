using System.Data.Common;
using Npgsql;

namespace Breakwater.Records;

/// <summary>
/// Where a restore into PostgreSQL is made: a schema beside that of the store, which takes its name when everything is in it
/// and was verified. Until then nobody takes it for the store.
/// </summary>
public static class PostgresStage
{
    private const string Suffix = "_restoring";

    /// <summary>Connection to the schema to fill. What a restore that was killed has left there is dropped.</summary>
    /// <exception cref="RecordsFault">The store is not empty, or is in use.</exception>
    public static string Prepare(string store)
    {
        using var server = new PostgresServer(store);
        string aside = server.Schema + Suffix;
        string stage = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            SearchPath = server.PathWith(aside),
        }.ToString();
        Do(
            server,
            () =>
            {
                using NpgsqlConnection connection = server.FirstWriter();
                Require(connection, server);
                using var asideServer = new PostgresServer(stage);
                // Taken, so that no other restore is in it.
                using NpgsqlConnection alone = asideServer.FirstWriter();
                connection.Run($"DROP SCHEMA IF EXISTS {PostgresSchema.Quoted(aside)} CASCADE");
            }
        );
        return stage;
    }

    /// <summary>Puts the filled schema in the place of the store's.</summary>
    /// <param name="also">What else must happen in the same transaction, or not at all.</param>
    public static void Adopt(string store, Action<DbConnection, DbTransaction> also)
    {
        using var server = new PostgresServer(store);
        string schema = PostgresSchema.Quoted(server.Schema);
        Do(
            server,
            () =>
            {
                using NpgsqlConnection connection = server.FirstWriter();
                Require(connection, server);
                using NpgsqlTransaction whole = connection.BeginTransaction();
                connection.Run(
                    $"""
                    DROP SCHEMA IF EXISTS {schema};
                    ALTER SCHEMA {PostgresSchema.Quoted(server.Schema + Suffix)} RENAME TO {schema};
                    """
                );
                also(connection, whole);
                whole.Commit();
            }
        );
    }

    /// <summary>Drops what was filled, after a restore that failed.</summary>
    public static void Abandon(string store)
    {
        using var server = new PostgresServer(store);
        Do(
            server,
            () =>
            {
                using NpgsqlConnection connection = server.FirstWriter();
                connection.Run(
                    $"DROP SCHEMA IF EXISTS {PostgresSchema.Quoted(server.Schema + Suffix)} CASCADE"
                );
            }
        );
    }

    private static void Require(NpgsqlConnection connection, PostgresServer server)
    {
        using DbCommand tables = connection.Statement(
            "SELECT count(*) FROM pg_tables WHERE schemaname = $1",
            server.Schema
        );
        if (tables.ExecuteScalar() is > 0L)
        {
            throw new RecordsFault(
                RecordsFaultKind.Occupied,
                "the schema has tables already",
                server.Place,
                "Name an empty one as the first of 'Search Path' in the setting 'store'; nothing was written"
            );
        }
    }

    private static void Do(PostgresServer server, Action act)
    {
        try
        {
            act();
        }
        catch (Exception failure) when (PostgresFaults.Of(failure, server.Place) is { } fault)
        {
            throw fault;
        }
    }
}
