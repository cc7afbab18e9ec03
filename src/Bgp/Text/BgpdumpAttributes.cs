using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>The end of a line of bgpdump, from the path on. What is absent prints as a default, as bgpdump prints it.</summary>
internal static class BgpdumpAttributes
{
    /// <summary>Replaces what <paramref name="text"/> holds, with the bar before the path and the end of the line.</summary>
    public static void Write(
        AsciiBuffer text,
        MrtType type,
        in Nlri nlri,
        in PathAttributes attributes
    )
    {
        text.Clear();
        // No attribute takes more than three characters for an octet; the fixed fields take less than 200.
        text.Ensure(3 * attributes.Raw.Length + 256);
        text.Append((byte)'|');
        Path(text, attributes.AsPath);
        text.Append(
            attributes.Origin switch
            {
                RouteOrigin.Igp => "|IGP|"u8,
                RouteOrigin.Egp => "|EGP|"u8,
                _ => "|INCOMPLETE|"u8,
            }
        );
        ReadOnlySpan<byte> nextHop = attributes.NextHopOf(nlri);
        if (nextHop.IsEmpty)
        {
            text.Append("255.255.255.255"u8);
        }
        else
        {
            text.Address(nextHop);
        }

        text.Append((byte)'|');
        text.Number(attributes.LocalPref ?? 0);
        text.Append((byte)'|');
        text.Number(attributes.MultiExitDisc ?? 0);
        if (type != MrtType.Bgp)
        {
            // bgpdump leaves this bar out for the oldest type.
            text.Append((byte)'|');
        }

        Communities(text, attributes.Communities);
        text.Append(attributes.IsAtomicAggregate ? "|AG|"u8 : "|NAG|"u8);
        if (attributes.Aggregator is { } aggregator)
        {
            text.Number(aggregator.Asn.Number);
            text.Append((byte)' ');
            text.IPv4(aggregator.Address);
        }

        text.Append("|\n"u8);
    }

    public static void Path(AsciiBuffer text, AsPath path)
    {
        bool isFirst = true;
        foreach (AsSegment segment in path)
        {
            if (!isFirst)
            {
                text.Append((byte)' ');
            }

            isFirst = false;
            switch (segment.Kind)
            {
                case AsSegmentKind.Sequence:
                    Numbers(text, segment, (byte)' ');
                    break;
                case AsSegmentKind.Set:
                    text.Append((byte)'{');
                    Numbers(text, segment, (byte)',');
                    text.Append((byte)'}');
                    break;
                case AsSegmentKind.ConfederationSequence:
                    text.Append((byte)'(');
                    Numbers(text, segment, (byte)' ');
                    text.Append((byte)')');
                    break;
                default:
                    text.Append((byte)'[');
                    Numbers(text, segment, (byte)',');
                    text.Append((byte)']');
                    break;
            }
        }
    }

    private static void Numbers(AsciiBuffer text, in AsSegment segment, byte between)
    {
        ReadOnlySpan<byte> numbers = segment.Octets;
        if (segment.AsnOctets == 4)
        {
            for (; numbers.Length >= 4; numbers = numbers[4..])
            {
                text.Number(BinaryPrimitives.ReadUInt32BigEndian(numbers));
                text.Append(between);
            }
        }
        else
        {
            for (; numbers.Length >= 2; numbers = numbers[2..])
            {
                text.Number(BinaryPrimitives.ReadUInt16BigEndian(numbers));
                text.Append(between);
            }
        }

        text.Drop();
    }

    private static void Communities(AsciiBuffer text, NumberList communities)
    {
        for (int at = 0; at < communities.Count; at++)
        {
            if (at > 0)
            {
                text.Append((byte)' ');
            }

            uint community = communities[at];
            switch (community)
            {
                case 0xFFFFFF01:
                    text.Append("no-export"u8);
                    break;
                case 0xFFFFFF02:
                    text.Append("no-advertise"u8);
                    break;
                case 0xFFFFFF03:
                    text.Append("local-AS"u8);
                    break;
                default:
                    text.Number(community >> 16);
                    text.Append((byte)':');
                    text.Number(community & 0xFFFF);
                    break;
            }
        }
    }
}
