using System.Text;
using System.Text.RegularExpressions;
using Breakwater.App.Accounts;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Api;
using Breakwater.App.Keeping;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Records.Tests;
using Breakwater.Vocabulary;
using Npgsql;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What a backup holds comes back whole, or not at all and said so.</summary>
public sealed class KeepingTests : IAsyncLifetime
{
    private KeepingFixture _kept = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _kept = await KeepingFixture.Start();

    public ValueTask DisposeAsync() => _kept.DisposeAsync();

    [Fact]
    public async Task The_drill_finds_ledger_documents_and_checkpoint_of_a_running_node_the_same()
    {
        string file = _kept.Backup();
        (Drilled? same, _) = await _kept.Try(file);
        await _kept.Destroy();
        (Drilled? grown, _) = await _kept.Try(file);

        Assert.Equal((LiveComparison.Same, 0L), (same!.Live, same.Since));
        Assert.True(same.Filled.IsDocumentsSame);
        Assert.Equal((LiveComparison.Grown, 1L), (grown!.Live, grown.Since));
        Assert.Equal(await _kept.Site.Records.Count() - 1, same.Filled.Inspection.Events);
        Assert.Equal(1, same.Filled.Inspection.Evidence);
    }

    [Fact]
    public async Task The_drill_says_so_when_the_store_in_use_is_another_than_was_backed_up()
    {
        string file = _kept.Backup();
        await using KeepingFixture other = await KeepingFixture.Start();
        (Drilled? drilled, _) = await other.Try(file);
        Assert.Equal(LiveComparison.Differs, drilled!.Live);
    }

    [Fact]
    public async Task A_restored_node_has_the_same_key_events_documents_accounts_and_settings()
    {
        File.WriteAllText(
            Path.Combine(_kept.Site.Folder, "breakwater.json"),
            """{"language": "fr"}"""
        );
        string file = _kept.Backup();
        string folder = _kept.PathOf("restored");
        (Filled? filled, _) = await KeepingFixture.Restore(file, folder);

        Assert.True(filled!.IsDocumentsSame);
        Assert.Equal("fr", Settings.Read(folder).Language);
        Assert.Equal(AccountsOf(_kept.Site.Folder), AccountsOf(folder));
        Assert.Contains("planner-relief", AccountsOf(folder), StringComparison.Ordinal);
        Assert.Equal(
            Directory.GetFiles(Path.Combine(_kept.Site.Folder, "form-keys")).Length,
            Directory.GetFiles(Path.Combine(folder, "form-keys")).Length
        );
        await using SqlRecords records = KeepingFixture.Open(folder);
        Assert.Equal(_kept.Site.Records.Node.ToString(), records.Node.ToString());
        Assert.Equal(await Dump(_kept.Site.Records), await Dump(records));
        await AssertGoesOn(records, await _kept.Site.Records.Count());
    }

    [Fact]
    public async Task A_report_from_before_a_restore_that_comes_again_after_it_is_known_by_the_secret_in_the_backup()
    {
        string secret = Path.Combine(_kept.Site.Folder, ReportNames.FileName);
        byte[] octets = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        await File.WriteAllBytesAsync(secret, octets, Cancel);
        string file = _kept.Backup("with-secret.tar");
        string folder = _kept.PathOf("with-secret");
        (Filled? filled, _) = await KeepingFixture.Restore(file, folder);
        Assert.NotNull(filled);
        string restored = Path.Combine(folder, ReportNames.FileName);
        Assert.Equal(octets, await File.ReadAllBytesAsync(restored, Cancel));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(restored)
            );
        }
    }

    [Fact]
    public async Task A_backup_of_a_file_makes_a_node_in_PostgreSQL_and_one_of_that_a_file_again()
    {
        string server = await FreshDatabase();
        string inServer = _kept.PathOf("server");
        Directory.CreateDirectory(inServer);
        string settings = $$"""{"store": "{{server}}"}""";
        File.WriteAllText(Path.Combine(inServer, "breakwater.json"), settings);
        (Filled? moved, _) = await KeepingFixture.Restore(_kept.Backup(), inServer);
        Assert.True(moved!.IsDocumentsSame);
        Assert.Equal(AccountsOf(_kept.Site.Folder), AccountsOf(inServer));
        Assert.False(File.Exists(Path.Combine(inServer, "breakwater.db")));

        string file;
        await using (SqlRecords records = KeepingFixture.Open(inServer))
        {
            Assert.IsType<PostgresRecords>(records);
            Assert.Equal(await Dump(_kept.Site.Records), await Dump(records));
            await AssertGoesOn(records, await _kept.Site.Records.Count());
            file = _kept.Backup("server.tar", inServer);
            await using FileStream from = File.OpenRead(file);
            using var backup = new BackupReader(from, file);
            Drilled? drilled = await Drill.Run(inServer, backup, [], Cancel);
            Assert.Equal(LiveComparison.Same, drilled!.Live);
            Assert.True(drilled.Filled.IsDocumentsSame);
        }

        string folder = _kept.PathOf("file");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "breakwater.json"), "{}");
        (Filled? back, _) = await KeepingFixture.Restore(file, folder);
        Assert.True(back!.IsDocumentsSame);
        Assert.Equal(AccountsOf(_kept.Site.Folder), AccountsOf(folder));
        await using SqlRecords again = KeepingFixture.Open(folder);
        Assert.IsType<SqliteRecords>(again);
        Assert.Equal(await Dump(_kept.Site.Records), await Dump(again));
    }

    [Fact]
    public async Task A_restore_into_PostgreSQL_refuses_what_is_not_empty_and_leaves_it_as_it_is()
    {
        string server = await FreshDatabase();
        string file = _kept.Backup();
        string[] folders = ["first", "second"];
        foreach (string name in folders)
        {
            Directory.CreateDirectory(_kept.PathOf(name));
            File.WriteAllText(
                _kept.PathOf($"{name}/breakwater.json"),
                $$"""{"store": "{{server}}"}"""
            );
        }

        await KeepingFixture.Restore(file, _kept.PathOf("first"));
        Fault refused = await Assert.ThrowsAsync<Fault>(() =>
            KeepingFixture.Restore(file, _kept.PathOf("second"))
        );
        Assert.Contains("accounts already", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["breakwater.json"], Names(_kept.PathOf("second")));
        await using SqlRecords records = KeepingFixture.Open(_kept.PathOf("first"));
        Assert.Empty((await records.Verify(Cancel)).Damages);
    }

    [Fact]
    public async Task A_backup_while_writes_go_on_holds_one_moment_and_no_half_of_a_write()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task[] writers = [.. Enumerable.Range(0, 8).Select(i => Write(i, stop.Token))];
        string[] files = ["one.tar", "two.tar", "three.tar"];
        var sizes = new List<long>();
        foreach (string name in files)
        {
            long least = await _kept.Site.Records.Count() + 20;
            await _kept.Site.Records.WaitForNews(least, Cancel);
            (Drilled? drilled, _) = await _kept.Try(_kept.Backup(name));
            Assert.NotEqual(LiveComparison.Differs, drilled!.Live);
            Assert.True(drilled.Filled.IsDocumentsSame);
            sizes.Add(drilled.Filled.Inspection.Events);
            (Filled? filled, _) = await KeepingFixture.Restore(
                _kept.PathOf(name),
                _kept.PathOf(name + ".d")
            );
            await using SqlRecords records = KeepingFixture.Open(_kept.PathOf(name + ".d"));
            for (int i = 0; i < writers.Length; i++)
            {
                // Each write adds to both: a half would leave them apart.
                Assert.Equal(
                    await records.Version($"left-{i}"),
                    await records.Version($"right-{i}")
                );
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.Equal(sizes.Distinct().Order(), sizes);
    }

    [Fact]
    public async Task Nothing_sealed_is_in_a_backup_and_what_was_erased_does_not_come_back()
    {
        string before = _kept.Backup("before.tar");
        string box = Assert.Single(await _kept.Site.Records.KeysOf(_kept.Depot)).Box;
        string id = await _kept.Destroy();
        string after = _kept.Backup("after.tar");

        foreach (string file in new[] { before, after })
        {
            string raw = File.ReadAllText(file, Encoding.Latin1);
            Assert.DoesNotContain("CANARY", raw, StringComparison.Ordinal);
            Assert.Contains("a depot", raw, StringComparison.Ordinal);
            Assert.Equal(file == before, raw.Contains(box, StringComparison.Ordinal));
        }

        await KeepingFixture.Restore(after, _kept.PathOf("after"));
        await using (SqlRecords records = KeepingFixture.Open(_kept.PathOf("after")))
        {
            Assert.Null(await records.Key(id));
        }

        // An older backup does hold the key, unless it is told that it is gone.
        await KeepingFixture.Restore(before, _kept.PathOf("old"));
        await using (SqlRecords records = KeepingFixture.Open(_kept.PathOf("old")))
        {
            Assert.NotNull(await records.Key(id));
        }

        (Filled? told, _) = await KeepingFixture.Restore(before, _kept.PathOf("told"), id, "key-9");
        Assert.Equal(1, told!.KeysLeftOut);
        Assert.DoesNotContain(box, CanaryFiles.Raw(_kept.PathOf("told")), StringComparison.Ordinal);
        await using SqlRecords without = KeepingFixture.Open(_kept.PathOf("told"));
        Assert.Null(await without.Key(id));
    }

    [Fact]
    public void Every_table_of_accounts_is_in_a_backup()
    {
        using var accounts = SqliteAccounts.At("none", isShared: false);
        Assert.Equal(
            accounts
                .Model.GetEntityTypes()
                .Where(entity => !entity.IsOwned())
                .Select(entity => entity.ClrType.Name)
                .Order(),
            AccountsCopy.Entities.Select(entity => entity.Name).Order()
        );
    }

    [Fact]
    public async Task A_restored_node_says_in_its_ledger_that_it_was_restored()
    {
        string folder = _kept.PathOf("restored");
        (Filled? filled, _) = await KeepingFixture.Restore(_kept.Backup(), folder);
        await using SqlRecords records = KeepingFixture.Open(folder);
        Event last = await records
            .EventsFrom(filled!.Inspection.Events + 1, Cancel)
            .SingleAsync(Cancel);
        Assert.Equal("StoreRestored", last.Envelope.Type);
        Assert.Equal(filled.Inspection.Root, last.PayloadJson.GetProperty("root").GetString());
    }

    private async Task Write(int writer, CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            Draft draft = Draft.Of("NoteTaken", new { Text = $"{i}" }, Marking.Sealed, "analyst-1");
            await _kept.Site.Records.Append(
                [new Write($"left-{writer}", i, [draft]), new Write($"right-{writer}", i, [draft])],
                cancel: CancellationToken.None
            );
        }
    }

    private static async Task AssertGoesOn(SqlRecords records, long events)
    {
        Assert.Equal(events + 1, await records.Count());
        Assert.IsType<Appended>(
            await records.Append(
                "later",
                0,
                [Draft.Of("NoteTaken", new { Text = "on" }, Marking.Sealed, "analyst-1")],
                Cancel
            )
        );
        Assert.Empty((await records.Verify(Cancel)).Damages);
        Assert.True((await records.Rebuild(Cancel)).IsIdentical);
    }

    private static string AccountsOf(string folder) =>
        string.Join(
            '\n',
            AccountsCopy
                .Read(AccountSettings.Of(folder))
                .Where(file => file.Name.StartsWith(AccountsCopy.Folder, StringComparison.Ordinal))
                .SelectMany(file =>
                    // PostgreSQL counts time in microseconds.
                    Regex
                        .Replace(
                            Encoding.UTF8.GetString(file.Octets.Span),
                            @"(:\d\d)\.\d+\+",
                            "$1+"
                        )
                        .Split('\n')
                        .Prepend(file.Name)
                )
                .Order(StringComparer.Ordinal)
        );

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).OfType<string>()];

    private static async Task<byte[]> Dump(IRecords records)
    {
        using var dump = new MemoryStream();
        await records.DumpProjections(dump, Cancel);
        return dump.ToArray();
    }

    /// <summary>Accounts have one schema of a database, so each test has a database.</summary>
    private static async Task<string> FreshDatabase()
    {
        string store = PostgresInstance.Shared.ConnectionString("breakwater");
        string name = $"keep_{Guid.NewGuid():n}";
        await using var connection = new NpgsqlConnection(store + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        connection.Run($"CREATE DATABASE {name}");
        return store.Replace("Database=postgres", $"Database={name}", StringComparison.Ordinal);
    }
}
