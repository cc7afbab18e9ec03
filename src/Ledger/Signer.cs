using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Breakwater.Ledger;

/// <summary>
/// The public half of a node: its name and Ed25519 key, written as a C2SP signed-note verifier key,
/// <c>name+keyid+base64(0x01 || public key)</c>.
/// </summary>
public sealed class Verifier
{
    internal const byte Ed25519 = 1;
    private const string ExercisePrefix = "exercise-";
    private readonly PublicKey key;

    internal Verifier(string name, PublicKey key)
    {
        Name = name;
        this.key = key;
        byte[] octets = key.Export(KeyBlobFormat.RawPublicKey);
        Material = Convert.ToBase64String([Ed25519, .. octets]);
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519, .. octets])
        );
    }

    public string Name { get; }

    /// <summary>The first four octets of a hash of name and key: tells keys of one name apart.</summary>
    public uint KeyId { get; }

    /// <summary>True when the name follows from the key, as those of nodes do: then nobody else can hold it.</summary>
    public bool IsNamedByKey => Name == NameOf(key.Export(KeyBlobFormat.RawPublicKey), IsExercise);

    /// <summary>
    /// True for a node whose whole ledger is practice. The name says it, and the name stands in every envelope, checkpoint and proof
    /// that the node signs: whoever takes the mark off has nothing left that verifies (INV-13).
    /// </summary>
    public bool IsExercise => IsNameOfExercise(Name);

    public static bool IsNameOfExercise(string name) =>
        name.StartsWith(ExercisePrefix, StringComparison.Ordinal);

    internal string Material { get; }

    /// <summary>The hash differs too, so that no exercise is a node with another word before it.</summary>
    internal static string NameOf(ReadOnlySpan<byte> key, bool isExercise) =>
        isExercise
            ? $"{ExercisePrefix}{Digits([.. "exercise\n"u8, .. key])}"
            : $"node-{Digits(key)}";

    private static string Digits(ReadOnlySpan<byte> octets) =>
        Convert.ToHexStringLower(SHA256.HashData(octets))[..16];

    public bool Verifies(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> signature) =>
        SignatureAlgorithm.Ed25519.Verify(key, octets, signature);

    public static bool TryParse(string text, [NotNullWhen(true)] out Verifier? verifier)
    {
        verifier = null;
        // Base64 may hold '+' too, so only the first two divide.
        if (
            text.Split('+', 3) is not [{ Length: > 0 } name, { Length: 8 }, string material]
            || Material32(material) is not { } octets
            || !PublicKey.TryImport(
                SignatureAlgorithm.Ed25519,
                octets,
                KeyBlobFormat.RawPublicKey,
                out PublicKey? key
            )
        )
        {
            return false;
        }

        var read = new Verifier(name, key!);
        verifier = read.ToString() == text ? read : null;
        return verifier is not null;
    }

    internal static byte[]? Material32(string text)
    {
        Span<byte> octets = stackalloc byte[33];
        return
            Convert.TryFromBase64String(text, octets, out int length)
            && length == 33
            && octets[0] == Ed25519
            ? octets[1..].ToArray()
            : null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}+{Material}");
}

/// <summary>
/// The private half of a node, written as a signed-note signer key, <c>PRIVATE+KEY+name+keyid+base64(0x01 || seed)</c>.
/// </summary>
public sealed class Signer : IDisposable
{
    private const string Prefix = "PRIVATE+KEY+";
    public const int SeedOctets = 32;
    private readonly Key key;

    private Signer(string? name, ReadOnlySpan<byte> seed, bool isExercise = false)
    {
        key = Key.Import(
            SignatureAlgorithm.Ed25519,
            seed,
            KeyBlobFormat.RawPrivateKey,
            new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport }
        );
        byte[] octets = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        Verifier = new Verifier(name ?? Verifier.NameOf(octets, isExercise), key.PublicKey);
    }

    public Verifier Verifier { get; }

    /// <summary>The node's name, which follows from its key, so that no two nodes need to agree on names.</summary>
    public string Name => Verifier.Name;

    /// <param name="isExercise">True for a node of practice, which it then is for good.</param>
    public static Signer FromSeed(ReadOnlySpan<byte> seed, bool isExercise = false) =>
        new(name: null, seed, isExercise);

    public byte[] Sign(ReadOnlySpan<byte> octets) => SignatureAlgorithm.Ed25519.Sign(key, octets);

    /// <summary>
    /// Another secret of the same node, which follows from its key and says nothing of it (HKDF, RFC 5869): for signatures in forms that
    /// know no Ed25519. No second file has to be kept, moved or lost.
    /// </summary>
    /// <param name="purpose">One for each use, for ever.</param>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            key.Export(KeyBlobFormat.RawPrivateKey),
            SeedOctets,
            info: Encoding.UTF8.GetBytes(purpose)
        );

    public static bool TryParse(string text, [NotNullWhen(true)] out Signer? signer)
    {
        signer = null;
        if (
            !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length..].Split('+', 3)
                is not [{ Length: > 0 } name, { Length: 8 }, string material]
            || Verifier.Material32(material) is not { } seed
        )
        {
            return false;
        }

        var read = new Signer(name, seed);
        if (read.Export() != text)
        {
            read.Dispose();
            return false;
        }

        signer = read;
        return true;
    }

    /// <summary>True when a key file is that of an exercise, without reading the key.</summary>
    public static bool IsOfExercise(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal)
        && Verifier.IsNameOfExercise(text[Prefix.Length..]);

    /// <summary>The text that <see cref="TryParse"/> reads. It is the secret: it goes into the node's key file and nowhere else.</summary>
    public string Export()
    {
        byte[] seed = key.Export(KeyBlobFormat.RawPrivateKey);
        string material = Convert.ToBase64String([Verifier.Ed25519, .. seed]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Prefix}{Name}+{Verifier.KeyId:x8}+{material}"
        );
    }

    public void Dispose() => key.Dispose();
}
