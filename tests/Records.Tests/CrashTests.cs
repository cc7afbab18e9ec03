using System.Diagnostics;
using System.Globalization;
using Breakwater.Ledger;
using Xunit;

namespace Breakwater.Records.Tests;

/// <summary>A kill at any moment loses no acknowledged event and shows no half of one, and the next start resumes.</summary>
public abstract class CrashTests
{
    private const int Seeds = 4;

    /// <summary>Over all seeds; `bench/kills` asks for more of them.</summary>
    private static int Kills { get; } =
        int.TryParse(
            Environment.GetEnvironmentVariable("BREAKWATER_KILLS"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int kills
        )
            ? kills
            : 20;

    /// <summary>Opens the store that was killed.</summary>
    protected abstract SqlRecords Open();

    /// <summary>What tells the process that is killed which store to open.</summary>
    protected abstract IReadOnlyList<string> Arguments { get; }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_kill_at_any_moment_loses_nothing_that_was_acknowledged(int seed)
    {
        var random = new Random(seed);
        var acknowledged = new Dictionary<long, Guid>();
        TimeSpan longest = TimeSpan.Zero;
        for (int round = 0; round < Kills / Seeds; round++)
        {
            // The first round is killed while it is still making its key and its tables.
            int lines = round == 0 ? random.Next(2) : random.Next(300);
            await RunAndKill(lines, TimeSpan.FromMilliseconds(random.Next(40)), acknowledged);

            long start = Stopwatch.GetTimestamp();
            await using SqlRecords records = Open();
            TimeSpan opening = Stopwatch.GetElapsedTime(start);
            longest = opening > longest ? opening : longest;
            var kept = new Dictionary<long, Guid>();
            await foreach (
                Event entry in records.EventsFrom(1, TestContext.Current.CancellationToken)
            )
            {
                kept[entry.Envelope.Sequence] = entry.Envelope.Id;
            }

            Assert.All(acknowledged, ack => Assert.Equal(ack.Value, kept[ack.Key]));
            Inspection found = await records.Verify(TestContext.Current.CancellationToken);
            Assert.Empty(found.Damages);
            Assert.Equal(kept.Count, found.Events);
            Rebuilt rebuilt = await records.Rebuild(TestContext.Current.CancellationToken);
            Assert.Equal([], rebuilt.Differences);
        }

        Assert.NotEmpty(acknowledged);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Kills / Seeds} kills, {acknowledged.Count} acknowledged, longest restart {longest.TotalMilliseconds:0} ms"
        );
    }

    private async Task RunAndKill(
        int lines,
        TimeSpan headStart,
        Dictionary<long, Guid> acknowledged
    )
    {
        using var child = Process.Start(
            new ProcessStartInfo(
                Path.Combine(
                    AppContext.BaseDirectory,
                    OperatingSystem.IsWindows() ? "Records.Tests.exe" : "Records.Tests"
                ),
                ["append", .. Arguments]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        int read = 0;
        while (read < lines && await child.StandardOutput.ReadLineAsync() is { } line)
        {
            read++;
            Keep(line);
        }

        if (lines == 0)
        {
            // Where in its start the child dies is chance, and that is the point; nothing is asserted about time.
            child.WaitForExit(headStart);
        }

        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        string[] rest = (await child.StandardOutput.ReadToEndAsync()).Split('\n');
        foreach (string line in rest.SkipLast(1))
        {
            Keep(line);
        }

        void Keep(string line)
        {
            string[] parts = line.Split(' ');
            long sequence = long.Parse(parts[0], CultureInfo.InvariantCulture);
            acknowledged.Add(sequence, Guid.Parse(parts[1]));
        }
    }
}

public sealed class SqliteCrashTests : CrashTests, IDisposable
{
    private readonly Scratch scratch = new();

    protected override IReadOnlyList<string> Arguments => [scratch.Folder];

    protected override SqlRecords Open() =>
        SqliteRecords.Open(scratch.Folder, foldings: Thing.Fold);

    public void Dispose() => scratch.Dispose();
}

public sealed class PostgresCrashTests : CrashTests, IDisposable
{
    private readonly PostgresScratch scratch = new();

    protected override IReadOnlyList<string> Arguments =>
        [scratch.Folder, scratch.ConnectionString];

    protected override SqlRecords Open() => scratch.Open(foldings: Thing.Fold);

    public void Dispose() => scratch.Dispose();
}
