using System.Globalization;

namespace Breakwater.Ledger;

/// <summary>C2SP tlog-checkpoint: what a node says its whole ledger is, in three lines that it signs as a note.</summary>
/// <param name="Origin">Name of the ledger: the node's name.</param>
/// <param name="Root">Merkle root over <paramref name="Size"/> events, base64.</param>
public sealed record Checkpoint(string Origin, long Size, string Root)
{
    public static Checkpoint Of(string origin, MerkleTree tree) =>
        new(origin, tree.Size, Convert.ToBase64String(tree.Root()));

    public string Sign(Signer signer) => SignedNote.Sign(ToString(), signer);

    /// <summary>Null when the note is not a checkpoint signed by <paramref name="verifier"/>.</summary>
    public static Checkpoint? Open(string note, Verifier verifier) =>
        SignedNote.Open(note, verifier)?.Split('\n')
            is [string origin, string size, string root, ..]
        && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long leaves)
            ? new Checkpoint(origin, leaves, root)
            : null;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n");
}
