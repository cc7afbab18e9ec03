using System.Collections.Concurrent;
using Breakwater.Ledger;
using Xunit;

namespace Breakwater.Records.Tests;

/// <summary>What can go wrong with a database server: each gives one clear line, and nothing is lost, doubled or said wrongly.</summary>
public sealed class PostgresFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_process_has_the_store_at_a_time()
    {
        using var scratch = new PostgresScratch();
        using var other = new Scratch();
        await using (scratch.Open())
        {
            RecordsFault fault = Assert.Throws<RecordsFault>(() =>
                PostgresRecords.Open(other.Folder, scratch.ConnectionString)
            );
            Assert.Equal(RecordsFaultKind.InUse, fault.Kind);
        }

        await using PostgresRecords again = scratch.Open();
    }

    [Fact]
    public async Task A_store_of_another_node_a_newer_version_or_another_program_is_refused()
    {
        using var scratch = new PostgresScratch();
        await using (scratch.Open()) { }

        using var other = new Scratch();
        Refused(
            RecordsFaultKind.KeyMissing,
            () => PostgresRecords.Open(other.Folder, scratch.ConnectionString)
        );
        scratch.Number("UPDATE store SET version = version + 1 RETURNING version");
        Refused(RecordsFaultKind.Newer, () => scratch.Open());
        scratch.Number("DROP TABLE store; SELECT 0");
        Refused(RecordsFaultKind.Corrupt, () => scratch.Open());
    }

    [Theory]
    [InlineData(
        "Host=127.0.0.1;Port=1;Username=u;Password=secret-word",
        RecordsFaultKind.Unreachable
    )]
    [InlineData("Hots=127.0.0.1;Password=secret-word", RecordsFaultKind.Unwritable)]
    public void A_server_that_is_not_there_is_named_in_one_line_without_the_password(
        string connection,
        RecordsFaultKind kind
    )
    {
        using var scratch = new Scratch();
        RecordsFault fault = Refused(kind, () => PostgresRecords.Open(scratch.Folder, connection));
        Assert.DoesNotContain("secret-word", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_stores_print_the_same_octets()
    {
        using var one = new Scratch();
        using var two = new PostgresScratch();
        await using var sqlite = SqliteRecords.Open(one.Folder, foldings: Thing.Fold);
        await using PostgresRecords postgres = two.Open(foldings: Thing.Fold);
        Assert.Equal(await Dump(sqlite), await Dump(postgres));
        Assert.True((await postgres.Rebuild(Cancel)).IsIdentical);

        static async Task<byte[]> Dump(IRecords records)
        {
            for (int i = 0; i < 20; i++)
            {
                Thing thing = Thing.Of("need", words: $"آب {i} \ud800 \"q\"") with
                {
                    Box = new Box(i / 3.0, -i, 100.1, 1e-7),
                    DueAt = NodaTime.Instant.FromUnixTimeSeconds(i * 1_000_003L),
                };
                await records.Append([thing.Write($"need/{i}")], cancel: Cancel);
                await records.Append("Z-á", i, [Some.Product($"p-{i % 7}-ü", "aa", "b", "A")]);
            }

            using var dump = new MemoryStream();
            await records.DumpProjections(dump, Cancel);
            return dump.ToArray();
        }
    }

    [Fact]
    public Task A_server_that_crashes_and_recovers_under_load_loses_and_doubles_nothing() =>
        Survive(
            rounds: 3,
            "",
            instance =>
            {
                instance.Crash();
                instance.Resume();
            }
        );

    [Fact]
    public Task A_server_that_stands_still_for_longer_than_anybody_waits_loses_and_doubles_nothing() =>
        Survive(
            rounds: 2,
            ";Command Timeout=1;Cancellation Timeout=-1",
            instance =>
            {
                instance.Pause(isPaused: true);
                // Longer than the writer waits for a commit, so that it has given up on it when the server goes on.
                Task.Delay(TimeSpan.FromSeconds(2), Cancel).Wait(Cancel);
                instance.Pause(isPaused: false);
            }
        );

    private static async Task Survive(int rounds, string options, Action<PostgresInstance> harm)
    {
        using PostgresInstance instance = PostgresInstance.Fresh();
        using var scratch = new PostgresScratch(instance);
        await using var records = PostgresRecords.Open(
            scratch.Folder,
            scratch.ConnectionString + options
        );
        using var load = new Load(records);
        Task[] writers = [.. Enumerable.Range(0, 8).Select(load.Write)];
        for (int round = 0; round < rounds; round++)
        {
            await load.Acknowledge(50);
            harm(instance);
        }

        await load.Acknowledge(50);
        load.Stop();
        await Task.WhenAll(writers);

        List<Event> kept = await records.EventsFrom(1, Cancel).ToListAsync(Cancel);
        List<string> texts =
        [
            .. kept.Select(entry => entry.PayloadJson.GetProperty("text").GetString()!),
        ];
        Assert.Equal(texts.Count, texts.Distinct().Count());
        Assert.Empty(load.Acknowledged.Except(texts));
        Assert.Empty(load.Refused.Intersect(texts));
        Assert.Empty(texts.Except(load.Acknowledged).Except(load.Doubtful));
        Assert.Empty((await records.Verify(Cancel)).Damages);
    }

    private static RecordsFault Refused(RecordsFaultKind kind, Func<object> open)
    {
        RecordsFault fault = Assert.Throws<RecordsFault>(() => open());
        Assert.Equal(kind, fault.Kind);
        Assert.DoesNotContain('\n', fault.Message);
        return fault;
    }

    /// <summary>Writers that go on whatever happens, and remember what they were told.</summary>
    private sealed class Load(PostgresRecords records) : IDisposable
    {
        private readonly SemaphoreSlim news = new(0);
        private volatile bool isOver;

        public ConcurrentBag<string> Acknowledged { get; } = [];

        public ConcurrentBag<string> Refused { get; } = [];

        public ConcurrentBag<string> Doubtful { get; } = [];

        public void Stop() => isOver = true;

        public void Dispose() => news.Dispose();

        public async Task Acknowledge(int count)
        {
            for (int i = 0; i < count; i++)
            {
                await news.WaitAsync(Cancel);
            }
        }

        public async Task Write(int writer)
        {
            long? version = 0;
            for (int i = 0; !isOver; i++)
            {
                string text = $"{writer} {i}";
                try
                {
                    version ??= await records.Version($"s-{writer}");
                    AppendOutcome outcome = await records.Append(
                        $"s-{writer}",
                        version.Value,
                        [Some.Note(text)],
                        Cancel
                    );
                    version = Assert.IsType<Appended>(outcome).Version;
                    Acknowledged.Add(text);
                    news.Release();
                }
                catch (RecordsFault fault)
                {
                    (fault.Kind == RecordsFaultKind.OutcomeUnknown ? Doubtful : Refused).Add(text);
                    version = null;
                    await Task.Yield();
                }
            }
        }
    }
}
