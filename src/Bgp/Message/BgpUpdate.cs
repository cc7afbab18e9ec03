using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>The three fields of an UPDATE (RFC 4271 section 4.3), cut apart and not yet decoded.</summary>
public readonly ref struct BgpUpdate
{
    public ReadOnlySpan<byte> Withdrawn { get; private init; }

    public ReadOnlySpan<byte> Attributes { get; private init; }

    public ReadOnlySpan<byte> Announced { get; private init; }

    /// <returns>Null, or why the fields could not be cut apart; those before the damage are set.</returns>
    public static string? Read(ReadOnlySpan<byte> body, out BgpUpdate update)
    {
        update = default;
        if (body.Length < 2)
        {
            return "UPDATE cut short before its withdrawn routes";
        }

        int withdrawn = BinaryPrimitives.ReadUInt16BigEndian(body);
        body = body[2..];
        if (withdrawn > body.Length)
        {
            // What there is may still be read; the cut is found again at the last prefix or is exact.
            update = new BgpUpdate { Withdrawn = body };
            return "withdrawn routes longer than the UPDATE";
        }

        update = new BgpUpdate { Withdrawn = body[..withdrawn] };
        body = body[withdrawn..];
        if (body.Length < 2)
        {
            return "UPDATE cut short before its path attributes";
        }

        int attributes = BinaryPrimitives.ReadUInt16BigEndian(body);
        body = body[2..];
        if (attributes > body.Length)
        {
            return "path attributes longer than the UPDATE";
        }

        update = new BgpUpdate
        {
            Withdrawn = update.Withdrawn,
            Attributes = body[..attributes],
            Announced = body[attributes..],
        };
        return null;
    }
}

/// <summary>Prefixes of one address family inside MP_REACH_NLRI or MP_UNREACH_NLRI (RFC 4760 sections 3 and 4).</summary>
public readonly ref struct MpPrefixes
{
    /// <summary>Null for a family that is not read; its prefixes stay raw.</summary>
    public RouteFamily? Family { get; private init; }

    /// <summary>Empty for MP_UNREACH_NLRI.</summary>
    public ReadOnlySpan<byte> NextHop { get; private init; }

    public ReadOnlySpan<byte> Prefixes { get; private init; }

    public static string? ReadReach(ReadOnlySpan<byte> value, out MpPrefixes reach)
    {
        reach = default;
        if (value.Length < 5)
        {
            return "MP_REACH_NLRI cut short";
        }

        int nextHop = value[3];
        if (nextHop > value.Length - 5)
        {
            return "next hop longer than MP_REACH_NLRI";
        }

        reach = new MpPrefixes
        {
            Family = FamilyOf(BinaryPrimitives.ReadUInt16BigEndian(value), value[2]),
            NextHop = value.Slice(4, nextHop),
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

        unreach = new MpPrefixes
        {
            Family = FamilyOf(BinaryPrimitives.ReadUInt16BigEndian(value), value[2]),
            Prefixes = value[3..],
        };
        return null;
    }

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
