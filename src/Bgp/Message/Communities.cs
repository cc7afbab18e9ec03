using System.Buffers.Binary;
using System.Globalization;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>A community (RFC 1997): by convention an AS number in the upper half and a value of its own in the lower.</summary>
public readonly record struct Community(uint Number)
{
    /// <summary>NO_EXPORT, NO_ADVERTISE and NO_EXPORT_SUBCONFED (RFC 1997).</summary>
    public static readonly Community NoExport = new(0xFFFFFF01);
    public static readonly Community NoAdvertise = new(0xFFFFFF02);
    public static readonly Community NoExportSubconfed = new(0xFFFFFF03);

    /// <summary>BLACKHOLE (RFC 7999).</summary>
    public static readonly Community Blackhole = new(0xFFFF029A);

    public ushort Upper => (ushort)(Number >> 16);

    public ushort Lower => (ushort)(Number & 0xFFFF);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Upper}:{Lower}");
}

/// <summary>A large community (RFC 8092 section 3).</summary>
/// <param name="Administrator">The AS that gives the other two their meaning.</param>
public readonly record struct LargeCommunity(uint Administrator, uint Data1, uint Data2)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Administrator}:{Data1}:{Data2}");
}

/// <summary>An extended community (RFC 4360 section 2): eight octets, of which the first one or two are the type.</summary>
public readonly record struct ExtendedCommunity(ulong Octets)
{
    /// <summary>The high-order octet of the type: 0x40 is set when it does not pass an AS border.</summary>
    public byte Type => (byte)(Octets >> 56);

    /// <summary>The second octet: a sub-type in all types that RFC 4360 defines, such as 2 for a route target.</summary>
    public byte Subtype => (byte)(Octets >> 48 & 0xFF);

    public bool IsTransitive => (Type & 0x40) == 0;

    public override string ToString() => Octets.ToString("x16", CultureInfo.InvariantCulture);
}

/// <summary>AGGREGATOR: the router that formed an aggregate (RFC 4271 section 5.1.7).</summary>
/// <param name="Address">An IPv4 address as a number, most significant octet first.</param>
public readonly record struct Aggregator(Asn Asn, uint Address);

/// <summary>Numbers of four octets in a row: COMMUNITIES (RFC 1997), CLUSTER_LIST (RFC 4456 section 8).</summary>
public readonly ref struct NumberList
{
    private readonly ReadOnlySpan<byte> octets;

    internal NumberList(ReadOnlySpan<byte> octets) => this.octets = octets;

    public int Count => octets.Length >> 2;

    public uint this[int index] =>
        BinaryPrimitives.ReadUInt32BigEndian(octets[(int)((uint)index * 4)..]);
}

/// <summary>EXTENDED COMMUNITIES (RFC 4360).</summary>
public readonly ref struct ExtendedCommunityList
{
    private readonly ReadOnlySpan<byte> octets;

    internal ExtendedCommunityList(ReadOnlySpan<byte> octets) => this.octets = octets;

    public int Count => octets.Length >> 3;

    public ExtendedCommunity this[int index] =>
        new(BinaryPrimitives.ReadUInt64BigEndian(octets[(int)((uint)index * 8)..]));
}

/// <summary>LARGE_COMMUNITY (RFC 8092).</summary>
public readonly ref struct LargeCommunityList
{
    private readonly ReadOnlySpan<byte> octets;

    internal LargeCommunityList(ReadOnlySpan<byte> octets) => this.octets = octets;

    public int Count => octets.Length / 12;

    public LargeCommunity this[int index]
    {
        get
        {
            ReadOnlySpan<byte> community = octets.Slice(index * 12, 12);
            return new LargeCommunity(
                BinaryPrimitives.ReadUInt32BigEndian(community),
                BinaryPrimitives.ReadUInt32BigEndian(community[4..]),
                BinaryPrimitives.ReadUInt32BigEndian(community[8..])
            );
        }
    }
}
