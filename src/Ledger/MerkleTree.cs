using System.Numerics;
using System.Security.Cryptography;

namespace Breakwater.Ledger;

/// <summary>The Merkle hash tree of RFC 6962 section 2.1 over SHA-256, kept as its leaf hashes.</summary>
public sealed class MerkleTree
{
    public const int HashOctets = SHA256.HashSizeInBytes;
    private readonly List<byte[]> leaves = [];

    public int Size => leaves.Count;

    public void Append(ReadOnlyMemory<byte> leafHash) => leaves.Add(leafHash.ToArray());

    public static byte[] LeafHash(ReadOnlySpan<byte> leaf)
    {
        // The prefixes keep a leaf from being passed off as a node (RFC 6962 section 2.1).
        byte[] prefixed = new byte[leaf.Length + 1];
        leaf.CopyTo(prefixed.AsSpan(1));
        return SHA256.HashData(prefixed);
    }

    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> prefixed = stackalloc byte[1 + (2 * HashOctets)];
        prefixed[0] = 1;
        left.CopyTo(prefixed[1..]);
        right.CopyTo(prefixed[(1 + HashOctets)..]);
        return SHA256.HashData(prefixed);
    }

    public byte[] Root() => Root(Size);

    /// <summary>The root that the tree had when it held <paramref name="size"/> leaves.</summary>
    public byte[] Root(int size) => size == 0 ? SHA256.HashData([]) : Hash(0, size);

    /// <summary>PATH(m, D[n]) of RFC 6962 section 2.1.1.</summary>
    public IReadOnlyList<byte[]> InclusionProof(int index, int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        Path(index, 0, size, path);
        return path;
    }

    /// <summary>PROOF(m, D[n]) of RFC 6962 section 2.1.2.</summary>
    public IReadOnlyList<byte[]> ConsistencyProof(int first, int second)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(second, Size);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var proof = new List<byte[]>();
        if (first > 0 && first < second)
        {
            Subproof(first, 0, second, isWhole: true, proof);
        }

        return proof;
    }

    private byte[] Hash(int start, int end)
    {
        if (end - start == 1)
        {
            return leaves[start];
        }

        int split = start + Split(end - start);
        return NodeHash(Hash(start, split), Hash(split, end));
    }

    private void Path(int index, int start, int end, List<byte[]> path)
    {
        if (end - start == 1)
        {
            return;
        }

        int split = start + Split(end - start);
        if (index < split)
        {
            Path(index, start, split, path);
            path.Add(Hash(split, end));
        }
        else
        {
            Path(index, split, end, path);
            path.Add(Hash(start, split));
        }
    }

    /// <param name="isWhole">True while the old tree is a complete subtree here, whose root the verifier knows already.</param>
    private void Subproof(int first, int start, int end, bool isWhole, List<byte[]> proof)
    {
        if (first == end)
        {
            if (!isWhole)
            {
                proof.Add(Hash(start, end));
            }

            return;
        }

        int split = start + Split(end - start);
        if (first <= split)
        {
            Subproof(first, start, split, isWhole, proof);
            proof.Add(Hash(split, end));
        }
        else
        {
            Subproof(first, split, end, isWhole: false, proof);
            proof.Add(Hash(start, split));
        }
    }

    /// <summary>The largest power of two below <paramref name="size"/>.</summary>
    private static int Split(int size) => 1 << BitOperations.Log2((uint)(size - 1));
}
