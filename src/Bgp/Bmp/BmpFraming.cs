using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>
/// Cuts the octets of a session into messages by the common header (RFC 7854 section 4.1): version, length, type.
/// </summary>
public static class BmpFraming
{
    public const int HeaderLength = 6;

    /// <summary>
    /// Longer messages end the session. The longest one defined is a Peer Up with two OPENs or a mirrored message of
    /// 65,535 octets; 1 MiB leaves room for information that vendors add, and keeps a lying length from filling the memory.
    /// </summary>
    public const int LengthMax = 1 << 20;

    private const byte Version = 3;

    /// <param name="octets">From the start of a message on.</param>
    /// <param name="length">
    /// Octets of the message with its header, or 0 when too few are there to tell. The message is whole when
    /// <paramref name="octets"/> has as many.
    /// </param>
    /// <returns>Null, or why this is no message. Nothing marks the next one, so the session cannot go on.</returns>
    public static string? Measure(ReadOnlySpan<byte> octets, out int length)
    {
        length = 0;
        if (octets.IsEmpty)
        {
            return null;
        }

        if (octets[0] != Version)
        {
            return "not BMP version 3";
        }

        if (octets.Length < HeaderLength)
        {
            return null;
        }

        uint given = BinaryPrimitives.ReadUInt32BigEndian(octets[1..]);
        if (given is < HeaderLength or > LengthMax)
        {
            return given < HeaderLength
                ? "BMP message shorter than its header"
                : "BMP message longer than 1 MiB";
        }

        length = (int)given;
        return null;
    }
}
