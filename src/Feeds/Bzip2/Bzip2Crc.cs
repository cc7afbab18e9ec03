using System.Buffers.Binary;

namespace Breakwater.Feeds.Bzip2;

/// <summary>The checksum of bzip2: the polynomial of IEEE 802.3, the most significant bit first.</summary>
internal static class Bzip2Crc
{
    public const uint Start = 0xFFFFFFFF;
    private const uint Polynomial = 0x04C11DB7;

    // Slices[k][b]: what octet b does to the remainder k octets later.
    private static readonly uint[][] Slices = Make();

    public static uint Append(uint crc, ReadOnlySpan<byte> octets)
    {
        unchecked
        {
            ReadOnlySpan<uint> t0 = Slices[0].AsSpan(0, 256);
            ReadOnlySpan<uint> t1 = Slices[1].AsSpan(0, 256);
            ReadOnlySpan<uint> t2 = Slices[2].AsSpan(0, 256);
            ReadOnlySpan<uint> t3 = Slices[3].AsSpan(0, 256);
            ReadOnlySpan<uint> t4 = Slices[4].AsSpan(0, 256);
            ReadOnlySpan<uint> t5 = Slices[5].AsSpan(0, 256);
            ReadOnlySpan<uint> t6 = Slices[6].AsSpan(0, 256);
            ReadOnlySpan<uint> t7 = Slices[7].AsSpan(0, 256);
            while (octets.Length >= 8)
            {
                ulong next = BinaryPrimitives.ReadUInt64BigEndian(octets);
                uint first = crc ^ (uint)(next >> 32);
                uint second = (uint)next;
                crc =
                    t7[(int)(first >> 24)]
                    ^ t6[(byte)(first >> 16)]
                    ^ t5[(byte)(first >> 8)]
                    ^ t4[(byte)first]
                    ^ t3[(int)(second >> 24)]
                    ^ t2[(byte)(second >> 16)]
                    ^ t1[(byte)(second >> 8)]
                    ^ t0[(byte)second];
                octets = octets[8..];
            }

            foreach (byte octet in octets)
            {
                crc = (crc << 8) ^ t0[(byte)((crc >> 24) ^ octet)];
            }

            return crc;
        }
    }

    private static uint[][] Make()
    {
        var slices = new uint[8][];
        for (int slice = 0; slice < slices.Length; slice++)
        {
            slices[slice] = new uint[256];
            for (uint octet = 0; octet < 256; octet++)
            {
                uint crc = slice == 0 ? octet << 24 : slices[slice - 1][octet];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = unchecked(crc << 1) ^ (crc >> 31) * Polynomial;
                }

                slices[slice][octet] = crc;
            }
        }

        return slices;
    }
}
