using System.Text;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Records.Tests;

/// <summary>What every store must do. An heir says how to open a store, to write and to read.</summary>
public abstract class RecordsConformance : IAsyncLifetime
{
    private const string Hash = "aa";
    private IRecords records = null!;

    /// <summary>Opens the store of this test, and the same store again after it was closed.</summary>
    protected abstract IRecords Open(IClock? clock = null);

    /// <summary>Opens the store of this test to read it, also while it is open.</summary>
    protected abstract IRecords OpenToRead();

    public ValueTask InitializeAsync()
    {
        records = Open();
        return ValueTask.CompletedTask;
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return records.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Products_are_asked_for_together_by_their_ids_and_page_by_page_by_their_kind()
    {
        string evidence = await records.Keep("raw"u8.ToArray(), Cancel);
        for (int i = 0; i < 5; i++)
        {
            await records.Append("walk", i, [Some.Product($"p-{i}", evidence)], Cancel);
        }

        await records.Append("walk", 5, [Some.Product("p-1", evidence, "p-0")], Cancel);

        IReadOnlyList<Product> found = await records.Products(["p-1", "p-3", "none", "p-3"]);
        Assert.Equal(["p-1", "p-3"], found.Select(product => product.Id).Order());
        Assert.Equal(["p-0"], found.Single(product => product.Id == "p-1").Inputs);
        Assert.Empty(await records.Products([]));

        IReadOnlyList<Product> first = await records.Products("signal", 0, 3);
        Assert.Equal(["p-0", "p-2", "p-3"], first.Select(product => product.Id));
        Assert.Equal(
            ["p-4", "p-1"],
            (await records.Products("signal", first[^1].Sequence, 3)).Select(product => product.Id)
        );
        await Assert.ThrowsAnyAsync<ArgumentException>(() => records.Products("signal", 0, 0));
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            records.Products([.. Enumerable.Repeat("p", Product.AtOnceMax + 1)])
        );
    }

    [Fact]
    public async Task Who_only_reads_sees_what_another_commits_and_writes_nothing()
    {
        string evidence = await records.Keep("raw"u8.ToArray(), Cancel);
        await Append("a", 0, Some.Note("one"), Some.Product("p", evidence));
        await using IRecords reader = OpenToRead();

        Assert.Equal(records.Node.ToString(), reader.Node.ToString());
        Assert.Equal("p", (await reader.Product("p"))!.Id);
        Assert.Equal("raw"u8.ToArray(), await reader.Evidence(evidence));
        await Append("a", 2, Some.Note("three"));
        Assert.Equal((3L, 3L), (await reader.Version("a"), await reader.Count()));
        Assert.Equal(0, (await reader.Verify(Cancel)).DamageCount);

        foreach (
            Func<Task> write in (Func<Task>[])
                [
                    () => reader.Append("a", 3, [Some.Note("four")], Cancel),
                    () => reader.Keep("more"u8.ToArray(), Cancel),
                    () => reader.Forget(evidence, Cancel),
                    () => reader.Rebuild(Cancel),
                ]
        )
        {
            RecordsFault refused = await Assert.ThrowsAsync<RecordsFault>(write);
            Assert.Equal(RecordsFaultKind.InUse, refused.Kind);
        }

        await Append("a", 3, Some.Note("four"));
        Assert.Equal(4, await reader.Count());
    }

    [Fact]
    public async Task A_proof_that_a_reader_signs_holds_and_leaves_no_mark()
    {
        await Append("a", 0, [.. Enumerable.Range(0, 300).Select(i => Some.Note($"{i}"))]);
        await using (IRecords reader = OpenToRead())
        {
            TlogProof proof = (await reader.Prove(299, cancel: Cancel))!;
            Assert.True(ProofCheck.Of(proof, records.Node, null).Holds);
            Assert.Equal(await reader.Checkpoint(Cancel), await reader.Checkpoint(Cancel));
        }

        Assert.Equal(0, (await records.Verify(Cancel)).Checkpoints);
        string kept = await records.Checkpoint(Cancel);
        await using IRecords again = OpenToRead();
        Assert.Equal(kept, await again.Checkpoint(Cancel));
    }

    [Fact]
    public async Task Where_nobody_writes_who_opens_to_read_has_the_store_alone()
    {
        await records.DisposeAsync();
        records = OpenToRead();
        await Append("a", 0, Some.Note("one"));
        await using IRecords reader = OpenToRead();
        Assert.Equal(1, await reader.Count());
    }

    [Fact]
    public async Task Events_of_a_subject_are_read_on_after_a_version()
    {
        await records.Append("a", 0, [Some.Note("1"), Some.Note("2"), Some.Note("3")], Cancel);

        Assert.Equal(
            [3L],
            (await records.EventsOf("a", 2, Cancel).ToListAsync(Cancel)).Select(entry =>
                entry.Envelope.SubjectVersion
            )
        );
        Assert.Empty(await records.EventsOf("a", 3, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task An_event_is_read_back_as_it_was_written()
    {
        Appended appended = await Append("a", 0, Some.Note("one"), Some.Note("two"));

        Assert.Equal(2, appended.Version);
        List<Event> read = await records.EventsOf("a", cancel: Cancel).ToListAsync(Cancel);
        Assert.Equal(appended.Events.Select(Text), read.Select(Text));
        Assert.Equal("two", read[1].PayloadJson.GetProperty("text").GetString());
        Assert.Equal((2L, 2L), (await records.Version("a"), await records.Count()));
        Assert.Equal(
            [2L],
            (await records.EventsFrom(2, Cancel).ToListAsync(Cancel)).Select(Sequence)
        );
        Assert.Empty(await records.EventsOf("b", cancel: Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_stale_version_is_a_conflict_and_writes_nothing()
    {
        await Append("a", 0, Some.Note("one"));

        AppendOutcome stale = await records.Append("a", 0, [Some.Note("late")], Cancel);
        AppendOutcome early = await records.Append("a", 5, [Some.Note("early")], Cancel);

        Assert.Equal(new Conflict("a", 0, 1), stale);
        Assert.Equal(new Conflict("a", 5, 1), early);
        Assert.Equal(1, await records.Count());
    }

    [Fact]
    public async Task Of_many_who_saw_the_same_version_exactly_one_writes()
    {
        AppendOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(i => records.Append("a", 0, [Some.Note($"{i}")], Cancel))
        );

        Assert.Single(outcomes.OfType<Appended>());
        Assert.Equal(63, outcomes.OfType<Conflict>().Count());
        Assert.Equal(1, await records.Count());
    }

    [Fact]
    public async Task More_appends_than_one_commit_holds_are_all_kept_in_one_chain()
    {
        await Task.WhenAll(
            Enumerable.Range(0, 700).Select(i => Append($"subject-{i}", 0, Some.Note($"{i}")))
        );

        Inspection found = await records.Verify(Cancel);
        Assert.Equal(700, found.Events);
        Assert.Empty(found.Damages);
    }

    [Fact]
    public async Task Equal_evidence_is_kept_once_under_its_hash()
    {
        byte[] octets = Encoding.UTF8.GetBytes("abc");
        string hash = await records.Keep(octets, Cancel);

        Assert.Equal(hash, await records.Keep(octets, Cancel));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", hash);
        Assert.Equal(octets, await records.Evidence(hash));
        Assert.Null(await records.Evidence(Hash));
        Assert.Equal(1, (await records.Verify(Cancel)).Evidence);
    }

    [Fact]
    public async Task Octets_that_are_forgotten_are_gone_and_the_rest_verifies()
    {
        string other = await records.Keep("stays"u8.ToArray(), Cancel);
        string hash = await records.Keep("goes"u8.ToArray(), Cancel);

        Assert.True(await records.Forget(hash, Cancel));
        Assert.False(await records.Forget(hash, Cancel));
        Assert.Null(await records.Evidence(hash));
        Assert.NotNull(await records.Evidence(other));
        Inspection inspection = await records.Verify(Cancel);
        Assert.Equal(0, inspection.DamageCount);
        Assert.Equal(1, inspection.Evidence);
        Assert.Equal(hash, await records.Keep("goes"u8.ToArray(), Cancel));
    }

    [Fact]
    public async Task The_last_version_of_a_product_wins_and_the_first_stays_in_the_ledger()
    {
        await Append("p", 0, Some.Product("p", Hash, "old"));
        await Append("p", 1, Some.Product("p", Hash, "new", "newer"), Some.Product("q", Hash, "p"));

        Product product = Assert.IsType<Product>(await records.Product("p"));
        Assert.Equal(("p", "signal", 2L), (product.Id, product.Kind, product.Sequence));
        Assert.Equal(["new", "newer"], product.Inputs);
        Assert.Equal("2-9", Assert.Single(product.Evidence).Rows);
        Assert.Equal(Marking.Public, product.Marking);
        Assert.Equal(0.25, product.Body.GetProperty("value").GetDouble());
        Assert.Equal(
            ["p", "q"],
            (await records.Products("signal", cancel: Cancel).ToListAsync(Cancel)).Select(p => p.Id)
        );
        Assert.Equal(3, await records.Count());
        Assert.Null(await records.Product("r"));
    }

    [Fact]
    public async Task Links_lead_to_inputs_and_to_evidence()
    {
        await Append("p", 0, Some.Product("p", Hash, "b", "a", "b"));

        Assert.Equal(
            [
                new Link(LinkRelation.Input, "a"),
                new Link(LinkRelation.Input, "b"),
                new Link(LinkRelation.Evidence, Hash),
            ],
            await records.Links("p")
        );
        Assert.Empty(await records.Links("unknown"));
    }

    [Fact]
    public async Task Long_answers_come_page_by_page_and_whole()
    {
        Draft[] drafts =
        [
            .. Enumerable.Range(0, 1100).Select(i => Some.Product($"p-{i:d4}", Hash)),
        ];
        await Append("many", 0, drafts);

        Assert.Equal(1100, await records.Products("signal", cancel: Cancel).CountAsync(Cancel));
        Assert.Equal(
            Enumerable.Range(1, 1100).Select(i => (long)i),
            await records.EventsOf("many", cancel: Cancel).Select(Sequence).ToListAsync(Cancel)
        );
    }

    [Fact]
    public async Task A_recorded_type_without_a_product_is_refused_at_once()
    {
        var draft = Draft.Of("ThingRecorded", new { Text = "no product" }, Marking.Public, "a");
        await Assert.ThrowsAsync<ArgumentException>(() => records.Append("a", 0, [draft], Cancel));
        Assert.Equal(0, await records.Count());
    }

    [Fact]
    public async Task Rebuilding_gives_identical_octets()
    {
        await Append("p", 0, Some.Product("p", Hash, "a"), Some.Product("é", Hash), Some.Note("n"));
        await Append("p", 3, Some.Product("p", Hash, "b"));
        byte[] before = await Dump();

        Rebuilt rebuilt = await records.Rebuild(Cancel);

        Assert.True(rebuilt.IsIdentical);
        Assert.Equal(4, rebuilt.Events);
        Assert.NotEmpty(before);
        Assert.Equal(before, await Dump());
    }

    [Fact]
    public async Task Verification_gives_the_root_of_the_tree_over_all_envelopes()
    {
        Appended appended = await Append("a", 0, Some.Note("1"), Some.Note("2"), Some.Note("3"));
        var tree = new MerkleTree();
        foreach (Event entry in appended.Events)
        {
            tree.Append(entry.LeafHash);
        }

        string note = await records.Checkpoint(Cancel);
        Inspection found = await records.Verify(Cancel);

        Assert.Equal(Convert.ToHexStringLower(tree.Root()), found.Root);
        Assert.Equal(Checkpoint.Of(records.Node.Name, tree), Checkpoint.Open(note, records.Node));
        Assert.Equal((3L, 1L, 0L), (found.Events, found.Checkpoints, found.DamageCount));
    }

    [Fact]
    public async Task A_store_opened_again_is_the_same_node_and_goes_on_in_the_same_chain()
    {
        await Append("a", 0, Some.Note("before"));
        string node = records.Node.ToString();
        await records.DisposeAsync();

        records = Open();
        await Append("a", 1, Some.Note("after"));

        Assert.Equal(node, records.Node.ToString());
        Assert.Empty((await records.Verify(Cancel)).Damages);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_disturb_the_order()
    {
        await records.DisposeAsync();
        var clock = new SetClock { Now = Instant.FromUtc(2026, 1, 8, 16, 30) };
        records = Open(clock);
        await Append("a", 0, Some.Note("noon"));
        clock.Now -= Duration.FromHours(5);
        Appended later = await Append("a", 1, Some.Note("later"));

        Assert.Equal(1, later.Events[0].Envelope.Clock.Tick);
        Assert.Empty((await records.Verify(Cancel)).Damages);
    }

    [Fact]
    public async Task Pages_read_while_the_writer_writes()
    {
        Task<Appended[]> writing = Task.WhenAll(
            Enumerable.Range(0, 300).Select(i => Append($"s-{i}", 0, Some.Product($"p-{i}", Hash)))
        );
        do
        {
            long seen = await records.Count();
            Assert.True(
                await records.Products("signal", cancel: Cancel).CountAsync(Cancel) >= seen
            );
        } while (!writing.IsCompleted);

        await writing;
        Assert.Equal(300, await records.Count());
    }

    private async Task<Appended> Append(string subject, long expected, params Draft[] drafts) =>
        Assert.IsType<Appended>(await records.Append(subject, expected, drafts, Cancel));

    private async Task<byte[]> Dump()
    {
        using var dump = new MemoryStream();
        await records.DumpProjections(dump, Cancel);
        return dump.ToArray();
    }

    private static long Sequence(Event entry) => entry.Envelope.Sequence;

    private static string Text(Event entry) => Encoding.UTF8.GetString(entry.Octets.Span);
}
