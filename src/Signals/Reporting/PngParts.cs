using System.Buffers.Binary;
using System.Text;

namespace Breakwater.Signals.Reporting;

/// <summary>The chunks of a PNG (ISO/IEC 15948): those it is shown with are kept, texts, times, Exif and profiles are not.</summary>
internal static class PngParts
{
    private const int StartOctets = 8;

    /// <summary>Length, type and check sum around what a chunk holds.</summary>
    private const int ChunkOctets = 12;

    private static readonly uint[] _sums =
    [
        .. Enumerable
            .Range(0, 256)
            .Select(octet =>
                Enumerable
                    .Range(0, 8)
                    .Aggregate((uint)octet, (sum, _) => (sum >> 1) ^ ((sum & 1) * 0xEDB88320))
            ),
    ];

    /// <summary>Null, or why the picture is refused.</summary>
    public static string? Keep(ReadOnlySpan<byte> octets, KeptParts kept)
    {
        kept.Keep(octets[..StartOctets]);
        int at = StartOctets;
        bool hasPicture = false;
        for (bool isFirst = true; octets.Length - at >= ChunkOctets; isFirst = false)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(octets[at..]);
            if (length > octets.Length - at - ChunkOctets)
            {
                return "the PNG has a part that is longer than the file";
            }

            ReadOnlySpan<byte> chunk = octets.Slice(at, ChunkOctets + (int)length);
            at += chunk.Length;
            if (Sum(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]))
            {
                return "the PNG is damaged";
            }

            string type = Encoding.Latin1.GetString(chunk[4..8]);
            if (isFirst != (type == "IHDR") || !type.All(char.IsAsciiLetter))
            {
                return "the PNG does not begin as one, or has a part that is none";
            }

            if (IsOfPicture(type, length))
            {
                hasPicture |= type == "IDAT";
                kept.Keep(chunk);
            }
            else if (char.IsAsciiLetterUpper(type[0]))
            {
                return "the PNG has a part that is not known here";
            }
            else
            {
                kept.Remove(type);
            }

            if (type == "IEND")
            {
                kept.RemoveTrailing(octets.Length - at);
                return hasPicture ? null : "the PNG holds no picture";
            }
        }

        return "the PNG is cut off";
    }

    /// <summary>Chunks that a picture is shown with, each no longer than it needs, so that nothing hides in them.</summary>
    private static bool IsOfPicture(string type, uint length) =>
        type switch
        {
            "IHDR" => length == 13,
            "PLTE" => length is > 0 and <= 768 && length % 3 == 0,
            "tRNS" => length <= 256,
            "gAMA" => length == 4,
            "sRGB" => length == 1,
            "IEND" => length == 0,
            "IDAT" => true,
            _ => false,
        };

    /// <summary>CRC-32 as in annex D of the standard.</summary>
    private static uint Sum(ReadOnlySpan<byte> octets)
    {
        uint sum = uint.MaxValue;
        foreach (byte octet in octets)
        {
            sum = _sums[(sum ^ octet) & 0xFF] ^ (sum >> 8);
        }

        return ~sum;
    }
}
