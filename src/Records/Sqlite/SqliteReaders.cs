using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Breakwater.Records;

/// <summary>SQLite's pool of read-only connections.</summary>
internal sealed class SqliteReaders(string store) : Readers
{
    private readonly string name = SqliteSchema.Name(store, SqliteOpenMode.ReadOnly);
    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private volatile bool isDisposed;

    public override Task<T> Ask<T>(Func<DbConnection, T> question)
    {
        try
        {
            if (!idle.TryTake(out SqliteConnection? reader))
            {
                reader = new SqliteConnection(name);
                reader.Open();
                // Each commit makes what a reader remembers old, and forgetting takes as long as the memory is large.
                reader.Run("PRAGMA cache_size=256");
            }

            try
            {
                return Task.FromResult(question(reader));
            }
            finally
            {
                GiveBack(reader);
            }
        }
        catch (SqliteException failure)
        {
            return Task.FromException<T>(RecordsFault.Of(failure, store));
        }
        catch (Exception failure) when (failure is RecordsFault or OperationCanceledException)
        {
            return Task.FromException<T>(failure);
        }
    }

    public override void Dispose()
    {
        isDisposed = true;
        while (idle.TryTake(out SqliteConnection? reader))
        {
            reader.Dispose();
        }
    }

    private void GiveBack(SqliteConnection reader)
    {
        if (isDisposed)
        {
            reader.Dispose();
        }
        else
        {
            idle.Add(reader);
        }
    }
}
