using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;

namespace Breakwater.Tools.Tests.Ledger.Tiles;

/// <summary>A tree of made-up entries as its files, by path.</summary>
internal sealed class Exported
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _files = new(StringComparer.Ordinal);

    private Exported(long size) => Tree = new TileTree(size, Read);

    public TileTree Tree { get; }

    public IDictionary<string, ReadOnlyMemory<byte>> Files => _files;

    public ReadOnlyMemory<byte>? Read(Tile tile) => Read(tile.Path);

    public ReadOnlyMemory<byte>? Read(string path) =>
        _files.TryGetValue(path, out ReadOnlyMemory<byte> octets)
            ? octets
            : (ReadOnlyMemory<byte>?)null;

    public static byte[] EntryOf(int index) =>
        [(byte)(index & 0xFF), (byte)((index >> 8) & 0xFF), (byte)((index >> 16) & 0xFF)];

    public static byte[] LeafOf(int index) => MerkleTree.LeafHash(EntryOf(index));

    public static Exported Of(int size, bool hasEntries = false)
    {
        var exported = new Exported(size);
        var growing = new GrowingTree();
        for (int i = 0; i < size; i++)
        {
            growing.Append(LeafOf(i), (tile, octets) => exported._files[tile.Path] = octets);
        }

        foreach ((Tile tile, ReadOnlyMemory<byte> octets) in growing.Edges())
        {
            exported._files[tile.Path] = octets.ToArray();
        }

        foreach (Tile tile in Tile.Of(size).Where(tile => hasEntries && tile.Level == 0))
        {
            exported._files[tile.EntriesPath] = EntryBundle.Of([
                .. Enumerable
                    .Range((int)tile.Index * Tile.WidthMax, tile.Width)
                    .Select(i => (ReadOnlyMemory<byte>)EntryOf(i)),
            ]);
        }

        return exported;
    }
}
