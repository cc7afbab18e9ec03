using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>A neighbour of a collector: who said what the record tells. Equal when AS number and address are equal.</summary>
/// <param name="Address">The address left-aligned, as in <see cref="IpPrefix.Bits"/>.</param>
public readonly record struct BgpPeer(Asn Asn, UInt128 Address, bool IsV6)
{
    internal static BgpPeer From(uint asn, ReadOnlySpan<byte> address) =>
        address.Length == 16
            ? new BgpPeer(new Asn(asn), BinaryPrimitives.ReadUInt128BigEndian(address), IsV6: true)
            : new BgpPeer(
                new Asn(asn),
                (UInt128)BinaryPrimitives.ReadUInt32BigEndian(address) << 96,
                IsV6: false
            );

    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, Address);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Asn} {new IPAddress(octets[..(IsV6 ? 16 : 4)])}"
        );
    }
}
