using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Breakwater.Records;

/// <summary>SQLite's pool of read-only connections.</summary>
internal sealed class SqliteReaders(string store) : Readers
{
    public override Task<T> Ask<T>(Func<DbConnection, T> question)
    {
        try
        {
            using SqliteConnection reader = SqliteSchema.Connect(store, SqliteOpenMode.ReadOnly);
            return Task.FromResult(question(reader));
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
        using SqliteConnection any = SqliteSchema.Closed(store, SqliteOpenMode.ReadOnly);
        SqliteConnection.ClearPool(any);
    }
}
