using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using CsCheck;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger.Tiles;

public sealed class TileTreeTests
{
    private static readonly Gen<int> _size = Gen.OneOf(
        Gen.Int[0, 20],
        Gen.Int[250, 262],
        Gen.Int[500, 1100]
    );

    /// <summary>More than one full tile of level 1, so that there is a level 2.</summary>
    private const int Large = 65_800;

    private static readonly Lazy<Exported> _large = new(() => Exported.Of(Large));

    private static readonly Lazy<MerkleTree> _plain = new(() =>
    {
        var tree = new MerkleTree();
        for (int i = 0; i < Large; i++)
        {
            tree.Append(LeafOf(i));
        }

        return tree;
    });

    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 1_234_067, 256, "tile/0/x001/x234/067")]
    [InlineData(1, 1_000, 17, "tile/1/x001/000.p/17")]
    [InlineData(63, 999, 1, "tile/63/999.p/1")]
    public void A_tile_lies_where_tlog_tiles_says(int level, long index, int width, string path) =>
        Assert.Equal(path, new Tile(level, index, width).Path);

    [Fact]
    public void A_path_is_read_back_to_the_tile_that_lies_there() =>
        Gen.Select(Gen.Int[0, 7], Gen.Long[0, (1L << 40) - 1], Gen.Int[1, Tile.WidthMax])
            .Sample(
                (level, index, width) =>
                {
                    var tile = new Tile(level, index, width);
                    Assert.True(Tile.TryParse(tile.Path, out Tile read));
                    Assert.Equal(tile, read);
                }
            );

    [Theory]
    [InlineData("")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/001/067")]
    [InlineData("tile/0/x001/x067")]
    [InlineData("tile/00/067")]
    [InlineData("tile/8/067")]
    [InlineData("tile/0/067.p/0")]
    [InlineData("tile/0/067.p/256")]
    [InlineData("tile/0/067.p")]
    [InlineData("tile/0/.p/5")]
    [InlineData("tile/entries/067")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/999")]
    public void A_path_that_is_written_otherwise_is_no_tile(string path) =>
        Assert.False(Tile.TryParse(path, out _));

    [Fact]
    public void Entries_lie_beside_the_tiles_of_level_0() =>
        Assert.Equal("tile/entries/x001/067.p/5", new Tile(0, 1067, 5).EntriesPath);

    [Fact]
    public void A_tree_of_70000_has_the_tiles_that_the_specification_counts()
    {
        var tiles = Tile.Of(70_000).ToList();
        Assert.Equal(273, tiles.Count(tile => tile is { Level: 0, IsFull: true }));
        Assert.Equal([112], tiles.Where(tile => tile is { Level: 0, IsFull: false }).Select(Width));
        Assert.Equal(1, tiles.Count(tile => tile is { Level: 1, IsFull: true }));
        Assert.Equal([17], tiles.Where(tile => tile is { Level: 1, IsFull: false }).Select(Width));
        Assert.Equal([1], tiles.Where(tile => tile.Level == 2).Select(Width));
        Assert.Equal(["tile/0/000", "tile/1/000.p/1"], Tile.Of(256).Select(tile => tile.Path));
        Assert.Empty(Tile.Of(0));
    }

    [Fact]
    public void Roots_and_proofs_from_tiles_are_those_of_the_plain_tree() =>
        Gen.Select(_size, Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20])
            .Sample(
                (size, a, b) =>
                {
                    Exported exported = Exported.Of(size);
                    Assert.Equal(_plain.Value.Root(size), exported.Tree.Root());
                    AgreesWithPlain(exported.Tree, a, b);
                },
                iter: 100
            );

    [Fact]
    public void So_are_those_of_a_tree_of_three_levels_of_tiles() =>
        Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20])
            .Sample((a, b) => AgreesWithPlain(_large.Value.Tree, a, b), iter: 30);

    private static void AgreesWithPlain(TileTree tree, int a, int b)
    {
        int size = (int)tree.Size;
        int first = a % (size + 1);
        int second = first + (b % (size - first + 1));
        Assert.Equal(_plain.Value.Root(first), tree.Root(first));
        Assert.Equal(
            _plain.Value.ConsistencyProof(first, second),
            tree.ConsistencyProof(first, second)
        );
        if (second > 0)
        {
            int index = a % second;
            Assert.Equal(
                _plain.Value.InclusionProof(index, second),
                tree.InclusionProof(index, second)
            );
        }
    }

    [Fact]
    public void A_tree_at_each_size_has_the_root_that_it_grew_to()
    {
        var growing = new GrowingTree();
        for (int size = 0; size < 1_200; size++)
        {
            Assert.Equal(_plain.Value.Root(size), growing.Root());
            growing.Append(LeafOf(size), null);
        }
    }

    [Fact]
    public void A_proof_in_a_large_tree_reads_as_many_tiles_as_it_has_levels()
    {
        Exported exported = _large.Value;
        var asked = new HashSet<Tile>();
        var tree = new TileTree(
            Large,
            tile =>
            {
                asked.Add(tile);
                return exported.Read(tile);
            }
        );
        tree.InclusionProof(40_000, 65_700);
        Assert.InRange(asked.Count, 1, 6);
        asked.Clear();
        tree.ConsistencyProof(40_000, 65_700);
        Assert.InRange(asked.Count, 1, 6);
        asked.Clear();
        tree.Root();
        Assert.InRange(asked.Count, 1, 3);
    }

    [Fact]
    public void A_tree_goes_on_from_its_full_tiles_and_the_leaves_behind_them() =>
        Gen.Select(_size, Gen.Int[0, 600])
            .Sample(
                (size, more) =>
                {
                    Exported exported = Exported.Of(size);
                    var resumed = GrowingTree.Resume(
                        size,
                        tile => tile.IsFull ? exported.Read(tile) : null,
                        [
                            .. Enumerable
                                .Range(size - (size % 256), size % 256)
                                .Select(i => (ReadOnlyMemory<byte>)LeafOf(i)),
                        ]
                    );
                    var straight = new GrowingTree();
                    var filled = new List<(Tile, byte[])>();
                    for (int i = 0; i < size + more; i++)
                    {
                        straight.Append(LeafOf(i), null);
                    }

                    for (int i = size; i < size + more; i++)
                    {
                        resumed.Append(
                            LeafOf(i),
                            (tile, octets) => filled.Add((tile, octets.ToArray()))
                        );
                    }

                    Assert.Equal(straight.Root(), resumed.Root());
                    Assert.Equal(
                        straight.Edges().Select(edge => (edge.Tile, Hex(edge.Octets))),
                        resumed.Edges().Select(edge => (edge.Tile, Hex(edge.Octets)))
                    );
                    Exported whole = Exported.Of(size + more);
                    Assert.All(
                        filled,
                        tile => Assert.Equal(Hex(whole.Read(tile.Item1)!.Value), Hex(tile.Item2))
                    );
                },
                iter: 30
            );

    [Fact]
    public void A_missing_tile_is_a_fault_and_never_another_root()
    {
        Exported exported = Exported.Of(600);
        var tree = new TileTree(600, tile => tile is { Level: 1 } ? null : exported.Read(tile));
        Assert.Throws<InvalidDataException>(() => tree.Root());
        Assert.Throws<InvalidDataException>(() =>
            GrowingTree.Resume(600, _ => null, [.. new ReadOnlyMemory<byte>[600 % 256]])
        );
    }

    private static int Width(Tile tile) => tile.Width;

    private static string Hex(ReadOnlyMemory<byte> octets) => Convert.ToHexStringLower(octets.Span);

    private static byte[] LeafOf(int index) => Exported.LeafOf(index);
}
