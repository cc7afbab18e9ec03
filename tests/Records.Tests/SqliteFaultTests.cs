using Breakwater.Ledger;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Breakwater.Records.Tests;

/// <summary>What can go wrong with a file on a disk: each gives one clear line and no damage.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_opening_of_the_same_store_is_refused_until_the_first_is_closed()
    {
        await using (SqliteRecords.Open(scratch.Folder))
        {
            Refused(RecordsFaultKind.InUse);
        }

        await using var again = SqliteRecords.Open(scratch.Folder);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await Fill(1);
        Sql("PRAGMA user_version=4");
        byte[] before = await File.ReadAllBytesAsync(scratch.Store, Cancel);
        Refused(RecordsFaultKind.Newer);
        Assert.Equal(before, await File.ReadAllBytesAsync(scratch.Store, Cancel));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused()
    {
        Directory.CreateDirectory(scratch.Folder);
        string file = Path.Combine(scratch.Folder, "file");
        File.WriteAllText(file, "");
        foreach (string path in new[] { file, Path.Combine(file, "below") })
        {
            RecordsFault fault = Assert.Throws<RecordsFault>(() => SqliteRecords.Open(path));
            Assert.Equal(RecordsFaultKind.Unwritable, fault.Kind);
        }
    }

    [Fact]
    public void A_folder_without_permission_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "folder modes are a thing of Unix");
        Assert.SkipWhen(Environment.UserName == "root", "root may write anywhere");
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(
                scratch.Folder,
                UnixFileMode.UserRead | UnixFileMode.UserExecute
            );
        }

        Refused(RecordsFaultKind.Unwritable);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(scratch.Folder);
        string text = new('x', 9000);
        File.WriteAllText(scratch.Store, text);
        Refused(RecordsFaultKind.Corrupt);
        Assert.Equal(text, File.ReadAllText(scratch.Store));
    }

    [Fact]
    public void A_database_of_another_program_is_refused()
    {
        Directory.CreateDirectory(scratch.Folder);
        Sql("CREATE TABLE theirs (x)");
        Refused(RecordsFaultKind.Corrupt);
    }

    [Fact]
    public async Task A_store_whose_key_is_gone_or_exchanged_is_refused()
    {
        await Fill(1);
        string key = Path.Combine(scratch.Folder, "node.key");
        using var other = Signer.FromSeed(new byte[32]);
        await File.WriteAllTextAsync(key, other.Export(), Cancel);
        Refused(RecordsFaultKind.KeyMissing);
        await File.WriteAllTextAsync(key, "nonsense", Cancel);
        Refused(RecordsFaultKind.KeyMissing);
        File.Delete(key);
        Refused(RecordsFaultKind.KeyMissing);
        Assert.False(File.Exists(key));
    }

    [Fact]
    public async Task The_key_is_for_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are a thing of Unix");
        await Fill(1);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(scratch.Folder, "node.key"))
            );
        }
    }

    [Fact]
    public async Task A_full_disk_loses_nothing_acknowledged_and_the_store_goes_on_when_there_is_room()
    {
        await using var records = SqliteRecords.Open(scratch.Folder);
        await records.Ask("PRAGMA max_page_count=60");
        int kept = 0;
        RecordsFault? fault = null;
        while (fault is null)
        {
            try
            {
                await records.Append("a", kept, [Some.Note(new string('x', 3000))], Cancel);
                kept++;
            }
            catch (RecordsFault full)
            {
                fault = full;
            }
        }

        OneLine(RecordsFaultKind.DiskFull, fault);
        Assert.InRange(kept, 1, 60);
        Assert.Equal(kept, await records.Count());

        await records.Ask("PRAGMA max_page_count=1000000");
        Assert.IsType<Appended>(await records.Append("a", kept, [Some.Note("room")], Cancel));
        Inspection found = await records.Verify(Cancel);
        Assert.Empty(found.Damages);
        Assert.Equal(kept + 1, found.Events);

        // The tree that the writer has in memory is the ledger's, and not that of the append that failed.
        Draft[] more = [.. Enumerable.Range(0, 300).Select(i => Some.Note($"{i}"))];
        Assert.IsType<Appended>(await records.Append("b", 0, more, Cancel));
        await records.Checkpoint(Cancel);
        Assert.Empty((await records.Verify(Cancel)).Damages);
    }

    [Theory]
    [InlineData(
        "UPDATE events SET payload = x'7b7d' WHERE sequence = 2",
        DamageKind.PayloadChanged
    )]
    [InlineData(
        "UPDATE events SET envelope = x'7b7d' WHERE sequence = 2",
        DamageKind.EnvelopeUnreadable
    )]
    [InlineData(
        "UPDATE events SET signature = zeroblob(64) WHERE sequence = 2",
        DamageKind.SignatureBad
    )]
    [InlineData(
        "UPDATE events SET subject = 'other' WHERE sequence = 2",
        DamageKind.RowContradicts
    )]
    [InlineData("DELETE FROM events WHERE sequence = 2", DamageKind.SequenceGap)]
    [InlineData("DELETE FROM events WHERE sequence = 3", DamageKind.CheckpointContradicts)]
    [InlineData("UPDATE checkpoints SET note = 'x'", DamageKind.CheckpointContradicts)]
    [InlineData("UPDATE evidence SET content = x'00'", DamageKind.EvidenceChanged)]
    public async Task Whoever_edits_the_file_is_found_out(string edit, DamageKind expected)
    {
        await Fill(3);
        Sql(edit);
        await using var records = SqliteRecords.Open(scratch.Folder);
        Inspection found = await records.Verify(Cancel);
        Assert.Contains(found.Damages, damage => damage.Kind == expected);
    }

    [Fact]
    public async Task A_projection_that_was_edited_is_remade()
    {
        await Fill(3);
        Sql("UPDATE products SET kind = 'forged'; DELETE FROM links");
        await using var records = SqliteRecords.Open(scratch.Folder);
        Assert.False((await records.Rebuild(Cancel)).IsIdentical);
        Assert.True((await records.Rebuild(Cancel)).IsIdentical);
        Assert.Equal("signal", (await records.Product("p-0"))?.Kind);
    }

    private async Task Fill(int events)
    {
        await using var records = SqliteRecords.Open(scratch.Folder);
        string evidence = await records.Keep("raw"u8.ToArray(), Cancel);
        for (int i = 0; i < events; i++)
        {
            await records.Append("a", i, [Some.Product($"p-{i}", evidence)], Cancel);
        }

        await records.Checkpoint(Cancel);
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={scratch.Store};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Refused(RecordsFaultKind kind) =>
        OneLine(kind, Assert.Throws<RecordsFault>(() => SqliteRecords.Open(scratch.Folder)));

    private void OneLine(RecordsFaultKind kind, RecordsFault fault)
    {
        Assert.Equal(kind, fault.Kind);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Contains(scratch.Folder, fault.Message, StringComparison.Ordinal);
    }
}
