using System.Buffers.Binary;

namespace Breakwater.Fuzz;

/// <summary>Damages inputs the way lines, disks and enemies do. The same seed gives the same damage.</summary>
internal sealed class Mutation(ulong seed)
{
    private const int LengthMax = 1 << 16;

    private static readonly uint[] _telling =
    [
        0,
        1,
        2,
        3,
        4,
        7,
        8,
        12,
        16,
        19,
        23,
        31,
        32,
        33,
        63,
        64,
        127,
        128,
        129,
        254,
        255,
        256,
        4095,
        4096,
        4097,
        32767,
        32768,
        65534,
        65535,
        65536,
        0x7FFFFFFF,
        0x80000000,
        0xFFFFFFFE,
        0xFFFFFFFF,
    ];

    private ulong state = seed;

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014).</summary>
    public ulong Next()
    {
        unchecked
        {
            ulong z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    public int Below(int count) => (int)(Next() % (ulong)Math.Max(count, 1));

    public byte[] Of(byte[] input, byte[] other)
    {
        byte[] damaged = input;
        for (int left = 1 + Below(Below(4) == 0 ? 16 : 4); left > 0; left--)
        {
            damaged = Once(damaged, other);
        }

        return damaged.Length <= LengthMax ? damaged : damaged[..LengthMax];
    }

    private byte[] Once(byte[] input, byte[] other)
    {
        int at = Below(input.Length + 1);
        int length = 1 + Below(Math.Min(Math.Max(input.Length - at, 1), 1 << Below(10)));
        switch (Below(10))
        {
            case 0:
                return input[..at];
            case 1:
                return [.. input[..at], .. input[Math.Min(at + length, input.Length)..]];
            case 2:
                return
                [
                    .. input[..at],
                    .. input[at..Math.Min(at + length, input.Length)],
                    .. input[at..],
                ];
            case 3:
                return [.. input[..at], .. other[Below(other.Length)..]];
            case 4:
                byte[] noise = new byte[length];
                Fill(noise);
                return [.. input[..at], .. noise, .. input[at..]];
            default:
                byte[] damaged = [.. input];
                Overwrite(damaged, at);
                return damaged;
        }
    }

    private void Overwrite(byte[] input, int at)
    {
        Span<byte> rest = input.AsSpan(at);
        uint telling = _telling[Below(_telling.Length)];
        switch (Below(5))
        {
            case 0 when rest.Length >= 1:
                rest[0] ^= (byte)(1 << Below(8));
                break;
            case 1 when rest.Length >= 1:
                rest[0] = (byte)(telling & 0xFF);
                break;
            case 2 when rest.Length >= 2:
                BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)(telling & 0xFFFF));
                break;
            case 3 when rest.Length >= 4:
                BinaryPrimitives.WriteUInt32BigEndian(rest, telling);
                break;
            case 4 when rest.Length >= 2:
                BinaryPrimitives.WriteUInt16BigEndian(
                    rest,
                    (ushort)(BinaryPrimitives.ReadUInt16BigEndian(rest) + Below(9) - 4 & 0xFFFF)
                );
                break;
        }
    }

    private void Fill(Span<byte> noise)
    {
        foreach (ref byte octet in noise)
        {
            octet = (byte)(Next() & 0xFF);
        }
    }
}
