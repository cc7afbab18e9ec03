using System.Collections.Concurrent;
using Xunit;

namespace Breakwater.Records.Tests;

/// <summary>
/// A disk that loses power: whatever was not synced may be there, not there, or there in part, in any order. `kill` proves
/// none of this, for the system writes on after a process has died.
/// </summary>
public sealed class SqliteDiskTests : IDisposable
{
    private const int Sector = 512;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 24)]
    [InlineData(2, 24)]
    public async Task A_loss_of_power_at_any_write_loses_nothing_acknowledged_and_shows_nothing_by_halves(
        int seed,
        int losses
    )
    {
        var random = new Random(seed);
        using var disk = new RecordingDisk(scratch.Folder);
        var acknowledged = new ConcurrentBag<(int Step, string Text)>();
        Dictionary<string, byte[]> before;
        await using (var records = SqliteRecords.Open(scratch.Folder, foldings: Thing.Fold))
        {
            // So that the log goes back into the database many times and begins again over its old end.
            await records.Ask("PRAGMA wal_autocheckpoint=40");
            before = Files();
            disk.Forget();
            await Task.WhenAll(
                Enumerable.Range(0, 4).Select(writer => Write(records, disk, writer, acknowledged))
            );
        }

        IReadOnlyList<RecordingDisk.Step> steps = disk.Steps;
        Assert.Contains(steps, step => step is { File: "breakwater.db", Octets: not null });
        for (int loss = 0; loss < losses; loss++)
        {
            int at = random.Next(steps.Count + 1);
            using var after = new Scratch();
            Lay(after, Left(before, steps.Take(at), random, loss % 4));
            await Check(
                after,
                [.. acknowledged.Where(one => one.Step <= at).Select(one => one.Text)]
            );
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_disk_that_refuses_now_and_then_is_told_and_nothing_else_is_lost(int seed)
    {
        var random = new Random(seed);
        using var disk = new RecordingDisk(scratch.Folder);
        var acknowledged = new List<string>();
        var refused = new List<string>();
        await using (var records = SqliteRecords.Open(scratch.Folder, foldings: Thing.Fold))
        {
            await records.Ask("PRAGMA wal_autocheckpoint=40");
            long version = 0;
            disk.Refuses = _ => random.Next(60) == 0;
            for (int i = 0; i < 150; i++)
            {
                try
                {
                    version = Assert
                        .IsType<Appended>(
                            await records.Append(Writes("s", version, $"{i}"), cancel: Cancel)
                        )
                        .Version;
                    acknowledged.Add($"{i}");
                }
                catch (RecordsFault)
                {
                    refused.Add($"{i}");
                }
            }

            disk.Refuses = _ => false;
            Assert.NotEmpty(refused);
            Assert.NotEmpty(acknowledged);
            await records.Append(Writes("s", version, "room"), cancel: Cancel);
            Assert.Equal([.. acknowledged, "room"], await Texts(records));
        }

        await Check(scratch, acknowledged);
    }

    [Fact]
    public async Task These_tests_would_notice_a_store_that_does_not_sync()
    {
        using var disk = new RecordingDisk(scratch.Folder);
        var acknowledged = new ConcurrentBag<(int Step, string Text)>();
        Dictionary<string, byte[]> before;
        await using (var records = SqliteRecords.Open(scratch.Folder, foldings: Thing.Fold))
        {
            before = Files();
            disk.Forget();
            await Write(records, disk, 0, acknowledged);
        }

        using var after = new Scratch();
        Lay(after, Left(before, disk.Steps.Where(step => !step.IsSync), new Random(1), manner: 0));
        await using var left = SqliteRecords.Open(after.Folder, foldings: Thing.Fold);
        Assert.NotEmpty(acknowledged.Select(one => one.Text).Except(await Texts(left)));
    }

    private void Lay(Scratch after, Dictionary<string, byte[]> files)
    {
        Directory.CreateDirectory(after.Folder);
        File.Copy(Path.Combine(scratch.Folder, "node.key"), Path.Combine(after.Folder, "node.key"));
        foreach ((string name, byte[] octets) in files)
        {
            File.WriteAllBytes(Path.Combine(after.Folder, name), octets);
        }
    }

    /// <summary>Two subjects at once, so that half of it would be seen.</summary>
    private static Write[] Writes(string subject, long version, string text) =>
        [
            new Write(subject, version, [Some.Note(text)]),
            Thing.Of("thing", words: text).Write($"thing/{subject}-{text.Replace(' ', '-')}"),
        ];

    private static async Task Write(
        SqliteRecords records,
        RecordingDisk disk,
        int writer,
        ConcurrentBag<(int, string)> acknowledged
    )
    {
        for (int i = 0; i < 60; i++)
        {
            string text = $"{writer} {i}";
            Assert.IsType<Appended>(
                await records.Append(Writes($"s-{writer}", i, text), cancel: Cancel)
            );
            acknowledged.Add((disk.Count, text));
        }
    }

    private Dictionary<string, byte[]> Files() =>
        Directory
            .GetFiles(scratch.Folder, "breakwater.db*")
            .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetFileName(file)!, Octets);

    private static byte[] Octets(string file)
    {
        using var stream = new FileStream(
            file,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite
        );
        using var octets = new MemoryStream();
        stream.CopyTo(octets);
        return octets.ToArray();
    }

    /// <summary>What is on the disk after the steps: of each file what was synced, and of the rest what chance and the manner leave.</summary>
    /// <param name="manner">0: nothing of it; 1: all of it; else each write whole, in part or not at all.</param>
    private static Dictionary<string, byte[]> Left(
        Dictionary<string, byte[]> before,
        IEnumerable<RecordingDisk.Step> steps,
        Random random,
        int manner
    )
    {
        Dictionary<string, byte[]> files = new(before);
        var pending = new List<RecordingDisk.Step>();
        foreach (RecordingDisk.Step step in steps)
        {
            pending.Add(step);
            if (step.IsSync)
            {
                foreach (RecordingDisk.Step done in pending.Where(one => one.File == step.File))
                {
                    Apply(files, done);
                }

                pending.RemoveAll(one => one.File == step.File);
            }
        }

        foreach (RecordingDisk.Step step in pending)
        {
            if (manner == 1 || (manner > 1 && random.Next(3) == 0))
            {
                Apply(files, step);
            }
            else if (manner > 1 && step.Octets is { } octets && random.Next(2) == 0)
            {
                foreach (int start in Enumerable.Range(0, (octets.Length + Sector - 1) / Sector))
                {
                    if (random.Next(2) == 0)
                    {
                        int from = start * Sector;
                        byte[] part = octets[from..Math.Min(from + Sector, octets.Length)];
                        Apply(files, step with { Offset = step.Offset + from, Octets = part });
                    }
                }
            }
        }

        return files;
    }

    private static void Apply(Dictionary<string, byte[]> files, RecordingDisk.Step step)
    {
        if (step.IsSync)
        {
            return;
        }

        byte[] file = files.GetValueOrDefault(step.File, []);
        long size = step.Octets is { } octets
            ? Math.Max(file.Length, step.Offset + octets.Length)
            : step.Offset;
        Array.Resize(ref file, (int)size);
        step.Octets?.CopyTo(file, step.Offset);
        files[step.File] = file;
    }

    private static async Task Check(Scratch after, IReadOnlyCollection<string> acknowledged)
    {
        await using var records = SqliteRecords.Open(after.Folder, foldings: Thing.Fold);
        List<string> texts = await Texts(records);
        Assert.Empty(acknowledged.Except(texts));
        Assert.Equal(texts.Count, texts.Distinct().Count());
        Assert.Equal(texts.Count * 2, await records.Count());
        Assert.Empty((await records.Verify(Cancel)).Damages);
        Assert.Equal([], (await records.Rebuild(Cancel)).Differences);
        Assert.IsType<Appended>(await records.Append("goes-on", 0, [Some.Note("on")], Cancel));
    }

    /// <summary>Of the notes; a thing has none.</summary>
    private static async Task<List<string>> Texts(SqliteRecords records) =>
        await records
            .EventsFrom(1, Cancel)
            .Where(entry => entry.Envelope.Type == "NoteTaken")
            .Select(entry => entry.PayloadJson.GetProperty("text").GetString()!)
            .ToListAsync(Cancel);
}
