using Breakwater.Ledger;
using Breakwater.Vocabulary;
using Microsoft.Data.Sqlite;

namespace Breakwater.Records.Tests;

/// <summary>Drafts to append when it does not matter which.</summary>
internal static class Some
{
    public static Draft Note(string text) =>
        Draft.Of("NoteTaken", new { Text = text }, Marking.Sealed, "analyst-1");

    public static Draft Product(string id, string evidence, params string[] inputs) =>
        ProductRecorded
            .Of(id, "signal", new { Id = id, Value = 0.25 }, inputs)
            .ToDraft(
                Marking.Public,
                "detector",
                [new Evidence(evidence, "series.csv", Rows: "2-9")]
            );
}

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } =
        Path.Combine(Path.GetTempPath(), $"breakwater-test-{Guid.NewGuid():n}");

    public string Store => Path.Combine(Folder, "breakwater.db");

    /// <summary>Asks the store's file directly, beside whoever has it open.</summary>
    public long Number(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Store};Pooling=False");
        connection.Open();
        return connection.Number(sql);
    }

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}

/// <summary>A clock that shows what it was set to.</summary>
internal sealed class SetClock : NodaTime.IClock
{
    public NodaTime.Instant Now { get; set; }

    public NodaTime.Instant GetCurrentInstant() => Now;
}
