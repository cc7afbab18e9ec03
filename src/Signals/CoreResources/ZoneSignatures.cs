using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>What the signatures of a zone are worth, without regard to time.</summary>
/// <param name="Signatures">RRSIG records.</param>
/// <param name="Valid">Those that a key of the zone made over the records that are there.</param>
/// <param name="Invalid">Those that do not fit key and records: the records were changed, or the signature is damaged.</param>
/// <param name="Unchecked">Those of a key that is not in the zone or of an algorithm that is not known here.</param>
/// <param name="Anchor">Key tag of the trust anchor that the keys lead to; null when they lead to none known.</param>
/// <param name="ExpiresFirst">The earliest end of a signature; null without signatures.</param>
/// <param name="ExpiresLast">The latest.</param>
/// <param name="InvalidLines">Lines of the first invalid ones.</param>
public sealed record ZoneSignatureCheck(
    int Signatures,
    int Valid,
    int Invalid,
    int Unchecked,
    ushort? Anchor,
    Instant? ExpiresFirst,
    Instant? ExpiresLast,
    IReadOnlyList<long> InvalidLines
)
{
    /// <summary>True when every signature is valid and the keys lead to a trust anchor.</summary>
    public bool IsAuthentic => Anchor is not null && Valid > 0 && Valid == Signatures;
}

/// <summary>Verifies the signatures that a zone carries, with its own keys and the trust anchors of the root (RFC 4034, RFC 4035).</summary>
public static class ZoneSignatures
{
    /// <summary>Key tag and SHA-256 of the keys that IANA publishes as anchors of the root (data.iana.org/root-anchors, RFC 9718).</summary>
    private static readonly (ushort KeyTag, string Sha256)[] _anchors =
    [
        (20326, "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D"),
        (38696, "683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16"),
    ];

    private const int LinesMax = 8;

    public static ZoneSignatureCheck Check(Zone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        using var keys = new ZoneKeys(zone);
        int valid = 0;
        int unchecked_ = 0;
        ushort? anchor = null;
        var invalid = new List<long>();
        (Instant? first, Instant? last) = (null, null);
        int signatures = 0;
        foreach (
            ZoneRecord record in zone.Records.Where(record => record.Type == ZoneType.Rrsig)
        )
        {
            signatures++;
            ZoneSignature signature = ZoneSignature.Of(record);
            first = first < signature.Expiration ? first : signature.Expiration;
            last = last > signature.Expiration ? last : signature.Expiration;
            switch (keys.Verify(zone, record, signature))
            {
                case true:
                    valid++;
                    if (signature.Covers == ZoneType.Dnskey && record.Owner == zone.Apex)
                    {
                        anchor ??= AnchorOf(zone, signature.KeyTag);
                    }

                    break;
                case false:
                    invalid.Add(record.Line);
                    break;
                default:
                    unchecked_++;
                    break;
            }
        }

        invalid.Sort();
        return new ZoneSignatureCheck(
            signatures,
            valid,
            invalid.Count,
            unchecked_,
            anchor,
            first,
            last,
            [.. invalid.Take(LinesMax)]
        );
    }

    /// <summary>The anchor that is the digest of this key (RFC 4034 section 5.1.4).</summary>
    private static ushort? AnchorOf(Zone zone, ushort keyTag)
    {
        if (!zone.Apex.IsRoot)
        {
            return null;
        }

        foreach (ZoneRecord key in zone.At(zone.Apex, ZoneType.Dnskey))
        {
            if (ZoneKeys.TagOf(key.Rdata.Span) != keyTag)
            {
                continue;
            }

            string digest = Convert.ToHexString(
                SHA256.HashData([.. zone.Apex.Canonical, .. key.Rdata.Span])
            );
            if (Array.Exists(_anchors, one => one.KeyTag == keyTag && one.Sha256 == digest))
            {
                return keyTag;
            }
        }

        return null;
    }
}

/// <summary>The keys of a zone, ready to verify with.</summary>
internal sealed class ZoneKeys : IDisposable
{
    private readonly Dictionary<(ushort Tag, byte Algorithm), List<AsymmetricAlgorithm>> keys = [];
    private readonly ArrayBufferWriter<byte> signed = new(4096);
    private long octetsLeft = OctetsMax;

    /// <summary>Keys of one tag that are tried (those of KeyTrap, CVE-2023-50387, are thousands).</summary>
    private const int CandidatesMax = 4;

    /// <summary>Octets hashed for one zone: a hostile one has many signatures over many records of one name.</summary>
    private const long OctetsMax = 1L << 30;

    public ZoneKeys(Zone zone)
    {
        foreach (ZoneRecord record in zone.At(zone.Apex, ZoneType.Dnskey))
        {
            ReadOnlySpan<byte> rdata = record.Rdata.Span;
            if (rdata.Length > 4 && KeyOf(rdata[3], rdata[4..]) is { } key)
            {
                (ushort, byte) name = (TagOf(rdata), rdata[3]);
                keys[name] = [.. keys.GetValueOrDefault(name, []), key];
            }
        }
    }

    /// <summary>RFC 4034 appendix B.</summary>
    public static ushort TagOf(ReadOnlySpan<byte> rdata)
    {
        uint sum = 0;
        for (int at = 0; at < rdata.Length; at++)
        {
            sum += (at & 1) == 0 ? (uint)rdata[at] << 8 : rdata[at];
        }

        return unchecked((ushort)(sum + (sum >> 16)));
    }

    /// <returns>Null when the key is not in the zone or cannot be used here.</returns>
    public bool? Verify(Zone zone, in ZoneRecord record, in ZoneSignature signature)
    {
        if (
            !keys.TryGetValue(
                (signature.KeyTag, signature.Algorithm),
                out List<AsymmetricAlgorithm>? candidates
            )
            || !DnsName.TryReadWire(record.Rdata.Span[18..], out DnsName signer, out int used)
            || signer != zone.Apex
            || octetsLeft <= 0
        )
        {
            return null;
        }

        ReadOnlySpan<byte> octets = SignedOctets(zone, record, signature, signer);
        octetsLeft -= octets.Length + 4096;
        ReadOnlySpan<byte> value = record.Rdata.Span[(18 + used)..];
        foreach (AsymmetricAlgorithm key in candidates.Take(CandidatesMax))
        {
            if (IsValid(key, signature.Algorithm, octets, value))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        foreach (AsymmetricAlgorithm key in keys.Values.SelectMany(same => same))
        {
            key.Dispose();
        }
    }

    /// <summary>RFC 4034 section 3.1.8.1.</summary>
    private ReadOnlySpan<byte> SignedOctets(
        Zone zone,
        in ZoneRecord record,
        in ZoneSignature signature,
        DnsName signer
    )
    {
        signed.ResetWrittenCount();
        signed.Write(record.Rdata.Span[..18]);
        signed.Write(signer.Canonical);
        // A signature of fewer labels than its owner has is of a wildcard (section 3.1.3).
        int labels = record.Owner.LabelCount;
        bool isWildcard = signature.Labels < labels;
        DnsName encloser = isWildcard ? record.Owner.Last(signature.Labels) : record.Owner;
        ZoneDigest.Canonical? before = null;
        foreach (
            ZoneDigest.Canonical one in zone
                .At(record.Owner, signature.Covers)
                .Select(ZoneDigest.Canonical.Of)
                .Order()
        )
        {
            if (before is { } last && last.CompareTo(one) == 0)
            {
                continue;
            }

            before = one;
            if (isWildcard)
            {
                signed.Write("\u0001*"u8);
            }

            signed.Write(encloser.Canonical);
            one.WriteFixed(signed.GetSpan(10), signature.OriginalTtl);
            signed.Advance(10);
            signed.Write(one.Rdata.Span);
        }

        return signed.WrittenSpan;
    }

    private static bool IsValid(
        AsymmetricAlgorithm key,
        byte algorithm,
        ReadOnlySpan<byte> octets,
        ReadOnlySpan<byte> value
    )
    {
        try
        {
            return (key, algorithm) switch
            {
                (RSA rsa, _) => rsa.VerifyData(
                    octets,
                    value,
                    algorithm == 8 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512,
                    RSASignaturePadding.Pkcs1
                ),
                (ECDsa ecdsa, _) => ecdsa.VerifyData(
                    octets,
                    value,
                    algorithm == 13 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA384
                ),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            // A value that no key of this size can have made.
            return false;
        }
    }

    /// <summary>RSA with SHA-2 (RFC 3110, RFC 5702) and ECDSA (RFC 6605). SHA-1 proves nothing any more and is not checked.</summary>
    private static AsymmetricAlgorithm? KeyOf(byte algorithm, ReadOnlySpan<byte> key)
    {
        try
        {
            return algorithm switch
            {
                8 or 10 => RsaOf(key),
                13 when key.Length == 64 => EcdsaOf(ECCurve.NamedCurves.nistP256, key),
                14 when key.Length == 96 => EcdsaOf(ECCurve.NamedCurves.nistP384, key),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static RSA? RsaOf(ReadOnlySpan<byte> key)
    {
        int length = key[0];
        int at = 1;
        if (length == 0)
        {
            if (key.Length < 3)
            {
                return null;
            }

            length = BinaryPrimitives.ReadUInt16BigEndian(key[1..]);
            at = 3;
        }

        // RFC 3110 section 2: moduli up to 4096 bits. Exponents in use have at most 5 octets; long ones only cost time.
        return length is 0 or > 8 || at + length >= key.Length || key.Length - at - length > 512
            ? null
            : RSA.Create(
                new RSAParameters
                {
                    Exponent = key.Slice(at, length).ToArray(),
                    Modulus = key[(at + length)..].ToArray(),
                }
            );
    }

    private static ECDsa EcdsaOf(ECCurve curve, ReadOnlySpan<byte> key) =>
        ECDsa.Create(
            new ECParameters
            {
                Curve = curve,
                Q = new ECPoint
                {
                    X = key[..(key.Length / 2)].ToArray(),
                    Y = key[(key.Length / 2)..].ToArray(),
                },
            }
        );
}
