using NodaTime;

namespace Breakwater.Bgp;

/// <summary>One MRT record, cut out of its file and not yet decoded (RFC 6396 section 2).</summary>
public readonly ref struct MrtRecord
{
    public const int HeaderLength = 12;

    /// <summary>Which record of the input this is, the first is 0.</summary>
    public long Index { get; internal init; }

    /// <summary>Where the header begins in the decompressed input.</summary>
    public long Offset { get; internal init; }

    /// <summary>Octets of the record with its header.</summary>
    public int Length { get; internal init; }

    /// <summary>Unix seconds of the record.</summary>
    public uint Seconds { get; internal init; }

    /// <summary>Of the extended timestamp, else 0 (RFC 6396 section 3).</summary>
    public uint Microseconds { get; internal init; }

    public MrtType Type { get; internal init; }

    public ushort Subtype { get; internal init; }

    /// <summary>The message, after the extended timestamp if there is one.</summary>
    public ReadOnlySpan<byte> Body { get; internal init; }

    /// <summary>
    /// True when the message was built from a source that does not give all of it, such as text or the table of a router:
    /// what is absent may have been there, so that a missing attribute is no error of the peer's. <see cref="MrtWriter"/>
    /// marks it with local AS 0, which no session has (RFC 7607).
    /// </summary>
    public bool IsRebuilt =>
        Type is MrtType.Bgp4mp or MrtType.Bgp4mpEt
        && (Bgp4mpSubtype)Subtype switch
        {
            Bgp4mpSubtype.Message
            or Bgp4mpSubtype.MessageLocal
            or Bgp4mpSubtype.MessageAddPath
            or Bgp4mpSubtype.MessageLocalAddPath => Body is [_, _, 0, 0, ..],
            >= Bgp4mpSubtype.MessageAs4 => Body is [_, _, _, _, 0, 0, 0, 0, ..],
            _ => false,
        };

    public Instant At =>
        Instant.FromUnixTimeSeconds(Seconds) + Duration.FromNanoseconds(Microseconds * 1000L);

    /// <summary>
    /// A record for a message that did not come in MRT, such as a line of JSON: <paramref name="record"/> is the one that
    /// <see cref="MrtWriter"/> made of it, and the position is that of the line, so that evidence leads to the line.
    /// </summary>
    /// <param name="index">Which message of the source this is, the first is 0.</param>
    /// <param name="offset">Where the message begins in the source.</param>
    /// <param name="length">Octets it takes there.</param>
    /// <param name="record">One whole MRT record.</param>
    /// <exception cref="ArgumentException">The octets are not one whole record.</exception>
    public static MrtRecord Placed(long index, long offset, int length, ReadOnlyMemory<byte> record)
    {
        var reader = new MrtReader(record, new MrtFaults());
        return reader.Read(out MrtRecord read) && !reader.HasRest
            ? new MrtRecord
            {
                Index = index,
                Offset = offset,
                Length = length,
                Seconds = read.Seconds,
                Microseconds = read.Microseconds,
                Type = read.Type,
                Subtype = read.Subtype,
                Body = read.Body,
            }
            : throw new ArgumentException("not one whole MRT record", nameof(record));
    }

    /// <summary>True when the collector itself sent the message, so that it says nothing of a peer (RFC 6396 section 4.4.5).</summary>
    public bool IsLocal =>
        Type is MrtType.Bgp4mp or MrtType.Bgp4mpEt
        && (Bgp4mpSubtype)Subtype
            is Bgp4mpSubtype.MessageLocal
                or Bgp4mpSubtype.MessageAs4Local
                or Bgp4mpSubtype.MessageLocalAddPath
                or Bgp4mpSubtype.MessageAs4LocalAddPath;
}
