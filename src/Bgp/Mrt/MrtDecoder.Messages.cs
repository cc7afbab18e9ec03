using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <content>BGP4MP, BGP4MP_ET and the type that came before them.</content>
public sealed partial class MrtDecoder
{
    // RFC 4271 section 4.1: marker of 16 octets of ones, length, type.
    private const int BgpHeaderLength = 19;

    private string? DecodeBgp4mp<TVisitor>(in MrtRecord record, ref TVisitor visitor)
        where TVisitor : IRouteVisitor, allows ref struct
    {
        var subtype = (Bgp4mpSubtype)record.Subtype;
        switch (subtype)
        {
            case Bgp4mpSubtype.StateChange:
            case Bgp4mpSubtype.StateChangeAs4:
                return DecodeState(record, ref visitor);
            case Bgp4mpSubtype.Entry:
                return DecodeEntry(record, ref visitor);
            case Bgp4mpSubtype.Snapshot:
            case > Bgp4mpSubtype.MessageAs4LocalAddPath:
                return Skip();
        }

        bool isAs4 =
            subtype
            is Bgp4mpSubtype.MessageAs4
                or Bgp4mpSubtype.MessageAs4Local
                or Bgp4mpSubtype.MessageAs4AddPath
                or Bgp4mpSubtype.MessageAs4LocalAddPath;
        // RFC 8050 section 3: all routes of these subtypes carry a path identifier.
        bool hasPathIds = subtype >= Bgp4mpSubtype.MessageAddPath;
        ReadOnlySpan<byte> message = record.Body;
        if (
            subtype == Bgp4mpSubtype.Message
            && message.Length >= 4 + BgpHeaderLength
            && !message[4..20].ContainsAnyExcept((byte)0xFF)
        )
        {
            // The same Zebra: two AS numbers, and the message at once.
            return DecodeMessage(
                record,
                Unaddressed(message),
                message[4..],
                2,
                hasPathIds: false,
                ref visitor
            );
        }

        return ReadPeer(ref message, isAs4, out BgpPeer peer)
            ?? DecodeMessage(record, peer, message, isAs4 ? 4 : 2, hasPathIds, ref visitor);
    }

    private string? DecodeMessage<TVisitor>(
        in MrtRecord record,
        in BgpPeer peer,
        ReadOnlySpan<byte> message,
        int asnOctets,
        bool hasPathIds,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct
    {
        if (message.Length < BgpHeaderLength)
        {
            return "BGP message header cut short";
        }

        if (message[..16].ContainsAnyExcept((byte)0xFF))
        {
            return "BGP message without its marker";
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(message[16..]);
        if (length < BgpHeaderLength)
        {
            return "BGP message shorter than its header";
        }

        int type = message[18];
        if (type is 0 or > 5)
        {
            return "BGP message of unknown type";
        }

        string? fault =
            length > message.Length ? "BGP message longer than its record"
            : length < message.Length ? "octets after the BGP message"
            : null;
        ReadOnlySpan<byte> body = message[BgpHeaderLength..Math.Min(length, message.Length)];
        if ((BgpMessageType)type == BgpMessageType.Update)
        {
            return DecodeUpdate(record, peer, body, asnOctets, hasPathIds, ref visitor) ?? fault;
        }

        var said = new SessionMessage((BgpMessageType)type, body);
        visitor.SessionMessage(record, peer, said);
        return fault ?? said.Fault;
    }

    private static string? DecodeState<TVisitor>(in MrtRecord record, ref TVisitor visitor)
        where TVisitor : IRouteVisitor, allows ref struct
    {
        ReadOnlySpan<byte> rest = record.Body;
        bool isAs4 = (Bgp4mpSubtype)record.Subtype == Bgp4mpSubtype.StateChangeAs4;
        if (!isAs4 && rest.Length == 8)
        {
            // Zebra of 2000 wrote a session without peer as two AS numbers and the states.
            return VisitState(record, Unaddressed(rest), rest[4..], ref visitor);
        }

        if (ReadPeer(ref rest, isAs4, out BgpPeer peer) is { } fault)
        {
            return fault;
        }

        return VisitState(record, peer, rest, ref visitor);
    }

    private static string? VisitState<TVisitor>(
        in MrtRecord record,
        in BgpPeer peer,
        ReadOnlySpan<byte> states,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct
    {
        if (states.Length < 4)
        {
            return "state change cut short";
        }

        visitor.StateChanged(
            record,
            peer,
            (SessionState)BinaryPrimitives.ReadUInt16BigEndian(states),
            (SessionState)BinaryPrimitives.ReadUInt16BigEndian(states[2..])
        );
        return null;
    }

    /// <summary>RFC 6396 section 4.4.1: peer AS, local AS, interface, address family, peer address, local address.</summary>
    private static string? ReadPeer(ref ReadOnlySpan<byte> rest, bool isAs4, out BgpPeer peer)
    {
        peer = default;
        int asns = isAs4 ? 8 : 4;
        if (rest.Length < asns + 4)
        {
            return "peer header cut short";
        }

        uint asn = isAs4
            ? BinaryPrimitives.ReadUInt32BigEndian(rest)
            : BinaryPrimitives.ReadUInt16BigEndian(rest);
        int address;
        switch (BinaryPrimitives.ReadUInt16BigEndian(rest[(asns + 2)..]))
        {
            case 1:
                address = 4;
                break;
            case 2:
                address = 16;
                break;
            default:
                return "peer address of unknown family";
        }

        rest = rest[(asns + 4)..];
        if (rest.Length < 2 * address)
        {
            return "peer header cut short";
        }

        peer = BgpPeer.From(asn, rest[..address]);
        rest = rest[(2 * address)..];
        return null;
    }

    /// <summary>Type 5 (RFC 6396 appendix B.2.3): peer AS and address, local AS and address, and a message without header.</summary>
    private string? DecodeLegacy<TVisitor>(in MrtRecord record, ref TVisitor visitor)
        where TVisitor : IRouteVisitor, allows ref struct
    {
        ReadOnlySpan<byte> body = record.Body;
        switch ((LegacySubtype)record.Subtype)
        {
            case LegacySubtype.Update:
                return body.Length < 12
                    ? "peer header cut short"
                    : DecodeUpdate(
                        record,
                        LegacyPeer(body),
                        body[12..],
                        asnOctets: 2,
                        hasPathIds: false,
                        ref visitor
                    );
            case LegacySubtype.StateChange:
                return body.Length < 6
                    ? "peer header cut short"
                    : VisitState(record, LegacyPeer(body), body[6..], ref visitor);
            case LegacySubtype.Open:
                return VisitLegacy(record, BgpMessageType.Open, ref visitor);
            case LegacySubtype.Notify:
                return VisitLegacy(record, BgpMessageType.Notification, ref visitor);
            case LegacySubtype.Keepalive:
                return VisitLegacy(record, BgpMessageType.Keepalive, ref visitor);
            default:
                return Skip();
        }
    }

    /// <summary>A peer of which only the AS number was written.</summary>
    private static BgpPeer Unaddressed(ReadOnlySpan<byte> body) =>
        BgpPeer.From(BinaryPrimitives.ReadUInt16BigEndian(body), [0, 0, 0, 0]);

    private static string? VisitLegacy<TVisitor>(
        in MrtRecord record,
        BgpMessageType type,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct
    {
        if (record.Body.Length < 12)
        {
            return "peer header cut short";
        }

        var said = new SessionMessage(type, record.Body[12..]);
        visitor.SessionMessage(record, LegacyPeer(record.Body), said);
        return said.Fault;
    }

    private static BgpPeer LegacyPeer(ReadOnlySpan<byte> body) =>
        BgpPeer.From(BinaryPrimitives.ReadUInt16BigEndian(body), body.Slice(2, 4));
}
