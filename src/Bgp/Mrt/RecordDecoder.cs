using System.Buffers.Binary;

namespace Breakwater.Bgp;

/// <summary>Decodes records that <see cref="MrtWriter"/> made of a message of another form, placed where that message stands.</summary>
internal sealed class RecordDecoder(MrtFaults faults)
{
    private readonly MrtDecoder decoder = new(faults);

    /// <param name="records">Whole BGP4MP_ET records, one after the other.</param>
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
            var header = MrtHeader.From(records);
            ReadOnlySpan<byte> body = records.Slice(MrtRecord.HeaderLength, (int)header.Length);
            records = records[(MrtRecord.HeaderLength + (int)header.Length)..];
            decoder.Decode(
                new MrtRecord
                {
                    Index = index,
                    Offset = offset,
                    Length = length,
                    Seconds = header.Seconds,
                    // RFC 6396 section 3: the microseconds come first and are part of the length.
                    Microseconds = BinaryPrimitives.ReadUInt32BigEndian(body),
                    Type = header.Type,
                    Subtype = header.Subtype,
                    Body = body[4..],
                },
                ref visitor
            );
        }
    }
}
