using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>Writes messages of RFC 8210, those of a router and, for tests and tools that serve data, those of a cache.</summary>
public static class RtrWriter
{
    public static void SerialNotify(
        IBufferWriter<byte> to,
        byte version,
        ushort session,
        uint serial
    ) =>
        BinaryPrimitives.WriteUInt32BigEndian(
            Head(to, version, RtrType.SerialNotify, session, 12)[8..],
            serial
        );

    public static void SerialQuery(
        IBufferWriter<byte> to,
        byte version,
        ushort session,
        uint serial
    ) =>
        BinaryPrimitives.WriteUInt32BigEndian(
            Head(to, version, RtrType.SerialQuery, session, 12)[8..],
            serial
        );

    public static void ResetQuery(IBufferWriter<byte> to, byte version) =>
        Head(to, version, RtrType.ResetQuery, 0, 8);

    public static void CacheResponse(IBufferWriter<byte> to, byte version, ushort session) =>
        Head(to, version, RtrType.CacheResponse, session, 8);

    public static void CacheReset(IBufferWriter<byte> to, byte version) =>
        Head(to, version, RtrType.CacheReset, 0, 8);

    public static void Prefix(IBufferWriter<byte> to, byte version, in Vrp vrp, bool isAnnouncement)
    {
        bool isV6 = vrp.Prefix.IsV6;
        Span<byte> pdu = Head(
            to,
            version,
            isV6 ? RtrType.IPv6Prefix : RtrType.IPv4Prefix,
            0,
            isV6 ? 32 : 20
        );
        pdu[8] = isAnnouncement ? (byte)1 : (byte)0;
        pdu[9] = vrp.Prefix.Length;
        pdu[10] = vrp.MaxLength;
        pdu[11] = 0;
        Span<byte> address = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(address, vrp.Prefix.Bits);
        address[..(isV6 ? 16 : 4)].CopyTo(pdu[12..]);
        BinaryPrimitives.WriteUInt32BigEndian(pdu[^4..], vrp.Asn.Number);
    }

    /// <summary>In the form of drafts after 10: flags in the header.</summary>
    public static void Aspa(IBufferWriter<byte> to, Aspa aspa, bool isAnnouncement)
    {
        IReadOnlyList<Asn> providers = isAnnouncement ? aspa.Providers : [];
        Span<byte> pdu = Head(
            to,
            2,
            RtrType.Aspa,
            isAnnouncement ? (ushort)0x0100 : (ushort)0,
            12 + (providers.Count * 4)
        );
        BinaryPrimitives.WriteUInt32BigEndian(pdu[8..], aspa.Customer.Number);
        for (int at = 0; at < providers.Count; at++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(pdu[(12 + (at * 4))..], providers[at].Number);
        }
    }

    public static void EndOfData(
        IBufferWriter<byte> to,
        byte version,
        ushort session,
        uint serial,
        RtrIntervals intervals
    )
    {
        Span<byte> pdu = Head(to, version, RtrType.EndOfData, session, version == 0 ? 12 : 24);
        BinaryPrimitives.WriteUInt32BigEndian(pdu[8..], serial);
        if (version > 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(pdu[12..], (uint)intervals.Refresh.TotalSeconds);
            BinaryPrimitives.WriteUInt32BigEndian(pdu[16..], (uint)intervals.Retry.TotalSeconds);
            BinaryPrimitives.WriteUInt32BigEndian(pdu[20..], (uint)intervals.Expire.TotalSeconds);
        }
    }

    /// <param name="enclosed">The message that the report is about, cut to what a report may hold; empty when there is none.</param>
    public static void ErrorReport(
        IBufferWriter<byte> to,
        byte version,
        RtrError code,
        ReadOnlySpan<byte> enclosed,
        string text
    )
    {
        // RFC 8210 section 5.11: the octets that show the error suffice.
        const int enclosedMax = 512;
        const int textMax = 512;
        byte[] words = Encoding.UTF8.GetBytes(
            text.Length > textMax / 4 ? text[..(textMax / 4)] : text
        );
        ReadOnlySpan<byte> shown =
            enclosed.Length > enclosedMax ? enclosed[..enclosedMax] : enclosed;
        Span<byte> pdu = Head(
            to,
            version,
            RtrType.ErrorReport,
            (ushort)code,
            16 + shown.Length + words.Length
        );
        BinaryPrimitives.WriteUInt32BigEndian(pdu[8..], (uint)shown.Length);
        shown.CopyTo(pdu[12..]);
        BinaryPrimitives.WriteUInt32BigEndian(pdu[(12 + shown.Length)..], (uint)words.Length);
        words.CopyTo(pdu[(16 + shown.Length)..]);
    }

    private static Span<byte> Head(
        IBufferWriter<byte> to,
        byte version,
        RtrType type,
        ushort session,
        int length
    )
    {
        Span<byte> pdu = to.GetSpan(length)[..length];
        pdu[0] = version;
        pdu[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(pdu[2..], session);
        BinaryPrimitives.WriteUInt32BigEndian(pdu[4..], (uint)length);
        // The writer may move on now: nobody asks it for more before the message is filled in.
        to.Advance(length);
        return pdu;
    }
}
