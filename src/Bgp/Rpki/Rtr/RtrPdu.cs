using System.Buffers.Binary;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>Types of messages between a cache and a router (RFC 8210 section 5, draft-ietf-sidrops-8210bis for 11).</summary>
public enum RtrType : byte
{
    SerialNotify = 0,
    SerialQuery = 1,
    ResetQuery = 2,
    CacheResponse = 3,
    IPv4Prefix = 4,
    IPv6Prefix = 6,
    EndOfData = 7,
    CacheReset = 8,
    RouterKey = 9,
    ErrorReport = 10,
    Aspa = 11,
}

/// <summary>Codes of error reports (RFC 8210 section 12).</summary>
public enum RtrError : ushort
{
    CorruptData = 0,
    InternalError = 1,
    NoDataAvailable = 2,
    InvalidRequest = 3,
    UnsupportedVersion = 4,
    UnsupportedType = 5,
    UnknownWithdrawal = 6,
    DuplicateAnnouncement = 7,
    UnexpectedVersion = 8,
}

/// <summary>Something that ends a session: what to report to the cache, and why.</summary>
/// <param name="Code">For the report; null when none is sent, as in answer to a report (RFC 8210 section 5.11).</param>
public sealed record RtrFault(RtrError? Code, string Reason);

/// <summary>One message, whose length and fixed fields were verified. A view: it lives as long as the buffer.</summary>
public readonly ref struct RtrPdu
{
    public const int HeaderLength = 8;

    /// <summary>Nothing longer is taken: an ASPA with 16,000 providers fits, and so does a report that encloses it.</summary>
    public const int LengthMax = 65_536 + 256;

    /// <summary>The highest version that is spoken: 0 is RFC 6810, 1 is RFC 8210, 2 its successor with ASPAs.</summary>
    public const byte VersionMax = 2;

    private RtrPdu(ReadOnlySpan<byte> octets) => Octets = octets;

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    public byte Version => Octets[0];

    public RtrType Type => (RtrType)Octets[1];

    /// <summary>Session identifier, in notify, query, response and end of data.</summary>
    public ushort Session => BinaryPrimitives.ReadUInt16BigEndian(Octets[2..]);

    /// <summary>Serial number, in notify, query and end of data.</summary>
    public uint Serial => BinaryPrimitives.ReadUInt32BigEndian(Octets[8..]);

    public RtrError ErrorCode => (RtrError)Session;

    /// <summary>Refresh, retry and expire intervals of end of data, in seconds; those of RFC 8210 section 6 in version 0, which has none.</summary>
    public RtrIntervals Intervals =>
        Version == 0
            ? RtrIntervals.Default
            : RtrIntervals.Of(
                BinaryPrimitives.ReadUInt32BigEndian(Octets[12..]),
                BinaryPrimitives.ReadUInt32BigEndian(Octets[16..]),
                BinaryPrimitives.ReadUInt32BigEndian(Octets[20..])
            );

    /// <summary>True for an announcement, in prefixes, router keys and ASPAs; else it is a withdrawal.</summary>
    public bool IsAnnouncement =>
        (Octets[Type == RtrType.RouterKey || (Type == RtrType.Aspa && !AspaHasCount) ? 2 : 8] & 1)
        != 0;

    /// <summary>The VRP of a prefix message.</summary>
    public Vrp Vrp =>
        new(
            IpPrefix.From(Address, Octets[9]),
            Octets[10],
            new Asn(BinaryPrimitives.ReadUInt32BigEndian(Octets[^4..]))
        );

    public Asn Customer =>
        new(BinaryPrimitives.ReadUInt32BigEndian(Octets[(AspaHasCount ? 12 : 8)..]));

    /// <summary>Providers of an ASPA, four octets each.</summary>
    public ReadOnlySpan<byte> Providers => Octets[(AspaHasCount ? 16 : 12)..];

    /// <summary>The text of an error report, made printable.</summary>
    public string ErrorText
    {
        get
        {
            int enclosed = (int)BinaryPrimitives.ReadUInt32BigEndian(Octets[8..]);
            return VrpRows.Shown(Octets[(16 + enclosed)..]);
        }
    }

    private ReadOnlySpan<byte> Address => Octets[12..^4];

    /// <summary>1 and 2 for an ASPA of one address family, as drafts of version 2 up to 10 had them; 0 for both families.</summary>
    internal int AspaFamily => AspaHasCount ? (Octets[9] & 1) + 1 : 0;

    /// <summary>
    /// Drafts of version 2 up to 10, which StayRTR 0.5 speaks, have flags, family and count before the customer. Later
    /// ones have the flags in the header: set in announcements, and withdrawals are 12 octets long.
    /// </summary>
    private bool AspaHasCount => (Octets[2] & 1) == 0 && Octets.Length != 12;

    /// <summary>Reads the message at the start of a buffer.</summary>
    /// <param name="pdu">Empty when the buffer does not hold all of it yet, or on a fault.</param>
    /// <returns>Null, or the fault, which shows before the announced length has arrived.</returns>
    public static RtrFault? Read(ReadOnlySpan<byte> buffer, out RtrPdu pdu)
    {
        pdu = default;
        if (buffer.Length < HeaderLength)
        {
            return null;
        }

        byte version = buffer[0];
        var type = (RtrType)buffer[1];
        uint length = BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]);
        if (version > VersionMax)
        {
            return new RtrFault(RtrError.UnsupportedVersion, $"version {version} is unknown");
        }

        (uint least, uint most) = LengthsOf(type, version);
        if (most == 0)
        {
            return new RtrFault(
                RtrError.UnsupportedType,
                $"type {buffer[1]} is unknown in version {version}"
            );
        }

        if (length < least || length > most)
        {
            return new RtrFault(
                RtrError.CorruptData,
                $"{type} claims {length} octets, not {(least == most ? $"{least}" : $"{least} to {most}")}"
            );
        }

        if (buffer.Length < length)
        {
            return null;
        }

        var read = new RtrPdu(buffer[..(int)length]);
        if (read.FaultOfFields() is { } reason)
        {
            return new RtrFault(RtrError.CorruptData, $"{type}: {reason}");
        }

        pdu = read;
        return null;
    }

    private static (uint Least, uint Most) LengthsOf(RtrType type, byte version) =>
        type switch
        {
            RtrType.SerialNotify or RtrType.SerialQuery => (12, 12),
            RtrType.ResetQuery or RtrType.CacheResponse or RtrType.CacheReset => (8, 8),
            RtrType.IPv4Prefix => (20, 20),
            RtrType.IPv6Prefix => (32, 32),
            RtrType.EndOfData => version == 0 ? (12u, 12u) : (24u, 24u),
            // Header, identifier of 20 octets, AS number, and a P-256 key of 91 octets or what may follow it (RFC 8608).
            RtrType.RouterKey when version > 0 => (32, 4096),
            RtrType.ErrorReport => (16, LengthMax),
            RtrType.Aspa when version > 1 => (12, LengthMax),
            _ => (0, 0),
        };

    private string? FaultOfFields()
    {
        switch (Type)
        {
            case RtrType.IPv4Prefix or RtrType.IPv6Prefix:
                int most = Type == RtrType.IPv4Prefix ? 32 : 128;
                return Octets[9] > Octets[10] || Octets[10] > most
                        ? $"length {Octets[9]} and maximum length {Octets[10]} do not fit"
                    : IpPrefix.From(Address, Octets[9])
                    != IpPrefix.From(Address, most) with
                    {
                        Length = Octets[9],
                    }
                        ? "bits set after the length of the prefix"
                    : null;
            case RtrType.ErrorReport:
                ulong enclosed = BinaryPrimitives.ReadUInt32BigEndian(Octets[8..]);
                ulong text =
                    enclosed + 16 > (ulong)Octets.Length
                        ? ulong.MaxValue / 2
                        : BinaryPrimitives.ReadUInt32BigEndian(Octets[(int)(12 + enclosed)..]);
                return enclosed + text + 16 != (ulong)Octets.Length
                    ? "the lengths of its parts do not add up"
                    : null;
            case RtrType.Aspa:
                return (Octets.Length & 3) != 0 ? "its length is not a multiple of 4"
                    : AspaHasCount
                    && (
                        Octets.Length < 16
                        || Octets.Length - 16
                            != BinaryPrimitives.ReadUInt16BigEndian(Octets[10..]) * 4
                    )
                        ? "its count of providers does not match its length"
                    : null;
            default:
                return null;
        }
    }
}
