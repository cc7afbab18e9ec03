using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Breakwater.Vocabulary;
using NSec.Cryptography;

namespace Breakwater.Ledger.Sealing;

/// <summary>
/// Several people who can unseal together and not alone. Everybody may know this much of it; the private half of its key
/// exists nowhere but as their shares, so whoever runs the node unseals nothing.
/// </summary>
/// <param name="Id">Follows from the key.</param>
/// <param name="PublicKey">X25519, base64.</param>
/// <param name="Threshold">How many shares it takes; at least two.</param>
/// <param name="Holders">Pseudonyms of the custodians; the first holds share 1.</param>
public sealed record Custody(
    string Id,
    string PublicKey,
    int Threshold,
    IReadOnlyList<string> Holders
)
{
    private const int SeedOctets = 32;

    internal PublicKey Key =>
        TryImport(PublicKey, out PublicKey? key)
            ? key
            : throw new InvalidOperationException($"{Id} has no X25519 key");

    /// <summary>Octets of randomness that founding one takes.</summary>
    public static int RandomOctets(int threshold) =>
        SeedOctets + SecretSharing.RandomOctets(SeedOctets, threshold);

    /// <summary>The custody and the share of each holder, in their order. The caller hands the shares out and keeps none.</summary>
    /// <param name="random">Octets that nobody can guess, as many as <see cref="RandomOctets"/> says.</param>
    public static (Custody Custody, IReadOnlyList<KeyShare> Shares) Found(
        IReadOnlyList<string> holders,
        int threshold,
        ReadOnlySpan<byte> random
    )
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(
            holders.Distinct(StringComparer.Ordinal).Count(),
            holders.Count
        );
        using Key key = WrappedKey.PrivateOf(random[..SeedOctets]);
        byte[] octets = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        var custody = new Custody(IdOf(octets), Convert.ToBase64String(octets), threshold, holders);
        IReadOnlyList<byte[]> shares = SecretSharing.Split(
            random[..SeedOctets],
            threshold,
            holders.Count,
            random[SeedOctets..]
        );
        return (
            custody,
            [.. shares.Select((share, i) => new KeyShare(custody.Id, (byte)(i + 1), share))]
        );
    }

    /// <summary>True when it could have been founded: its id is that of its key, and no one holder unseals alone.</summary>
    public bool IsSound() =>
        PublicKey is not null
        && Holders is not null
        && TryImport(PublicKey, out PublicKey? key)
        && IdOf(key.Export(KeyBlobFormat.RawPublicKey)) == Id
        && Threshold >= 2
        && Holders.Count >= Threshold
        && Holders.Count <= SecretSharing.SharesMax
        && Holders.Distinct(StringComparer.Ordinal).Count() == Holders.Count;

    /// <summary>
    /// Joins the shares of enough holders for as long as it takes to unwrap one key. The refusal says what is missing and
    /// never which octets were wrong.
    /// </summary>
    public Refusal? TryUnwrap(
        IReadOnlyList<KeyShare> shares,
        WrappedKey wrapped,
        out SubjectKey? key
    )
    {
        key = null;
        if (shares.Any(share => share.Custody != Id || share.Number > Holders.Count))
        {
            return Refusal.Invalid("One of the shares is of another custody.");
        }

        if (shares.DistinctBy(share => share.Number).Count() < Math.Max(2, Threshold))
        {
            return Refusal.NotAllowed(
                $"It takes the shares of {Math.Max(2, Threshold)} different custodians."
            );
        }

        byte[] secret = SecretSharing.Combine([
            .. shares
                .DistinctBy(share => share.Number)
                .Select(share => (share.Number, share.Octets)),
        ]);
        using Key joined = WrappedKey.PrivateOf(secret);
        CryptographicOperations.ZeroMemory(secret);
        if (!joined.PublicKey.Equals(Key))
        {
            return Refusal.Invalid("The shares do not belong together; one of them is mistaken.");
        }

        key = wrapped.Custody == Id ? wrapped.OpenedBy(joined) : null;
        return key is null ? Refusal.Invalid("The key was not wrapped for this custody.") : null;
    }

    private static string IdOf(ReadOnlySpan<byte> key) =>
        $"custody-{Convert.ToHexStringLower(SHA256.HashData(key))[..16]}";

    private static bool TryImport(string base64, [NotNullWhen(true)] out PublicKey? key)
    {
        Span<byte> octets = stackalloc byte[WrappedKey.KeyOctets];
        key = null;
        return Convert.TryFromBase64String(base64, octets, out int length)
            && length == octets.Length
            && NSec.Cryptography.PublicKey.TryImport(
                KeyAgreementAlgorithm.X25519,
                octets,
                KeyBlobFormat.RawPublicKey,
                out key
            );
    }
}
