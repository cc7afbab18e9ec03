using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using CsCheck;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger.Tiles;

public sealed class TileCheckTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(700)]
    [InlineData(66_000)]
    public void An_exported_tree_that_nobody_touched_holds(int size)
    {
        Exported exported = Exported.Of(size, hasEntries: true);
        TilesChecked found = TileCheck.Of(CheckpointOf(exported), exported.Read);
        Assert.Equal((0, size, 0), (found.DamageCount, found.Entries, found.BundlesWithheld));
        Assert.Equal(Tile.Of(size).Count(), found.Tiles);
    }

    [Fact]
    public void A_bit_flipped_in_any_file_is_told() =>
        Gen.Select(Gen.Int[1, 900], Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20])
            .Sample(
                (size, which, bit) =>
                {
                    Exported exported = Exported.Of(size, hasEntries: true);
                    Checkpoint checkpoint = CheckpointOf(exported);
                    string path = exported
                        .Files.Keys.Order(StringComparer.Ordinal)
                        .ElementAt(which % exported.Files.Count);
                    byte[] octets = exported.Files[path].ToArray();
                    octets[bit / 8 % octets.Length] ^= (byte)(1 << (bit % 8));
                    exported.Files[path] = octets;
                    Assert.True(TileCheck.Of(checkpoint, exported.Read).DamageCount > 0, path);
                },
                iter: 200
            );

    [Fact]
    public void A_missing_tile_is_damage_and_a_missing_bundle_is_counted_as_withheld()
    {
        Exported exported = Exported.Of(700, hasEntries: true);
        Checkpoint checkpoint = CheckpointOf(exported);
        exported.Files.Remove("tile/entries/001");
        TilesChecked withheld = TileCheck.Of(checkpoint, exported.Read);
        Assert.Equal((0, 1), (withheld.DamageCount, withheld.BundlesWithheld));
        foreach (string path in (string[])["tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"])
        {
            Exported other = Exported.Of(700);
            other.Files.Remove(path);
            Assert.Contains(
                TileCheck.Of(checkpoint, other.Read).Damages,
                damage => damage.Path == path
            );
        }
    }

    [Fact]
    public void A_tree_of_other_entries_does_not_have_the_root_of_the_checkpoint()
    {
        Exported exported = Exported.Of(300);
        var other = new Checkpoint("node", 300, Convert.ToBase64String(new byte[32]));
        Assert.Contains(
            TileCheck.Of(other, exported.Read).Damages,
            damage => damage.Path == "checkpoint"
        );
    }

    [Fact]
    public void A_bundle_is_read_back_and_a_torn_one_is_none() =>
        Gen
            .Byte.Array[0, 40]
            .List[0, 20]
            .Sample(entries =>
            {
                byte[] bundle = EntryBundle.Of([
                    .. entries.Select(entry => (ReadOnlyMemory<byte>)entry),
                ]);
                Assert.Equal(
                    entries,
                    EntryBundle.Read(bundle)!.Select(entry => entry.ToArray()).ToList()
                );
                if (bundle.Length > 0)
                {
                    Assert.NotEqual(
                        entries.Count,
                        EntryBundle.Read(bundle.AsMemory(0, bundle.Length - 1))?.Count
                    );
                }
            });

    [Fact]
    public void Random_octets_are_a_bundle_or_none_and_never_a_crash() =>
        Gen.Byte.Array[0, 2_000].Sample(octets => EntryBundle.Read(octets));

    private static Checkpoint CheckpointOf(Exported exported) =>
        Checkpoint.Of("node", exported.Tree.Size, exported.Tree.Root());
}
