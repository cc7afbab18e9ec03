using Breakwater.Vocabulary;
using Npgsql;
using Xunit;

namespace Breakwater.Records.Tests;

/// <summary>A store in PostgreSQL that a released version made is taken over after a copy, and other accounts read what is public.</summary>
public sealed class PostgresMigrationTests : IDisposable
{
    /// <summary>From the present schema back to version 2, which had no rules for rows, and an index more.</summary>
    private const string BackToVersionTwo = """
        DO $$ DECLARE t text; BEGIN
            FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
                EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', t);
            END LOOP;
        END $$;
        DROP POLICY public_only ON documents;
        CREATE INDEX documents_by_change ON documents (sequence);
        UPDATE store SET version = 2;
        """;

    private const string Guarded =
        "SELECT count(*) FROM pg_class WHERE relrowsecurity AND relnamespace = current_schema()::regnamespace";

    private readonly PostgresScratch scratch = new();

    private string Copy => Path.Combine(scratch.Folder, "breakwater.v2.tar");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_store_of_version_2_is_taken_over_whole_after_a_copy_that_can_be_restored()
    {
        await Fill();
        Ask($"{BackToVersionTwo} SELECT 0");

        await using (var records = Open())
        {
            Assert.Equal(3, await records.Count());
            Assert.Empty((await records.Verify(Cancel)).Damages);
            await records.Append([Thing.Of("need").Write("need/9")], cancel: Cancel);
            Assert.True((await records.Rebuild(Cancel)).IsIdentical);
        }

        Assert.Equal((3, 11), (Ask("SELECT version FROM store"), Ask(Guarded)));
        await AssertRestores(Copy, 3);
    }

    [Fact]
    public async Task Without_room_for_a_copy_the_store_is_left_as_it_is()
    {
        await Fill();
        Ask($"{BackToVersionTwo} SELECT 0");
        Directory.CreateDirectory(Copy + ".new");

        Assert.Equal(RecordsFaultKind.Unwritable, Assert.Throws<RecordsFault>(Open).Kind);

        Assert.Equal((2, 0), (Ask("SELECT version FROM store"), Ask(Guarded)));
    }

    [Fact]
    public async Task Another_account_of_the_database_reads_public_documents_and_nothing_else_also_after_rebuilding()
    {
        await Fill();
        await using (var records = Open())
        {
            Assert.True((await records.Rebuild(Cancel)).IsIdentical);
        }

        string reader = $"reader_{Guid.NewGuid():n}";
        Ask(
            $"""
            CREATE ROLE {reader}; GRANT SELECT ON ALL TABLES IN SCHEMA current_schema TO {reader}; SELECT 0
            """.Replace("current_schema", Schema, StringComparison.Ordinal)
        );
        Ask($"GRANT USAGE ON SCHEMA {Schema} TO {reader}; SELECT 0");
        long Seen(string table) => Ask($"SET ROLE {reader}; SELECT count(*) FROM {table}");
        Assert.Equal(1, Seen("documents"));
        Assert.Equal(1, Seen("documents WHERE subject = 'need/1'"));
        string[] others =
        [
            "store",
            "events",
            "evidence",
            "nodes",
            "checkpoints",
            "keys",
            "tiles",
            "once",
            "products",
            "links",
        ];
        Assert.All(others, table => Assert.Equal(0, Seen(table)));
        Assert.Equal(3, Ask("SELECT count(*) FROM documents"));
    }

    [Fact]
    public async Task An_account_that_sees_no_rows_does_not_take_the_store_for_an_empty_one()
    {
        await Fill();
        string other = $"other_{Guid.NewGuid():n}";
        Ask(
            $"CREATE ROLE {other} LOGIN; GRANT ALL ON SCHEMA {Schema} TO {other}; GRANT ALL ON ALL TABLES IN SCHEMA {Schema} TO {other}; SELECT 0"
        );
        string connection = new NpgsqlConnectionStringBuilder(scratch.ConnectionString)
        {
            Username = other,
        }.ToString();

        Assert.Contains(
            "may not read the store",
            Assert
                .Throws<RecordsFault>(() => PostgresRecords.Open(scratch.Folder, connection))
                .Message,
            StringComparison.Ordinal
        );
        Assert.Throws<RecordsFault>(() => StoreMoment.Of(scratch.Folder, connection));
        Assert.Equal(3, Ask("SELECT count(*) FROM events"));
    }

    private string Schema =>
        new NpgsqlConnectionStringBuilder(scratch.ConnectionString).SearchPath!;

    private PostgresRecords Open() => scratch.Open(foldings: Thing.Fold);

    private long Ask(string sql) => scratch.Number(sql);

    /// <summary>One document for everybody, one closely held, one under an embargo.</summary>
    private async Task Fill()
    {
        await using var records = Open();
        await records.Keep("raw"u8.ToArray(), Cancel);
        Marking[] markings =
        [
            Marking.Public,
            new(Distribution.Community, Tlp.Green),
            Marking.Public with
            {
                EmbargoUntil = NodaTime.Instant.FromUtc(2999, 1, 1, 0, 0),
            },
        ];
        for (int i = 0; i < markings.Length; i++)
        {
            Thing thing = Thing.Of("need", marking: markings[i]);
            await records.Append([thing.Write($"need/{i + 1}")], cancel: Cancel);
        }

        await records.Checkpoint(Cancel);
    }

    private static async Task AssertRestores(string copy, long events)
    {
        using var into = new Scratch();
        Directory.CreateDirectory(into.Folder);
        await using FileStream from = File.OpenRead(copy);
        using var backup = new BackupReader(from, copy);
        EmptyStore? store = null;
        foreach ((string name, ReadOnlyMemory<byte> octets) in backup.Files(Cancel))
        {
            if (name == "folder/node.key")
            {
                await File.WriteAllBytesAsync(
                    Path.Combine(into.Folder, "node.key"),
                    octets.ToArray(),
                    Cancel
                );
                store = await EmptyStore.Open(into.Folder, "", []);
            }
            else
            {
                await store!.Admit(name, octets, Cancel);
            }
        }

        backup.CheckSeal(store!.Node);
        await store.DisposeAsync();
        Assert.Empty(backup.Damages);
        await using var records = SqliteRecords.Open(into.Folder, foldings: Thing.Fold);
        Assert.Equal(events, await records.Count());
        Assert.Empty((await records.Verify(Cancel)).Damages);
        Assert.Equal(backup.Manifest!.Projections, (await records.Rebuild(Cancel)).After);
    }
}
