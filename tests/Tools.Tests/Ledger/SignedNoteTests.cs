using Breakwater.Ledger;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger;

/// <summary>Key, text and signature are those of the reference implementation's tests (golang.org/x/mod/sumdb/note).</summary>
public sealed class SignedNoteTests
{
    private const string VerifierKey =
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private const string SignerKey =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    private const string Text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";

    private const string Note =
        Text
        + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    [Fact]
    public void The_reference_note_is_signed_to_the_same_octets_and_opened()
    {
        Assert.True(Signer.TryParse(SignerKey, out Signer? signer));
        Assert.True(Verifier.TryParse(VerifierKey, out Verifier? verifier));
        using (signer)
        {
            Assert.Equal(VerifierKey, signer.Verifier.ToString());
            Assert.Equal(SignerKey, signer.Export());
            Assert.Equal(Note, SignedNote.Sign(Text, signer));
        }

        Assert.Equal(Text, SignedNote.Open(Note, verifier));
    }

    [Fact]
    public void A_changed_note_does_not_open()
    {
        Assert.True(Verifier.TryParse(VerifierKey, out Verifier? verifier));
        Assert.Null(
            SignedNote.Open(Note.Replace("answer", "Answer", StringComparison.Ordinal), verifier)
        );
        Assert.Null(SignedNote.Open(Note.TrimEnd('\n'), verifier));
        Assert.Null(SignedNote.Open(Text, verifier));
        Assert.Null(SignedNote.Open("", verifier));
    }

    [Fact]
    public void A_key_with_any_character_changed_is_refused()
    {
        for (int i = 0; i < VerifierKey.Length; i++)
        {
            char[] changed = VerifierKey.ToCharArray();
            changed[i]++;
            Assert.False(Verifier.TryParse(new string(changed), out _), $"character {i}");
        }
    }

    [Fact]
    public void A_checkpoint_has_three_lines_and_opens_for_its_own_node_only()
    {
        using var node = Signer.FromSeed(new byte[32]);
        using var other = Signer.FromSeed([.. Enumerable.Repeat((byte)7, 32)]);
        var tree = new MerkleTree();
        tree.Append(MerkleTree.LeafHash("first"u8));
        var checkpoint = Checkpoint.Of(node.Name, tree);
        string note = checkpoint.Sign(node);

        Assert.StartsWith(
            $"{node.Name}\n1\n{Convert.ToBase64String(tree.Root())}\n\n",
            note,
            StringComparison.Ordinal
        );
        Assert.Equal(checkpoint, Checkpoint.Open(note, node.Verifier));
        Assert.Null(Checkpoint.Open(note, other.Verifier));
    }
}
