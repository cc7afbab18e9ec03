using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>Prefixes of one address family inside MP_REACH_NLRI or MP_UNREACH_NLRI (RFC 4760 sections 3 and 4).</summary>
public readonly ref struct MpPrefixes
{
    /// <summary>Address family identifier; 0 in the form that tables use, where the row tells the family.</summary>
    public int Afi { get; private init; }

    /// <summary>Subsequent address family identifier; 0 as <see cref="Afi"/>.</summary>
    public int Safi { get; private init; }

    /// <summary>Null for a family that is not read; its prefixes stay raw.</summary>
    public RouteFamily? Family { get; private init; }

    /// <summary>As written, of any length. Empty for MP_UNREACH_NLRI.</summary>
    public ReadOnlySpan<byte> NextHop { get; private init; }

    /// <summary>The address that routes lead to: 4 or 16 octets; empty where the next hop is none of an address this library knows.</summary>
    public ReadOnlySpan<byte> GlobalNextHop =>
        NextHop.Length switch
        {
            4 or 16 => NextHop,
            32 => NextHop[..16],
            _ => [],
        };

    /// <summary>The second address of an IPv6 next hop (RFC 2545 section 3); empty when there is only one.</summary>
    public ReadOnlySpan<byte> LinkLocalNextHop => NextHop.Length == 32 ? NextHop[16..] : [];

    /// <summary>The field of prefixes, for an <see cref="NlriCursor"/>.</summary>
    public ReadOnlySpan<byte> Prefixes { get; private init; }

    /// <summary>
    /// Reads MP_REACH_NLRI in its full form, or as TABLE_DUMP_V2 shortens it to length and next hop (RFC 6396 section
    /// 4.3.4). The two are told apart by the first octet: families below 256 begin with 0, a next hop is never that short.
    /// </summary>
    public static string? ReadReach(ReadOnlySpan<byte> value, out MpPrefixes reach)
    {
        reach = default;
        if (value.Length >= 1 && value[0] != 0 && value[0] == value.Length - 1)
        {
            reach = new MpPrefixes { NextHop = value[1..] };
            return null;
        }

        if (value.Length < 5)
        {
            return "MP_REACH_NLRI cut short";
        }

        int nextHop = value[3];
        if (nextHop > value.Length - 5)
        {
            return "next hop longer than MP_REACH_NLRI";
        }

        int afi = BinaryPrimitives.ReadUInt16BigEndian(value);
        reach = new MpPrefixes
        {
            Afi = afi,
            Safi = value[2],
            Family = FamilyOf(afi, value[2]),
            NextHop = value.Slice(4, nextHop),
            // RFC 4760 section 3: the octet between is reserved and ignored.
            Prefixes = value[(nextHop + 5)..],
        };
        return null;
    }

    public static string? ReadUnreach(ReadOnlySpan<byte> value, out MpPrefixes unreach)
    {
        unreach = default;
        if (value.Length < 3)
        {
            return "MP_UNREACH_NLRI cut short";
        }

        int afi = BinaryPrimitives.ReadUInt16BigEndian(value);
        unreach = new MpPrefixes
        {
            Afi = afi,
            Safi = value[2],
            Family = FamilyOf(afi, value[2]),
            Prefixes = value[3..],
        };
        return null;
    }

    /// <summary>
    /// RFC 7606 section 7.11: a next hop of a length that its family cannot have. IPv4 routes may have IPv6 next hops (RFC
    /// 8950) and old routers gave IPv6 routes an IPv4 one; families that are not read have next hops of their own.
    /// </summary>
    internal static bool IsReachFine(ReadOnlySpan<byte> value) =>
        ReadReach(value, out MpPrefixes reach) is null
        && (reach.Family is null || reach.NextHop.Length is 4 or 16 or 32);

    /// <summary>SAFI 3 was "unicast and multicast" in RFC 2858 and is read as unicast.</summary>
    internal static RouteFamily? FamilyOf(int afi, int safi) =>
        (afi, safi) switch
        {
            (1, 1 or 3) => RouteFamily.IPv4Unicast,
            (1, 2) => RouteFamily.IPv4Multicast,
            (2, 1 or 3) => RouteFamily.IPv6Unicast,
            (2, 2) => RouteFamily.IPv6Multicast,
            _ => null,
        };
}
