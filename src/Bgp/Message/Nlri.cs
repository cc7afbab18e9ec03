using System.Buffers.Binary;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>The address families whose prefixes are read (RFC 4760: AFI 1 and 2, SAFI 1 and 2).</summary>
public enum RouteFamily : byte
{
    IPv4Unicast,
    IPv4Multicast,
    IPv6Unicast,
    IPv6Multicast,
}

/// <summary>One prefix as a message carries it. The prefix is built only when asked for.</summary>
public readonly ref struct Nlri
{
    private readonly ReadOnlySpan<byte> octets;

    internal Nlri(
        ReadOnlySpan<byte> octets,
        byte length,
        RouteFamily family,
        uint? pathId,
        bool isPlain = false
    )
    {
        this.octets = octets;
        Length = length;
        Family = family;
        PathId = pathId;
        IsPlain = isPlain;
    }

    /// <summary>Prefix length in bits, at most 32 or 128.</summary>
    public byte Length { get; }

    public RouteFamily Family { get; }

    /// <summary>The path identifier where the session carries several paths per prefix (RFC 7911 section 3).</summary>
    public uint? PathId { get; }

    /// <summary>True for a route of the NLRI field of an UPDATE, outside MP_REACH_NLRI; NEXT_HOP is its next hop (RFC 4271 section 5.1.3).</summary>
    public bool IsPlain { get; }

    public bool IsV6 => Family >= RouteFamily.IPv6Unicast;

    /// <summary>As many octets as the length needs; bits past it may be set.</summary>
    internal ReadOnlySpan<byte> Octets => octets;

    /// <summary>Bits past the length are zeroed: RFC 4271 section 4.3 calls them irrelevant, and peers do send them.</summary>
    public IpPrefix Prefix
    {
        get
        {
            Span<byte> address = stackalloc byte[16];
            WriteAddress(address);
            return IpPrefix.From(IsV6 ? address : address[..4], Length);
        }
    }

    /// <summary>Writes the address with zeros after the length, left-aligned.</summary>
    internal void WriteAddress(Span<byte> address)
    {
        address.Clear();
        octets.CopyTo(address);
        int odd = Length & 7;
        if (odd != 0)
        {
            address[Length >> 3] &= (byte)(0xFF00 >> odd & 0xFF);
        }
    }
}

/// <summary>Walks a field of prefixes (RFC 4271 section 4.3; with path identifiers RFC 7911 section 3).</summary>
public ref struct NlriCursor
{
    private readonly RouteFamily family;
    private readonly bool hasPathIds;
    private readonly byte lengthMax;
    private readonly bool isPlain;
    private ReadOnlySpan<byte> rest;
    private ReadOnlySpan<byte> octets;
    private byte length;
    private uint pathId;

    /// <param name="isPlain">True for the NLRI field of an UPDATE, see <see cref="Nlri.IsPlain"/>.</param>
    public NlriCursor(
        ReadOnlySpan<byte> field,
        RouteFamily family,
        bool hasPathIds,
        bool isPlain = false
    )
    {
        this.isPlain = isPlain;
        rest = field;
        this.family = family;
        this.hasPathIds = hasPathIds;
        lengthMax = family >= RouteFamily.IPv6Unicast ? (byte)128 : (byte)32;
    }

    /// <summary>
    /// True when a field of prefixes can only be read with path identifiers, whatever its record says: collectors have
    /// written such fields into subtypes that have none. A field that begins with a prefix of length 0 is the only one
    /// looked at closely; identifiers begin with a zero, and prefixes hardly ever do.
    /// </summary>
    internal static bool HasPathIdsOnly(ReadOnlySpan<byte> field, RouteFamily family)
    {
        if (field.Length < 5 || field[0] != 0)
        {
            return false;
        }

        var without = new NlriCursor(field, family, hasPathIds: false);
        while (without.MoveNext()) { }

        var with = new NlriCursor(field, family, hasPathIds: true);
        while (with.MoveNext()) { }

        return without.Fault is not null && with.Fault is null;
    }

    public readonly Nlri Current =>
        new(octets, length, family, hasPathIds ? pathId : null, isPlain);

    /// <summary>What follows the prefixes read so far.</summary>
    public readonly ReadOnlySpan<byte> Rest => rest;

    /// <summary>Why the walk ended before the end of the field; null when it did not.</summary>
    public string? Fault { get; private set; }

    public bool MoveNext()
    {
        ReadOnlySpan<byte> field = rest;
        if (field.IsEmpty)
        {
            return false;
        }

        if (hasPathIds)
        {
            if (field.Length < 5)
            {
                return Stop("path identifier cut short");
            }

            pathId = BinaryPrimitives.ReadUInt32BigEndian(field);
            field = field[4..];
        }

        length = field[0];
        int count = (length + 7) >> 3;
        if (length > lengthMax)
        {
            return Stop("prefix longer than an address");
        }

        if (count >= field.Length)
        {
            return Stop("prefix cut short");
        }

        octets = field.Slice(1, count);
        rest = field[(count + 1)..];
        return true;
    }

    private bool Stop(string fault)
    {
        Fault = fault;
        rest = [];
        return false;
    }
}
