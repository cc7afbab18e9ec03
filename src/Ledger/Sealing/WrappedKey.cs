using Breakwater.Vocabulary;
using NSec.Cryptography;

namespace Breakwater.Ledger.Sealing;

/// <summary>
/// A subject's key as a node keeps it: encrypted to the public key of the custodians, so that the node that wrote it
/// cannot read it again. It is kept beside the ledger and never in it, because it must be possible to destroy.
/// </summary>
/// <param name="Id">Id of the key.</param>
/// <param name="Subject">Whose key it is.</param>
/// <param name="Custody">Id of the custody that can unwrap it.</param>
/// <param name="Box">Ephemeral X25519 public key and ciphertext, base64.</param>
public sealed record WrappedKey(string Id, string Subject, string Custody, string Box)
{
    /// <summary>Octets of an X25519 key.</summary>
    internal const int KeyOctets = 32;

    /// <summary>Octets of randomness that wrapping takes.</summary>
    public const int RandomOctets = KeyOctets;

    private const string Label = "breakwater wrapped key v1";

    // Used with a key that is used once, as in age: the ephemeral half makes each new.
    private static readonly byte[] _nonce = new byte[SubjectKey.NonceOctets];

    /// <param name="random">32 octets that nobody can guess and that are used for nothing else.</param>
    public static WrappedKey Of(SubjectKey key, Custody custody, ReadOnlySpan<byte> random)
    {
        using Key ephemeral = PrivateOf(random);
        byte[] half = ephemeral.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        using SharedSecret shared =
            KeyAgreementAlgorithm.X25519.Agree(ephemeral, custody.Key)
            ?? throw new ArgumentException("the custody's key is of low order", nameof(custody));
        using Key wrapping = Derived(shared, half, custody.Key);
        byte[] box = AeadAlgorithm.XChaCha20Poly1305.Encrypt(
            wrapping,
            _nonce,
            Bound(key.Id, key.Subject, custody.Id),
            key.Secret
        );
        return new WrappedKey(
            key.Id,
            key.Subject,
            custody.Id,
            Convert.ToBase64String([.. half, .. box])
        );
    }

    /// <summary>Null when it is not of this custody or was changed.</summary>
    internal SubjectKey? OpenedBy(Key custodyKey)
    {
        Span<byte> box = stackalloc byte[KeyOctets + SubjectKey.Octets + 16];
        if (
            !Convert.TryFromBase64String(Box, box, out int length)
            || length != box.Length
            || !PublicKey.TryImport(
                KeyAgreementAlgorithm.X25519,
                box[..KeyOctets],
                KeyBlobFormat.RawPublicKey,
                out PublicKey? half
            )
        )
        {
            return null;
        }

        using SharedSecret? shared = KeyAgreementAlgorithm.X25519.Agree(custodyKey, half!);
        if (shared is null)
        {
            return null;
        }

        using Key wrapping = Derived(shared, box[..KeyOctets], custodyKey.PublicKey);
        byte[]? octets = AeadAlgorithm.XChaCha20Poly1305.Decrypt(
            wrapping,
            _nonce,
            Bound(Id, Subject, Custody),
            box[KeyOctets..]
        );
        return octets is null ? null : new SubjectKey(Id, Subject, octets);
    }

    internal static Key PrivateOf(ReadOnlySpan<byte> octets) =>
        NSec.Cryptography.Key.Import(
            KeyAgreementAlgorithm.X25519,
            octets,
            KeyBlobFormat.RawPrivateKey
        );

    private static Key Derived(SharedSecret shared, ReadOnlySpan<byte> half, PublicKey custody) =>
        KeyDerivationAlgorithm.HkdfSha256.DeriveKey(
            shared,
            [.. half, .. custody.Export(KeyBlobFormat.RawPublicKey)],
            System.Text.Encoding.UTF8.GetBytes(Label),
            AeadAlgorithm.XChaCha20Poly1305
        );

    private static byte[] Bound(string id, string subject, string custody) =>
        CanonicalJson.Of(new[] { Label, subject, id, custody });
}
