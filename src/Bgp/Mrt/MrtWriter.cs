using System.Buffers;
using System.Buffers.Binary;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>One route of a table row to be written.</summary>
/// <param name="Peer">Number of the peer in the peer index table.</param>
/// <param name="OriginatedAt">Unix seconds at which the peer announced it.</param>
/// <param name="Attributes">Path attributes with four-octet AS numbers.</param>
/// <param name="PathId">Path identifier (RFC 7911); all entries of a row have one, or none.</param>
public readonly record struct MrtRibEntry(
    int Peer,
    uint OriginatedAt,
    ReadOnlyMemory<byte> Attributes,
    uint? PathId = null
);

/// <summary>
/// Writes MRT records: the form in which live messages are kept, so that live and batch evidence agree. BGP4MP_ET with
/// four-octet AS numbers for messages (RFC 6396 section 4.4, RFC 8050 section 3), TABLE_DUMP_V2 for tables (section 4.3).
/// </summary>
public sealed class MrtWriter(IBufferWriter<byte> output)
{
    // RFC 6396 section 3: the extended header adds four octets of microseconds, which count as part of the length.
    private const int ExtendedLength = 4;

    // RFC 6793 section 3: stands for an AS number that does not fit two octets, here also for one that is not known.
    private const ushort AsTrans = 23456;

    /// <summary>A BGP message of any type as a peer sent it, with its 19-octet header.</summary>
    /// <param name="hasPathIds">True when its prefixes carry path identifiers (RFC 7911).</param>
    /// <param name="isAs4">False when the session carries AS numbers of two octets in AS_PATH (RFC 6793).</param>
    /// <param name="isLocal">True when the collector or router sent it to the peer (RFC 6396 section 4.4.5).</param>
    /// <param name="isRebuilt">True when it is not what the peer sent, octet for octet: see <see cref="MrtRecord.IsRebuilt"/>.</param>
    public void Message(
        uint seconds,
        uint microseconds,
        in BgpPeer peer,
        ReadOnlySpan<byte> message,
        bool hasPathIds = false,
        bool isAs4 = true,
        bool isLocal = false,
        bool isRebuilt = false
    )
    {
        Bgp4mpSubtype subtype = (hasPathIds, isAs4, isLocal) switch
        {
            (false, true, false) => Bgp4mpSubtype.MessageAs4,
            (false, true, true) => Bgp4mpSubtype.MessageAs4Local,
            (false, false, false) => Bgp4mpSubtype.Message,
            (false, false, true) => Bgp4mpSubtype.MessageLocal,
            (true, true, false) => Bgp4mpSubtype.MessageAs4AddPath,
            (true, true, true) => Bgp4mpSubtype.MessageAs4LocalAddPath,
            (true, false, false) => Bgp4mpSubtype.MessageAddPath,
            (true, false, true) => Bgp4mpSubtype.MessageLocalAddPath,
        };
        Span<byte> body = Begin(
            seconds,
            microseconds,
            peer,
            localAsn: isRebuilt ? (ushort)0 : AsTrans,
            subtype,
            isAs4,
            message.Length
        );
        message.CopyTo(body);
        output.Advance(message.Length);
    }

    /// <summary>A change of the state of a session.</summary>
    public void StateChange(
        uint seconds,
        uint microseconds,
        in BgpPeer peer,
        SessionState from,
        SessionState to
    )
    {
        Span<byte> body = Begin(
            seconds,
            microseconds,
            peer,
            AsTrans,
            Bgp4mpSubtype.StateChangeAs4,
            isAs4: true,
            4
        );
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)from);
        BinaryPrimitives.WriteUInt16BigEndian(body[2..], (ushort)to);
        output.Advance(4);
    }

    /// <summary>The table of peers that the rows of a dump refer to by number.</summary>
    public void PeerIndexTable(uint seconds, uint collectorId, IReadOnlyList<BgpPeer> peers)
    {
        ArgumentNullException.ThrowIfNull(peers);
        int length = 8 + peers.Sum(peer => 9 + AddressLength(peer));
        Span<byte> body = Header(
            seconds,
            MrtType.TableDumpV2,
            (ushort)TableDumpV2Subtype.PeerIndexTable,
            length,
            length
        );
        BinaryPrimitives.WriteUInt32BigEndian(body, collectorId);
        BinaryPrimitives.WriteUInt16BigEndian(body[4..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(body[6..], checked((ushort)peers.Count));
        body = body[8..];
        foreach (BgpPeer peer in peers)
        {
            // Bit 0: the address is IPv6; bit 1: the AS number has four octets.
            body[0] = (byte)(peer.IsV6 ? 3 : 2);
            BinaryPrimitives.WriteUInt32BigEndian(body[1..], 0);
            int address = WriteAddress(body[5..], peer);
            BinaryPrimitives.WriteUInt32BigEndian(body[(5 + address)..], peer.Asn.Number);
            body = body[(9 + address)..];
        }

        output.Advance(length);
    }

    /// <summary>What every peer says of one prefix.</summary>
    public void RibRow(
        uint seconds,
        uint sequence,
        IpPrefix prefix,
        ReadOnlySpan<MrtRibEntry> entries
    )
    {
        int octets = (prefix.Length + 7) >> 3;
        int length = 4 + 1 + octets + 2;
        bool hasPathIds = !entries.IsEmpty && entries[0].PathId is not null;
        int head = hasPathIds ? 12 : 8;
        foreach (MrtRibEntry entry in entries)
        {
            length += head + entry.Attributes.Length;
        }

        TableDumpV2Subtype subtype = (prefix.IsV6, hasPathIds) switch
        {
            (false, false) => TableDumpV2Subtype.IPv4Unicast,
            (true, false) => TableDumpV2Subtype.IPv6Unicast,
            (false, true) => TableDumpV2Subtype.IPv4UnicastAddPath,
            (true, true) => TableDumpV2Subtype.IPv6UnicastAddPath,
        };
        Span<byte> body = Header(seconds, MrtType.TableDumpV2, (ushort)subtype, length, length);
        BinaryPrimitives.WriteUInt32BigEndian(body, sequence);
        Span<byte> address = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(address, prefix.Bits);
        body[4] = prefix.Length;
        address[..octets].CopyTo(body[5..]);
        body = body[(5 + octets)..];
        BinaryPrimitives.WriteUInt16BigEndian(body, checked((ushort)entries.Length));
        body = body[2..];
        foreach (MrtRibEntry entry in entries)
        {
            ReadOnlySpan<byte> attributes = entry.Attributes.Span;
            BinaryPrimitives.WriteUInt16BigEndian(body, checked((ushort)entry.Peer));
            BinaryPrimitives.WriteUInt32BigEndian(body[2..], entry.OriginatedAt);
            if (hasPathIds)
            {
                // RFC 8050 section 4: after the time.
                BinaryPrimitives.WriteUInt32BigEndian(body[6..], entry.PathId ?? 0);
            }

            BinaryPrimitives.WriteUInt16BigEndian(
                body[(head - 2)..],
                checked((ushort)attributes.Length)
            );
            attributes.CopyTo(body[head..]);
            body = body[(head + attributes.Length)..];
        }

        output.Advance(length);
    }

    /// <summary>Writes the header and the peer, and gives room for what follows; the caller advances over that.</summary>
    private Span<byte> Begin(
        uint seconds,
        uint microseconds,
        in BgpPeer peer,
        ushort localAsn,
        Bgp4mpSubtype subtype,
        bool isAs4,
        int bodyLength
    )
    {
        int address = AddressLength(peer);
        // Peer AS, local AS, interface, address family, peer address, local address (not known: zeros).
        int asns = isAs4 ? 8 : 4;
        int head = asns + 2 + 2 + 2 * address;
        Span<byte> body = Header(
            seconds,
            MrtType.Bgp4mpEt,
            (ushort)subtype,
            ExtendedLength + head + bodyLength,
            ExtendedLength + head
        );
        BinaryPrimitives.WriteUInt32BigEndian(body, microseconds);
        body = body[ExtendedLength..];
        body[..head].Clear();
        if (isAs4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(body, peer.Asn.Number);
            BinaryPrimitives.WriteUInt16BigEndian(body[6..], localAsn);
        }
        else
        {
            uint asn = peer.Asn.Number > ushort.MaxValue ? AsTrans : peer.Asn.Number;
            BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)asn);
            BinaryPrimitives.WriteUInt16BigEndian(body[2..], localAsn);
        }

        BinaryPrimitives.WriteUInt16BigEndian(body[(asns + 2)..], (ushort)(peer.IsV6 ? 2 : 1));
        WriteAddress(body[(asns + 4)..], peer);
        output.Advance(ExtendedLength + head);
        return output.GetSpan(bodyLength);
    }

    private Span<byte> Header(uint seconds, MrtType type, ushort subtype, int length, int room)
    {
        Span<byte> header = output.GetSpan(MrtRecord.HeaderLength);
        BinaryPrimitives.WriteUInt32BigEndian(header, seconds);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], subtype);
        BinaryPrimitives.WriteInt32BigEndian(header[8..], length);
        output.Advance(MrtRecord.HeaderLength);
        return output.GetSpan(room);
    }

    private static int AddressLength(in BgpPeer peer) => peer.IsV6 ? 16 : 4;

    private static int WriteAddress(Span<byte> target, in BgpPeer peer)
    {
        Span<byte> address = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(address, peer.Address);
        int length = AddressLength(peer);
        address[..length].CopyTo(target);
        return length;
    }
}
