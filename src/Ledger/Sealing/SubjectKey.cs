using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Breakwater.Vocabulary;
using NSec.Cryptography;

namespace Breakwater.Ledger.Sealing;

/// <summary>
/// The key under which fields of one subject are sealed (XChaCha20-Poly1305). A node makes one, seals, wraps it for the
/// custodians and forgets it; so a subject that is written on several occasions has several, destroyed together.
/// </summary>
public sealed class SubjectKey : IDisposable
{
    public const int Octets = 32;
    public const int NonceOctets = 24;

    /// <summary>Sealed fields are names, positions and notes, not files.</summary>
    public const int PlainOctetsMax = 65_536;

    private const int PadTo = 64;
    private readonly byte[] octets;

    /// <param name="id">Names the key in every field that it seals; it says nothing of the subject.</param>
    /// <param name="subject">Subject of the ledger, <c>kind/id</c>. What is sealed for one does not open as another's.</param>
    /// <param name="random">32 octets nobody can guess.</param>
    public SubjectKey(string id, string subject, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, Octets);
        (Id, Subject, octets) = (id, subject, random.ToArray());
    }

    public string Id { get; }

    public string Subject { get; }

    internal ReadOnlySpan<byte> Secret => octets;

    /// <param name="nonce">24 octets that were never used with this key; random ones do.</param>
    public SealedField Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> nonce)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plain.Length, PlainOctetsMax);
        ArgumentOutOfRangeException.ThrowIfNotEqual(nonce.Length, NonceOctets);
        // ISO/IEC 7816-4: a mark and zeros, so that the length of a name is not told.
        byte[] padded = new byte[((plain.Length / PadTo) + 1) * PadTo];
        plain.CopyTo(padded);
        padded[plain.Length] = 0x80;
        using Key key = Imported();
        byte[] sealedOctets = AeadAlgorithm.XChaCha20Poly1305.Encrypt(key, nonce, Bound(), padded);
        CryptographicOperations.ZeroMemory(padded);
        return new SealedField(Id, Convert.ToBase64String([.. nonce, .. sealedOctets]));
    }

    public SealedField Seal(string plain, ReadOnlySpan<byte> nonce) =>
        Seal(Encoding.UTF8.GetBytes(plain), nonce);

    /// <summary>False when it was sealed under another key, for another subject, or was changed.</summary>
    public bool TryOpen(SealedField field, [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        // A few octets for each of base64's, so that a long text costs no more than its own length.
        byte[] box = new byte[field.Box.Length];
        if (
            field.Key != Id
            || !Convert.TryFromBase64String(field.Box, box, out int length)
            || length < NonceOctets
        )
        {
            return false;
        }

        using Key key = Imported();
        byte[]? padded = AeadAlgorithm.XChaCha20Poly1305.Decrypt(
            key,
            box.AsSpan(0, NonceOctets),
            Bound(),
            box.AsSpan(NonceOctets, length - NonceOctets)
        );
        int mark = padded is null ? -1 : Array.FindLastIndex(padded, octet => octet != 0);
        plain = mark >= 0 && padded![mark] == 0x80 ? padded[..mark] : null;
        return plain is not null;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(octets);

    /// <summary>Canonical JSON divides the parts beyond doubt.</summary>
    private byte[] Bound() => CanonicalJson.Of(new[] { "breakwater sealed field v1", Subject, Id });

    private Key Imported() =>
        Key.Import(AeadAlgorithm.XChaCha20Poly1305, octets, KeyBlobFormat.RawSymmetricKey);
}
