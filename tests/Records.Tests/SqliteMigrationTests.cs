using Breakwater.Ledger;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Breakwater.Records.Tests;

/// <summary>Every store that a released version made is opened, with a copy kept of how it was.</summary>
public sealed class SqliteMigrationTests : IDisposable
{
    /// <summary>Version 1 word for word; never changed, whatever becomes of the present schema.</summary>
    private const string VersionOne = """
        CREATE TABLE events (
            sequence INTEGER PRIMARY KEY, subject TEXT NOT NULL, version INTEGER NOT NULL,
            envelope BLOB NOT NULL, payload BLOB NOT NULL, signature BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX events_by_subject ON events (subject, version);
        CREATE TABLE evidence (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
        CREATE TABLE nodes (name TEXT PRIMARY KEY, verifier TEXT NOT NULL) STRICT;
        CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
        CREATE TABLE products (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX products_by_kind ON products (kind, sequence);
        CREATE TABLE links (
            sequence INTEGER NOT NULL, relation INTEGER NOT NULL, target TEXT NOT NULL,
            PRIMARY KEY (sequence, relation, target)) STRICT, WITHOUT ROWID;
        PRAGMA application_id=1113019474;
        PRAGMA user_version=1;
        """;

    private readonly Scratch scratch = new();

    private string Copy => scratch.Store + ".v1.bak";

    public void Dispose() => scratch.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_of_version_1_is_taken_over_whole_after_a_copy_was_made()
    {
        byte[] dump = await FillVersionOne();

        await using (var records = Open())
        {
            Assert.Equal(3, await records.Count());
            Assert.Empty((await records.Verify(Cancel)).Damages);
            Assert.Equal(dump, await Dump(records));
            Assert.NotNull(await records.Product("p-1"));
            await records.Append([Thing.Of("need").Write("need/1")], cancel: Cancel);
            Assert.True((await records.Rebuild(Cancel)).IsIdentical);
        }

        Assert.Equal(3, scratch.Number("PRAGMA user_version"));
        Assert.Equal(
            (1, 3),
            (InCopy("PRAGMA user_version"), InCopy("SELECT count(*) FROM events"))
        );
    }

    [Fact]
    public async Task A_store_of_version_2_is_taken_over_whole_after_a_copy_was_made()
    {
        await using (var records = Open())
        {
            await records.Append([Thing.Of("need").Write("need/1")], cancel: Cancel);
        }

        // All that version 2 had beside what there is now.
        scratch.Number(
            "CREATE INDEX documents_by_change ON documents (sequence); PRAGMA user_version=2; SELECT 0"
        );

        await using (var records = Open())
        {
            Assert.Empty((await records.Verify(Cancel)).Damages);
            Assert.Single(await records.ChangedSince(0, 10, 10));
            Assert.True((await records.Rebuild(Cancel)).IsIdentical);
        }

        const string indexes =
            "SELECT count(*) FROM sqlite_schema WHERE name = 'documents_by_change'";
        Assert.Equal((3, 0), (scratch.Number("PRAGMA user_version"), scratch.Number(indexes)));
        Assert.Equal((2, 1), (InCopy("PRAGMA user_version", "v2"), InCopy(indexes, "v2")));
    }

    [Fact]
    public async Task A_store_without_the_indexes_of_what_is_public_gets_them()
    {
        await using (Open()) { }

        scratch.Number(
            "DROP INDEX documents_public; DROP INDEX documents_public_by_standing; SELECT 0"
        );
        await using (Open()) { }

        Assert.Equal(
            2,
            scratch.Number("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'documents_public%'")
        );
    }

    [Fact]
    public async Task A_copy_that_a_kill_left_half_made_is_made_anew()
    {
        await FillVersionOne();
        await File.WriteAllTextAsync(Copy + ".new", "half", Cancel);
        await File.WriteAllTextAsync(Copy, "of an attempt before", Cancel);

        await using (Open()) { }

        Assert.Equal(3, InCopy("SELECT count(*) FROM events"));
        Assert.False(File.Exists(Copy + ".new"));
    }

    [Fact]
    public async Task Without_room_for_a_copy_the_store_is_left_as_it_is()
    {
        await FillVersionOne();
        Directory.CreateDirectory(Copy);

        Assert.Throws<RecordsFault>(Open);

        Assert.Equal(1, scratch.Number("PRAGMA user_version"));
    }

    private SqliteRecords Open() => SqliteRecords.Open(scratch.Folder, foldings: Thing.Fold);

    /// <summary>Moves what a present store recorded into tables of version 1, which it is to be found in.</summary>
    private async Task<byte[]> FillVersionOne()
    {
        byte[] dump;
        await using (var records = Open())
        {
            string evidence = await records.Keep("raw"u8.ToArray(), Cancel);
            for (int i = 0; i < 3; i++)
            {
                Draft draft = Some.Product($"p-{i}", evidence);
                await records.Append("walk", i, [draft], Cancel);
            }

            await records.Checkpoint(Cancel);
            dump = await Dump(records);
        }

        string present = scratch.Store + ".present";
        File.Move(scratch.Store, present);
        string moves = string.Concat(
            new[] { "events", "evidence", "nodes", "checkpoints", "products", "links" }.Select(
                table => $"INSERT INTO {table} SELECT * FROM present.{table};"
            )
        );
        scratch.Number($"{VersionOne} ATTACH '{present}' AS present; {moves} SELECT 0");
        return dump;
    }

    private long InCopy(string sql, string version = "v1")
    {
        using var copy = new SqliteConnection(
            $"Data Source={scratch.Store}.{version}.bak;Mode=ReadOnly;Pooling=False"
        );
        copy.Open();
        return copy.Number(sql);
    }

    private static async Task<byte[]> Dump(SqliteRecords records)
    {
        using var dump = new MemoryStream();
        await records.DumpProjections(dump, Cancel);
        return dump.ToArray();
    }
}
