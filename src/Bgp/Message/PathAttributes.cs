using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// The path attributes of one message or table entry: an index over the raw octets, made and checked in one pass. Values
/// are decoded when asked for. An attribute that RFC 7606 discards counts as absent; <see cref="GetEnumerator"/> walks
/// everything raw, unknown types too.
/// </summary>
public ref partial struct PathAttributes
{
    /// <summary>Codes above this one are found by walking; none that this library reads is.</summary>
    internal const int IndexedMax = 40;

    // RFC 6793 section 3: the number that stands for an AS number that does not fit 16 bits.
    private const ushort AsTrans = 23456;

    private ReadOnlySpan<byte> raw;
    private int asnOctets;
    private ulong present;
    private ReadOnlySpan<byte> besides;
    private Places places;

    /// <summary>All attributes, undecoded.</summary>
    public readonly ReadOnlySpan<byte> Raw => raw;

    /// <summary>2 or 4: the width of AS numbers in <see cref="Raw"/>.</summary>
    public readonly int AsnOctets => asnOctets;

    public readonly bool Has(AttributeType type) =>
        (int)type <= IndexedMax && (present >> (int)type & 1) != 0;

    /// <summary>The value of an attribute; empty when it is absent (ask <see cref="Has"/>) or empty.</summary>
    public readonly ReadOnlySpan<byte> Value(AttributeType type)
    {
        if (!Has(type))
        {
            return [];
        }

        uint place = places[(int)type];
        return raw.Slice((int)(place >> 16), (int)(place & 0xFFFF));
    }

    /// <summary>Every attribute as it was written.</summary>
    public readonly AttributeCursor GetEnumerator() => new(raw);

    /// <summary>ORIGIN (RFC 4271 section 5.1.1).</summary>
    public readonly RouteOrigin? Origin =>
        Value(AttributeType.Origin) is [var origin] ? (RouteOrigin)origin : null;

    /// <summary>AS_PATH, with four-octet numbers put back where a two-octet session hid them (RFC 6793 section 4.2.3).</summary>
    public readonly AsPath AsPath
    {
        get
        {
            ReadOnlySpan<byte> path = Value(AttributeType.AsPath);
            return asnOctets == 4 || !Has(AttributeType.As4Path) || IsAs4Stale
                ? new AsPath(path, asnOctets)
                : AsPath.Merged(path, Value(AttributeType.As4Path));
        }
    }

    /// <summary>NEXT_HOP of the routes outside MP_REACH_NLRI: four octets, or empty when absent (RFC 4271 section 5.1.3).</summary>
    public readonly ReadOnlySpan<byte> NextHop => Value(AttributeType.NextHop);

    /// <summary>MULTI_EXIT_DISC (RFC 4271 section 5.1.4).</summary>
    public readonly uint? MultiExitDisc => Number(AttributeType.MultiExitDisc);

    /// <summary>LOCAL_PREF (RFC 4271 section 5.1.5).</summary>
    public readonly uint? LocalPref => Number(AttributeType.LocalPref);

    /// <summary>ATOMIC_AGGREGATE (RFC 4271 section 5.1.6).</summary>
    public readonly bool IsAtomicAggregate => Has(AttributeType.AtomicAggregate);

    /// <summary>AGGREGATOR, or AS4_AGGREGATOR where a two-octet session hid the AS number (RFC 6793 section 4.2.3).</summary>
    public readonly Aggregator? Aggregator
    {
        get
        {
            ReadOnlySpan<byte> value = Value(AttributeType.Aggregator);
            if (value.IsEmpty)
            {
                return null;
            }

            if (
                asnOctets == 2
                && Has(AttributeType.As4Aggregator)
                && BinaryPrimitives.ReadUInt16BigEndian(value) == AsTrans
            )
            {
                value = Value(AttributeType.As4Aggregator);
            }

            return value.Length == 8
                ? new Aggregator(
                    new Asn(BinaryPrimitives.ReadUInt32BigEndian(value)),
                    BinaryPrimitives.ReadUInt32BigEndian(value[4..])
                )
                : new Aggregator(
                    new Asn(BinaryPrimitives.ReadUInt16BigEndian(value)),
                    BinaryPrimitives.ReadUInt32BigEndian(value[2..])
                );
        }
    }

    /// <summary>COMMUNITIES, each number a <see cref="Community"/> (RFC 1997).</summary>
    public readonly NumberList Communities => new(Value(AttributeType.Communities));

    /// <summary>EXTENDED COMMUNITIES (RFC 4360).</summary>
    public readonly ExtendedCommunityList ExtendedCommunities =>
        new(Value(AttributeType.ExtendedCommunities));

    /// <summary>LARGE_COMMUNITY (RFC 8092).</summary>
    public readonly LargeCommunityList LargeCommunities =>
        new(Value(AttributeType.LargeCommunities));

    /// <summary>ORIGINATOR_ID (RFC 4456 section 8), a BGP identifier.</summary>
    public readonly uint? OriginatorId => Number(AttributeType.OriginatorId);

    /// <summary>CLUSTER_LIST (RFC 4456 section 8), the nearest reflector first.</summary>
    public readonly NumberList ClusterList => new(Value(AttributeType.ClusterList));

    /// <summary>OTC, "only to customer" (RFC 9234 section 5): whoever has the route may pass it on to customers only.</summary>
    public readonly Asn? OnlyToCustomer =>
        Number(AttributeType.OnlyToCustomer) is { } number ? new Asn(number) : null;

    /// <summary>MP_REACH_NLRI, in its full form or as tables shorten it; without family and next hop when absent.</summary>
    public readonly MpPrefixes MpReach
    {
        get
        {
            MpPrefixes.ReadReach(Value(AttributeType.MpReach), out MpPrefixes reach);
            return reach;
        }
    }

    /// <summary>MP_UNREACH_NLRI; without family when absent.</summary>
    public readonly MpPrefixes MpUnreach
    {
        get
        {
            MpPrefixes.ReadUnreach(Value(AttributeType.MpUnreach), out MpPrefixes unreach);
            return unreach;
        }
    }

    /// <summary>
    /// Where the route leads: for a route of the NLRI field of a message NEXT_HOP; for a route of MP_REACH_NLRI, and for a
    /// table entry that has that attribute, its next hop (the global one if there is a link-local one too).
    /// </summary>
    /// <returns>4 or 16 octets; empty when the message does not say.</returns>
    public readonly ReadOnlySpan<byte> NextHopOf(scoped in Nlri nlri) =>
        !nlri.IsPlain && MpReach.GlobalNextHop is { IsEmpty: false } hop ? hop
        : NextHop is { IsEmpty: false } plain ? plain
        : besides;

    /// <summary>A next hop that a table entry gives beside its attributes.</summary>
    internal void TakeNextHop(ReadOnlySpan<byte> address) => besides = address;

    /// <summary>RFC 6793 section 4.2.3: an AGGREGATOR with a real AS number beside AS4_AGGREGATOR means that both AS4 attributes are out of date.</summary>
    private readonly bool IsAs4Stale
    {
        get
        {
            ReadOnlySpan<byte> aggregator = Value(AttributeType.Aggregator);
            return aggregator.Length >= 2
                && Has(AttributeType.As4Aggregator)
                && BinaryPrimitives.ReadUInt16BigEndian(aggregator) != AsTrans;
        }
    }

    private readonly uint? Number(AttributeType type) =>
        Value(type) is { Length: 4 } value ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;

    /// <summary>Offset in the high half and length in the low half, by type code: attributes take at most 65,535 octets.</summary>
    [InlineArray(IndexedMax + 1)]
    private struct Places
    {
        private uint first;
    }
}
