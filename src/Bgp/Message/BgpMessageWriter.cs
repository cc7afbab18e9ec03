using System.Buffers;
using System.Buffers.Binary;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// Builds path attributes and UPDATE messages from decoded values, with four-octet AS numbers: for sources that give text
/// instead of octets, and for synthetic tables. The buffer is used again by the next message.
/// </summary>
public sealed class BgpMessageWriter
{
    // RFC 4271 section 4.3: optional, transitive, extended length.
    private const byte WellKnown = 0x40;
    private const byte OptionalNonTransitive = 0x80;
    private const byte OptionalTransitive = 0xC0;
    private const byte ExtendedLength = 0x10;

    private readonly ArrayBufferWriter<byte> attributes = new(256);
    private readonly ArrayBufferWriter<byte> message = new(512);

    /// <summary>The attributes written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Attributes => attributes.WrittenSpan;

    public BgpMessageWriter Clear()
    {
        attributes.ResetWrittenCount();
        return this;
    }

    public BgpMessageWriter Origin(RouteOrigin origin) =>
        Attribute(WellKnown, AttributeType.Origin, [(byte)origin]);

    /// <summary>AS_PATH of one AS_SEQUENCE, or of several when it is longer than 255; nearest AS first.</summary>
    public BgpMessageWriter AsPath(ReadOnlySpan<uint> path)
    {
        int segments = (path.Length + 254) / 255;
        Span<byte> value = Begin(WellKnown, AttributeType.AsPath, 2 * segments + 4 * path.Length);
        while (!path.IsEmpty)
        {
            int count = Math.Min(path.Length, 255);
            value[0] = (byte)AsSegmentKind.Sequence;
            value[1] = (byte)count;
            value = value[2..];
            foreach (uint asn in path[..count])
            {
                BinaryPrimitives.WriteUInt32BigEndian(value, asn);
                value = value[4..];
            }

            path = path[count..];
        }

        return this;
    }

    /// <summary>NEXT_HOP, four octets (RFC 4271 section 5.1.3).</summary>
    public BgpMessageWriter NextHop(ReadOnlySpan<byte> address) =>
        Attribute(WellKnown, AttributeType.NextHop, address);

    public BgpMessageWriter MultiExitDisc(uint value) =>
        Number(OptionalNonTransitive, AttributeType.MultiExitDisc, value);

    public BgpMessageWriter LocalPref(uint value) =>
        Number(WellKnown, AttributeType.LocalPref, value);

    /// <summary>AS_PATH of any segments, from the octets of its value, with four-octet AS numbers.</summary>
    public BgpMessageWriter AsPathOf(ReadOnlySpan<byte> segments) =>
        Attribute(WellKnown, AttributeType.AsPath, segments);

    /// <summary>ATOMIC_AGGREGATE (RFC 4271 section 5.1.6).</summary>
    public BgpMessageWriter AtomicAggregate() =>
        Attribute(WellKnown, AttributeType.AtomicAggregate, []);

    /// <summary>AGGREGATOR (RFC 4271 section 5.1.7).</summary>
    public BgpMessageWriter Aggregator(Aggregator aggregator)
    {
        Span<byte> value = Begin(OptionalTransitive, AttributeType.Aggregator, 8);
        BinaryPrimitives.WriteUInt32BigEndian(value, aggregator.Asn.Number);
        BinaryPrimitives.WriteUInt32BigEndian(value[4..], aggregator.Address);
        return this;
    }

    /// <summary>COMMUNITIES (RFC 1997), each as AS number and value. An empty list writes nothing: the attribute may not be empty.</summary>
    public BgpMessageWriter Communities(ReadOnlySpan<uint> communities) =>
        Numbers(AttributeType.Communities, communities);

    /// <summary>LARGE_COMMUNITY (RFC 8092): three numbers each.</summary>
    public BgpMessageWriter LargeCommunities(ReadOnlySpan<uint> numbers) =>
        Numbers(AttributeType.LargeCommunities, numbers);

    /// <summary>OTC (RFC 9234 section 5).</summary>
    public BgpMessageWriter OnlyToCustomer(Asn asn) =>
        Number(OptionalTransitive, AttributeType.OnlyToCustomer, asn.Number);

    /// <summary>MP_REACH_NLRI for unicast prefixes of one family (RFC 4760 section 3).</summary>
    /// <param name="nextHop">4, 16 or 32 octets.</param>
    /// <param name="pathId">Path identifier of each prefix (RFC 7911), for a session that has them.</param>
    public BgpMessageWriter MpReach(
        ReadOnlySpan<byte> nextHop,
        ReadOnlySpan<IpPrefix> prefixes,
        uint? pathId = null
    )
    {
        Span<byte> value = Begin(
            OptionalNonTransitive,
            AttributeType.MpReach,
            5 + nextHop.Length + LengthOf(prefixes, pathId)
        );
        WriteFamily(value, prefixes);
        value[3] = (byte)nextHop.Length;
        nextHop.CopyTo(value[4..]);
        value[4 + nextHop.Length] = 0;
        WritePrefixes(value[(5 + nextHop.Length)..], prefixes, pathId);
        return this;
    }

    /// <summary>MP_UNREACH_NLRI for unicast prefixes of one family (RFC 4760 section 4).</summary>
    public BgpMessageWriter MpUnreach(ReadOnlySpan<IpPrefix> prefixes, uint? pathId = null)
    {
        Span<byte> value = Begin(
            OptionalNonTransitive,
            AttributeType.MpUnreach,
            3 + LengthOf(prefixes, pathId)
        );
        WriteFamily(value, prefixes);
        WritePrefixes(value[3..], prefixes, pathId);
        return this;
    }

    /// <summary>Any attribute, from its flags, type and value.</summary>
    public BgpMessageWriter Attribute(byte flags, AttributeType type, ReadOnlySpan<byte> value)
    {
        value.CopyTo(Begin(flags, type, value.Length));
        return this;
    }

    /// <summary>An UPDATE with the attributes written so far and IPv4 prefixes. The span lives until the next call.</summary>
    public ReadOnlySpan<byte> Update(
        scoped ReadOnlySpan<IpPrefix> withdrawn,
        scoped ReadOnlySpan<IpPrefix> announced,
        uint? pathId = null
    )
    {
        const int header = 19;
        const byte update = 2;
        int withdrawnLength = LengthOf(withdrawn, pathId);
        int length =
            header
            + 2
            + withdrawnLength
            + 2
            + attributes.WrittenCount
            + LengthOf(announced, pathId);
        message.ResetWrittenCount();
        Span<byte> octets = message.GetSpan(length);
        octets[..16].Fill(0xFF);
        BinaryPrimitives.WriteUInt16BigEndian(octets[16..], checked((ushort)length));
        octets[18] = update;
        BinaryPrimitives.WriteUInt16BigEndian(octets[header..], (ushort)withdrawnLength);
        WritePrefixes(octets[(header + 2)..], withdrawn, pathId);
        octets = octets[(header + 2 + withdrawnLength)..];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)attributes.WrittenCount);
        attributes.WrittenSpan.CopyTo(octets[2..]);
        WritePrefixes(octets[(2 + attributes.WrittenCount)..], announced, pathId);
        message.Advance(length);
        return message.WrittenSpan;
    }

    private BgpMessageWriter Number(byte flags, AttributeType type, uint number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Begin(flags, type, 4), number);
        return this;
    }

    private BgpMessageWriter Numbers(AttributeType type, ReadOnlySpan<uint> numbers)
    {
        if (numbers.IsEmpty)
        {
            // RFC 7606 section 7.8, RFC 8092 section 6: malformed when empty.
            return this;
        }

        Span<byte> value = Begin(OptionalTransitive, type, 4 * numbers.Length);
        foreach (uint number in numbers)
        {
            BinaryPrimitives.WriteUInt32BigEndian(value, number);
            value = value[4..];
        }

        return this;
    }

    /// <summary>Writes the header of an attribute and gives the room for its value, which counts as written.</summary>
    private Span<byte> Begin(byte flags, AttributeType type, int length)
    {
        int header = length < 256 ? 3 : 4;
        Span<byte> octets = attributes.GetSpan(header + length);
        octets[0] = header == 3 ? flags : (byte)(flags | ExtendedLength);
        octets[1] = (byte)type;
        if (header == 3)
        {
            octets[2] = (byte)length;
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(octets[2..], checked((ushort)length));
        }

        attributes.Advance(header + length);
        return octets.Slice(header, length);
    }

    private static void WriteFamily(Span<byte> value, ReadOnlySpan<IpPrefix> prefixes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(
            value,
            (ushort)(prefixes.IsEmpty || prefixes[0].IsV6 ? 2 : 1)
        );
        value[2] = 1;
    }

    private static int LengthOf(ReadOnlySpan<IpPrefix> prefixes, uint? pathId)
    {
        int length = pathId is null ? 0 : 4 * prefixes.Length;
        foreach (IpPrefix prefix in prefixes)
        {
            length += 1 + ((prefix.Length + 7) >> 3);
        }

        return length;
    }

    private static void WritePrefixes(
        Span<byte> field,
        ReadOnlySpan<IpPrefix> prefixes,
        uint? pathId
    )
    {
        Span<byte> address = stackalloc byte[16];
        foreach (IpPrefix prefix in prefixes)
        {
            BinaryPrimitives.WriteUInt128BigEndian(address, prefix.Bits);
            int octets = (prefix.Length + 7) >> 3;
            if (pathId is { } id)
            {
                BinaryPrimitives.WriteUInt32BigEndian(field, id);
                field = field[4..];
            }

            field[0] = prefix.Length;
            address[..octets].CopyTo(field[1..]);
            field = field[(octets + 1)..];
        }
    }
}
