using System.Buffers.Binary;
using System.Text;

namespace Breakwater.Tests;

/// <summary>The smallest pictures that are whole, with whatever a test hides in them.</summary>
internal static class PictureBytes
{
    public static byte[] Scan { get; } = [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56];

    public static byte[] Jpeg(params byte[][] further) =>
        [
            0xFF,
            0xD8,
            .. further.SelectMany(segment => segment),
            .. Segment(0xDB, new byte[65]),
            .. Segment(0xC0, new byte[15]),
            .. Segment(0xC4, new byte[20]),
            .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
            .. Scan,
            0xFF,
            0xD9,
        ];

    public static byte[] Segment(byte marker, byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    public static byte[] Png(params byte[][] further) =>
        [
            0x89,
            0x50,
            0x4E,
            0x47,
            0x0D,
            0x0A,
            0x1A,
            0x0A,
            .. Chunk("IHDR", new byte[13]),
            .. further.SelectMany(chunk => chunk),
            .. Chunk("IDAT", [1, 2, 3]),
            .. Chunk("IEND", []),
        ];

    public static byte[] Chunk(string type, byte[] content)
    {
        byte[] summed = [.. Encoding.ASCII.GetBytes(type), .. content];
        var chunk = new byte[summed.Length + 8];
        BinaryPrimitives.WriteUInt32BigEndian(chunk, (uint)content.Length);
        summed.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan()[^4..], Sum(summed));
        return chunk;
    }

    /// <summary>CRC-32 bit by bit, another way than the code that it tests.</summary>
    private static uint Sum(byte[] octets)
    {
        uint sum = uint.MaxValue;
        foreach (byte octet in octets)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool isOdd = (((sum ^ ((uint)octet >> bit)) & 1) == 1);
                sum = (sum >> 1) ^ (isOdd ? 0xEDB88320 : 0);
            }
        }

        return ~sum;
    }
}
