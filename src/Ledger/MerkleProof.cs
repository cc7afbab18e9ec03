namespace Breakwater.Ledger;

/// <summary>What a stranger does with a proof, a root and nothing else: the algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2.</summary>
public static class MerkleProof
{
    public static bool Includes(
        long index,
        long size,
        ReadOnlySpan<byte> leafHash,
        IReadOnlyList<byte[]> proof,
        ReadOnlySpan<byte> root
    )
    {
        if (
            index < 0
            || index >= size
            || !AreHashes(proof)
            || leafHash.Length != MerkleTree.HashOctets
        )
        {
            return false;
        }

        long fn = index;
        long sn = size - 1;
        byte[] hash = leafHash.ToArray();
        foreach (byte[] step in proof)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                hash = MerkleTree.NodeHash(step, hash);
                SkipLevels(ref fn, ref sn);
            }
            else
            {
                hash = MerkleTree.NodeHash(hash, step);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 && root.SequenceEqual(hash);
    }

    /// <summary>True when the tree of <paramref name="second"/> leaves begins with that of <paramref name="first"/> leaves.</summary>
    public static bool IsConsistent(
        long first,
        long second,
        IReadOnlyList<byte[]> proof,
        ReadOnlySpan<byte> firstRoot,
        ReadOnlySpan<byte> secondRoot
    )
    {
        if (first < 0 || first > second || !AreHashes(proof))
        {
            return false;
        }

        // Every tree begins with the empty one and with itself; a proof of that holds nothing.
        if (first == second || first == 0)
        {
            return proof.Count == 0 && (first < second || firstRoot.SequenceEqual(secondRoot));
        }

        if (proof.Count == 0)
        {
            return false;
        }

        bool isPower = (first & (first - 1)) == 0;
        byte[] start = isPower ? firstRoot.ToArray() : proof[0];
        long fn = first - 1;
        long sn = second - 1;
        while ((fn & 1) == 1)
        {
            fn >>= 1;
            sn >>= 1;
        }

        (byte[] older, byte[] newer) = (start, start);
        foreach (byte[] step in proof.Skip(isPower ? 0 : 1))
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                older = MerkleTree.NodeHash(step, older);
                newer = MerkleTree.NodeHash(step, newer);
                SkipLevels(ref fn, ref sn);
            }
            else
            {
                newer = MerkleTree.NodeHash(newer, step);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 && firstRoot.SequenceEqual(older) && secondRoot.SequenceEqual(newer);
    }

    private static bool AreHashes(IReadOnlyList<byte[]> proof) =>
        proof.All(step => step.Length == MerkleTree.HashOctets);

    /// <summary>A node at the right edge without a sibling rises unchanged until it gets one.</summary>
    private static void SkipLevels(ref long fn, ref long sn)
    {
        while ((fn & 1) == 0 && fn != 0)
        {
            fn >>= 1;
            sn >>= 1;
        }
    }
}
