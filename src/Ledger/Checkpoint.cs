using System.Globalization;

namespace Breakwater.Ledger;

/// <summary>C2SP tlog-checkpoint: what a node says its whole ledger is, in three lines that it signs as a note.</summary>
/// <param name="Origin">Name of the ledger: the node's name.</param>
/// <param name="Root">Merkle root over <paramref name="Size"/> events, base64.</param>
public sealed record Checkpoint(string Origin, long Size, string Root)
{
    public static Checkpoint Of(string origin, MerkleTree tree) =>
        Of(origin, tree.Size, tree.Root());

    public static Checkpoint Of(string origin, long size, ReadOnlySpan<byte> root) =>
        new(origin, size, Convert.ToBase64String(root));

    public string Sign(Signer signer) => SignedNote.Sign(ToString(), signer);

    /// <summary>Null when the note is not a checkpoint of the ledger of <paramref name="verifier"/> that it signed.</summary>
    public static Checkpoint? Open(string note, Verifier verifier) =>
        SignedNote.Open(note, verifier)?.Split('\n')
            is [string origin, string size, string root, ..]
        && origin == verifier.Name
        && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long leaves)
        && leaves.ToString(CultureInfo.InvariantCulture) == size
        && RootOctets(root) is not null
            ? new Checkpoint(origin, leaves, root)
            : null;

    /// <summary>The root's octets; null when it is not base64 of a hash.</summary>
    public byte[]? RootOctets() => RootOctets(Root);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n");

    private static byte[]? RootOctets(string base64)
    {
        Span<byte> octets = stackalloc byte[MerkleTree.HashOctets];
        return
            Convert.TryFromBase64String(base64, octets, out int length) && length == octets.Length
            ? octets.ToArray()
            : null;
    }
}
