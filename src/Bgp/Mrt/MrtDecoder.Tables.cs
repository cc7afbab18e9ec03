using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <content>TABLE_DUMP, TABLE_DUMP_V2 and the table entries of early BGP4MP.</content>
public sealed partial class MrtDecoder
{
    /// <summary>
    /// RFC 6396 section 4.2: view, sequence, and one entry. MRTd of 2000 put many entries into one record, so entries are
    /// read to the end of the record.
    /// </summary>
    private string? DecodeTableDump<TVisitor>(in MrtRecord record, ref TVisitor visitor)
        where TVisitor : IRouteVisitor, allows ref struct
    {
        var subtype = (TableDumpSubtype)record.Subtype;
        if (subtype is not (TableDumpSubtype.IPv4 or TableDumpSubtype.IPv6))
        {
            return Skip();
        }

        int address = subtype == TableDumpSubtype.IPv4 ? 4 : 16;
        RouteFamily family = address == 4 ? RouteFamily.IPv4Unicast : RouteFamily.IPv6Unicast;
        // Prefix, length, status, time, peer address, peer AS, length of the attributes.
        int head = address + 1 + 1 + 4 + address + 2 + 2;
        ReadOnlySpan<byte> rest = record.Body;
        if (rest.Length < 4)
        {
            return "table entry cut short";
        }

        rest = rest[4..];
        string? fault = null;
        do
        {
            if (rest.Length < head)
            {
                return "table entry cut short";
            }

            ReadOnlySpan<byte> entry = rest[address..];
            byte length = entry[0];
            uint originatedAt = BinaryPrimitives.ReadUInt32BigEndian(entry[2..]);
            var peer = BgpPeer.From(
                BinaryPrimitives.ReadUInt16BigEndian(entry[(6 + address)..]),
                entry.Slice(6, address)
            );
            int octets = BinaryPrimitives.ReadUInt16BigEndian(rest[(head - 2)..]);
            if (octets > rest.Length - head)
            {
                return "path attributes longer than the record";
            }

            if (length > 8 * address)
            {
                fault ??= "prefix longer than an address";
            }
            else
            {
                VisitEntry(
                    record,
                    peer,
                    new Nlri(rest[..((length + 7) >> 3)], length, family, null),
                    rest.Slice(head, octets),
                    asnOctets: 2,
                    originatedAt,
                    ref visitor
                );
            }

            rest = rest[(head + octets)..];
        } while (!rest.IsEmpty);

        return fault;
    }

    private string? DecodeTableDumpV2<TVisitor>(in MrtRecord record, ref TVisitor visitor)
        where TVisitor : IRouteVisitor, allows ref struct
    {
        var subtype = (TableDumpV2Subtype)record.Subtype;
        bool hasPathIds = subtype >= TableDumpV2Subtype.IPv4UnicastAddPath;
        switch (subtype)
        {
            case TableDumpV2Subtype.PeerIndexTable:
                return ReadPeerIndex(record.Body);
            case TableDumpV2Subtype.GeoPeerTable:
                string? inTable = GeoPeerTable.Read(record.Body, out GeoPeerTable geoPeers);
                GeoPeers = geoPeers;
                return inTable;
            case TableDumpV2Subtype.IPv4Unicast or TableDumpV2Subtype.IPv4UnicastAddPath:
                return DecodeRib(record, RouteFamily.IPv4Unicast, hasPathIds, ref visitor);
            case TableDumpV2Subtype.IPv4Multicast or TableDumpV2Subtype.IPv4MulticastAddPath:
                return DecodeRib(record, RouteFamily.IPv4Multicast, hasPathIds, ref visitor);
            case TableDumpV2Subtype.IPv6Unicast or TableDumpV2Subtype.IPv6UnicastAddPath:
                return DecodeRib(record, RouteFamily.IPv6Unicast, hasPathIds, ref visitor);
            case TableDumpV2Subtype.IPv6Multicast or TableDumpV2Subtype.IPv6MulticastAddPath:
                return DecodeRib(record, RouteFamily.IPv6Multicast, hasPathIds, ref visitor);
            case TableDumpV2Subtype.Generic or TableDumpV2Subtype.GenericAddPath:
                // RFC 6396 section 4.3.3: sequence, address family, then as the others.
                if (record.Body.Length < 7)
                {
                    return "table row cut short";
                }

                int afi = BinaryPrimitives.ReadUInt16BigEndian(record.Body[4..]);
                return MpPrefixes.FamilyOf(afi, record.Body[6]) is { } family
                    ? DecodeRib(record, family, hasPathIds, ref visitor, familyOctets: 3)
                    : Skip();
            default:
                return Skip();
        }
    }

    /// <summary>RFC 6396 section 4.3.1. A damaged table keeps the peers before the damage: the numbers of those stay right.</summary>
    private string? ReadPeerIndex(ReadOnlySpan<byte> body)
    {
        peers = [];
        // Collector id, then the view's name.
        int name = body.Length < 6 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(body[4..]);
        if (body.Length < name + 8)
        {
            return "peer index table cut short";
        }

        int count = BinaryPrimitives.ReadUInt16BigEndian(body[(name + 6)..]);
        body = body[(name + 8)..];
        // Each peer takes 11 octets at least, so that the count cannot lie about memory.
        var table = new BgpPeer[Math.Min(count, body.Length / 11)];
        int read = 0;
        while (read < table.Length)
        {
            // Bit 0: the address is IPv6; bit 1: the AS number has four octets. The BGP id comes between.
            int address = (body[0] & 1) == 0 ? 4 : 16;
            int asn = (body[0] & 2) == 0 ? 2 : 4;
            int length = 5 + address + asn;
            if (body.Length < length)
            {
                break;
            }

            ReadOnlySpan<byte> number = body[(5 + address)..];
            table[read++] = BgpPeer.From(
                asn == 4
                    ? BinaryPrimitives.ReadUInt32BigEndian(number)
                    : BinaryPrimitives.ReadUInt16BigEndian(number),
                body.Slice(5, address)
            );
            body = body[length..];
            if (body.IsEmpty)
            {
                break;
            }
        }

        peers = table[..read];
        return read < count ? "peer index table cut short" : null;
    }

    /// <summary>RFC 6396 sections 4.3.2 and 4.3.4: sequence, prefix, and one entry per peer.</summary>
    private string? DecodeRib<TVisitor>(
        in MrtRecord record,
        RouteFamily family,
        bool hasPathIds,
        ref TVisitor visitor,
        int familyOctets = 0
    )
        where TVisitor : IRouteVisitor, allows ref struct
    {
        ReadOnlySpan<byte> rest = record.Body;
        if (rest.Length < familyOctets + 5)
        {
            return "table row cut short";
        }

        rest = rest[(familyOctets + 4)..];
        byte length = rest[0];
        int octets = (length + 7) >> 3;
        if (length > (family >= RouteFamily.IPv6Unicast ? 128 : 32))
        {
            return "prefix longer than an address";
        }

        if (rest.Length < octets + 3)
        {
            return "table row cut short";
        }

        ReadOnlySpan<byte> prefix = rest.Slice(1, octets);
        int count = BinaryPrimitives.ReadUInt16BigEndian(rest[(octets + 1)..]);
        rest = rest[(octets + 3)..];
        int head = hasPathIds ? 12 : 8;
        string? fault = null;
        for (int entry = 0; entry < count; entry++)
        {
            if (rest.Length < head)
            {
                return "table entry cut short";
            }

            int peer = BinaryPrimitives.ReadUInt16BigEndian(rest);
            uint originatedAt = BinaryPrimitives.ReadUInt32BigEndian(rest[2..]);
            uint? pathId = hasPathIds ? BinaryPrimitives.ReadUInt32BigEndian(rest[6..]) : null;
            int size = BinaryPrimitives.ReadUInt16BigEndian(rest[(head - 2)..]);
            if (size > rest.Length - head)
            {
                return "path attributes longer than the record";
            }

            if (peer >= peers.Length)
            {
                fault ??= "table entry of a peer that is not in the peer index table";
            }
            else
            {
                VisitEntry(
                    record,
                    peers[peer],
                    new Nlri(prefix, length, family, pathId),
                    rest.Slice(head, size),
                    asnOctets: 4,
                    originatedAt,
                    ref visitor
                );
            }

            rest = rest[(head + size)..];
        }

        return fault ?? (rest.IsEmpty ? null : "octets after the last table entry");
    }

    /// <summary>
    /// BGP4MP_ENTRY: peer header, view, status, time, family, next hop, prefix, attributes. RFC 6396 section 4.4 leaves
    /// it out; the layout is of the drafts before it, which OpenBGPD followed.
    /// </summary>
    private string? DecodeEntry<TVisitor>(in MrtRecord record, ref TVisitor visitor)
        where TVisitor : IRouteVisitor, allows ref struct
    {
        ReadOnlySpan<byte> rest = record.Body;
        if (ReadPeer(ref rest, isAs4: false, out BgpPeer peer) is { } fault)
        {
            return fault;
        }

        if (rest.Length < 12 || rest.Length < 12 + rest[11] + 1)
        {
            return "table entry cut short";
        }

        uint originatedAt = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
        int afi = BinaryPrimitives.ReadUInt16BigEndian(rest[8..]);
        if (MpPrefixes.FamilyOf(afi, rest[10]) is not { } family)
        {
            return Skip();
        }

        ReadOnlySpan<byte> nextHop = rest.Slice(12, rest[11]);
        var prefix = new NlriCursor(rest[(12 + rest[11])..], family, hasPathIds: false);
        if (!prefix.MoveNext())
        {
            return prefix.Fault ?? "table entry cut short";
        }

        rest = prefix.Rest;
        int size = rest.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (rest.Length < size + 2)
        {
            return "table entry cut short";
        }

        VisitEntry(
            record,
            peer,
            prefix.Current,
            rest.Slice(2, size),
            asnOctets: 2,
            originatedAt,
            ref visitor,
            nextHop.Length is 4 or 16 ? nextHop : []
        );
        return null;
    }

    /// <summary>A route whose attributes are to be treated as withdrawn is not in the table (RFC 7606 section 2), but a fault.</summary>
    private void VisitEntry<TVisitor>(
        in MrtRecord record,
        in BgpPeer peer,
        in Nlri nlri,
        ReadOnlySpan<byte> raw,
        int asnOctets,
        uint originatedAt,
        ref TVisitor visitor,
        ReadOnlySpan<byte> nextHop = default
    )
        where TVisitor : IRouteVisitor, allows ref struct
    {
        AttributeAction action = PathAttributes.Read(
            raw,
            new AttributeReading(asnOctets, IsMessage: false),
            damage,
            out PathAttributes attributes
        );
        if (damage.Count > 0)
        {
            Report(record);
        }

        if (action < AttributeAction.TreatAsWithdraw)
        {
            attributes.TakeNextHop(nextHop);
            visitor.RibEntry(record, peer, nlri, attributes, originatedAt);
        }
    }
}
