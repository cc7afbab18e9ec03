using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>Where a peer is, in degrees; NaN where it keeps that to itself (RFC 6397 section 4).</summary>
public readonly record struct GeoPeer(
    BgpPeer Peer,
    uint Identifier,
    float Latitude,
    float Longitude
)
{
    public bool IsPlaced => !float.IsNaN(Latitude) && !float.IsNaN(Longitude);
}

/// <summary>GEO_PEER_TABLE: where a collector and its peers are (RFC 6397).</summary>
/// <param name="CollectorId">BGP identifier of the collector.</param>
public sealed record GeoPeerTable(
    uint CollectorId,
    float Latitude,
    float Longitude,
    IReadOnlyList<GeoPeer> Peers
)
{
    /// <returns>Null, or what is wrong; the peers before the damage are kept.</returns>
    internal static string? Read(ReadOnlySpan<byte> body, out GeoPeerTable table)
    {
        const string cut = "geographic peer table cut short";
        table = new GeoPeerTable(0, float.NaN, float.NaN, []);
        // Collector id, the view's name, latitude and longitude, count.
        int name = body.Length < 6 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(body[4..]);
        if (body.Length < name + 16)
        {
            return cut;
        }

        uint collector = BinaryPrimitives.ReadUInt32BigEndian(body);
        body = body[(name + 6)..];
        float latitude = BinaryPrimitives.ReadSingleBigEndian(body);
        float longitude = BinaryPrimitives.ReadSingleBigEndian(body[4..]);
        int count = BinaryPrimitives.ReadUInt16BigEndian(body[8..]);
        body = body[10..];
        var peers = new List<GeoPeer>();
        while (peers.Count < count)
        {
            // As in the peer index table, bit 0: the address is IPv6; bit 1: the AS number has four octets.
            int address = body.IsEmpty || (body[0] & 1) == 0 ? 4 : 16;
            int asn = body.IsEmpty || (body[0] & 2) == 0 ? 2 : 4;
            int length = 5 + address + asn + 8;
            if (body.Length < length)
            {
                break;
            }

            ReadOnlySpan<byte> number = body[(5 + address)..];
            peers.Add(
                new GeoPeer(
                    BgpPeer.From(
                        asn == 4
                            ? BinaryPrimitives.ReadUInt32BigEndian(number)
                            : BinaryPrimitives.ReadUInt16BigEndian(number),
                        body.Slice(5, address)
                    ),
                    BinaryPrimitives.ReadUInt32BigEndian(body[1..]),
                    BinaryPrimitives.ReadSingleBigEndian(number[asn..]),
                    BinaryPrimitives.ReadSingleBigEndian(number[(asn + 4)..])
                )
            );
            body = body[length..];
        }

        table = new GeoPeerTable(collector, latitude, longitude, peers);
        return peers.Count < count ? cut
            : body.IsEmpty ? null
            : "octets after the last peer";
    }
}
