using Breakwater.Ledger;
using Microsoft.Data.Sqlite;
using NodaTime;
using Xunit;

namespace Breakwater.Records.Tests;

public sealed class SqliteRecordsTests : RecordsConformance
{
    private readonly Scratch scratch = new();

    protected override IRecords Open(IClock? clock = null) =>
        SqliteRecords.Open(scratch.Folder, clock);

    protected override IRecords OpenToRead() => SqliteRecords.OpenToRead(scratch.Folder);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        scratch.Dispose();
    }
}

public sealed class SqliteDocumentTests : DocumentConformance
{
    private readonly Scratch scratch = new();

    protected override IRecords Open(IClock? clock, FoldingOf? foldings) =>
        SqliteRecords.Open(scratch.Folder, clock, foldings);

    protected override Task<long> CountAnswers() =>
        Task.FromResult(scratch.Number("SELECT count(*) FROM once"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        scratch.Dispose();
    }
}

public sealed class SqliteReadersListTests : ReadersListConformance
{
    private readonly Scratch scratch = new();

    protected override IRecords Open(FoldingOf foldings) =>
        SqliteRecords.Open(scratch.Folder, foldings: foldings);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        scratch.Dispose();
    }
}

public sealed class SqliteLedgerTests : LedgerConformance
{
    private readonly Scratch scratch = new();

    protected override IRecords Open() => SqliteRecords.Open(scratch.Folder);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        scratch.Dispose();
    }

    [Fact]
    public async Task Of_a_destroyed_key_nothing_is_left_in_any_file_of_the_store()
    {
        IRecords records = Records;
        for (int i = 0; i < 400; i++)
        {
            await records.Append(
                [new Write($"mission/{i}", 0, [Some.Note("sealed")]) { Keys = [KeyOf($"k-{i}")] }],
                cancel: TestContext.Current.CancellationToken
            );
        }

        Assert.True(IsInFiles("box-of-k-77-"));
        await Destroy("k-77", 0);
        Assert.False(IsInFiles("box-of-k-77-"));
        Assert.True(IsInFiles("box-of-k-78-"));
    }

    [Fact]
    public async Task What_somebody_was_reading_while_its_key_was_destroyed_is_gone_soon_after_he_ends()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await Records.Append(
            [new Write("mission/1", 0, [Some.Note("sealed")]) { Keys = [KeyOf("k-1")] }],
            cancel: cancel
        );
        using (var reader = new SqliteConnection($"Data Source={scratch.Store};Pooling=False"))
        {
            reader.Open();
            using SqliteTransaction read = reader.BeginTransaction(deferred: true);
            using SqliteCommand count = reader.CreateCommand();
            (count.CommandText, count.Transaction) = ("SELECT count(*) FROM keys", read);
            Assert.Equal(1L, count.ExecuteScalar());
            await Destroy("k-1", 0);
            Assert.True(IsInFiles("box-of-k-1-"));
        }

        for (int i = 0; i < 100 && IsInFiles("box-of-k-1-"); i++)
        {
            await Task.Delay(100, cancel);
        }

        Assert.False(IsInFiles("box-of-k-1-"));
    }

    [Fact]
    public async Task A_tile_that_was_changed_or_lost_is_named()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await Records.Append(
            "notes",
            0,
            [.. Enumerable.Range(0, 600).Select(i => Some.Note($"{i}"))],
            cancel
        );
        Assert.Empty((await Records.Verify(cancel)).Damages);
        Execute("UPDATE tiles SET hashes = zeroblob(8192) WHERE place = 0");
        Execute("DELETE FROM tiles WHERE place = 1");
        Assert.Equal(
            [DamageKind.TileContradicts, DamageKind.TileContradicts],
            (await Records.Verify(cancel)).Damages.Select(damage => damage.Kind)
        );
    }

    [Fact]
    public async Task A_store_that_lost_its_tiles_makes_them_again_when_it_is_opened()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await Records.Append(
            "notes",
            0,
            [.. Enumerable.Range(0, 600).Select(i => Some.Note($"{i}"))],
            cancel
        );
        await Records.DisposeAsync();
        Execute("DELETE FROM tiles");
        await using var again = SqliteRecords.Open(scratch.Folder);
        Assert.Equal(2, scratch.Number("SELECT count(*) FROM tiles"));
        Assert.Empty((await again.Verify(cancel)).Damages);
    }

    private bool IsInFiles(string text) =>
        Directory
            .GetFiles(scratch.Folder, "breakwater.db*")
            .Any(file =>
            {
                using var stream = new FileStream(
                    file,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.ReadWrite
                );
                using var octets = new MemoryStream();
                stream.CopyTo(octets);
                return System
                    .Text.Encoding.Latin1.GetString(octets.ToArray())
                    .Contains(text, StringComparison.Ordinal);
            });

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={scratch.Store};Pooling=False");
        connection.Open();
        connection.Run(sql);
    }
}
