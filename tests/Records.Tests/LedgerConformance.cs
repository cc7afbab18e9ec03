using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Breakwater.Ledger.Tiles;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Records.Tests;

/// <summary>What every store must do with the tree over its ledger and with keys. An heir says how to open a store.</summary>
public abstract class LedgerConformance : IAsyncLifetime
{
    private IRecords records = null!;

    /// <summary>Opens the store of this test, and the same store again after it was closed.</summary>
    protected abstract IRecords Open();

    protected IRecords Records => records;

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
    public async Task Each_event_is_proved_to_a_stranger_before_and_after_the_store_was_closed()
    {
        await Notes(600);
        await AssertProved(1, 256, 257, 600);
        await records.DisposeAsync();
        records = Open();
        await Notes(10);
        await AssertProved(1, 512, 605, 610);
        Assert.Null(await records.Prove(611, cancel: Cancel));
        Assert.Null(await records.Prove(0, cancel: Cancel));
        Assert.Empty((await records.Verify(Cancel)).Damages);
    }

    [Fact]
    public async Task A_proof_signs_no_new_checkpoint_where_one_covers_the_event()
    {
        await Notes(3);
        await records.Checkpoint(Cancel);
        await Notes(1);
        TlogProof proof = (await records.Prove(2, cancel: Cancel))!;
        Assert.Equal(3, Checkpoint.Open(proof.Note, records.Node)?.Size);
        Assert.Equal(1, (await records.Verify(Cancel)).Checkpoints);
        await records.Prove(4, cancel: Cancel);
        Assert.Equal(2, (await records.Verify(Cancel)).Checkpoints);
    }

    [Fact]
    public async Task Its_tiles_are_those_of_the_checkpoint_and_each_checkpoint_grew_from_the_one_before()
    {
        var notes = new List<Checkpoint>();
        foreach (int more in (int[])[0, 1, 255, 1, 300])
        {
            await Notes(more);
            notes.Add(Checkpoint.Open(await records.Checkpoint(Cancel), records.Node)!);
        }

        var files = new Dictionary<string, ReadOnlyMemory<byte>>();
        foreach (Tile tile in Tile.Of(557))
        {
            files[tile.Path] = (await records.Tile(tile))!.Value;
        }

        Assert.Equal(
            0,
            TileCheck
                .Of(
                    notes[^1],
                    path =>
                        files.TryGetValue(path, out ReadOnlyMemory<byte> octets)
                            ? octets
                            : (ReadOnlyMemory<byte>?)null
                )
                .DamageCount
        );
        var tree = new TileTree(557, tile => files[tile.Path]);
        Assert.All(
            notes,
            note => Assert.Equal(note.Root, Convert.ToBase64String(tree.Root(note.Size)))
        );
        Assert.Null(await records.Tile(Tile.At(0, 3, 900)));
    }

    [Fact]
    public async Task An_append_that_is_refused_leaves_the_tree_as_it_was()
    {
        await Notes(2);
        string before = await records.Checkpoint(Cancel);
        Assert.IsType<Conflict>(await records.Append("notes", 7, [Some.Note("late")], Cancel));
        Assert.Equal(before, await records.Checkpoint(Cancel));
    }

    [Fact]
    public async Task Rebuilding_leaves_the_tiles_as_they_were()
    {
        await Notes(600);
        Tile full = Tile.At(0, 1, 600);
        byte[] before = (await records.Tile(full))!.Value.ToArray();
        Assert.True((await records.Rebuild(Cancel)).IsIdentical);
        Assert.Equal(before, (await records.Tile(full))!.Value.ToArray());
        Assert.Empty((await records.Verify(Cancel)).Damages);
    }

    [Fact]
    public async Task A_key_comes_with_the_event_that_it_seals_for_and_goes_with_the_one_that_destroys_it()
    {
        WrappedKey key = KeyOf("k-1");
        await records.Append(
            [new Write("mission/m", 0, [Some.Note("sealed")]) { Keys = [key, KeyOf("k-2")] }],
            cancel: Cancel
        );
        Assert.Equal(key, await records.Key("k-1"));
        Assert.Equal(2, (await records.KeysOf("mission/m")).Count);

        await Destroy("k-1", 0);
        Assert.Null(await records.Key("k-1"));
        Assert.Equal(["k-2"], (await records.KeysOf("mission/m")).Select(left => left.Id));
        Assert.Empty((await records.Verify(Cancel)).Damages);
    }

    [Fact]
    public async Task After_a_key_is_destroyed_what_it_sealed_is_gone_and_the_event_is_still_proved()
    {
        (Custody custody, IReadOnlyList<KeyShare> shares) = Custody.Found(
            ["p-1", "p-2", "p-3"],
            2,
            [.. Enumerable.Range(0, Custody.RandomOctets(2)).Select(i => (byte)i)]
        );
        SealedField field;
        using (var key = new SubjectKey("k-1", "mission/m", new byte[SubjectKey.Octets]))
        {
            field = key.Seal("crew of four", new byte[SubjectKey.NonceOctets]);
            var wrapped = WrappedKey.Of(
                key,
                custody,
                [.. Enumerable.Repeat((byte)9, WrappedKey.RandomOctets)]
            );
            var draft = Draft.Of("MissionProposed", new { Crew = field }, Marking.Sealed, "p-9");
            await records.Append(
                [new Write("mission/m", 0, [draft]) { Keys = [wrapped] }],
                cancel: Cancel
            );
        }

        WrappedKey stored = (await records.Key("k-1"))!;
        Assert.Null(custody.TryUnwrap([shares[2], shares[0]], stored, out SubjectKey? unwrapped));
        Assert.True(unwrapped!.TryOpen(field, out _));
        unwrapped.Dispose();
        TlogProof before = (await records.Prove(1, cancel: Cancel))!;

        await Destroy("k-1", 0);
        Assert.Null(await records.Key("k-1"));
        Assert.True(ProofCheck.Of(before, records.Node, null).Holds);
        await AssertProved(1, 2);
        Assert.Empty((await records.Verify(Cancel)).Damages);
    }

    [Fact]
    public async Task A_destroyed_key_never_comes_back()
    {
        await Destroy("k-1", 0);
        await records.Append(
            [new Write("mission/m", 0, [Some.Note("again")]) { Keys = [KeyOf("k-1")] }],
            cancel: Cancel
        );
        Assert.Null(await records.Key("k-1"));
    }

    [Fact]
    public async Task A_refused_append_keeps_no_key()
    {
        AppendOutcome outcome = await records.Append(
            [new Write("mission/m", 3, [Some.Note("late")]) { Keys = [KeyOf("k-1")] }],
            cancel: Cancel
        );
        Assert.IsType<Conflict>(outcome);
        Assert.Null(await records.Key("k-1"));
    }

    [Fact]
    public async Task A_destruction_that_does_not_say_of_which_key_is_refused_at_once()
    {
        var draft = Draft.Of("KeyDestroyed", new { Key = "" }, Marking.Sealed, "p");
        await Assert.ThrowsAsync<ArgumentException>(() =>
            records.Append("key/x", 0, [draft], Cancel)
        );
    }

    protected Task Destroy(string key, long version)
    {
        var destroyed = new KeyDestroyed(
            key,
            "mission/m",
            "kept for long enough",
            "p-1",
            null,
            Instant.FromUnixTimeSeconds(1)
        );
        return records.Append(
            destroyed.RecordedUnder,
            version,
            [destroyed.ToDraft(Marking.Sealed)],
            Cancel
        );
    }

    protected static WrappedKey KeyOf(string id) =>
        new(id, "mission/m", "custody-1", $"box-of-{id}-{new string('Q', 64)}");

    private async Task AssertProved(params long[] sequences)
    {
        foreach (long sequence in sequences)
        {
            TlogProof proof = Assert.IsType<TlogProof>(
                await records.Prove(sequence, cancel: Cancel)
            );
            ProofChecked found = ProofCheck.Of(proof, records.Node, null);
            Assert.True(found.Holds);
            Assert.Equal(sequence, found.Envelope?.Sequence);
        }
    }

    private async Task Notes(int count)
    {
        long version = await records.Version("notes");
        if (count > 0)
        {
            Assert.IsType<Appended>(
                await records.Append(
                    "notes",
                    version,
                    [.. Enumerable.Range(0, count).Select(i => Some.Note($"{i}"))],
                    Cancel
                )
            );
        }
    }
}
