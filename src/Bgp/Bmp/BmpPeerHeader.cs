using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>The per-peer header (RFC 7854 section 4.2; flags also RFC 8671 section 4 and RFC 9069 section 4.2).</summary>
/// <param name="Distinguisher">Tells peers of different routing instances apart; zero for the global one.</param>
/// <param name="Peer">Zero address for <see cref="BmpPeerType.LocRib"/>.</param>
/// <param name="BgpId">As a number in network order.</param>
/// <param name="Seconds">Unix seconds at which the router had it, or 0 when it does not say.</param>
/// <param name="IsLegacyAsPath">AS_PATH has AS numbers of two octets (A flag).</param>
/// <param name="IsFiltered">Only part of the table is sent (F flag of RFC 9069).</param>
public readonly record struct BmpPeerHeader(
    BmpPeerType Type,
    BmpView View,
    ulong Distinguisher,
    BgpPeer Peer,
    uint BgpId,
    uint Seconds,
    uint Microseconds,
    bool IsLegacyAsPath,
    bool IsFiltered
)
{
    public const int Length = 42;

    /// <summary>What a session is known by; policy and direction are views of one session.</summary>
    internal BmpSession Session => new(Type, Distinguisher, Peer.Address, Peer.IsV6);

    internal static BmpPeerHeader From(ReadOnlySpan<byte> octets)
    {
        var type = (BmpPeerType)octets[0];
        byte flags = octets[1];
        bool isLocRib = type == BmpPeerType.LocRib;
        // An IPv4 address stands in the last four of the sixteen octets.
        bool isV6 = !isLocRib && (flags & 0x80) != 0;
        ReadOnlySpan<byte> address = octets.Slice(10, 16);
        return new BmpPeerHeader(
            type,
            isLocRib
                ? BmpView.LocRib
                : (flags & 0x50) switch
                {
                    0x00 => BmpView.AdjRibInPrePolicy,
                    0x40 => BmpView.AdjRibInPostPolicy,
                    0x10 => BmpView.AdjRibOutPrePolicy,
                    _ => BmpView.AdjRibOutPostPolicy,
                },
            BinaryPrimitives.ReadUInt64BigEndian(octets[2..]),
            BgpPeer.From(
                BinaryPrimitives.ReadUInt32BigEndian(octets[26..]),
                isV6 ? address : address[12..]
            ),
            BinaryPrimitives.ReadUInt32BigEndian(octets[30..]),
            BinaryPrimitives.ReadUInt32BigEndian(octets[34..]),
            BinaryPrimitives.ReadUInt32BigEndian(octets[38..]),
            IsLegacyAsPath: !isLocRib && (flags & 0x20) != 0,
            IsFiltered: isLocRib && (flags & 0x80) != 0
        );
    }
}

internal readonly record struct BmpSession(
    BmpPeerType Type,
    ulong Distinguisher,
    UInt128 Address,
    bool IsV6
);
