using System.Numerics;
using System.Security.Cryptography;

namespace Breakwater.Ledger.Tiles;

/// <summary>
/// The Merkle tree of RFC 6962 section 2.1 read from its tiles: a root or a proof asks for as many tiles as the tree has
/// levels, whatever its size.
/// </summary>
/// <param name="size">Leaves of the tree that the tiles belong to.</param>
/// <param name="read">The octets of a tile, or of a wider one in its place; null when it is not there.</param>
public sealed class TileTree(long size, Func<Tile, ReadOnlyMemory<byte>?> read)
{
    public long Size => size;

    public byte[] Root() => Root(size);

    /// <summary>The root that the tree had when it held <paramref name="leaves"/> leaves.</summary>
    /// <exception cref="InvalidDataException">A tile is absent or short.</exception>
    public byte[] Root(long leaves)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaves);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leaves, size);
        return leaves == 0 ? SHA256.HashData([]) : Hash(0, leaves);
    }

    /// <summary>PATH(m, D[n]) of RFC 6962 section 2.1.1.</summary>
    /// <exception cref="InvalidDataException">A tile is absent or short.</exception>
    public IReadOnlyList<byte[]> InclusionProof(long index, long leaves)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leaves, size);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves);
        var path = new List<byte[]>();
        (long start, long end) = (0, leaves);
        while (end - start > 1)
        {
            long split = start + Split(end - start);
            if (index < split)
            {
                path.Add(Hash(split, end));
                end = split;
            }
            else
            {
                path.Add(Hash(start, split));
                start = split;
            }
        }

        // From the leaf's sibling up to the root's child.
        path.Reverse();
        return path;
    }

    /// <summary>PROOF(m, D[n]) of RFC 6962 section 2.1.2.</summary>
    /// <exception cref="InvalidDataException">A tile is absent or short.</exception>
    public IReadOnlyList<byte[]> ConsistencyProof(long first, long second)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(second, size);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var proof = new List<byte[]>();
        if (first == 0 || first == second)
        {
            return proof;
        }

        (long start, long end) = (0, second);
        while (first != end)
        {
            long split = start + Split(end - start);
            if (first <= split)
            {
                proof.Add(Hash(split, end));
                end = split;
            }
            else
            {
                proof.Add(Hash(start, split));
                start = split;
            }
        }

        // When the old tree is a complete subtree, the verifier knows its root already.
        if (start > 0)
        {
            proof.Add(Hash(start, end));
        }

        proof.Reverse();
        return proof;
    }

    private byte[] Hash(long start, long end) =>
        BitOperations.IsPow2(end - start)
            ? Complete(start, BitOperations.Log2((ulong)(end - start)))
            : MerkleTree.NodeHash(
                Hash(start, start + Split(end - start)),
                Hash(start + Split(end - start), end)
            );

    /// <summary>The root over 2^<paramref name="height"/> leaves, from the one tile that holds it or the hashes just below.</summary>
    private byte[] Complete(long start, int height)
    {
        int level = height / Tile.Height;
        long at = start >> (level * Tile.Height);
        Tile tile = Tile.At(level, at / Tile.WidthMax, size);
        int offset = (int)(at % Tile.WidthMax);
        int count = 1 << (height % Tile.Height);
        if (
            read(tile) is not { } octets
            || octets.Length < (offset + count) * MerkleTree.HashOctets
        )
        {
            throw new InvalidDataException($"{tile.Path} is absent or short");
        }

        return RootOf(
            octets.Span.Slice(offset * MerkleTree.HashOctets, count * MerkleTree.HashOctets)
        );
    }

    /// <summary>The root over consecutive hashes, whose number is a power of two.</summary>
    public static byte[] RootOf(ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length == MerkleTree.HashOctets)
        {
            return hashes.ToArray();
        }

        int half = hashes.Length / 2;
        return MerkleTree.NodeHash(RootOf(hashes[..half]), RootOf(hashes[half..]));
    }

    /// <summary>The largest power of two below <paramref name="length"/>.</summary>
    private static long Split(long length) => 1L << BitOperations.Log2((ulong)(length - 1));
}
