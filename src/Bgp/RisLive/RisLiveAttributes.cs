using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Breakwater.Bgp;

/// <summary>The attributes of one announcement as RIS Live spells them, made into those of an UPDATE.</summary>
internal sealed class RisLiveAttributes
{
    // 32,000 octets of path and 16,000 of communities leave room for prefixes in one message.
    private const int PathOctetsMax = 32_000;
    private const int CommunitiesMax = 4_000;
    private const int SegmentMax = 255;

    private readonly ArrayBufferWriter<byte> path = new(256);
    private readonly ArrayBufferWriter<uint> communities = new(64);
    private readonly uint[] segment = new uint[SegmentMax];
    private readonly byte[] aggregator = new byte[8];
    private int inSegment;
    private RouteOrigin? origin;
    private uint? multiExitDisc;
    private bool hasAggregator;

    /// <returns>Null, or why no announcement can be made of it.</returns>
    public string? Read(in RisLiveFields fields)
    {
        path.ResetWrittenCount();
        communities.ResetWrittenCount();
        inSegment = 0;
        origin = OriginOf(fields.Origin);
        multiExitDisc = IpText.TryDecimal(fields.MultiExitDisc, uint.MaxValue, out uint med)
            ? med
            : null;
        hasAggregator = TryAggregator(fields.Aggregator);
        return fields.Path.IsEmpty ? "announcement without a path"
            : !TryPath(fields.Path) ? "the path cannot be read, or is longer than a message"
            : !TryCommunities(fields.Communities)
                ? "the communities cannot be read, or are more than a message holds"
            : null;
    }

    public void WriteTo(BgpMessageWriter message)
    {
        const byte wellKnown = 0x40;
        const byte optionalTransitive = 0xC0;
        if (origin is { } known)
        {
            message.Origin(known);
        }

        message.Attribute(wellKnown, AttributeType.AsPath, path.WrittenSpan);
        if (multiExitDisc is { } med)
        {
            message.MultiExitDisc(med);
        }

        if (hasAggregator)
        {
            message.Attribute(optionalTransitive, AttributeType.Aggregator, aggregator);
        }

        if (communities.WrittenCount > 0)
        {
            message.Communities(communities.WrittenSpan);
        }
    }

    private static RouteOrigin? OriginOf(ReadOnlySpan<byte> text) =>
        System.Text.Ascii.EqualsIgnoreCase(text, "igp"u8) ? RouteOrigin.Igp
        : System.Text.Ascii.EqualsIgnoreCase(text, "egp"u8) ? RouteOrigin.Egp
        : System.Text.Ascii.EqualsIgnoreCase(text, "incomplete"u8) ? RouteOrigin.Incomplete
        : null;

    /// <summary><c>64500:192.0.2.1</c>.</summary>
    private bool TryAggregator(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        if (
            colon < 0
            || !IpText.TryDecimal(text[..colon], uint.MaxValue, out uint asn)
            || !IpText.TryAddress(text[(colon + 1)..], out UInt128 address, out bool isV6)
            || isV6
        )
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32BigEndian(aggregator, asn);
        BinaryPrimitives.WriteUInt32BigEndian(aggregator.AsSpan(4), (uint)(address >> 96));
        return true;
    }

    /// <summary>A list of numbers; a list inside it is an AS_SET.</summary>
    private bool TryPath(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                End(AsSegmentKind.Sequence);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (inSegment == SegmentMax || !TryAdd(reader))
                    {
                        return false;
                    }
                }

                End(AsSegmentKind.Set);
                continue;
            }

            if (inSegment == SegmentMax)
            {
                End(AsSegmentKind.Sequence);
            }

            if (!TryAdd(reader))
            {
                return false;
            }
        }

        End(AsSegmentKind.Sequence);
        return true;
    }

    private bool TryAdd(in Utf8JsonReader reader)
    {
        if (
            reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String)
            || !IpText.TryDecimal(reader.ValueSpan, uint.MaxValue, out uint asn)
            || path.WrittenCount + OctetsOf(inSegment + 1) > PathOctetsMax
        )
        {
            return false;
        }

        segment[inSegment++] = asn;
        return true;
    }

    private void End(AsSegmentKind kind)
    {
        if (inSegment == 0)
        {
            return;
        }

        int octets = OctetsOf(inSegment);
        Span<byte> target = path.GetSpan(octets);
        target[0] = (byte)kind;
        target[1] = (byte)inSegment;
        for (int i = 0; i < inSegment; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(target[(2 + 4 * i)..], segment[i]);
        }

        path.Advance(octets);
        inSegment = 0;
    }

    /// <summary>RFC 4271 section 4.3: kind, count, and four octets for each number.</summary>
    private static int OctetsOf(int numbers) => 2 + 4 * numbers;

    /// <summary>Pairs of AS number and value (RFC 1997).</summary>
    private bool TryCommunities(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return true;
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return json.SequenceEqual("null"u8);
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (
                reader.TokenType != JsonTokenType.StartArray
                || !TryHalf(ref reader, out uint high)
                || !TryHalf(ref reader, out uint low)
                || !reader.Read()
                || reader.TokenType != JsonTokenType.EndArray
                || communities.WrittenCount == CommunitiesMax
            )
            {
                return false;
            }

            communities.GetSpan(1)[0] = high << 16 | low;
            communities.Advance(1);
        }

        return true;
    }

    private static bool TryHalf(ref Utf8JsonReader reader, out uint half)
    {
        half = 0;
        return reader.Read()
            && reader.TokenType is JsonTokenType.Number or JsonTokenType.String
            && IpText.TryDecimal(reader.ValueSpan, ushort.MaxValue, out half);
    }
}
