using System.Numerics;
using System.Security.Cryptography;

namespace Breakwater.Ledger.Tiles;

/// <summary>
/// The right edge of a tree that is being appended to: one unfinished tile a level and nothing else, so it takes the same
/// memory after ten million leaves as after ten. One writer; not for several threads.
/// </summary>
public sealed class GrowingTree
{
    private readonly List<byte[]> edges = [];

    public long Size { get; private set; }

    /// <summary>Goes on after <paramref name="size"/> leaves.</summary>
    /// <param name="read">The full tiles of that tree. Of each level no more than the last 255 are asked for.</param>
    /// <param name="tail">Leaf hashes behind the last full tile of level 0.</param>
    /// <exception cref="InvalidDataException">A tile is absent or short, or the tail has another length.</exception>
    public static GrowingTree Resume(
        long size,
        Func<Tile, ReadOnlyMemory<byte>?> read,
        IReadOnlyList<ReadOnlyMemory<byte>> tail
    )
    {
        if (tail.Count != size % Tile.WidthMax)
        {
            throw new InvalidDataException($"{size} leaves do not end in {tail.Count}");
        }

        var tree = new GrowingTree { Size = size };
        if (size > 0)
        {
            tree.edges.Add(new byte[Tile.OctetsMax]);
        }

        for (int i = 0; i < tail.Count; i++)
        {
            tree.Edge(0, i, tail[i].Span);
        }

        for (int level = 1; size >> (level * Tile.Height) > 0; level++)
        {
            long hashes = size >> (level * Tile.Height);
            int width = (int)(hashes % Tile.WidthMax);
            tree.edges.Add(new byte[Tile.OctetsMax]);
            for (int i = 0; i < width; i++)
            {
                var below = new Tile(level - 1, hashes - width + i, Tile.WidthMax);
                tree.Edge(
                    level,
                    i,
                    read(below) is { Length: Tile.OctetsMax } octets
                        ? TileTree.RootOf(octets.Span)
                        : throw new InvalidDataException($"{below.Path} is absent or short")
                );
            }
        }

        return tree;
    }

    /// <param name="filled">Takes each tile that this leaf completes, lowest level first.</param>
    public void Append(ReadOnlySpan<byte> leafHash, Action<Tile, ReadOnlyMemory<byte>>? filled)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(leafHash.Length, MerkleTree.HashOctets);
        Size++;
        ReadOnlySpan<byte> hash = leafHash;
        for (int level = 0; ; level++)
        {
            long hashes = Size >> (level * Tile.Height);
            int at = (int)((hashes - 1) % Tile.WidthMax);
            Edge(level, at, hash);
            if (at < Tile.WidthMax - 1)
            {
                return;
            }

            byte[] full = edges[level];
            filled?.Invoke(new Tile(level, (hashes / Tile.WidthMax) - 1, Tile.WidthMax), full);
            hash = TileTree.RootOf(full);
            // The tile went to the caller; the next one begins in octets of its own.
            edges[level] = new byte[Tile.OctetsMax];
        }
    }

    /// <summary>The unfinished tiles, lowest level first.</summary>
    public IEnumerable<(Tile Tile, ReadOnlyMemory<byte> Octets)> Edges() =>
        Enumerable
            .Range(0, edges.Count)
            .Where(level => Width(level) > 0)
            .Select(level => (EdgeTile(level), Octets(level)));

    /// <summary>The octets of an unfinished tile; null when <paramref name="tile"/> is not at the edge.</summary>
    public ReadOnlyMemory<byte>? Edge(Tile tile) =>
        tile.Level < edges.Count
        && Width(tile.Level) > 0
        && EdgeTile(tile.Level).Index == tile.Index
            ? Octets(tile.Level)
            : (ReadOnlyMemory<byte>?)null;

    /// <summary>From the smallest complete subtree at the right edge to the largest at the left.</summary>
    public byte[] Root()
    {
        byte[]? root = null;
        for (int level = 0; level < edges.Count; level++)
        {
            ReadOnlySpan<byte> rest = Octets(level).Span;
            while (!rest.IsEmpty)
            {
                int count = rest.Length / MerkleTree.HashOctets;
                int last = (1 << BitOperations.TrailingZeroCount(count)) * MerkleTree.HashOctets;
                byte[] subtree = TileTree.RootOf(rest[^last..]);
                root = root is null ? subtree : MerkleTree.NodeHash(subtree, root);
                rest = rest[..^last];
            }
        }

        return root ?? SHA256.HashData([]);
    }

    private void Edge(int level, int at, ReadOnlySpan<byte> hash)
    {
        if (level == edges.Count)
        {
            edges.Add(new byte[Tile.OctetsMax]);
        }

        hash.CopyTo(edges[level].AsSpan(at * MerkleTree.HashOctets));
    }

    private int Width(int level) => (int)((Size >> (level * Tile.Height)) % Tile.WidthMax);

    private Tile EdgeTile(int level) =>
        Tile.At(level, (Size >> (level * Tile.Height)) / Tile.WidthMax, Size);

    private ReadOnlyMemory<byte> Octets(int level) =>
        edges[level].AsMemory(0, Width(level) * MerkleTree.HashOctets);
}
