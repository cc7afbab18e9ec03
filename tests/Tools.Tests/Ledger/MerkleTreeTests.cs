using Breakwater.Ledger;
using CsCheck;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger;

/// <summary>
/// The leaves, roots and proofs that the certificate-transparency implementations share as test vectors (their
/// <c>merkle_tree_test</c>; today <c>testonly</c> and <c>proof/verify_test</c> of transparency-dev/merkle), and the
/// definitions of RFC 6962 section 2.1 as properties.
/// </summary>
public sealed class MerkleTreeTests
{
    private static readonly string[] leaves =
    [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];

    private static readonly string[] roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    public static TheoryData<int, int, string[]> Inclusions { get; } =
        new()
        {
            { 0, 1, [] },
            {
                0,
                8,
                [
                    Left(1),
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ]
            },
            {
                5,
                8,
                [
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    roots[4],
                ]
            },
            { 2, 3, [roots[2]] },
            {
                1,
                5,
                [
                    roots[1],
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ]
            },
        };

    public static TheoryData<int, int, string[]> Consistencies { get; } =
        new()
        {
            { 1, 1, [] },
            {
                1,
                8,
                [
                    Left(1),
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ]
            },
            {
                6,
                8,
                [
                    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    roots[4],
                ]
            },
            {
                2,
                5,
                [
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ]
            },
            {
                6,
                7,
                [
                    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                    "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
                    roots[4],
                ]
            },
        };

    [Fact]
    public void Roots_of_every_size_are_those_of_the_vectors()
    {
        MerkleTree tree = Vectors();
        for (int size = 0; size <= leaves.Length; size++)
        {
            Assert.Equal(roots[size], Hex(tree.Root(size)));
        }
    }

    [Theory]
    [MemberData(nameof(Inclusions))]
    public void Inclusion_proofs_are_those_of_the_vectors(int index, int size, string[] proof) =>
        Assert.Equal(proof, Vectors().InclusionProof(index, size).Select(Hex));

    [Theory]
    [MemberData(nameof(Consistencies))]
    public void Consistency_proofs_are_those_of_the_vectors(
        int first,
        int second,
        string[] proof
    ) => Assert.Equal(proof, Vectors().ConsistencyProof(first, second).Select(Hex));

    [Fact]
    public void Every_leaf_of_every_size_proves_its_inclusion_and_nothing_else_does() =>
        Sizes.Sample(
            (size, index, step, bit) =>
            {
                MerkleTree tree = Grown(size);
                int leaf = index % size;
                byte[] hash = LeafOf(leaf);
                IReadOnlyList<byte[]> proof = tree.InclusionProof(leaf, size);
                byte[] root = tree.Root(size);
                Assert.True(MerkleProof.Includes(leaf, size, hash, proof, root));

                Assert.False(MerkleProof.Includes(leaf + 1, size, hash, proof, root));
                Assert.False(MerkleProof.Includes(leaf, size, LeafOf(size), proof, root));
                Assert.False(MerkleProof.Includes(leaf, size, hash, [.. proof, root], root));
                Assert.False(MerkleProof.Includes(leaf, size, hash, [.. proof, []], root));
                Assert.All(
                    Corrupted(proof, step, bit),
                    wrong => Assert.False(MerkleProof.Includes(leaf, size, hash, wrong, root))
                );
            }
        );

    [Fact]
    public void A_tree_proves_that_it_grew_from_each_of_its_beginnings_and_from_no_other() =>
        Sizes.Sample(
            (size, index, step, bit) =>
            {
                MerkleTree tree = Grown(size);
                int first = 1 + (index % size);
                IReadOnlyList<byte[]> proof = tree.ConsistencyProof(first, size);
                (byte[] older, byte[] newer) = (tree.Root(first), tree.Root(size));
                Assert.True(MerkleProof.IsConsistent(first, size, proof, older, newer));

                byte[] other = LeafOf(size + 1);
                Assert.False(MerkleProof.IsConsistent(first, size, proof, other, newer));
                Assert.False(MerkleProof.IsConsistent(first, size, proof, older, other));
                Assert.False(
                    MerkleProof.IsConsistent(first, size, [.. proof, newer], older, newer)
                );
                Assert.All(
                    Corrupted(proof, step, bit),
                    wrong =>
                        Assert.False(MerkleProof.IsConsistent(first, size, wrong, older, newer))
                );
            }
        );

    private static Gen<(int Size, int Index, int Step, int Bit)> Sizes { get; } =
        Gen.Select(Gen.Int[1, 70], Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 255]);

    /// <summary>The proof with one bit changed, and without its last step.</summary>
    private static IEnumerable<IReadOnlyList<byte[]>> Corrupted(
        IReadOnlyList<byte[]> proof,
        int step,
        int bit
    )
    {
        if (proof.Count == 0)
        {
            yield break;
        }

        byte[][] changed = [.. proof.Select(hash => hash.ToArray())];
        changed[step % proof.Count][bit / 8] ^= (byte)(1 << (bit % 8));
        yield return changed;
        yield return [.. proof.SkipLast(1)];
    }

    private static string Left(int index) =>
        Hex(MerkleTree.LeafHash(Convert.FromHexString(leaves[index])));

    private static byte[] LeafOf(int index) =>
        MerkleTree.LeafHash([(byte)index, (byte)(index >> 8)]);

    private static MerkleTree Grown(int size)
    {
        var tree = new MerkleTree();
        for (int i = 0; i < size; i++)
        {
            tree.Append(LeafOf(i));
        }

        return tree;
    }

    private static MerkleTree Vectors()
    {
        var tree = new MerkleTree();
        foreach (string leaf in leaves)
        {
            tree.Append(MerkleTree.LeafHash(Convert.FromHexString(leaf)));
        }

        return tree;
    }

    private static string Hex(byte[] octets) => Convert.ToHexStringLower(octets);
}
