using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>
/// Decodes records that <see cref="MrtWriter"/> made of a message of another form: BGP4MP_ET, whole, one after the other.
/// They are trusted and not checked again.
/// </summary>
/// <param name="faults">Receives what the BGP messages in them hold that cannot be used.</param>
public sealed class RecordDecoder(MrtFaults faults)
{
    private readonly MrtDecoder decoder = new(faults);

    /// <summary>Places every record where the one message stands that they were made of.</summary>
    /// <param name="index">Which message of the source it is, the first is 0.</param>
    /// <param name="offset">Where it begins in the source.</param>
    /// <param name="length">Octets it takes there.</param>
    public void Decode<TVisitor>(
        ReadOnlySpan<byte> records,
        long index,
        long offset,
        int length,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct
    {
        while (!records.IsEmpty)
        {
            ReadOnlySpan<byte> one = Cut(ref records);
            Decode(one, index, offset, length, MrtHeader.From(one), ref visitor);
        }
    }

    /// <summary>Places every record where it stands in the file that they were appended to.</summary>
    /// <param name="index">Which record of the file the first one is.</param>
    /// <param name="offset">Where the first one begins in the file.</param>
    /// <returns>How many records there were.</returns>
    public int DecodeAppended<TVisitor>(
        ReadOnlySpan<byte> records,
        long index,
        long offset,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct
    {
        int count = 0;
        while (!records.IsEmpty)
        {
            ReadOnlySpan<byte> one = Cut(ref records);
            Decode(one, index + count, offset, one.Length, MrtHeader.From(one), ref visitor);
            offset += one.Length;
            count++;
        }

        return count;
    }

    /// <summary>How many records there are.</summary>
    public static int Count(ReadOnlySpan<byte> records)
    {
        int count = 0;
        for (; !records.IsEmpty; count++)
        {
            Cut(ref records);
        }

        return count;
    }

    private void Decode<TVisitor>(
        ReadOnlySpan<byte> record,
        long index,
        long offset,
        int length,
        in MrtHeader header,
        ref TVisitor visitor
    )
        where TVisitor : IRouteVisitor, allows ref struct =>
        decoder.Decode(
            new MrtRecord
            {
                Index = index,
                Offset = offset,
                Length = length,
                Seconds = header.Seconds,
                // RFC 6396 section 3: the microseconds come first and are part of the length.
                Microseconds = BinaryPrimitives.ReadUInt32BigEndian(
                    record[MrtRecord.HeaderLength..]
                ),
                Type = header.Type,
                Subtype = header.Subtype,
                Body = record[(MrtRecord.HeaderLength + 4)..],
            },
            ref visitor
        );

    private static ReadOnlySpan<byte> Cut(scoped ref ReadOnlySpan<byte> records)
    {
        int length = MrtRecord.HeaderLength + (int)MrtHeader.From(records).Length;
        ReadOnlySpan<byte> one = records[..length];
        records = records[length..];
        return one;
    }
}
