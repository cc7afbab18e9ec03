using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Breakwater.Bgp;

/// <summary>A path as bgpdump prints it, made into the segments of AS_PATH: <c>1 2 {3,4} (5 6) [7,8]</c>.</summary>
internal sealed class BgpdumpTextPath
{
    private const int SegmentMax = 255;

    private readonly List<byte> octets = [];
    private int segmentAt;

    public ReadOnlySpan<byte> Segments => CollectionsMarshal.AsSpan(octets);

    /// <returns>Null, or what is wrong.</returns>
    public string? Read(ReadOnlySpan<byte> text)
    {
        octets.Clear();
        segmentAt = -1;
        while (!text.IsEmpty)
        {
            (AsSegmentKind kind, byte between, byte close) = text[0] switch
            {
                (byte)'{' => (AsSegmentKind.Set, (byte)',', (byte)'}'),
                (byte)'(' => (AsSegmentKind.ConfederationSequence, (byte)' ', (byte)')'),
                (byte)'[' => (AsSegmentKind.ConfederationSet, (byte)',', (byte)']'),
                _ => (AsSegmentKind.Sequence, (byte)' ', (byte)0),
            };
            int end = close == 0 ? text.IndexOf((byte)' ') : text.IndexOf(close);
            if (close != 0 && end < 0)
            {
                return "path with a bracket that is not closed";
            }

            ReadOnlySpan<byte> numbers =
                close != 0 ? text[1..end]
                : end < 0 ? text
                : text[..end];
            text = end < 0 ? [] : text[(close != 0 ? end + 1 : end)..];
            if (!text.IsEmpty)
            {
                if (text[0] != ' ' || text.Length == 1)
                {
                    return "path cannot be read";
                }

                text = text[1..];
            }

            if (close != 0)
            {
                segmentAt = -1;
            }

            if (!TryAppend(kind, numbers, between))
            {
                return "path cannot be read";
            }

            segmentAt = close != 0 ? -1 : segmentAt;
        }

        return null;
    }

    private bool TryAppend(AsSegmentKind kind, ReadOnlySpan<byte> numbers, byte between)
    {
        Span<byte> asn = stackalloc byte[4];
        while (!numbers.IsEmpty)
        {
            int end = numbers.IndexOf(between);
            if (!TextFields.TryNumber(end < 0 ? numbers : numbers[..end], out uint number))
            {
                return false;
            }

            numbers = end < 0 ? [] : numbers[(end + 1)..];
            if (segmentAt < 0 || octets[segmentAt + 1] == SegmentMax)
            {
                segmentAt = octets.Count;
                octets.Add((byte)kind);
                octets.Add(0);
            }

            octets[segmentAt + 1]++;
            BinaryPrimitives.WriteUInt32BigEndian(asn, number);
            octets.AddRange(asn);
        }

        return true;
    }
}
