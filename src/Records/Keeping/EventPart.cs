using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace Breakwater.Records;

/// <summary>
/// Consecutive events as a file of a backup: of each the envelope, the payload and the signature, each behind its length as
/// 32 bits, big-endian. Octets and not JSON, so that what was signed comes back as it was, whatever it is.
/// </summary>
internal static class EventPart
{
    public const string Folder = "store/events/";

    /// <summary>A part ends at the first event that passes either.</summary>
    public const int EventsMax = 4096;
    public const int OctetsMax = 8 << 20;

    private const int LengthOctets = sizeof(uint);

    public static string NameOf(long firstSequence) =>
        Folder + firstSequence.ToString("d15", CultureInfo.InvariantCulture);

    public static void Append(ArrayBufferWriter<byte> part, Row row)
    {
        foreach (byte[] field in (byte[][])[row.Envelope, row.Payload, row.Signature])
        {
            BinaryPrimitives.WriteUInt32BigEndian(part.GetSpan(LengthOctets), (uint)field.Length);
            part.Advance(LengthOctets);
            part.Write(field);
        }
    }

    /// <summary>Envelope, payload and signature of each event.</summary>
    /// <exception cref="InvalidDataException">It ends in the midst of one.</exception>
    public static IEnumerable<(
        ReadOnlyMemory<byte> Envelope,
        ReadOnlyMemory<byte> Payload,
        ReadOnlyMemory<byte> Signature
    )> Read(ReadOnlyMemory<byte> part)
    {
        while (!part.IsEmpty)
        {
            yield return (Field(ref part), Field(ref part), Field(ref part));
        }
    }

    private static ReadOnlyMemory<byte> Field(ref ReadOnlyMemory<byte> rest)
    {
        if (
            rest.Length < LengthOctets
            || BinaryPrimitives.ReadUInt32BigEndian(rest.Span) is var length
                && length > rest.Length - LengthOctets
        )
        {
            throw new InvalidDataException("it ends in the midst of an event");
        }

        ReadOnlyMemory<byte> field = rest.Slice(LengthOctets, (int)length);
        rest = rest[(LengthOctets + (int)length)..];
        return field;
    }
}
