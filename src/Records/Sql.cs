using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Breakwater.Records;

/// <summary>Statements in the SQL that both databases speak, with parameters <c>$1</c>, <c>$2</c> ... in order.</summary>
internal static class Sql
{
    public static void Run(this DbConnection connection, string sql)
    {
        using DbCommand command = connection.Statement(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>Zero when there is no row, or null in it.</summary>
    public static long Number(this DbConnection connection, string sql)
    {
        using DbCommand command = connection.Statement(sql);
        return command.ExecuteScalar() as long? ?? 0;
    }

    public static DbCommand Statement(
        this DbConnection connection,
        string sql,
        params ReadOnlySpan<object> values
    )
    {
        DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Callers give constants and fragments of constants; what people typed comes as values.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (object value in values)
        {
            command.Add(value);
        }

        return command;
    }

    /// <summary>A transaction that sees the store as it is now, whatever the writer does meanwhile.</summary>
    public static DbTransaction Moment(this DbConnection connection) =>
        connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : connection.BeginTransaction(IsolationLevel.RepeatableRead);

    public static void Add(this DbCommand command, object? value)
    {
        DbParameter parameter = command.CreateParameter();
        // PostgreSQL counts parameters without names; SQLite knows $1 as a name only.
        parameter.ParameterName =
            command is SqliteCommand ? $"${command.Parameters.Count + 1}" : "";
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
