using System.Buffers.Binary;
using System.Globalization;

namespace Breakwater.Signals.Reporting;

/// <summary>The segments of a JPEG (ITU-T T.81, annex B): those it is decoded with are kept, applications' and comments are not.</summary>
internal static class JpegParts
{
    private const byte StartOfScan = 0xDA;

    private const byte EndOfImage = 0xD9;

    /// <summary>Null, or why the picture is refused.</summary>
    public static string? Keep(ReadOnlySpan<byte> octets, KeptParts kept)
    {
        kept.Keep(octets[..2]);
        bool hasFrame = false;
        bool hasScan = false;
        int at = 2;
        while (at + 1 < octets.Length && octets[at] == 0xFF)
        {
            byte marker = octets[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker == EndOfImage)
            {
                kept.Keep(octets.Slice(at, 2));
                kept.RemoveTrailing(octets.Length - at - 2);
                return hasFrame && hasScan ? null : "the JPEG holds no picture";
            }

            if (at + 3 >= octets.Length)
            {
                break;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(octets[(at + 2)..]);
            if (length < 2 || at + 2 + length > octets.Length)
            {
                return "the JPEG has a part that is longer than the file";
            }

            ReadOnlySpan<byte> segment = octets.Slice(at, 2 + length);
            at += segment.Length;
            if (!IsKnown(marker, segment, kept))
            {
                return "the JPEG has a part that is not known here";
            }

            hasFrame |= IsFrame(marker);
            if (marker == StartOfScan)
            {
                hasScan = true;
                int end = ScanEnd(octets, at);
                kept.Keep(octets[at..end]);
                at = end;
            }
        }

        return "the JPEG is damaged or cut off";
    }

    private static bool IsFrame(byte marker) =>
        marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Keeps, shortens or leaves out a segment; false for one that is none of T.81's.</summary>
    private static bool IsKnown(byte marker, ReadOnlySpan<byte> segment, KeptParts kept)
    {
        switch (marker)
        {
            // Frames, tables of Huffman, arithmetic and quantisation, number of lines, restart interval, scans.
            case (>= 0xC0 and <= 0xCF and not 0xC8) or (>= StartOfScan and <= 0xDD):
                kept.Keep(segment);
                return true;
            case 0xE0 when segment.Length >= 18 && segment[4..].StartsWith("JFIF\0"u8):
                // Version, units and densities, and a thumbnail of no size.
                kept.Keep([0xFF, 0xE0, 0x00, 0x10]);
                kept.Keep(segment[4..16]);
                kept.Keep([0, 0]);
                if (segment.Length > 18)
                {
                    kept.Remove("thumbnail");
                }

                return true;
            case 0xEE when segment.Length >= 16 && segment[4..].StartsWith("Adobe"u8):
                // How colours were turned; without it they are wrong.
                kept.Keep([0xFF, 0xEE, 0x00, 0x0E]);
                kept.Keep(segment[4..16]);
                return true;
            case >= 0xE0 and <= 0xEF:
                kept.Remove(string.Create(CultureInfo.InvariantCulture, $"APP{marker - 0xE0}"));
                return true;
            case 0xFE:
                kept.Remove("comment");
                return true;
            default:
                return false;
        }
    }

    /// <summary>Where the coded picture ends: at a marker that is neither a stuffed octet, a restart nor filling.</summary>
    private static int ScanEnd(ReadOnlySpan<byte> octets, int at)
    {
        while (at + 1 < octets.Length)
        {
            if (octets[at] == 0xFF && octets[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7) or 0xFF))
            {
                return at;
            }

            at++;
        }

        return octets.Length;
    }
}
