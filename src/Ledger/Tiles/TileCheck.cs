namespace Breakwater.Ledger.Tiles;

/// <summary>One file of an exported tree that is not what the tree says.</summary>
/// <param name="Path">As in C2SP tlog-tiles, below the folder of the tree.</param>
public sealed record TileDamage(string Path, string Detail);

/// <summary>What came of checking an exported tree.</summary>
/// <param name="Tiles">Files of hashes that were read.</param>
/// <param name="Entries">Entries that were read and hashed.</param>
/// <param name="BundlesWithheld">Bundles of entries that are not there: an exporter may keep what is not public.</param>
/// <param name="Damages">At most <see cref="TileCheck.DamagesMax"/> of them.</param>
public sealed record TilesChecked(
    long Tiles,
    long Entries,
    long BundlesWithheld,
    long DamageCount,
    IReadOnlyList<TileDamage> Damages
);

/// <summary>
/// Checks every file of an exported tree in one pass: leaf hashes against the entries, each tile against the one below, the
/// whole against the checkpoint. It makes the tree anew from the leaves and trusts no tile.
/// </summary>
public sealed class TileCheck
{
    public const int DamagesMax = 100;

    private readonly Checkpoint checkpoint;
    private readonly Func<string, ReadOnlyMemory<byte>?> read;
    private readonly GrowingTree tree = new();
    private readonly List<TileDamage> damages = [];
    private long tiles;
    private long entries;
    private long withheld;
    private long damageCount;

    private TileCheck(Checkpoint checkpoint, Func<string, ReadOnlyMemory<byte>?> read) =>
        (this.checkpoint, this.read) = (checkpoint, read);

    /// <param name="read">The octets of a file by its path below the tree's folder; null when there is none.</param>
    public static TilesChecked Of(Checkpoint checkpoint, Func<string, ReadOnlyMemory<byte>?> read)
    {
        var check = new TileCheck(checkpoint, read);
        check.Run();
        return new TilesChecked(
            check.tiles,
            check.entries,
            check.withheld,
            check.damageCount,
            check.damages
        );
    }

    private void Run()
    {
        for (long index = 0; index * Tile.WidthMax < checkpoint.Size; index++)
        {
            Tile tile = Tile.At(0, index, checkpoint.Size);
            if (Read(tile) is not { } hashes)
            {
                // Without leaves nothing above them can be judged.
                return;
            }

            CheckEntries(tile, hashes);
            for (int i = 0; i < tile.Width; i++)
            {
                tree.Append(Hash(hashes, i).Span, CheckAbove);
            }
        }

        foreach ((Tile tile, ReadOnlyMemory<byte> octets) in tree.Edges())
        {
            CheckAbove(tile, octets);
        }

        string root = Convert.ToBase64String(tree.Root());
        if (root != checkpoint.Root)
        {
            Add("checkpoint", $"its root is {checkpoint.Root}, that of the leaves {root}");
        }
    }

    private void CheckAbove(Tile tile, ReadOnlyMemory<byte> octets)
    {
        if (tile.Level > 0 && Read(tile) is { } stored && !stored.Span.SequenceEqual(octets.Span))
        {
            Add(tile.Path, "it is not the roots of the tiles below");
        }
    }

    private void CheckEntries(Tile tile, ReadOnlyMemory<byte> hashes)
    {
        if (read(tile.EntriesPath) is not { } octets)
        {
            withheld++;
            return;
        }

        IReadOnlyList<ReadOnlyMemory<byte>>? bundle = EntryBundle.Read(octets);
        if (bundle?.Count != tile.Width)
        {
            Add(tile.EntriesPath, $"it does not hold {tile.Width} entries");
            return;
        }

        entries += bundle.Count;
        for (int i = 0; i < bundle.Count; i++)
        {
            if (!MerkleTree.LeafHash(bundle[i].Span).AsSpan().SequenceEqual(Hash(hashes, i).Span))
            {
                Add(tile.EntriesPath, $"entry {i} is not the one that the tree counts");
            }
        }
    }

    /// <summary>A tile that fits its place, or null once the damage is noted.</summary>
    private ReadOnlyMemory<byte>? Read(Tile tile)
    {
        tiles++;
        ReadOnlyMemory<byte>? octets = read(tile.Path);
        if (octets?.Length == tile.Octets)
        {
            return octets;
        }

        Add(tile.Path, octets is null ? "it is absent" : $"it has {octets.Value.Length} octets");
        return null;
    }

    private static ReadOnlyMemory<byte> Hash(ReadOnlyMemory<byte> hashes, int index) =>
        hashes.Slice(index * MerkleTree.HashOctets, MerkleTree.HashOctets);

    private void Add(string path, string detail)
    {
        damageCount++;
        if (damages.Count < DamagesMax)
        {
            damages.Add(new TileDamage(path, detail));
        }
    }
}
