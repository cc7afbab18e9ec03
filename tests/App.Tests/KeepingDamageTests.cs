using Breakwater.App.Keeping;
using Breakwater.Records;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A backup that is damaged, cut short or from tomorrow makes no node, and says why.</summary>
public sealed class KeepingDamageTests : IAsyncLifetime
{
    private KeepingFixture _kept = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _kept = await KeepingFixture.Start();

    public ValueTask DisposeAsync() => _kept.DisposeAsync();

    [Fact]
    public async Task A_damaged_octet_in_any_file_is_found_and_named()
    {
        string file = _kept.Backup();
        byte[] whole = await File.ReadAllBytesAsync(file, Cancel);
        foreach ((string name, long start, long octets) in KeepingFixture.Entries(file))
        {
            if (octets == 0)
            {
                continue;
            }

            byte[] damaged = [.. whole];
            damaged[start + (octets / 2)] ^= 1;
            if (name == BackupTitle.FileName)
            {
                await AssertRefusedOrNamed(damaged, name);
                continue;
            }

            IReadOnlyList<BackupDamage> damages = await Damages(damaged);
            Assert.True(
                damages.Any(damage => damage.File == name)
                    || (name == BackupManifest.FileName && damages.Count > 0),
                $"{name}: {string.Join("; ", damages)}"
            );
        }
    }

    private async Task AssertRefusedOrNamed(byte[] damaged, string name)
    {
        try
        {
            Assert.Contains(await Damages(damaged), damage => damage.File == name);
        }
        catch (RecordsFault fault)
        {
            Assert.Equal(RecordsFaultKind.Corrupt, fault.Kind);
        }
    }

    [Fact]
    public async Task A_backup_that_ends_early_is_none()
    {
        string file = _kept.Backup();
        byte[] whole = await File.ReadAllBytesAsync(file, Cancel);
        var entries = KeepingFixture.Entries(file);
        foreach (
            long length in entries
                .Skip(1)
                .Select((entry, i) => entry.Start + (i % 2 * entry.Octets / 2))
        )
        {
            Assert.NotEmpty(await Damages(whole[..(int)length]));
        }
    }

    [Fact]
    public async Task A_file_left_out_or_put_in_is_named()
    {
        string file = _kept.Backup();
        byte[] whole = await File.ReadAllBytesAsync(file, Cancel);
        var keys = KeepingFixture
            .Entries(file)
            .Single(entry => entry.Name == "store/keys/0000000001.jsonl");
        // The name stands 512 octets before the content; another one in its place is unknown, and the first is missing.
        byte[] renamed = [.. whole];
        "store/kexs/0000000001.jsonl"u8.CopyTo(renamed.AsSpan((int)keys.Start - 512));
        IReadOnlyList<BackupDamage> damages = await Damages(renamed);
        Assert.Contains(damages, damage => damage.File is "store/kexs/0000000001.jsonl" or "");
    }

    [Fact]
    public async Task A_newer_format_and_what_is_no_backup_are_refused_before_anything_is_written()
    {
        string file = _kept.Backup();
        byte[] newer = await File.ReadAllBytesAsync(file, Cancel);
        int at = newer.AsSpan().IndexOf("\"format\":1"u8);
        newer[at + "\"format\":".Length] = (byte)'2';
        RecordsFault fault = await Assert.ThrowsAsync<RecordsFault>(() => Damages(newer));
        Assert.Equal(RecordsFaultKind.Newer, fault.Kind);
        Assert.Contains("format 2", fault.Message, StringComparison.Ordinal);
        foreach (byte[] none in new[] { [], "no tar"u8.ToArray(), new byte[4096] })
        {
            fault = await Assert.ThrowsAsync<RecordsFault>(() => Damages(none));
            Assert.Equal(RecordsFaultKind.Corrupt, fault.Kind);
        }
    }

    [Fact]
    public async Task A_damaged_store_makes_no_backup()
    {
        string folder = _kept.PathOf("restored");
        await KeepingFixture.Restore(_kept.Backup(), folder);
        Damage(folder);
        RecordsFault fault = Assert.Throws<RecordsFault>(() => _kept.Backup("bad.tar", folder));
        Assert.Equal(RecordsFaultKind.Corrupt, fault.Kind);
        Assert.False(Path.Exists(_kept.PathOf("bad.tar")));
        Assert.False(Path.Exists(_kept.PathOf("bad.tar.partial")));
    }

    [Fact]
    public async Task A_full_disk_leaves_nothing_that_looks_like_a_backup()
    {
        Assert.SkipUnless(Environment.UserName == "root", "it mounts a small disk");
        string folder = _kept.PathOf("restored");
        await KeepingFixture.Restore(_kept.Backup(), folder);
        using var line = new CommandLine();
        Directory.CreateDirectory(Path.Combine(line.Folder, "disk"));
        string[] small =
        [
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o size=200k none disk; \"$@\"; code=$?; ls disk; exit $code",
            "small",
        ];
        // What is left on the disk would be printed.
        Assert.Contains(
            "there is no backup",
            line.RunUnder(small, "backup", "disk/node.tar", "--data", folder).Refusal(5),
            StringComparison.Ordinal
        );
        string[] full = ["sh", "-c", "\"$@\" > /dev/full", "full"];
        line.RunUnder(full, "backup", "-", "--data", folder).Refusal(5);
        line.Run("backup", "small.tar", "--data", folder).Done();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(line.Folder, "small.tar"))
            );
        }
    }

    [Fact]
    public async Task A_restore_that_was_killed_leaves_no_node_and_the_next_one_makes_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "it kills with a signal");
        string file = _kept.Backup();
        byte[] octets = await File.ReadAllBytesAsync(file, Cancel);
        using var line = new CommandLine();
        string stage = line.Data + Keeping.Restore.StageSuffix;
        (string Fed, string Seen)[] moments =
        [
            ("accounts/accounts.jsonl", "node.key"),
            ("store/keys/0000000001.jsonl", "breakwater.db"),
            (BackupManifest.FileName, "breakwater.db-wal"),
        ];
        foreach ((string fed, string seen) in moments)
        {
            long end = KeepingFixture.Entries(file).Single(entry => entry.Name == fed).Start;
            line.Kill(
                octets.AsMemory(0, (int)end),
                () => File.Exists(Path.Combine(stage, seen)),
                "restore",
                "-"
            );
            Assert.False(Path.Exists(line.Data), fed);
            Assert.True(Directory.Exists(stage));
            line.Run("verify").Refusal(2);
        }

        line.Run("restore", file).Done();
        Assert.False(Path.Exists(stage));
        line.Run("verify", "--rebuild").Done();
    }

    [Fact]
    public async Task Only_an_empty_folder_is_restored_into()
    {
        string file = _kept.Backup();
        using var line = new CommandLine();
        line.Write("data/breakwater.json", """{"language": "es"}""");
        line.Run("restore", file).Done();
        Assert.Equal("es", Settings.Read(line.Data).Language);
        byte[] key = await File.ReadAllBytesAsync(Path.Combine(line.Data, "node.key"), Cancel);
        Assert.Contains(
            "not empty",
            line.Run("restore", file).Refusal(3),
            StringComparison.Ordinal
        );
        Assert.Equal(
            key,
            await File.ReadAllBytesAsync(Path.Combine(line.Data, "node.key"), Cancel)
        );
        Assert.Contains(
            "there already",
            line.Run("backup", file).Refusal(4),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_backup_older_than_what_the_node_signed_for_is_refused_unless_told_and_a_fork_always()
    {
        string old = _kept.Backup();
        using var line = new CommandLine();
        await _kept.Destroy();
        string later = line.Write("later", await _kept.Site.Records.Checkpoint(Cancel));
        string reached = _kept.Backup("new.tar");
        Assert.Contains(
            "1 events are lost",
            line.Run("restore", old, "--reaches", later).Refusal(3),
            StringComparison.Ordinal
        );
        Assert.False(Path.Exists(line.Data));
        line.Run("restore", reached, "--reaches", later).Done();
        // Goes on from the older one: another ledger than the one that was signed for.
        string forked = Path.Combine(line.Folder, "forked");
        line.Run("restore", old, "--reaches", later, "--older", "--data", forked).Done();
        line.Run("backup", "fork.tar", "--data", forked).Done();
        Assert.Contains(
            "contradicts",
            line.Run("restore", "fork.tar", "--reaches", later, "--data", "third").Refusal(1),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_the_verbs_print_is_short_and_machines_read_it()
    {
        using var line = new CommandLine();
        string file = _kept.Backup();
        CommandLineRun tried = line.Run("restore", file, "--drill", "--data", _kept.Site.Folder)
            .Done();
        Assert.InRange(tried.Output.Split('\n').Length, 5, 10);
        Assert.Contains("the drill is passed", tried.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["holds", "data", "backup", "documentsSame", "live", "eventsSince"],
            CommandLine.Members(
                line.Run("restore", file, "--drill", "--json", "--data", _kept.Site.Folder)
                    .Done()
                    .Json
            )
        );
        byte[] octets = File.ReadAllBytes(file);
        octets[KeepingFixture.Entries(file)[2].Start] ^= 1;
        CommandLineRun damaged = line.Run("restore", line.Write("damaged.tar", octets), "--json");
        Assert.Equal(1, damaged.ExitCode);
        Assert.Equal(
            ["holds", "file", "damages", "damageCount", "remedy"],
            CommandLine.Members(damaged.Json)
        );
        Assert.False(Path.Exists(line.Data));
        string help = line.Run("backup", "--help").Done().Output;
        Assert.Contains("SECRET", help, StringComparison.Ordinal);
        Assert.Contains("node.key", help, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<BackupDamage>> Damages(byte[] octets)
    {
        string file = _kept.PathOf("damaged.tar");
        await File.WriteAllBytesAsync(file, octets, Cancel);
        string folder = _kept.PathOf("target");
        try
        {
            (Filled? filled, IReadOnlyList<BackupDamage> damages) = await KeepingFixture.Restore(
                file,
                folder
            );
            Assert.Null(filled);
            return damages;
        }
        finally
        {
            Assert.False(Path.Exists(folder));
            Assert.False(Path.Exists(folder + Keeping.Restore.StageSuffix));
        }
    }

    private static void Damage(string folder)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(folder, "breakwater.db")};Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "UPDATE events SET envelope = CAST(replace(CAST(envelope AS TEXT), 'sequence', 'sequenze') AS BLOB) WHERE sequence = 5";
        command.ExecuteNonQuery();
    }
}
