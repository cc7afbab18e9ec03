using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Breakwater.Signals;

/// <summary>What comes of holding a zone against the digest that it carries (RFC 8976).</summary>
public enum ZoneDigestState
{
    /// <summary>The zone carries no digest.</summary>
    Absent,

    /// <summary>The records are those that the digest was made over.</summary>
    Verified,

    /// <summary>They are not: the file was changed, cut or damaged.</summary>
    Mismatch,

    /// <summary>It cannot be said: an unknown scheme or hash, a serial that differs, or entries that could not be read.</summary>
    Unverifiable,
}

/// <param name="Reason">In one sentence, for people.</param>
public sealed record ZoneDigestResult(ZoneDigestState State, string Reason);

/// <summary>ZONEMD with the scheme SIMPLE over the canonical zone (RFC 8976 sections 3 and 4).</summary>
public static class ZoneDigest
{
    private const byte Simple = 1;
    private const byte Sha384 = 1;
    private const byte Sha512 = 2;

    public static ZoneDigestResult Verify(Zone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        IReadOnlyList<ZoneRecord> digests = zone.At(zone.Apex, ZoneType.Zonemd);
        if (digests.Count == 0)
        {
            return new(ZoneDigestState.Absent, "the zone carries no ZONEMD record");
        }

        if (zone.Unreadable > 0 || zone.IsCut)
        {
            return new(
                ZoneDigestState.Unverifiable,
                Text($"{zone.Unreadable} entries could not be read, so the digest cannot be made")
            );
        }

        string? mismatch = null;
        string? reason = null;
        foreach (ZoneRecord digest in digests)
        {
            ReadOnlySpan<byte> rdata = digest.Rdata.Span;
            uint serial = BinaryPrimitives.ReadUInt32BigEndian(rdata);
            (byte scheme, byte algorithm) = (rdata[4], rdata[5]);
            if (serial != zone.Serial)
            {
                reason = Text($"the digest is of serial {serial}, the zone has {zone.Serial}");
            }
            else if (scheme != Simple || algorithm is not (Sha384 or Sha512))
            {
                reason = Text($"scheme {scheme} with hash {algorithm} is not known here");
            }
            else if (Of(zone, algorithm).AsSpan().SequenceEqual(rdata[6..]))
            {
                return new(
                    ZoneDigestState.Verified,
                    $"ZONEMD with {(algorithm == Sha384 ? "SHA-384" : "SHA-512")} matches all records"
                );
            }
            else
            {
                mismatch =
                    "the records are not those that the ZONEMD record was made over: the file was changed, cut or damaged";
            }
        }

        return mismatch is not null
            ? new(ZoneDigestState.Mismatch, mismatch)
            : new(ZoneDigestState.Unverifiable, reason!);
    }

    /// <summary>RFC 8976 section 3.4.2: every record once, in canonical order, without the digest itself and its signature.</summary>
    private static byte[] Of(Zone zone, byte algorithm)
    {
        using var hash = IncrementalHash.CreateHash(
            algorithm == Sha384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA512
        );
        Canonical? before = null;
        Span<byte> fixedPart = stackalloc byte[10];
        foreach (
            Canonical record in zone
                .Records.Where(record => IsCovered(zone, record))
                .Select(Canonical.Of)
                .Order()
        )
        {
            if (before is { } last && last.CompareTo(record) == 0)
            {
                continue;
            }

            before = record;
            hash.AppendData(record.Owner.Canonical);
            record.WriteFixed(fixedPart, record.Ttl);
            hash.AppendData(fixedPart);
            hash.AppendData(record.Rdata.Span);
        }

        return hash.GetHashAndReset();
    }

    private static bool IsCovered(Zone zone, in ZoneRecord record) =>
        record.Owner.IsWithin(zone.Apex)
        && !(
            record.Owner == zone.Apex
            && (
                record.Type == ZoneType.Zonemd
                || record.Type == ZoneType.Rrsig
                    && ZoneSignature.Of(record).Covers == ZoneType.Zonemd
            )
        );

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A record as it is ordered and hashed (RFC 4034 section 6).</summary>
    internal readonly record struct Canonical(
        DnsName Owner,
        ushort Type,
        ushort Class,
        uint Ttl,
        ReadOnlyMemory<byte> Rdata
    ) : IComparable<Canonical>
    {
        public static Canonical Of(ZoneRecord record) =>
            new(
                record.Owner,
                record.Type,
                record.Class,
                record.Ttl,
                ZoneWire.Canonical(record.Type, record.Rdata)
            );

        /// <summary>Type, class, TTL and length of the data, as they stand between owner and data.</summary>
        public void WriteFixed(Span<byte> ten, uint ttl)
        {
            BinaryPrimitives.WriteUInt16BigEndian(ten, Type);
            BinaryPrimitives.WriteUInt16BigEndian(ten[2..], Class);
            BinaryPrimitives.WriteUInt32BigEndian(ten[4..], ttl);
            BinaryPrimitives.WriteUInt16BigEndian(ten[8..], (ushort)Rdata.Length);
        }

        public int CompareTo(Canonical other)
        {
            int order = ReferenceEquals(Owner, other.Owner) ? 0 : Owner.CompareTo(other.Owner);
            return order != 0 ? order
                : Type != other.Type ? Type.CompareTo(other.Type)
                : Rdata.Span.SequenceCompareTo(other.Rdata.Span);
        }
    }
}
